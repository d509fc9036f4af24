"""Requests for information: gates hold in policy, service and database; changes take back; the line of enquiry is kept in step."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from cases import models as m
from cases.models import CaseRole
from cases.services.enquiries import end_enquiry, open_enquiry
from cases.services.sharing import bring_to_area
from core import clock
from core.exceptions import Conflict, NotAllowed
from core.scope import scope, system
from tests.factories import AVON, World, ago
from tests.integration.cases.asking import refused
from tests.integration.cases.making import do
from tests.integration.victims.booking import CANARY, FILLED, case_of, draft, fresh, join, noticed, victim_of
from victims.models import InformationRequest
from victims.services import requests as services

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def case(world: World) -> m.Case:
    return case_of(world)


def act(person: User, service: Any, case: m.Case, row: InformationRequest, **more: Any) -> Any:
    return do(person, service, case, information_request_id=row.pk, **more)


def gate(row: InformationRequest) -> str:
    return str(fresh(InformationRequest, row).line_of_enquiry.gate)


def again(row: InformationRequest, **more: str) -> dict[str, Any]:
    """What the form of a change sends: everything as it stands."""
    return {
        "records": row.records, "holder": f"{CANARY} Surgery", "wanted": f"Letters about {CANARY}", "enquiry_id": row.line_of_enquiry_id,
        **FILLED, **more,
    }  # fmt: skip


def counselling(world: World, case: m.Case) -> InformationRequest:
    """Everything but the approval."""
    join(world, case, world.supervisor2, CaseRole.INSPECTOR)
    row = draft(world, case, records="counselling", **FILLED, substantial_probative_value="It is the only record of that day")
    return noticed(world, case, row)


def test_a_draft_is_kept_with_gates_open_and_cannot_be_sent(world: World, case: m.Case) -> None:
    row = draft(world, case)
    assert gate(row) == "open"
    with refused("cannot be sent yet. Say why the line of enquiry is reasonable"):
        act(world.investigator, services.send_request, case, row, sent_at=clock.now())


def test_what_a_draft_cannot_do_without(world: World, case: m.Case) -> None:
    row = draft(world, case)
    given = {"complainant_id": victim_of(case).pk, "records": "medical", "holder": "H", "wanted": "W", "enquiry_id": row.line_of_enquiry_id}
    for name, words in (("records", "what records"), ("holder", "who holds"), ("wanted", "what is asked for")):
        with refused(words, name):
            do(world.investigator, services.draft_request, case, **{**given, name: ""})
    line = do(world.investigator, open_enquiry, case, focus="suspect", what="Camera")
    with refused("about the victim", "enquiry_id"):
        do(world.investigator, services.draft_request, case, **{**given, "enquiry_id": line.pk})
    with pytest.raises(Http404):
        do(world.investigator, services.draft_request, case, **{**given, "enquiry_id": uuid4()})


def test_with_everything_it_is_sent_on_or_after_the_day_of_the_notice(world: World, case: m.Case) -> None:
    row = draft(world, case, **FILLED)
    with refused("Record the written notice"):
        act(world.investigator, services.send_request, case, row, sent_at=clock.now())
    noticed(world, case, row, ago(minutes=5))
    assert gate(row) == "met"
    with refused("on or after the day of the notice", "sent_at"):
        act(world.investigator, services.send_request, case, row, sent_at=ago(days=2))
    with refused("in the past", "sent_at"):
        act(world.investigator, services.send_request, case, row, sent_at=clock.now() + timedelta(hours=2))
    act(world.investigator, services.send_request, case, row, sent_at=clock.now())
    with refused("was sent"):
        act(world.investigator, services.change_request, case, row, **again(row))
    with refused("after the request was sent", "answered_at"):
        act(world.investigator, services.record_answer, case, row, answered_at=ago(days=1))
    act(world.investigator, services.record_answer, case, row, answered_at=clock.now())
    with refused("answered or withdrawn"):
        act(world.investigator, services.withdraw_request, case, row)


@pytest.mark.parametrize("name", sorted(FILLED))
def test_each_text_left_out_keeps_it_from_being_sent(world: World, case: m.Case, name: str) -> None:
    row = noticed(world, case, draft(world, case, **{**FILLED, name: "  "}))
    with refused("cannot be sent yet"):
        act(world.investigator, services.send_request, case, row, sent_at=clock.now())
    assert gate(row) == "open"


def test_the_database_refuses_what_the_service_would(world: World, case: m.Case) -> None:
    plain, sealed = draft(world, case, **FILLED), draft(world, case, records="counselling", **FILLED)
    noticed(world, case, sealed)
    for row in (plain, sealed):
        with scope(system(AVON)), pytest.raises(IntegrityError), transaction.atomic():
            InformationRequest.objects.filter(pk=row.pk).update(sent_at=clock.now())


@pytest.mark.parametrize(
    ("more", "words", "field"),
    [
        ({"notice_to": ""}, "who was given", "notice_to"),
        ({"notice_to": "victim"}, "when the notice was given", "given_at"),
        ({"notice_to": "withheld"}, "why the notice is withheld", "withheld_because"),
        ({"notice_to": "victim", "withheld_because": "x"}, "Leave this empty", "withheld_because"),
    ],
)
def test_a_notice_that_does_not_fit(world: World, case: m.Case, more: dict[str, str], words: str, field: str) -> None:
    with refused(words, field):
        act(world.investigator, services.record_notice, case, draft(world, case), **more)


def test_a_notice_to_come_or_both_given_and_withheld(world: World, case: m.Case) -> None:
    row = draft(world, case, **FILLED)
    with refused("in the past", "given_at"):
        noticed(world, case, row, clock.now() + timedelta(hours=1))
    with refused("Leave this empty", "given_at"):
        act(world.investigator, services.record_notice, case, row, notice_to="withheld", given_at=ago(hours=1), withheld_because="x")
    act(world.investigator, services.record_notice, case, row, notice_to="withheld", withheld_because="It would put her in danger")
    act(world.investigator, services.send_request, case, row, sent_at=clock.now())


def test_counselling_needs_a_supervisor_who_did_not_ask(world: World, case: m.Case) -> None:
    row = counselling(world, case)
    with refused("A supervisor who did not ask"):
        act(world.investigator, services.send_request, case, row, sent_at=clock.now())
    for person in (world.investigator, world.sergeant):
        with pytest.raises(NotAllowed):
            act(person, services.answer_request, case, row, approve=True)
    with refused("why you refuse", "note"):
        act(world.supervisor, services.answer_request, case, row, approve=False)
    act(world.supervisor, services.answer_request, case, row, approve=False, note="Ask the suspect first")
    assert gate(row) == "open"
    act(world.supervisor, services.answer_request, case, row, approve=True)
    assert gate(row) == "met"
    act(world.investigator, services.send_request, case, row, sent_at=clock.now() + timedelta(seconds=30))


def test_nobody_approves_the_own_request(world: World, case: m.Case) -> None:
    row = draft(world, case, records="counselling", by=world.supervisor, **FILLED, substantial_probative_value="x")
    with refused("another supervisor"):
        act(world.supervisor, services.answer_request, case, row, approve=True)
    act(world.supervisor2, services.answer_request, case, row, approve=True)


def test_nobody_approves_words_of_the_own(world: World, case: m.Case) -> None:
    row = counselling(world, case)
    stands = again(row, substantial_probative_value="It is the only record of that day")
    act(world.supervisor, services.change_request, case, row, **{**stands, "necessary_because": "As the supervisor put it"})
    with refused("changed it last"):
        act(world.supervisor, services.answer_request, case, row, approve=True)
    act(world.investigator, services.change_request, case, row, **{**stands, "necessary_because": "As the officer put it"})
    act(world.supervisor, services.answer_request, case, row, approve=True)
    assert gate(row) == "met"


def test_the_presumption_is_rebutted_before_approval(world: World, case: m.Case) -> None:
    row = draft(world, case, records="counselling", **FILLED)
    with refused("presumption against", "approve"):
        act(world.supervisor, services.answer_request, case, row, approve=True)
    with refused("Only a request for counselling"):
        act(world.supervisor, services.answer_request, case, draft(world, case), approve=True)


def test_a_change_takes_back_the_notice_and_the_approval(world: World, case: m.Case) -> None:
    row = counselling(world, case)
    act(world.supervisor, services.answer_request, case, row, approve=True)
    rebutted = "It is the only record of that day"
    with refused("Nothing was changed"):
        act(world.investigator, services.change_request, case, row, **again(row, substantial_probative_value=rebutted))
    act(world.investigator, services.change_request, case, row, **again(row, substantial_probative_value=rebutted, necessary_because="New"))
    now = fresh(InformationRequest, row)
    assert (now.notice_to, now.approved_at, now.approved_by_id) == ("victim", None, None), "the notice does not say why it is necessary"
    act(world.supervisor, services.answer_request, case, row, approve=True)
    changed = again(row, substantial_probative_value=rebutted, necessary_because="New", wanted="More of it")
    act(world.investigator, services.change_request, case, row, **changed)
    now = fresh(InformationRequest, row)
    assert (now.notice_to, now.notice_given_at, now.approved_at) == ("", None, None)
    assert gate(row) == "open"


def test_the_line_of_enquiry_is_met_only_when_every_request_on_it_is(world: World, case: m.Case) -> None:
    first = noticed(world, case, draft(world, case, **FILLED))
    second = draft(world, case)
    do(
        world.investigator, services.change_request, case, information_request_id=second.pk,
        **{**again(second, how_handled=""), "enquiry_id": first.line_of_enquiry_id},
    )  # fmt: skip
    assert gate(first) == "open"
    act(world.investigator, services.withdraw_request, case, second)
    assert gate(first) == "met"
    act(world.investigator, services.withdraw_request, case, first)
    assert gate(first) == "open"


def test_an_enquiry_that_ended_opens_its_gate(world: World, case: m.Case) -> None:
    row = noticed(world, case, draft(world, case, **FILLED))
    do(world.investigator, end_enquiry, case, enquiry_id=row.line_of_enquiry_id, state="done", result="Found elsewhere")
    with refused("Link the request to a line of enquiry"):
        act(world.investigator, services.send_request, case, row, sent_at=clock.now())


def test_two_at_once_one_wins(world: World, case: m.Case) -> None:
    row = noticed(world, case, draft(world, case, **FILLED))
    with scope(system(AVON)):
        version = m.Case.objects.get(pk=case.pk).version
    act(world.investigator, services.send_request, case, row, sent_at=clock.now(), version=version)
    with pytest.raises(Conflict):
        act(world.investigator, services.withdraw_request, case, row, version=version)


def test_who_is_not_shown_identity_writes_and_reads_nothing_of_it(world: World, case: m.Case, sign_in: SignIn) -> None:
    row = draft(world, case, **FILLED)
    with pytest.raises(NotAllowed):
        act(world.sergeant, services.change_request, case, row, **again(row, wanted="Everything"))
    here = f"/victims/{victim_of(case).pk}/"
    browser = sign_in(world.sergeant)
    assert browser.get(f"/cases/{case.pk}/change-information-request/{row.pk}/").status_code == 403
    for address in (f"{here}requests/{row.pk}/", f"{here}requests/{row.pk}/notice.pdf"):
        assert browser.get(address).status_code == 404
    html = browser.get(here).content.decode()
    assert "Medical records" in html
    assert CANARY not in html


def test_the_page_lists_what_is_open_and_the_button_appears_when_nothing_is(world: World, case: m.Case, sign_in: SignIn) -> None:
    row = draft(world, case)
    address = f"/victims/{victim_of(case).pk}/requests/{row.pk}/"
    send = "send-information-request"
    html = sign_in(world.investigator).get(address).content.decode()
    assert "Say why asking for it is necessary" in html
    assert "7 still open" in html
    assert send not in html
    assert CANARY in html
    assert CANARY not in html.split("<title", 1)[1].split("</title", 1)[0]
    act(world.investigator, services.change_request, case, row, **again(row))
    noticed(world, case, row)
    html = sign_in(world.investigator).get(address).content.decode()
    assert "Nothing is open" in html
    assert send in html


def test_opening_the_address_of_sending_says_what_is_open(world: World, case: m.Case, sign_in: SignIn) -> None:
    row = draft(world, case)
    answered = sign_in(world.investigator).get(f"/cases/{case.pk}/send-information-request/{row.pk}/")
    assert answered.status_code == 400
    assert "cannot be sent yet" in answered.content.decode()


def test_the_cps_reads_of_it_masked(world: World, case: m.Case, sign_in: SignIn) -> None:
    draft(world, case, **FILLED)
    do(world.investigator, bring_to_area, case)
    html = sign_in(world.cps_manager).get(f"/victims/{victim_of(case).pk}/").content.decode()
    assert "Draft, cannot be sent yet" in html
    assert CANARY not in html


def test_the_number_of_queries_does_not_grow(world: World, case: m.Case, sign_in: SignIn) -> None:
    browser, here = sign_in(world.investigator), f"/victims/{victim_of(case).pk}/"
    found = []
    for count in (1, 4):
        for _ in range(count):
            row = draft(world, case, **FILLED)
        browser.get(here)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(here).status_code == 200
            assert browser.get(f"{here}requests/{row.pk}/").status_code == 200
        found.append(len(queries))
    assert found[0] == found[1]


@pytest.mark.parametrize("text", ["\x00", "a" * 5_000, "\u202e"])
def test_bad_text_comes_back_beside_its_field(world: World, case: m.Case, sign_in: SignIn, text: str) -> None:
    row = draft(world, case)
    answered = sign_in(world.investigator).post(
        f"/cases/{case.pk}/draft-information-request/{victim_of(case).pk}/",
        {"version": "1", "records": "medical", "holder": "Keep me", "wanted": text, "enquiry_id": str(row.line_of_enquiry_id)},
    )
    assert answered.status_code == 400
    html = answered.content.decode()
    assert 'id="id_wanted-error"' in html
    assert "Keep me" in html
