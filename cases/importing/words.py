"""Columns and values as a reader of the timeline or of the list "Extract disagrees" meets them."""

from datetime import date, datetime
from typing import Any, Final

from cases.importing.takers import TAKERS
from core import clock

NOT_SHOWN: Final = ("What was entered on screen (not shown here)", "A different value (not shown here)")
"""Here and extract, of a column that identifies a victim."""

LABELS: Final = {
    "urn": "URN",
    "recorded_at": "Recorded",
    "offence_code": "Offence code",
    "offence_description": "Offence as described",
    "offence_from": "Offence from",
    "offence_to": "Offence to",
    "unit": "Unit",
    "oic_number": "Officer in the case",
    "supervisor_number": "Supervisor",
    "risk": "Risk",
    "outcome_code": "Outcome",
    "suspect_nominal": "Suspect’s nominal",
    "suspect_surname": "Suspect’s surname",
    "suspect_forenames": "Suspect’s forenames",
    "suspect_dob": "Suspect’s date of birth",
    "suspect_pnc_id": "Suspect’s PNC id",
    "suspect_relationship": "Suspect’s relationship",
    "suspect_identified_at": "Suspect identified",
    "arrested_at": "Arrest",
    "interviewed_at": "Interview",
    "bail_status": "Bail or release",
}


def label_of_column(column: str) -> str:
    """Return what a column is called on screen. Raises KeyError for one that is stored nowhere."""
    return LABELS[column] if column in LABELS else TAKERS.label(column)


def table_of(row: Any) -> str:
    """Return the short name that corrections use for the table of a row (cases/correctable.py)."""
    name = str(row._meta.model_name)
    return "outcome" if name == "suspectoutcome" else name


def text_of(value: Any) -> str:
    """Return a value as corrections keep it: ISO days and times, a unit's name, a nominal, empty for none."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(getattr(value, "nominal", value))


def in_words(text: str) -> str:
    """Return a kept text as people read it: days and times in London, all else as it is."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    if len(text) == len("2026-11-20"):
        return f"{moment.day} {moment:%B %Y}"
    local = clock.as_utc(moment).astimezone(clock.LONDON)
    return f"{local.day} {local:%B %Y, %H:%M}"
