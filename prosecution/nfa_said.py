"""What a decision to take no further action says beside its reasons, by whichever side, and what it lacks. Pure: no database.

Names of fields are those of the forms, so that a message stands beside what it is about.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any, Final, TypedDict

from cases.derive.states import OUTCOMES_NOT_SUPPORTED, OUTCOMES_WITHOUT_SUSPECT
from core.exceptions import NotPossible
from prosecution.models.nfa import Alternative
from prosecution.nfa_setting import NFA_CODES

BESIDE: Final = ("enquiries_not_done", "alternatives", "alternatives_note", "others_considered", "others_note")
"""The fields that police and CPS both fill in."""


class NfaGiven(TypedDict, total=False):
    """What services take of a proposal: the names of its fields."""

    code: int | None
    reasons: str
    reasons_for_victim: str
    also_crimes: bool
    enquiries_not_done: str
    alternatives: list[str]
    alternatives_note: str
    others_considered: bool
    others_note: str


@dataclass(frozen=True, slots=True)
class NfaSaid:
    """A proposal as typed. Code 0: not said yet."""

    code: int = 0
    reasons: str = ""
    reasons_for_victim: str = ""
    also_crimes: bool = False
    enquiries_not_done: str = ""
    alternatives: list[str] = field(default_factory=list)
    alternatives_note: str = ""
    others_considered: bool = False
    others_note: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        """The same as columns of a row."""
        return {one.name: getattr(self, one.name) for one in fields(self)}


def said_by(row: Any) -> NfaSaid:
    """Return what a proposal says."""
    return NfaSaid(**{one.name: getattr(row, one.name) for one in fields(NfaSaid)})


def tidy(given: NfaGiven, *, of_crime: bool) -> NfaSaid:
    """Return what was typed without blanks around it. Raises NotPossible, beside the field, for what cannot be, a draft included."""
    cleaned: dict[str, Any] = {name: value.strip() if isinstance(value, str) else value for name, value in given.items()}
    cleaned["alternatives"] = list(dict.fromkeys(given.get("alternatives") or []))
    cleaned["code"] = given.get("code") or 0
    said = NfaSaid(**cleaned)
    for name, reason in contradictions(said, of_crime=of_crime):
        raise NotPossible(reason, field=name)
    return said


def contradictions(said: NfaSaid, *, of_crime: bool) -> Iterator[tuple[str, str]]:
    """Yield field and reason for what cannot be."""
    if said.code not in NFA_CODES:
        yield "code", "Select an outcome"
    elif said.code in OUTCOMES_WITHOUT_SUSPECT and not of_crime:
        yield "code", "This outcome says that no suspect was identified"
    if of_crime and said.also_crimes:
        yield "also_crimes", "Leave this empty: the proposal is for the crime itself"
    yield from of_alternatives(said.alternatives)


def of_alternatives(chosen: list[str]) -> Iterator[tuple[str, str]]:
    """Yield what cannot be among the alternatives considered."""
    if any(one not in Alternative.values for one in chosen):
        yield "alternatives", "Select from the list"
    elif Alternative.NONE_FITS in chosen and len(chosen) > 1:
        yield "alternatives", "Select “None fits” alone, or what was considered"


def missing(said: NfaSaid, *, of_crime: bool) -> Iterator[tuple[str, str]]:
    """Yield field and reason for what has to be there before a second person reads it."""
    if not said.reasons:
        words = "what the victim said, when and to whom, and the reasons" if said.code in OUTCOMES_NOT_SUPPORTED else "the reasons"
        yield "reasons", f"Enter {words}"
    if not said.reasons_for_victim:
        yield "reasons_for_victim", "Enter the reasons for the victim in plain words"
    yield from missing_beside(said, of_crime=of_crime)


def missing_beside(said: Any, *, of_crime: bool = False) -> Iterator[tuple[str, str]]:
    """Yield what is missing of the fields that police and CPS both fill in; a crime that names nobody has no other cases to look at."""
    if not said.enquiries_not_done:
        yield "enquiries_not_done", "Enter which enquiries were not done, and why; or that none is left"
    if not said.alternatives:
        yield "alternatives", "Select which alternatives were considered, or “None fits”"
    elif not said.alternatives_note:
        yield "alternatives_note", "Enter what came of the alternatives, or why none fits"
    if not said.others_considered and not of_crime:
        yield "others_considered", "Tick that other cases of the same suspect were looked at"
