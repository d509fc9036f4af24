"""A client of two services: what one asked, was asked and did is nothing to the other."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import Http404
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from cases import models as m
from core import clock
from core.scope import scope, system
from tests.factories import AVON, World, ago, make_user
from tests.integration.cases.asking import live_since
from tests.integration.cases.making import do
from tests.integration.victims.supporting import (
    OTHER_SERVICE,
    allocate,
    arrested,
    as_isva,
    complainant_of,
    make_client,
    make_manager,
    refer,
    row_of,
    told_of,
)
from victims.client import page_of_client
from victims.models import Contact, IsvaMessage, SupportReferral, TellRequest
from victims.services import messages, tell_requests
from victims.services.isva_changing import see_client_or_404

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def case(world: World) -> m.Case:
    """A client of the first service whom a second one has too."""
    live_since(AVON, days=30)
    manager, other = make_manager(), make_manager(OTHER_SERVICE)
    found = make_client(world, manager, "Marrowdale")
    referral = refer(world, found, service=OTHER_SERVICE)
    allocate(other, referral.complainant_id, make_user(OTHER_SERVICE, Role.ISVA))
    return found


@pytest.fixture
def other(case: m.Case) -> User:
    """The second service's ISVA."""
    return User.objects.get(agency_id=OTHER_SERVICE, role=Role.ISVA)


def referral_to(case: m.Case, service_id: int) -> SupportReferral:
    with scope(system(AVON)):
        return SupportReferral.objects.get(case=case, service=service_id)


def ask_other(world: World, case: m.Case) -> TellRequest:
    given = {"referral_id": referral_to(case, OTHER_SERVICE).pk, "thing": arrested(world, case), "words": "Quillfeather words"}
    return do(world.investigator, tell_requests.ask_isva_to_tell, case, **given)


def shown_to(user: User, case: m.Case) -> Any:
    """Return what the client's page shows somebody."""
    return as_isva(user, _page, case)


def _page(*, actor: User, complainant_id: Any) -> Any:
    return page_of_client(see_client_or_404(actor, complainant_id))


def test_what_the_other_service_is_asked_to_tell_is_neither_seen_nor_answered(world: World, case: m.Case, other: User) -> None:
    row = ask_other(world, case)
    assert [one.id for one in shown_to(other, case).to_tell] == [row.pk]
    assert shown_to(world.isva, case).to_tell == []
    assert "client_tell_request" not in told_of(world.isva)
    for service, facts in ((tell_requests.read_tell_request, {}), (tell_requests.answer_tell_request, {"answer": "could_not"})):
        with pytest.raises(Http404):
            as_isva(world.isva, service, case, target_id=row.pk, **facts)
    assert row_of(TellRequest, case).state == "sent"


def test_the_list_says_to_tell_only_to_whom_it_is_asked_of(world: World, case: m.Case, other: User, sign_in: SignIn) -> None:
    ask_other(world, case)
    assert "To tell: open it" in sign_in(other).get("/clients/").content.decode()
    assert "To tell: open it" not in sign_in(world.isva).get("/clients/").content.decode()


def test_what_the_other_service_said_is_neither_seen_nor_closed(world: World, case: m.Case, other: User, sign_in: SignIn) -> None:
    row = as_isva(other, messages.ask_officer, case, subject="safety", text="Quillfeather words")
    assert shown_to(world.isva, case).asked == []
    with pytest.raises(Http404):
        as_isva(world.isva, messages.close_message, case, message_id=row.pk)
    do(world.investigator, messages.answer_isva, case, message_id=row.pk, answer="On Friday.")
    assert "The officer answered" in sign_in(other).get("/clients/").content.decode()
    assert "The officer answered" not in sign_in(world.isva).get("/clients/").content.decode()


def test_contacts_of_the_other_service_and_with_other_people_are_not_seen(world: World, case: m.Case, other: User) -> None:
    as_isva(other, messages.record_own_contact, case, at=clock.now(), channel="letter")
    as_isva(world.isva, messages.record_own_contact, case, at=clock.now(), channel="video")
    with scope(system(AVON)):
        keys = {"case": case, "force_id": AVON, "complainant": complainant_of(case), "at": ago(hours=1), "reached": True}
        Contact(**keys, channel="telephone", created_by=world.investigator).save(force_insert=True)
        Contact(**keys, channel="text", to="person", created_by=world.investigator).save(force_insert=True)
        Contact(**keys, channel="email", imported=True).save(force_insert=True)
    assert sorted(one.channel for one in shown_to(world.isva, case).contacts) == ["email", "telephone", "video"]
    assert sorted(one.channel for one in shown_to(other, case).contacts) == ["email", "letter", "telephone"]


def test_consent_withdrawn_from_one_service_gives_back_what_it_was_asked_and_leaves_the_other_its_client(
    world: World, case: m.Case, other: User
) -> None:
    row = ask_other(world, case)
    as_isva(other, tell_requests.read_tell_request, case, target_id=row.pk)
    as_isva(other, messages.withdraw_consent_as_isva, case)
    assert row_of(TellRequest, case).state == "withdrawn"
    assert shown_to(world.isva, case).name
    with pytest.raises(Http404):
        shown_to(other, case)
    again = {"referral_id": referral_to(case, world.isva.agency_id).pk, "thing": f"{row.about}:{row.fact_id}", "words": "x"}
    do(world.investigator, tell_requests.ask_isva_to_tell, case, **again)
    assert len(shown_to(world.isva, case).to_tell) == 1
    with scope(system(AVON)):
        assert not IsvaMessage.objects.exists()
