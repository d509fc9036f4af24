"""Support: referral and consent by the police, what the service then does, and what each side is told."""

from datetime import timedelta
from typing import Any
from unittest import mock
from uuid import uuid4

import pytest
from django.db import connection
from django.db.utils import ProgrammingError
from django.http import Http404

from accounts.models import User
from accounts.roles import Role
from audit import context as audit_context
from cases import models as m
from cases.models.telling import Supports
from cases.services.arrests import record_arrest
from cases.services.complainants import add_complainant
from cases.services.errors import mark_recorded_in_error
from cases.services.outcomes import record_outcome
from cases.services.support import record_support
from cases.services.telling import open_to_tell
from core import clock
from core.exceptions import NotAllowed, NotPossible
from core.scope import scope, system
from core.sealedfield import opening
from notifications.models import Notice
from tests.factories import AVON, SERVICE, World, acting_as, ago, make_user
from tests.integration.cases.asking import deadline, live_since, refused
from tests.integration.cases.making import do, fresh, make_case, suspect_of, timeline
from tests.integration.victims.supporting import OTHER_SERVICE, allocate, complainant_of, make_client, make_manager, refer
from victims.models import Contact, IsvaMessage, LinkMatch, SupportReferral, TellRequest
from victims.services import linking, messages, tell_requests
from victims.services.referrals import answer_referral, match_service, refer_to_support, withdraw_consent

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(world: World) -> User:
    live_since(AVON, days=30)
    return make_manager()


def told_of(user: User) -> list[str]:
    with scope(system(user.agency_id)):
        return sorted(Notice.objects.filter(user=user).values_list("subject", flat=True))


def as_isva(user: User, service: Any, case: m.Case, **arguments: Any) -> Any:
    with acting_as(user):
        return service(actor=user, complainant_id=complainant_of(case).pk, **arguments)


def row_of(model: Any, case: m.Case) -> Any:
    with scope(system(case.force_id)):
        return model.objects.get(case=case)


def clients_of(user: User) -> set[Any]:
    with acting_as(user):
        return set(SupportReferral.objects.visible_to(user).values_list("complainant_id", flat=True))


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
    with refused("already", "service_id"):
        accept()
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
    with refused("is known"):
        do(world.investigator, match_service, case, referral_id=row.pk, service_id=SERVICE)
    assert clients_of(manager) == set()

    given = {"answer": "accepted", "consent_scope": "All", "consent_given_on": clock.today()}
    do(world.investigator, answer_referral, case, referral_id=row.pk, **given)
    assert clients_of(manager) == {complainant_of(case).pk}


def test_the_isva_writes_and_the_case_hears_it_though_her_kind_reads_none_of_it(world: World, manager: User) -> None:
    case = make_client(world, manager, "Marrowdale")
    version = fresh(case).version
    row = as_isva(world.isva, messages.ask_officer, case, subject="safety", text="Is the locks visit booked?")

    assert deadline(case, "isva_question").subject_id == row.pk
    assert timeline(case)[-1] == "isva_asked"
    assert fresh(case).version == version + 1
    assert "isva_question" in told_of(world.investigator)
    with scope(system(AVON)):
        said = m.TimelineEvent.objects.filter(case=case, kind="isva_asked").get()
    assert (said.text, said.actor_name) == ("", world.isva.name)


@pytest.mark.parametrize("table", ["cases_case", "cases_suspect", "cases_timelineevent", "cases_complainant", "victims_contactsummary"])
def test_the_isvas_kind_has_no_right_on_the_case(world: World, table: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), acting_as(world.isva), connection.cursor() as cursor:
        cursor.execute(f'select count(*) from "{table}"')


