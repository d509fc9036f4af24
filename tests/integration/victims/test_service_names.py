"""Services that an extract names in words of its own: listed with counts, matched by an administrator of the force, once for all."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Agency, User
from accounts.roles import Role
from audit import context as audit_context
from core import clock
from core.exceptions import Conflict, NotAllowed
from core.scope import Kind, Scope, scope, system
from tests.factories import AVON, KENT, SERVICE, World, acting_as, make_user
from tests.integration.accounts.administering import browser_of, logged
from tests.integration.cases.asking import refused
from tests.integration.cases.making import do, timeline
from tests.integration.importing.support import take
from tests.integration.victims.extracts import differences, full
from tests.integration.victims.supporting import clients_of, make_manager
from victims.models import ServiceName, SupportReferral
from victims.service_names import names_of
from victims.services.referrals import answer_referral, refer_to_support
from victims.services.service_names import apply_names, match_name
from victims.tasks import sweep_support

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
PAGE = "/administration/service-names/"
NAME, SECOND = "Harbour ISVA svc", "The Lantern (SARC)"


def match(actor: User, name: str = NAME, service_id: int | None = SERVICE, seen: str = "") -> ServiceName:
    with acting_as(actor):
        return match_name(actor=actor, name=name, service_id=service_id, seen=seen)


def apply() -> int:
    with audit_context.acting_as_system(reason="test"):
        return apply_names(AVON)


def services() -> list[tuple[int | None, str]]:
    with scope(system(AVON)):
        return list(SupportReferral.objects.order_by("case__crime_reference", "created_at").values_list("service_id", "service_text"))


def listed(user: User) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    with acting_as(user):
        waiting, done = names_of(user)
    return [(one.name, one.number) for one in waiting], [(one.name, one.number) for one in done]


def taken_in() -> None:
    """Three cases that name two services nobody here knows, the one in two cases first."""
    take(
        full(isva_service=NAME, victim_nominal="V1", crime_reference="52/1/26"),
        full(isva_service=NAME, victim_nominal="V2", crime_reference="52/2/26"),
        full(isva_service=SECOND, victim_nominal="V3", crime_reference="52/3/26"),
    )


def test_names_are_listed_with_counts_those_of_most_victims_first(world: World) -> None:
    taken_in()
    assert listed(world.administrator) == ([(NAME, 2), (SECOND, 1)], [])


def test_a_match_gives_what_was_taken_in_the_service_and_what_comes_too(world: World) -> None:
    manager = make_manager()
    taken_in()
    row = match(world.administrator)
    assert apply() == 2
    assert apply() == 0
    assert services() == [(SERVICE, NAME), (SERVICE, NAME), (None, SECOND)]
    assert listed(world.administrator) == ([(SECOND, 1)], [(NAME, 2)])
    assert logged(world.auditor, "support service of the extract matched") == 1
    assert row.matched_by_id == world.administrator.pk

    take(full(isva_service=NAME, victim_nominal="V4", crime_reference="52/4/26"))
    assert services()[3] == (SERVICE, NAME)
    assert clients_of(manager) == set(), "no consent, no client"


def test_it_is_said_on_the_timeline_and_a_client_follows_once_consent_is_recorded(world: World) -> None:
    manager = make_manager()
    taken_in()
    match(world.administrator)
    apply()
    with scope(system(AVON)):
        referral = SupportReferral.objects.select_related("case").get(case__crime_reference="52/1/26")
        case = referral.case
    assert timeline(case)[-1] == "support_service_matched"
    given = {"answer": "accepted", "consent_scope": "All", "consent_given_on": clock.today()}
    do(world.supervisor, answer_referral, case, referral_id=referral.pk, **given)
    assert clients_of(manager) == {referral.complainant_id}


def test_the_same_extract_again_neither_takes_a_match_back_nor_disagrees(world: World) -> None:
    taken_in()
    match(world.administrator)
    apply()
    before = services()
    take(full(isva_service="", victim_nominal="V1", crime_reference="52/1/26"))
    take(full(isva_service=NAME, victim_nominal="V1", crime_reference="52/1/26"))
    assert services() == before
    assert differences(world) == {}


def test_a_mistaken_match_is_put_right_and_what_was_answered_stays(world: World) -> None:
    with scope(Scope(kind=Kind.SYSTEM, force_id=AVON, agency_id=AVON)):
        Agency.objects.create(pk=1999, kind="support", name="Other service")
    taken_in()
    first = match(world.administrator)
    apply()
    with scope(system(AVON)):
        referral = SupportReferral.objects.select_related("case").get(case__crime_reference="52/1/26")
    given = {"answer": "accepted", "consent_scope": "All", "consent_given_on": clock.today()}
    do(world.supervisor, answer_referral, referral.case, referral_id=referral.pk, **given)

    match(world.administrator, service_id=1999, seen=str(first.pk))
    assert apply() == 1
    assert services() == [(SERVICE, NAME), (1999, NAME), (None, SECOND)]


def test_who_has_a_live_referral_to_the_service_already_is_left_alone(world: World) -> None:
    taken_in()
    with scope(system(AVON)):
        row = SupportReferral.objects.select_related("case").get(case__crime_reference="52/1/26")
    do(world.supervisor, refer_to_support, row.case, complainant_id=row.complainant_id, answer="offered", service_id=SERVICE)
    match(world.administrator)
    assert apply() == 1
    assert services()[:2] == [(None, NAME), (SERVICE, "")]


def test_the_sweep_of_each_minute_does_what_no_worker_heard_of(world: World) -> None:
    taken_in()
    match(world.administrator)
    sweep_support()
    assert services()[0] == (SERVICE, NAME)


def test_what_cannot_be_is_refused(world: World) -> None:
    taken_in()
    for service_id in (None, AVON, 10**6):
        with refused("Select the service", "service_id"):
            match(world.administrator, service_id=service_id)
    row = match(world.administrator)
    with refused("already", "service_id"):
        match(world.administrator, seen=str(row.pk))
    with pytest.raises(Conflict):
        match(world.administrator)
    for person in (world.supervisor, world.isva, world.auditor, make_user(SERVICE, Role.ADMINISTRATOR)):
        with pytest.raises(NotAllowed):
            match(person)


def test_another_force_sees_and_changes_none_of_it(world: World) -> None:
    taken_in()
    kent = make_user(KENT, Role.ADMINISTRATOR)
    assert listed(kent) == ([], [])
    match(kent)
    assert apply() == 0
    assert services()[0] == (None, NAME)


def test_on_screen(world: World) -> None:
    taken_in()
    browser = browser_of(world.administrator)
    assert "2 names not known here" in browser.get("/administration/").content.decode()
    page = browser.get(PAGE)
    line = page.context["waiting"][0]
    form = browser.get(f"{PAGE}{line.key}/")
    assert NAME in form.content.decode()
    assert "sees nothing of a victim" in form.content.decode()
    assert browser.post(f"{PAGE}{line.key}/", {"service_id": ""}).status_code == 400
    assert browser.post(f"{PAGE}{line.key}/", {"service_id": str(SERVICE), "seen": ""})["Location"] == PAGE
    again = browser.get(f"{PAGE}{line.key}/").context["form"].initial
    assert again["service_id"] == str(SERVICE)
    assert browser.post(f"{PAGE}{line.key}/", {"service_id": str(SERVICE), "seen": ""}).status_code == 409, "the page was older"
    assert "52/1/26" not in page.content.decode(), "no case"
    assert browser.get(f"{PAGE}0123456789abcdef/").status_code == 404


def test_nothing_is_matched_without_confirming_who_is_there(world: World) -> None:
    taken_in()
    browser = browser_of(world.administrator, confirmed=False)
    with acting_as(world.administrator):
        line = names_of(world.administrator)[0][0]
    answer = browser.post(f"{PAGE}{line.key}/", {"service_id": str(SERVICE), "seen": ""})
    assert answer["Location"].startswith("/accounts/reauthenticate/")
    with scope(system(AVON)):
        assert not ServiceName.objects.exists()


def test_an_administrator_of_a_service_is_told_why_there_is_nothing(world: World, sign_in: SignIn) -> None:
    browser = sign_in(make_user(SERVICE, Role.ADMINISTRATOR))
    assert "Only an administrator of the force" in browser.get(PAGE).content.decode()
    assert browser.get(f"{PAGE}0123456789abcdef/").status_code == 403
    assert "Only forces take in an extract" in browser.get("/administration/").content.decode()


def test_the_page_costs_the_same_however_many_names(world: World, sign_in: SignIn) -> None:
    taken_in()
    browser = sign_in(world.administrator)
    browser.get(PAGE)

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            browser.get(PAGE)
        return len(caught)

    first = queries()
    take(
        *(full(isva_service=f"Name {n}", victim_nominal=f"W{n}", crime_reference=f"52/{n}/25", recorded_at="2026-11-01") for n in range(6))
    )
    match(world.administrator, "Name 1")
    match(world.administrator, "Name 2")
    assert queries() == first
