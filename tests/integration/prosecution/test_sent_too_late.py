"""What a page says when somebody else was first: a second try is offered only where it can succeed."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases.services.notes import add_note
from prosecution.services.publishing import publish_decision
from tests.factories import World
from tests.integration.prosecution import deciding
from tests.integration.prosecution.making import do, fresh

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def test_a_decision_that_a_colleague_published_first_is_not_offered_again(world: World, sign_in: SignIn) -> None:
    case = deciding.with_cps(world)
    own = deciding.prepared(world, case)
    theirs = deciding.prepared(world, case, by=world.cps_manager)
    version = fresh(case).version
    deciding.act(world.cps_manager, publish_decision, case, theirs)
    address = reverse("case_act_on", kwargs={"case_id": case.pk, "slug": "publish-decision", "target_id": own.pk})
    answer = sign_in(world.prosecutor).post(address, {"version": version, "also_crimes": "on"})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert world.cps_manager.name in html
    assert "It cannot be saved any longer." in html
    assert "Save it after all" not in html
    assert len(deciding.decisions(case)) == 1


def test_a_change_that_does_not_stand_in_the_way_leaves_the_choice(world: World, sign_in: SignIn) -> None:
    case = deciding.with_cps(world)
    own, version = deciding.prepared(world, case), fresh(case).version
    do(world.investigator, add_note, case, text="Rang the shop")
    address = reverse("case_act_on", kwargs={"case_id": case.pk, "slug": "publish-decision", "target_id": own.pk})
    answer = sign_in(world.prosecutor).post(address, {"version": version, "also_crimes": "on"})
    assert answer.status_code == 409
    assert "Save it after all" in answer.content.decode()
