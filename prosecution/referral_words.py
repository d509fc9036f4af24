"""How custody and bail of a suspect stand, in words, for whoever refers or decides: read from the facts of the case."""

from datetime import datetime, timedelta
from typing import Final

from cases.derive.facts import ArrestFact, SuspectFacts
from core.components import day_text, london_text
from prosecution.models import ReferralState

COLOURS: Final[dict[str, str]] = {
    ReferralState.DRAFT: "grey",
    ReferralState.READY: "yellow",
    ReferralState.SENT: "blue",
    ReferralState.RETURNED: "orange",
    ReferralState.ACCEPTED: "blue",
    ReferralState.ON_PLAN: "purple",
    ReferralState.DECIDED: "green",
    ReferralState.WITHDRAWN: "grey",
    ReferralState.FINALISED: "grey",
}
"""The colour of the tag of each state."""
MOVES: Final[dict[str, str]] = {
    ReferralState.DRAFT: "The officer: complete it and mark it as ready",
    ReferralState.READY: "The supervisor: send it, or send it back to the officer",
    ReferralState.SENT: "The CPS: triage it",
    ReferralState.RETURNED: "The police: put right what was returned, and send it again",
    ReferralState.ACCEPTED: "The prosecutor: decide, or set an action plan",
    ReferralState.ON_PLAN: "The police: answer the action plan",
    ReferralState.DECIDED: "Nobody: it is decided",
    ReferralState.WITHDRAWN: "Nobody: it was withdrawn",
    ReferralState.FINALISED: "The police: reopen it, or confirm that it is closed",
}
"""Whose move it is, by state."""


def bail_words(facts: SuspectFacts | None, now: datetime) -> str:
    """Return how bail stands; in custody and no bail are said as well. Days are London dates."""
    if facts is None:
        return "Not known"
    arrest, bail = facts.latest_arrest(), facts.live_bail()
    if arrest is not None and arrest.in_custody:
        return "In custody"
    if bail is None:
        return "Not on bail"
    if bail.passed_not_known:
        return "Bail date passed, not known what happened"
    ends = day_text(bail.ends_on())
    if bail.suspended_since is not None:
        return (
            f"On bail, which stands still since {london_text(bail.suspended_since)} while with the CPS. Without that it would end on {ends}"
        )
    return f"Bail lapsed on {ends}" if bail.lapsed(now) else f"On bail until the end of {ends}"


def detention_words(facts: SuspectFacts | None) -> str:
    """Return when the detention clock of somebody in custody runs out (PACE ss.41 to 44); "" for nobody there or no clock entered."""
    arrest = facts.latest_arrest() if facts is not None else None
    if arrest is None or not arrest.in_custody:
        return ""
    ends = detention_ends(arrest)
    return f"Detention clock of {arrest.hours} hours runs out {london_text(ends)}" if ends else "Detention clock not entered"


def detention_ends(arrest: ArrestFact) -> datetime | None:
    """Return when the detention clock of an arrest runs out; None where it was not entered."""
    if arrest.began_at is None or arrest.hours is None:
        return None
    return arrest.began_at + timedelta(hours=arrest.hours)
