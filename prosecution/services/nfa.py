"""No further action as an officer proposes it: drafted, changed, discarded. The police's alone, so nothing of it moves the case.

One proposal lives for a suspect or a recorded crime at a time. Whoever drafted it changes it and puts it forward; a supervisor may
discard it, so that it stands in nobody's way when its author is gone.
"""

from typing import Unpack
from uuid import UUID

from accounts.models import User
from cases import models as m
from cases.permissions import SUPERVISE
from cases.services.changing import Changing
from cases.steps import step
from core.exceptions import NotPossible
from prosecution import permissions, policies_nfa
from prosecution.models.nfa import LIVE, ProposedNfa
from prosecution.models.nfa import NfaState as N
from prosecution.nfa_said import NfaGiven, tidy
from prosecution.nfa_setting import grade_of
from prosecution.services import whom
from prosecution.services.decisions import derive_clocks
from prosecution.services.quietly import quietly
from prosecution.states_nfa import LABELS, NFA

WORDS = LABELS["No further action, proposed by the police"]
AT_ONCE = "In this force no further action is recorded at once, as any other outcome."


def draft_nfa(*, actor: User, case_id: UUID, suspect_id: UUID, version: int | None = None, **given: Unpack[NfaGiven]) -> ProposedNfa:
    """Keep a proposal of no further action on a suspect as far as it has come; what is missing is asked for when it is put forward.

    Raises NotAllowed, NotPossible (has an outcome, one is there, what contradicts itself).
    """
    with quietly(case_id, actor=actor, permission=permissions.PROPOSE_NFA, what="no further action drafted") as change:
        suspect, facts = change.suspect(suspect_id)
        policies_nfa.may_be_drafted(facts)
        _none_there(change, suspect=suspect)
        said = tidy(given, of_crime=False)
        return change.add(ProposedNfa, suspect=suspect, by=actor, state=N.DRAFT, **said.columns)


def draft_crime_nfa(*, actor: User, case_id: UUID, offence_id: UUID, version: int | None = None, **given: Unpack[NfaGiven]) -> ProposedNfa:
    """Keep the same on a recorded crime. Raises NotAllowed, NotPossible (has an outcome, one is there, what contradicts itself)."""
    with quietly(case_id, actor=actor, permission=permissions.PROPOSE_NFA, what="no further action drafted") as change:
        crime = change.get(m.Offence, offence_id)
        policies_nfa.crime_may_be_drafted(crime)
        _none_there(change, offence=crime)
        said = tidy(given, of_crime=True)
        return change.add(ProposedNfa, offence=crime, by=actor, state=N.DRAFT, **said.columns)


def change_nfa(*, actor: User, case_id: UUID, proposed_nfa_id: UUID, version: int | None = None, **given: Unpack[NfaGiven]) -> ProposedNfa:
    """Change what one proposed. While it waits, that takes it back from the second person.

    Raises NotAllowed, NotPossible (another’s, ended already, what contradicts itself).
    """
    with quietly(case_id, actor=actor, permission=permissions.PROPOSE_NFA, what="no further action changed") as change:
        row = own_of(change, proposed_nfa_id)
        said = tidy(given, of_crime=row.offence_id is not None)
        waited = row.state == N.WAITS
        if waited:
            row.state, row.proposed_at = step(NFA, row.state, N.DRAFT, WORDS).after, None
        for name, value in said.columns.items():
            setattr(row, name, value)
        row.save()
        if waited:
            derive_clocks(change)
        return row


def discard_nfa(*, actor: User, case_id: UUID, proposed_nfa_id: UUID, version: int | None = None) -> ProposedNfa:
    """Discard a proposal; its text stays on its page. Raises NotAllowed (neither its author nor a supervisor), NotPossible (ended)."""
    with quietly(case_id, actor=actor, permission=permissions.PROPOSE_NFA, what="no further action discarded") as change:
        row = get(change, proposed_nfa_id)
        if row.by_id != actor.pk:
            SUPERVISE.check(actor)
        row.state = step(NFA, row.state, N.DISCARDED, WORDS).after
        row.save(update_fields=["state"])
        derive_clocks(change)
        whom.tell_all(change, [row.by], "nfa_discarded", f"{row.pk}:{change.now.timestamp():.0f}")
        return row


def get(change: Changing, key: UUID) -> ProposedNfa:
    """Return a proposal that lives. Raises Http404 for none of this case, NotPossible for one that ended, saying how."""
    row = change.get(ProposedNfa, key)
    if row.state == N.CONFIRMED and row.checked_by is not None:
        raise NotPossible(f"{row.checked_by.name} confirmed this first. Nothing was changed.")
    policies_nfa.may_be_changed(row)
    return row


def own_of(change: Changing, key: UUID) -> ProposedNfa:
    """Return a proposal that the actor drafted. Raises as `get`, and NotPossible for another's."""
    row = get(change, key)
    if row.by_id != getattr(change.user, "pk", None):
        raise NotPossible(f"{row.by.name} drafted this. A supervisor may discard it; then draft one of your own.")
    return row


def _none_there(change: Changing, *, suspect: m.Suspect | None = None, offence: m.Offence | None = None) -> None:
    if grade_of(change.case.force_id) is None:
        raise NotPossible(AT_ONCE)
    if ProposedNfa.objects.filter(case=change.case, suspect=suspect, offence=offence, state__in=LIVE).exists():
        raise NotPossible(policies_nfa.ONE_THERE)
