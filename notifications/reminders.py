"""The rows of reminders: the only writers. Who plans the same step for the same person twice plans it once.

A planner on the floor above (cases/reminding/) says what is to be reminded of and whom. A sweep hands the rows to the
inbox; whether the deadline still runs is asked of the floor above, which registers its answer in AppConfig.ready().
"""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db import DatabaseError, connection
from django.db.models import Min

from accounts.models import User
from accounts.roles import WORKS_CASES_CPS, WORKS_CASES_POLICE
from core import clock
from core.scope import scope, system
from notifications.models import Dropped, Reminder
from notifications.reminders_subjects import subject_of
from notifications.services import tell

log = logging.getLogger("rasso.reminders")

MOST_AT_ONCE: Final = 40
"""How many reminders of one person one transaction hands over: what a worker that is killed leaves to the next."""
MOST_PEOPLE: Final = 2_000
"""How many people one sweep goes through; the next one, a minute later, goes on with those who wait longest."""
ALL_AGENCIES: Final = 0
"""The system sees every force's reminders (notifications/grants.py), so the scope names none."""

StillDue = Callable[[Collection[UUID]], Mapping[UUID, date]]
_still_due: list[StillDue] = []


@dataclass(frozen=True, slots=True)
class Planned:
    """One step of one deadline for one person. `overtaken`: a later step tells the same person, so this one is only recorded."""

    force_id: int
    case_id: UUID
    deadline_id: UUID
    kind: str
    due_on: date
    step: str
    user_id: UUID
    overtaken: bool = False

    @property
    def key(self) -> tuple[UUID, date, str, UUID]:
        """What makes it one reminder."""
        return self.deadline_id, self.due_on, self.step, self.user_id


def register_still_due(answer: StillDue) -> None:
    """Set who says which deadlines still run, and for which day: one query, whatever their number. Again replaces."""
    _still_due[:] = [answer]


def plan(rows: Sequence[Planned]) -> None:
    """Write down what is not there yet, and take up again what was dropped because its deadline had stopped.

    Called in a system scope. At most three statements. A race is settled by the key's index.
    """
    if not rows:
        return
    now = clock.now()
    Reminder.objects.bulk_create([_row(one) for one in rows], ignore_conflicts=True)
    wanted = {one.key for one in rows if not one.overtaken}
    stopped = Reminder.objects.filter(deadline_id__in={one.deadline_id for one in rows}, dropped_because=Dropped.STOPPED)
    again = [row.pk for row in stopped if (row.deadline_id, row.due_on, row.step, row.user_id) in wanted]
    if again:
        Reminder.objects.filter(pk__in=again, dropped_because=Dropped.STOPPED).update(dropped_at=None, dropped_because="", made_at=now)


def _row(one: Planned) -> Reminder:
    now = clock.now()
    return Reminder(
        force_id=one.force_id,
        case_id=one.case_id,
        deadline_id=one.deadline_id,
        kind=one.kind,
        due_on=one.due_on,
        step=one.step,
        user_id=one.user_id,
        made_at=now,
        dropped_at=now if one.overtaken else None,
        dropped_because=Dropped.LATER_STEP if one.overtaken else "",
    )


def hand_over_waiting() -> int:
    """Hand everything that waits to the inbox, and return how many reminders. Safe at any time, twice, and side by side.

    Somebody whose rows cannot be handed over waits for the next minute and holds up nobody else.
    """
    handed = 0
    for user_id in _people_waiting() if _still_due else ():
        try:
            handed += _hand_all(user_id)
        except DatabaseError as fault:
            log.warning("reminders of a person were not handed over", extra={"fault": type(fault).__name__})
    return handed


def _people_waiting() -> list[UUID]:
    """Return for whom reminders wait, the longest waiting first."""
    with scope(system(ALL_AGENCIES)):
        people = Reminder.objects.waiting().values("user_id").annotate(first=Min("made_at")).order_by("first", "user_id")
        return [row["user_id"] for row in people[:MOST_PEOPLE]]


def _hand_all(user_id: UUID) -> int:
    """Hand over one person's reminders, one transaction after the other, until fewer are found than one takes."""
    handed = 0
    while True:
        claimed, told = _hand_some(user_id)
        handed += told
        if claimed < MOST_AT_ONCE:
            return handed


def _hand_some(user_id: UUID) -> tuple[int, int]:
    """Claim some of a person's reminders and hand them over; return how many were claimed and how many handed over.

    Notice and mark are one transaction: a worker killed anywhere in it leaves nothing, and the next claims the same rows.
    """
    with scope(system(ALL_AGENCIES)):
        if not alone_with(f"reminders of {user_id}"):
            return 0, 0
        waiting = Reminder.objects.waiting().filter(user_id=user_id)
        rows = list(waiting.select_for_update(skip_locked=True).order_by("case_id", "step", "id")[:MOST_AT_ONCE])
        running = _still_due[0]({row.deadline_id for row in rows}) if rows else {}
        due = [row for row in rows if running.get(row.deadline_id) == row.due_on]
        _drop([row for row in rows if row not in due], Dropped.STOPPED)
        return len(rows), _tell(User.objects.get(pk=user_id), due) if due else 0


def _tell(person: User, rows: Sequence[Reminder]) -> int:
    """Put one notice a case and subject into the person's inbox, and mark its reminders; return how many were handed over.

    Somebody who works no cases (an ISVA, an auditor) is told without the case: the own pages say what is due.
    """
    on_cases = person.role in WORKS_CASES_POLICE | WORKS_CASES_CPS
    groups: dict[tuple[UUID | None, str], list[Reminder]] = {}
    for row in rows:
        groups.setdefault((row.case_id if on_cases else None, subject_of(row.step)), []).append(row)
    told = 0
    for (case_id, subject), these in groups.items():
        counts: dict[str, int | date] = {"number": len(these), "day": min(row.due_on for row in these)}
        if tell(user=person, subject=subject, key=these[0].pk.hex, case_id=case_id, counts=counts):
            told += Reminder.objects.filter(pk__in=[row.pk for row in these]).update(sent_at=clock.now())
        else:
            _drop(these, Dropped.NOT_TOLD)
    return told


def _drop(rows: Sequence[Reminder], because: Dropped) -> None:
    """Hand none of these over, and say why."""
    if rows:
        Reminder.objects.filter(pk__in=[row.pk for row in rows]).update(dropped_at=clock.now(), dropped_because=because)


def alone_with(what: str) -> bool:
    """Claim something for this transaction; say False, at once, when another worker has it."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [what])
        row = cursor.fetchone()
    return bool(row and row[0])
