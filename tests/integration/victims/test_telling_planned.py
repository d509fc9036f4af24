"""Planning how a victim hears of a decision: who is with her, where the letter goes, sealed; shown to who tells, and nowhere else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import models as m
from cases.services.outcomes import record_outcome
from cases.services.roles import assign_person
from cases.services.sharing import bring_to_area
from core import clock
from core.exceptions import NotAllowed
from core.scope import scope, system
from core.sealedfield import opening
from tests.factories import AVON, World
from tests.integration.cases.asking import live_since, refused, texts
from tests.integration.cases.making import do, fresh, make_case, suspect_of
from tests.integration.cases.telling import told
from tests.integration.victims.contacting import card
from tests.integration.victims.knowing import complainant_of
from tests.integration.victims.supporting import make_client, make_manager
from tests.integration.victims.test_identity_pages import looks
from victims.models import TellingArrangement
from victims.services.telling import plan_telling

SignIn = Callable[[User], Client]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nfa_at_once")]
WITH, ROUTE = "Her sister Ottoline", "12 Heron Yard, by hand"


@pytest.fixture
def case(world: World) -> m.Case:
    live_since(AVON, days=100)
    return make_case(world.investigator, "Marrowdale", officer_id=world.investigator.pk)


def plan(actor: User, case: m.Case, about: str = "told_nfa", **more: Any) -> m.TellingPlan:
    given: dict[str, Any] = {
        "complainant_id": complainant_of(case).pk,
        "decision": (about, suspect_of(case).pk),
        "teller_id": more.pop("teller", actor).pk,
        "how": "in_person",
        "planned_at": clock.now() + timedelta(days=1),
        "her_choice": True,
        "companion": WITH,
        "isva_warned": False,
        "letter_route": ROUTE,
        **more,
    }
    return do(actor, plan_telling, case, **given)


def end(actor: User, case: m.Case) -> m.SuspectOutcome:
    return do(actor, record_outcome, case, suspect_id=suspect_of(case).pk, code=15, on=clock.today(), reasons="Tested")


def page(browser: Client, case: m.Case, name: str) -> str:
    return browser.get(reverse(name, args=[complainant_of(case).pk])).content.decode()


def test_a_whole_plan_opens_the_gate_and_says_nothing_of_her_below(world: World, case: m.Case) -> None:
    with refused("First plan how Victim A is told", "code"):
        end(world.investigator, case)
    row = plan(world.investigator, case)
    with scope(system(AVON)), opening("test"):
        beside = TellingArrangement.objects.get(plan=row)
        assert (beside.companion, beside.letter_route) == (WITH, ROUTE)
    assert row.arranged
    (said,) = texts(case, "telling_planned")
    assert said.startswith(f"No further action: {world.investigator.name}, in person, ")
    assert "Ottoline" not in said
    assert end(world.investigator, case).code == 15


def test_who_is_with_her_and_where_the_letter_goes_are_asked(world: World, case: m.Case) -> None:
    with refused("Enter who is with her or him", "companion"):
        plan(world.investigator, case, companion=" ")
    with refused("Enter the safe route", "letter_route"):
        plan(world.investigator, case, letter_route="")
    row = plan(world.investigator, case, letter_after=False, letter_route=ROUTE)
    with scope(system(AVON)), opening("test"):
        assert TellingArrangement.objects.get(plan=row).letter_route == "", "without a letter no address is kept"


def test_who_is_not_shown_who_she_is_plans_nothing(world: World, case: m.Case) -> None:
    with pytest.raises(NotAllowed):
        plan(world.sergeant, case)
    assert plan(world.supervisor, case, teller=world.investigator).teller == world.investigator


def test_the_named_liaison_officer_plans_what_the_cps_decides(world: World, case: m.Case) -> None:
    do(world.investigator, bring_to_area, case)
    with pytest.raises(NotAllowed):
        plan(world.vlo, case, "told_charge", teller=world.investigator)
    do(world.cps_manager, assign_person, case, user_id=world.vlo.pk, role="vlo")
    row = plan(world.vlo, case, "told_charge")
    assert (row.side, row.teller, row.arranged) == ("cps", world.vlo, True)


def test_who_tells_reads_it_on_the_page_of_contact_and_the_victims_page_stays_masked(world: World, case: m.Case, sign_in: SignIn) -> None:
    plan(world.investigator, case)
    browser = sign_in(world.investigator)
    before = len(looks())
    contact = page(browser, case, "victim_contact")
    assert WITH in contact
    assert ROUTE in contact
    assert len(looks()) > before, "the look is on record"
    victim = page(browser, case, "victim_page")
    assert "Planned: no further action, suspect 1" in victim
    assert world.investigator.name in victim
    assert not [one for one in (WITH, ROUTE) if one in victim]


def test_a_plan_goes_from_the_pages_when_she_has_been_told_or_another_decision_was_made(
    world: World, case: m.Case, sign_in: SignIn
) -> None:
    plan(world.investigator, case)
    plan(world.investigator, case, "told_charge")
    browser = sign_in(world.investigator)
    assert page(browser, case, "victim_page").count("Planned: ") == 2
    end(world.investigator, case)
    victim = page(browser, case, "victim_page")
    assert ("Planned: no further action" in victim, "Planned: charge" in victim) == (True, False)
    told(world, case, "told_nfa", told_at=clock.now())
    victim = page(browser, case, "victim_page")
    assert "Planned: " not in victim
    assert "No further action, suspect 1" in victim


def test_the_form_begins_with_the_route_on_the_card_and_names_her_service(world: World, sign_in: SignIn) -> None:
    live_since(AVON, days=100)
    case = make_client(world, make_manager(), "Marrowdale")
    card(world.investigator, case, safe_route_for_letters="Only by hand at the clinic")
    browser = sign_in(world.investigator)
    address = reverse("case_act_on", args=[case.pk, "plan-telling", complainant_of(case).pk])
    shown = browser.get(address).content.decode()
    assert "Only by hand at the clinic" in shown
    assert "supports her or him" in shown
    answer = browser.post(address, {"version": fresh(case).version, "companion": "Kept as typed <b>"})
    assert answer.status_code == 400
    assert "Kept as typed &lt;b&gt;" in answer.content.decode()
    assert "Select yes if the ISVA has been warned" in answer.content.decode()


def test_somebody_who_is_not_shown_who_she_is_gets_no_route(world: World, case: m.Case, sign_in: SignIn) -> None:
    card(world.investigator, case, safe_route_for_letters="Only by hand at the clinic")
    address = reverse("case_act_on", args=[case.pk, "plan-telling", complainant_of(case).pk])
    assert "at the clinic" not in sign_in(world.colleague).get(address).content.decode()
