"""Which deadlines have come to a step that is planned for nobody yet: one statement for all forces, one a batch of a force.

Each rung is one short range of the index on open deadlines of a force (force, kind, due_at); `OFFSET 0` keeps it so
however the server guesses. Measured: the question for all forces costs milliseconds, whatever the number of closed cases.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection

from cases.reminding.steps import Rung

Place = tuple[datetime, UUID]
COLUMNS: Final = (
    ("kind", "text"), ("step", "text"), ("low", "timestamptz"), ("high", "timestamptz"), ("first", "date"), ("last", "date"),
    ("days", "int"), ("over", "interval"), ("months", "int"), ("begun_after", "timestamptz"), ("begun_by", "timestamptz"),
)  # fmt: skip
STEPS_MISSING: Final = f"""
FROM unnest({", ".join(f"%({name})s::{sort}[]" for name, sort in COLUMNS)}) AS r({", ".join(name for name, _ in COLUMNS)})
CROSS JOIN LATERAL (
    SELECT d.id, d.due_at, d.due_on, d.created_at, d.started_at FROM cases_deadline d
    WHERE d.force_id = f.id AND d.kind = r.kind AND d.due_at > r.low AND d.due_at <= r.high AND d.due_on BETWEEN r.first AND r.last
      AND d.started_at > r.begun_after AND d.started_at <= r.begun_by
      AND d.met_at IS NULL AND d.ended_at IS NULL AND NOT d.cancelled AND d.paused_since IS NULL
    OFFSET 0
) AS d
WHERE CASE WHEN r.months IS NOT NULL
      THEN (d.started_at AT TIME ZONE 'Europe/London')::date + make_interval(months => r.months)
           > (d.created_at AT TIME ZONE 'Europe/London')::date
      WHEN r.days IS NULL THEN d.due_at + r.over >= d.created_at
      ELSE d.due_on - r.days > (d.created_at AT TIME ZONE 'Europe/London')::date END
  AND NOT EXISTS (
    SELECT FROM notifications_reminder p
    WHERE p.deadline_id = d.id AND p.due_on = d.due_on AND p.step = r.step AND p.dropped_because IN ('', 'later_step')
  )
"""  # noqa: S608 - put together from this file's own constants
FORCES: Final = f"SELECT f.id FROM unnest(%(forces)s::int[]) AS f(id) WHERE EXISTS (SELECT {STEPS_MISSING}) ORDER BY f.id"  # noqa: S608
BATCH: Final = f"""
SELECT found.id, array_agg(found.step), found.due_at FROM (SELECT %(force)s::int AS id) AS f CROSS JOIN LATERAL (
    SELECT d.id, d.due_at, r.step {STEPS_MISSING}
) AS found(id, due_at, step)
WHERE %(id)s::uuid IS NULL OR (found.due_at, found.id) > (%(due_at)s::timestamptz, %(id)s::uuid)
GROUP BY found.due_at, found.id ORDER BY found.due_at, found.id LIMIT %(most)s
"""  # noqa: S608


def forces_missing(forces: Sequence[int], rungs: Sequence[Rung]) -> list[int]:
    """Return the forces in which a step is missing: one statement. Read in any system scope, which sees every deadline."""
    return [row[0] for row in _ask(FORCES, {"forces": list(forces)}, rungs)]


def missing(force_id: int, rungs: Sequence[Rung], after: Place | None, most: int) -> list[tuple[UUID, list[str], datetime]]:
    """Return deadlines of a force with their missing steps, the longest due first, from a place on: one statement."""
    due_at, key = after or (None, None)
    return _ask(BATCH, {"force": force_id, "due_at": due_at, "id": key, "most": most}, rungs)


def _ask(statement: str, about: dict[str, Any], rungs: Sequence[Rung]) -> list[Any]:
    arrays = {name: [getattr(rung, name) for rung in rungs] for name, _ in COLUMNS}
    with connection.cursor() as cursor:
        cursor.execute(statement, {**arrays, **about})
        return list(cursor.fetchall())
