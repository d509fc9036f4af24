"""Readers of single cells: text in, a value or a `Refusal` out.

A reason never repeats what the cell says: reasons are shown and counted in places where a name or
an address must not appear, and the cell itself stands in the same row of the refused records.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from cases.extract.columns import MAX_LENGTH, NAME_COLUMNS, OFFENCES

LONDON: Final = ZoneInfo("Europe/London")
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100
TRIMMED: Final = " \t\r\n\u00a0\u2007\u202f\u2060\ufeff"
BLANK_WORDS: Final = frozenset({"NULL", "N/A"})

_ISO = re.compile(
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
    r"(?:T(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?)?"
)
_BRITISH = re.compile(
    r"(?P<day>[0-9]{2})/(?P<month>[0-9]{2})/(?P<year>[0-9]{4})"
    r"(?: (?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?P<second>))?"
)
_REFERENCE = re.compile(r"[A-Za-z0-9/-]{3,30}")
_URN = re.compile(r"[0-9]{2}[A-Za-z][A-Za-z0-9][0-9]{7}")
_EMAIL = re.compile(
    r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*"
    r"@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{0,61}[^\W_]"
)
_WHOLE = re.compile(r"[0-9]{1,4}")


class Refusal(Exception):
    """A cell or a record breaks a rule; `reason` is for the person who will mend the file."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(f"{column}: {reason}")
        self.column = column
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time, aware UTC. With `day_only` it is the first moment of that London day."""

    at: datetime
    day_only: bool

    @property
    def day(self) -> date:
        """The London day on which it falls."""
        return self.at.astimezone(LONDON).date()

    def before(self, other: "Moment") -> bool:
        """Whether it is certainly earlier: by the clock, or by the day if either is only a day."""
        if self.day_only or other.day_only:
            return self.day < other.day
        return self.at < other.at


Value = str | int | date | Moment | None
Reader = Callable[[str, str, date], Value]


def clean(column: str, cell: str) -> str:
    """Trim a cell; empty for a blank, `NULL` or `N/A`. Characters no text has are refused."""
    if not (cell.isascii() and cell.isprintable()):
        for character in cell:
            _refuse_unreadable(column, character)
    return trim(column, cell)


def trim(column: str, cell: str) -> str:
    """What `clean` gives, without looking at the characters."""
    if not cell:
        return cell
    text = cell.strip(TRIMMED)
    if column not in NAME_COLUMNS and text.upper() in BLANK_WORDS:
        return ""
    return text


def _refuse_unreadable(column: str, character: str) -> None:
    if character == "\x00":
        raise Refusal(column, "holds a NUL byte, which no text has")
    category = unicodedata.category(character)
    if category == "Cs":
        raise Refusal(column, "holds bytes that are not UTF-8 text; save the file as UTF-8")
    if category == "Cc" and character not in "\t\r\n":
        raise Refusal(column, "holds a control character that cannot be shown; type it again")


def read_text(column: str, text: str, as_of: date) -> str:
    """Plain text, kept as written up to the longest that the column may hold."""
    longest = MAX_LENGTH[column]
    if len(text) > longest:
        raise Refusal(column, f"is longer than {longest} characters")
    return text


def read_reference(column: str, text: str, as_of: date) -> str:
    """A crime reference, in capitals: it is the key of the case however it was typed."""
    if not _REFERENCE.fullmatch(text):
        raise Refusal(column, "must be 3 to 30 letters, digits, / or -")
    return text.upper()


def read_urn(column: str, text: str, as_of: date) -> str:
    """A unique reference number, in capitals."""
    if not _URN.fullmatch(text):
        raise Refusal(column, "must be 2 digits, a letter, a letter or digit, and 7 digits")
    return text.upper()


def read_offence(column: str, text: str, as_of: date) -> str:
    """An offence code that this system knows, in capitals."""
    code = text.upper()
    if code not in OFFENCES:
        raise Refusal(column, "is not one of the offence codes " + ", ".join(OFFENCES))
    return code


def read_email(column: str, text: str, as_of: date) -> str:
    """An e-mail address, kept as written."""
    if len(text) > MAX_LENGTH[column] or not _EMAIL.fullmatch(text):
        raise Refusal(column, "does not look like an e-mail address")
    return text


def one_of(*allowed: str) -> Reader:
    """A reader of one of the words given, in any case; the value is spelt as given here."""
    spelling: Mapping[str, str] = {word.lower(): word for word in allowed}

    def read(column: str, text: str, as_of: date) -> str:
        word = spelling.get(text.lower())
        if word is None:
            raise Refusal(column, "is not one of: " + ", ".join(allowed))
        return word

    return read


def whole_number(first: int, last: int) -> Reader:
    """A reader of a whole number from `first` to `last`."""

    def read(column: str, text: str, as_of: date) -> int:
        if not _WHOLE.fullmatch(text) or not first <= int(text) <= last:
            raise Refusal(column, f"is not a whole number from {first} to {last}")
        return int(text)

    return read


def read_past_moment(column: str, text: str, as_of: date) -> Moment:
    """A moment of the past, given in London time.

    A clock time that happens twice, when summer time ends, is taken as the first of the two; one
    that does not happen, when summer time begins, is moved forward by the hour that was skipped.
    """
    moment = _parse(column, text)
    if moment.day > as_of:
        raise Refusal(column, f"is in the future (after {as_of:%d/%m/%Y})")
    return moment


def read_past_day(column: str, text: str, as_of: date) -> date:
    """A day of the past; a time of day is allowed and left out."""
    return read_past_moment(column, text, as_of).day


def read_day(column: str, text: str, as_of: date) -> date:
    """A day, past or to come; a time of day is allowed and left out."""
    return _parse(column, text).day


def _parse(column: str, text: str) -> Moment:
    found = _ISO.fullmatch(text) or _BRITISH.fullmatch(text)
    if found is None:
        raise Refusal(
            column,
            "is not a day or time in a form that can be read: 2026-11-20, 2026-11-20T14:05, "
            "2026-11-20T14:05:00, 20/11/2026 or 20/11/2026 14:05",
        )
    parts = {name: int(digits) for name, digits in found.groupdict().items() if digits}
    if not FIRST_YEAR <= parts["year"] <= LAST_YEAR:
        raise Refusal(column, f"has a year outside {FIRST_YEAR} to {LAST_YEAR}")
    try:
        local = datetime(**parts, tzinfo=LONDON)
    except ValueError:
        raise Refusal(column, "is not a day or time that exists") from None
    return Moment(at=local.astimezone(UTC), day_only="hour" not in parts)


def canonical(value: Value) -> str:
    """One text for one value, whichever way it was written; empty for a blank."""
    if value is None:
        return ""
    if isinstance(value, Moment):
        return value.day.isoformat() if value.day_only else value.at.isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)
