"""What the passage between police and CPS adds to the worklist: rows without a clock, and acts that settle each new clock."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from cases.acts import ACTS
from cases.derive.clock_table_prosecution import PROSECUTION_CLOCKS
from cases.models import Side
from cases.settling import settled_by
from core import clock
from prosecution.services.advice_sending import challenge_refusal
from prosecution.services.advice_triage import refuse_advice
from prosecution.services.item_answers import challenge_item
from tests.factories import World, ago
from tests.integration.prosecution import making
from tests.integration.prosecution.making import accepted_referral, asked, brought_case, do, item, plan_set, police_case, ready_referral_of
from tests.integration.prosecution.passing import item_of, plan_of

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.mark.parametrize("kind", [row.kind for row in PROSECUTION_CLOCKS])
def test_every_clock_between_police_and_cps_is_settled_by_an_act(kind: str) -> None:
    slugs = settled_by(kind)
    assert slugs
    assert set(slugs) <= set(ACTS)


def test_what_is_ready_waits_for_a_signature(world: World, sign_in: SignIn) -> None:
    row = ready_referral_of(world, police_case(world))
    html = sign_in(world.supervisor).get("/").content.decode()
    assert "Referral 1: sign it and send it, or send it back" in html
    assert f"send-referral/{row.pk}/" in html


def test_the_prosecutor_answers_items_that_the_police_report(world: World, sign_in: SignIn) -> None:
    case = brought_case(world)
    plan = plan_of(case, accepted_referral(world, case))
    item_of(case, plan, state="done", action="Phone downloaded", reported_at=ago(hours=1))
    item_of(case, plan, action="Camera", asked_on=clock.today(), asked_because="The shop is closed", asked_side=Side.POLICE)
    html = sign_in(world.prosecutor).get("/").content.decode()
    for words in ("Phone downloaded", "The shop is closed"):
        assert words in html, words
    assert "Phone downloaded" not in sign_in(world.investigator).get("/").content.decode()


def test_both_sides_see_an_escalated_item(world: World, sign_in: SignIn) -> None:
    case = brought_case(world)
    item_of(case, plan_of(case, accepted_referral(world, case)), state="escalated", action="Disputed camera")
    for reader in (world.supervisor, world.cps_manager):
        assert "Disputed camera" in sign_in(reader).get("/").content.decode()


def test_only_the_cps_sees_a_second_plan_that_waits(world: World, sign_in: SignIn) -> None:
    case = brought_case(world)
    plan_of(case, accepted_referral(world, case), state="waits_for_dcp", second=True)
    assert "a second plan after a full file waits" in sign_in(world.cps_manager).get("/").content.decode()
    assert "second plan" not in sign_in(world.supervisor).get("/").content.decode()


def test_a_challenged_refusal_waits_for_the_manager(world: World, sign_in: SignIn) -> None:
    case = police_case(world)
    row = asked(world, case)
    do(world.cps_manager, refuse_advice, case, early_advice_id=row.pk, reason="too_early", note="Enquiries first")
    do(world.supervisor, challenge_refusal, case, early_advice_id=row.pk, because="The suspect is known")
    for address in ("/", "/prosecution/triage/"):
        html = sign_in(world.cps_manager).get(address).content.decode()
        assert "The suspect is known" in html
        assert f"answer-challenge/{row.pk}/" in html


def test_a_row_of_an_item_names_it_to_both_sides_by_its_first_words(world: World, sign_in: SignIn) -> None:
    case = brought_case(world)
    long = "Ask the shop for its cameras of that night and of the night before, and say who saw them first"
    plan_set(world, case, item(action=long))
    html = sign_in(world.investigator).get("/").content.decode()
    assert "Item 1 of action plan 1: Ask the shop for its cameras of that night and of the night before, …" in html
    assert "who saw them first" not in html


def test_a_row_of_a_challenged_item_names_it(world: World, sign_in: SignIn) -> None:
    case = brought_case(world)
    plan = plan_set(world, case, item(action="Download the phone"))
    do(world.investigator, challenge_item, case, action_item_id=making.item_of(plan).pk, because="It is gone")
    html = sign_in(world.prosecutor).get("/").content.decode().lower()
    assert "challenge of item 1 of action plan 1: download the phone" in html
