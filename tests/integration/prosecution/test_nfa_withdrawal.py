"""No further action proposed because nobody supports it: confirmed only after the supervisor's talk."""

import html
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from cases import models as m
from prosecution.models import NfaState as N
from prosecution.services.nfa_checks import check_nfa
from tests.factories import World
from tests.integration.cases.asking import refused, status
from tests.integration.cases.withdrawing import complainant_of, said, talk
from tests.integration.prosecution import proposing
from tests.integration.prosecution.proposing import SAID, act, again, proposed

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def case(world: World) -> m.Case:
    return proposing.open_case(world)


def test_confirmed_only_after_her_words_and_the_talk(world: World, case: m.Case) -> None:
    row = proposed(world, case, **(SAID | {"code": 16}))
    with refused("Record first that Victim A does not support", "code"):
        act(world.supervisor, check_nfa, case, row, confirm=True)
    said(world.investigator, case)
    with refused("A supervisor who is not the officer in the case speaks with Victim A", "code"):
        act(world.supervisor, check_nfa, case, row, confirm=True)
    assert again(row).state == N.WAITS
    talk(world.supervisor2, case)
    act(world.supervisor, check_nfa, case, row, confirm=True)
    assert (again(row).state, status(case)) == (N.CONFIRMED, "no_further_action")


def test_the_form_of_the_answer_leads_to_what_is_lacking(world: World, case: m.Case, sign_in: SignIn) -> None:
    row = proposed(world, case, **(SAID | {"code": 16}))
    browser, address = sign_in(world.supervisor), f"/cases/{case.pk}/check-nfa/{row.pk}/"
    her = complainant_of(case).pk
    assert f"/cases/{case.pk}/record-support/{her}/" in html.unescape(browser.get(address).content.decode())
    said(world.investigator, case)
    assert f"/cases/{case.pk}/record-withdrawal-talk/{her}/" in html.unescape(browser.get(address).content.decode())
