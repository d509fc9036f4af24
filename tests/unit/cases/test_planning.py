"""Who hears of a decision, and what a plan for telling lacks: the gate before a charge or no further action is published."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from cases.derive.facts import CaseFacts, ComplainantFacts, CrimeFact, OutcomeFact, PlanFact, SuspectFacts
from cases.derive.planning import NO_PLAN, NOBODY, NOT_ARRANGED, PASSED, Hears, hearers, in_words, undecided
from tests.unit.cases.support import SUSPECT, day
from tests.unit.cases.telling import OTHER_SUSPECT, SHE, known, she, suspect

NOW = day(10)
B = UUID(int=21)


def plan(**more: Any) -> PlanFact:
    given: dict[str, Any] = {"about": "told_nfa", "suspect_id": SUSPECT, "at": day(9), "planned_at": day(11), **more}
    return PlanFact(**given)


def planned(*plans: PlanFact, **more: Any) -> ComplainantFacts:
    return replace(she(**more), plans=plans)


def lacks(complainant: ComplainantFacts, code: int = 15, of: SuspectFacts | None = None, now: datetime = NOW) -> list[str]:
    return [one.lacks for one in hearers(known(complainant), of or suspect(), code, now)]


def test_every_complainant_whose_crimes_name_the_suspect_hears_of_it_and_nobody_else() -> None:
    b = replace(she(key=B), label="B")
    c = replace(she(key=UUID(int=22), names=(OTHER_SUSPECT,)), label="C")
    found = hearers(known(planned(plan()), b, c), suspect(), 15, NOW)
    assert found == (Hears(SHE, "A"), Hears(B, "B", NO_PLAN))


@pytest.mark.parametrize("code", [1, 9, 10, 13, 14, 15, 16, 17, 18, 21])
def test_a_charge_and_every_outcome_of_no_further_action_is_planned(code: int) -> None:
    assert lacks(planned(), code) == [NO_PLAN]


@pytest.mark.parametrize("code", [2, 3, 4, 5, 6, 7, 8, 11, 12, 19, 20, 22, 99])
def test_another_outcome_asks_for_no_plan(code: int) -> None:
    assert lacks(planned(), code) == []


def test_a_plan_is_for_one_decision_about_one_suspect() -> None:
    assert lacks(planned(plan())) == [""]
    assert lacks(planned(plan()), 1) == [NO_PLAN]
    assert lacks(planned(plan(about="told_charge")), 1) == [""]
    assert lacks(planned(plan(suspect_id=OTHER_SUSPECT))) == [NO_PLAN]
    assert lacks(planned(plan(suspect_id=None))) == [NO_PLAN]


def test_the_last_plan_counts() -> None:
    assert lacks(planned(plan(arranged=False), plan(at=day(9.5)))) == [""]
    assert lacks(planned(plan(), plan(at=day(9.5), arranged=False))) == [NOT_ARRANGED]


def test_a_plan_for_a_time_long_past_is_none_any_longer() -> None:
    ago = timedelta(days=7)
    assert lacks(planned(plan(planned_at=NOW - ago))) == [""]
    assert lacks(planned(plan(planned_at=NOW - ago - timedelta(seconds=1)))) == [PASSED]


def test_who_tells_is_still_there_and_who_is_with_her_is_known() -> None:
    assert lacks(planned(plan(teller_there=False))) == [NOBODY]
    assert lacks(planned(plan(arranged=False))) == [NOT_ARRANGED]


def test_a_plan_from_before_the_investigation_was_reopened_was_for_the_outcome_before() -> None:
    reopened = suspect(outcomes=(OutcomeFact(15, day(2).date(), day(5), UUID(int=50), "police"),))
    assert lacks(planned(plan(at=day(4.9), planned_at=NOW)), of=reopened) == [NO_PLAN]
    assert lacks(planned(plan(at=day(5), planned_at=NOW)), of=reopened) == [""]


def nameless(*crimes: CrimeFact, plans: tuple[PlanFact, ...] = ()) -> CaseFacts:
    return known(replace(she(names=()), nameless=crimes, plans=plans))


def test_where_nobody_was_identified_whoever_has_such_a_crime_open_hears_of_it() -> None:
    crime = CrimeFact(UUID(int=40))
    assert [one.lacks for one in hearers(nameless(crime), None, 18, NOW)] == [NO_PLAN]
    assert [one.lacks for one in hearers(nameless(crime, plans=(plan(suspect_id=None),)), None, 18, NOW)] == [""]
    assert hearers(nameless(CrimeFact(UUID(int=40), 18, date(2026, 3, 5))), None, 18, NOW) == ()
    assert hearers(nameless(), None, 18, NOW) == ()


def test_closing_a_crime_publishes_the_decision_about_its_suspects_without_one() -> None:
    done = suspect(OTHER_SUSPECT, outcomes=(OutcomeFact(15, day(2).date(), None, UUID(int=50), "police"),))
    assert undecided((suspect(), done), [SUSPECT, OTHER_SUSPECT]) == [SUSPECT]
    assert undecided((suspect(), done), [OTHER_SUSPECT]) == []
    assert undecided((suspect(),), []) == [None]


def test_the_refusal_says_whom_and_what() -> None:
    a, b, c = Hears(SHE, "A", NO_PLAN), Hears(B, "B", NO_PLAN), Hears(B, "C", PASSED)
    assert in_words([a]) == "First plan how Victim A is told"
    assert in_words([a, b]) == "First plan how Victim A and Victim B are told"
    assert in_words([c]) == f"Plan again how Victim C is told: {PASSED}"
    assert in_words([a, c, Hears(SHE, "D")]) == f"First plan how Victim A is told. Plan again how Victim C is told: {PASSED}"
