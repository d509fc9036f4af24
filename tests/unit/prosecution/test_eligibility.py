"""The printed table of which decisions are reviewed, row by row, and its order."""

import pytest

from cases.models.outcome import Side
from cases.outcome_codes import OUTCOMES
from prosecution.eligibility import BY_CODE, CPS_VRR, NPCC, ROWS, Decision, answer

P, C = Side.POLICE.value, Side.CPS.value

APPLIES: dict[str, Decision] = {
    "reviewed_before": Decision(P, 15, reviewed_before=True),
    "before_no_evidence": Decision(C, 1, before_no_evidence=True),
    "charged": Decision(C, 1),
    "no_suspect": Decision(P, 18, suspect_named=False, interviewed=False),
    "support_withdrawn": Decision(P, 16),
    "disposal": Decision(C, 22),
    "cannot_be_tried": Decision(P, 5),
    "elsewhere": Decision(P, 20),
    "not_interviewed": Decision(P, 15, interviewed=False),
    "others_charged": Decision(C, 15, others_charged=True),
    "other_offence_charged": Decision(P, 21, other_offence_charged=True),
    "police_decided": Decision(P, 21),
    "cps_decided": Decision(C, 9),
}
COVERED = {"before_no_evidence", "police_decided", "cps_decided"}


def test_every_row_has_a_decision_to_which_it_applies() -> None:
    assert list(APPLIES) == [row.code for row in ROWS]
    assert len(BY_CODE) == len(ROWS)


@pytest.mark.parametrize("code", list(APPLIES))
def test_a_row_answers_where_it_applies(code: str) -> None:
    found = answer(APPLIES[code])
    assert found.row.code == code
    assert found.eligible == (code in COVERED)
    assert found.scheme == (NPCC if APPLIES[code].side == P else CPS_VRR)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.code)
def test_what_is_outside_names_the_way_that_is_left_and_every_row_its_source(row: object) -> None:
    found = next(one for one in ROWS if one is row)
    assert bool(found.way_left) != found.eligible
    assert found.source
    assert len(found.code) <= 30


@pytest.mark.parametrize("side", [P, C])
@pytest.mark.parametrize("code", sorted(OUTCOMES))
def test_every_outcome_of_either_side_is_answered(side: str, code: int) -> None:
    found = answer(Decision(side, code))
    assert side in found.row.sides


def test_the_police_ask_for_an_interview_and_the_cps_does_not() -> None:
    assert not answer(Decision(P, 15, interviewed=False)).eligible
    assert answer(Decision(C, 15, interviewed=False)).eligible


def test_support_withdrawn_comes_before_the_interview() -> None:
    """Who supports again goes on where it stood: that way is named, not the other."""
    assert answer(Decision(P, 16, interviewed=False)).row.code == "support_withdrawn"
