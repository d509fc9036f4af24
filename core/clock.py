"""The system clock and the two zones the project uses.

Moments are aware datetimes in UTC. Days are calendar dates in Europe/London, whose days last 23 hours
when the clocks go forward and 25 when they go back. `now()` is the only place in the project that reads
the system clock; everything else is handed a moment or a day.

Nothing here overflows: a moment that another zone pushes past the years 1 to 9999 is held at the end.
A datetime without a zone is a mistake in the caller and raises ValueError.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

LONDON = ZoneInfo("Europe/London")

EARLIEST = datetime.min.replace(tzinfo=UTC)
LATEST = datetime.max.replace(tzinfo=UTC)


_told: ContextVar[datetime | None] = ContextVar("told", default=None)
"""The moment at which the demonstration tells its invented past; nothing else ever sets it."""


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _told.get() or datetime.now(UTC)


@contextmanager
def telling_of(moment: datetime) -> Iterator[None]:
    """Let what happens in the block happen at a past moment: for the demonstration's invented past, and for nothing else.

    Raises ImproperlyConfigured unless settings.DEMO is on, ValueError for a moment without a zone or one still to come.
    """
    if not settings.DEMO:
        raise ImproperlyConfigured("Only the demonstration tells of a past that nobody lived.")
    if as_utc(moment) > datetime.now(UTC):
        raise ValueError("what is still to come cannot be told of")
    before = _told.set(as_utc(moment))
    try:
        yield
    finally:
        _told.reset(before)


def as_utc(moment: datetime) -> datetime:
    """The same moment in UTC, held between EARLIEST and LATEST. Raises ValueError if it has no zone."""
    if moment.utcoffset() is None:
        raise ValueError("a moment needs a time zone")
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return EARLIEST if moment.year == 1 else LATEST


def london_day(moment: datetime) -> date:
    """The London date on which an aware moment falls. Raises ValueError if it has no zone."""
    moment = as_utc(moment)
    try:
        return moment.astimezone(LONDON).date()
    except OverflowError:
        return date.min if moment.year == 1 else date.max


def day_start(day: date) -> datetime:
    """The first moment of a London day, in UTC: 23:00 of the day before in summer, 00:00 in winter."""
    return as_utc(datetime.combine(day, time.min, tzinfo=LONDON))


def today(moment: datetime | None = None) -> date:
    """The London date of an aware moment, or of now. Raises ValueError if the moment has no zone."""
    return london_day(now() if moment is None else moment)


def seen_from(day: date) -> datetime:
    """The moment from which `--as-of day` looks: the start of that London day, in UTC.

    Facts of that day have not happened yet, and a clock due on 21 November is overdue as of the 22nd
    (design, "Due").
    """
    return day_start(day)
