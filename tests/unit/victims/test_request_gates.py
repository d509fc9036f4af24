"""The gates of a request for information: every combination of what is filled in, against the rule written out a second time."""

from dataclasses import fields, replace
from datetime import date
from itertools import product
from typing import Any

import pytest

from victims.request_gates import GATES, RequestFacts, notice_in_time, open_gates, that_apply

DAY = date(2026, 3, 2)
FULL = RequestFacts(
    counselling=True, enquiry_of_victim=True, enquiry_goes_on=True, reasonable_because=True, holder_has_it_because=True,
    necessary_because=True, proportionate_because=True, less_intrusive_means=True, how_handled=True, notice_to="victim", notice_on=DAY,
    substantial_probative_value=True, approved_by_another=True,
)  # fmt: skip
FLAGS = [one.name for one in fields(RequestFacts) if one.type == "bool" or one.type is bool]
GATE_OF = {
    "enquiry_of_victim": "enquiry", "enquiry_goes_on": "enquiry", "reasonable_because": "reasonable", "holder_has_it_because": "holder",
    "necessary_because": "necessary", "proportionate_because": "proportionate", "less_intrusive_means": "less_intrusive",
    "how_handled": "handled",
}  # fmt: skip
COUNSELLING = {"substantial_probative_value": "probative", "approved_by_another": "approved"}


def names(facts: RequestFacts) -> set[str]:
    return {gate.name for gate in open_gates(facts)}


def test_with_everything_filled_in_nothing_is_open() -> None:
    assert names(FULL) == set()
    assert {gate.name for gate in GATES} == {*GATE_OF.values(), *COUNSELLING.values(), "notice"}


def test_every_combination_of_the_flags() -> None:
    """2 to the power of 11 requests, each with the open gates that the rule written here expects."""
    flags = [name for name in FLAGS if name != "notice_withheld_because"]
    assert len(flags) == 11
    for values in product((False, True), repeat=len(flags)):
        chosen: dict[str, Any] = dict(zip(flags, values, strict=True))
        facts = replace(FULL, **chosen)
        wanted = {gate for name, gate in GATE_OF.items() if not getattr(facts, name)}
        if facts.counselling:
            wanted |= {gate for name, gate in COUNSELLING.items() if not getattr(facts, name)}
        assert names(facts) == wanted


@pytest.mark.parametrize(
    ("to", "on", "because", "passes"),
    [
        ("victim", DAY, False, True),
        ("guardian", DAY, False, True),
        ("victim", None, False, False),
        ("guardian", None, True, False),
        ("", DAY, True, False),
        ("", None, False, False),
        ("withheld", None, True, True),
        ("withheld", None, False, False),
        ("withheld", DAY, False, False),
    ],
)
def test_the_notice(to: str, on: date | None, because: bool, passes: bool) -> None:
    assert ("notice" not in names(replace(FULL, notice_to=to, notice_on=on, notice_withheld_because=because))) is passes


@pytest.mark.parametrize(
    ("to", "on", "sent", "in_time"),
    [
        ("victim", DAY, DAY, True),
        ("victim", DAY, date(2026, 3, 1), False),
        ("guardian", DAY, date(2026, 3, 3), True),
        ("victim", None, DAY, False),
        ("withheld", None, DAY, True),
    ],
)
def test_the_notice_comes_on_or_before_the_day_of_the_request(to: str, on: date | None, sent: date, in_time: bool) -> None:
    assert notice_in_time(replace(FULL, notice_to=to, notice_on=on), sent) is in_time


def test_other_records_meet_no_gate_of_counselling() -> None:
    assert {gate.name for gate in that_apply(replace(FULL, counselling=False))} == {*GATE_OF.values(), "notice"}
    assert len(that_apply(FULL)) == len(GATES)


def test_every_gate_says_what_it_asks_in_words_of_its_own() -> None:
    assert len({gate.open for gate in GATES}) == len({gate.asks for gate in GATES}) == len({gate.name for gate in GATES}) == len(GATES)
    assert not [gate.open for gate in GATES if gate.open.endswith(".") or not gate.open[0].isupper()]
