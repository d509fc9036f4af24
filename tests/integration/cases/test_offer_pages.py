"""The pages of offers between forces, and what both cases say of each other."""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from cases import models as m
from cases.services.access import restrict
from cases.services.offers import withdraw_offer
from core.scope import scope, system
from tests.factories import AVON, KENT, World
from tests.integration.cases.making import do, fresh, make_case
from tests.integration.cases.offering import accept, kent_unit, offer, states

SignIn = Callable[[User], Client]


def test_offered_on_one_page_and_accepted_on_another(world: World, sign_in: SignIn) -> None:
    case, unit = make_case(world.investigator, "Secretname"), kent_unit()
    browser = sign_in(world.supervisor)
    assert b"Offer to another force" in browser.get(f"/cases/{case.pk}/").content
    answer = browser.post(f"/cases/{case.pk}/offer-to-force/", {"version": "1", "force_id": KENT, "reason": "It happened in Kent"})
    assert answer.status_code == 302
    page = browser.get(f"/cases/{case.pk}/").content
    assert b"Offered to Kent Police" in page
    assert b"Withdraw the offer" in page
    assert b"/offer-to-force/" not in page
    assert browser.get(f"/cases/{case.pk}/offer-to-force/").status_code == 400
    assert case.crime_reference.encode() in browser.get("/offers/").content

    other = sign_in(world.kent_supervisor)
    with scope(system(KENT)):
        key = m.IncomingOffer.objects.get().pk
    assert case.crime_reference.encode() in other.get("/offers/").content
    shown = other.get(f"/offers/{key}/").content
    assert b"It happened in Kent" in shown
    assert b"Secretname" not in shown
    empty = other.post(f"/offers/{key}/accept/", {})
    assert empty.status_code == 400
    assert b"Select the officer in the case" in empty.content
    typed = {"crime_reference": "46/PAGE/1", "officer_id": str(world.kent.pk), "unit_id": str(unit.pk)}
    taken = other.post(f"/offers/{key}/accept/", typed, follow=True)
    assert b"Secretname" in taken.content
    assert f"Came from Avon and Somerset Police, {case.crime_reference}".encode() in taken.content
    assert b"no accreditation for rape investigation" in taken.content
    again = other.post(f"/offers/{key}/accept/", {**typed, "crime_reference": "46/PAGE/2"})
    assert again.status_code == 400
    assert b"accepted already" in again.content

    browser = sign_in(world.supervisor)
    gone = browser.get(f"/cases/{case.pk}/").content
    assert b"Went on in Kent Police as 46/PAGE/1" in gone
    assert b"rasso-acts" not in gone, "no act is offered on a record that has ended"
    assert browser.get(f"/cases/{case.pk}/add-note/").status_code == 400


def test_declined_on_its_page(world: World, sign_in: SignIn) -> None:
    offered = offer(world, make_case(world.investigator, "Invented"))
    browser = sign_in(world.kent_supervisor)
    assert browser.post(f"/offers/{offered.offer_key}/decline/", {"reason": ""}).status_code == 400
    assert browser.post(f"/offers/{offered.offer_key}/decline/", {"reason": "Not ours"}).status_code == 302
    assert states(offered) == ("declined", "declined")
    assert browser.post(f"/offers/{offered.offer_key}/decline/", {"reason": "Not ours"}).status_code == 400


def test_withdrawn_on_the_case(world: World, sign_in: SignIn) -> None:
    case = make_case(world.investigator, "Invented")
    offered = offer(world, case)
    browser = sign_in(world.supervisor)
    address = f"/cases/{case.pk}/withdraw-offer/{offered.pk}/"
    assert b"Kent Police" in browser.get(address).content
    assert browser.post(address, {"version": fresh(case).version, "reason": "Ours after all"}).status_code == 302
    assert states(offered) == ("withdrawn", "withdrawn")
    assert browser.get(address).status_code == 400
    assert b"Withdrawn" in sign_in(world.kent_supervisor).get(f"/offers/{offered.offer_key}/").content


def test_an_offer_to_another_force_is_nothing_here(world: World, sign_in: SignIn) -> None:
    offered = offer(world, make_case(world.investigator, "Invented"))
    for who in (world.supervisor, world.kent, world.prosecutor):
        browser = sign_in(who)
        for path in ("", "accept/", "decline/"):
            send = browser.post if path else browser.get
            assert send(f"/offers/{offered.offer_key}/{path}").status_code == 404


def test_an_offer_of_a_restricted_case_shows_to_those_who_see_the_case(world: World, sign_in: SignIn) -> None:
    case = make_case(world.investigator, "Invented")
    do(world.supervisor, restrict, case, because="Somebody is known")
    offer(world, case)
    assert case.crime_reference.encode() in sign_in(world.supervisor).get("/offers/").content
    assert case.crime_reference.encode() not in sign_in(world.supervisor2).get("/offers/").content


def test_the_list_takes_the_same_few_queries_whatever_it_holds(world: World, sign_in: SignIn) -> None:
    def queries(browser: Client) -> int:
        with CaptureQueriesContext(connection) as found:
            assert browser.get("/offers/").status_code == 200
        return len([query for query in found if "SAVEPOINT" not in query["sql"]])

    browsers = {who: Client() for who in ("supervisor", "kent_supervisor")}
    taken: dict[str, set[int]] = {who: set() for who in browsers}
    for number in range(1, 7):
        case = make_case(world.investigator, "Invented", reference=f"52/MANY/{number}")
        offered = offer(world, case)
        if number % 3 == 1:
            accept(world.kent_supervisor, offered, world.kent, crime_reference=f"46/MANY/{number}")
        elif number % 3 == 2:
            do(world.supervisor, withdraw_offer, case, offer_id=offered.pk, reason="x")
        if number >= 3:
            for who, browser in browsers.items():
                browser.force_login(getattr(world, who))
                browser.get("/offers/")
                taken[who].add(queries(browser))
    assert all(len(counts) == 1 for counts in taken.values()), taken
    with scope(system(AVON)):
        assert m.CaseOffer.objects.count() == 6
