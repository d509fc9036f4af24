"""The administrators' pages about people: what they do, to whom, who is asked what first, and who is told when two do it at once."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.administration.people_acts import ACTS
from accounts.models import Accreditation, Session, User
from accounts.roles import Grade, Role
from core import clock
from tests.factories import AVON, KENT, World, make_unit, make_user
from tests.integration.accounts.administering import PEOPLE, act, browser_of, date, fresh, give_accreditation, logged

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(world: World) -> Client:
    """The administrator's browser, confirmed."""
    return browser_of(world.administrator)


def names(answer: Any) -> list[str]:
    return [one.name for one in answer.context["page"].rows]


# --- the list and one person ---------------------------------------------------------------------------------------------


def test_the_list_holds_the_own_agency_only(world: World, browser: Client) -> None:
    answer = browser.get(f"{PEOPLE}?show=all")
    assert answer.status_code == 200
    shown = {one.pk for one in answer.context["page"].rows}
    assert world.investigator.pk in shown
    assert world.kent.pk not in shown
    assert world.prosecutor.pk not in shown


def test_somebody_of_another_agency_is_not_there(world: World, browser: Client) -> None:
    for address in (f"{PEOPLE}{world.kent.pk}/", f"{PEOPLE}{uuid4()}/", *(f"{PEOPLE}{world.kent.pk}/{name}/" for name in ACTS)):
        assert browser.get(address).status_code == 404, address
        assert browser.post(address, {"name": "x"}).status_code in {404, 405}, address
    assert fresh(world.kent).is_active


def test_the_list_is_narrowed_and_searched(world: World, browser: Client) -> None:
    make_user(AVON, Role.SERGEANT, name="DS Aaronby Quill", unit=world.south)
    assert names(browser.get(f"{PEOPLE}?role=sergeant&unit={world.south.pk}")) == ["DS Aaronby Quill"]
    answer = browser.post(PEOPLE, {"terms": "aaronby"})
    assert answer.status_code == 302
    assert "aaronby" not in answer["Location"].lower(), "no name stands in an address"
    assert names(browser.get(answer["Location"])) == ["DS Aaronby Quill"]
    assert names(browser.get(browser.post(PEOPLE, {"terms": world.colleague.collar_number})["Location"]))[:1] == [world.colleague.name]
    assert names(browser.get(browser.post(PEOPLE, {"terms": "nobody like this"})["Location"])) == []


def test_filters_by_standing(world: World, browser: Client) -> None:
    def shown(show: str) -> set[Any]:
        return {one.pk for one in browser.get(f"{PEOPLE}?show={show}").context["page"].rows}

    Authenticator.objects.create(user_id=world.colleague.pk, type="totp", data={})
    assert world.colleague.pk not in shown("no_factor")
    assert world.investigator.pk in shown("no_factor")
    Authenticator.objects.create(user_id=world.investigator.pk, type="recovery_codes", data={})
    assert world.investigator.pk in shown("no_factor"), "recovery codes alone are no second factor"
    assert world.investigator.pk in shown("never")
    assert world.administrator.pk not in shown("never"), "she has just signed in"
    assert act(browser, world.colleague, "leave").status_code == 302
    assert shown("left") == {world.colleague.pk}
    assert world.colleague.pk not in shown("")


@pytest.mark.parametrize(
    "query", ["show=nonsense", "role=x", "unit=x", f"unit={UUID(int=7)}", "after=x", "before=\x00", "search=x", "after=" + "a" * 3000]
)
def test_what_cannot_be_read_is_said(browser: Client, query: str) -> None:
    assert browser.get(f"{PEOPLE}?{query}").status_code == 400


def test_pages_of_the_list_show_everybody_once(world: World, browser: Client) -> None:
    for number in range(120):
        make_user(AVON, Role.ANALYST, name=f"Same Name {number % 3}")
    seen: list[Any] = []
    answer = browser.get(f"{PEOPLE}?role=analyst")
    while True:
        page = answer.context["page"]
        seen += [one.pk for one in page.rows]
        if not page.has_next:
            break
        answer = browser.get(PEOPLE, {"role": "analyst", "after": page.next_cursor})
    assert len(seen) == len(set(seen)) == 121
    back = browser.get(PEOPLE, {"role": "analyst", "before": answer.context["page"].previous_cursor})
    assert [one.pk for one in back.context["page"].rows] == seen[50:100]


