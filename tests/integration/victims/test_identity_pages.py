"""The victim's page: masked for everybody, shown for a reason to those who may, and one row in the log for each look."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.scopes import scope_of
from audit.models import AccessLog
from cases import models as m
from cases.services.access import grant_access
from cases.services.emergency import take_emergency_access
from cases.services.roles import assign_person
from cases.services.sharing import bring_to_area
from core import clock
from core.scope import Kind, Scope, scope, system
from core.sealedfield import NotOpened
from tests.factories import AVON, SOUTH_WEST, World, acting_as
from tests.integration.cases.making import do, fresh, make_case
from tests.integration.victims.knowing import CANARIES, WHO, complainant_of, known_case, person_of, sealed
from victims.identity_page import HIDDEN_NEVER
from victims.models import Victim
from victims.sight import identity_shown

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db
PAGES = ("", "shown/", "identity/", "people/new/")
NEVER = "That Canary Row was ever mentioned"


def looks(agency_id: int = AVON) -> list[AccessLog]:
    """Return the consultations that an agency's auditor reads, oldest first."""
    with scope(Scope(kind=Kind.OVERSIGHT, agency_id=agency_id)):
        rows = [row for row in AccessLog.objects.of_agency(agency_id) if row.act == "consultation"]
    return sorted(rows, key=lambda row: (row.at, row.pk))


def leaks(text: str) -> list[str]:
    """Return what of the victim stands in a text."""
    return [one for one in CANARIES if one in text]


def make_away(person: User, cover: User) -> None:
    """Let somebody be covered today."""
    with scope(Scope(kind=Kind.SYSTEM, force_id=person.agency_id, agency_id=person.agency_id)):
        today = clock.today()
        User.objects.filter(pk=person.pk).update(away_from=today, away_to=today + timedelta(days=3), covered_by=cover)


def brought(world: World) -> tuple[m.Case, m.Complainant]:
    """A case of Avon, with its officer alone, brought to South West."""
    case, complainant = known_case(world)
    do(world.investigator, bring_to_area, case)
    return fresh(case), complainant


def shown_to(user: User, case: m.Case) -> bool:
    """Say whether identity is shown, in the person's own scope."""
    with acting_as(user):
        return identity_shown(user, m.Case.objects.get(pk=case.pk))


def test_without_a_role_on_the_case_only_officer_and_supervisors_are_shown_identity(world: World) -> None:
    case, _ = brought(world)
    people = (
        "investigator", "colleague", "sergeant", "supervisor", "supervisor2", "analyst", "prosecutor", "cps_manager", "vlo",
    )  # fmt: skip
    shown = {name for name in people if shown_to(getattr(world, name), case)}
    assert shown == {"investigator", "supervisor", "supervisor2"}


@pytest.mark.parametrize(
    ("who", "role", "by"),
    [
        ("colleague", "solo", "supervisor"),
        ("sergeant", "sergeant", "supervisor"),
        ("prosecutor", "prosecutor", "cps_manager"),
        ("vlo", "vlo", "cps_manager"),
    ],
)
def test_with_a_role_they_are(world: World, who: str, role: str, by: str) -> None:
    case, _ = brought(world)
    person = getattr(world, who)
    do(getattr(world, by), assign_person, case, user_id=person.pk, role=role)
    assert shown_to(person, case)


@pytest.mark.parametrize("role", ["second_officer", "gatekeeper", "disclosure"])
def test_roles_that_need_no_identity_are_not_shown_it(world: World, role: str) -> None:
    case, _ = brought(world)
    with scope(system(AVON)):
        assert role in m.CaseRole.values
    do(world.supervisor, assign_person, case, user_id=world.colleague.pk, role=role)
    assert not shown_to(world.colleague, case)


def test_cover_is_shown_what_the_officer_is(world: World) -> None:
    case, _ = brought(world)
    make_away(world.investigator, world.colleague)
    assert shown_to(world.colleague, case)