def test_a_question_has_a_subject_and_words_and_one_answer(world: World, manager: User) -> None:
    case = make_client(world, manager)
    with refused("Select what you ask about", "subject"):
        as_isva(world.isva, messages.ask_officer, case, subject="suspect", text="x")
    with refused("Enter your question", "text"):
        as_isva(world.isva, messages.ask_officer, case, subject="safety", text=" ")
    with refused("200 characters", "text"):
        as_isva(world.isva, messages.ask_officer, case, subject="safety", text="x" * 201)
    row = as_isva(world.isva, messages.ask_officer, case, subject="safety", text="x")

    with refused("Enter your answer", "answer"):
        do(world.investigator, messages.answer_isva, case, message_id=row.pk, answer="")
    do(world.investigator, messages.answer_isva, case, message_id=row.pk, answer="On Friday.")
    with refused("answered or closed"):
        do(world.investigator, messages.answer_isva, case, message_id=row.pk, answer="Again.")
    assert deadline(case, "isva_question").met_at is not None
    assert "client_answered" in told_of(world.isva)
    assert "isva_answered" in timeline(case)


def add_contact(case: m.Case, **facts: Any) -> None:
    given = {"channel": "telephone", "at": clock.now() + timedelta(seconds=5), "reached": True, **facts}
    with scope(system(AVON)):
        Contact(case=case, force_id=AVON, complainant=complainant_of(case), **given).save(force_insert=True)


def settle(case: m.Case, world: World) -> Any:
    """Let the case be reconciled by an act that has nothing to do with contact, and return the clock."""
    do(world.investigator, add_complainant, case)
    return deadline(case, "heard_nothing")


def test_heard_nothing_is_settled_by_a_contact_that_reached_her_alone(world: World, manager: User) -> None:
    case = make_client(world, manager)
    row = as_isva(world.isva, messages.say_heard_nothing, case)
    with refused("said this already"):
        as_isva(world.isva, messages.say_heard_nothing, case)
    with refused("only a contact that reaches"):
        do(world.investigator, messages.answer_isva, case, message_id=row.pk, answer="We will ring.")
    assert "isva_heard_nothing" in told_of(world.investigator)
    assert "isva_heard_nothing" in told_of(world.supervisor)

    for facts in ({"reached": False}, {"side": "isva"}, {"to": "isva"}, {"at": ago(hours=1)}):
        add_contact(case, **facts)
        assert settle(case, world).met_at is None, facts
    add_contact(case)
    assert settle(case, world).met_at is not None
    assert as_isva(world.isva, messages.say_heard_nothing, case).pk != row.pk


def test_heard_nothing_is_closed_by_the_isva(world: World, manager: User) -> None:
    case = make_client(world, manager)
    row = as_isva(world.isva, messages.say_heard_nothing, case)
    as_isva(world.isva, messages.close_message, case, message_id=row.pk)
    assert deadline(case, "heard_nothing").met_at is not None
    with refused("closed already"):
        as_isva(world.isva, messages.close_message, case, message_id=row.pk)
    with pytest.raises(Http404):
        as_isva(world.isva, messages.close_message, case, message_id=uuid4())


def no_support(world: World, case: m.Case) -> m.SuspectOutcome:
    reasons = "She said on Monday by telephone that she does not want to go on."
    with mock.patch("cases.policies.telling_is_planned"):
        return do(world.investigator, record_outcome, case, suspect_id=suspect_of(case).pk, code=16, on=clock.today(), reasons=reasons)


def test_a_disputed_withdrawal_blocks_closing_until_her_own_words_are_recorded(world: World, manager: User) -> None:
    case = make_client(world, manager, "Marrowdale")
    row = as_isva(world.isva, messages.dispute_withdrawal, case, text="She was asked with others in the room.")
    with refused("disputes the withdrawal", "code"):
        no_support(world, case)
    do(world.investigator, messages.answer_isva, case, message_id=row.pk, answer="I will ask her again.")
    with refused("disputes the withdrawal", "code"):
        no_support(world, case)

    said = {"words": "I do not want to go on.", "told_to": "The officer", "how": "in_person", "at": clock.now()}
    do(world.investigator, record_support, case, complainant_id=complainant_of(case).pk, supports=Supports.DOES_NOT, **said)
    assert no_support(world, case).code == 16


def test_another_complainants_dispute_blocks_nothing(world: World, manager: User) -> None:
    case = make_case(world.investigator, "Marrowdale", complainants=2)
    referral = refer(world, case, label="B")
    allocate(manager, referral.complainant_id, world.isva)
    with acting_as(world.isva):
        messages.dispute_withdrawal(actor=world.isva, complainant_id=referral.complainant_id)
    assert no_support(world, case).code == 16


