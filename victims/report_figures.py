"""The figures of `/reports/victim-contact/`: how agreed contact was kept, over the 12 months up to today. A fixed number of queries.

What was due before the force began with this service is left out of the turns of contact, and counted as left out: of what
came before, an extract tells of the last contact alone. What is overdue now is known, whenever it was due.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from accounts.models import Agency
from core import clock
from victims import report_counts as counts
from victims import report_turns as turns
from victims.report_counts import Counts
from victims.report_places import Dimension, Place, named
from victims.report_turns import Kept, Number
from victims.reports import Reach

DAYS = 365
BESIDE = ("overdue", "agreed", "not_agreed", "attempts", "cancelled")
"""What is counted for each place beside its turns of contact."""


@dataclass(frozen=True, slots=True)
class At(Kept):
    """A force, a unit or an officer: how contact was kept there, and what is counted beside it."""

    overdue: Number = 0
    agreed: Number = 0
    not_agreed: Number = 0
    attempts: Number = 0
    cancelled: Number = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything the page and the file show. `by_officer` is None where the reader is given none."""

    since: date
    until: date
    contact: Kept
    by_force: list[At]
    by_unit: list[At]
    by_officer: list[At] | None
    by_month: list[Kept]
    told: list[Kept]
    overdue: Number
    agreed: Number
    opted_out: Number
    not_agreed: Number
    unsafe: Number
    attempts: Number
    cancelled_in_all: Number
    cancelled: list[tuple[str, Number]]
    left_out: Number
    left_out_cases: Number
    live_from: date | None
    small: bool = False
    """Whether numbers from 1 to 4 are kept back."""

    @property
    def singles(self) -> list[tuple[str, Number]]:
        """What is one number each, with its words."""
        return [
            ("Overdue now, in open cases", self.overdue),
            ("Contact agreed, in open cases", self.agreed),
            ("Opted out", self.opted_out),
            ("No agreement", self.not_agreed),
            ("No safe channel at present", self.unsafe),
            ("Attempts without reaching", self.attempts),
            ("Appointments cancelled by us", self.cancelled_in_all),
        ]

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to count at all: no victim, no turn, nothing told."""
        counted = [self.contact.in_time, self.contact.late, *(number for _, number in self.singles)]
        return not self.told and all(number == 0 for number in counted)


def figures_of(reach: Reach, now: datetime) -> Figures:
    """Return the figures of these cases as of now."""
    until = clock.london_day(now)
    since = until - timedelta(days=DAYS)
    live = Agency.objects.filter(pk__in=reach.cases.values("force_id"), live_from__isnull=False).order_by("live_from")
    live_from = live.values_list("live_from", flat=True).first()
    every = turns.turns(reach, since, now)
    kept = every.filter(~turns.before_live())
    beside = counts.counts_of(reach, since, now)
    sums = beside.all()
    by_force, by_unit, by_officer = (_places(turns.by_place(kept, dimension), beside, dimension) for dimension in Dimension)
    return Figures(
        since=since,
        until=until,
        contact=turns.total(kept),
        by_force=by_force,
        by_unit=by_unit,
        by_officer=by_officer,
        by_month=turns.by_month(kept),
        told=turns.told(reach, since, now),
        overdue=sums["overdue"],
        agreed=sums["agreed"],
        opted_out=sums["opted_out"],
        not_agreed=sums["not_agreed"],
        unsafe=counts.without_safe_channel(reach),
        attempts=sums["attempts"],
        cancelled_in_all=sums["cancelled"],
        cancelled=list(counts.cancelled_by_event(reach, since, now)),
        left_out=every.filter(turns.before_live()).count(),
        left_out_cases=reach.cases.filter(recorded_at__lt=clock.day_start(live_from)).count() if live_from else 0,
        live_from=live_from,
    )


def _places(kept: Mapping[Place, Kept], beside: Counts, dimension: Dimension) -> list[At]:
    """Put turns and counts of each place together, the most late first."""
    counted = beside.by(dimension)
    names = named({**dict.fromkeys(kept), **dict.fromkeys(counted)})
    found = [_at(name, kept.get(place), counted.get(place, {})) for place, name in names.items()]
    return sorted(found, key=lambda one: (-(one.late or 0), -(one.overdue or 0), one.name.casefold()))


def _at(name: str, kept: Kept | None, counted: Mapping[str, int]) -> At:
    own: dict[str, Any] = {one.name: getattr(kept, one.name) for one in fields(Kept)} if kept else {"in_time": 0, "late": 0}
    numbers = {number: counted.get(number, 0) for number in BESIDE}
    return At(**{**own, **numbers, "name": name})
