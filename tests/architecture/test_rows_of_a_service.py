"""A support service reads the rows of its own live clients and no others, in every table that it reads at all, by the database alone."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from cases import models as cases
from core import clock
from core.scope import Kind, Scope, scope, system
from tests.architecture.filled import fill
from tests.architecture.filled_victims import add as insert
from tests.architecture.filled_victims import fill_victim
from tests.architecture.grants import GRANTS
from tests.factories import AVON, KENT, SERVICE, SOUTH_WEST, World
from victims.models import IsvaMessage, SupportReferral, TellRequest

pytestmark = pytest.mark.django_db
OTHER_SERVICE = 1009
ISVA = str(Kind.ISVA)
READ = sorted(table for table, rules in GRANTS.items() if ISVA in rules and table.startswith(("victims_", "cases_")))
READ = [table for table in READ if "SELECT" in GRANTS[table][ISVA].commands]
OF_THE_SERVICE = {"victims_linkrequest"}
"""Where a row belongs to the service itself, whether there is a client or not."""
BY_CASE = {"cases_caseperson"}


@dataclass(frozen=True, slots=True)
class Clients:
    """Complainants by how they stand with the service."""

    live: cases.Complainant
    referral: SupportReferral
    others: dict[str, cases.Complainant]


def add(case: cases.Case, label: str, officer: Any, **changed: Any) -> tuple[cases.Complainant, SupportReferral]:
    """Add a complainant with a row in every table, and a referral that is changed so."""
    keys = {"case": case, "force_id": case.force_id, "cps_area_scope": case.cps_area_scope, "created_by": officer}
    with scope(system(case.force_id)):
        row = cases.Complainant.objects.create(**keys, label=label)
    referral = fill_victim(keys, row, officer, service_id=changed.pop("service_id", SERVICE))
    if changed:
        with scope(system(case.force_id)):
            SupportReferral.objects.filter(pk=referral.pk).update(**changed)
    return row, referral


@pytest.fixture
def clients(world: World) -> Clients:
    """One live client; beside her in the same case, and in another force, people who are none."""
    avon = fill(
        force_id=AVON,
        area=SOUTH_WEST,
        officer=world.investigator,
        supervisor=world.supervisor,
        prosecutor=world.prosecutor,
        reference="52/1",
    )
    kent = fill(force_id=KENT, area=0, officer=world.kent, supervisor=world.kent_supervisor, prosecutor=None, reference="46/1")
    with scope(system(AVON)):
        cases.CasePerson.objects.create(case=avon.case, force_id=AVON, cps_area_scope=SOUTH_WEST, user=world.investigator, role="officer")
        SupportReferral.objects.filter(case=avon.case).update(consent_given_on=None)
    with scope(system(KENT)):
        SupportReferral.objects.filter(case=kent.case).update(consent_withdrawn_at=clock.now())
        others = {"of another force, withdrawn": cases.Complainant.objects.get(case=kent.case)}
    with scope(system(AVON)):
        others["without consent"] = cases.Complainant.objects.get(case=avon.case)
    officer = world.investigator
    others["offered"], _ = add(avon.case, "B", officer, state="offered")
    others["declined"], _ = add(avon.case, "C", officer, state="declined")
    others["withdrawn"], _ = add(avon.case, "D", officer, consent_withdrawn_at=clock.now())
    others["of another service"], _ = add(avon.case, "E", officer, service_id=OTHER_SERVICE)
    live, referral = add(avon.case, "F", officer)
    return Clients(live, referral, others)


def seen(table: str, service_id: int = SERVICE, column: str = "complainant_id") -> set[Any]:
    """Return what a service sees of a table: a column of every row."""
    with scope(Scope(kind=Kind.ISVA, agency_id=service_id)), connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table}")
        return {row[0] for row in cursor.fetchall()}


def test_there_are_tables_that_a_service_reads() -> None:
    assert len(READ) >= 12
    assert {"cases_told", "victims_victim", "victims_contact"} <= set(READ)
    assert not {"victims_contactsummary", "victims_contactperson", "victims_letter", "victims_informationrequest"} & set(READ)


def test_a_service_reads_exactly_the_rows_of_its_live_clients(clients: Clients) -> None:
    wrong = {}
    for table in READ:
        if table in OF_THE_SERVICE | BY_CASE or table == "cases_told":
            continue
        if (found := seen(table)) != {clients.live.pk}:
            wrong[table] = found
    assert wrong == {}


def test_what_clients_were_told_is_theirs_alone(clients: Clients) -> None:
    assert seen("cases_told") == set()
    live = clients.live
    with scope(system(AVON)):
        keys = {"case_id": live.case_id, "force_id": AVON, "cps_area_scope": SOUTH_WEST}
        told = {"about": "told_arrest", "fact_id": live.pk, "told_at": clock.now(), "how": "telephone"}
        cases.Told.objects.create(**keys, **told, complainant=live)
    assert seen("cases_told") == {live.pk}


def test_of_people_on_cases_a_service_reads_the_officers_of_its_clients(clients: Clients) -> None:
    assert seen("cases_caseperson", column="role") == {"officer"}
    assert seen("cases_caseperson", column="case_id") == {clients.live.case_id}
    assert seen("cases_caseperson", OTHER_SERVICE, "case_id") == {clients.live.case_id}


def test_another_service_sees_its_own_client_and_not_this_ones(clients: Clients) -> None:
    other = clients.others["of another service"].pk
    for table in READ:
        if table not in OF_THE_SERVICE | BY_CASE and table != "cases_told":
            assert seen(table, OTHER_SERVICE) == {other}, table
    assert seen("victims_supportreferral", OTHER_SERVICE, "service_id") == {OTHER_SERVICE}
    assert seen("victims_linkrequest", OTHER_SERVICE, "service_id") == {OTHER_SERVICE}


def test_a_service_sees_the_links_it_asked_for_and_those_of_no_other(clients: Clients) -> None:
    for table in OF_THE_SERVICE:
        assert seen(table, column="service_id") == {SERVICE}


def test_of_a_client_of_two_services_each_sees_what_is_between_itself_and_the_police(clients: Clients) -> None:
    case = clients.live.case
    keys = {"case": case, "force_id": AVON, "cps_area_scope": case.cps_area_scope, "created_by": None, "complainant": clients.live}
    with scope(system(AVON)):
        consent = {"state": "accepted", "consent_scope": "x", "consent_given_on": clock.today(), "offered_at": clock.now()}
        other = SupportReferral.objects.create(**keys, **consent, service_id=OTHER_SERVICE)
        insert(TellRequest, **keys, referral=other, about="told_charge", fact_id=other.pk, words="x")
        insert(IsvaMessage, **keys, kind="question", service_id=OTHER_SERVICE, text="x")
    assert seen("victims_supportreferral", column="service_id") == seen("victims_isvamessage", column="service_id") == {SERVICE}
    assert seen("victims_tellrequest", column="referral_id") == {clients.referral.pk}
    assert other.pk in seen("victims_tellrequest", OTHER_SERVICE, "referral_id")
    assert clients.referral.pk not in seen("victims_tellrequest", OTHER_SERVICE, "referral_id")


@pytest.mark.parametrize(
    "changed",
    [{"consent_withdrawn_at": True}, {"consent_given_on": None}, {"state": "ended"}, {"service_id": OTHER_SERVICE}],
    ids=["withdrawn", "no consent", "ended", "another service"],
)
def test_access_ends_with_consent_in_the_next_statement(clients: Clients, changed: dict[str, Any]) -> None:
    values = {name: clock.now() if value is True else value for name, value in changed.items()}
    with scope(Scope(kind=Kind.ISVA, agency_id=SERVICE)), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM victims_contact")
        assert cursor.fetchone()[0] == 1
        with scope(system(AVON)):
            SupportReferral.objects.filter(pk=clients.referral.pk).update(**values)
        for table in READ:
            if table not in OF_THE_SERVICE:
                cursor.execute(f"SELECT count(*) FROM {table}")
                assert cursor.fetchone()[0] == 0, table


def test_a_scope_without_a_service_sees_nothing(clients: Clients) -> None:
    assert {table: seen(table, 0, "1") for table in READ if seen(table, 0, "1")} == {}


def test_every_other_table_of_cases_and_victims_is_refused(clients: Clients) -> None:
    for table in GRANTS:
        if table.startswith(("victims_", "cases_")) and table not in READ:
            with (
                pytest.raises(ProgrammingError, match="permission denied"),
                transaction.atomic(),
                scope(Scope(kind=Kind.ISVA, agency_id=SERVICE)),
                connection.cursor() as cursor,
            ):
                cursor.execute(f"SELECT 1 FROM {table}")
