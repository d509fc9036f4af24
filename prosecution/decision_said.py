"""What a decision on a suspect says, and what it lacks. Pure: no database.

A draft may lack almost anything; what contradicts itself is refused at once, what is missing when it is proposed or published.
Names of fields are those of the form, so that a message stands beside what it is about.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Final, TypedDict

from cases.extract.columns import OFFENCES
from cases.outcome_codes import CHARGED
from core.exceptions import NotPossible
from prosecution.models import DecisionType, ReasonCode, Test, Undermining
from prosecution.nfa_said import missing_beside, of_alternatives
from prosecution.threshold_conditions import CONDITIONS, joined, parted

DISPOSALS: Final = (2, 3, 6, 8, 22)
"""Home Office outcomes of a non-conviction disposal (domain.md section 4)."""
EVIDENTIAL: Final = (15, 16, 13)
"""Home Office outcomes of no further action on evidence: the victim supports, does not, or is dead or too ill."""
PUBLIC_INTEREST: Final = 9
NFA_DECISIONS: Final = frozenset({DecisionType.NFA_EVIDENTIAL.value, DecisionType.NFA_PUBLIC_INTEREST.value})
SIMPLE_CAUTION: Final = 3
ONLY_THRESHOLD: Final = "Leave this empty unless the decision is a charge on the Threshold Test"
REASON_OF: Final[dict[str, str]] = {
    DecisionType.CHARGE: ReasonCode.A,
    DecisionType.NFA_EVIDENTIAL: ReasonCode.K,
    DecisionType.NFA_PUBLIC_INTEREST: ReasonCode.L,
    DecisionType.FURTHER_EVIDENCE: ReasonCode.H,
    DecisionType.NON_CONVICTION: ReasonCode.C,
}
"""The one code known for each decision (domain.md section 3: other letters exist, their meanings were not found)."""


class Given(TypedDict, total=False):
    """What services take of a decision: the names of its fields. Days are London dates."""

    test: str
    decision: str
    reason_code: str
    charges: list[str]
    principal_offence: str
    disposal: int | None
    conditions: tuple[str, ...]
    review_on: date | None
    undermining: str
    views_considered: str
    return_bail_on: date | None
    cps_reference: str
    reasons_for_victim: str
    analysis: str
    analysis_in_cms: bool
    enquiries_not_done: str
    alternatives: list[str]
    alternatives_note: str
    others_considered: bool
    others_note: str


@dataclass(frozen=True, slots=True)
class Said:
    """A decision as typed. `conditions` are why each of the five conditions of the Threshold Test is met."""

    test: str = ""
    decision: str = ""
    reason_code: str = ""
    charges: list[str] = field(default_factory=list)
    principal_offence: str = ""
    disposal: int | None = None
    conditions: tuple[str, ...] = ()
    review_on: date | None = None
    undermining: str = ""
    views_considered: str = ""
    return_bail_on: date | None = None
    cps_reference: str = ""
    reasons_for_victim: str = ""
    analysis: str = ""
    analysis_in_cms: bool = False
    enquiries_not_done: str = ""
    alternatives: list[str] = field(default_factory=list)
    alternatives_note: str = ""
    others_considered: bool = False
    others_note: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        """The same as columns of a row."""
        found = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "conditions"}
        return {**found, "conditions_met": joined(self.conditions)}

    @property
    def of_threshold(self) -> bool:
        """A charge on the Threshold Test."""
        return self.test == Test.THRESHOLD and self.decision == DecisionType.CHARGE

    @property
    def settles(self) -> bool:
        """Whether it gives the suspect an outcome; further evidence does not."""
        return self.decision != DecisionType.FURTHER_EVIDENCE


def said_by(row: Any) -> Said:
    """Return what a prepared or published decision says."""
    found = {one.name: getattr(row, one.name) for one in fields(Said) if one.name != "conditions"}
    return Said(**found, conditions=parted(row.conditions_met))


def tidy(given: Given) -> Said:
    """Return what was typed without blanks around it, with the reason code that goes with the decision. Raises as `contradictions`."""
    cleaned: dict[str, Any] = {name: value.strip() if isinstance(value, str) else value for name, value in given.items()}
    cleaned["charges"] = list(dict.fromkeys(given.get("charges", [])))
    cleaned["alternatives"] = list(dict.fromkeys(given.get("alternatives", [])))
    cleaned["conditions"] = tuple(text.strip() for text in given.get("conditions", ()))
    said = Said(**cleaned)
    for name, reason in contradictions(said):
        raise NotPossible(reason, field=name)
    if said.reason_code or (said.decision == DecisionType.NON_CONVICTION and said.disposal != SIMPLE_CAUTION):
        return said
    return Said(**{**cleaned, "reason_code": REASON_OF[said.decision]})


def contradictions(said: Said) -> Iterator[tuple[str, str]]:
    """Yield field and reason for what cannot be, a draft included."""
    if said.test not in Test.values:
        yield "test", "Select which test was applied"
    if said.decision not in DecisionType.values:
        yield "decision", "Select the decision"
        return
    if said.reason_code and said.reason_code != REASON_OF[said.decision]:
        yield "reason_code", "This code is that of another decision"
    yield from _of_charge(said)
    yield from _of_disposal(said)
    yield from of_alternatives(said.alternatives)
    if said.undermining and said.undermining not in Undermining.values:
        yield "undermining", "Select yes or no"
    if any(said.conditions) and not said.of_threshold:
        yield "condition_1", ONLY_THRESHOLD
    if said.review_on is not None and not said.of_threshold:
        yield "review_on", ONLY_THRESHOLD


def _of_disposal(said: Said) -> Iterator[tuple[str, str]]:
    if said.disposal is None:
        return
    if said.decision != DecisionType.NON_CONVICTION:
        yield "disposal", "Leave this empty unless the decision is a non-conviction disposal"
    elif said.disposal not in DISPOSALS:
        yield "disposal", "Select a disposal"


def _of_charge(said: Said) -> Iterator[tuple[str, str]]:
    charge = said.decision == DecisionType.CHARGE
    if said.charges and not charge:
        yield "charges", "Leave this empty unless the decision is to charge"
    if any(code not in OFFENCES for code in said.charges):
        yield "charges", "Select offences from the list"
    if said.principal_offence and said.principal_offence not in said.charges:
        yield "principal_offence", "Select one of the offences charged" if charge else "Leave this empty unless the decision is to charge"


def missing(said: Said, today: date) -> Iterator[tuple[str, str]]:
    """Yield field and reason for what has to be there before anybody else acts on it. `today` is the London date."""
    if said.decision == DecisionType.CHARGE:
        if not said.charges:
            yield "charges", "Select the offences charged"
        if not said.principal_offence:
            yield "principal_offence", "Select the principal offence"
    if said.of_threshold:
        yield from _of_threshold(said, today)
    if said.decision == DecisionType.NON_CONVICTION and said.disposal is None:
        yield "disposal", "Select the disposal"
    if said.settles:
        yield from _about_the_victim(said)
    if said.decision in NFA_DECISIONS:
        yield from missing_beside(said)


def _of_threshold(said: Said, today: date) -> Iterator[tuple[str, str]]:
    for number, text in enumerate(said.conditions or ("",) * len(CONDITIONS), start=1):
        if not text:
            yield f"condition_{number}", f"Enter why condition {number} of the Threshold Test is met"
    if said.review_on is None:
        yield "review_on", "Enter the day on which the Full Code Test is applied"
    elif said.review_on < today:
        yield "review_on", "Enter a day from today on"


def _about_the_victim(said: Said) -> Iterator[tuple[str, str]]:
    if not said.undermining:
        yield "undermining", "Select whether undermining material was a key factor"
    if not said.views_considered:
        yield "views_considered", "Enter how the victim’s views were considered"
    if not said.reasons_for_victim and said.decision != DecisionType.CHARGE:
        yield "reasons_for_victim", "Enter the reasons for the victim in plain words"


def code_of(said: Said, evidential: int | None) -> int | None:
    """Return the Home Office outcome of a decision; None for further evidence. `evidential` is which of three, where on evidence.

    Raises NotPossible beside `code` when that was not said, or said of another decision.
    """
    if said.decision == DecisionType.NFA_EVIDENTIAL:
        if evidential not in EVIDENTIAL:
            raise NotPossible("Select whether the victim supports the prosecution", field="code")
        return evidential
    if evidential is not None:
        raise NotPossible("Leave this empty unless it is no further action on the evidence", field="code")
    return {
        DecisionType.CHARGE.value: CHARGED,
        DecisionType.NFA_PUBLIC_INTEREST.value: PUBLIC_INTEREST,
        DecisionType.NON_CONVICTION.value: said.disposal,
    }.get(said.decision)
