"""The written table of facts that can be corrected, and how each is read from text and written as text. Pure.

A fact that is not in the table is not corrected but changed by an act of its own (a need, a role, an outcome reopened).
Values stand in the record of corrections as text: ISO dates and times, so that clocks can read them back.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import models

from cases import models as m
from cases.derive.states import Risk
from cases.extract.columns import OFFENCES
from core import clock
from core.components import day_text, london_text
from core.exceptions import NotPossible

FIRST_YEAR = 1900


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of value: how to read text as one, and how to write one as text."""

    read: Callable[[str], Any]
    write: Callable[[Any], str] = str
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """One correctable fact: the table's short name, the column, the words for it, what sort of value it is."""

    table: str
    field: str
    words: str
    sort: Sort
    required: bool = True
    longest: int = 100

    def text_of(self, value: Any) -> str:
        """Return a value as the record of corrections keeps it; empty for none."""
        return "" if value is None else self.sort.write(value)

    def value_of(self, text: str) -> Any:
        """Return the value a text stands for. Raises NotPossible beside the field when it cannot be one."""
        typed = text.strip()
        if not typed:
            if self.required:
                raise NotPossible(f"Enter {self.words}", field=self.field)
            return self.nothing
        if len(typed) > self.longest:
            raise NotPossible(f"{self.words.capitalize()} must be {self.longest} characters or fewer", field=self.field)
        try:
            return self.sort.read(typed)
        except ValueError as error:
            raise NotPossible(str(error) or f"Enter {self.words}", field=self.field) from error

    @property
    def nothing(self) -> Any:
        """What an empty value is in this column: no day, or no text."""
        return None if self.sort in {DAY, PAST_DAY, MOMENT} else ""


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError("Enter a real date") from None
    if not FIRST_YEAR <= day.year <= 2100:
        raise ValueError(f"Year must be between {FIRST_YEAR} and 2100")
    return day


def _past_day(text: str) -> date:
    day = _day(text)
    if day > clock.today():
        raise ValueError("Enter today or a day in the past")
    return day


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("Enter a real date and time") from None
    if moment.tzinfo is None or moment.year < FIRST_YEAR:
        raise ValueError("Enter a real date and time")
    if moment > clock.now():
        raise ValueError("Enter a date and time in the past")
    return moment.astimezone(UTC)


def _one_of(choices: Iterable[tuple[Any, Any]]) -> Sort:
    known = tuple((str(value), str(label)) for value, label in choices)

    def read(text: str) -> str:
        if text not in dict(known):
            raise ValueError("Select one of the answers")
        return text

    return Sort(read, choices=known)


def _pattern(pattern: str, words: str) -> Sort:
    def read(text: str) -> str:
        if not re.fullmatch(pattern, text.upper()):
            raise ValueError(words)
        return text.upper()

    return Sort(read)


TEXT = Sort(str)
DAY, PAST_DAY = Sort(_day, date.isoformat), Sort(_past_day, date.isoformat)
MOMENT = Sort(_moment, datetime.isoformat)
REFERENCE = _pattern(r"[A-Z0-9/-]{3,30}", "Crime reference must be 3 to 30 letters, numbers, slashes or hyphens")
URN = _pattern(r"[0-9]{2}[A-Z][A-Z0-9][0-9]{7}", "URN must be 2 numbers, a letter, a letter or number, then 7 numbers, like 52AB1234526")

TABLES: dict[str, type[models.Model]] = {
    "case": m.Case,
    "suspect": m.Suspect,
    "complainant": m.Complainant,
    "offence": m.Offence,
    "arrest": m.Arrest,
    "interview": m.Interview,
    "situation": m.SuspectSituation,
    "bail": m.Bail,
    "detention": m.Detention,
    "outcome": m.SuspectOutcome,
}

FACTS: tuple[Fact, ...] = (
    Fact("case", "crime_reference", "the crime reference", REFERENCE),
    Fact("case", "urn", "the URN", URN, required=False),
    Fact("case", "recorded_at", "when the crime was recorded", MOMENT),
    Fact("case", "risk", "the risk", _one_of(Risk.choices)),
    Fact("case", "named", "whether anyone has been named", _one_of(m.Named.choices)),
    Fact("suspect", "surname", "the surname", TEXT),
    Fact("suspect", "forenames", "the forenames", TEXT, required=False),
    Fact("suspect", "date_of_birth", "the date of birth", PAST_DAY, required=False),
    Fact("suspect", "pnc_id", "the PNC ID", TEXT, required=False, longest=20),
    Fact("suspect", "relationship", "the relationship to the complainant", _one_of(m.Relationship.choices), required=False),
    Fact("suspect", "identified_at", "when the suspect was identified", MOMENT),
    Fact("complainant", "age_group", "the age when the crime was recorded", _one_of(m.AgeGroup.choices)),
    Fact("offence", "code", "the offence", _one_of(OFFENCES.items())),
    Fact("offence", "from_on", "the first day", PAST_DAY, required=False),
    Fact("offence", "to_on", "the last day", PAST_DAY, required=False),
    Fact("arrest", "at", "when the arrest was made", MOMENT),
    Fact("arrest", "released_at", "when the suspect was released", MOMENT),
    Fact("interview", "at", "when the interview was held", MOMENT),
    Fact("interview", "manner", "how the suspect came to the interview", _one_of(m.InterviewManner.choices)),
    Fact("situation", "since", "since when", MOMENT),
    Fact("bail", "granted_at", "when bail was granted", MOMENT),
    Fact("bail", "authority", "who authorised bail", _one_of(m.Authority.choices)),
    Fact("bail", "own_end_on", "the day the suspect answers bail", DAY, required=False),
    Fact("bail", "conditions", "the bail conditions", TEXT, required=False, longest=4_000),
    Fact("detention", "began_at", "when detention began", MOMENT),
    Fact("outcome", "on", "the day of the outcome", PAST_DAY),
)
_BY_NAME = {(fact.table, fact.field): fact for fact in FACTS}


def fact_of(table: str, field: str) -> Fact:
    """Return the fact of this name. Raises NotPossible when it is none that can be corrected."""
    fact = _BY_NAME.get((table, field))
    if fact is None:
        raise NotPossible("This cannot be corrected here.")
    return fact


def facts_of_table(table: str) -> tuple[Fact, ...]:
    """Return the correctable facts of one table, in order."""
    return tuple(fact for fact in FACTS if fact.table == table)


def in_words(fact: Fact, text: str) -> str:
    """Return a kept text as people read it: labels for choices, London days and times."""
    if not text:
        return "nothing"
    if fact.sort.choices:
        return dict(fact.sort.choices).get(text, text)
    if fact.sort is MOMENT:
        return london_text(datetime.fromisoformat(text))
    if fact.sort in {DAY, PAST_DAY}:
        return day_text(date.fromisoformat(text))
    return text
