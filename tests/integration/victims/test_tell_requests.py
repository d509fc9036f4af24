"""Asking the ISVA to tell: read, told, could not, back unread; the duty stays the police’s until it is told."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from accounts.models import User
from audit import context as audit_context
from cases import models as m
from cases.reminding.recipients import Recipients, Running
from cases.services.telling import open_to_tell
from core import clock
from core.exceptions import NotPossible
from core.scope import scope, system
from tests.factories import AVON, World, acting_as, ago
from tests.integration.cases.asking import deadline, live_since, refused
from tests.integration.cases.making import do, fresh, timeline
from tests.integration.notifications.making import london
from tests.integration.victims.supporting import (
    arrested,
    as_isva,
    ask_to_tell,
    complainant_of,
    make_client,
    make_manager,
    row_of,
    told_of,
)
from victims.client import page_of_client
from victims.client_asked import SOMETHING
from victims.models import SupportReferral, TellRequest
from victims.services import messages, tell_requests
from victims.services.isva_changing import see_client_or_404

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(world: World) -> User:
    live_since(AVON, days=30)
    return make_manager()


def test_what_is_confirmed_in_writing_is_not_told_through_the_isva(world: World, manager: User) -> None:
    """Victims' Code 2020, Right 3."""
    case = make_client(world, manager)
    with acting_as(world.investigator):
        found = open_to_tell(fresh(case), complainant_of(case))
    (written,) = [one for one in found if one.about == "told_crime_recorded"]
    with refused("what is to be told", "thing"):
        ask_to_tell(world, case, thing=written.key)


def test_a_request_to_tell_goes_read_and_told_and_only_then_the_duty_ends(world: World, manager: User) -> None:
    case = make_client(world, manager, "Marrowdale")
    row = ask_to_tell(world, case)
    thing = f"{row.about}:{row.fact_id}"
    assert (deadline(case, "tell_request").owes, deadline(case, "told_arrest").met_at) == ("isva", None)
    assert "client_tell_request" in told_of(world.isva)
    with refused("already", "thing"):
        ask_to_tell(world, case, thing=thing)
    with refused("Open the request first"):
        as_isva(world.isva, tell_requests.answer_tell_request, case, target_id=row.pk, answer="told", told_at=clock.now())

    as_isva(world.isva, tell_requests.read_tell_request, case, target_id=row.pk)
    as_isva(world.isva, tell_requests.read_tell_request, case, target_id=row.pk)
    assert timeline(case).count("tell_request_read") == 1
    for answer, told_at, field in (("told", None, "told_at"), ("told", ago(days=1), "told_at"), ("sent", None, "answer")):
        with pytest.raises(NotPossible) as caught:
            as_isva(world.isva, tell_requests.answer_tell_request, case, target_id=row.pk, answer=answer, told_at=told_at)
        assert caught.value.field == field
    assert deadline(case, "told_arrest").met_at is None

    as_isva(world.isva, tell_requests.answer_tell_request, case, target_id=row.pk, answer="told", told_at=clock.now(), note="She is well.")
    assert deadline(case, "told_arrest").met_at is not None
    assert deadline(case, "tell_request").met_at is not None
    told = row_of(m.Told, case)
    assert (told.how, told.created_by_id, told.side) == ("via_isva", world.isva.pk, "police")
    assert "tell_request_answered" in told_of(world.investigator)


@pytest.mark.parametrize("answer", ["could_not", "asks_officer"])
def test_what_could_not_be_told_stays_the_officers(world: World, manager: User, answer: str) -> None:
    case = make_client(world, manager, "Marrowdale")
    row = ask_to_tell(world, case)
    as_isva(world.isva, tell_requests.read_tell_request, case, target_id=row.pk)
    as_isva(world.isva, tell_requests.answer_tell_request, case, target_id=row.pk, answer=answer)
    assert deadline(case, "tell_request").met_at is not None
    assert deadline(case, "told_arrest").met_at is None
    ask_to_tell(world, case, thing=f"{row.about}:{row.fact_id}")


def test_unread_it_returns_after_four_working_hours_and_not_before(world: World, manager: User) -> None:
    case = make_client(world, manager, "Marrowdale")
    row = ask_to_tell(world, case)
    with audit_context.acting_as_system(reason="test"):
        assert tell_requests.return_unread(AVON) == 0
        with scope(system(AVON)):
            TellRequest.objects.filter(pk=row.pk).update(sent_at=ago(days=6))
        assert tell_requests.return_unread(AVON) == 1
        assert tell_requests.return_unread(AVON) == 0
    assert row_of(TellRequest, case).state == "returned"
    assert "tell_request_returned" in told_of(world.investigator)
    assert deadline(case, "tell_request").ended_at is not None
    assert deadline(case, "told_arrest").met_at is None
    with refused("officer already"):
        as_isva(world.isva, tell_requests.answer_tell_request, case, target_id=row.pk, answer="could_not")


