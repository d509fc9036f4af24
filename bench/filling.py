"""Invented cases by the ten thousand: facts at random, everything derived by the rules that the services use, written by COPY."""

import itertools
import random
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connections, models

from accounts.models import Agency, Unit, User
from accounts.roles import AgencyKind, Grade, Role
from cases import models as m
from cases.derive.clocks import Editions, wanted
from cases.derive.facts import ArrestFact, CaseFacts, OutcomeFact, SuspectFacts
from cases.derive.states import case_stage, standing, suspect_status, turns
from cases.services.reconcile import _next_due, _values
from core import clock

FORCE, AREA = 52, 110
TABLES = (m.Case, m.CasePerson, m.Suspect, m.Arrest, m.SuspectOutcome, m.ArrestDelay, m.Deadline)
REASONS = (("abstraction", "Festival"), ("abstraction", "Football"), ("intelligence", ""), ("no_officers", ""), ("health", ""))
OFFICERS_A_UNIT = 15


def fill(cases: int) -> list[User]:
    """Fill the owner's database with cases of the last ten years, half in FORCE; return a supervisor, an investigator and a prosecutor."""
    chance = random.Random(52)
    forces = list(Agency.objects.filter(kind=AgencyKind.POLICE).exclude(pk=FORCE).values_list("pk", flat=True))
    readers, teams = _people(forces)
    rows: dict[type[models.Model], list[Any]] = {model: [] for model in TABLES}
    for number in range(cases):
        force = FORCE if number % 2 else chance.choice(forces)
        _case(rows, chance, number, force, *chance.choice(teams[force]))
        if len(rows[m.Case]) == 5_000:
            _copy(rows)
    _copy(rows)
    return readers


def _people(forces: Sequence[int]) -> tuple[list[User], dict[int, list[tuple[Unit, User]]]]:
    """Make units and officers, and the three who read the pages."""
    numbers = itertools.count(1)
    teams: dict[int, list[tuple[Unit, User]]] = {}
    for force in (FORCE, *forces):
        for name in ("Bench North", "Bench South", "Bench Non-recent") if force == FORCE else ("Bench",):
            unit = Unit.objects.using("owner").create(agency_id=force, name=name)
            people = [
                User(name=f"DC {number}", agency_id=force, unit=unit, role=Role.INVESTIGATOR)
                for number in itertools.islice(numbers, OFFICERS_A_UNIT)
            ]
            teams.setdefault(force, []).extend((unit, user) for user in User.objects.using("owner").bulk_create(people))
    supervisor = User(
        name="DI Bench", email="di@bench.example", agency_id=FORCE, role=Role.SUPERVISOR, grade=Grade.INSPECTOR, unit=teams[FORCE][0][0]
    )
    prosecutor = User(name="Bench", email="cps@bench.example", agency_id=AREA, role=Role.PROSECUTOR)
    for user in (supervisor, prosecutor):
        user.save(using="owner")
    investigator = teams[FORCE][0][1]
    User.objects.using("owner").filter(pk=investigator.pk).update(email="dc@bench.example")
    return [supervisor, investigator, prosecutor], teams


def _case(rows: dict[type[models.Model], list[Any]], chance: random.Random, number: int, force: int, unit: Unit, officer: User) -> None:
    """Add one case: one suspect in ten cases of eleven, one case in ten still open, one arrest in seven of those still not made."""
    now = clock.now()
    open_case = chance.random() < 0.1
    recorded = now - timedelta(days=chance.uniform(0, 300) if open_case else chance.uniform(200, 3650))
    area = AREA if force == FORCE and chance.random() < 0.5 else m.NOT_BROUGHT
    risk = chance.choice(["high", "medium", "standard"])
    case = m.Case(
        force_id=force, cps_area_scope=area, unit=unit, crime_reference=f"B{number:09}", recorded_at=recorded, risk=risk, imported=True
    )
    keys = {"case": case, "force_id": force, "cps_area_scope": area}
    rows[m.CasePerson].append(m.CasePerson(**keys, user=officer, role=m.CaseRole.OFFICER, since=recorded))
    suspects: tuple[SuspectFacts, ...] = ()
    if chance.random() < 0.91:
        suspects = (_suspect(rows, chance, keys, recorded, open_case),)
    code = None if open_case else 1
    facts = CaseFacts(
        case.pk, force, recorded, risk, None, suspects, (code,), None if open_case else clock.london_day(recorded + timedelta(days=100))
    )
    _derive(rows, case, facts, now)
    rows[m.Case].append(case)


