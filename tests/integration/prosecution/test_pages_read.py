"""What somebody new to a page between police and CPS looks for on it: the way to the plan, what is overdue, words that fit, a print."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import models as m
from cases.derive.clocks import Kind
from core import clock
from core.scope import scope, system
from prosecution.models import ActionPlan
from prosecution.services import item_answers, referral_file
from prosecution.services.publishing import publish_decision
from prosecution.services.referral_file import Ticked
from tests import pdfs
from tests.factories import AVON, World
from tests.integration.prosecution import answering, deciding, making

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def page(browser: Client, name: str, row: object) -> str:
    answer = browser.get(reverse(name, args=[row.pk]))  # type: ignore[attr-defined]
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_referral_leads_to_its_plans_and_the_police_find_no_draft(world: World, sign_in: SignIn) -> None:
    plan = making.plan_set(world, making.brought_case(world), making.item())
    referral, address = making.referral_of(plan), reverse("action_plan", args=[plan.pk])
    for person in (world.investigator, world.prosecutor):
        assert address in page(sign_in(person), "referral", referral)
    with scope(system(AVON)):
        ActionPlan.objects.filter(pk=plan.pk).update(set_at=None, state="draft")
    assert address in page(sign_in(world.prosecutor), "referral", referral)
    assert address not in page(sign_in(world.investigator), "referral", referral)
    with scope(system(AVON)):
        ActionPlan.objects.filter(pk=plan.pk).update(state="discarded")
    assert address not in page(sign_in(world.prosecutor), "referral", referral)


def test_a_request_for_advice_says_that_its_clock_is_overdue_and_who_owes(world: World, sign_in: SignIn) -> None:
    case = making.police_case(world)
    row = making.asked(world, case)
    with scope(system(AVON)):
        late = clock.day_start(clock.today()) - timedelta(days=9)
        m.Deadline.objects.filter(case=case, kind=Kind.TRIAGE).update(due_at=late, due_on=clock.london_day(late))
    shown = page(sign_in(world.cps_manager), "early_advice", row)
    assert "(9 days over), owed by CPS" in shown
    assert "verdue" in shown


def test_what_was_decided_is_no_longer_said_to_wait_for_publication(world: World, sign_in: SignIn) -> None:
    case = deciding.with_cps(world)
    own, other = deciding.prepared(world, case), deciding.prepared(world, case, by=world.cps_manager)
    assert "For the CPS alone until it is published." in page(sign_in(world.prosecutor), "proposed_decision", own)
    deciding.act(world.cps_manager, publish_decision, case, other)
    for row in (own, other):
        shown = page(sign_in(world.prosecutor), "proposed_decision", row)
        assert "until it is published" not in shown
        assert "For the CPS alone." in shown


def test_a_row_says_once_that_an_item_was_challenged(world: World, sign_in: SignIn) -> None:
    plan = making.plan_set(world, making.brought_case(world), making.item())
    answering.act(world.investigator, item_answers.challenge_item, plan, because="The cameras keep 14 days")
    shown = sign_in(world.prosecutor).get(reverse("prosecution_mine")).content.decode()
    assert "Challenged: The cameras keep 14 days" in shown
    assert "<bdi>Challenged</bdi>" not in shown


def test_desks_and_what_is_prepared_say_on_paper_who_printed_them_and_when(world: World, sign_in: SignIn) -> None:
    row = deciding.prepared(world, deciding.with_cps(world))
    browser = sign_in(world.prosecutor)
    for address in (reverse("prosecution_mine"), reverse("proposed_decision", args=[row.pk])):
        assert f"Printed by <bdi>{world.prosecutor.name}</bdi> from what stood here on" in browser.get(address).content.decode(), address


def test_a_reason_in_the_print_of_a_referral_begins_as_it_was_typed(world: World, sign_in: SignIn) -> None:
    case = making.police_case(world)
    row = making.drafted_referral(world, case)
    ticked = [Ticked("hard_media", "not_applicable", because="Everything was sent over the link")]
    making.do(world.investigator, referral_file.set_file_items, case, charging_referral_id=row.pk, items=ticked)
    answer = sign_in(world.investigator).get(reverse("print_referral", args=[row.pk]))
    assert "Hardmedia:notapplicable:Everythingwassentoverthelink" in "".join(pdfs.text_of(answer.content).split())


def test_nobody_types_a_second_request_or_referral_in_vain(world: World, sign_in: SignIn) -> None:
    case = making.police_case(world)
    browser, new = (
        sign_in(world.investigator),
        {name: reverse("case_act", args=[case.pk, name]) for name in ("draft-advice", "draft-referral")},
    )
    for address in new.values():
        assert browser.get(address).status_code == 200
    making.drafted_advice(world, case)
    making.drafted_referral(world, case)
    for name, words in (("draft-advice", "Request 1 is not sent yet"), ("draft-referral", "in a referral that is open")):
        answer = browser.get(new[name])
        assert answer.status_code == 400
        assert words in answer.content.decode()
        assert "<textarea" not in answer.content.decode()