def test_a_cursor_belongs_to_whoever_got_it(world: World, browser: Client) -> None:
    for _ in range(60):
        make_user(AVON, Role.ANALYST)
    cursor = browser.get(PEOPLE).context["page"].next_cursor
    other = browser_of(make_user(AVON, Role.ADMINISTRATOR))
    assert other.get(PEOPLE, {"after": cursor}).status_code == 400


def test_pages_cost_the_same_however_many_there_are(world: World, browser: Client) -> None:
    addresses = [PEOPLE, "/administration/units/", "/administration/services/", "/administration/", f"{PEOPLE}{world.investigator.pk}/"]
    for address in addresses:
        browser.get(address)
    before = []
    for address in addresses:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert browser.get(address).status_code == 200
        before.append(len(queries))
    for number in range(12):
        make_user(AVON, Role.INVESTIGATOR, unit=make_unit(AVON, f"More {number}"))
        give_accreditation(world.investigator if number == 0 else make_user(AVON, Role.ANALYST), clock.today())
    for address, cost in zip(addresses, before, strict=True):
        with CaptureQueriesContext(connection) as queries:
            browser.get(address)
        assert len(queries) == cost, address


def test_one_person_says_what_is_known(world: World, browser: Client) -> None:
    page = browser.get(f"{PEOPLE}{world.administrator.pk}/")
    assert page.context["shown"].sessions == 1
    assert page.context["own"]
    assert [slug for slug, _ in page.context["acts"]] == ["end-sessions"], "nobody changes the own standing"
    text = browser.get(f"{PEOPLE}{world.investigator.pk}/").content.decode()
    assert str(world.investigator.email) in text
    assert "None held" in text
    assert world.investigator.name not in text.split("<title>")[1].split("</title>")[0]


# --- acts ------------------------------------------------------------------------------------------------------------------


