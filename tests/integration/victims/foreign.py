"""Identifiers that are nobody's business of one ISVA: rows of every table of cases and victims, of people who are not her clients.

The rows are copied by the database, thousands at a time: what counts is that they exist, in every relation to the ISVA.
"""

from typing import Final
from uuid import UUID

from django.db import connection, transaction

from accounts.models import User
from accounts.roles import Role
from cases import models as m
from cases.services.access import restrict
from core.scope import scope, system
from tests.architecture.filled_victims import fill_victim
from tests.factories import AVON, SERVICE, World, make_user
from tests.integration.cases.making import do, make_case
from tests.integration.victims.supporting import OTHER_SERVICE, complainant_of, make_client, make_manager, refer, row_of
from victims.models import SupportReferral
from victims.services.referrals import withdraw_consent

COPIED: Final = {
    "cases_complainant": {"label": "left(label, 1) || translate(lpad(n::text, 2, '0'), '0123456789', 'ZYXWVUTSRQ')"},
    "cases_suspect": {"number": "n + (SELECT max(one.number) FROM cases_suspect one WHERE one.case_id = cases_suspect.case_id)"},
    "cases_offence": {},
    "cases_deadline": {"subject_id": "gen_random_uuid()"},
    "victims_supportreferral": {"state": "'declined'"},
    "victims_tellrequest": {"fact_id": "gen_random_uuid()"},
    "victims_isvamessage": {},
    "victims_contact": {"supersedes_id": "NULL"},
    "victims_contactagreement": {},
    "victims_safecontact": {},
    "victims_needsassessment": {},
    "victims_contactperson": {},
    "victims_appointment": {},
    "victims_letter": {},
    "victims_informationrequest": {},
    "victims_devicerequest": {},
}
"""Table → the columns that a copy cannot share with its original, and what stands there."""


def foreign_people(world: World, manager: User, own: m.Case) -> dict[str, list[m.Complainant]]:
    """Make complainants in every relation to the ISVA but her own client's, and beside each one of another service with every row.

    Beside her own client too: another complainant of the same case.
    """
    other_manager, colleague = make_manager(OTHER_SERVICE), make_user(SERVICE, Role.ISVA)
    stranger = make_user(OTHER_SERVICE, Role.ISVA)
    found = {
        "another service’s client": make_client(world, other_manager, "Other", reference="52/F/1", isva=stranger),
        "a colleague’s client": make_client(world, manager, "Colleague", reference="52/F/2", isva=colleague),
        "a client who withdrew": make_client(world, manager, "Withdrew", reference="52/F/3"),
        "offered, not accepted": make_case(world.investigator, "Offered", reference="52/F/4", unit_id=world.north.pk),
        "never referred": make_case(world.investigator, "Never", reference="52/F/5", unit_id=world.north.pk),
        "restricted": make_case(world.investigator, "Restricted", reference="52/F/6", unit_id=world.north.pk),
        "of another force": make_case(world.kent, "Kent", reference="46/F/7"),
    }
    withdrawn = row_of(SupportReferral, found["a client who withdrew"])
    do(world.investigator, withdraw_consent, found["a client who withdrew"], referral_id=withdrawn.pk)
    refer(world, found["offered, not accepted"], answer="offered")
    do(world.supervisor, restrict, found["restricted"], because="Somebody known here")
    people = {words: [complainant_of(case), fill_others(case, world)] for words, case in found.items()}
    return {**people, "another of the same case": [fill_others(own, world)]}


def fill_others(case: m.Case, world: World) -> m.Complainant:
    """Give a case another complainant with a row in every table, a client of another service, and return her or him."""
    officer = world.investigator if case.force_id == AVON else world.kent
    keys = {"case": case, "force_id": case.force_id, "cps_area_scope": case.cps_area_scope, "created_by": officer}
    with scope(system(case.force_id)):
        row = m.Complainant.objects.create(**keys, label="Z")
        m.LineOfEnquiry.objects.create(**keys, focus="circumstances", what="x")
    fill_victim(keys, row, officer, service_id=OTHER_SERVICE)
    return row


def copied(other: m.Complainant, times: int) -> list[UUID]:
    """Copy a row of each of these tables, of the complainant where it has one, and return the keys of originals and copies."""
    found: list[UUID] = []
    with scope(system(other.force_id)), transaction.atomic(), connection.cursor() as cursor:
        for table, changed in COPIED.items():
            column = {"cases_complainant": "id", "cases_suspect": "case_id", "cases_offence": "case_id"}.get(table, "complainant_id")
            key = other.case_id if column == "case_id" else other.pk
            cursor.execute(f"SELECT id FROM {table} WHERE {column} = %s ORDER BY id LIMIT 1", [key])
            first = cursor.fetchone()
            if first is None:
                continue
            cursor.execute("SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped", [table])
            names = [name for (name,) in cursor.fetchall() if name != "id"]
            values = ", ".join(changed.get(name, f'"{name}"') for name in names)
            columns = ", ".join(f'"{name}"' for name in names)
            copy = f"INSERT INTO {table} (id, {columns}) SELECT gen_random_uuid(), {values} FROM {table}, generate_series(1, %s) n"
            cursor.execute(f"{copy} WHERE id = %s RETURNING id", [times, first[0]])
            found += [first[0], *(key for (key,) in cursor.fetchall())]
    return found
