"""What a decision says and lacks, and the five conditions of the Threshold Test: pure."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.exceptions import NotPossible
from prosecution.decision_said import DISPOSALS, EVIDENTIAL, REASON_OF, Given, Said, code_of, contradictions, missing, tidy
from prosecution.models import DecisionType, ReasonCode
from prosecution.models import Test as Applied
from prosecution.threshold_conditions import CONDITIONS, LONGEST, joined, parted

TODAY = date(2026, 12, 1)
COMPLETE = Said(
    test="full_code", decision="charge", reason_code="A", charges=["19C"], principal_offence="19C", undermining="no", views_considered="x"
)


@given(
    st.tuples(*(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r"), max_size=80).map(str.strip) for _ in CONDITIONS))
)
def test_five_conditions_are_kept_as_one_text_and_read_again(texts: tuple[str, ...]) -> None:
    assert parted(joined(texts)) == (texts if any(texts) else ())


def test_five_long_ones_fit_the_text_they_are_kept_in() -> None:
    assert len(joined(("x" * LONGEST,) * len(CONDITIONS))) <= 4_000


@pytest.mark.parametrize(("decision", "code"), [(one, other) for one in DecisionType for other in ReasonCode])
def test_every_pair_of_decision_and_reason_code(decision: str, code: str) -> None:
    found = dict(contradictions(Said(test="full_code", decision=decision, reason_code=code)))
    assert ("reason_code" in found) == (REASON_OF[decision] != code)


@pytest.mark.parametrize(("test", "decision"), [(one, other) for one in Applied for other in DecisionType])
def test_conditions_and_a_day_belong_to_a_charge_on_the_threshold_test_alone(test: str, decision: str) -> None:
    said = Said(test=test, decision=decision, conditions=("x",) * 5, review_on=TODAY)
    found = dict(contradictions(said))
    belongs = (test, decision) == ("threshold", "charge")
    assert ("condition_1" in found, "review_on" in found) == (not belongs, not belongs)
    bare = Said(test=test, decision=decision)
    assert any(name.startswith("condition_") for name, _ in missing(bare, TODAY)) == belongs


@pytest.mark.parametrize(("days", "lacks"), [(-1, True), (0, False), (1, False)])
def test_the_day_of_the_full_code_test_is_from_today_on(days: int, lacks: bool) -> None:
    said = Said(
        test="threshold", decision="charge", charges=["19C"], principal_offence="19C", undermining="no", views_considered="x",
        conditions=("x",) * 5, review_on=TODAY + timedelta(days=days),
    )  # fmt: skip
    assert (dict(missing(said, TODAY)) != {}) == lacks


def test_a_complete_charge_lacks_nothing_and_further_evidence_asks_nothing() -> None:
    assert list(missing(COMPLETE, TODAY)) == []
    assert list(missing(Said(test="full_code", decision="further_evidence"), TODAY)) == []


@pytest.mark.parametrize("decision", [one for one in DecisionType if one not in (DecisionType.CHARGE, DecisionType.FURTHER_EVIDENCE)])
def test_whatever_ends_without_a_charge_gives_the_victim_reasons(decision: str) -> None:
    assert "reasons_for_victim" in dict(missing(Said(test="full_code", decision=decision), TODAY))


@pytest.mark.parametrize(("decision", "disposal", "code"), [("caution", 3, "C"), ("community resolution", 8, "")])
def test_the_reason_code_goes_with_the_decision_and_a_disposal_has_one_for_a_caution_alone(decision: str, disposal: int, code: str) -> None:
    assert tidy(Given(test="full_code", decision="non_conviction", disposal=disposal)).reason_code == code, decision


def test_blanks_around_and_an_offence_named_twice_are_taken_away() -> None:
    said = tidy(Given(test="full_code", decision="charge", charges=["19C", "19C"], views_considered="  by letter "))
    assert (said.charges, said.views_considered, said.reason_code) == (["19C"], "by letter", "A")


@pytest.mark.parametrize(
    ("decision", "disposal", "evidential", "code"),
    [
        ("charge", None, None, 1),
        ("nfa_public_interest", None, None, 9),
        ("further_evidence", None, None, None),
        *(("nfa_evidential", None, one, one) for one in EVIDENTIAL),
        *(("non_conviction", one, None, one) for one in DISPOSALS),
    ],
)
def test_each_decision_has_its_home_office_outcome(decision: str, disposal: int | None, evidential: int | None, code: int | None) -> None:
    said = Said(test="full_code", decision=decision, disposal=disposal)
    assert code_of(said, evidential) == code
    with pytest.raises(NotPossible) as refused:
        code_of(said, 9 if decision == "nfa_evidential" else 15)
    assert refused.value.field == "code"
