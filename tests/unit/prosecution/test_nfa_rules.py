"""No further action without a database: whose rank is enough, what is missing, the last minute in time of its second look."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from accounts.models import User
from accounts.roles import Grade
from cases.derive.clocks import Editions, Kind, Urgency, urgency
from cases.derive.facts import CaseFacts
from core.exceptions import NotPossible
from prosecution.derive.rules_nfa import NfaFact, nfa_clocks
from prosecution.nfa_said import NfaGiven, missing, tidy
from prosecution.nfa_setting import NFA_CODES, codes_of, grade_of, may_check
from tests.unit.prosecution.clocks import A, B, case, key, london

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ([], Grade.INSPECTOR),
        (["inspector"], Grade.INSPECTOR),
        (["sergeant"], Grade.SERGEANT),
        (["inspector", "52=chief_inspector"], Grade.CHIEF_INSPECTOR),
        (["none"], None),
        (["none", "52=inspector"], Grade.INSPECTOR),
        (["46=none"], Grade.INSPECTOR),
    ],
)
def test_each_force_has_its_rank_or_the_default(settings: Any, setting: list[str], expected: Grade | None) -> None:
    settings.NFA_CHECK = setting
    assert grade_of(52) == expected
    assert codes_of(52) == (NFA_CODES if expected else frozenset())


@pytest.mark.parametrize("entry", ["poem", "constable", "x=inspector", "52="])
def test_a_setting_that_says_nothing_is_refused(settings: Any, entry: str) -> None:
    settings.NFA_CHECK = [entry]
    with pytest.raises(ImproperlyConfigured):
        grade_of(52)


@pytest.mark.parametrize("grade", list(Grade))
def test_only_the_rank_itself_and_above_looks_a_second_time(settings: Any, grade: Grade) -> None:
    settings.NFA_CHECK = ["inspector"]
    enough = {Grade.INSPECTOR, Grade.CHIEF_INSPECTOR, Grade.SUPERINTENDENT, Grade.ASSISTANT_CHIEF_CONSTABLE}
    assert may_check(User(agency_id=52, grade=grade)) is (grade in enough)


def test_the_codes_are_those_by_which_the_police_take_no_further_action() -> None:
    assert {10, 13, 14, 15, 16, 17, 18, 21} == NFA_CODES


@pytest.mark.parametrize(("code", "of_crime", "possible"), [(14, False, False), (18, False, False), (18, True, True), (15, True, True)])
def test_14_and_18_are_of_crimes_alone(code: int, of_crime: bool, possible: bool) -> None:
    if possible:
        tidy(NfaGiven(code=code), of_crime=of_crime)
        return
    with pytest.raises(NotPossible):
        tidy(NfaGiven(code=code), of_crime=of_crime)


def test_a_crime_that_names_nobody_has_no_other_cases_to_look_at() -> None:
    said = tidy(NfaGiven(code=18), of_crime=True)
    assert "others_considered" not in dict(missing(said, of_crime=True))
    assert "others_considered" in dict(missing(said, of_crime=False))


def known(*facts: NfaFact) -> CaseFacts:
    from dataclasses import replace

    return replace(case(), beside={"nfa": facts})


@pytest.mark.parametrize(
    ("at", "last"),
    [
        ("2026-11-02 10:00", "2026-11-09 23:59"),  # Monday, five working days
        ("2026-11-02 23:59", "2026-11-09 23:59"),  # the last minute of Monday is still Monday
        ("2026-11-03 00:00", "2026-11-10 23:59"),
        ("2026-12-23 10:00", "2027-01-04 23:59"),  # over Christmas, its substitute, and New Year's Day
        ("2026-10-23 10:00", "2026-10-30 23:59"),  # over the night when the clocks go back
    ],
)
def test_the_last_minute_in_time_and_the_first_late(at: str, last: str) -> None:
    (one,) = nfa_clocks(known(NfaFact(key(), A, london(at))), Editions())
    assert (one.kind, one.owes) == (Kind.NFA_CHECK, "police")
    assert urgency(one.kind, one.due.due_at, one.due.due_on, london(last)) not in {Urgency.OVERDUE, Urgency.CRITICAL}
    assert urgency(one.kind, one.due.due_at, one.due.due_on, london(last) + MINUTE) == Urgency.OVERDUE


def test_each_time_it_waits_is_a_clock_of_its_own() -> None:
    row, at = key(), london("2026-11-02 10:00")
    sent_back = NfaFact(row, A, at, checked_at=at + MINUTE)
    taken_back = NfaFact(row, A, at + 2 * MINUTE, ended_at=at + 3 * MINUTE)
    again = NfaFact(row, A, at + 4 * MINUTE)
    found = sorted(nfa_clocks(known(sent_back, taken_back, again), Editions()), key=lambda one: one.sequence)
    assert [(one.sequence, one.met_at, one.ended_at) for one in found] == [
        (0, at + MINUTE, None),
        (1, None, at + 3 * MINUTE),
        (2, None, None),
    ]


def test_of_a_suspect_recorded_in_error_there_is_none_and_of_a_crime_there_is() -> None:
    at = london("2026-11-02 10:00")
    assert list(nfa_clocks(known(NfaFact(key(), B, at)), Editions())) == []
    assert len(list(nfa_clocks(known(NfaFact(key(), None, at)), Editions()))) == 1
