"""Every state between police and CPS has a tag, and its colour is one that there is."""

from collections.abc import Mapping

import pytest

from core.templatetags import govuk
from prosecution import referral_words
from prosecution.models import AdviceState, ItemState, PlanState, ProposedState, ReferralState
from prosecution.pages import advice, decision_words, of_case_words, plan


@pytest.mark.parametrize(
    ("colours", "states"),
    [
        (advice.COLOURS, AdviceState.values),
        (referral_words.COLOURS, ReferralState.values),
        (plan.COLOURS, [*PlanState.values, *ItemState.values]),
        (decision_words.COLOURS, ProposedState.values),
        (of_case_words.COLOURS, [of_case_words.POLICE, of_case_words.CPS, ""]),
    ],
)
def test_each_state_has_a_colour_of_the_design_system(colours: Mapping[str, str], states: list[str]) -> None:
    assert set(colours.values()) <= govuk.COLOURS
    assert set(states) <= set(colours)
