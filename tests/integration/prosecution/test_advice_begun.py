"""What the question of early advice offers while a request is drafted or waits for the sergeant: that request, and nothing else."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import models as m
from cases.derive.clocks import Kind
from cases.settling import targets_in
from core.scope import scope, system
from prosecution.models import EarlyAdvice
from prosecution.services.advice import ready_advice
from tests.factories import World
from tests.integration.prosecution.making import do, drafted_advice, police_case

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
ASK = "Early advice: ask, or say why not"


def needs(browser: Client, case: m.Case) -> str:
    """Return "What this case needs" of the case page, and the worklist."""
    html = browser.get(f"/cases/{case.pk}/").content.decode()
    found = re.search(r'<section[^>]*aria-labelledby="needs">.*?</section>', html, re.DOTALL)
    assert found is not None
    return re.sub(r"\s+", " ", found[0])


def worklist(browser: Client) -> str:
    """Return the worklist."""
    return re.sub(r"\s+", " ", browser.get("/").content.decode())


def opens(html: str, row: EarlyAdvice) -> bool:
    """Say whether a link leads to the page of the request."""
    return bool(re.search(rf'href="{re.escape(reverse("early_advice", args=[row.pk]))}[^"]*">Open request 1<', html))


def test_before_one_is_begun_both_answers_are_offered(world: World, sign_in: SignIn) -> None:
    case, browser = police_case(world, identified_days=0.01), sign_in(world.investigator)
    for html in (needs(browser, case), worklist(browser)):
        assert ASK in html
        assert "/draft-advice/" in html
        assert "/advice-not-sought/" in html


def test_a_draft_is_finished(world: World, sign_in: SignIn) -> None:
    case = police_case(world, identified_days=0.01)
    row, browser = drafted_advice(world, case), sign_in(world.investigator)
    for html in (needs(browser, case), worklist(browser)):
        assert "Finish request 1 for early advice" in html
        assert opens(html, row)
        assert f"/ready-advice/{row.pk}/" in html
        assert "/draft-advice/" not in html
        assert "/advice-not-sought/" not in html
        assert ASK not in html


def test_what_is_ready_waits_for_the_sergeant_who_is_led_to_it(world: World, sign_in: SignIn) -> None:
    case = police_case(world, identified_days=0.01)
    row = drafted_advice(world, case)
    do(world.investigator, ready_advice, case, early_advice_id=row.pk)
    for reader in (world.investigator, world.sergeant, world.supervisor):
        html = needs(sign_in(reader), case)
        assert "Request 1 for early advice waits for the sergeant" in html
        assert opens(html, row)
        assert "/draft-advice/" not in html
        assert ("/send-advice/" in html) is (reader != world.investigator)


def test_a_clock_of_another_kind_about_the_case_is_not_led_there(world: World) -> None:
    """A supervisor's review is about the same case: the target belongs to the question of early advice alone."""
    case = police_case(world, identified_days=0.01)
    drafted_advice(world, case)
    with scope(system(case.force_id)):
        assert set(targets_in([case.pk])) == {(Kind.EARLY_ADVICE_CONSIDERED, case.pk)}
        assert targets_in([case.pk], {Kind.SUPERVISOR_REVIEW}) == {}
