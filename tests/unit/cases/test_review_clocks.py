"""The clocks that start again each time they are met: reviews of the case, of a situation, of a release."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from cases.derive import clock_rules
from cases.derive.clocks import Kind
from cases.derive.facts import CaseFacts, ReviewFact
from tests.unit.cases.support import CASE, SUSPECT, arrest, case, clock_of, clocks, day, outcome, situation, suspect


@pytest.fixture(autouse=True)
def _rules() -> None:
    clock_rules.register()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def review(when: float, of: str = "case", *, next_on: date | None = None) -> ReviewFact:
    return ReviewFact(of, None if of == "case" else SUSPECT, day(when), next_on)


# --- reviews -----------------------------------------------------------------------------------------------------------


def test_supervisors_review_at_72_hours_then_7_days_then_every_28() -> None:
    found = clocks(case(reviews=(review(2), review(8), review(30))), Kind.SUPERVISOR_REVIEW)

    assert [one.started_at for one in found] == [day(0), day(2), day(8), day(30)]
    assert [one.met_at for one in found] == [day(2), day(8), day(30), None]
    assert found[0].due.due_at == day(3)
    assert [one.due.due_on for one in found[1:]] == [date(2026, 3, 11), date(2026, 4, 7), date(2026, 4, 29)]
    assert [one.sequence for one in found] == [0, 1, 2, 3]


def test_72_hours_are_hours_that_pass_across_the_change_of_the_clocks() -> None:
    one = clock_of(CaseFacts(CASE, 52, at("2026-03-27T12:00"), "standard", None), Kind.SUPERVISOR_REVIEW)

    assert one.due.due_at == at("2026-03-30T12:00")


def test_the_next_review_may_be_asked_for_sooner_never_later() -> None:
    sooner = clocks(case(reviews=(review(2, next_on=date(2026, 3, 6)),)), Kind.SUPERVISOR_REVIEW)[-1]
    later = clocks(case(reviews=(review(2, next_on=date(2026, 5, 6)),)), Kind.SUPERVISOR_REVIEW)[-1]

    assert sooner.due.due_on == date(2026, 3, 6)
    assert later.due.due_on == date(2026, 3, 11)


def test_reviews_end_when_the_case_closes_and_begin_again_when_it_is_reopened() -> None:
    closed = clock_of(case(suspect(outcomes=(outcome(9, 16),)), offences=(16,)), Kind.SUPERVISOR_REVIEW)
    reopened = clocks(case(suspect(outcomes=(outcome(9, 16, reopened=200),)), offences=(None,)), Kind.SUPERVISOR_REVIEW)

    assert closed.ended_at == day(9).replace(hour=0)
    assert [(one.started_at, one.ended_at) for one in reopened] == [(day(0), day(9).replace(hour=0)), (day(200), None)]
    assert reopened[1].sequence == 1


def test_reopening_one_of_two_restarts_no_review_where_the_other_was_open() -> None:
    facts = case(suspect(outcomes=(outcome(9, 16, reopened=200),)), suspect(key=uuid4()), offences=(None,))

    assert clock_of(facts, Kind.SUPERVISOR_REVIEW).started_at == day(0)


@pytest.mark.parametrize(("kind", "days"), [("wanted", 7), ("abroad", 28), ("prison", 28)])
def test_a_situation_is_reviewed_again_and_again(kind: str, days: int) -> None:
    found = clocks(case(suspect(situations=(situation(3, kind=kind),)), reviews=(review(5, "situation"),)), Kind.SITUATION_REVIEW)

    assert [one.met_at for one in found] == [day(5), None]
    assert found[0].due.due_on == (day(3) + timedelta(days=days)).date()
    assert found[1].due.due_on == (day(5) + timedelta(days=days)).date()


def test_a_review_counts_from_the_moment_a_situation_begins_and_no_longer_at_its_end() -> None:
    prison = suspect(situations=(situation(3, 9, kind="prison"),))
    reviews = tuple(review(at, "situation") for at in (2.9, 3, 9, 9.1))
    found = clocks(case(prison, reviews=reviews), Kind.SITUATION_REVIEW)

    assert [(one.met_at, one.ended_at) for one in found] == [(day(3), None), (None, day(9))]


@pytest.mark.parametrize("asked", [(date(2026, 3, 9), date(2026, 3, 6)), (None, date(2026, 3, 6)), (date(2026, 3, 6), None)])
def test_of_two_reviews_in_one_moment_the_one_entered_last_asks(asked: tuple[date | None, date | None]) -> None:
    found = clocks(case(reviews=tuple(review(2, next_on=on) for on in asked)), Kind.SUPERVISOR_REVIEW)

    assert [one.due.due_on for one in found[1:]] == [asked[0] or date(2026, 3, 11), asked[1] or date(2026, 4, 1)]


def test_a_review_of_the_case_is_none_of_the_suspect() -> None:
    assert clock_of(case(suspect(situations=(situation(3),)), reviews=(review(5),)), Kind.SITUATION_REVIEW).met_at is None


@pytest.mark.parametrize(("kind", "ended"), [("wanted", day(6)), ("abroad", day(6)), ("prison", None)])
def test_an_arrest_ends_wanted_and_abroad_and_not_prison_elsewhere(kind: str, ended: datetime | None) -> None:
    one = clock_of(case(suspect(situations=(situation(3, kind=kind),), arrests=(arrest(6),))), Kind.SITUATION_REVIEW)

    assert one.ended_at == ended


def test_released_under_investigation_is_reviewed_every_28_days_until_arrest_or_bail() -> None:
    first = arrest(1, 2)
    facts = suspect(arrests=(first,))
    running = clocks(case(facts, reviews=(review(20, "under_investigation"),)), Kind.RUI_REVIEW)
    ended = clock_of(case(suspect(arrests=(first, arrest(40)))), Kind.RUI_REVIEW)

    assert [(one.started_at, one.met_at) for one in running] == [(day(2), day(20)), (day(20), None)]
    assert running[0].due.due_on == date(2026, 4, 1)
    assert ended.ended_at == day(40)


def test_a_second_release_under_investigation_goes_on_numbering() -> None:
    found = clocks(case(suspect(arrests=(arrest(1, 2), arrest(40, 41)))), Kind.RUI_REVIEW)

    assert [(one.sequence, one.started_at, one.ended_at) for one in found] == [(0, day(2), day(40)), (1, day(41), None)]


def test_no_review_is_owed_while_there_was_an_outcome() -> None:
    found = clocks(case(suspect(arrests=(arrest(1, 2),), outcomes=(outcome(10, 15, reopened=300),))), Kind.RUI_REVIEW)

    assert [(one.started_at, one.ended_at) for one in found] == [(day(2), day(10).replace(hour=0)), (day(300), None)]


@pytest.mark.parametrize(
    ("until", "closed", "parts"),
    [
        (9, ((3, 5),), ((0, 3), (5, 9))),
        (9, ((10, 12),), ((0, 9),)),
        (9, ((9, 12),), ((0, 9),)),
        (9, ((10, 12), (20, None)), ((0, 9),)),
        (9, ((-4, -2), (3, 5)), ((0, 3), (5, 9))),
        (9, ((-4, 0), (3, 5)), ((0, 3), (5, 9))),
        (9, ((0, 5),), ((5, 9),)),
        (9, ((3, 9),), ((0, 3),)),
        (9, ((3, 12),), ((0, 3),)),
        (9, ((3, None),), ((0, 3),)),
        (9, ((0, None),), ()),
        (None, ((3, None),), ((0, 3),)),
        (None, ((3, 5),), ((0, 3), (5, None))),
        (None, (), ((0, None),)),
    ],
)
def test_what_is_left_of_a_spell(
    until: float | None, closed: tuple[tuple[float, float | None], ...], parts: tuple[tuple[float, float | None], ...]
) -> None:
    """No part is empty; what was closed before the spell or after it takes nothing away."""

    def spells(*given: tuple[float, float | None]) -> list[clock_rules.Spell]:
        return [(day(start), None if end is None else day(end)) for start, end in given]

    assert list(clock_rules._open_parts(day(0), None if until is None else day(until), spells(*closed))) == spells(*parts)
