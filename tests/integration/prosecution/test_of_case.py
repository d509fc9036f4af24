"""The part "Police and CPS" of the case page: every line with its state and whose move it is, and nothing that one side keeps."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from cases import models as m
from cases.services.reconcile import keys_of
from core.scope import scope, system
from prosecution.models import EarlyAdviceNotSought
from tests.factories import AVON, World, ago
from tests.integration.prosecution.making import (
    accepted_advice,
    accepted_referral,
    asked,
    brought_case,
    drafted_advice,
    fresh,
    police_case,
    ready_referral_of,
    sent_referral,
)
from tests.integration.prosecution.passing import item_of, met, plan_of, proposal_of, threshold_charge

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def section(browser: Client, case: m.Case) -> str:
    """Return the part of the case page."""
    html = browser.get(f"/cases/{case.pk}/").content.decode()
    found = re.search(r'<section class="rasso-section" aria-labelledby="passage">.*?</section>', html, re.DOTALL)
    assert found is not None
    return re.sub(r"\s+", " ", found[0])


def test_before_anything_passes_it_says_so_and_offers_to_begin(world: World, sign_in: SignIn) -> None:
    html = section(sign_in(world.investigator), police_case(world))
    assert "Nothing is open between police and CPS." in html
    for slug in ("draft-advice", "advice-not-sought", "draft-referral"):
        assert slug in html, slug
    assert "record-meeting" not in html, "nobody of the CPS was there"


@pytest.mark.parametrize(
    ("make", "state", "move"),
    [
        (drafted_advice, "Draft", "Police"),
        (asked, "Waiting for triage", "CPS"),
        (accepted_advice, "With a prosecutor", "CPS"),
        (ready_referral_of, "Ready for the supervisor", "Police"),
        (sent_referral, "Waiting for triage", "CPS"),
        (accepted_referral, "With a prosecutor", "CPS"),
    ],
)
def test_a_line_says_state_and_whose_move_it_is_since_when(
    world: World, sign_in: SignIn, make: Callable[[World, m.Case], object], state: str, move: str
) -> None:
    case = brought_case(world)
    row = make(world, case)
    sent = state not in {"Draft", "Ready for the supervisor"}
    for reader in (world.investigator, world.prosecutor) if sent else (world.investigator,):
        html = section(sign_in(reader), case)
        assert state in html
        assert f"Whose move: {move}, since" in html
        assert f"{row.pk}/" in html, "it leads to its own page"  # type: ignore[attr-defined]


@pytest.mark.parametrize("make", [drafted_advice, ready_referral_of])
def test_the_cps_never_learns_of_a_draft_of_the_police(world: World, sign_in: SignIn, make: Callable[[World, m.Case], object]) -> None:
    case = brought_case(world)
    before = section(sign_in(world.prosecutor), case)
    make(world, case)
    assert section(sign_in(world.prosecutor), case) == before


def test_a_plan_says_how_many_items_are_with_whom(world: World, sign_in: SignIn) -> None:
    case = brought_case(world)
    plan = plan_of(case, accepted_referral(world, case))
    for state in ("set", "accepted", "done"):
        item_of(case, plan, state=state)
    item_of(case, plan, state="settled", settled_at=ago(hours=1))
    html = section(sign_in(world.investigator), case)
    assert "3 open: 2 with the police, 1 with the CPS" in html
    assert "Whose move: Police and CPS, since" in html


def test_decisions_meetings_and_advice_not_sought_stand_under_what_ended(world: World, sign_in: SignIn) -> None:
    case = brought_case(world)
    threshold_charge(case, accepted_referral(world, case))
    met(world, case, agreed="Camera by Friday")
    with scope(system(AVON)):
        EarlyAdviceNotSought.objects.create(**keys_of(fresh(case)), reason="too_early", text="Forensics first", at=ago(days=1))
    html = section(sign_in(world.prosecutor), case)
    for words in ("Decision on suspect 1", "Threshold Test", "Camera by Friday", "Not sought", "Forensics first"):
        assert words in html, words


def test_the_police_never_learn_of_what_the_cps_prepares(world: World, sign_in: SignIn) -> None:
    case = brought_case(world, suspects=2)
    referral = accepted_referral(world, case)
    before = section(sign_in(world.investigator), case)
    proposal_of(case, world.prosecutor)
    plan_of(case, referral, state="waits_for_dcp", second=True)
    assert "in preparation" in section(sign_in(world.prosecutor), case)
    assert "Waiting for the District Crown Prosecutor" in section(sign_in(world.prosecutor), case)
    assert section(sign_in(world.investigator), case) == before
    assert section(sign_in(world.supervisor), case).count("rasso-need__text") == before.count("rasso-need__text")


def test_police_print_for_the_disclosure_officer_from_here(world: World, sign_in: SignIn) -> None:
    case = brought_case(world)
    assert "/disclosure/" in section(sign_in(world.investigator), case)
    assert "/disclosure/" not in section(sign_in(world.prosecutor), case)


def test_rows_of_triage_and_of_sending_again_carry_the_acts_on_what_was_sent(world: World, sign_in: SignIn) -> None:
    case = brought_case(world)
    sent = asked(world, case)
    html = sign_in(world.cps_manager).get(f"/cases/{case.pk}/").content.decode()
    assert f"/cases/{case.pk}/accept-advice/{sent.pk}/" in html
    assert f"accept-advice/{sent.pk}/" in sign_in(world.cps_manager).get("/").content.decode()
    assert "accept-advice" not in sign_in(world.investigator).get(f"/cases/{case.pk}/").content.decode()


@pytest.mark.parametrize("who", ["investigator", "prosecutor"])
def test_the_page_takes_the_same_queries_whatever_passed(world: World, sign_in: SignIn, who: str) -> None:
    case = brought_case(world, suspects=3)
    browser, address = sign_in(getattr(world, who)), f"/cases/{case.pk}/"
    browser.get(address)
    taken = []
    for fill in (_some, _more):
        fill(world, case)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        taken.append(len([one for one in queries if "SAVEPOINT" not in one["sql"]]))
        assert len([one for one in queries if 'FROM "prosecution_' in one["sql"]]) <= 4
    assert taken[0] == taken[1]


def _some(world: World, case: m.Case) -> None:
    met(world, case)
    asked(world, case)


def _more(world: World, case: m.Case) -> None:
    referral = accepted_referral(world, case, numbers=(1,))
    accepted_advice(world, case)
    plan = plan_of(case, referral, state="answered")
    for _ in range(3):
        item_of(case, plan)
    threshold_charge(case, referral, number=3)
    for hours in range(3, 6):
        met(world, case, hours=hours)
