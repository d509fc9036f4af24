"""What the facts allow of decisions now, whoever asks: pure functions that raise NotPossible with the reason shown to the person."""

from typing import Final

from django.conf import settings

from accounts.roles import Role
from cases import policies
from cases.derive.facts import Position, SuspectFacts
from core.components import london_text
from core.exceptions import NotPossible
from core.words import inside
from prosecution import states
from prosecution.models import ChargingDecision, ProposedDecision, Test
from prosecution.models import ProposedState as D

LIVE: Final = frozenset({D.DRAFT, D.WAITS, D.CONFIRMED, D.SENT_BACK})
"""States of a decision that is still being prepared."""
DECIDED_ON: Final = frozenset({Position.WITH_CPS, Position.ACTION_PLAN})


def may_be_decided(facts: SuspectFacts) -> None:
    """A prosecutor decides on a suspect who is with the CPS, or on an action plan of its own."""
    if facts.standing_outcome() is not None:
        raise NotPossible("This suspect has an outcome already. Only a reopened investigation is decided again.")
    if facts.position == Position.FINALISED:
        raise NotPossible("This suspect’s referral was finalised administratively. The police reopen it first.")
    if facts.position not in DECIDED_ON:
        raise NotPossible("This suspect is not with the CPS: nothing was referred, or it waits for triage.")


def second_check_is_due(decision: str, *, by_direct: bool) -> bool:
    """Say whether another prosecutor has to confirm a decision first. CPS Direct decides within hours, and is not asked for it."""
    return not by_direct and decision in settings.SECOND_CHECK_DECISIONS


def second_check_roles(area_id: int) -> list[str]:
    """Return the roles that make second checks in an Area: its own ("110=cps_manager"), else everybody's."""
    own = [role for number, _, role in (entry.rpartition("=") for entry in settings.SECOND_CHECK_ROLES) if number == str(area_id)]
    return own or [entry for entry in settings.SECOND_CHECK_ROLES if "=" not in entry]


def may_be_changed(row: ProposedDecision) -> None:
    """What is being prepared may be changed; what was published, discarded or overtaken stays as it is."""
    if row.state not in LIVE:
        raise _ended(row)


def may_be_proposed(row: ProposedDecision) -> None:
    """A draft, or one that came back, is put to a second prosecutor."""
    may_be_changed(row)
    states.step(states.DECISION, row.state, D.WAITS)


def may_be_checked(row: ProposedDecision) -> None:
    """A second prosecutor answers what waits for her or him."""
    may_be_changed(row)
    if row.state != D.WAITS:
        raise NotPossible("This does not wait for a second prosecutor.")


def may_be_published(row: ProposedDecision) -> None:
    """A draft of what needs no second check, or what a second prosecutor confirmed."""
    may_be_changed(row)
    if row.state == D.DRAFT and second_check_is_due(row.decision, by_direct=row.by.role == Role.CPS_DIRECT):
        raise NotPossible("A second prosecutor has to confirm this decision first.")
    states.step(states.DECISION, row.state, D.PUBLISHED)


def _ended(row: ProposedDecision) -> NotPossible:
    words = inside(D(row.state).label)
    return NotPossible(f"This was {words} already. What was prepared is kept on its page. Nothing was changed.")


def was_decided(row: ChargingDecision) -> str:
    """Return who decided on a suspect, when and what, for somebody who would decide too."""
    return f"{row.decided_by_name} decided on this suspect, {london_text(row.decided_at)}: {inside(row.get_decision_display())}."


def threshold_may_be_reviewed(row: ChargingDecision) -> None:
    """Only a charge on the Threshold Test waits for the Full Code Test, and only once."""
    if row.test != Test.THRESHOLD or row.review_on is None:
        raise NotPossible("This is no charge on the Threshold Test.")
    if reviewed(row):
        raise NotPossible("The Full Code Test was applied to this charge already.")


def reviewed(row: ChargingDecision) -> bool:
    """Say whether the Full Code Test was applied; asked once a row. Lists say it beforehand as `was_reviewed`."""
    from prosecution.models import ThresholdReview

    known: bool | None = getattr(row, "was_reviewed", None)
    if known is None:
        known = ThresholdReview.objects.filter(decision=row.pk).exists()
        row.was_reviewed = known  # type: ignore[attr-defined]
    return known


def direct_may_be_entered(facts: SuspectFacts) -> None:
    """A decision of CPS Direct is entered for a suspect without an outcome, whether or not a red referral was recorded."""
    policies.not_settled(facts)


def is_charged(facts: SuspectFacts) -> None:
    """Only a charge ends at court."""
    policies.is_charged(facts)
