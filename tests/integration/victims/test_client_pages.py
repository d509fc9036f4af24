"""The pages of a support service's people: what they show, what they never show, what ends them, and that they tell nothing."""

import re
from collections.abc import Callable
from typing import Any, Final
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from cases import models as m
from cases.services.arrests import record_arrest
from core import clock
from core.scope import scope, system
from tests.factories import AVON, SERVICE, World, acting_as, ago, make_user
from tests.integration.cases.asking import live_since
from tests.integration.cases.making import do, suspect_of
from tests.integration.victims.supporting import (
    OTHER_SERVICE,
    allocate,
    arrested,
    ask_to_tell,
    complainant_of,
    make_client,
    make_manager,
)
from victims.models import Contact, ContactSummary, IsvaMessage, SafeContact, SupportReferral, Victim
from victims.services import linking, messages
from victims.services.referrals import withdraw_consent

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
SUSPECT: Final = "Marrowdale-Canary"
SUMMARY: Final = "Summary-Canary"
OTHER_CLIENT: Final = ("Perpetua", "Ninefold-Canary")
CANARIES: Final = ("Canary", "19C")


@pytest.fixture
def manager(world: World) -> User:
    live_since(AVON, days=30)
    return make_manager()


@pytest.fixture
def case(world: World, manager: User) -> m.Case:
    """The client's case, with canaries planted wherever the ISVA must not look."""
    found = make_client(world, manager, SUSPECT)
    other = make_manager(OTHER_SERVICE)
    make_client(world, other, SUSPECT, reference="52/OTHER/1", names=OTHER_CLIENT, isva=make_user(OTHER_SERVICE, Role.ISVA))
    with scope(system(AVON)):
        keys = {"case": found, "force_id": AVON, "complainant": complainant_of(found)}
        contact = Contact(**keys, at=ago(hours=5), channel="telephone", reached=True)
        contact.save(force_insert=True)
        summary = ContactSummary(**keys, contact=contact)
        summary.text = SUMMARY
        summary.save(force_insert=True)
        card = SafeContact(**keys, channels=["text"])
        card.never, card.code_word = "Never ring the house", "Heron"
        card.save(force_insert=True)
    return found


def address(case: m.Case, end: str = "") -> str:
    return f"/clients/{complainant_of(case).pk}/{end}"


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_list_has_the_own_clients_alone_and_home_leads_there(world: World, case: m.Case, sign_in: SignIn) -> None:
    browser = sign_in(world.isva)
    assert browser.get("/")["Location"] == "/clients/"
    shown = text_of(browser.get("/clients/"))
    assert "Wexcombe-Thrale" in shown
    assert world.investigator.name in shown
    assert not any(word in shown for word in CANARIES)


def test_the_client_shows_what_was_told_and_nothing_else(world: World, case: m.Case, sign_in: SignIn) -> None:
    do(world.investigator, record_arrest, case, suspect_id=suspect_of(case).pk, at=ago(hours=3))
    with scope(system(AVON)):
        keys = {"case": case, "force_id": AVON, "complainant": complainant_of(case), "created_by": world.investigator}
        m.Told(**keys, about="told_arrest", fact_id=uuid4(), suspect=suspect_of(case), told_at=clock.now(), how="in_person").save()
        m.Told(**keys, about="told_charge", fact_id=uuid4(), not_told_because="harm", note="Canary").save()
    browser = sign_in(world.isva)
    shown = text_of(browser.get(address(case)))
    for words in ("There was an arrest", "Police, the officer in the case", "Never ring the house", "Heron", "telephone, reached"):
        assert words in shown
    assert "charge" not in shown
    paper = text_of(browser.get(address(case, "where-things-stand/")))
    assert "There was an arrest" in paper
    assert "Wexcombe" not in paper
    for page in (shown, paper):
        body = page.partition("About this page")[0]
        assert not any(word in body for word in (*CANARIES, "uspect", "Summary"))


def test_names_are_in_no_title(world: World, case: m.Case, sign_in: SignIn) -> None:
    browser = sign_in(world.isva)
    for page in (address(case), address(case, "question/"), "/clients/", "/clients/?sort=name"):
        title = re.search(r"<title>(.*?)</title>", text_of(browser.get(page)), re.DOTALL)
        assert title
        assert "Wexcombe" not in title[1]


