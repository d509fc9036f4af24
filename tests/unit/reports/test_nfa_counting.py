"""What the report of no further action makes of versions and stays, from plain values."""

from datetime import date
from uuid import UUID

import pytest

from reports.nfa_checks import answers
from reports.nfa_reading import BACK, BEFORE_CPS, NOT_RECORDED, cps_reason, stage_on
from tests.integration.reports.making import london

ONE, TWO = UUID(int=1), UUID(int=2)
NFA, CHARGE = "nfa_evidential", "charge"


@pytest.mark.parametrize(
    ("states", "came_to"),
    [
        (["draft"], {}),
        (["draft", "waits"], {"waits": 1}),
        (["draft", "waits", "confirmed"], {"confirmed": 1}),
        (["draft", "waits", "sent_back", "waits", "confirmed"], {"sent_back": 1, "confirmed": 1}),
        (["draft", "waits", "sent_back", "sent_back", "waits"], {"sent_back": 1, "waits": 1}),
        (["draft", "waits", "draft", "waits", "discarded"], {"taken_back": 2}),
        (["draft", "waits", "overtaken"], {"taken_back": 1}),
        (["draft", "waits", "confirmed", "draft", "waits", "confirmed", "published"], {"confirmed": 2}),
        (["sent_back", "discarded"], {}),
    ],
)
def test_each_time_that_it_waited_counts_once(states: list[str], came_to: dict[str, int]) -> None:
    assert answers((ONE, state, None, True) for state in states) == came_to


def test_proposals_do_not_answer_each_other() -> None:
    rows = [(ONE, "waits", NFA, True), (TWO, "waits", NFA, True), (TWO, "sent_back", NFA, True), (ONE, "confirmed", NFA, True)]
    assert answers(rows) == {"sent_back": 1, "confirmed": 1}


def test_only_decisions_not_to_charge_put_forward_in_the_time() -> None:
    assert answers([(ONE, "waits", CHARGE, True), (ONE, "confirmed", CHARGE, True)]) == {}
    assert answers([(ONE, "waits", NFA, False), (ONE, "confirmed", NFA, True)]) == {}
    assert answers([(ONE, "waits", NFA, True), (ONE, "draft", CHARGE, True)]) == {"taken_back": 1}


DAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("stays", "stage"),
    [
        ([], BEFORE_CPS),
        ([("with_cps", "2026-03-11 00:00", None)], BEFORE_CPS),
        ([("with_cps", "2026-03-10 23:59", None)], "With the CPS"),
        ([("with_cps", "2026-03-01 09:00", "2026-03-10 00:00")], "With the CPS"),
        ([("with_cps", "2026-03-01 09:00", "2026-03-09 23:59")], BACK),
        ([("with_cps", "2026-03-01 09:00", "2026-03-10 09:00"), ("action_plan", "2026-03-10 09:00", None)], "Action plan with the police"),
        ([("finalised", "2026-03-02 09:00", None)], "Administratively finalised"),
    ],
)
def test_where_it_stood_on_a_london_day(stays: list[tuple[str, str, str | None]], stage: str) -> None:
    assert stage_on([(what, london(since), london(until) if until else None) for what, since, until in stays], DAY) == stage


def test_the_reason_of_the_cps_in_words() -> None:
    assert cps_reason("nfa_evidential", "K") == "No further action: evidential (K)"
    assert cps_reason("nfa_public_interest", "") == "No further action: public interest"
    assert cps_reason(None, None) == NOT_RECORDED
