"""Appointments: booked with somebody of the case, kept, cancelled with the reason, rebooked; and what an event does to them."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from cases import models as m
from core import clock
from core.exceptions import Conflict, NotAllowed
from core.scope import scope, system
from core.sealedfield import opening
from tests.factories import AVON, World, acting_as
from tests.integration.cases.asking import refused, texts
from tests.integration.cases.making import do, timeline
from tests.integration.victims.booking import CANARY, book, case_of, event, fresh, past, soon, victim_of
from victims.models import Appointment
from victims.pages.appointments import cancelled_sentence
from victims.services import appointments as services

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def case(world: World) -> m.Case:
    return case_of(world)


def act(world: World, service: Any, case: m.Case, row: Appointment, **more: Any) -> Any:
    return do(world.investigator, service, case, appointment_id=row.pk, **more)


def test_an_appointment_is_booked_with_an_officer_of_the_case_to_come(world: World, case: m.Case) -> None:
    row = book(world, case, interpreter_booked=True)
    assert (row.with_user_id, row.interpreter_booked, row.kept_at) == (world.investigator.pk, True, None)
    assert timeline(case)[-1] == "appointment_booked"
    with scope(system(AVON)), opening("test"):
        assert Appointment.objects.get().place == f"Room at {CANARY} House"
    assert not [text for text in texts(case, "appointment_booked") if CANARY in text]


def test_the_past_strangers_and_no_purpose_are_refused_beside_the_field(world: World, case: m.Case) -> None:
    with refused("in the future", "starts_at"):
        book(world, case, soon(-1))
    for stranger in (world.colleague, world.kent, world.prosecutor):
        with refused("works on this case", "with_id"):
            book(world, case, with_id=stranger.pk)
    with refused("what the appointment is for", "purpose"):
        book(world, case, purpose="tea")
    with pytest.raises(Http404), acting_as(world.investigator):
        services.book_appointment(
            actor=world.investigator,
            case_id=case.pk,
            complainant_id=uuid4(),
            purpose="statement",
            starts_at=soon(),
            with_id=world.investigator.pk,
        )


def test_the_cps_books_nothing(world: World, case: m.Case) -> None:
    from cases.services.sharing import bring_to_area

    do(world.investigator, bring_to_area, case)
    for person in (world.cps_manager,):
        with pytest.raises(NotAllowed):
            book(world, case, by=person)


def test_kept_only_once_it_began_and_once(world: World, case: m.Case) -> None:
    row = book(world, case)
    with refused("still to come"):
        act(world, services.keep_appointment, case, row)
    begun = past(world, case)
    assert act(world, services.keep_appointment, case, begun).kept_at is not None
    for service, more in ((services.keep_appointment, {}), (services.cancel_by_her, {}), (services.cancel_by_us, {"reason": "room"})):
        with refused("was kept"):
            act(world, service, case, begun, **more)


def test_we_cancel_with_a_reason_and_an_event_of_the_officer(world: World, case: m.Case) -> None:
    row, other, own = book(world, case), event(world, world.colleague), event(world)
    with refused("why we cancel", "reason"):
        act(world, services.cancel_by_us, case, row, reason="")
    with refused("what the reason is", "reason_note"):
        act(world, services.cancel_by_us, case, row, reason="other", reason_note=" ")
    for wrong in (None, other.pk, uuid4()):
        with refused("the event that the officer", "abstraction_id"):
            act(world, services.cancel_by_us, case, row, reason="abstraction", abstraction_id=wrong)
    with refused("Leave the event empty", "abstraction_id"):
        act(world, services.cancel_by_us, case, row, reason="room", abstraction_id=own.pk)
    with refused("on the day of the appointment", "abstraction_id"):
        later = book(world, case, soon(9))
        act(world, services.cancel_by_us, case, later, reason="abstraction", abstraction_id=own.pk)
    done = act(world, services.cancel_by_us, case, row, reason="abstraction", abstraction_id=own.pk, reason_note="Called in")
    assert (done.cancelled_by, done.reason, done.abstraction_id) == ("us", "abstraction", own.pk)
    assert texts(case, "appointment_cancelled") == ["Statement, cancelled by us, officer sent to an event, Festival"]


def test_she_cancels_without_a_reason_and_it_does_not_count_on_us(world: World, case: m.Case) -> None:
    row = book(world, case)
    done = act(world, services.cancel_by_her, case, row)
    assert (done.cancelled_by, done.reason) == ("her", "")
    assert cancelled_sentence([done], "A") == "We have not cancelled an appointment on her or him."


def test_moved_in_one_act_keeps_place_and_links_both(world: World, case: m.Case) -> None:
    row = book(world, case)
    made = act(
        world, services.move_appointment, case, row, cancelled_by="us", reason="sickness", starts_at=soon(9), with_id=world.investigator.pk
    )
    before = fresh(Appointment, row)
    assert (before.rebooked_as_id, before.cancelled_by, before.reason) == (made.pk, "us", "sickness")
    with scope(system(AVON)), opening("test"):
        assert Appointment.objects.get(pk=made.pk).place == f"Room at {CANARY} House"
    with refused("was cancelled"):
        act(world, services.move_appointment, case, row, cancelled_by="her", starts_at=soon(9), with_id=world.investigator.pk)


def test_a_move_that_fails_cancels_nothing(world: World, case: m.Case) -> None:
    row = book(world, case)
    with refused("in the future", "starts_at"):
        act(world, services.move_appointment, case, row, cancelled_by="her", starts_at=soon(-1), with_id=world.investigator.pk)
    assert fresh(Appointment, row).cancelled_at is None
    with refused("who asked", "cancelled_by"):
        act(world, services.move_appointment, case, row, cancelled_by="", starts_at=soon(9), with_id=world.investigator.pk)
    with refused("unless we cancel", "reason"):
        act(
            world, services.move_appointment, case, row, cancelled_by="her", reason="room", starts_at=soon(9), with_id=world.investigator.pk
        )


def test_what_was_cancelled_is_rebooked_once(world: World, case: m.Case) -> None:
    row = book(world, case)
    with refused("move it instead"):
        act(world, services.rebook_appointment, case, row, starts_at=soon(9), with_id=world.investigator.pk)
    act(world, services.cancel_by_us, case, row, reason="room")
    made = act(world, services.rebook_appointment, case, row, starts_at=soon(9), with_id=world.investigator.pk, place="Elsewhere")
    assert fresh(Appointment, row).rebooked_as_id == made.pk
    with refused("booked in the place"):
        act(world, services.rebook_appointment, case, row, starts_at=soon(10), with_id=world.investigator.pk)


def test_the_officer_taken_or_away_is_warned_of_and_stops_nothing(world: World, case: m.Case) -> None:
    first = book(world, case)
    with acting_as(world.investigator):
        assert services.warning_for(first) == ""
    event(world)
    with scope(system(AVON)):
        User.objects.filter(pk=world.investigator.pk).update(away_from=clock.london_day(soon()), away_to=clock.london_day(soon()))
    row = book(world, case)
    with acting_as(world.investigator):
        row.with_user.refresh_from_db()
        words = services.warning_for(row)
    assert "“Festival”" in words
    assert "is away on" in words


def test_how_often_we_cancelled_is_a_sentence_with_a_number(world: World, case: m.Case) -> None:
    taken = event(world)
    rows = [act(world, services.cancel_by_us, case, book(world, case), reason="room") for _ in range(2)]
    assert cancelled_sentence(rows[:1], "A") == "We cancelled on Victim A once."
    rows.append(act(world, services.cancel_by_us, case, book(world, case), reason="abstraction", abstraction_id=taken.pk))
    assert cancelled_sentence(rows, "A") == "We cancelled on Victim A 3 times, 1 of them for an event."
    assert cancelled_sentence(rows[2:], "A").endswith("once, because the officer was sent to an event.")
    assert cancelled_sentence([], "A") == ""


def test_two_at_once_one_wins(world: World, case: m.Case) -> None:
    row = book(world, case)
    with scope(system(AVON)):
        version = m.Case.objects.get(pk=case.pk).version
    act(world, services.cancel_by_us, case, row, reason="room", version=version)
    with pytest.raises(Conflict) as caught:
        act(world, services.cancel_by_her, case, row, version=version)
    assert caught.value.change.who == world.investigator.name


def test_the_worklist_asks_kept_or_cancelled(world: World, case: m.Case, sign_in: SignIn) -> None:
    past(world, case)
    html = sign_in(world.investigator).get("/").content.decode()
    assert "kept or cancelled?" in html
    assert CANARY not in html


def test_the_victims_page_shows_no_place_and_the_list_does_to_those_shown_identity(world: World, case: m.Case, sign_in: SignIn) -> None:
    book(world, case)
    address = f"/victims/{victim_of(case).pk}/"
    html = sign_in(world.investigator).get(address).content.decode()
    assert "Statement" in html
    assert CANARY not in html
    assert CANARY in sign_in(world.investigator).get(f"{address}appointments/").content.decode()
    assert sign_in(world.colleague).get(f"{address}appointments/").status_code == 404
    assert sign_in(world.kent).get(f"{address}appointments/").status_code == 404


def test_bad_input_comes_back_beside_the_field_with_what_was_typed(world: World, case: m.Case, sign_in: SignIn) -> None:
    browser = sign_in(world.investigator)
    address = f"/cases/{case.pk}/book-appointment/{victim_of(case).pk}/"
    page = browser.get(address)
    assert page.status_code == 200, "the address of the act"
    sent = {"version": "1", "purpose": "statement", "starts_at_0": "31", "starts_at_1": "2", "starts_at_2": "2027", "place": "Keep me"}
    answered = browser.post(address, sent)
    assert answered.status_code == 400
    html = answered.content.decode()
    assert "Keep me" in html
    assert 'id="id_starts_at-error"' in html


def test_acting_and_coming_back_to_the_victims_page(world: World, case: m.Case, sign_in: SignIn) -> None:
    row = book(world, case)
    browser, here = sign_in(world.investigator), f"/victims/{victim_of(case).pk}/"
    html = browser.get(here).content.decode()
    address = f"/cases/{case.pk}/appointment-cancelled-by-victim/{row.pk}/?back={here.replace('/', '/')}"
    assert "appointment-cancelled-by-victim" in html
    with scope(system(AVON)):
        version = m.Case.objects.get(pk=case.pk).version
    answered = browser.post(address, {"version": str(version), "reason_note": ""})
    assert (answered.status_code, answered.headers["Location"]) == (302, here)


def test_the_cps_reads_that_an_event_took_the_officer_and_not_which(world: World, case: m.Case, sign_in: SignIn) -> None:
    from cases.services.sharing import bring_to_area

    row = event(world)
    act(world, services.cancel_by_us, case, book(world, case), reason="abstraction", abstraction_id=row.pk)
    do(world.investigator, bring_to_area, case)
    answered = sign_in(world.cps_manager).get(f"/victims/{victim_of(case).pk}/")
    html = answered.content.decode()
    assert answered.status_code == 200
    assert "Officer sent to an event" in html
    assert "Festival" not in html.split('id="appointments"', 1)[1].split("</section", 1)[0]


def test_the_number_of_queries_does_not_grow(world: World, case: m.Case, sign_in: SignIn) -> None:
    browser, here = sign_in(world.investigator), f"/victims/{victim_of(case).pk}/"
    row = event(world)
    found = []
    for count in (1, 4):
        for _ in range(count):
            book(world, case, soon(2))
            act(world, services.cancel_by_us, case, book(world, case, soon(2)), reason="abstraction", abstraction_id=row.pk)
        browser.get(here)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(here).status_code == 200
            assert browser.get(f"{here}appointments/").status_code == 200
        found.append(len(queries))
    assert found[0] == found[1]
    supervisor = sign_in(world.supervisor)
    supervisor.get(f"/abstractions/{row.pk}/")
    before = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert supervisor.get(f"/abstractions/{row.pk}/").status_code == 200
        before.append(len(queries))
        book(world, case, soon(2))
    assert before[0] == before[1]