def test_a_name_is_found_among_own_clients_alone(world: World, case: m.Case, sign_in: SignIn) -> None:
    browser = sign_in(world.isva)
    assert "Wexcombe-Thrale" in text_of(browser.post("/clients/", {"name": "thrale"}))
    assert "None of your clients" in text_of(browser.post("/clients/", {"name": "Ninefold-Canary"}))
    assert browser.post("/clients/", {"name": ""}).status_code == 400


def test_pages_cost_the_same_however_many_clients(world: World, manager: User, case: m.Case, sign_in: SignIn) -> None:
    browser = sign_in(world.isva)

    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            assert browser.get(path).status_code == 200
        return len(caught)

    browser.get("/clients/")  # the first request of a session notes when it began
    first = [queries("/clients/"), queries("/clients/?sort=name"), queries(address(case))]
    for number in range(2, 5):
        make_client(world, manager, reference=f"52/CLIENT/{number}")
    assert [queries("/clients/"), queries("/clients/?sort=name"), queries(address(case))] == first


def test_acts_on_screen(world: World, case: m.Case, sign_in: SignIn) -> None:
    browser = sign_in(world.isva)
    form = text_of(browser.get(address(case, "question/")))
    assert "This may be disclosed. Write nothing about support or therapy." in form
    wrong = browser.post(address(case, "question/"), {"subject": "safety", "text": "x" * 201})
    assert wrong.status_code == 400
    assert "must be 200 characters or fewer" in text_of(wrong)
    assert "x" * 201 in text_of(wrong)
    done = browser.post(address(case, "question/"), {"subject": "safety", "text": "When are the locks done?"})
    assert done["Location"] == address(case)
    shown = text_of(browser.get(address(case)))
    assert "When are the locks done?" in shown

    with scope(system(AVON)):
        row = IsvaMessage.objects.get(case=case)
    assert browser.post(address(case, f"close/{row.pk}/")).status_code == 302
    assert browser.post(address(case, f"close/{row.pk}/")).status_code == 400
    for end, data in (
        ("choice/", {"choice": "interval", "days": "0"}),
        ("choice/", {"choice": "interval", "days": "400"}),
        ("contact/", {"channel": "telephone"}),
        ("consent-withdrawn/", {}),
    ):
        assert browser.post(address(case, end), data).status_code == 400


def test_the_officer_answers_on_the_victims_page(world: World, case: m.Case, sign_in: SignIn) -> None:
    with acting_as(world.isva):
        row = messages.ask_officer(actor=world.isva, complainant_id=complainant_of(case).pk, subject="safety", text="Are the locks done?")
    browser = sign_in(world.investigator)
    page = text_of(browser.get(f"/victims/{complainant_of(case).pk}/"))
    assert "A question to the officer" in page
    assert "Are the locks done?" not in page
    form = text_of(browser.get(f"/cases/{case.pk}/answer-isva/{row.pk}/"))
    assert "A question to the officer. My client’s safety. Are the locks done?<" in form
    assert "Are the locks done?" in text_of(browser.get(f"/victims/{complainant_of(case).pk}/isva/"))
    assert "To be allocated" not in text_of(browser.get(f"/cases/{case.pk}/"))


def test_an_answer_is_marked_in_the_list_until_the_isva_says_it_answers(world: World, case: m.Case, sign_in: SignIn) -> None:
    key = complainant_of(case).pk
    with acting_as(world.isva):
        row = messages.ask_officer(actor=world.isva, complainant_id=key, subject="appointment", text="Is the room booked?")
    do(world.investigator, messages.answer_isva, case, message_id=row.pk, answer="Since Monday.")
    browser = sign_in(world.isva)
    assert "The officer answered" in text_of(browser.get("/clients/"))
    page = text_of(browser.get(address(case)))
    for words in ("Since Monday.", "That answers it", "Ask again"):
        assert words in page
    assert browser.post(address(case, f"close/{row.pk}/"))["Location"] == address(case)
    assert "The officer answered" not in text_of(browser.get("/clients/"))
    assert "That answers it" not in text_of(browser.get(address(case)))