def test_neither_access_nor_an_emergency_shows_identity(world: World, sign_in: SignIn) -> None:
    case, complainant = known_case(world)
    until = clock.today() + timedelta(days=9)
    with acting_as(world.other_unit):
        take_emergency_access(actor=world.other_unit, crime_reference=case.crime_reference, reason="Somebody is in danger now")
    do(world.supervisor, grant_access, case, user_id=world.sergeant.pk, purpose="x", until=until)
    for person in (world.other_unit, world.sergeant):
        assert not shown_to(person, case)
        browser = sign_in(person)
        assert browser.get(f"/victims/{complainant.pk}/").status_code == 200
        assert browser.post(f"/victims/{complainant.pk}/shown/", {"reason": "contact"}).status_code == 404


def test_the_page_is_masked_for_everybody(world: World, sign_in: SignIn) -> None:
    case, complainant = brought(world)
    person_of(case, world.investigator, never_tell=NEVER, telephone="0117 496 0321", email="zephyrine@demo.example")
    for person in (world.colleague, world.prosecutor, world.cps_manager):
        text = sign_in(person).get(f"/victims/{complainant.pk}/").content.decode()
        assert leaks(text) == []
        assert "Victim A" in text
        assert HIDDEN_NEVER in text
        assert "Show identity" not in text
    text = sign_in(world.investigator).get(f"/victims/{complainant.pk}/").content.decode()
    assert leaks(text.replace(NEVER, "")) == []
    assert f"Never tell: {NEVER}" in text
    assert "Show identity" in text
    assert text.index(NEVER) < text.index("Who she or he is")


def test_what_is_not_recorded_is_said(world: World, sign_in: SignIn) -> None:
    case = make_case(world.investigator)
    address = f"/victims/{complainant_of(case).pk}/"
    text = sign_in(world.investigator).get(address).content.decode()
    assert "Nothing is recorded." in text
    assert "Enter who she or he is" in text


@pytest.mark.parametrize("who", ["colleague", "sergeant", "prosecutor", "cps_manager", "vlo"])
def test_who_is_not_shown_identity_finds_no_address_for_it(world: World, sign_in: SignIn, who: str) -> None:
    _, complainant = brought(world)
    browser = sign_in(getattr(world, who))
    assert browser.get(f"/victims/{complainant.pk}/").status_code == 200
    for path in PAGES[1:]:
        assert browser.get(f"/victims/{complainant.pk}/{path}").status_code == 404
        answer = browser.post(f"/victims/{complainant.pk}/{path}", {"reason": "contact", "surname": "x", "version": "1"})
        assert answer.status_code == 404
        assert leaks(answer.content.decode()) == []


@pytest.mark.parametrize("who", ["kent", "other_unit", "other_area", "cps_direct", "isva", "analyst", "auditor", "administrator"])
def test_who_does_not_see_the_case_finds_nothing(world: World, sign_in: SignIn, who: str) -> None:
    """The same 404, in as many queries, as for a key that is nobody's."""
    _, complainant = known_case(world)
    browser = sign_in(getattr(world, who))
    for path in PAGES:
        answers = []
        for key in (complainant.pk, "00000000-0000-4000-8000-000000000007"):
            browser.get(f"/victims/{key}/{path}")
            with CaptureQueriesContext(connection) as queries:
                answers.append((browser.get(f"/victims/{key}/{path}"), len(queries)))
        (there, queries_there), (nothing, queries_nothing) = answers
        assert (there.status_code, nothing.status_code) == (404, 404)
        assert there.content == nothing.content
        assert queries_there == queries_nothing


