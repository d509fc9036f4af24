"""Support: referral and consent by the police, whose client somebody is, and what ends it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import Http404
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from cases import models as m
from core import clock
from core.components import day_text
from core.exceptions import NotAllowed, NotPossible
from core.scope import scope, system
from tests.factories import AVON, SERVICE, World, acting_as, ago, make_user
from tests.integration.cases.asking import deadline, live_since, refused
from tests.integration.cases.making import do, make_case, timeline
from tests.integration.victims.supporting import (
    OTHER_SERVICE,
    allocate,
    as_isva,
    ask_to_tell,
    clients_of,
    complainant_of,
    make_client,
    make_manager,
    row_of,
    told_of,
)
from victims.models import IsvaMessage, SupportReferral, TellRequest
from victims.services import messages
from victims.services.referrals import answer_referral, match_service, refer_to_support, withdraw_consent

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def manager(world: World) -> User:
    live_since(AVON, days=30)
    return make_manager()


def test_an_offer_meets_the_clock_and_shows_the_service_nothing(world: World, manager: User) -> None:
    case = make_case(world.investigator)
    assert deadline(case, "support_referral").met_at is None

    do(world.investigator, refer_to_support, case, complainant_id=complainant_of(case).pk, answer="offered", service_id=SERVICE)
    assert deadline(case, "support_referral").met_at is not None
    assert clients_of(manager) == set()
    assert "support_offered" in timeline(case)


def test_acceptance_needs_service_scope_and_day_and_comes_to_the_manager_first(world: World, manager: User) -> None:
    case, today = make_case(world.investigator), clock.today()
    key = complainant_of(case).pk

    def accept(**facts: Any) -> SupportReferral:
        given = {"answer": "accepted", "service_id": SERVICE, "consent_scope": "All", "consent_given_on": today, **facts}
        return do(world.investigator, refer_to_support, case, complainant_id=key, **given)

    for facts, words, field in (
        ({"service_id": None}, "Select the service that she or he agreed to", "service_id"),
        ({"service_id": AVON}, "Select the service", "service_id"),
        ({"consent_scope": " "}, "agreed to", "consent_scope"),
        ({"consent_given_on": None}, "Enter the day", "consent_given_on"),
        ({"consent_given_on": today + timedelta(days=1)}, "in the past", "consent_given_on"),
        ({"answer": "ended"}, "Select what", "answer"),
    ):
        with refused(words, field):
            accept(**facts)
    accept()
    for answer in ("accepted", "offered", "declined"):
        with refused("already", "service_id"):
            accept(answer=answer)
    assert clients_of(manager) == {key}
    assert clients_of(world.isva) == set()
    assert told_of(manager) == ["client_new"]


def test_who_declined_is_asked_again(world: World, manager: User) -> None:
    case = make_case(world.investigator)
    do(world.investigator, refer_to_support, case, complainant_id=complainant_of(case).pk, answer="declined")
    again = deadline(case, "support_referral")
    assert again.sequence == 1
    assert again.due_on == clock.today() + timedelta(days=28)
    with pytest.raises(NotPossible, match="declined already"):
        do(world.investigator, answer_referral, case, referral_id=row_of(SupportReferral, case).pk, answer="accepted")


def test_a_service_of_the_extract_is_matched_and_then_answered(world: World, manager: User) -> None:
    case = make_case(world.investigator)
    with scope(system(AVON)):
        row = SupportReferral(
            case=case, force_id=AVON, complainant=complainant_of(case), service_text="The Harbour", offered_at=ago(days=3)
        )
        row.save(force_insert=True)
    with refused("Select the service", "service_id"):
        do(world.investigator, match_service, case, referral_id=row.pk, service_id=None)
    do(world.investigator, match_service, case, referral_id=row.pk, service_id=SERVICE)
    assert (row_of(SupportReferral, case).service_id, row_of(SupportReferral, case).service_text) == (SERVICE, "The Harbour")
    with refused("is known"):
        do(world.investigator, match_service, case, referral_id=row.pk, service_id=SERVICE)
    assert clients_of(manager) == set()

    given = {"answer": "accepted", "consent_scope": "All", "consent_given_on": clock.today()}
    do(world.investigator, answer_referral, case, referral_id=row.pk, **given)
    assert clients_of(manager) == {complainant_of(case).pk}


@pytest.mark.parametrize("by", ["police", "isva"])
def test_consent_withdrawn_ends_sight_writing_and_every_clock(world: World, manager: User, by: str) -> None:
    case = make_client(world, manager, "Marrowdale")
    as_isva(world.isva, messages.ask_officer, case, subject="safety", text="x")
    as_isva(world.isva, messages.say_heard_nothing, case)
    ask_to_tell(world, case)
    if by == "police":
        do(world.investigator, withdraw_consent, case, referral_id=row_of(SupportReferral, case).pk)
        assert "client_consent_ended" in told_of(world.isva)
    else:
        as_isva(world.isva, messages.withdraw_consent_as_isva, case)
        assert "isva_consent_withdrawn" in told_of(world.investigator)

    assert clients_of(world.isva) == clients_of(manager) == set()
    with pytest.raises(Http404):
        as_isva(world.isva, messages.ask_officer, case, subject="safety", text="x")
    with acting_as(world.isva):
        assert not IsvaMessage.objects.exists()
        assert not m.Told.objects.exists()
    for kind in ("isva_question", "heard_nothing", "tell_request"):
        assert deadline(case, kind).ended_at is not None, kind
    assert row_of(TellRequest, case).state == "withdrawn"
    assert deadline(case, "told_arrest").met_at is None, "telling her or him is the officer’s again"
    with refused("ended already|No consent"):
        do(world.investigator, withdraw_consent, case, referral_id=row_of(SupportReferral, case).pk)


def test_a_client_is_her_isvas_or_her_covers_and_nobody_elses(world: World, manager: User) -> None:
    case = make_client(world, manager)
    colleague, other = make_user(SERVICE, Role.ISVA), make_manager(OTHER_SERVICE)
    stranger = make_user(OTHER_SERVICE, Role.ISVA)
    key = complainant_of(case).pk
    assert [bool(clients_of(one)) for one in (world.isva, manager, colleague, other, stranger, world.investigator)] == [
        True, True, False, False, False, False,
    ]  # fmt: skip
    with scope(system(SERVICE)):
        User.objects.filter(pk=world.isva.pk).update(away_from=clock.today(), covered_by=colleague)
    assert clients_of(colleague) == {key}
    as_isva(colleague, messages.ask_officer, case, subject="safety", text="x")

    with pytest.raises(NotAllowed):
        allocate(colleague, key, colleague)
    with refused("Select an ISVA of your service", "isva_id"):
        allocate(manager, key, stranger)
    with refused("already", "isva_id"):
        allocate(manager, key, world.isva)
    allocate(manager, key, colleague)
    assert clients_of(world.isva) == set()
    with pytest.raises(Http404):
        as_isva(world.isva, messages.ask_officer, case, subject="safety", text="x")


def test_who_covers_while_the_isva_is_away_is_said_to_officer_and_service(world: World, manager: User, sign_in: SignIn) -> None:
    case = make_client(world, manager)
    colleague, key = make_user(SERVICE, Role.ISVA, name="Colleague Thrale"), complainant_of(case).pk
    with scope(system(SERVICE)):
        User.objects.filter(pk=world.isva.pk).update(away_from=clock.today(), covered_by=colleague)
    words = "Away, no last day known, covered by Colleague Thrale"
    assert words in sign_in(world.investigator).get(f"/victims/{key}/").content.decode()
    assert words in sign_in(colleague).get(f"/clients/{key}/").content.decode()
    with scope(system(SERVICE)):
        User.objects.filter(pk=world.isva.pk).update(covered_by=None)
    assert "nobody covers" in sign_in(manager).get(f"/clients/{key}/").content.decode()


def test_consent_is_shown_with_its_days_and_who_witnessed_it_with_the_identity(world: World, manager: User, sign_in: SignIn) -> None:
    case = make_client(world, manager)
    browser, key = sign_in(world.investigator), complainant_of(case).pk
    page = browser.get(f"/victims/{key}/").content.decode()
    assert f"What she was told. Given on {day_text(clock.today())}" in page
    assert "Her sister" not in page
    assert "Witnessed by Her sister." in browser.get(f"/victims/{key}/isva/").content.decode()
    do(world.investigator, withdraw_consent, case, referral_id=row_of(SupportReferral, case).pk)
    assert f"Given on {day_text(clock.today())}, withdrawn {day_text(clock.today())}" in browser.get(f"/victims/{key}/").content.decode()
