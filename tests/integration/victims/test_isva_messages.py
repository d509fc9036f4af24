"""What an ISVA says to the police for a client: fixed choices, one answer, what settles it, what it blocks."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.db.utils import ProgrammingError
from django.http import Http404

from accounts.models import User
from cases import models as m
from cases.models.telling import Supports
from cases.services.complainants import add_complainant
from cases.services.errors import mark_recorded_in_error
from cases.services.outcomes import record_crime_outcome, record_outcome
from cases.services.support import record_support
from core import clock
from core.exceptions import NotPossible
from core.scope import scope, system
from core.sealedfield import opening
from tests.factories import AVON, World, acting_as, ago
from tests.integration.cases.asking import deadline, live_since, refused
from tests.integration.cases.making import do, fresh, make_case, plan_tellings, suspect_of, timeline
from tests.integration.cases.withdrawing import talk, withdrew
from tests.integration.victims.supporting import (
    allocate,
    as_isva,
    complainant_of,
    make_client,
    make_manager,
    refer,
    row_of,
    told_of,
)
from victims.messages import choice_words
from victims.models import Contact, IsvaMessage, SupportReferral
from victims.services import messages
from victims.services.agreements import agree_contact
from victims.services.referrals import withdraw_consent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nfa_at_once")]


@pytest.fixture
def manager(world: World) -> User:
    live_since(AVON, days=30)
    return make_manager()


def add_contact(case: m.Case, **facts: Any) -> None:
    given = {"channel": "telephone", "at": clock.now() + timedelta(seconds=5), "reached": True, **facts}
    with scope(system(AVON)):
        Contact(case=case, force_id=AVON, complainant=complainant_of(case), **given).save(force_insert=True)


def settle(case: m.Case, world: World) -> Any:
    """Let the case be reconciled by an act that has nothing to do with contact, and return the clock."""
    do(world.investigator, add_complainant, case)
    return deadline(case, "heard_nothing")


def no_support(world: World, case: m.Case, code: int = 16) -> m.SuspectOutcome:
    reasons = "She said on Monday by telephone that she does not want to go on."
    plan_tellings(case)
    return do(world.investigator, record_outcome, case, suspect_id=suspect_of(case).pk, code=code, on=clock.today(), reasons=reasons)


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


def test_heard_nothing_is_settled_by_a_contact_that_reached_her_alone(world: World, manager: User) -> None:
    case = make_client(world, manager)
    row = as_isva(world.isva, messages.say_heard_nothing, case)
    with refused("said this already"):
        as_isva(world.isva, messages.say_heard_nothing, case)
    with refused("only a contact that reaches"):
        do(world.investigator, messages.answer_isva, case, message_id=row.pk, answer="We will ring.")
    assert "isva_heard_nothing" in told_of(world.investigator)
    assert "isva_heard_nothing" in told_of(world.supervisor)

    sent: list[dict[str, Any]] = [{"channel": channel} for channel in ("letter", "email", "text", "via_isva")]  # none was agreed
    none: list[dict[str, Any]] = [{"reached": False}, {"side": "isva"}, {"to": "isva"}, {"at": ago(hours=1)}, *sent]
    for facts in none:
        add_contact(case, **facts)
        assert settle(case, world).met_at is None, facts
    add_contact(case)
    assert settle(case, world).met_at is not None
    assert as_isva(world.isva, messages.say_heard_nothing, case).pk != row.pk


@pytest.mark.parametrize(("agreed", "by", "channel"), [("letter", "officer", "letter"), ("via_isva", "isva", "via_isva")])
def test_heard_nothing_is_settled_by_what_was_agreed_to_be_sent(world: World, manager: User, agreed: str, by: str, channel: str) -> None:
    case = make_client(world, manager)
    given = {"interval_days": 14, "channel": agreed, "by": by, "starts_on": clock.today(), "agreed_on": clock.today()}
    do(world.investigator, agree_contact, case, complainant_id=complainant_of(case).pk, **given)
    as_isva(world.isva, messages.say_heard_nothing, case)
    add_contact(case, channel="email")
    assert settle(case, world).met_at is None
    add_contact(case, channel=channel)
    assert settle(case, world).met_at is not None


def test_what_was_agreed_before_and_is_no_longer_does_not_settle_it(world: World, manager: User) -> None:
    case = make_client(world, manager)
    for by, channel in (("isva", "via_isva"), ("officer", "telephone")):
        given = {"interval_days": 14, "channel": channel, "by": by, "starts_on": clock.today(), "agreed_on": clock.today()}
        do(world.investigator, agree_contact, case, complainant_id=complainant_of(case).pk, **given)
    as_isva(world.isva, messages.say_heard_nothing, case)
    add_contact(case, channel="via_isva")
    assert settle(case, world).met_at is None


def test_after_consent_was_withdrawn_nothing_is_answered_to_nobody(world: World, manager: User) -> None:
    case = make_client(world, manager)
    row = as_isva(world.isva, messages.ask_officer, case, subject="safety", text="x")
    do(world.investigator, withdraw_consent, case, referral_id=row_of(SupportReferral, case).pk)
    with refused("would not read your answer"):
        do(world.investigator, messages.answer_isva, case, message_id=row.pk, answer="On Friday.")


def test_heard_nothing_is_closed_by_the_isva(world: World, manager: User) -> None:
    case = make_client(world, manager)
    row = as_isva(world.isva, messages.say_heard_nothing, case)
    as_isva(world.isva, messages.close_message, case, message_id=row.pk)
    assert deadline(case, "heard_nothing").met_at is not None
    with refused("closed already"):
        as_isva(world.isva, messages.close_message, case, message_id=row.pk)
    with pytest.raises(Http404):
        as_isva(world.isva, messages.close_message, case, message_id=uuid4())


def test_a_disputed_withdrawal_blocks_closing_until_her_own_words_are_recorded(world: World, manager: User) -> None:
    case = make_client(world, manager, "Marrowdale")
    row = as_isva(world.isva, messages.dispute_withdrawal, case, text="She was asked with others in the room.")
    with refused("disputes the withdrawal", "code"):
        no_support(world, case)
    do(world.investigator, messages.answer_isva, case, message_id=row.pk, answer="I will ask her again.")
    for code in (15, 16, 21):  # whatever code says that nothing more is done
        with refused("disputes the withdrawal", "code"):
            no_support(world, case, code)

    said = {"words": "I do not want to go on.", "told_to": "The officer", "how": "in_person", "at": clock.now()}
    do(world.investigator, record_support, case, complainant_id=complainant_of(case).pk, supports=Supports.DOES_NOT, **said)
    with refused("A supervisor who is not the officer in the case speaks with Victim A", "code"):
        no_support(world, case)
    talk(world.supervisor, case, at=clock.now())
    assert no_support(world, case).code == 16


def test_a_crime_without_a_suspect_is_not_closed_as_not_supported_either(world: World, manager: User) -> None:
    """Outcome 14 stands on the recorded crime, and is refused there."""
    case = make_client(world, manager)
    plan_tellings(case)
    withdrew(case)
    row = as_isva(world.isva, messages.dispute_withdrawal, case)
    with scope(system(AVON)):
        crime = m.Offence.objects.get(case=case)
    given = {"offence_id": crime.pk, "code": 14, "on": clock.today(), "reasons": "She said on Monday that she does not want to go on."}
    with refused("disputes the withdrawal", "code"):
        do(world.investigator, record_crime_outcome, case, **given)
    as_isva(world.isva, messages.close_message, case, message_id=row.pk)
    assert do(world.investigator, record_crime_outcome, case, **given).outcome_code == 14


def test_it_is_disputed_once_and_again_when_other_words_are_recorded(world: World, manager: User) -> None:
    case = make_client(world, manager, "Marrowdale")
    as_isva(world.isva, messages.dispute_withdrawal, case)
    with refused("said this already"):
        as_isva(world.isva, messages.dispute_withdrawal, case)
    said = {"words": "I do not want to go on.", "told_to": "The officer", "how": "in_person", "at": clock.now()}
    do(world.investigator, record_support, case, complainant_id=complainant_of(case).pk, supports=Supports.DOES_NOT, **said)
    as_isva(world.isva, messages.dispute_withdrawal, case)
    with refused("disputes the withdrawal", "code"):
        no_support(world, case)


def test_another_complainants_dispute_blocks_nothing(world: World, manager: User) -> None:
    case = make_case(world.investigator, "Marrowdale", complainants=2)
    referral = refer(world, case, label="B")
    allocate(manager, referral.complainant_id, world.isva)
    withdrew(case)
    with acting_as(world.isva):
        messages.dispute_withdrawal(actor=world.isva, complainant_id=referral.complainant_id)
    assert no_support(world, case).code == 16


def test_the_isva_closes_a_dispute(world: World, manager: User) -> None:
    case = make_client(world, manager, "Marrowdale")
    withdrew(case)
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
        ({"choice": "safe_contact", "text": " "}, "text"),
        ({"choice": "needs"}, "text"),
    ):
        with pytest.raises(NotPossible) as caught:
            as_isva(world.isva, messages.pass_on_choice, case, **facts)
        assert caught.value.field == field
    as_isva(world.isva, messages.pass_on_choice, case, choice="interval", days=14)
    assert deadline(case, "isva_question").met_at is None
    row = row_of(IsvaMessage, case)
    assert (row.kind, row.choice, row.number) == ("choice", "interval", 14)


def test_changed_needs_and_safe_contact_are_passed_on_in_words(world: World, manager: User) -> None:
    """The officer records them: there is one record of what she needs and of how she is reached."""
    case = make_client(world, manager)
    for choice, words in (("safe_contact", "How to be reached safely has changed"), ("needs", "What she or he needs has changed")):
        row = as_isva(world.isva, messages.pass_on_choice, case, choice=choice, days=5, text="Text first.")
        assert (row.choice, row.number) == (choice, None)
        assert choice_words(row.kind, row.choice, row.number).startswith(words)
        assert deadline(case, "isva_question").met_at is None
        do(world.investigator, messages.answer_isva, case, message_id=row.pk, answer="Recorded.")
        assert deadline(case, "isva_question").met_at is not None


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


def test_a_case_that_takes_no_changes_says_nothing_of_why(world: World, manager: User) -> None:
    case = make_client(world, manager)
    do(world.supervisor, mark_recorded_in_error, case, reason="Twice")
    with refused("Ask the officer in the case"):
        as_isva(world.isva, messages.ask_officer, case, subject="safety", text="x")


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
