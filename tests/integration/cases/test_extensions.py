"""An extension of bail: conditions A to D one by one, who was told and heard, and the rank of whoever authorised it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Grade, Role
from cases import models as m
from core import clock
from core.scope import scope, system
from tests.factories import AVON, World, ago, make_user
from tests.integration.cases.asking import count, refused
from tests.integration.cases.making import fresh
from tests.integration.cases.test_bails import bail_of, extend, on_bail

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def case(world: World) -> m.Case:
    return on_bail(world)


def address(case: m.Case) -> str:
    return f"/cases/{case.pk}/extend-bail/{bail_of(case).pk}/"


def typed(case: m.Case, **more: Any) -> dict[str, Any]:
    """Return what a form sends that is complete but for who authorised it."""
    at = ago(hours=1).astimezone(clock.LONDON)
    moment = {f"at_{part}": value for part, value in (("day", at.day), ("month", at.month), ("year", at.year), ("time", f"{at:%H:%M}"))}
    conditions = {f"condition_{letter}": "on" for letter in "abcd"}
    telling = {"telling_A_said": "tried", "telling_A_how": "telephone"}
    return {**moment, **conditions, **telling, "step": "inspector-6", "heard": "silent", "version": fresh(case).version, **more}


def made(case: m.Case) -> m.BailEvent:
    with scope(system(AVON)):
        return m.BailEvent.objects.get(case=case)


def test_each_condition_is_confirmed_by_itself(world: World, sign_in: SignIn, case: m.Case) -> None:
    browser = sign_in(world.supervisor)
    html = browser.get(address(case)).content.decode()
    assert "diligently and expeditiously" in html
    for letter in "abcd":
        sent = typed(case)
        del sent[f"condition_{letter}"]
        answer = browser.post(address(case), sent)
        assert answer.status_code == 400
        assert f"only when condition {letter.upper()} is met" in answer.content.decode()
    assert count(m.BailEvent, case) == 0
    assert browser.post(address(case), typed(case, authoriser_id=str(world.supervisor.pk))).status_code == 302
    assert (made(case).conditions_met, made(case).representations) == (True, "Told and invited; said nothing")


def test_nobody_is_extended_unheard_and_what_was_said_is_asked_for(world: World, sign_in: SignIn, case: m.Case) -> None:
    browser = sign_in(world.supervisor)
    for sent, words in (({"heard": "not_heard"}, "told and invited"), ({"heard": "said"}, "Enter what the suspect or solicitor said")):
        answer = browser.post(address(case), typed(case, **sent))
        assert answer.status_code == 400
        assert words in answer.content.decode()
    assert browser.post(address(case), typed(case, heard="said", representations="The solicitor objected")).status_code == 302
    assert made(case).representations == "The solicitor objected"


def test_only_those_who_hold_the_rank_are_offered_and_taken(world: World, sign_in: SignIn, case: m.Case) -> None:
    browser = sign_in(world.investigator)
    html = browser.get(address(case)).content.decode()
    assert str(world.supervisor.pk) in html
    for person in (world.sergeant, world.kent_supervisor, world.investigator):
        assert f'value="{person.pk}"' not in html
        assert browser.post(address(case), typed(case, authoriser_id=str(person.pk))).status_code == 400
    assert browser.post(address(case), typed(case, authoriser_id=str(world.supervisor.pk))).status_code == 302
    assert made(case).note.endswith(f"authorised by {world.supervisor.name} (inspector)")


def test_the_rank_of_somebody_known_is_checked_chosen_or_typed(world: World, case: m.Case) -> None:
    with refused("Only an inspector or above", "authoriser_id"):
        extend(world.investigator, case, "inspector", authoriser_id=world.sergeant.pk)
    with refused("Only an inspector or above", "authoriser_id"):
        extend(world.investigator, case, "inspector", authoriser_id=world.kent_supervisor.pk)
    with refused("Only an inspector or above", "authorised_by"):
        extend(world.investigator, case, "inspector", authorised_by=f" {world.sergeant.name.upper()} ")
    extend(world.investigator, case, "inspector", authoriser_id=world.supervisor.pk)
    with refused("Only a superintendent or above", "authorised_by"):
        extend(world.investigator, case, "superintendent", authorised_by=world.supervisor.name)
    chief = make_user(AVON, Role.SUPERVISOR, grade=Grade.SUPERINTENDENT)
    extend(world.investigator, case, "superintendent", authoriser_id=chief.pk)
    with refused("nobody of the force", "authoriser_id"):
        extend(chief, case, "court", authoriser_id=chief.pk)
    with refused("nobody of the force", "authorised_by"):
        extend(chief, case, "court", authorised_by=chief.name)
