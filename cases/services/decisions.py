"""A decision not to arrest: proposed by one, answered by another. It stops the arrest clock only when approved."""

from uuid import UUID

from accounts.models import User
from cases import models as m
from cases import permissions, policies
from cases.services.changing import changing
from core.exceptions import NotAllowed, NotPossible

Answer = m.ArrestDecision.Answer


def propose_no_arrest(
    *, actor: User, case_id: UUID, suspect_id: UUID, rationale: str, protection: str, version: int | None = None
) -> m.ArrestDecision:
    """Propose not to arrest, with the reasons and what protects the victim without bail conditions. The clock runs on.

    Raises NotAllowed, NotPossible (arrested or interviewed, approved or waiting already, has an outcome, no reasons, no
    protection), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.INVESTIGATE)
        suspect, facts = change.suspect(suspect_id)
        policies.no_arrest_may_be_proposed(facts)
        if m.ArrestDecision.objects.filter(case=change.case, suspect=suspect, answer=Answer.WAITING).exists():
            raise NotPossible("A decision not to arrest this suspect waits for approval already.")
        if not rationale.strip():
            raise NotPossible("Enter why the suspect is not to be arrested", field="rationale")
        if not protection.strip():
            raise NotPossible("Without an arrest no bail conditions are possible: enter what else protects the victim", field="protection")
        change.put_in_timeline("no_arrest_proposed", suspect=suspect, text=rationale)
        return change.add(m.ArrestDecision, suspect=suspect, proposed_at=change.now, rationale=rationale, protection=protection)


def answer_no_arrest(
    *, actor: User, case_id: UUID, decision_id: UUID, approve: bool, note: str = "", version: int | None = None
) -> m.ArrestDecision:
    """Approve or refuse a decision not to arrest: a second person, sergeant or supervisor, never the one who proposed it.

    Raises NotAllowed, NotPossible (answered already; to approve: arrested, interviewed or settled meanwhile; to refuse: no
    reason), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.ANSWER_NO_ARREST)
        decision = change.get(m.ArrestDecision, decision_id)
        suspect, facts = change.suspect(decision.suspect_id)
        may_be_answered_by(decision, actor)
        if approve:
            policies.no_arrest_may_be_proposed(facts)
        elif not note.strip():
            raise NotPossible("Enter why it is refused", field="note")
        decision.answer = Answer.APPROVED if approve else Answer.REFUSED
        decision.answered_by, decision.answered_at, decision.answer_note = actor, change.now, note
        decision.save(update_fields=["answer", "answered_by", "answered_at", "answer_note"])
        change.put_in_timeline("no_arrest_approved" if approve else "no_arrest_refused", suspect=suspect, text=note)
        return decision


def decision_waits(decision: m.ArrestDecision) -> None:
    """A policy: a decision is answered once. Raises NotPossible."""
    if decision.answer != Answer.WAITING:
        raise NotPossible("This decision has been answered.")


def may_be_answered_by(decision: m.ArrestDecision, person: User) -> None:
    """Raise NotPossible when it was answered, NotAllowed for the person who proposed it: maker and checker are two."""
    decision_waits(decision)
    if decision.created_by_id == person.pk:
        raise NotAllowed("You proposed this: a second person must approve or refuse it.")
