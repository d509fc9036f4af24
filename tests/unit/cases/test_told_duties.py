"""What a duty to tell is about: the row that it names, the moment, the suspect, who owes it. Every one of them, spelled out."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from cases.derive.clocks import Edition, Editions, Kind, Owes, Urgency, beside, register, urgency
from cases.derive.facts import ArrestFact, BailEventFact, BailFact, HearingFact, OfficerFact, OutcomeFact, Position
from cases.derive.kinds import days
from cases.derive.told_rules import Duty, duties
from core import calendar, clock
from tests.unit.cases.support import CASE, DAY0, SUSPECT, day
from tests.unit.cases.telling import known, she, suspect

IDS = [UUID(int=100 + number) for number in range(13)]
ARREST, INTERVIEW, BAIL, SECOND, VARIED, OUTCOME, REOPENED, CLOSED, HEARING, OFFICER, NEXT, LAST, THIRD = IDS


def test_every_duty_names_its_row_its_moment_and_its_suspect() -> None:
    facts = known(
        she(),
        suspects=(
            suspect(
                arrests=(ArrestFact(ARREST, day(1), False, day(2), "bail"),),
                interviews=(day(1.5),),
                interview_ids=(INTERVIEW,),
                bails=(
                    BailFact(BAIL, day(2), "inspector", events=(BailEventFact("varied", day(3), id=VARIED),)),
                    BailFact(SECOND, day(5), "inspector"),
                    BailFact(THIRD, day(6), "inspector"),
                ),
                outcomes=(
                    OutcomeFact(15, day(6).date(), None, None, "police"),
                    OutcomeFact(15, day(7).date(), day(8), REOPENED, "police"),
                    OutcomeFact(1, day(9).date(), None, OUTCOME, "police"),
                ),
                position=Position.FINALISED,
                position_id=CLOSED,
                position_since=day(10),
            ),
        ),
        hearings=(HearingFact(HEARING, SUSPECT, day(11)),),
        officers=(OfficerFact(OFFICER, day(4)), OfficerFact(NEXT, day(6)), OfficerFact(LAST, day(7))),
        as_of=day(30),
    )
    reopened_on, charged_on = (clock.day_start(day(number).date()) for number in (7, 9))
    assert list(duties(facts, facts.complainants[0])) == [
        Duty(Kind.TOLD_CRIME_RECORDED, CASE, DAY0),
        Duty(Kind.TOLD_NEW_OFFICER, OFFICER, day(4), moot_at=day(6)),
        Duty(Kind.TOLD_NEW_OFFICER, NEXT, day(6), moot_at=day(7)),
        Duty(Kind.TOLD_NEW_OFFICER, LAST, day(7)),
        Duty(Kind.TOLD_ARREST, ARREST, day(1), SUSPECT),
        Duty(Kind.TOLD_RELEASE, ARREST, day(2), SUSPECT),
        Duty(Kind.TOLD_INTERVIEW, INTERVIEW, day(1.5), SUSPECT),
        Duty(Kind.TOLD_BAIL, BAIL, day(2), SUSPECT),
        Duty(Kind.TOLD_BAIL, VARIED, day(3), SUSPECT),
        Duty(Kind.TOLD_BAIL_ENDED, BAIL, day(5), SUSPECT),
        Duty(Kind.TOLD_BAIL, SECOND, day(5), SUSPECT),
        Duty(Kind.TOLD_BAIL_ENDED, SECOND, day(6), SUSPECT),
        Duty(Kind.TOLD_BAIL, THIRD, day(6), SUSPECT),
        Duty(Kind.TOLD_NFA, REOPENED, reopened_on, SUSPECT, Owes.POLICE, day(8)),
        Duty(Kind.TOLD_CHARGE, OUTCOME, charged_on, SUSPECT, Owes.POLICE),
        Duty(Kind.TOLD_CLOSED, CLOSED, day(10), SUSPECT),
        Duty(Kind.TOLD_HEARING, HEARING, day(11), SUSPECT),
    ]


@pytest.mark.parametrize(
    "position",
    [
        {"position": Position.NONE, "position_id": CLOSED, "position_since": day(1)},
        {"position": Position.FINALISED, "position_id": None, "position_since": day(1)},
        {"position": Position.FINALISED, "position_id": CLOSED, "position_since": None},
    ],
    ids=["not finalised", "no row", "no moment"],
)
def test_only_a_recorded_finalisation_is_told(position: dict[str, Any]) -> None:
    facts = known(she(), suspects=(suspect(**position),))
    assert [one.about for one in duties(facts, facts.complainants[0])] == [Kind.TOLD_CRIME_RECORDED]


def test_settings_with_one_edition_more() -> None:
    one = Edition("arrest", "high", None, 2, days(3), date(2026, 1, 1))
    two = Edition("arrest", "high", None, 3, days(4), date(2026, 2, 1))
    week = calendar.WorkingDays(frozenset(), date(2030, 1, 1))
    kept = Editions([one], week)
    assert kept.changed(edition=two).in_force("arrest", "high", date(2026, 3, 1)) == (days(4), 3)
    assert kept.changed(edition=two).in_force("arrest", "high", date(2026, 1, 9)) == (days(3), 2)
    assert kept.changed(edition=two).working is week
    other = calendar.WorkingDays(frozenset({date(2026, 1, 5)}), date(2030, 1, 1))
    assert kept.changed(working=other).working is other
    assert kept.changed(working=other).in_force("arrest", "high", date(2026, 3, 1)) == (days(3), 2)


def test_what_stands_beside_a_case_is_loaded_unless_it_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cases.derive.clocks._loads", {})
    monkeypatch.setattr("cases.derive.clocks._rules", {})
    register("a rule without facts of its own", lambda case, editions: ())
    register("one", lambda case, editions: (), lambda case: ("one", case))
    register("two", lambda case, editions: (), lambda case: ("two", case))
    assert beside("case") == {"one": ("one", "case"), "two": ("two", "case")}
    assert beside("case", {"one": "known", "else": 1}) == {"one": "known", "two": ("two", "case")}


@pytest.mark.parametrize(
    ("kind", "left", "expected"),
    [
        ("arrest", 8, Urgency.UPCOMING),
        ("arrest", 7, Urgency.SOON),
        ("arrest", 1, Urgency.SOON),
        ("arrest", 0, Urgency.TODAY),
        ("detention", 2, Urgency.UPCOMING),
        ("detention", 1, Urgency.SOON),
        ("arrest", -1, Urgency.OVERDUE),
        ("arrest", -7, Urgency.OVERDUE),
        ("arrest", -8, Urgency.CRITICAL),
    ],
)
def test_how_a_deadline_stands(kind: str, left: int, expected: Urgency) -> None:
    now = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    due_on = date(2026, 11, 23) + timedelta(days=left)
    assert urgency(kind, clock.day_start(due_on + timedelta(days=1)), due_on, now) is expected


def test_a_deadline_is_critical_from_the_very_moment() -> None:
    due_on = date(2026, 11, 20)
    due_at = clock.day_start(date(2026, 11, 21))
    assert urgency("arrest", due_at, due_on, due_at) is Urgency.OVERDUE
    assert urgency("arrest", due_at, due_on, due_at + timedelta(days=7, microseconds=-1)) is Urgency.OVERDUE
    assert urgency("arrest", due_at, due_on, due_at + timedelta(days=7)) is Urgency.CRITICAL
