"""When an e-mail may go out. Pure. London wall-clock time, so the hours hold on the days when the clocks change too.

[DESIGN] The hours are this service's own choice: a phone that lights up at night beside a family is a risk of its own.
"""

from datetime import date, datetime, time, timedelta
from typing import Final

from core.clock import LONDON, as_utc

QUIET_FROM: Final = time(19)
QUIET_TO: Final = time(7)
DIGEST_AT: Final = time(7, 30)
SATURDAY: Final = 5


def is_quiet(moment: datetime) -> bool:
    """Say whether nothing but the urgent is e-mailed: 19:00 to 07:00 in London, and the whole of Saturday and Sunday."""
    local = as_utc(moment).astimezone(LONDON)
    return local.weekday() >= SATURDAY or not QUIET_TO <= local.time() < QUIET_FROM


def after_quiet(moment: datetime) -> datetime:
    """Return the moment, or if it is quiet the next 07:00 of a weekday in London. Raises ValueError without a zone."""
    return _next(moment, QUIET_TO) if is_quiet(moment) else as_utc(moment)


def next_digest(moment: datetime) -> datetime:
    """Return the first 07:30 of a weekday in London at or after the moment. Raises ValueError without a zone."""
    return _next(moment, DIGEST_AT)


def _next(moment: datetime, at: time) -> datetime:
    local = as_utc(moment).astimezone(LONDON)
    day = local.date() if local.time() <= at else local.date() + timedelta(days=1)
    return as_utc(datetime.combine(_weekday(day), at, tzinfo=LONDON))


def _weekday(day: date) -> date:
    return day + timedelta(days=max(7 - day.weekday(), 0)) if day.weekday() >= SATURDAY else day
