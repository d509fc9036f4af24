"""What an ISVA says to the police for a client, and how it is answered and closed. Fixed choices and 200 characters.

"My client has heard nothing" is closed by a contact that reached her or him (derived: victims/derive/support_rules.py)
or by the ISVA; no officer closes it. "Disputes the withdrawal" is settled by her or his own words recorded anew, or by the ISVA.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from accounts.models import User
from cases.models import Channel
from cases.services.changing import changing
from core import clock
from core.exceptions import NotPossible
from victims import permissions
from victims.messages import CHANNEL, CHOICES, IN_WORDS, INTERVAL, MOST_DAYS, PAUSE, SUBJECTS
from victims.models import Contact, IsvaMessage, SupportReferral
from victims.models.base import WORDS
from victims.models.contact import BySide, To
from victims.models.isva import MessageKind
from victims.selectors_support import open_messages, standing_disputes
from victims.services.isva_changing import IsvaChange, isva_changing
from victims.services.notices import tell_isva, tell_officer
from victims.services.referrals import end

ANSWERABLE: Final = frozenset({MessageKind.QUESTION.value, MessageKind.CHOICE.value, MessageKind.DISPUTES.value})
OWN_CHANNELS: Final = tuple(one for one in Channel if one != Channel.VIA_ISVA)


def ask_officer(*, actor: User, complainant_id: UUID, subject: str, text: str) -> IsvaMessage:
    """Ask the officer in the case a question. Raises Http404, NotAllowed, NotPossible (no subject, nothing asked)."""
    with isva_changing(complainant_id, actor=actor) as change:
        if subject not in SUBJECTS:
            raise NotPossible("Select what you ask about", field="subject")
        if not text.strip():
            raise NotPossible("Enter your question", field="text")
        row = _write(change, MessageKind.QUESTION, choice=subject, text=text)
        change.put_in_timeline("isva_asked")
        tell_officer(change.change.case, "isva_question", row.pk, done_by=actor)
        return row


def say_heard_nothing(*, actor: User, complainant_id: UUID, text: str = "") -> IsvaMessage:
    """Say that the client has heard nothing: officer and inspector are told at once. Raises as `ask_officer`; one at a time."""
    with isva_changing(complainant_id, actor=actor) as change:
        said = open_messages(change.client.complainant_id, service_id=change.client.service_id)
        if any(row.kind == MessageKind.HEARD_NOTHING for row in said):
            raise NotPossible("You have said this already. It is open until a contact reaches your client.")
        row = _write(change, MessageKind.HEARD_NOTHING, text=text)
        change.put_in_timeline("isva_heard_nothing")
        tell_officer(change.change.case, "isva_heard_nothing", row.pk, done_by=actor, inspector_too=True)
        return row


def dispute_withdrawal(*, actor: User, complainant_id: UUID, text: str = "") -> IsvaMessage:
    """Say that the client disputes that she or he withdrew support: no outcome can say so while it stands. One at a time."""
    with isva_changing(complainant_id, actor=actor) as change:
        with change.as_system():
            said = IsvaMessage.objects.filter(complainant=change.client.complainant_id, service=change.client.service_id)
            if standing_disputes(said).exists():
                raise NotPossible("You have said this already. It stands until your client’s own words are recorded, or you close it.")
        row = _write(change, MessageKind.DISPUTES, text=text)
        change.put_in_timeline("isva_disputes")
        tell_officer(change.change.case, "isva_disputes", row.pk, done_by=actor, inspector_too=True)
        return row


def pass_on_choice(
    *, actor: User, complainant_id: UUID, choice: str, days: int | None = None, channel: str = "", text: str = ""
) -> IsvaMessage:
    """Pass on a choice of the client: how often, by which channel, no contact for some days, what else changed.

    The officer applies or answers it. Raises Http404, NotAllowed, NotPossible (no choice, days that are not 1 to 365, no
    channel, no words where it needs some).
    """
    with isva_changing(complainant_id, actor=actor) as change:
        if choice not in CHOICES:
            raise NotPossible("Select what your client has chosen", field="choice")
        if choice in {INTERVAL, PAUSE} and (days is None or not 1 <= days <= MOST_DAYS):
            raise NotPossible(f"Enter a number of days from 1 to {MOST_DAYS}", field="days")
        if choice == CHANNEL and channel not in OWN_CHANNELS:
            raise NotPossible("Select how your client is to be contacted", field="channel")
        if choice in IN_WORDS and not text.strip():
            raise NotPossible("Enter what has changed", field="text")
        kept = f"{choice}:{channel}" if choice == CHANNEL else choice
        row = _write(change, MessageKind.CHOICE, choice=kept, number=days if choice in {INTERVAL, PAUSE} else None, text=text)
        change.put_in_timeline("isva_choice")
        tell_officer(change.change.case, "isva_question", row.pk, done_by=actor)
        return row


def close_message(*, actor: User, complainant_id: UUID, message_id: UUID) -> IsvaMessage:
    """Close what the service itself raised. Raises Http404, NotAllowed, NotPossible when it is closed already."""
    with isva_changing(complainant_id, actor=actor) as change:
        row = change.own(IsvaMessage, message_id, service=change.client.service_id)
        if row.closed_at is not None:
            raise NotPossible("This has been closed already.")
        row.closed_at, row.closed_because = change.now, "By the ISVA"
        row.save(update_fields=["closed_at", "closed_because"])
        change.put_in_timeline("isva_closed")
        return row


def record_own_contact(*, actor: User, complainant_id: UUID, at: datetime, channel: str) -> Contact:
    """Record that the service was in contact with its client: when and how, nothing else. It meets no clock of police or CPS.

    Raises Http404, NotAllowed, NotPossible (in the future, before consent was given, no channel).
    """
    with isva_changing(complainant_id, actor=actor) as change:
        if channel not in OWN_CHANNELS:
            raise NotPossible("Select how you were in contact", field="channel")
        change.change.not_in_future(at)
        given = change.client.consent_given_on
        if given is not None and clock.london_day(at) < given:
            raise NotPossible("Enter a time after your client gave consent", field="at")
        row = change.add(Contact, at=at, channel=channel, to=To.VICTIM, reached=True, side=BySide.ISVA)
        change.put_in_timeline("isva_contact")
        return row


def withdraw_consent_as_isva(*, actor: User, complainant_id: UUID) -> None:
    """Record that the client withdrew consent: the service sees nothing of her or him from its next request on."""
    with isva_changing(complainant_id, actor=actor) as change:
        change.put_in_timeline("consent_withdrawn")
        with change.as_system() as as_system:
            end(change.client, as_system)
        tell_officer(change.change.case, "isva_consent_withdrawn", change.client.pk, done_by=actor)


def answer_isva(*, actor: User, case_id: UUID, message_id: UUID, answer: str, version: int | None = None) -> IsvaMessage:
    """Answer a question, a choice or a dispute, in at most 200 characters. The ISVA reads it.

    Raises NotAllowed, Conflict, NotPossible (answered already, closed, no words).
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.ANSWER_ISVA)
        row = change.get(IsvaMessage, message_id)
        may_be_answered(row)
        clients = _clients_of(row)
        if not clients:
            raise NotPossible("The victim’s consent to this service does not stand: it would not read your answer.")
        if not answer.strip():
            raise NotPossible("Enter your answer", field="answer")
        row.answer, row.answered_at, row.answered_by = answer.strip()[:WORDS], change.now, actor
        row.save(update_fields=["answer", "answered_at", "answered_by"])
        change.put_in_timeline("isva_answered", complainant=row.complainant)
        for referral in clients:
            tell_isva(referral, "client_answered", row.pk, done_by=actor)
        return row


def may_be_answered(row: IsvaMessage) -> None:
    """A policy: a message is answered once; that a victim heard nothing is answered by a contact, not by words. Raises NotPossible."""
    if row.kind not in ANSWERABLE:
        raise NotPossible("Contact her or him: only a contact that reaches her or him settles this, or the ISVA closing it.")
    if row.answered_at is not None or row.closed_at is not None:
        raise NotPossible("This has been answered or closed already.")


def _clients_of(row: IsvaMessage) -> list[SupportReferral]:
    return list(SupportReferral.objects.live().filter(complainant=row.complainant_id, service=row.service_id).select_related("isva"))


def _write(change: IsvaChange, kind: MessageKind, *, choice: str = "", number: int | None = None, text: str = "") -> IsvaMessage:
    if len(text) > WORDS:
        raise NotPossible(f"Enter {WORDS} characters or fewer", field="text")
    return change.add(
        IsvaMessage,
        kind=kind,
        choice=choice,
        number=number,
        text=text.strip(),
        service_id=change.client.service_id,
        asked_at=change.now,
    )
