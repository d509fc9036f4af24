"""The sweep: for each force, the reminders that the steps reached by now ask for and that are not there yet.

It brings reminders up to now, whatever was missed; it does not do "this minute's". A worker killed anywhere leaves whole
batches or none. Two sweeps side by side: the second passes by the force that the first is at; and the key of a
reminder would settle it if it did not.
"""

import logging
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from django.db import DatabaseError

from accounts.models import Agency
from accounts.roles import AgencyKind
from cases import models as m
from cases.reminding.missing import forces_missing, missing
from cases.reminding.recipients import Recipients, Running
from cases.reminding.steps import CHASER, ESCALATED, Moment, Rung, critically_overdue, rungs
from core import clock
from core.scope import scope, system
from notifications import pulse
from notifications.reminders import ALL_AGENCIES, Planned, alone_with, plan

log = logging.getLogger("rasso.reminders")

BATCH: Final = 200
"""How many deadlines one transaction plans for."""


def plan_reminders() -> int:
    """Plan what is missing in every force, and return for how many deadlines. A force that fails holds up no other."""
    at = Moment(clock.now(), pulse.first_time(pulse.REMINDERS_BEGAN))
    ladder = rungs(at)
    forces = list(Agency.objects.filter(kind=AgencyKind.POLICE).values_list("pk", flat=True))
    with scope(system(ALL_AGENCIES)):
        forces = forces_missing(forces, ladder)
    looked_at, whole = 0, True
    for force_id in forces:
        try:
            looked_at += plan_force(force_id, ladder, at)
        except DatabaseError as fault:
            whole = False
            log.warning("reminders of a force were not planned", extra={"force": force_id, "fault": type(fault).__name__})
    if whole:
        pulse.beat_once(pulse.REMINDERS[0])
    return looked_at


def plan_force(force_id: int, ladder: Sequence[Rung], at: Moment) -> int:
    """Plan what is missing in one force, a transaction a batch, and return for how many deadlines."""
    looked_at, after = 0, None
    while True:
        with scope(system(force_id)):
            if not alone_with(f"planning reminders of {force_id}"):
                return looked_at
            found = missing(force_id, ladder, after, BATCH)
            if found:
                plan(_planned(force_id, {key: steps for key, steps, _ in found}, at))
        looked_at += len(found)
        if len(found) < BATCH:
            return looked_at
        after = found[-1][2], found[-1][0]


def _planned(force_id: int, steps: Mapping[UUID, list[str]], at: Moment) -> list[Planned]:
    """Return the reminders of these deadlines: the latest step for each person, the one before it only recorded."""
    rows = list(m.Deadline.objects.filter(pk__in=steps).select_related("case").order_by("due_at", "id"))
    running = {row.pk: _running(row) for row in rows}
    people = Recipients(force_id, list(running.values()))
    found = []
    for row in rows:
        about = running[row.pk]
        above = people.above(about) if critically_overdue(row.kind, row.due_at, at.now) else []
        for step in steps[row.pk]:
            found += [_one(about, step, user_id, overtaken=overtaken) for user_id, overtaken in _told(people, about, step, above)]
    return found


def _told(people: Recipients, about: Running, step: str, above: Collection[UUID]) -> list[tuple[UUID, bool]]:
    """Return whom a step tells, and whether a later one tells the same person. A chaser is overtaken by nothing."""
    if step == ESCALATED:
        return [(user_id, False) for user_id in above]
    if step.startswith(ESCALATED):
        return [(user_id, False) for user_id in people.higher(about)]
    return [(user_id, user_id in above and not step.startswith(CHASER)) for user_id in people.owners(about)]


def _one(row: Running, step: str, user_id: UUID, *, overtaken: bool) -> Planned:
    return Planned(row.force_id, row.case_id, row.id, row.kind, row.due_on, step, user_id, overtaken)


def _running(row: m.Deadline) -> Running:
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
    rows = m.Deadline.objects.filter(pk__in=deadline_ids, met_at__isnull=True, ended_at__isnull=True, cancelled=False)
    return dict(rows.filter(paused_since__isnull=True).values_list("pk", "due_on"))
