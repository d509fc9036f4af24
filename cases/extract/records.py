"""One record of the extract: its cells read and its rules checked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from cases.extract import values as v
from cases.extract.columns import (
    BAIL_STATUSES,
    CASE_COLUMNS,
    CASE_LEVEL,
    COLUMNS,
    CONTACT_METHODS,
    MANDATORY,
    RISKS,
    SUPPORT,
    SUSPECT_LEVEL,
    VICTIM_LEVEL,
)
from cases.extract.values import Moment, Reader, Refusal, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """What a record says of the case; each field is the column of that name."""

    crime_reference: str
    urn: str | None
    recorded_at: Moment
    offence_code: str
    offence_description: str | None
    offence_from: date | None
    offence_to: date | None
    unit: str | None
    oic_number: str | None
    oic_name: str | None
    supervisor_number: str | None
    supervisor_name: str | None
    risk: str
    outcome_code: int | None
    outcome_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspectFacts:
    """What a record says of its suspect; each field is the column of that name."""

    suspect_nominal: str | None
    suspect_surname: str | None
    suspect_forenames: str | None
    suspect_dob: date | None
    suspect_pnc_id: str | None
    suspect_relationship: str | None
    suspect_identified_at: Moment
    arrested_at: Moment | None
    interviewed_at: Moment | None
    bail_status: str | None
    bail_expires_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VictimFacts:
    """What a record says of its victim; each field is the column of that name."""

    victim_nominal: str | None
    victim_surname: str | None
    victim_forenames: str | None
    victim_dob: date | None
    victim_phone: str | None
    victim_email: str | None
    contact_method: str | None
    contact_interval_days: int | None
    last_contact_at: Moment | None
    supports_prosecution: str | None
    isva_service: str | None


@dataclass(frozen=True, slots=True)
class Record:
    """An accepted record. `cells` is what was written, by column."""

    number: int
    line: int
    cells: Mapping[str, str]
    case: CaseFacts
    suspect: SuspectFacts | None
    victim: VictimFacts | None


@dataclass(frozen=True, slots=True)
class Refused:
    """A refused record. `column` is empty when the fault is in the record as a whole."""

    number: int
    line: int
    column: str
    reason: str
    cells: tuple[str, ...]


_SPECIAL: Final[Mapping[str, Reader]] = {
    "crime_reference": v.read_reference,
    "urn": v.read_urn,
    "recorded_at": v.read_past_moment,
    "offence_code": v.read_offence,
    "offence_from": v.read_past_day,
    "offence_to": v.read_past_day,
    "risk": v.one_of(*RISKS),
    "suspect_dob": v.read_past_day,
    "suspect_identified_at": v.read_past_moment,
    "arrested_at": v.read_past_moment,
    "interviewed_at": v.read_past_moment,
    "bail_status": v.one_of(*BAIL_STATUSES),
    "bail_expires_on": v.read_day,
    "victim_dob": v.read_past_day,
    "victim_email": v.read_email,
    "contact_method": v.one_of(*CONTACT_METHODS),
    "contact_interval_days": v.whole_number(1, 365),
    "last_contact_at": v.read_past_moment,
    "supports_prosecution": v.one_of(*SUPPORT),
    "outcome_code": v.whole_number(1, 22),
    "outcome_on": v.read_past_day,
}


def read_record(raw: Mapping[str, str], number: int, line: int, as_of: date) -> Record | Refused:
    """Read one record; a column that `raw` lacks is blank. The first broken rule refuses it."""
    try:
        found = {column: read_cell(column, raw.get(column, ""), as_of) for column in COLUMNS}
        record = _typed(raw, found, number, line)
        for check in _CHECKS:
            check(record)
    except Refusal as refusal:
        return Refused(number, line, refusal.column, refusal.reason, tuple(raw.values()))
    return record


def read_cell(column: str, cell: str, as_of: date) -> Value:
    """Read one cell of a column; None for a blank, `Refusal` for what cannot be read."""
    text = v.clean(column, cell)
    if text:
        return _SPECIAL.get(column, v.read_text)(column, text, as_of)
    if column in MANDATORY:
        raise Refusal(column, "must not be blank")
    return None


def first_disagreement(facts: CaseFacts, stated: Mapping[str, tuple[str, int]]) -> tuple[str, int] | None:
    """The first case-level column that differs from `stated` and the record that stated it."""
    for column, text in case_level_texts(facts).items():
        earlier = stated.get(column)
        if earlier is not None and earlier[0] != text:
            return column, earlier[1]
    return None


def case_level_texts(facts: CaseFacts) -> dict[str, str]:
    """The case-level columns that are not blank: a blank states nothing to differ from."""
    texts = {column: v.canonical(getattr(facts, column)) for column in CASE_LEVEL}
    return {column: text for column, text in texts.items() if text}


def _typed(raw: Mapping[str, str], found: Mapping[str, Value], number: int, line: int) -> Record:
    def facts(columns: tuple[str, ...]) -> dict[str, Any]:
        return {column: found[column] for column in columns}

    suspect, victim = facts(SUSPECT_LEVEL), facts(VICTIM_LEVEL)
    suspect_known = any(value is not None for value in suspect.values())
    victim_known = any(value is not None for value in victim.values())
    if suspect_known and found["suspect_identified_at"] is None:
        raise Refusal("suspect_identified_at", "must be given, because the record speaks of a suspect")
    return Record(
        number=number,
        line=line,
        cells=raw,
        case=CaseFacts(**facts(CASE_COLUMNS)),
        suspect=SuspectFacts(**suspect) if suspect_known else None,
        victim=VictimFacts(**victim) if victim_known else None,
    )


def _check_offence_days(record: Record) -> None:
    case = record.case
    if case.offence_from is None:
        return
    if case.offence_from > case.recorded_at.day:
        raise Refusal("offence_from", "is after the day on which the crime was recorded")
    if case.offence_to is not None and case.offence_to < case.offence_from:
        raise Refusal("offence_to", "is before offence_from")


def _check_suspect_order(record: Record) -> None:
    suspect = record.suspect
    if suspect is None:
        return
    for column in ("arrested_at", "interviewed_at"):
        happened: Moment | None = getattr(suspect, column)
        if happened is not None and happened.before(suspect.suspect_identified_at):
            raise Refusal(column, "is before the suspect was identified (suspect_identified_at)")


def _check_outcome(record: Record) -> None:
    case = record.case
    if case.outcome_code is None and case.outcome_on is None:
        return
    if case.outcome_on is None:
        raise Refusal("outcome_on", "must be given, because outcome_code is")
    if case.outcome_code is None:
        raise Refusal("outcome_code", "must be given, because outcome_on is")
    if case.outcome_on < case.recorded_at.day:
        raise Refusal("outcome_on", "is before the day on which the crime was recorded")


_CHECKS: Final[tuple[Callable[[Record], None], ...]] = (
    _check_offence_days,
    _check_suspect_order,
    _check_outcome,
)
