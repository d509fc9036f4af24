"""Sending to the CPS and what triage makes of it, the same for a request for early advice and for a referral.

The first thing sent shares the case with the Area; withdrawn before triage, with nothing else asked, it is taken back.
A triage later than its target counts against the sender when it returns, and so does a reason for a second return
that was present the first time already.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max

from accounts.models import Agency
from cases import models as m
from cases.derive.clocks import Kind, due_of
from cases.selectors import editions_of
from cases.services.changing import Changing
from cases.services.roles import current, end
from cases.services.sharing import area_for
from core import clock
from core.exceptions import NotPossible
from prosecution.models import EarlyAdvice, Referral, ReturnReason, Submission, Triage
from prosecution.services.as_sent import send_parts

RED, OTHER = "red", "other"


@dataclass(frozen=True, slots=True)
class Reason:
    """A coded reason of a return as typed: its code, detail of at most 250 characters, and whether it was present the first time."""

    code: str
    detail: str = ""
    present_before: bool = False


def share(change: Changing, area_id: int | None) -> None:
    """Share the case with its Area where it is not shared yet: saved before any other row, so that all carry the Area.

    Raises NotPossible beside `area_id` when the Area must be named.
    """
    if change.case.brought:
        return
    area: Agency = area_for(change.case, area_id)
    change.case.cps_area_scope = area.pk
    change.case.save(update_fields=["cps_area_scope"])
    change.put_in_timeline("brought_to_area", text=area.name)


def _of(what: EarlyAdvice | Referral) -> dict[str, Any]:
    return {"advice": what} if isinstance(what, EarlyAdvice) else {"referral": what}


def submit(change: Changing, what: EarlyAdvice | Referral, *, red: bool = False) -> Submission:
    """Write one more submission of a request or a referral, now, with every part of it as it stands."""
    last = Submission.objects.filter(**_of(what)).aggregate(last=Max("number"))["last"] or 0
    parts = send_parts(what, change.now)
    return change.add(Submission, **_of(what), number=last + 1, red=red, at=change.now, by_name=change.actor.name, as_sent=parts)


def waiting(what: EarlyAdvice | Referral) -> Submission:
    """Return the submission that waits for triage. Raises NotPossible when none does."""
    row = Submission.objects.filter(**_of(what), triaged_at__isnull=True).order_by("-number").first()
    if row is None:
        raise NotPossible("This was triaged already. Nothing was changed.")
    return row


def triage(
    change: Changing,
    submission: Submission,
    outcome: Triage,
    *,
    respond_by: date | None = None,
    note: str = "",
    reasons: Sequence[Reason] = (),
) -> Submission:
    """Write what triage made of a submission, with its reasons. Returned or rejected: a day to come by which the police answer."""
    if outcome in {Triage.RETURNED, Triage.RED_REJECTED}:
        if respond_by is None or respond_by < clock.today(change.now):
            raise NotPossible("Enter a day from today on by which the police should answer", field="respond_by")
        if not reasons:
            raise NotPossible("Select at least one reason", field="reasons")
    submission.triaged_at, submission.triaged_by_name, submission.triage = change.now, change.actor.name, outcome
    submission.respond_by, submission.note, submission.late = respond_by, note, is_late(change.case, submission, change.now)
    submission.save(update_fields=["triaged_at", "triaged_by_name", "triage", "respond_by", "note", "late"])
    for one in reasons:
        change.add(
            ReturnReason,
            submission=submission,
            code=one.code,
            detail=one.detail,
            present_before=one.present_before and submission.number > 1,
        )
    return submission


def is_late(case: m.Case, submission: Submission, at: Any) -> bool:
    """Say whether a triage at a time is later than the target of its kind, by the settings in force when it was submitted."""
    due, _ = due_of(Kind.TRIAGE, RED if submission.red else OTHER, submission.at, editions_of(case.force_id))
    return bool(at >= due.due_at)


def unshare_if_nothing_else(change: Changing, because: str) -> bool:
    """Take the case back from the Area when nothing that was ever triaged or still waits is asked of it. Says whether it was.

    Every row of the case follows by the database's own cascade; the people of the Area lose their roles.
    """
    asked = Submission.objects.filter(case=change.case).exclude(triage=Triage.WITHDRAWN)
    if asked.exists() or m.CpsPosition.objects.filter(case=change.case, until__isnull=True).exists():
        return False
    for row in current(change.case).filter(role__in=m.CPS_CASE_ROLES):
        end(change, row)
    change.case.cps_area_scope = m.NOT_BROUGHT
    change.case.save(update_fields=["cps_area_scope"])
    for event in change.timeline:
        event.cps_area_scope = m.NOT_BROUGHT
    change.put_in_timeline("unshared", text=because)
    return True
