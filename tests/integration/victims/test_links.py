"""Links to clients who came another way: asked, found, confirmed with the victim or declined."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db.utils import ProgrammingError
from django.test import Client

from accounts.models import User
from audit import context as audit_context
from core import clock
from core.exceptions import NotPossible
from core.scope import scope, system
from tests.factories import AVON, SERVICE, World, acting_as
from tests.integration.cases.asking import deadline, live_since, refused
from tests.integration.cases.making import do, make_case
from tests.integration.victims.supporting import (
    clients_of,
    make_manager,
    row_of,
    told_of,
)
from victims.models import LinkMatch
from victims.services import linking

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def manager(world: World) -> User:
    live_since(AVON, days=30)
    return make_manager()


def ask_link(world: World, reference: str, **facts: Any) -> Any:
    given = {
        "force_id": AVON, "crime_reference": reference, "client_name": "Zenobia Thrale", "consent_scope": "All",
        "consent_given_on": clock.today(), "consent_signed": True, **facts,
    }  # fmt: skip
    with acting_as(world.isva):
        return linking.ask_for_link(actor=world.isva, **given)


def match() -> int:
    with audit_context.acting_as_system(reason="test"):
        return linking.match_links(AVON)


def test_a_link_is_found_confirmed_with_the_victim_and_then_a_client(world: World, manager: User) -> None:
    case = make_case(world.investigator, reference="52/LINK/1", complainants=2)
    ask_link(world, "52/link/1")
    assert (match(), match()) == (2, 0)
    assert "isva_link" in told_of(world.investigator)
    assert deadline(case, "isva_link").due_on > clock.today()
    with scope(system(AVON)):
        links = list(LinkMatch.objects.filter(case=case).order_by("complainant__label"))
    with refused("Ask the victim first", "asked_victim"):
        do(world.investigator, linking.confirm_link, case, link_id=links[0].pk, complainant_id=links[1].complainant_id, asked_victim=False)
    with refused("Select which complainant", "complainant_id"):
        do(world.investigator, linking.confirm_link, case, link_id=links[0].pk, complainant_id=uuid4(), asked_victim=True)
    do(world.investigator, linking.confirm_link, case, link_id=links[0].pk, complainant_id=links[1].complainant_id, asked_victim=True)

    assert clients_of(manager) == {links[1].complainant_id}
    assert deadline(case, "isva_link").met_at is not None
    with pytest.raises(NotPossible, match="already"):
        do(world.investigator, linking.decline_link, case, link_id=links[0].pk)


def test_the_form_is_about_the_victim_on_whose_page_it_was_opened(world: World, manager: User, sign_in: SignIn) -> None:
    case = make_case(world.investigator, reference="52/LINK/4", complainants=2, unit_id=world.north.pk)
    ask_link(world, "52/LINK/4")
    match()
    with scope(system(AVON)):
        links = list(LinkMatch.objects.filter(case=case).order_by("complainant__label"))
    browser = sign_in(world.investigator)
    for link in links:
        form = browser.get(f"/cases/{case.pk}/confirm-link/{link.pk}/").context["form"]
        assert form["complainant_id"].value() == str(link.complainant_id)


def test_a_link_is_declined_and_the_service_reads_nothing_of_it(world: World, manager: User) -> None:
    case = make_case(world.investigator, reference="52/LINK/2")
    ask_link(world, "52/LINK/2")
    match()
    do(world.investigator, linking.decline_link, case, link_id=row_of(LinkMatch, case).pk)
    assert deadline(case, "isva_link").met_at is not None
    assert clients_of(manager) == set()
    assert told_of(manager) == told_of(world.isva) == []
    with pytest.raises(ProgrammingError, match="permission denied"), acting_as(world.isva):
        LinkMatch.objects.count()


def test_a_link_is_refused_for_what_was_not_typed_well_and_beyond_a_days_number(world: World, settings: Any) -> None:
    make_manager()
    for facts, field in (
        ({"force_id": SERVICE}, "force_id"),
        ({"reference": " "}, "crime_reference"),
        ({"client_name": " "}, "client_name"),
        ({"consent_scope": ""}, "consent_scope"),
        ({"consent_given_on": clock.today() + timedelta(days=1)}, "consent_given_on"),
        ({"consent_signed": False}, "consent_signed"),
    ):
        with pytest.raises(NotPossible) as caught:
            ask_link(world, facts.pop("reference", "52/LINK/3"), **facts)  # type: ignore[arg-type]
        assert caught.value.field == field
    settings.LINK_REQUESTS_A_DAY = 2
    ask_link(world, "52/NONE/1")
    ask_link(world, "52/NONE/2")
    with refused("as many requests"):
        ask_link(world, "52/NONE/3")