def _suspect(
    rows: dict[type[models.Model], list[Any]], chance: random.Random, keys: dict[str, Any], recorded: datetime, open_case: bool
) -> SuspectFacts:
    """Add a suspect, and an arrest and an outcome where they come, or a reason where the arrest does not."""
    identified = recorded + timedelta(days=chance.uniform(0, 5))
    row = m.Suspect(**keys, number=1, surname=f"Invented{chance.randrange(5_000)}", forenames="Bench", identified_at=identified)
    rows[m.Suspect].append(row)
    arrests: tuple[ArrestFact, ...] = ()
    outcomes: tuple[OutcomeFact, ...] = ()
    if not open_case or chance.random() < 6 / 7:
        arrest = m.Arrest(**keys, suspect=row, at=identified + timedelta(hours=chance.uniform(1, 400)), imported=True)
        rows[m.Arrest].append(arrest)
        arrests = (ArrestFact(arrest.pk, arrest.at, imported=True),)
    elif chance.random() < 0.6:
        reason, event = chance.choice(REASONS)
        rows[m.ArrestDelay].append(m.ArrestDelay(**keys, suspect=row, at=recorded + timedelta(days=6), reason=reason, event=event))
    if not open_case:
        outcome = m.SuspectOutcome(**keys, suspect=row, code=1, on=clock.london_day(recorded + timedelta(days=100)), side=m.Side.POLICE)
        rows[m.SuspectOutcome].append(outcome)
        outcomes = (OutcomeFact(1, outcome.on),)
    return SuspectFacts(row.pk, identified, arrests=arrests, outcomes=outcomes)


def _derive(rows: dict[type[models.Model], list[Any]], case: m.Case, facts: CaseFacts, now: datetime) -> None:
    """Add the deadlines and set the projections as reconcile does."""
    found = wanted(facts, Editions())
    keys = {"case": case, "force_id": case.force_id, "cps_area_scope": case.cps_area_scope}
    rows[m.Deadline] += [
        m.Deadline(**keys, kind=one.kind, subject_id=one.subject_id, sequence=one.sequence, **_values(one)) for one in found.values()
    ]
    case.stage, case.standing = case_stage(facts, now), standing(facts, now)
    case.turn_police, case.turn_cps = turns(facts, now)
    case.next_due_police, case.next_due_cps = _next_due(found, "police"), _next_due(found, "cps")
    for suspect in facts.suspects:
        rows[m.Suspect][-1].status = suspect_status(suspect, now)


def _copy(rows: dict[type[models.Model], list[Any]]) -> None:
    """Write and forget the rows, triggers and row-level security put aside for it: COPY works with neither."""
    with connections["owner"].cursor() as cursor:
        _guards(cursor, "NO FORCE ROW LEVEL SECURITY", "DISABLE TRIGGER USER")
        for model, found in rows.items():
            fields = [field for field in model._meta.concrete_fields if not field.generated]
            columns = ", ".join(f'"{field.column}"' for field in fields)
            with cursor.copy(f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN') as copy:
                for row in found:
                    copy.write_row([getattr(row, field.attname) for field in fields])
            found.clear()
        _guards(cursor, "FORCE ROW LEVEL SECURITY", "ENABLE TRIGGER USER")


def _guards(cursor: Any, *changes: str) -> None:
    for table in _tables():
        for change in changes:
            cursor.execute(f'ALTER TABLE "{table}" {change}')


def _tables() -> Iterable[str]:
    return (model._meta.db_table for model in TABLES)