def test_showing_takes_a_reason_writes_one_row_and_lasts_for_one_look(world: World, sign_in: SignIn) -> None:
    case, complainant = known_case(world)
    person_of(case, world.investigator)
    browser, address = sign_in(world.investigator), f"/victims/{complainant.pk}/"
    before = len(looks())
    answer = browser.post(f"{address}shown/", {"reason": "contact"})
    text = answer.content.decode()
    assert [str(value) in text for name, value in WHO.items() if name != "date_of_birth"] == [True] * 7
    assert "17 May 1991" in text
    assert "Wilfred" in text
    (row,) = looks()[before:]
    assert (row.what, row.purpose, row.case_ids, row.actor_id) == ("victim identity", "victim: contact", [case.pk], world.investigator.pk)
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Refresh"] == f"300; url={address}"
    assert leaks(text.partition("</title>")[0]) == []
    assert leaks(browser.get(address).content.decode()) == []
    again = browser.get(f"{address}shown/")
    assert (again.status_code, again["Location"]) == (302, address)


@pytest.mark.parametrize("reason", ["", "nonsense", "a\x00b"])
def test_without_a_reason_of_the_list_nothing_is_shown(world: World, sign_in: SignIn, reason: str) -> None:
    _, complainant = known_case(world)
    before = len(looks())
    answer = sign_in(world.investigator).post(f"/victims/{complainant.pk}/shown/", {"reason": reason})
    assert answer.status_code == 400
    assert "Select why you need to see it" in answer.content.decode()
    assert leaks(answer.content.decode()) == []
    assert [row.what for row in looks()[before:]] == ["victim page"]


def test_every_look_is_exactly_one_row_with_its_own_purpose(world: World, sign_in: SignIn) -> None:
    case, complainant = known_case(world)
    browser, address, before = sign_in(world.investigator), f"/victims/{complainant.pk}/", len(looks())
    browser.get(address)
    browser.get(f"{address}identity/")
    browser.get(f"{address}people/new/")
    browser.post(f"{address}identity/", {"surname": "x", "email": "none", "version": "1"})
    person_of(case, world.investigator, never_tell=NEVER)
    browser.get(address)
    found = [(row.what, row.purpose) for row in looks()[before:]]
    identity = "victim: identity"
    assert found == [
        ("victim page", ""),
        ("form of a victim’s identity", identity),
        ("form of a contact person", identity),
        ("form of a victim’s identity", identity),
        ("victim page", "victim: safety"),
    ]
    assert leaks(" ".join(f"{row.what}{row.purpose}{row.route}{row.recipients}{row.search_hash}" for row in looks())) == []


def test_a_prosecutor_with_the_case_is_shown_identity_and_both_agencies_log_it(world: World, sign_in: SignIn) -> None:
    case, complainant = brought(world)
    do(world.cps_manager, assign_person, case, user_id=world.prosecutor.pk, role="prosecutor")
    answer = sign_in(world.prosecutor).post(f"/victims/{complainant.pk}/shown/", {"reason": "court"})
    assert WHO["address"] in answer.content.decode()
    assert "Correct who she or he is" not in answer.content.decode()
    for agency in (AVON, SOUTH_WEST):
        assert [row.purpose for row in looks(agency) if row.what == "victim identity"] == ["victim: court"]


def test_a_template_that_strays_shows_nothing_and_fails(world: World) -> None:
    case, _ = known_case(world)
    row = sealed(case)
    with pytest.raises(NotOpened):
        Template("{{ victim.surname }}").render(Context({"victim": row}))
    assert Template("{{ victim }} {{ victim.surname_sealed }}").render(Context({"victim": row})) == "Victim sealed"


def test_the_case_page_says_that_it_is_recorded_and_leads_there(world: World, sign_in: SignIn) -> None:
    case, complainant = known_case(world)
    text = sign_in(world.colleague).get(f"/cases/{case.pk}/").content.decode()
    assert f'href="/victims/{complainant.pk}/"' in text
    assert leaks(text) == []


def test_the_database_shows_a_prosecutor_no_row_of_a_case_not_brought(world: World) -> None:
    known_case(world)
    with scope(scope_of(world.prosecutor)):
        assert list(Victim.objects.all()) == []
