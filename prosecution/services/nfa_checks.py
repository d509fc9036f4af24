"""The second look at no further action that the police propose. Confirmed, it is the outcome, written in the same transaction."""

from typing import Final
from uuid import UUID

from django.db.models import Q

from accounts.models import User
from cases import models as m
from cases.derive.facts import CaseFacts
from cases.models.base import LINE
from cases.services.changing import Changing, changing
from cases.services.outcomes import Ending, check_ending, end_crime, give_to_crimes, write_outcome
from cases.services.reconcile import reconcile
from cases.steps import step
from core import clock
from core.exceptions import NotAllowed, NotPossible
from notifications.services import tell
from prosecution import permissions, policies_nfa
from prosecution.models.nfa import LIVE, ProposedNfa
from prosecution.models.nfa import NfaState as N
from prosecution.nfa_said import missing, said_by
from prosecution.nfa_setting import grade_of, may_check
from prosecution.services import whom
from prosecution.services.decisions import derive_clocks
from prosecution.services.nfa import WORDS, get, own_of
from prosecution.services.quietly import quietly
from prosecution.states_nfa import NFA

CHANGED_SINCE: Final = "What was proposed changed since you opened this page. Read it again, then answer."


def propose_nfa(*, actor: User, case_id: UUID, proposed_nfa_id: UUID, version: int | None = None) -> ProposedNfa:
    """Put a proposal to a second person. It waits from now on, and its clock runs.

    Raises NotAllowed, NotPossible (another’s, something is missing, an outcome is there, it waits or ended already).
    """
    with quietly(case_id, actor=actor, permission=permissions.PROPOSE_NFA, what="no further action proposed") as change:
        row = own_of(change, proposed_nfa_id)
        policies_nfa.may_be_proposed(row)
        check_open(change, row)
        for _, reason in missing(said_by(row), of_crime=row.offence_id is not None):
            raise NotPossible(f"This is not complete yet. {reason}.")
        row.state = step(NFA, row.state, N.WAITS, WORDS).after
        row.proposed_at, row.checked_at, row.checked_by = change.now, None, None
        row.save(update_fields=["state", "proposed_at", "checked_at", "checked_by"])
        derive_clocks(change)
        people = [one for one in whom.inspectors(change) if may_check(one)]
        whom.tell_all(change, people, "nfa_waits", f"{row.pk}:{change.now.timestamp():.0f}")
        return row


def check_open(change: Changing, row: ProposedNfa) -> None:
    """Refuse to go on where an outcome was recorded meanwhile. Raises NotPossible."""
    if row.suspect_id is not None:
        policies_nfa.may_be_drafted(change.suspect(row.suspect_id)[1])
    elif row.offence is not None:
        policies_nfa.crime_may_be_drafted(row.offence)


def check_nfa(
    *,
    actor: User,
    case_id: UUID,
    proposed_nfa_id: UUID,
    confirm: bool,
    note: str = "",
    seen: str = "",
    version: int | None = None,
) -> ProposedNfa:
    """Confirm a colleague's proposal, which records the outcome of today, or send it back with a note. Never one's own.

    `seen` says which proposal was read (its moment in ISO form). Raises NotAllowed (one’s own, not the rank), NotPossible (does not
    wait, changed since, sent back without a note; to confirm: in custody, telling not planned, what blocks closing), Conflict.
    """
    if confirm:
        return _confirm(actor, case_id, proposed_nfa_id, note, seen, version)
    with quietly(case_id, actor=actor, permission=permissions.CHECK_NFA, what="no further action looked at") as change:
        row = _to_check(change, actor, proposed_nfa_id, seen)
        if not note.strip():
            raise NotPossible("Enter why you send it back", field="note")
        _answer(change, row, actor, N.SENT_BACK, note)
        derive_clocks(change)
        whom.tell_all(change, [row.by], "nfa_sent_back", f"{row.pk}:{change.now.timestamp():.0f}")
        return row


def _confirm(actor: User, case_id: UUID, key: UUID, note: str, seen: str, version: int | None) -> ProposedNfa:
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.CHECK_NFA)
        row = _to_check(change, actor, key, seen)
        said = said_by(row)
        ending = Ending(said.code, clock.today(change.now), m.Side.POLICE, in_a_line(said.reasons), looked_at=True)
        if row.suspect_id is not None:
            suspect, facts = change.suspect(row.suspect_id)
            policies_nfa.may_end_now(facts)
            check_ending(change, facts, ending, field="confirm")
            row.outcome = write_outcome(change, suspect, facts, ending)
            if row.also_crimes:
                give_to_crimes(change, suspect, ending)
        elif row.offence is not None:
            end_crime(change, row.offence, ending)
        _answer(change, row, actor, N.CONFIRMED, note)
        change.put_in_timeline("nfa_confirmed", suspect=row.suspect, text=f"Proposed by {row.by.name}, confirmed by {actor.name}"[:LINE])
        whom.tell_all(change, [row.by], "nfa_confirmed", row.pk)
        return row


def _to_check(change: Changing, actor: User, key: UUID, seen: str) -> ProposedNfa:
    """Return the proposal that this person may answer. Raises NotAllowed, NotPossible."""
    row = get(change, key)
    policies_nfa.may_be_checked(row)
    check_by(row, actor)
    if seen and row.proposed_at is not None and seen != row.proposed_at.isoformat():
        raise NotPossible(CHANGED_SINCE)
    return row


def check_by(row: ProposedNfa, person: User) -> None:
    """Raise NotAllowed for whoever proposed it, and for who has not the rank that the force asks for."""
    if row.by_id == person.pk:
        raise NotAllowed("You proposed this: a second person has to look at it.")
    if not may_check(person):
        grade = grade_of(person.agency_id)
        rank = f"{str(grade.label).lower()} or above" if grade is not None else "second person"
        raise NotAllowed(f"Only a person of the rank of {rank} confirms this. Your rank on record is “{person.get_grade_display()}”.")


def _answer(change: Changing, row: ProposedNfa, actor: User, after: N, note: str) -> None:
    row.state = step(NFA, row.state, after, WORDS).after
    row.checked_at, row.checked_by, row.check_note = change.now, actor, note.strip()
    row.save(update_fields=["state", "checked_at", "checked_by", "check_note", "outcome"])


def in_a_line(reasons: str) -> str:
    """Return the reasons as the record of the outcome keeps them; the whole text stays with the proposal."""
    return reasons if len(reasons) <= LINE else f"{reasons[: LINE - 1]}…"


def follow(case: m.Case, facts: CaseFacts) -> None:
    """Overtake what is proposed where an outcome was recorded another way, and tell its author. A part of every reconcile."""
    if end_proposed(case):
        reconcile(case, reason="outcome_recorded", actor_name="Case tracker", now=facts.as_of)


def end_proposed(case: m.Case) -> bool:
    """Overtake it, and say whether anything was. Called in the system scope of the case's force. One query where nothing is."""
    settled = m.SuspectOutcome.objects.filter(case=case, reopened_at__isnull=True).values("suspect")
    ended = Q(suspect__in=settled) | Q(offence__outcome_code__isnull=False)
    over = list(ProposedNfa.objects.filter(ended, case=case, state__in=LIVE).select_related("by"))
    for row in over:
        row.state = step(NFA, row.state, N.OVERTAKEN, WORDS).after
        row.save(update_fields=["state"])
        tell(user=row.by, subject="nfa_overtaken", key=f"{row.pk}:{case.version}", case_id=case.pk)
    return bool(over)
