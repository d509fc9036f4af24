"""The pure rules of needs and of reaching 18."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID, uuid5

import pytest

from cases.derive.clocks import Editions, Kind
from cases.derive.facts import CaseFacts, ComplainantFacts
from core import clock
from victims.derive.needs_rules import NAME, NeedsFacts, eighteenth_birthday, first_of_next_month, needs_clocks

HER, CASE = UUID(int=1), UUID(int=2)
RECORDED = datetime(2026, 3, 2, 12, tzinfo=UTC)
BIRTHDAY = date(2026, 3, 20)


def at(day: int, month: int = 3) -> datetime:
    """A moment of 2026."""
    return datetime(2026, month, day, 12, tzinfo=UTC)


def case(facts: NeedsFacts, now: datetime | None = None, **changed: object) -> CaseFacts:
    """A case with one complainant of whom this is known."""
    she = ComplainantFacts(HER, "A", "enhanced", RECORDED)
    made = CaseFacts(CASE, 52, RECORDED, "medium", None, complainants=(she,), beside={NAME: {HER: facts}}, as_of=now or at(1, 12))
    return replace(made, **changed)  # type: ignore[arg-type]


def spells(facts: NeedsFacts) -> list[tuple[int, datetime, datetime | None]]:
    """Turn, start and end of each clock of needs."""
    found = [one for one in needs_clocks(case(facts), Editions()) if one.kind == Kind.NEEDS_ASSESSMENT]
    return [(one.sequence, one.started_at, one.met_at) for one in found]


def test_needs_are_due_from_the_record_until_assessed() -> None:
    assert spells(NeedsFacts()) == [(0, RECORDED, None)]
    assert spells(NeedsFacts(assessed=(at(3), at(9)))) == [(0, RECORDED, at(3))]


def test_an_assessment_entered_before_the_case_meets_it_at_its_start() -> None:
    assert spells(NeedsFacts(assessed=(at(1),))) == [(0, RECORDED, RECORDED)]


def test_a_change_after_an_assessment_asks_for_another_one_and_only_once() -> None:
    assert spells(NeedsFacts(assessed=(at(3),), changed=(at(2), at(5), at(6)))) == [(0, RECORDED, at(3)), (1, at(5), None)]
    answered = NeedsFacts(assessed=(at(3), at(7)), changed=(at(5), at(6)))
    assert spells(answered) == [(0, RECORDED, at(3)), (1, at(5), at(7))]
    assert spells(replace(answered, changed=(at(5), at(8))))[-1] == (2, at(8), None)


def test_a_change_before_the_first_assessment_asks_for_nothing_more() -> None:
    assert spells(NeedsFacts(changed=(at(2),))) == [(0, RECORDED, None)]


def test_two_working_days() -> None:
    (one,) = needs_clocks(case(NeedsFacts()), Editions())
    assert one.due.due_on == date(2026, 3, 4)


def eighteen(agreed: tuple[date, ...], now: datetime | None = None) -> list[tuple[datetime, datetime | None]]:
    """Start and end of the clock of somebody who reaches 18 on 20 March 2026."""
    found = needs_clocks(case(NeedsFacts(eighteen_on=BIRTHDAY, agreed_on=agreed), now), Editions())
    mine = [one for one in found if one.kind == Kind.AGREEMENT_AGAIN]
    assert all(one.subject_id == uuid5(HER, "18") for one in mine)
    return [(one.started_at, one.met_at) for one in mine]


BEGINS = clock.day_start(date(2026, 4, 1))


def test_who_reached_18_is_asked_from_the_next_month_on() -> None:
    assert eighteen((date(2026, 3, 5),)) == [(BEGINS, None)]
    assert eighteen((date(2026, 3, 19),), BEGINS) == [(BEGINS, None)]


def test_not_before_that_day() -> None:
    assert eighteen((date(2026, 3, 5),), at(31)) == []


def test_without_an_agreement_from_before_nothing_is_agreed_afresh() -> None:
    assert eighteen(()) == []
    assert eighteen((BIRTHDAY,)) == []


def test_an_agreement_from_the_birthday_on_keeps_it_away_and_a_later_one_meets_it() -> None:
    before = date(2026, 3, 5)
    assert eighteen((before, BIRTHDAY)) == []
    assert eighteen((before, date(2026, 3, 31))) == []
    assert eighteen((before, date(2026, 4, 1))) == [(BEGINS, BEGINS)]
    assert eighteen((before, date(2026, 5, 6))) == [(BEGINS, clock.day_start(date(2026, 5, 6)))]


@pytest.mark.parametrize(
    ("born", "grown"),
    [(date(2008, 3, 20), date(2026, 3, 20)), (date(2008, 2, 29), date(2026, 3, 1)), (date(2004, 12, 31), date(2022, 12, 31))],
    ids=["a day", "a leap day", "the last day of a year"],
)
def test_the_18th_birthday(born: date, grown: date) -> None:
    assert eighteenth_birthday(born) == grown


def test_the_first_of_the_next_month() -> None:
    assert first_of_next_month(date(2026, 12, 31)) == date(2027, 1, 1)
    assert first_of_next_month(date(2026, 1, 1)) == date(2026, 2, 1)
    assert first_of_next_month(date(2026, 11, 1)) == date(2026, 12, 1)
