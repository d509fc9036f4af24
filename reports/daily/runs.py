"""Making the daily run of each force, once, and telling its supervisors, once, whoever is stopped in the middle.

The day's run is due at 06:00 in London. Beat asks then, and again every minute: what is missing is made, what was not
finished is finished, what is there is left alone. The run is one insert under a unique constraint; the telling is one
transaction that locks the run, writes a notice under a unique key for each supervisor and says when it was done. A
worker killed anywhere leaves all of a step or nothing, and two at the same time one run and one notice each.

Days that were missed (everything was down) are made too, seen from the start of each, at most a week back, so that the
series has no gap; of those nobody is told, and `told_at` stays empty: what matters in the morning is that morning's.
"""

import logging
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db import DatabaseError

from accounts.models import Agency, User
from accounts.roles import AgencyKind, Role
from cases import models as m
from cases.derive.states import OPEN_STAGES
from core import clock
from core.scope import scope, system
from notifications.services import tell
from reports.bail import reminders
from reports.daily.figures import count
from reports.models import DailyRun
from reports.seen import Seen
from reports.subjects import DAILY_REPORT

log = logging.getLogger("rasso.daily")

DUE_AT: Final = time(6)
MOST_DAYS_BACK: Final = 7
TOLD_COUNTS: Final = ("overdue", "overdue_high", "critical", "bail_lapsed", "reviews_overdue", "approvals")


def latest_due(now: datetime) -> date:
    """Return the last London day whose 06:00 has come. Raises ValueError without a zone."""
    local = clock.as_utc(now).astimezone(clock.LONDON)
    return local.date() if local.time() >= DUE_AT else local.date() - timedelta(days=1)


def bring_up_to_date() -> None:
    """Make and tell what is missing in every force. A force that fails waits for the next minute and holds up no other."""
    day = latest_due(clock.now())
    for force_id in Agency.objects.filter(kind=AgencyKind.POLICE).order_by("pk").values_list("pk", flat=True):
        try:
            _bring_force(force_id, day)
        except DatabaseError as fault:
            log.warning("a daily run was not finished", extra={"force": force_id, "fault": type(fault).__name__})


def _bring_force(force_id: int, day: date) -> None:
    missing, told = _state(force_id, day)
    for one in missing:
        make(force_id, one)
    if day in missing or not told:
        tell_supervisors(force_id, day)


def _state(force_id: int, day: date) -> tuple[list[date], bool]:
    """Return the days whose run is to be made, the oldest first, and whether nothing of the day's is left to tell."""
    with scope(system(force_id)):
        last = DailyRun.objects.filter(force_id=force_id).order_by("-day").defer("deadline_ids").first()
        if last is not None and last.day >= day:
            return [], last.day > day or last.told_at is not None
        if not m.Case.objects.filter(force_id=force_id, stage__in=OPEN_STAGES).exists():
            return [], True
    first = day if last is None else max(last.day + timedelta(days=1), day - timedelta(days=MOST_DAYS_BACK))
    return [first + timedelta(days=number) for number in range((day - first).days + 1)], False


def make(force_id: int, day: date) -> None:
    """Save the run of a force and day, unless it is there: what another worker saved meanwhile stands."""
    with scope(system(force_id)):
        counted = count(force_id, Seen.on(day))
        run = DailyRun(force_id=force_id, day=day, counts=counted.counts, deadline_ids=counted.deadline_ids)
        DailyRun.objects.bulk_create([run], ignore_conflicts=True)


def tell_supervisors(force_id: int, day: date) -> None:
    """Tell each supervisor of the force of the day's run, all in one transaction, unless that was done or is being done."""
    with scope(system(force_id)):
        runs = DailyRun.objects.filter(force_id=force_id, day=day, told_at__isnull=True)
        run = runs.select_for_update(skip_locked=True).defer("deadline_ids").first()
        if run is None:
            return
        counts = {name: run.counts.get(name) or 0 for name in TOLD_COUNTS}
        for supervisor in User.objects.filter(agency_id=force_id, role=Role.SUPERVISOR, is_active=True).order_by("pk"):
            tell(user=supervisor, subject=DAILY_REPORT, key=f"{force_id}:{day.isoformat()}", counts={**counts, "day": day})
        reminders.remind(force_id, day)
        run.told_at = clock.now()
        run.save(update_fields=["told_at"])
