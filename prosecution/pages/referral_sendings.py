"""What is shown and counted of the times a referral was sent: when, what triage made of it, and what counts against whom. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from core.components import day_text
from prosecution.models import Referral, Submission, Triage
from prosecution.pages.advice_figures import in_days
from prosecution.pages.as_sent import GAVE_BACK
from prosecution.reasons import RED_REASONS, REFERRAL_REASONS

REASONS: Final = {**REFERRAL_REASONS, **RED_REASONS}


@dataclass(frozen=True, slots=True)
class Sending:
    """One submission. `reasons`: words, detail, whether it was there the first time already."""

    number: int
    at: datetime
    by: str
    red: bool
    triage: str
    triaged_at: datetime | None
    triaged_by: str
    respond_by: str
    note: str
    late: bool
    reasons: Sequence[tuple[str, str, bool]]
    against_cps: Sequence[str]
    changed: str
    """What differs from the time before."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one referral. `age` counts from the first time it was sent, and no return stops it."""

    asked: int
    returned: int
    compliant_at_first: bool | None
    age: str
    against_cps: int


def sending_of(row: Submission, changed: str = "") -> Sending:
    """Return one submission for the page; its reasons have been loaded."""
    order = list(REASONS)
    reasons = sorted(row.reasons.all(), key=lambda one: order.index(one.code))
    return Sending(
        number=row.number,
        at=row.at,
        by=row.by_name,
        red=row.red,
        triage=row.get_triage_display() if row.triage else "Waiting for triage",
        triaged_at=row.triaged_at,
        triaged_by=row.triaged_by_name,
        respond_by=day_text(row.respond_by) if row.respond_by else "",
        note=row.note,
        late=row.late,
        reasons=[(REASONS[one.code], one.detail, one.present_before) for one in reasons],
        against_cps=against_cps(row),
        changed=changed,
    )


def against_cps(row: Submission) -> list[str]:
    """Return what of a return counts against the CPS, which made it: later than the target, a reason present the first time already."""
    if row.triage not in GAVE_BACK:
        return []
    found = ["Returned later than the triage target"] if row.late else []
    return found + [f"There the first time already: {REASONS[one.code]}" for one in row.reasons.all() if one.present_before]


def figures_of(referral: Referral, sendings: Sequence[Submission], now: datetime) -> Figures:
    """Return the figures of a referral from its submissions, oldest first, as they stand at a moment."""
    first = sendings[0] if sendings else None
    return Figures(
        asked=len(sendings),
        returned=sum(one.triage in GAVE_BACK for one in sendings),
        compliant_at_first=first.triage == Triage.ACCEPTED if first and first.triage else None,
        age=in_days((referral.ended_at or now) - referral.first_submitted_at) if referral.first_submitted_at else "",
        against_cps=sum(bool(against_cps(one)) for one in sendings),
    )
