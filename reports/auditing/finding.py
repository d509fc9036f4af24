"""Finding patterns in one day's log of one agency: one grouped query a pattern, whatever the number of rows.

Only the agency's own people are looked at: people of another agency are its auditors' business. A look is a row of
consultation; a case is opened by a look that shows one case, so that lists, which show many, count for nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from core import clock
from reports.auditing import thresholds as t
from reports.models import PatternKind

MOST_CASES = 200
"""Cases named in one pattern: more of them say nothing more."""
OURS = "from audit_accesslog where agency_id = %(agency)s and actor_agency_id = %(agency)s"
LOCAL = "(at at time zone 'Europe/London')"


@dataclass(frozen=True, slots=True)
class Found:
    """One pattern of one person on one day."""

    kind: PatternKind
    actor_id: UUID
    actor_name: str
    case_ids: tuple[UUID, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Opened:
    """The cases that one person opened on one day, and the hashes of what she or he searched for."""

    actor_id: UUID
    actor_name: str
    case_ids: tuple[UUID, ...]
    searches: frozenset[str]


def _bounds(day: date) -> dict[str, datetime]:
    """Return the moments between which the day lies, and the start of the days that say what is usual."""
    return {
        "begins": clock.day_start(day),
        "ends": clock.day_start(day + timedelta(days=1)),
        "usual": clock.day_start(day - timedelta(days=t.BACK_DAYS.value)),
    }


def _rows(statement: str, agency_id: int, day: date, **numbers: int) -> list[Sequence[Any]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"agency": agency_id, "day": day, **_bounds(day), **numbers})
        return list(cursor.fetchall())


def named(keys: Iterable[UUID] | None) -> tuple[UUID, ...]:
    """Return the cases that a pattern names, in a fixed order."""
    return tuple(sorted(keys or ()))[:MOST_CASES]


OPENED = f"""
select actor_id, max(actor_name),
    array_agg(distinct case_ids[1]) filter (where cardinality(case_ids) = 1),
    array_agg(distinct search_hash) filter (where search_hash <> '')
{OURS} and act = 'consultation' and at >= %(begins)s and at < %(ends)s
group by actor_id
"""


def opened(agency_id: int, day: date) -> list[Opened]:
    """Return who opened which cases and searched for what, for comparing names. Called in the auditor's kind of scope."""
    return [Opened(row[0], row[1], tuple(row[2] or ()), frozenset(row[3] or ())) for row in _rows(OPENED, agency_id, day)]


OUT_OF_HOURS = f"""
with late as (
    select actor_id, actor_name, at, case_ids, {LOCAL}::date as local_day
    {OURS} and act = 'consultation' and at >= %(usual)s and at < %(ends)s
    and (extract(hour from {LOCAL}) >= %(night)s or extract(hour from {LOCAL}) < %(morning)s or extract(isodow from {LOCAL}) >= 6)
)
select actor_id, max(actor_name),
    array_agg(distinct case_ids[1]) filter (where local_day = %(day)s and cardinality(case_ids) = 1),
    count(*) filter (where local_day = %(day)s), count(distinct local_day) filter (where local_day < %(day)s)
from late group by actor_id
having count(*) filter (where local_day = %(day)s) >= %(looks)s
    and count(distinct local_day) filter (where local_day < %(day)s) < %(usual_days)s
"""  # noqa: S608


def out_of_hours(agency_id: int, day: date) -> Iterator[Found]:
    """Yield people who looked at night or over a weekend and hardly ever did so before."""
    found = _rows(
        OUT_OF_HOURS,
        agency_id,
        day,
        night=t.NIGHT_BEGINS.value,
        morning=t.NIGHT_ENDS.value,
        looks=t.OUT_OF_HOURS_LOOKS.value,
        usual_days=t.OUT_OF_HOURS_USUAL_DAYS.value,
    )
    for actor_id, name, cases, looks, days in found:
        yield Found(PatternKind.OUT_OF_HOURS, actor_id, name, named(cases), {"looks": looks, "days_before": days})


VOLUME = f"""
with daily as (
    select actor_id, max(actor_name) as actor_name, {LOCAL}::date as local_day, count(distinct case_ids[1]) as cases
    {OURS} and act = 'consultation' and cardinality(case_ids) = 1 and at >= %(usual)s and at < %(ends)s
    group by actor_id, {LOCAL}::date
), usual as (
    select actor_id, percentile_cont(0.5) within group (order by cases) as median from daily where local_day < %(day)s group by actor_id
)
select daily.actor_id, daily.actor_name, daily.cases, coalesce(usual.median, 0)
from daily left join usual using (actor_id)
where local_day = %(day)s and daily.cases >= %(most)s and daily.cases >= %(times)s * coalesce(usual.median, 0)
"""  # noqa: S608


def volume(agency_id: int, day: date) -> Iterator[Found]:
    """Yield people who opened many more cases than they usually do, and many in themselves."""
    found = _rows(VOLUME, agency_id, day, most=t.VOLUME_CASES.value, times=t.VOLUME_TIMES_MEDIAN.value)
    for actor_id, name, cases, median in found:
        yield Found(PatternKind.VOLUME, actor_id, name, (), {"cases": cases, "usual": round(median)})


DENIALS = f"""
select actor_id, max(actor_name), array_agg(distinct case_ids[1]) filter (where cardinality(case_ids) > 0), count(*)
{OURS} and act = 'denial' and at >= %(begins)s and at < %(ends)s
group by actor_id having count(*) >= %(most)s
"""


def denials(agency_id: int, day: date) -> Iterator[Found]:
    """Yield people who were refused again and again."""
    for actor_id, name, cases, number in _rows(DENIALS, agency_id, day, most=t.DENIALS_A_DAY.value):
        yield Found(PatternKind.DENIALS, actor_id, name, named(cases), {"denials": number})


RULES: tuple[Callable[[int, date], Iterator[Found]], ...] = (out_of_hours, volume, denials)
"""The patterns that the log alone shows. The one that needs names is in own_names.py."""
