"""Form fields for dates and London times, with the messages that GOV.UK's date input asks for.

Every ValidationError carries `params["parts"]`, the names of the inputs in error, so that the page can mark them.
"""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from core.calendar import MONTH_NAMES
from core.clock import LONDON
from core.components import day_text
from core.widgets import DateParts, DateTimeParts, GovDateInput, GovDateTimeInput

DayLimit = date | Callable[[], date]

FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2100, 12, 31)
DIGITS = re.compile(r"[0-9]{1,4}", re.ASCII)
TIME_24 = re.compile(r"([0-9]{1,2})[:.]?([0-9]{2})", re.ASCII)
TIME_12 = re.compile(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))?\s*([ap])\.?m\.?", re.ASCII | re.IGNORECASE)


def month_number(text: str) -> int | None:
    """The number of a month typed as a number or as its English name or at least three letters of it."""
    if DIGITS.fullmatch(text):
        return int(text)
    wanted = text.casefold().rstrip(".")
    if len(wanted) < 3:
        return None
    for number, name in enumerate(MONTH_NAMES, start=1):
        if name.casefold().startswith(wanted):
            return number
    return 9 if wanted == "sept" else None


def time_of_day(text: str) -> time | None:
    """The time typed as 14:05, 14.05, 1405, 2:05pm or 2pm; None when it is none of these."""
    match = TIME_24.fullmatch(text)
    if match:
        hour, minute = int(match[1]), int(match[2])
        return time(hour, minute) if hour < 24 and minute < 60 else None
    match = TIME_12.fullmatch(text)
    if match:
        hour, minute = int(match[1]), int(match[2] or 0)
        if not (1 <= hour <= 12 and minute < 60):
            return None
        return time(hour % 12 + (12 if match[3].lower() == "p" else 0), minute)
    return None


def london_moments(day: date, at: time) -> list[datetime]:
    """The UTC moments at which London clocks show this day and time: one; none in a gap, two in a fold."""
    moments: list[datetime] = []
    for fold in (0, 1):
        local = datetime.combine(day, at, tzinfo=LONDON).replace(fold=fold)
        moment = local.astimezone(UTC)
        shown = moment.astimezone(LONDON).replace(tzinfo=None)
        if shown == local.replace(tzinfo=None, fold=0) and moment not in moments:
            moments.append(moment)
    return moments


def limit(value: DayLimit) -> date:
    """The day that a limit stands for now."""
    return value() if callable(value) else value


class GovDateField(forms.Field):
    """A date typed in three parts; cleans to a `date`, or None when empty and not required.

    `earliest` and `latest` are inclusive London dates, or functions that return one (for example `core.clock.today`);
    left out they are 1 January 1900 and 31 December 2100.
    """

    widget: ClassVar[type[forms.Widget]] = GovDateInput  # type: ignore[misc]
    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": "Enter a date",
        "missing": "The date must include %(missing)s",
        "year": "Year must include 4 numbers",
        "invalid": "Enter a real date",
        "earliest": "The date must be on or after %(limit)s",
        "latest": "The date must be on or before %(limit)s",
    }

    def __init__(self, *, earliest: DayLimit = FIRST_DAY, latest: DayLimit = LAST_DAY, **kwargs: Any) -> None:
        self.earliest = earliest
        self.latest = latest
        super().__init__(**kwargs)

    def fault(self, code: str, parts: Sequence[str], **params: object) -> ValidationError:
        """The error of this code, naming the inputs it is about."""
        return ValidationError(self.error_messages[code], code=code, params={"parts": tuple(parts), **params})

    def clean(self, value: Any) -> Any:
        """The date typed, or None. Raises ValidationError."""
        parts = value if isinstance(value, tuple) else DateParts()
        if not any(parts):
            if self.required:
                raise self.fault("required", DateParts._fields)
            return None
        day = self.day_from(DateParts(*parts[:3]))
        self.run_validators(day)
        return day

    def day_from(self, typed: DateParts) -> date:
        """The date of three parts of which at least one is not empty. Raises ValidationError."""
        missing = [name for name, text in zip(DateParts._fields, typed, strict=True) if not text]
        if missing:
            raise self.fault("missing", missing, missing=" and ".join(f"a {name}" for name in missing))
        if not re.fullmatch(r"[0-9]{4}", typed.year, re.ASCII):
            raise self.fault("year", ["year"])
        month = month_number(typed.month)
        if not DIGITS.fullmatch(typed.day) or month is None:
            raise self.fault("invalid", DateParts._fields if month else ["month"])
        try:
            day = date(int(typed.year), month, int(typed.day))
        except ValueError:
            raise self.fault("invalid", DateParts._fields) from None
        self.check_limits(day)
        return day

    def check_limits(self, day: date) -> None:
        """Raise ValidationError if the day is outside the limits."""
        earliest, latest = limit(self.earliest), limit(self.latest)
        if day < earliest:
            raise self.fault("earliest", DateParts._fields, limit=day_text(earliest))
        if day > latest:
            raise self.fault("latest", DateParts._fields, limit=day_text(latest))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether what was typed means something else than the initial value."""
        if self.disabled:
            return False
        try:
            return bool(self.clean(data) != self.comparable(initial))
        except ValidationError:
            return any(data or ())

    def comparable(self, initial: Any) -> Any:
        """The initial value as `clean` would return it."""
        return initial or None


class GovDateTimeField(GovDateField):
    """A date and a London time to the minute; cleans to an aware UTC `datetime`, or None when empty and not required.

    A time in the hour that London skips in March, or repeats in October, is refused: the record must say when.
    """

    widget: ClassVar[type[forms.Widget]] = GovDateTimeInput  # type: ignore[misc]
    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": "Enter a date and time",
        "missing_time": "Enter a time",
        "invalid_time": "Time must be in the format 14:05",
        "gap": "That time never happened, because the clocks went forward: choose another",
        "fold": "That time happened twice, because the clocks went back: choose another",
    }

    def clean(self, value: Any) -> Any:
        """The moment typed, in UTC, or None. Raises ValidationError."""
        typed = value if isinstance(value, DateTimeParts) else DateTimeParts()
        if not any(typed):
            if self.required:
                raise self.fault("required", DateTimeParts._fields)
            return None
        if not any(typed[:3]):
            raise self.fault("missing", DateParts._fields, missing="a day, month and year")
        day = self.day_from(DateParts(*typed[:3]))
        moment = self.moment_from(day, typed.time)
        self.run_validators(moment)
        return moment

    def moment_from(self, day: date, text: str) -> datetime:
        """The UTC moment of a London day and a typed time. Raises ValidationError."""
        if not text:
            raise self.fault("missing_time", ["time"])
        at = time_of_day(text)
        if at is None:
            raise self.fault("invalid_time", ["time"])
        moments = london_moments(day, at)
        if len(moments) != 1:
            raise self.fault("fold" if moments else "gap", ["time"])
        return moments[0]

    def comparable(self, initial: Any) -> Any:
        """The initial moment in UTC, cut to the minute that the inputs can show."""
        if not isinstance(initial, datetime):
            return None
        return initial.astimezone(UTC) - timedelta(seconds=initial.second, microseconds=initial.microsecond)
