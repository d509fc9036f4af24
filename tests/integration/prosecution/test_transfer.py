"""A case goes to another CPS Area: offered, answered once, gone with every clock it had; the sender owes and sees it until then."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Grade, Role
from cases import models as m
from cases.models import OfferState
from core.exceptions import NotAllowed, NotPossible
from core.scope import scope, system
from prosecution import states
from prosecution.models import AreaTransfer, IncomingTransfer
from prosecution.services import referrals, transfers
from tests.factories import AVON, DIRECT, SOUTH_EAST, SOUTH_WEST, World, acting_as, make_user
from tests.integration.cases.asking import refused
from tests.integration.cases.making import sees, timeline
from tests.integration.cases.offering import clocks
from tests.integration.prosecution import making
from tests.integration.prosecution.making import do, fresh
from tests.integration.prosecution.test_referrals import act, again, told
from tests.integration.racing import at_once, one_was_told

SignIn = Callable[[User], Client]


def manager_there() -> User:
    return make_user(SOUTH_EAST, Role.CPS_MANAGER, grade=Grade.DISTRICT_CROWN_PROSECUTOR)


def offer(world: World, case: m.Case, **more: Any) -> AreaTransfer:
    return do(world.cps_manager, transfers.offer_to_area, case, **{"area_id": SOUTH_EAST, "reason": "It happened there", **more})


def accept(person: User, row: AreaTransfer, prosecutor: User) -> m.Case:
    with acting_as(person):
        return transfers.accept_area_offer(actor=person, transfer_id=row.transfer_key, prosecutor_id=prosecutor.pk)


def decline(person: User, row: AreaTransfer, reason: str = "Not ours") -> AreaTransfer:
    with acting_as(person):
        return transfers.decline_area_offer(actor=person, transfer_id=row.transfer_key, reason=reason)


def both(row: AreaTransfer) -> tuple[str, str]:
    with scope(system(AVON)):
        return AreaTransfer.objects.get(pk=row.pk).state, IncomingTransfer.objects.get(pk=row.transfer_key).state


def told_there(person: User) -> int:
    return told(person, "area_offered")


@pytest.mark.django_db
def test_accepted_the_case_is_the_other_areas_with_every_clock(world: World) -> None:
    case = making.police_case(world)
    row = making.accepted_referral(world, case)
    manager, before = manager_there(), clocks(case)
    offered = offer(world, case)
    assert (sees(world.prosecutor, case), sees(world.other_area, case), told_there(manager)) == (True, False, 1)
    accept(manager, offered, world.other_area)
    assert (sees(world.prosecutor, case), sees(world.cps_manager, case), sees(world.other_area, case)) == (False, False, True)
    assert clocks(case) == before
    assert both(offered) == ("accepted", "accepted")
    assert again(row).prosecutor_id == world.other_area.pk
    with scope(system(AVON)):
        holders = m.CasePerson.objects.filter(case=case, role__in=m.CPS_CASE_ROLES, until__isnull=True)
        assert list(holders.values_list("user", flat=True)) == [world.other_area.pk]
        assert not m.TimelineEvent.objects.filter(case=case).exclude(cps_area_scope=SOUTH_EAST).exists()
    assert "area_offer_accepted" in timeline(case)
    assert (told(world.cps_manager, "area_offer_answered"), told(world.investigator, "area_changed")) == (1, 1)
    assert told(world.other_area, "case_handed_over") == 1


@pytest.mark.django_db
def test_declined_the_sender_goes_on(world: World) -> None:
    case, manager = making.brought_case(world), manager_there()
    offered = offer(world, case)
    with refused("Enter the reason", "reason"):
        decline(manager, offered, " ")
    decline(manager, offered)
    assert both(offered) == ("declined", "declined")
    assert fresh(case).cps_area_scope == SOUTH_WEST
    assert told(world.cps_manager, "area_offer_answered") == 1
    offer(world, case)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("more", "words", "field"),
    [
        ({"area_id": SOUTH_WEST}, "another CPS Area", "area_id"),
        ({"area_id": AVON}, "another CPS Area", "area_id"),
        ({"area_id": DIRECT}, "another CPS Area", "area_id"),
        ({"reason": " "}, "the reason", "reason"),
    ],
)
def test_an_offer_that_does_not_fit(world: World, more: dict[str, Any], words: str, field: str) -> None:
    with refused(words, field):
        offer(world, making.brought_case(world), **more)


@pytest.mark.django_db
def test_who_offers_and_how_often(world: World) -> None:
    case = making.brought_case(world)
    for person in (world.prosecutor, world.vlo, world.supervisor):
        with pytest.raises(NotAllowed):
            do(person, transfers.offer_to_area, case, area_id=SOUTH_EAST, reason="x")
    with pytest.raises(Http404):
        do(manager_there(), transfers.offer_to_area, case, area_id=SOUTH_WEST, reason="x")
    offer(world, case)
    with refused("is offered to"):
        offer(world, case)


@pytest.mark.django_db
@pytest.mark.parametrize("state", list(OfferState))
def test_every_answer_from_every_state(world: World, state: OfferState) -> None:
    case, manager = making.brought_case(world), manager_there()
    offered = offer(world, case)
    with scope(system(AVON)):
        given = {"state": state, "answered_at": None if state == OfferState.OFFERED else offered.created_at}
        AreaTransfer.objects.filter(pk=offered.pk).update(**given)
    answers: dict[str, Callable[[], Any]] = {
        OfferState.WITHDRAWN: lambda: do(world.cps_manager, transfers.withdraw_area_offer, case, area_transfer_id=offered.pk, reason="x"),
        OfferState.DECLINED: lambda: decline(manager, offered),
        OfferState.ACCEPTED: lambda: accept(manager, offered, world.other_area),
    }
    for after, answer in answers.items():
        if states.leads(states.TRANSFER, state, after):
            assert state == OfferState.OFFERED
            continue
        with pytest.raises(NotPossible, match="Nothing was changed"):
            answer()
    assert both(offered)[0] == state


@pytest.mark.django_db
def test_withdrawn_by_the_sender_alone(world: World) -> None:
    case = making.brought_case(world)
    offered = offer(world, case)
    with pytest.raises(NotAllowed):
        do(world.prosecutor, transfers.withdraw_area_offer, case, area_transfer_id=offered.pk, reason="x")
    do(world.cps_manager, transfers.withdraw_area_offer, case, area_transfer_id=offered.pk, reason="We keep it")
    assert both(offered) == ("withdrawn", "withdrawn")


@pytest.mark.django_db
def test_an_offer_to_somebody_else_is_nothing(world: World) -> None:
    offered = offer(world, making.brought_case(world))
    for person in (world.cps_manager, world.other_area, world.prosecutor, world.cps_direct):
        with pytest.raises(Http404):
            decline(person, offered)
        with pytest.raises(Http404):
            accept(person, offered, world.other_area)


@pytest.mark.django_db
def test_the_prosecutor_there_is_of_that_area(world: World) -> None:
    offered, manager = offer(world, making.brought_case(world)), manager_there()
    for person in (world.prosecutor, world.investigator):
        with refused("Choose a prosecutor of your Area", "prosecutor_id"):
            accept(manager, offered, person)
    assert both(offered) == ("offered", "offered")


@pytest.mark.django_db
def test_taken_back_by_the_police_the_offer_ends(world: World) -> None:
    case = making.police_case(world)
    row = making.sent_referral(world, case)
    offered, manager = offer(world, case), manager_there()
    act(world.investigator, referrals.withdraw_referral, case, row, reason="Not ready")
    assert both(offered) == ("withdrawn", "withdrawn")
    with refused("withdrawn already"):
        accept(manager, offered, world.other_area)
    assert not fresh(case).brought


@pytest.mark.django_db
def test_offered_on_one_page_and_accepted_on_another(world: World, sign_in: SignIn) -> None:
    case, manager = making.brought_case(world), manager_there()
    browser = sign_in(world.cps_manager)
    posted = {"version": str(fresh(case).version), "area_id": SOUTH_EAST, "reason": "It happened there"}
    assert browser.post(f"/cases/{case.pk}/offer-to-area/", posted).status_code == 302
    assert b"Withdraw the offer" in browser.get("/prosecution/transfers/").content
    with scope(system(AVON)):
        key = IncomingTransfer.objects.get().pk
    there = sign_in(manager)
    assert case.crime_reference.encode() in there.get("/prosecution/transfers/").content
    shown = there.get(f"/prosecution/transfers/{key}/").content
    assert b"It happened there" in shown
    assert b"Smith" not in shown
    empty = there.post(f"/prosecution/transfers/{key}/accept/", {})
    assert empty.status_code == 400
    assert b"Select the prosecutor" in empty.content
    assert b"0 open, no RASSO specialism" in empty.content
    taken = there.post(f"/prosecution/transfers/{key}/accept/", {"prosecutor_id": str(world.other_area.pk)}, follow=True)
    assert b"Smith" in taken.content
    again_there = there.post(f"/prosecution/transfers/{key}/accept/", {"prosecutor_id": str(world.other_area.pk)})
    assert again_there.status_code == 400
    assert b"accepted already" in again_there.content
    assert b"Go to the case" in there.get(f"/prosecution/transfers/{key}/").content


@pytest.mark.django_db
def test_declined_on_its_page_and_nothing_for_others(world: World, sign_in: SignIn) -> None:
    case, manager = making.brought_case(world), manager_there()
    offered = offer(world, case)
    address = f"/prosecution/transfers/{offered.transfer_key}/"
    for person in (world.cps_manager, world.other_area, world.investigator):
        found, nothing = sign_in(person).get(address), sign_in(person).get(f"/prosecution/transfers/{uuid4()}/")
        assert (found.status_code, nothing.status_code) == (404, 404)
        assert found.content == nothing.content
        assert sign_in(person).post(f"{address}decline/", {"reason": "x"}).status_code == 404
    there = sign_in(manager)
    assert there.post(f"{address}decline/", {"reason": ""}).status_code == 400
    assert there.post(f"{address}decline/", {"reason": "Not ours"}).status_code == 302
    assert both(offered) == ("declined", "declined")


@pytest.mark.django_db
def test_the_list_takes_the_same_few_queries_whatever_it_holds(world: World, sign_in: SignIn) -> None:
    browser, counts = sign_in(world.cps_manager), []
    for number in range(4):
        offer(world, making.brought_case(world, reference=f"52/T/{number}"))
        browser.get("/prosecution/transfers/")
        with CaptureQueriesContext(connection) as caught:
            browser.get("/prosecution/transfers/")
        counts.append(len(caught))
    assert len(set(counts)) == 1, counts


@pytest.mark.parametrize("answer", ["accept", "decline"])
def test_an_answer_and_a_withdrawal(committed: str, answer: str) -> None:
    world = World.make()
    case = making.brought_case(world)
    manager, offered = manager_there(), offer(world, case)
    results = at_once(
        (lambda: accept(manager, offered, world.other_area)) if answer == "accept" else (lambda: decline(manager, offered)),
        lambda: withdrawn(world, case, offered),
    )
    assert isinstance(one_was_told(results), NotPossible | Http404)
    first, second = both(offered)
    assert first == second != "offered"
    assert (fresh(case).cps_area_scope == SOUTH_EAST) == (first == "accepted")


def withdrawn(world: World, case: m.Case, offered: AreaTransfer) -> Any:
    """Withdraw it; where it was accepted first the case is nothing to this manager any longer."""
    try:
        return do(world.cps_manager, transfers.withdraw_area_offer, case, area_transfer_id=offered.pk, reason="We keep it")
    except Http404:
        raise NotPossible("The case is another Area's already.") from None