def test_it_comes_back_in_the_minute_the_four_hours_are_over(world: World, manager: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sent on a Friday at three, in hours of nine to five: read at 10:59 on Monday it is read; a minute later it is the officer’s."""
    sent, last = london("2026-11-20 15:00"), london("2026-11-23 10:59")
    kept, lost = (make_client(world, manager, "Marrowdale", reference=f"52/CLIENT/{number}") for number in (1, 2))
    rows = [ask_to_tell(world, case) for case in (kept, lost)]
    with scope(system(AVON)):
        TellRequest.objects.filter(pk__in=[row.pk for row in rows]).update(sent_at=sent)
    monkeypatch.setattr(clock, "now", lambda: last)
    with audit_context.acting_as_system(reason="test"):
        assert tell_requests.return_unread(AVON) == 0
    as_isva(world.isva, tell_requests.read_tell_request, kept, target_id=rows[0].pk)
    monkeypatch.setattr(clock, "now", lambda: last + timedelta(minutes=1))
    with audit_context.acting_as_system(reason="test"):
        assert tell_requests.return_unread(AVON) == 1
    assert [row_of(TellRequest, case).state for case in (kept, lost)] == ["read", "returned"]


def test_reminders_go_to_the_isva_and_above_to_the_manager(world: World, manager: User) -> None:
    case = make_client(world, manager, "Marrowdale")
    ask_to_tell(world, case)
    row = deadline(case, "tell_request")
    running = Running(row.pk, AVON, case.pk, row.kind, row.owes, row.due_on, True, 0, None, False)

    def reminded() -> tuple[list[UUID], list[UUID]]:
        with scope(system(AVON)):
            found = Recipients(AVON, [running])
            return found.owners(running), found.above(running)

    assert reminded() == ([world.isva.pk], [manager.pk])
    with scope(system(AVON)):
        SupportReferral.objects.filter(case=case).update(isva=None)
    assert reminded() == ([manager.pk], [manager.pk])
    with scope(system(AVON)):
        SupportReferral.objects.filter(case=case).update(consent_withdrawn_at=clock.now())
    assert reminded() == ([], [])


def lines_of(world: World, case: m.Case) -> list[Any]:
    """Return what the client's page shows of requests to tell, opened."""

    def page(*, actor: User, complainant_id: UUID) -> Any:
        return page_of_client(see_client_or_404(actor, complainant_id)).to_tell

    return list(as_isva(world.isva, page, case))


def test_what_it_is_about_is_shown_once_opened_and_no_longer_once_it_went_back(world: World, manager: User) -> None:
    """So that "read" is true, and that what the officer takes back is hers or his to tell again."""
    case = make_client(world, manager, "Marrowdale")
    row = ask_to_tell(world, case, may_be_said="Canary", safe_when="Canary")
    (unread,) = lines_of(world, case)
    assert (unread.about, unread.words, unread.may_be_said, unread.safe_when, unread.unread) == (SOMETHING, "", "", "", True)
    as_isva(world.isva, tell_requests.read_tell_request, case, target_id=row.pk)
    (read,) = lines_of(world, case)
    assert (read.about, read.words, read.waits) == ("There was an arrest", "There has been an arrest.", True)
    do(world.investigator, tell_requests.take_back_tell_request, case, tell_request_id=row.pk)
    (back,) = lines_of(world, case)
    assert (back.about, back.words, back.may_be_said, back.unread, back.waits) == (SOMETHING, "", "", False, False)


def test_read_it_does_not_return_and_the_officer_may_take_it_back(world: World, manager: User) -> None:
    case = make_client(world, manager, "Marrowdale")
    row = ask_to_tell(world, case)
    as_isva(world.isva, tell_requests.read_tell_request, case, target_id=row.pk)
    with scope(system(AVON)):
        TellRequest.objects.filter(pk=row.pk).update(sent_at=ago(days=6))
    with audit_context.acting_as_system(reason="test"):
        assert tell_requests.return_unread(AVON) == 0
    do(world.investigator, tell_requests.take_back_tell_request, case, tell_request_id=row.pk)
    with pytest.raises(NotPossible, match="taken back"):
        do(world.investigator, tell_requests.take_back_tell_request, case, tell_request_id=row.pk)


def test_a_request_needs_consent_words_and_something_to_tell(world: World, manager: User) -> None:
    case = make_client(world, manager, "Marrowdale")
    with refused("Select what is to be told", "thing"):
        ask_to_tell(world, case, thing=f"told_arrest:{uuid4()}")
    with refused("Enter the words", "words"):
        ask_to_tell(world, case, thing=arrested(world, case), words=" ")
    as_isva(world.isva, messages.withdraw_consent_as_isva, case)
    with refused("does not stand"):
        ask_to_tell(world, case, thing="told_arrest:x")
