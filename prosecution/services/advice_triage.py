"""Triage of a request for early advice by the Area’s legal manager: accepted, returned, refused; a challenge answered; reallocated."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from accounts.models import User
from cases.models.base import LINE
from cases.services.changing import Changing, changing
from core.exceptions import NotPossible
from core.scope import scope, system
from prosecution import permissions as p
from prosecution import policies_advice as policies
from prosecution.choosing import chosen
from prosecution.models import AdviceState as State
from prosecution.models import EarlyAdvice, RefusalChallenge, Triage
from prosecution.reasons import ADVICE_REASONS, REFUSAL_REASONS
from prosecution.services import whom
from prosecution.services.advice import named, said
from prosecution.services.naming import name_prosecutor
from prosecution.services.submissions import Reason, triage, waiting


def accept_advice(*, actor: User, case_id: UUID, early_advice_id: UUID, prosecutor_id: UUID, version: int | None = None) -> EarlyAdvice:
    """Accept a request and name the prosecutor who advises: the case is hers or his from now on.

    Raises NotAllowed, NotPossible (it does not wait for triage; nobody of this Area), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.TRIAGE)
        row = change.get(EarlyAdvice, early_advice_id)
        policies.may_be_accepted(row)
        person = chosen(change.case, actor, prosecutor_id)
        triage(change, waiting(row), Triage.ACCEPTED)
        _give(change, row, person)
        whom.tell_all(change, whom.officer(change), "advice_accepted", row.pk)
        return row


def return_advice(
    *, actor: User, case_id: UUID, early_advice_id: UUID, reasons: Sequence[Reason], respond_by: date, version: int | None = None
) -> EarlyAdvice:
    """Return a request with coded reasons and the day by which the police answer.

    Raises NotAllowed, NotPossible (it does not wait for triage; no reason, one that is not in the list, twice or without the
    words that "another reason" asks; a day gone by), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.TRIAGE)
        row = change.get(EarlyAdvice, early_advice_id)
        policies.may_be_returned(row)
        triage(change, waiting(row), Triage.RETURNED, respond_by=respond_by, reasons=checked_reasons(reasons))
        row.state = State.RETURNED
        row.save(update_fields=["state"])
        change.put_in_timeline("advice_returned", text=named(row))
        whom.tell_all(change, whom.officer(change), "advice_returned", row.pk)
        return row


def refuse_advice(
    *, actor: User, case_id: UUID, early_advice_id: UUID, reason: str, note: str = "", version: int | None = None
) -> EarlyAdvice:
    """Refuse a request: recorded and communicated (DG6 para 7.9). An inspector may challenge it.

    Raises NotAllowed, NotPossible (it does not wait for triage; no reason; another reason without words), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.TRIAGE)
        row = change.get(EarlyAdvice, early_advice_id)
        policies.may_be_refused(row)
        if reason not in REFUSAL_REASONS:
            raise NotPossible("Select why it is refused", field="reason")
        words = note.strip()
        if reason == "other" or len(words) > LINE:
            words = said(note, "Enter the reason", "note")
        triage(change, waiting(row), Triage.REFUSED, note=words, reasons=[Reason(reason)])
        row.state = State.REFUSED
        row.save(update_fields=["state"])
        change.put_in_timeline("advice_refused", text=f"{named(row)}: {REFUSAL_REASONS[reason]}")
        whom.tell_all(change, whom.officer(change), "advice_refused", row.pk)
        return row


def answer_challenge(
    *,
    actor: User,
    case_id: UUID,
    early_advice_id: UUID,
    accept: bool,
    prosecutor_id: UUID | None = None,
    note: str = "",
    version: int | None = None,
) -> RefusalChallenge:
    """Answer the challenge of a refusal: accept after all and name the prosecutor, or uphold the refusal with a note.

    Raises NotAllowed, NotPossible (no challenge waits; accepted without a prosecutor; upheld without a note), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.TRIAGE)
        row = change.get(EarlyAdvice, early_advice_id)
        policies.waits_for_answer_to_challenge(row)
        challenge = RefusalChallenge.objects.filter(advice=row, answered_at__isnull=True).get()
        words = said(note, "Enter why the refusal stands", "note") if not accept or note.strip() else ""
        if not accept and prosecutor_id is not None:
            raise NotPossible("Name a prosecutor only if you accept the request", field="prosecutor_id")
        person = chosen(change.case, actor, prosecutor_id) if accept else None
        challenge.answered_at, challenge.accepted, challenge.answer = change.now, accept, words
        challenge.save(update_fields=["answered_at", "accepted", "answer"])
        if person is not None:
            _give(change, row, person)
        else:
            row.state = State.REFUSED
            row.save(update_fields=["state"])
            change.put_in_timeline("advice_upheld", text=named(row))
        whom.tell_all(change, _challenger(change, challenge), "advice_challenge_answered", row.pk)
        return challenge


def reallocate_advice(*, actor: User, case_id: UUID, early_advice_id: UUID, prosecutor_id: UUID, version: int | None = None) -> EarlyAdvice:
    """Give a request that is with a prosecutor to another; what was kept of the answers stays for her or him.

    Raises NotAllowed, NotPossible (it is with no prosecutor, or with this one; nobody of this Area), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.REALLOCATE)
        row = change.get(EarlyAdvice, early_advice_id)
        policies.with_a_prosecutor(row)
        person = chosen(change.case, actor, prosecutor_id)
        if person.pk == row.prosecutor_id:
            raise NotPossible(f"It is with {person.name} already", field="prosecutor_id")
        row.prosecutor = person
        row.save(update_fields=["prosecutor"])
        name_prosecutor(change, person)
        change.put_in_timeline("advice_reallocated", text=f"{named(row)}: {person.name}")
        whom.tell_all(change, [person], "advice_assigned", row.pk)
        return row


def checked_reasons(reasons: Sequence[Reason]) -> list[Reason]:
    """Return the reasons of a return, each of the list and once, its detail stripped. Raises NotPossible beside its field."""
    found: dict[str, Reason] = {}
    for one in reasons:
        if one.code not in ADVICE_REASONS or one.code in found:
            raise NotPossible("Select reasons of the list, each once", field="reasons")
        detail = one.detail.strip()
        if one.code == "other" or len(detail) > LINE:
            detail = said(detail, "Enter the reason", f"detail_{one.code}")
        found[one.code] = Reason(one.code, detail, one.present_before)
    return list(found.values())


def _give(change: Changing, row: EarlyAdvice, person: User) -> None:
    row.state, row.accepted_at, row.prosecutor = State.ACCEPTED, change.now, person
    row.save(update_fields=["state", "accepted_at", "prosecutor"])
    name_prosecutor(change, person)
    change.put_in_timeline("advice_accepted", text=f"{named(row)}: {person.name}")
    whom.tell_all(change, [person], "advice_assigned", row.pk)


def _challenger(change: Changing, challenge: RefusalChallenge) -> list[User]:
    """Return who challenged: read in the scope of the force whose person she or he is."""
    with scope(system(change.case.force_id)):
        return list(User.objects.filter(pk__in=[challenge.created_by_id]))
