"""Asking the ISVA to tell her or his client one thing, in the officer's words. The duty to tell stays open until it is told.

Unread after 4 working hours it returns to the officer (`return_unread`, called by a sweep each minute).
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from accounts.models import User
from cases import models as cases
from cases.derive.clocks import Editions, Kind
from cases.models import Channel
from cases.selectors import editions_of
from cases.selectors_to_tell import ToTell
from cases.services.changing import Extract, changing
from cases.services.telling import may_be_told_by, open_to_tell, tell_in
from core import clock
from core.calendar import after_working_hours
from core.exceptions import NotPossible
from core.scope import scope, system
from victims import permissions
from victims.models import SupportReferral, TellRequest
from victims.models.base import WORDS
from victims.models.isva import TellState
from victims.services.isva_changing import IsvaChange, isva_changing
from victims.services.notices import tell_isva, tell_officer
from victims.states import TELL, leads, step

ANSWERS: Final = (TellState.TOLD, TellState.COULD_NOT, TellState.ASKS_OFFICER)
UNREAD: Final = "unread"
TWICE: Final = "The ISVA is asked to tell this already"


def told_by_isva(case: cases.Case, complainant: cases.Complainant) -> list[ToTell]:
    """Return what is still to be told and may be told through an ISVA: what is confirmed in writing is not."""
    return [one for one in open_to_tell(case, complainant) if may_be_told_by(one.about, Channel.VIA_ISVA)]


def ask_isva_to_tell(
    *,
    actor: User,
    case_id: UUID,
    referral_id: UUID,
    thing: str,
    words: str,
    may_be_said: str = "",
    safe_when: str = "",
    version: int | None = None,
) -> TellRequest:
    """Ask the ISVA to tell one thing that is still to be told: `thing` is "kind:key" of an open clock of telling.

    Raises NotAllowed, Conflict, NotPossible (no live consent, nothing to tell, no words, asked already).
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.ANSWER_ISVA)
        referral = change.get(SupportReferral, referral_id)
        is_live(referral)
        found = next((one for one in told_by_isva(change.case, referral.complainant) if one.key == thing), None)
        if found is None:
            raise NotPossible("Select what is to be told", field="thing")
        if not words.strip():
            raise NotPossible("Enter the words to tell her or him", field="words")
        row = TellRequest(
            **change.keys(),
            complainant=referral.complainant,
            referral=referral,
            state=step(TELL, None, TellState.SENT).after,
            about=found.about,
            fact_id=found.fact_id,
            sent_at=change.now,
        )
        row.words, row.may_be_said, row.safe_when = (text.strip()[:WORDS] for text in (words, may_be_said, safe_when))
        _insert(row)
        change.put_in_timeline("tell_request_sent", complainant=referral.complainant)
        tell_isva(referral, "client_tell_request", row.pk, done_by=actor)
        return row


def _insert(row: TellRequest) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if "an_isva_is_asked_once_at_a_time" not in str(error):
            raise
        raise NotPossible(TWICE, field="thing") from error


def take_back_tell_request(*, actor: User, case_id: UUID, tell_request_id: UUID, version: int | None = None) -> TellRequest:
    """Take a request back that nobody has answered yet. Raises NotAllowed, Conflict, NotPossible (answered, returned)."""
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.ANSWER_ISVA)
        row = change.get(TellRequest, tell_request_id)
        row.state = step(TELL, row.state, TellState.TAKEN_BACK).after
        row.answered_at, row.answered_by = change.now, actor
        row.save(update_fields=["state", "answered_at", "answered_by"])
        change.put_in_timeline("tell_request_taken_back", complainant=row.complainant)
        return row


def read_tell_request(*, actor: User, complainant_id: UUID, target_id: UUID) -> TellRequest:
    """Open a request to tell: from now on it is read. Opening one that was opened changes nothing. Raises Http404, NotAllowed."""
    with isva_changing(complainant_id, actor=actor) as change:
        row = change.own(TellRequest, target_id, referral=change.client)
        if row.state == TellState.SENT:
            row.state, row.read_at = step(TELL, row.state, TellState.READ).after, change.now
            row.save(update_fields=["state", "read_at"])
            change.put_in_timeline("tell_request_read")
        return row


