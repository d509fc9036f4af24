"""The morning shows what waits between police and CPS for sergeant and inspector, with the act that settles it, until it is settled."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from cases import models as m
from core.scope import scope, system
from prosecution.models import ActionItem
from prosecution.services.advice import ready_advice
from prosecution.services.advice_sending import send_advice
from prosecution.services.item_answers import Agreed, escalate_item, resolve_item
from prosecution.services.referrals import send_referral
from reports.morning.sections import SECTIONS
from tests.factories import AVON, World
from tests.integration.prosecution.making import brought_case, do, drafted_advice, item_of, plan_set, police_case, ready_referral_of
from tests.integration.reports.test_morning import PRINT, TODAY, parts

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
SLUGS = ("advice-to-sign", "referrals-to-sign", "escalated")


def counts(user: User) -> list[int]:
    """Return how many rows each of the three parts has for a person."""
    shown = parts(user)
    return [shown[slug].count for slug in SLUGS]


def test_a_request_waits_for_a_signature_from_ready_to_sent(world: World) -> None:
    case = police_case(world)
    row = drafted_advice(world, case)
    assert counts(world.sergeant) == counts(world.supervisor) == [0, 0, 0]
    do(world.investigator, ready_advice, case, early_advice_id=row.pk)
    for reader in (world.sergeant, world.supervisor):
        (entry,) = parts(reader)["advice-to-sign"].entries
        assert (entry.key, entry.reference, entry.number, entry.name) == (row.pk, case.crime_reference, None, "")
        assert entry.said.text.startswith("Request 1 for early advice: ready since ")
        assert entry.said.text.endswith(f", by {world.investigator.name}")
        assert [link.text for link in entry.links] == ["Send to the CPS", "Send back to the officer"]
        assert f"/send-advice/{row.pk}/?" in entry.links[0].href
    do(world.sergeant, send_advice, case, early_advice_id=row.pk)
    assert counts(world.supervisor) == [0, 0, 0]


def test_a_referral_waits_for_a_signature_from_ready_to_sent(world: World) -> None:
    case = police_case(world)
    row = ready_referral_of(world, case)
    for reader in (world.sergeant, world.supervisor):
        (entry,) = parts(reader)["referrals-to-sign"].entries
        assert entry.said.text.startswith("Referral 1: ready since ")
        assert [link.text for link in entry.links] == ["Send to the CPS", "Send back to the officer"]
    given = {"charging_referral_id": row.pk, "supervisor_comments": "Read and agreed", "to": "area"}
    do(world.supervisor, send_referral, case, **given)
    assert counts(world.supervisor) == [0, 0, 0]


def test_an_item_taken_further_waits_until_it_is_resolved(world: World) -> None:
    case = brought_case(world)
    plan = plan_set(world, case)
    row = item_of(plan)
    with scope(system(AVON)):
        ActionItem.objects.filter(pk=row.pk).update(state="insisted")
    assert counts(world.supervisor) == [0, 0, 0]
    do(world.supervisor, escalate_item, case, action_item_id=row.pk, because="Not proportionate")
    (entry,) = parts(world.supervisor)["escalated"].entries
    assert entry.said.text.startswith("Item 1 of action plan 1: with inspector and District Crown Prosecutor since ")
    assert (entry.said.days, [link.text for link in entry.links]) == ("today", ["Record what was agreed"])
    (seen,) = parts(world.sergeant)["escalated"].entries
    assert seen.links == (), "a sergeant sees it and records nothing"
    do(world.supervisor, resolve_item, case, action_item_id=row.pk, agreed=Agreed("Not to be done, by telephone today", None))
    assert counts(world.supervisor) == [0, 0, 0]


def test_the_parts_say_when_they_are_empty_on_screen_and_on_paper(world: World, sign_in: SignIn) -> None:
    browser = sign_in(world.supervisor)
    for slug in SLUGS:
        assert SECTIONS[slug].title in browser.get(TODAY).content.decode()
        assert browser.get(f"/today/{slug}/").status_code == 200
    do(world.investigator, ready_advice, (case := police_case(world)), early_advice_id=drafted_advice(world, case).pk)
    assert case.crime_reference in browser.get("/today/advice-to-sign/").content.decode()
    paper = browser.get(PRINT).content.decode()
    assert "Early advice to sign (1)" in paper
    assert "referrals to sign" in paper


def test_another_force_is_told_of_nothing(world: World) -> None:
    case: m.Case = police_case(world)
    ready_referral_of(world, case)
    assert counts(world.kent_supervisor) == [0, 0, 0]
