"""The sweep: for each force, the reminders that the steps reached by now ask for and that are not there yet.

It brings reminders up to now, whatever was missed; it does not do "this minute's". A worker killed anywhere leaves whole
batches or none. Two sweeps side by side: the second passes by the force that the first is at; and the key of a
reminder would settle it if it did not.
"""

import logging
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import DatabaseError
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Agency
from accounts.roles import AgencyKind
from cases import models as m
from cases.reminding import steps
from cases.reminding.recipients import Recipients, Running
from cases.reminding.steps import ESCALATED, Ladder, Moment
from core import clock
from core.scope import scope, system
from notifications import pulse
from notifications.models import Reminder
from notifications.reminders import Planned, alone_with, plan

log = logging.getLogger("rasso.reminders")

BATCH: Final = 200
"""How many deadlines one transaction plans for."""
RUNS: Final = Q(met_at__isnull=True, ended_at__isnull=True, cancelled=False)
"""The condition of the partial index on open deadlines; a paused one is open and reminds nobody."""


def plan_reminders() -> int:
    """Plan what is missing in every force, and return for how many deadlines. A force that fails holds up no other."""
    at = Moment(clock.now(), pulse.first_time(pulse.REMINDERS_BEGAN))
    looked_at, whole = 0, True
    for force_id in Agency.objects.filter(kind=AgencyKind.POLICE).order_by("pk").values_list("pk", flat=True):
        try:
            looked_at += plan_force(force_id, at)
        except DatabaseError as fault:
            whole = False
            log.warning("reminders of a force were not planned", extra={"force": force_id, "fault": type(fault).__name__})
    if whole:
        pulse.beat_once(pulse.REMINDERS[0])
    return looked_at


def plan_force(force_id: int, at: Moment) -> int:
    """Plan what is missing in one force, a transaction a batch, and return for how many deadlines."""
    looked_at = 0
    for ladder in steps.ladders():
        after: tuple[datetime, UUID] | None = None
        while True:
            rows = _plan_batch(force_id, ladder, at, after)
            looked_at += len(rows)
            if len(rows) < BATCH:
                break
            after = rows[-1].due_at, rows[-1].pk
    return looked_at


def _plan_batch(force_id: int, ladder: Ladder, at: Moment, after: tuple[datetime, UUID] | None) -> list[Any]:
    with scope(system(force_id)):
        if not alone_with(f"planning reminders of {force_id}"):
            return []
        found = missing(force_id, ladder, at)
        if after is not None:
            found = found.filter(due_at__gte=after[0]).exclude(due_at=after[0], pk__lte=after[1])
        rows = list(found[:BATCH])
        if rows:
            plan(_planned(force_id, rows))
        return rows


def missing(force_id: int, ladder: Ladder, at: Moment) -> QuerySet[m.Deadline]:
    """Return the running deadlines of a force whose latest step came since and is planned for nobody, longest due first.

    `step`, `owner_missing`, `is_critical` and `above_missing` stand beside each. Read in the system scope of the force.
    """
    there = Reminder.objects.settled_or_waiting().filter(deadline_id=OuterRef("pk"), due_on=OuterRef("due_on"))
    rows = m.Deadline.objects.filter(RUNS, steps.window(ladder, at), force_id=force_id, kind__in=ladder.kinds, paused_since__isnull=True)
    rows = rows.annotate(
        step=steps.step_of(ladder, at),
        is_critical=steps.critical(ladder, at),
    )
    rows = rows.annotate(
        owner_missing=steps.came_since(ladder, at) & ~Q(step="") & ~Exists(there.filter(step=OuterRef("step"))),
        above_missing=steps.critical_since(ladder, at) & ~Exists(there.filter(step=ESCALATED)),
    )
    return rows.filter(Q(owner_missing=True) | Q(above_missing=True)).select_related("case").order_by("due_at", "id")


def _planned(force_id: int, rows: list[Any]) -> list[Planned]:
    """Return the reminders of these deadlines: the latest step for each person, the one before it only recorded."""
    running = {row.pk: _running(row) for row in rows}
    people = Recipients(force_id, list(running.values()))
    found = []
    for row in rows:
        above = people.above(running[row.pk]) if row.is_critical else []
        if row.owner_missing:
            found += [_one(row, row.step, user_id, overtaken=user_id in above) for user_id in people.owners(running[row.pk])]
        if row.above_missing:
            found += [_one(row, ESCALATED, user_id) for user_id in above]
    return found


def _one(row: Any, step: str, user_id: UUID, *, overtaken: bool = False) -> Planned:
    return Planned(row.force_id, row.case_id, row.pk, row.kind, row.due_on, step, user_id, overtaken)


def _running(row: Any) -> Running:
    return Running(
        id=row.pk,
        force_id=row.force_id,
        case_id=row.case_id,
        kind=row.kind,
        owes=row.owes,
        due_on=row.due_on,
        about_complainant=row.complainant_id is not None,
        area_id=row.cps_area_scope,
        unit_id=row.case.unit_id,
        restricted=row.case.restricted,
    )


def still_due(deadline_ids: Collection[UUID]) -> Mapping[UUID, date]:
    """Return those of the deadlines that still run, and the London day each is due on: one query. Read in a system scope."""
    return dict(m.Deadline.objects.filter(RUNS, pk__in=deadline_ids, paused_since__isnull=True).values_list("pk", "due_on"))