def answer_tell_request(
    *, actor: User, complainant_id: UUID, target_id: UUID, answer: str, told_at: datetime | None = None, note: str = ""
) -> TellRequest:
    """Record that the client was told, could not be told, or asks for the officer. Told writes what was told; nothing else does.

    Raises Http404, NotAllowed, NotPossible (no answer, not read yet or answered already, told in the future or before it was asked).
    """
    with isva_changing(complainant_id, actor=actor) as change:
        row = change.own(TellRequest, target_id, referral=change.client)
        if answer not in ANSWERS:
            raise NotPossible("Select what happened", field="answer")
        if row.state == TellState.SENT:
            raise NotPossible("Open the request first: what may be said, and when it is safe, stands there.")
        row.state = step(TELL, row.state, answer).after
        if answer == TellState.TOLD:
            _told(change, row, told_at)
        row.answered_at, row.answered_by, row.note = change.now, actor, note.strip()[:WORDS]
        row.save(update_fields=["state", "told_at", "answered_at", "answered_by", "note"])
        change.put_in_timeline("tell_request_answered")
        tell_officer(change.change.case, "tell_request_answered", row.pk, done_by=actor)
        return row


def _told(change: IsvaChange, row: TellRequest, told_at: datetime | None) -> None:
    """Write that she or he was told, in the system scope, unless somebody else told it meanwhile or it is owed no longer."""
    if told_at is None:
        raise NotPossible("Enter when you told your client", field="told_at")
    change.change.not_in_future(told_at, field="told_at")
    if told_at < row.sent_at:
        raise NotPossible("Enter a time after you were asked", field="told_at")
    row.told_at = told_at
    with change.as_system() as as_system:
        complainant = cases.Complainant.objects.get(pk=row.complainant_id)
        wanted = (row.about, row.fact_id)
        if any((one.about, one.fact_id) == wanted for one in told_by_isva(as_system.case, complainant)):
            tell_in(as_system, complainant=complainant, things=[wanted], at=told_at, how=Channel.VIA_ISVA)


def may_be_taken_back(row: TellRequest) -> None:
    """A policy: only a request that waits is taken back. Raises NotPossible."""
    if not leads(TELL, row.state, TellState.TAKEN_BACK):
        raise NotPossible("This request has been answered or has come back already.")


def is_live(referral: SupportReferral) -> None:
    """A policy: only an ISVA whose client consents is asked. Raises NotPossible."""
    stands = referral.consent_given_on is not None and referral.consent_withdrawn_at is None
    if referral.state != "accepted" or not stands:
        raise NotPossible("The victim’s consent to this service does not stand, so its ISVA cannot be asked.")


def unread_by(sent_at: datetime, editions: Editions) -> datetime:
    """Return when a request that was sent then returns unread: 4 working hours in the first edition, of the hours set."""
    length, _ = editions.in_force(Kind.TELL_REQUEST, UNREAD, clock.london_day(sent_at))
    opens, closes = settings.WORKING_HOURS
    return after_working_hours(sent_at, length.amount, editions.working, opens=opens, closes=closes)


def return_unread(force_id: int) -> int:
    """Return to their officers the requests of a force that nobody read in time, each in a transaction; return how many."""
    with scope(system(force_id)):
        editions, now = editions_of(force_id), clock.now()
        waiting = TellRequest.objects.filter(force_id=force_id, state=TellState.SENT).order_by("sent_at")
        late = [(row.case_id, row.pk) for row in waiting.only("case_id", "sent_at") if unread_by(row.sent_at, editions) <= now]
    return sum(_return_one(force_id, case_id, key) for case_id, key in late)


def _return_one(force_id: int, case_id: UUID, key: UUID) -> bool:
    """Return one request, unless it was read or answered while we waited for the case."""
    with scope(system(force_id)), changing(case_id, actor=Extract(force_id, name="Case tracker")) as change:
        row = change.get(TellRequest, key)
        if row.state != TellState.SENT:
            return False
        row.state, row.answered_at = step(TELL, row.state, TellState.RETURNED).after, change.now
        row.save(update_fields=["state", "answered_at"])
        change.put_in_timeline("tell_request_returned", complainant=row.complainant)
        tell_officer(change.case, "tell_request_returned", row.pk, done_by=None)
        return True
