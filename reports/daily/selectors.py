"""Readers of daily runs: the list, and one run with those of its suspects that the reader may see."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import QuerySet
from django.http import Http404

from accounts.models import User
from core.keyset import Order, Page, page_of
from reports.arrests import Reach, every_clock
from reports.daily.figures import FIGURES
from reports.models import DailyRun
from reports.overdue import OverdueArrest, list_of
from reports.seen import Seen

PAGE_SIZE: Final = 31


def runs_of(user: User, *, after: str = "", before: str = "") -> Page[DailyRun]:
    """Return a page of the runs of the reader's force, the newest first: one query. Raises BadCursor."""
    order = Order("day", "daily runs", user.pk, descending=True)
    return page_of(_of_force(user).defer("deadline_ids"), order, PAGE_SIZE, after=after, before=before)


def run_of(user: User, day: date) -> DailyRun:
    """Return the run of the reader's force and a day. Raises Http404 when there is none."""
    run: DailyRun | None = _of_force(user).filter(day=day).first()
    if run is None:
        raise Http404
    return run


def suspects_of(user: User, run: DailyRun, *, after: str = "", before: str = "") -> Page[OverdueArrest]:
    """Return a page of the run's overdue arrests whose case the reader sees, as they stood. Raises BadCursor."""
    seen = Seen.on(run.day)
    return list_of(user, every_clock(Reach.seen_by(user), seen).filter(pk__in=run.deadline_ids), seen, after=after, before=before)


@dataclass(frozen=True, slots=True)
class Count:
    """A figure of one run in words; None where that day's is not known."""

    words: str
    part: bool
    value: int | None


def counts_of(run: DailyRun) -> list[Count]:
    """Return the figures of a run in the order of the table."""
    return [Count(figure.words, figure.words.startswith("of them"), run.counts.get(figure.key)) for figure in FIGURES]


def neighbours(user: User, day: date) -> tuple[date | None, date | None]:
    """Return the days of the runs before and after a day: one query."""
    days = set(_of_force(user).filter(day__range=(day - timedelta(days=31), day + timedelta(days=31))).values_list("day", flat=True))
    return max((one for one in days if one < day), default=None), min((one for one in days if one > day), default=None)


def day_of(text: str) -> date:
    """Return the day that an address names as 2026-11-22. Raises Http404 for what is none."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    if day.isoformat() != text or not 2000 <= day.year <= 2100:
        raise Http404
    return day


def _of_force(user: User) -> QuerySet[Any]:
    runs: QuerySet[Any] = DailyRun.objects.filter(force_id=user.agency_id)
    return runs if user.is_active else runs.none()
