"""Decisions on suspects while they are prepared: kept, changed, discarded. The CPS's alone, so nothing of it moves the case.

Everybody prepares her or his own; whoever publishes first decides, and what the others prepared is kept as it stands.
"""

from typing import Unpack
from uuid import UUID

from accounts.models import User
from cases import models as m
from cases.derive.facts import SuspectFacts
from cases.services.changing import Changing
from cases.services.reconcile import reconcile
from core.exceptions import NotPossible
from core.scope import scope, system
from prosecution import permissions, states
from prosecution.decision_said import Given, Said, tidy
from prosecution.models import ChargingDecision, ProposedDecision, Referral, ReferralState
from prosecution.models import ProposedState as D
from prosecution.policies_decision import LIVE, may_be_changed, may_be_decided, was_decided
from prosecution.services.quietly import quietly

REVIEWED = (ReferralState.ACCEPTED, ReferralState.ON_PLAN, ReferralState.SENT)
"""The states of a referral under which a suspect is decided on, the likeliest first."""


def prepare_decision(
    *, actor: User, case_id: UUID, suspect_id: UUID, version: int | None = None, **given: Unpack[Given]
) -> ProposedDecision:
    """Keep a decision on a suspect as far as it has come. What is missing is asked for when it is proposed or published.

    `version` is not compared: what the police change meanwhile takes nothing from a draft. Raises NotAllowed, NotPossible (not
    with the CPS, decided already, one of one's own is there, what contradicts itself).
    """
    said = tidy(given)
    with quietly(case_id, actor=actor, permission=permissions.DECIDE, what="decision prepared") as change:
        suspect, facts = change.suspect(suspect_id)
        check_undecided(change, facts)
        if ProposedDecision.objects.filter(suspect=suspect, by=actor, state__in=LIVE).exists():
            raise NotPossible("You are preparing a decision on this suspect already. Change that one, or discard it.")
        states.step(states.DECISION, None, D.DRAFT)
        referral = referral_of(change.case, suspect.pk)
        return change.add(ProposedDecision, suspect=suspect, referral=referral, by=actor, state=D.DRAFT, **said.columns)


def change_decision(
    *, actor: User, case_id: UUID, proposed_decision_id: UUID, version: int | None = None, **given: Unpack[Given]
) -> ProposedDecision:
    """Change what one prepares. While it waits, or once it is confirmed, that takes the second check back.

    Raises NotAllowed, NotPossible (another’s, published, discarded or overtaken, what contradicts itself).
    """
    said = tidy(given)
    with quietly(case_id, actor=actor, permission=permissions.DECIDE, what="decision changed") as change:
        row = own_of(change, proposed_decision_id)
        waited = row.state in {D.WAITS, D.CONFIRMED}
        if waited:
            states.step(states.DECISION, row.state, D.DRAFT)
            row.state, row.proposed_at, row.checked_at, row.checked_by, row.check_note = D.DRAFT, None, None, None, ""
        take(row, said)
        row.save()
        if waited:
            derive_clocks(change)
        return row


def discard_decision(*, actor: User, case_id: UUID, proposed_decision_id: UUID, version: int | None = None) -> ProposedDecision:
    """Discard what one prepares; the text stays on its page. Raises NotAllowed, NotPossible (another’s, ended already)."""
    with quietly(case_id, actor=actor, permission=permissions.DECIDE, what="decision discarded") as change:
        row = own_of(change, proposed_decision_id)
        states.step(states.DECISION, row.state, D.DISCARDED)
        row.state = D.DISCARDED
        row.save(update_fields=["state"])
        derive_clocks(change)
        return row


def take(row: ProposedDecision, said: Said) -> None:
    """Put what a decision says into its row, unsaved."""
    for name, value in said.columns.items():
        setattr(row, name, value)


def own_of(change: Changing, key: UUID) -> ProposedDecision:
    """Return a decision that the actor prepares. Raises NotPossible for another’s, and for one that ended: who decided, and when."""
    row = change.get(ProposedDecision, key)
    if row.by_id != getattr(change.user, "pk", None):
        raise NotPossible(f"{row.by.name} prepared this. Prepare a decision of your own.")
    check_not_overtaken(change, row)
    may_be_changed(row)
    return row


def check_not_overtaken(change: Changing, row: ProposedDecision) -> None:
    """Say to whoever was second who decided on the suspect, when and what. Raises NotPossible."""
    decided = latest_on(change.case, row.suspect_id) if row.state == D.OVERTAKEN else None
    if decided is not None:
        raise NotPossible(f"{was_decided(decided)} What you prepared is kept on its page. Nothing was changed.")


def check_undecided(change: Changing, facts: SuspectFacts) -> None:
    """Refuse to decide on a suspect who is settled or not with the CPS, saying who decided where somebody did. Raises NotPossible."""
    check_first(change, facts)
    may_be_decided(facts)


def check_first(change: Changing, facts: SuspectFacts) -> None:
    """Refuse to decide a second time, saying who decided, when and what. Raises NotPossible."""
    decided = latest_on(change.case, facts.id) if facts.standing_outcome() is not None else None
    if decided is not None:
        raise NotPossible(f"{was_decided(decided)} Nothing was changed; what you typed is below.")


def latest_on(case: m.Case, suspect_id: UUID) -> ChargingDecision | None:
    """Return the latest published decision on a suspect, if any."""
    return ChargingDecision.objects.filter(case=case, suspect=suspect_id).order_by("-created_at").first()


def referral_of(case: m.Case, suspect_id: UUID) -> Referral | None:
    """Return the referral under which a suspect is decided on now: accepted or on an action plan before one that waits for triage."""
    rows = Referral.objects.filter(case=case, state__in=REVIEWED, suspects__suspect=suspect_id, suspects__removed_at__isnull=True).order_by(
        "-number"
    )
    return min(rows, key=lambda row: REVIEWED.index(ReferralState(row.state)), default=None)


def derive_clocks(change: Changing) -> None:
    """Let the clock of the second check follow, without a new version of the case: nobody beside the CPS learns that it moved.

    What time alone has changed is written down with it, as the nightly check would: under nobody's name.
    """
    with scope(system(change.case.force_id)):
        reconcile(change.case, reason="time passed", actor_name="System", now=change.now)
