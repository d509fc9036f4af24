"""The meeting between investigator and prosecutor before the CPS decides not to charge: offered, then held, declined, or no answer.

A decision not to charge is published once the offer was answered, or the day asked for has passed (domain facts, section 2).
"""

from datetime import date, datetime
from uuid import UUID

from django.conf import settings

from accounts.models import User
from accounts.roles import Role
from cases import models as m
from cases.derive.facts import SuspectFacts
from cases.listing import is_cps
from cases.models.base import TEXT
from cases.services.changing import Changing, changing
from core import clock
from core.components import day_text
from core.exceptions import NotPossible
from core.scope import scope, system
from prosecution import permissions, policies_nfa
from prosecution.decision_said import NFA_DECISIONS
from prosecution.models import NfaMeeting
from prosecution.policies_decision import may_be_decided
from prosecution.services import whom

Answer = NfaMeeting.Answer


def offer_nfa_meeting(
    *, actor: User, case_id: UUID, suspect_id: UUID, answer_by: date, note: str = "", version: int | None = None
) -> NfaMeeting:
    """Offer the investigator a meeting before a decision not to charge.

    Raises NotAllowed, NotPossible (an offer is open, a past day, not with the CPS), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.DECIDE)
        suspect, facts = change.suspect(suspect_id)
        may_be_decided(facts)
        if answer_by < clock.today(change.now):
            raise NotPossible("Enter a day from today on", field="answer_by")
        if (row := latest(change.case, suspect.pk)) is not None and row.answer == "":
            raise NotPossible(f"A meeting is offered already, to be answered by {day_text(row.answer_by)}.")
        made = change.add(NfaMeeting, suspect=suspect, offered_at=change.now, offered_by=actor, answer_by=answer_by, note=note.strip())
        change.put_in_timeline("nfa_meeting_offered", suspect=suspect, text=f"To be answered by {day_text(answer_by)}")
        whom.tell_all(change, whom.officer(change), "nfa_meeting_offered", made.pk)
        return made


def answer_nfa_meeting(
    *,
    actor: User,
    case_id: UUID,
    nfa_meeting_id: UUID,
    answer: str,
    held_at: datetime | None = None,
    note: str = "",
    version: int | None = None,
) -> NfaMeeting:
    """Record what came of an offer: held, when and what was said; or not wanted, and why.

    The police say that they do not want one; either side records one that was held. Raises NotAllowed, NotPossible, Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.MEET)
        row = change.get(NfaMeeting, nfa_meeting_id)
        policies_nfa.waits_for_answer(row)
        _check_answer(change, row, answer, held_at, note)
        row.answer, row.answered_at, row.answered_by = answer, change.now, actor
        row.held_at = held_at if answer == Answer.HELD else None
        row.note = "\n".join(text for text in (row.note, note.strip()) if text)[:TEXT]
        row.save(update_fields=["answer", "answered_at", "answered_by", "held_at", "note"])
        change.put_in_timeline(
            "nfa_meeting_answered", at=row.held_at, suspect=row.suspect, text=f"{Answer(answer).label}. {row.note}"[:250]
        )
        whom.tell_all(change, [row.offered_by], "nfa_meeting_answered", row.pk)
        return row


def _check_answer(change: Changing, row: NfaMeeting, answer: str, held_at: datetime | None, note: str) -> None:
    if answer not in {Answer.HELD, Answer.DECLINED}:
        raise NotPossible("Select what came of the offer", field="answer")
    if answer == Answer.DECLINED and change.user is not None and is_cps(change.user):
        raise NotPossible("The investigator says that no meeting is wanted: the police record it", field="answer")
    if answer == Answer.HELD and held_at is None:
        raise NotPossible("Enter when it was held", field="held_at")
    if answer != Answer.HELD and held_at is not None:
        raise NotPossible("Leave this empty unless it was held", field="held_at")
    if held_at is not None:
        change.not_in_future(held_at, field="held_at")
        if held_at < row.offered_at:
            raise NotPossible("Enter a time after the meeting was offered", field="held_at")
    if not note.strip():
        words = "what was said and agreed" if answer == Answer.HELD else "why none is wanted"
        raise NotPossible(f"Enter {words}", field="note")


def latest(case: m.Case, suspect_id: UUID) -> NfaMeeting | None:
    """Return the latest offer of a meeting on a suspect, since the investigation was last reopened."""
    rows = NfaMeeting.objects.filter(case=case, suspect=suspect_id)
    reopened = m.SuspectOutcome.objects.filter(case=case, suspect=suspect_id, reopened_at__isnull=False).order_by("-reopened_at").first()
    if reopened is not None:
        rows = rows.filter(offered_at__gte=reopened.reopened_at)
    return rows.order_by("-offered_at", "-created_at").first()


def check_offered(change: Changing, decision: str, facts: SuspectFacts) -> None:
    """Refuse to publish a decision not to charge before a meeting was offered and answered, or its day has passed.

    An offer that ran out is written down as one without an answer. Not asked of CPS Direct, which decides within hours.
    Raises NotPossible.
    """
    actor = change.user
    if decision not in NFA_DECISIONS or not settings.NFA_MEETING or actor is None or actor.role == Role.CPS_DIRECT:
        return
    row = latest(change.case, facts.id)
    if row is None:
        raise NotPossible("Offer the investigator a meeting first: it comes before a decision not to charge.")
    if row.answer:
        return
    if clock.today(change.now) <= row.answer_by:
        raise NotPossible(f"The investigator may answer the offer of a meeting until the end of {day_text(row.answer_by)}.")
    with scope(system(change.case.force_id)):
        row.answer, row.answered_at = Answer.NO_ANSWER, change.now
        row.save(update_fields=["answer", "answered_at"])