def test_a_person_is_added_and_invited(
    world: World, browser: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    sent = {"name": "DC Wren Ashcombe", "role": "investigator", "grade": "constable", "unit": str(world.north.pk), "collar_number": "N77"}
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post(f"{PEOPLE}new/", {**sent, "email": "Wren@Test.example"})
    person = User.objects.get(collar_number="N77")
    assert answer["Location"] == f"{PEOPLE}{person.pk}/"
    assert (person.email, person.agency_id, person.unit_id, person.grade) == ("wren@test.example", AVON, world.north.pk, Grade.CONSTABLE)
    (message,) = mail.outbox
    assert message.to == ["wren@test.example"]
    assert "Wren" not in str(message.body) + message.subject
    assert "/accounts/login/" in str(message.body)


def test_an_address_that_is_taken_adds_nobody_and_sends_nothing(world: World, browser: Client) -> None:
    answer = browser.post(f"{PEOPLE}new/", {"name": "Somebody", "role": "analyst", "email": world.kent.email})
    assert answer.status_code == 400
    assert "email" in answer.context["form"].errors
    assert not User.objects.filter(name="Somebody").exists()
    assert mail.outbox == []


def test_units_and_roles_of_another_agency_are_not_offered(world: World, browser: Client) -> None:
    elsewhere = make_unit(KENT, "Elsewhere")
    for sent in ({"unit": str(elsewhere.pk)}, {"role": "prosecutor"}, {"grade": "no such grade"}):
        answer = browser.post(f"{PEOPLE}new/", {"name": "Somebody", "role": "analyst", **sent})
        assert answer.status_code == 400, sent
        assert set(answer.context["form"].errors) == set(sent)


def test_name_role_and_unit_are_changed(world: World, browser: Client) -> None:
    person = world.colleague
    assert act(browser, person, "details", name="DS Renamed", grade="sergeant", collar_number="C9").status_code == 302
    assert act(browser, person, "role", role="sergeant").status_code == 302
    assert act(browser, person, "unit", unit=str(world.south.pk)).status_code == 302
    now = fresh(person)
    assert (now.name, now.grade, now.collar_number, now.role, now.unit_id) == ("DS Renamed", "sergeant", "C9", "sergeant", world.south.pk)
    assert act(browser, person, "unit", unit="").status_code == 302
    assert fresh(person).unit_id is None
    for what, times in (("name, grade or collar number changed", 1), ("role changed", 1), ("unit changed", 2)):
        assert logged(world.auditor, what) == times


def test_sessions_are_ended(world: World, browser: Client) -> None:
    theirs = browser_of(world.colleague)
    assert theirs.get("/").status_code == 200
    assert act(browser, world.colleague, "end-sessions").status_code == 302
    assert not Session.objects.filter(user_id=world.colleague.pk).exists()
    assert theirs.get("/").status_code == 302


def test_a_second_factor_is_removed_and_the_person_is_told(
    world: World, browser: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    for kind in ("totp", "recovery_codes"):
        Authenticator.objects.create(user_id=world.colleague.pk, type=kind, data={})
    Authenticator.objects.create(user_id=world.sergeant.pk, type="totp", data={})
    browser_of(world.colleague)
    with django_capture_on_commit_callbacks(execute=True):
        assert act(browser, world.colleague, "reset-second-factor").status_code == 302
    assert list(Authenticator.objects.values_list("user_id", flat=True)) == [world.sergeant.pk]
    assert not Session.objects.filter(user_id=world.colleague.pk).exists()
    (message,) = mail.outbox
    assert message.to == [world.colleague.email]
    assert world.colleague.name not in str(message.body) + message.subject
    assert logged(world.auditor, "second factor removed") == 1
    again = act(browser, world.colleague, "reset-second-factor")
    assert again.status_code == 400
    assert "no second factor" in again.content.decode()


def test_accreditations_are_added_and_ended(world: World, browser: Client) -> None:
    today, person = clock.today(), world.colleague
    assert act(browser, person, "accredit", kind="pip2", **date("awarded_on", today - timedelta(days=100))).status_code == 302
    (held,) = Accreditation.objects.filter(user=person)
    address = f"{PEOPLE}{person.pk}/accreditations/{held.pk}/"
    early = browser.post(address, date("expires_on", today - timedelta(days=101)))
    assert early.status_code == 400
    assert "expires_on" in early.context["form"].errors
    assert browser.post(address, date("expires_on", today + timedelta(days=20))).status_code == 302
    assert Accreditation.objects.get(pk=held.pk).expires_on == today + timedelta(days=20)
    assert "PIP level 2" in browser.get("/administration/").content.decode(), "what ends within 60 days is on the first page"
    assert browser.post(f"{PEOPLE}{world.sergeant.pk}/accreditations/{held.pk}/", date("expires_on", today)).status_code == 404


def test_an_award_needs_its_day_and_training_has_none(world: World, browser: Client) -> None:
    assert act(browser, world.colleague, "accredit", kind="pip2").status_code == 400
    today = date("awarded_on", clock.today())
    assert act(browser, world.colleague, "accredit", kind="pip2", in_training="on", **today).status_code == 400
    assert act(browser, world.colleague, "accredit", kind="pip2", in_training="on").status_code == 302
    assert Accreditation.objects.get(user=world.colleague).in_training


def test_somebody_leaves_and_comes_back(world: World, browser: Client) -> None:
    theirs = browser_of(world.colleague)
    assert act(browser, world.colleague, "leave").status_code == 302
    assert not fresh(world.colleague).is_active
    assert theirs.get("/").status_code == 302
    assert browser.get(f"{PEOPLE}{world.colleague.pk}/role/").status_code == 403
    assert act(browser, world.colleague, "return").status_code == 302
    assert fresh(world.colleague).is_active
    assert theirs.get("/").status_code == 302, "the sessions from before stay ended"


@pytest.mark.parametrize("name", [slug for slug, one in ACTS.items() if not one.own])
def test_nobody_changes_the_own_standing(world: World, browser: Client, name: str) -> None:
    address = f"{PEOPLE}{world.administrator.pk}/{name}/"
    assert browser.get(address).status_code == 403
    assert browser.post(address, {"name": "x", "role": "analyst", "email": "x@test.example"}).status_code == 403