def test_what_waits_stands_above_the_list_however_late_its_client_is_due(
    world: World, manager: User, case: m.Case, sign_in: SignIn
) -> None:
    """A request to tell goes back after four working hours: nobody has to look for it on the third page."""
    with scope(system(AVON)):
        Victim.objects.filter(complainant=complainant_of(case)).update(next_contact_due_at=None)
    browser = sign_in(world.isva)
    assert browser.get("/clients/").context["waits"] == []
    row = ask_to_tell(world, case, thing=arrested(world, case))
    (waits,) = browser.get("/clients/").context["waits"]
    assert (waits.id, waits.to_read, waits.to_say, waits.to_mark) == (complainant_of(case).pk, 1, 0, 0)
    assert browser.post(address(case, f"open/{row.pk}/")).status_code == 302
    assert "To tell: say what happened" in text_of(browser.get("/clients/"))
    assert browser.post(address(case, f"told/{row.pk}/"), {"answer": "could_not"}).status_code == 302
    assert browser.get("/clients/").context["waits"] == []


def test_a_dispute_is_closed_on_a_page_of_its_own_that_says_what_follows(world: World, case: m.Case, sign_in: SignIn) -> None:
    with acting_as(world.isva):
        row = messages.dispute_withdrawal(actor=world.isva, complainant_id=complainant_of(case).pk)
    do(world.investigator, messages.answer_isva, case, message_id=row.pk, answer="I ask her again on Monday.")
    browser = sign_in(world.isva)
    page = text_of(browser.get(address(case)))
    assert "I ask her again on Monday." in page
    assert "That answers it" not in page
    assert "no outcome can say that your client does not support" in text_of(browser.get(address(case, f"close/{row.pk}/")))


def test_a_link_chooses_the_subject_of_a_question_and_nothing_else(world: World, case: m.Case, sign_in: SignIn) -> None:
    browser = sign_in(world.isva)
    form = browser.get(address(case, "question/?subject=appointment")).context["form"]
    assert form["subject"].value() == "appointment"
    assert "checked" not in text_of(browser.get(address(case, "question/?subject=suspect"))).partition("<main")[2]


def test_links_that_a_colleague_asked_for_are_the_managers_to_see(world: World, manager: User, case: m.Case, sign_in: SignIn) -> None:
    colleague = make_user(SERVICE, Role.ISVA)
    with acting_as(colleague):
        asked: Any = {"crime_reference": "52/HERS/1", "client_name": "Zenobia Thrale", "consent_scope": "All", "consent_signed": True}
        linking.ask_for_link(actor=colleague, force_id=AVON, consent_given_on=clock.today(), **asked)
    assert "52/HERS/1" not in text_of(sign_in(world.isva).get("/clients/link/"))
    assert "52/HERS/1" in text_of(sign_in(colleague).get("/clients/link/"))
    shown = text_of(sign_in(manager).get("/clients/link/"))
    assert "52/HERS/1" in shown
    assert "Zenobia" not in shown


def test_a_manager_allocates_those_that_wait_first(world: World, manager: User, case: m.Case, sign_in: SignIn) -> None:
    waiting = make_client(world, manager, reference="52/CLIENT/9", names=("Ambrosia", "Winterbourne"))
    with scope(system(AVON)):
        SupportReferral.objects.filter(case=waiting).update(isva=None)
    browser = sign_in(manager)
    assert "1 client to allocate" in text_of(browser.get("/clients/"))
    shown = text_of(browser.get("/clients/?show=waiting"))
    assert "Winterbourne" in shown
    assert "Wexcombe" not in shown
    assert browser.post(address(waiting, "allocate/"), {"isva_id": str(uuid4())}).status_code == 400
    assert browser.post(address(waiting, "allocate/"), {"isva_id": str(world.isva.pk)}).status_code == 302
    assert "Every client is allocated" in text_of(browser.get("/clients/"))
    assert sign_in(world.isva).get(address(waiting, "allocate/")).status_code == 404


@pytest.mark.parametrize("how", ["consent", "allocation"])
def test_sight_ends_on_the_next_request_of_an_open_session(world: World, manager: User, case: m.Case, sign_in: SignIn, how: str) -> None:
    browser = sign_in(world.isva)
    assert browser.get(address(case)).status_code == 200
    if how == "consent":
        with scope(system(AVON)):
            row = SupportReferral.objects.get(case=case)
        do(world.investigator, withdraw_consent, case, referral_id=row.pk)
    else:
        allocate(manager, complainant_of(case).pk, make_user(SERVICE, Role.ISVA))
    for end in ("", "where-things-stand/", "question/"):
        assert browser.get(address(case, end)).status_code == 404
    assert browser.post(address(case, "question/"), {"subject": "safety", "text": "x"}).status_code == 404
    assert "Wexcombe" not in text_of(browser.get("/clients/"))
    with scope(system(AVON)):
        assert not IsvaMessage.objects.filter(case=case).exists()
