"""The pages of panels on screen: an organiser's whole way, a member's whole way, bad input beside its field, a fixed number of queries."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from core import clock
from core.scope import scope, system
from prosecution.models import Learning, Panel, PanelCase
from tests.factories import AVON, SOUTH_WEST, World, make_user
from tests.integration.prosecution import panelling
from tests.integration.prosecution.panelling import SAID, decided, member, opened, organiser, planned

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def day(name: str, ahead: int = 0) -> dict[str, str]:
    on = clock.today() + timedelta(days=ahead)
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


def post(browser: Client, panel: Panel, slug: str, target: Any = None, **typed: Any) -> Any:
    address = f"/prosecution/panels/{panel.pk}/{slug}/" + (f"{target}/" if target else "")
    return browser.post(address, {"version": panelling.again(panel).version, **typed})


def test_the_whole_way_on_screen(world: World, sign_in: SignIn) -> None:
    decided(world)
    chair, third = member(), make_user(AVON, Role.SUPERVISOR)
    browser = sign_in(organiser(world))
    assert "No panel is planned" in browser.get("/prosecution/panels/").content.decode()
    assert browser.post("/prosecution/panels/new/", {"title": "Autumn", **day("held_on", 7)}).status_code == 302
    with scope(system(AVON)):
        panel = Panel.objects.get()
    bad = post(browser, panel, "add-member", email="nobody@test.example", capacity="chair")
    assert bad.status_code == 400
    assert "Nobody signs in with this address" in bad.content.decode()
    assert post(browser, panel, "add-member", email=str(chair.email).upper(), capacity="chair").status_code == 302
    assert post(browser, panel, "draw", **day("decided_from", -9), **day("decided_to"), size="5").status_code == 302
    page = browser.get(f"/prosecution/panels/{panel.pk}/").content.decode()
    assert "The same cases" in page
    assert panelling.again(panel).seed in page
    row = panelling.rows_of(panel)[0]
    typed = {"outcome": "", "reasons": "Consent was in dispute", "summary": "", "sure": "on"}
    assert post(browser, panel, "confirm-pack", row.pk, **typed).status_code == 302
    assert post(browser, panel, "send").status_code == 400, "nobody declared yet"
    member_browser = sign_in(chair)
    assert member_browser.get("/").headers["Location"] == "/panels/"
    assert "Declare conflicts first" in member_browser.get("/panels/").content.decode()
    assert member_browser.post(f"/panels/{panel.pk}/declare/", {}).status_code == 400
    assert member_browser.post(f"/panels/{panel.pk}/declare/", {"none": "on"}).status_code == 302
    browser = sign_in(organiser(world))
    assert post(browser, panel, "send").status_code == 302
    _member_finds(sign_in(chair), panel)
    browser = sign_in(organiser(world))
    shown = browser.get(f"/prosecution/panels/{panel.pk}/cases/{row.pk}/").content.decode()
    assert "Disagree. To be reconsidered" in shown
    assert "The phone was never asked for" in shown
    assert post(browser, panel, "refer", row.pk, email=third.email).status_code == 302
    _third_reconsiders(sign_in(third), panel, row.pk)
    browser = sign_in(organiser(world))
    learned = {"text": "Ask early", "headings": ["enquiries"], "email": world.investigator.email, **day("due_on", 3), "pack_number": "1"}
    assert post(browser, panel, "add-learning", **learned).status_code == 302
    assert post(browser, panel, "close").status_code == 302
    year = browser.get(f"/prosecution/panels/year/{panel.held_on.year}/")
    assert year.status_code == 200
    _learning_is_done(sign_in(world.investigator))


def _member_finds(browser: Client, panel: Panel) -> None:
    pack = panelling.pack_of(panel)
    address = f"/panels/packs/{pack.pk}/"
    assert "Write your finding" in browser.get(address).content.decode()
    assert browser.post(f"{address}finding/", {**SAID, "keep": "1"}).status_code == 302
    assert "not submitted" in browser.get(address).content.decode()
    bad = browser.post(f"{address}finding/", {**SAID, "submit": "1"})
    assert bad.status_code == 400
    assert "Select your view" in bad.content.decode()
    assert SAID["enquiries"] in bad.content.decode(), "what was typed is there"
    assert browser.post(f"{address}finding/", {**SAID, "view": "disagree", "submit": "1"}).status_code == 302
    assert "Nobody else has submitted" in browser.get(address).content.decode()
    assert browser.post(f"{address}conclusion/", {"conclusion": "disagree"}).status_code == 400
    assert browser.post(f"{address}conclusion/", {"conclusion": "disagree", "note": "Ask for the phone"}).status_code == 302
    assert "Ask for the phone" in browser.get(address).content.decode()


def _third_reconsiders(browser: Client, panel: Panel, row: Any) -> None:
    assert "Record the reconsideration" in browser.get(f"/prosecution/panels/{panel.pk}/cases/{row}/").content.decode()
    assert post(browser, panel, "reconsider", row, reconsideration="It stands: the phone was destroyed").status_code == 302
    with scope(system(AVON)):
        assert PanelCase.objects.get(pk=row).reopened is False


def _learning_is_done(browser: Client) -> None:
    with scope(system(AVON)):
        row = Learning.objects.get()
    assert "Ask early" in browser.get("/prosecution/panels/learning/").content.decode()
    assert browser.post(f"/prosecution/panels/learning/{row.pk}/done/", {"done_note": "", **day("done_on")}).status_code == 400
    assert browser.post(f"/prosecution/panels/learning/{row.pk}/done/", {"done_note": "Briefed", **day("done_on")}).status_code == 302


def test_any_user_reads_own_packs_in_the_kind_of_panels(world: World, sign_in: SignIn) -> None:
    """Police, CPS, ISVA, auditor, administrator or panel member: on a panel they read its packs alike."""
    people = [
        make_user(AVON, Role.INVESTIGATOR), make_user(SOUTH_WEST, Role.PROSECUTOR), world.isva, world.auditor, world.administrator,
        world.kent, world.cps_direct, member(),
    ]  # fmt: skip
    panel = opened(world, *people)
    address = f"/panels/packs/{panelling.pack_of(panel).pk}/"
    for person in people:
        assert sign_in(person).get(address).status_code == 200, person.role
        assert sign_in(person).post(f"{address}finding/", {**SAID, "view": "agree", "submit": "1"}).status_code == 302, person.role
    for person in (world.colleague, world.cps_manager, member(), world.supervisor):
        assert sign_in(person).get(address).status_code == 404, person.role


def test_who_changed_it_first_is_said_and_what_was_typed_is_kept(world: World, sign_in: SignIn) -> None:
    panel = planned(world)
    old = panel.version
    browser = sign_in(organiser(world))
    assert post(browser, panel, "change", title="First", **day("held_on", 3)).status_code == 302
    typed = {"version": old, "title": "Second, typed", **day("held_on", 4)}
    answer = sign_in(world.supervisor).post(f"/prosecution/panels/{panel.pk}/change/", typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert organiser(world).name in page
    assert "Second, typed" in page
    assert f'value="{panelling.again(panel).version}"' in page


def test_a_panel_page_asks_the_same_number_of_queries(world: World, sign_in: SignIn) -> None:
    def asked(panel: Panel, path: str, person: User) -> int:
        browser = sign_in(person)
        browser.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(path).status_code == 200
        return len(queries)

    few = opened(world, person := member(), cases=(decided(world),))
    cases = tuple(decided(world, reference=f"52/Q/{number}", name=f"Many{number}") for number in range(5))
    many = opened(world, another := member(), *(member() for _ in range(4)), cases=cases)
    assert asked(few, f"/prosecution/panels/{few.pk}/", organiser(world)) == asked(
        many, f"/prosecution/panels/{many.pk}/", organiser(world)
    )
    assert asked(few, f"/panels/{few.pk}/", person) == asked(many, f"/panels/{many.pk}/", another)
    assert asked(few, "/panels/", person) == asked(many, "/panels/", another)


def test_who_steps_back_reads_no_more_and_is_not_waited_for(world: World, sign_in: SignIn) -> None:
    one, two = member(), member()
    panel = opened(world, one, two)
    address = f"/panels/packs/{panelling.pack_of(panel).pk}/"
    assert sign_in(two).post(f"{address}step-back/", {"because": ""}).status_code == 400
    assert sign_in(two).post(f"{address}step-back/", {"because": "A neighbour, I think"}).status_code == 302
    assert sign_in(two).get(address).status_code == 404
    panelling.submit(one, panel)
    row = panelling.rows_of(panel)[0]
    page = sign_in(organiser(world)).get(f"/prosecution/panels/{panel.pk}/cases/{row.pk}/").content.decode()
    assert "The phone was never asked for" in page


def test_a_member_without_meetings_is_told_so(world: World, sign_in: SignIn) -> None:
    assert "You are on no scrutiny panel" in sign_in(member()).get("/panels/").content.decode()