def test_the_isva_closes_a_dispute(world: World, manager: User) -> None:
    case = make_client(world, manager, "Marrowdale")
    row = as_isva(world.isva, messages.dispute_withdrawal, case)
    as_isva(world.isva, messages.close_message, case, message_id=row.pk)
    assert no_support(world, case).code == 16


def test_a_choice_is_passed_on_within_its_limits(world: World, manager: User) -> None:
    case = make_client(world, manager)
    for facts, field in (
        ({"choice": "evidence"}, "choice"),
        ({"choice": "interval", "days": 0}, "days"),
        ({"choice": "interval", "days": 366}, "days"),
        ({"choice": "pause"}, "days"),
        ({"choice": "channel", "channel": "via_isva"}, "channel"),
    ):
        with pytest.raises(NotPossible) as caught:
            as_isva(world.isva, messages.pass_on_choice, case, **facts)
        assert caught.value.field == field
    as_isva(world.isva, messages.pass_on_choice, case, choice="interval", days=14)
    assert deadline(case, "isva_question").met_at is None
    row = row_of(IsvaMessage, case)
    assert (row.kind, row.choice, row.number) == ("choice", "interval", 14)


def test_an_own_contact_meets_no_clock(world: World, manager: User) -> None:
    case = make_client(world, manager)
    as_isva(world.isva, messages.say_heard_nothing, case)
    with refused("in the past", "at"):
        as_isva(world.isva, messages.record_own_contact, case, at=clock.now() + timedelta(hours=1), channel="telephone")
    with refused("after your client gave consent", "at"):
        as_isva(world.isva, messages.record_own_contact, case, at=ago(days=2), channel="telephone")
    with refused("Select how", "channel"):
        as_isva(world.isva, messages.record_own_contact, case, at=clock.now(), channel="pigeon")
    row = as_isva(world.isva, messages.record_own_contact, case, at=clock.now(), channel="telephone")
    assert row.side == "isva"
    assert settle(case, world).met_at is None


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


def test_a_case_that_takes_no_changes_says_nothing_of_why(world: World, manager: User) -> None:
    case = make_client(world, manager)
    do(world.supervisor, mark_recorded_in_error, case, reason="Twice")
    with refused("Ask the officer in the case"):
        as_isva(world.isva, messages.ask_officer, case, subject="safety", text="x")


def arrested(world: World, case: m.Case) -> str:
    """Let the suspect be arrested, which the complainant is to be told, and return the thing to tell."""
    do(world.investigator, record_arrest, case, suspect_id=suspect_of(case).pk, at=ago(hours=3))
    with acting_as(world.investigator):
        found = open_to_tell(fresh(case), complainant_of(case))
    return next(one.key for one in found if one.about == "told_arrest")


def ask_to_tell(world: World, case: m.Case, **facts: Any) -> TellRequest:
    thing = facts.pop("thing", None) or arrested(world, case)
    given = {"thing": thing, "words": "There has been an arrest.", **facts}
    return do(world.investigator, tell_requests.ask_isva_to_tell, case, referral_id=row_of(SupportReferral, case).pk, **given)


def test_a_request_to_tell_goes_read_and_told_and_only_then_the_duty_ends(world: World, manager: User) -> None:
    case = make_client(world, manager, "Marrowdale")
    row = ask_to_tell(world, case)
    thing = f"{row.about}:{row.fact_id}"
    assert (deadline(case, "tell_request").owes, deadline(case, "told_arrest").met_at) == ("isva", None)
    assert "client_tell_request" in told_of(world.isva)
    with refused("already", "thing"):
        ask_to_tell(world, case, thing=thing)
    with refused("sent already"):
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


def test_what_an_isva_wrote_is_sealed(world: World, manager: User) -> None:
    case = make_client(world, manager)
    as_isva(world.isva, messages.ask_officer, case, subject="safety", text="Quillfeather words")
    with scope(system(AVON)), connection.cursor() as cursor:
        cursor.execute("select text from victims_isvamessage")
        stored = bytes(cursor.fetchone()[0])
    assert b"Quillfeather" not in stored
    row = row_of(IsvaMessage, case)
    with opening("test"):
        assert row.text == "Quillfeather words"
