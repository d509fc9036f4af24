"""What a request for early advice lacks, and how a policy says that it is not the time."""

from dataclasses import asdict

import pytest

from core.exceptions import NotPossible
from prosecution import policies_advice as policies
from prosecution import states
from prosecution.models import AdviceState, EarlyAdvice
from prosecution.services.advice import AdviceTexts
from tests.integration.prosecution.making import ADVICE_TEXTS


def row(**more: str) -> EarlyAdvice:
    return EarlyAdvice(**{**asdict(ADVICE_TEXTS), **more})


def test_the_parts_are_the_texts_of_the_table() -> None:
    assert list(policies.PARTS) == list(asdict(AdviceTexts()))
    assert all(EarlyAdvice._meta.get_field(name) for name in policies.PARTS)


def test_a_complete_request_lacks_nothing() -> None:
    assert policies.missing(row(), ["?"], ["1"]) == []


def test_an_empty_one_lacks_every_part_in_the_order_of_the_checklist() -> None:
    assert policies.missing(EarlyAdvice(), [], []) == ["Which suspects", *policies.PARTS.values(), "The questions"]


@pytest.mark.parametrize("left_open", [policies.SAY_WHAT, policies.SAY_WHEN])
def test_what_the_draft_left_open_is_missing(left_open: str) -> None:
    assert policies.missing(row(enquiries_contemplated=f"- Phone: {left_open}"), ["?"], ["1"]) == [
        "Lines of enquiry contemplated: what each is expected to show, and when"
    ]


def test_withdrawing_is_refused_once_it_has_ended() -> None:
    for state in (AdviceState.ADVISED, AdviceState.WITHDRAWN, AdviceState.CHALLENGED):
        with pytest.raises(NotPossible, match=r"already\. Nothing was changed"):
            policies.may_be_withdrawn(row(state=state))


def test_every_open_state_leads_somewhere() -> None:
    for state in states.OPEN_ADVICE:
        assert any(one.before == state for one in states.ADVICE)
