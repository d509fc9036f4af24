"""Victims who do not support the prosecution: how many, at what stage, why, how soon after the report, and what was done about it.

One withdrawal is from when a complainant says that she or he does not support the prosecution until she or he says that she or he
supports it again; what is said twice in between is one. It counts in the London month in which it was said. Those who support it
again are counted apart, in no other column. Stage, reasons and statement are those of the last talk that a supervisor had about it.

Nobody but a supervisor of the force that owns the cases is shown numbers from 1 to 4; where one number alone of a column is kept
back, the next smallest goes with it: what is left would give it away.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from accounts.roles import Role
from cases import models as m
from cases.derive.states import Stage
from cases.listing import is_cps
from cases.models.telling import Supports
from cases.models.withdrawal import WithdrawalReason, WithdrawalTalk
from core import clock
from reports.abstraction import Span, month_after, month_of, month_words
from reports.arrests import Reach
from reports.small import hidden

NO_UNIT: Final = "No unit"
NO_TALK: Final = "No supervisor has spoken with her or him yet"
NO_REASON: Final = "No reason recorded"
AFTER: Final = ((7, "Within 7 days"), (28, "8 to 28 days"), (90, "29 to 90 days"), (180, "91 to 180 days"))
LATER: Final = "More than 180 days"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: how many do not support the prosecution, and how many support it again. None: kept back."""

    words: str
    ended: int | None
    again: int | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name in a file, its caption, the heading of its lines."""

    name: str
    caption: str
    heading: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Attrition:
    """The report. `opened`: investigations of suspects opened again because of it. `owners`: the forces it is made of."""

    all: Row
    opened: int | None
    tables: list[Table]
    small: bool
    owners: frozenset[int]
    people: int


@dataclass(slots=True)
class Withdrawal:
    """One withdrawal, with the last talk about it."""

    key: UUID
    said_at: datetime
    recorded_at: datetime
    place: str
    force_id: int
    again_at: datetime | None = None
    talk: WithdrawalTalk | None = None

    @property
    def month(self) -> Any:
        """The first day of the month in which it was said."""
        return month_of(clock.london_day(self.said_at))

    def takes(self, talk: WithdrawalTalk) -> None:
        """Take a talk, in order of time, that was about this withdrawal."""
        if talk.at >= self.said_at and (self.again_at is None or talk.at <= self.again_at):
            self.talk = talk


@dataclass(slots=True)
class Counted:
    """What is counted line by line."""

    ended: Counter[str] = field(default_factory=Counter)
    again: Counter[str] = field(default_factory=Counter)

    def rows(self, order: Iterable[str]) -> list[Row]:
        """Return the lines that have anything, in an order."""
        return [Row(words, self.ended[words], self.again[words]) for words in order if self.ended[words] or self.again[words]]


def attrition_of(user: User, span: Span, unit: UUID | None) -> Attrition:
    """Return the figures for one reader: three queries, whatever the number of cases."""
    cases = Reach.counted_by(user).cases
    cases = cases.filter(unit=unit) if unit else cases
    found = withdrawals(cases, span, by_force=is_cps(user))
    opened = m.SuspectOutcome.objects.filter(
        case__in=cases.order_by(),
        reopened_basis=m.ReopenBasis.SUPPORTS_AGAIN,
        reopened_at__gte=span.starts_at,
        reopened_at__lt=span.ends_at,
    ).count()
    report = Attrition(
        all=Row("All", sum(one.again_at is None for one in found), sum(one.again_at is not None for one in found)),
        opened=opened,
        tables=_tables(found, span, "Force" if is_cps(user) else "Unit"),
        small=False,
        owners=frozenset(one.force_id for one in found),
        people=len({one.key for one in found}),
    )
    return report if user.role == Role.SUPERVISOR else for_others(report)


def withdrawals(cases: QuerySet[m.Case], span: Span, *, by_force: bool) -> list[Withdrawal]:
    """Return the withdrawals said in these months, each with what came of it. Two queries."""
    within = m.SupportChange.objects.filter(
        case__in=cases.order_by(), supports=Supports.DOES_NOT, at__gte=span.starts_at, at__lt=span.ends_at
    ).values("complainant")
    said: defaultdict[UUID, list[tuple[Any, ...]]] = defaultdict(list)
    rows = m.SupportChange.objects.filter(case__in=cases.order_by(), complainant__in=within).order_by("complainant", "at", "created_at")
    columns = ("complainant_id", "at", "supports", "case__recorded_at", "case__force_id")
    for row in rows.values_list(*columns, "case__force__name" if by_force else "case__unit__name"):
        said[row[0]].append(row)
    talks: defaultdict[UUID, list[WithdrawalTalk]] = defaultdict(list)
    for talk in m.WithdrawalTalk.objects.filter(case__in=cases.order_by(), complainant__in=within).order_by("at", "created_at"):
        talks[talk.complainant_id].append(talk)
    found = [one for key, rows_of_her in said.items() for one in _of(rows_of_her, talks[key])]
    return [one for one in found if span.starts_at <= one.said_at < span.ends_at]


def _of(rows: Sequence[tuple[Any, ...]], talks: Iterable[WithdrawalTalk]) -> list[Withdrawal]:
    """Return the withdrawals of one complainant from what she or he said, in order of time."""
    found: list[Withdrawal] = []
    for key, at, supports, recorded_at, force_id, place in rows:
        running = found[-1] if found and found[-1].again_at is None else None
        if supports == Supports.DOES_NOT and running is None:
            found.append(Withdrawal(key, at, recorded_at, place or NO_UNIT, force_id))
        elif supports == Supports.SUPPORTS and running is not None:
            running.again_at = at
    for talk in talks:
        for one in found:
            one.takes(talk)
    return found


def _tables(found: Sequence[Withdrawal], span: Span, place: str) -> list[Table]:
    stages = [str(stage.label) for stage in Stage]
    reasons = [str(reason.label) for reason in WithdrawalReason]
    talked = [str(one.label) for one in WithdrawalTalk.With]
    places = sorted({one.place for one in found}, key=lambda name: (name == NO_UNIT, name.casefold()))
    after = [words for _, words in AFTER]
    return [
        Table("month", "By month", "Month", _by_month(found, span)),
        Table("stage", "By the stage of the case", "Stage", _count(found, _stage).rows([*stages, NO_TALK])),
        Table("reason", "By reason: several may be given", "Reason", _count(found, _reasons).rows([*reasons, NO_REASON, NO_TALK])),
        Table(place.lower(), f"By {place.lower()}", place, _count(found, lambda one: [one.place]).rows(places)),
        Table("time", "By time since the report", "Time", _count(found, lambda one: [time_since(one)]).rows([*after, LATER])),
        Table("statement", "With a statement or without", "Statement", _count(found, _statement).rows(["Taken", "Not taken", NO_TALK])),
        Table("talk", "Whom a supervisor spoke with", "Spoken with", _count(found, _talked).rows([*talked, NO_TALK])),
    ]


def _count(found: Iterable[Withdrawal], lines: Callable[[Withdrawal], Iterable[str]]) -> Counted:
    counted = Counted()
    for one in found:
        (counted.again if one.again_at is not None else counted.ended).update(set(lines(one)))
    return counted


def _by_month(found: Sequence[Withdrawal], span: Span) -> list[Row]:
    """Every month of the span, the latest first, those with none included."""
    counted, rows, day = _count(found, lambda one: [one.month.isoformat()]), [], span.first
    while day <= span.last:
        rows.append(Row(month_words(day), counted.ended[day.isoformat()], counted.again[day.isoformat()]))
        day = month_after(day)
    return rows[::-1]


def _stage(one: Withdrawal) -> list[str]:
    return [str(Stage(one.talk.stage).label) if one.talk.stage in Stage.values else one.talk.stage] if one.talk else [NO_TALK]


def _reasons(one: Withdrawal) -> list[str]:
    if one.talk is None:
        return [NO_TALK]
    return [str(WithdrawalReason(reason).label) for reason in one.talk.reasons] or [NO_REASON]


def _statement(one: Withdrawal) -> list[str]:
    return [NO_TALK] if one.talk is None else ["Taken" if one.talk.statement else "Not taken"]


def _talked(one: Withdrawal) -> list[str]:
    return [NO_TALK] if one.talk is None else [str(WithdrawalTalk.With(one.talk.spoke_with).label)]


def time_since(one: Withdrawal) -> str:
    """Return how long after the report it was said, in London days."""
    days = (clock.london_day(one.said_at) - clock.london_day(one.recorded_at)).days
    return next((words for most, words in AFTER if days <= most), LATER)


def for_others(report: Attrition) -> Attrition:
    """Return the figures for whoever is not a supervisor of the force that owns the cases."""
    return replace(
        report,
        all=_column([report.all])[0],
        opened=_kept([report.opened])[0],
        tables=[replace(table, rows=_column(table.rows)) for table in report.tables],
        small=True,
    )


def _column(rows: Sequence[Row]) -> list[Row]:
    ended, again = (_kept([getattr(row, name) for row in rows]) for name in ("ended", "again"))
    return [Row(row.words, ended[place], again[place]) for place, row in enumerate(rows)]


def _kept(numbers: Sequence[int | None]) -> list[int | None]:
    """Return a column with its small numbers kept back; with one alone, the next smallest too."""
    places = hidden(numbers)
    return [None if place in places else one for place, one in enumerate(numbers)]
