"""Which decisions may be reviewed when a victim asks, under which scheme, and the way that is left where not. A pure, printed table.

The first row that applies answers. docs/review-eligibility.md prints it; every row is tested. Nobody is turned away by it: a
request is taken in any case, and "out of scope" needs a second person (domain facts, section 4).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from cases.models.outcome import Side
from cases.outcome_codes import CHARGED

NPCC, CPS_VRR = "npcc", "cps"
SCHEMES: Final[Mapping[str, str]] = {
    NPCC: "Police: Victims’ Right to Review scheme of the National Police Chiefs’ Council",
    CPS_VRR: "CPS: Victims’ Right to Review scheme",
}
SCHEME_OF: Final[Mapping[str, str]] = {Side.POLICE: NPCC, Side.CPS: CPS_VRR}

OUT_OF_COURT: Final = frozenset({2, 3, 4, 6, 7, 8, 22})
NOT_SUPPORTED: Final = frozenset({14, 16})
CANNOT_BE_TRIED: Final = frozenset({5, 11, 12})
ELSEWHERE: Final = frozenset({19, 20})

_NPCC: Final = "NPCC scheme, April 2015"
_BOTH: Final = "NPCC scheme, April 2015; CPS scheme alike is general knowledge, to be confirmed"
_GENERAL: Final = "General knowledge of both schemes, to be confirmed"
COMPLAINT: Final = "She or he can complain to the agency that decided, and can take legal advice about judicial review"
NEW_EVIDENCE: Final = "Anything new can be given to the police at any time: a supervisor looks whether the investigation is opened again"


@dataclass(frozen=True, slots=True)
class Decision:
    """What the table asks of a decision, as plain values. `code` is its Home Office outcome."""

    side: str
    code: int
    suspect_named: bool = True
    interviewed: bool = True
    """The suspect was interviewed under caution."""
    others_charged: bool = False
    """Somebody else was charged with what she or he reported."""
    other_offence_charged: bool = False
    """This suspect was charged with another offence against her or him."""
    before_no_evidence: bool = False
    """A charge that the CPS means to end by offering no evidence, which it has not done yet."""
    reviewed_before: bool = False
    """This very decision was reviewed, and upheld, when she or he asked before."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: when it applies, to whose decisions, and what it answers. `way_left` only where it is outside."""

    code: str
    words: str
    sides: tuple[str, ...]
    applies: Callable[[Decision], bool]
    eligible: bool
    source: str
    way_left: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the table says of a decision."""

    scheme: str
    row: Row

    @property
    def eligible(self) -> bool:
        """Whether the scheme covers the decision."""
        return self.row.eligible


_P, _C = (Side.POLICE.value,), (Side.CPS.value,)
_ALL = (*_P, *_C)

ROWS: Final[tuple[Row, ...]] = (
    Row(
        "reviewed_before",
        "This decision was reviewed already when she or he asked, and upheld",
        _ALL, lambda one: one.reviewed_before, False, _GENERAL, COMPLAINT,
    ),
    Row(
        "before_no_evidence",
        "The CPS means to offer no evidence on a charge, and has not done so yet",
        _C, lambda one: one.before_no_evidence, True, "CPS expedited pilot for rape and serious sexual offences, by Area",
    ),
    Row(
        "charged",
        "The suspect was charged",
        _ALL, lambda one: one.code == CHARGED, False, _BOTH,
        "Witness Care and the prosecutor say how the prosecution goes on; a decision to stop it can be reviewed",
    ),
    Row(
        "no_suspect",
        "No suspect was identified",
        _P, lambda one: not one.suspect_named, False, _NPCC, f"{NEW_EVIDENCE}. {COMPLAINT}",
    ),
    Row(
        "support_withdrawn",
        "She or he did not support the prosecution",
        _ALL, lambda one: one.code in NOT_SUPPORTED, False, _BOTH,
        "She or he can support the prosecution again at any time: the investigation goes on where it stood",
    ),
    Row(
        "disposal",
        "It ended in an outcome out of court, such as a caution",
        _ALL, lambda one: one.code in OUT_OF_COURT, False, _BOTH, COMPLAINT,
    ),
    Row(
        "cannot_be_tried",
        "The suspect died, is under the age of criminal responsibility, or is too ill",
        _ALL, lambda one: one.code in CANNOT_BE_TRIED, False, _GENERAL, COMPLAINT,
    ),
    Row(
        "elsewhere",
        "Another body took it over, which decides",
        _ALL, lambda one: one.code in ELSEWHERE, False, _GENERAL, "The body that took it over says what she or he can ask there",
    ),
    Row(
        "not_interviewed",
        "No suspect was interviewed under caution",
        _P, lambda one: not one.interviewed, False, _NPCC, f"{NEW_EVIDENCE}. {COMPLAINT}",
    ),
    Row(
        "others_charged",
        "Somebody else was charged with what she or he reported",
        _ALL, lambda one: one.others_charged, False, _GENERAL,
        f"The prosecutor of the charge explains the decision to her or him. {COMPLAINT}",
    ),
    Row(
        "other_offence_charged",
        "The suspect was charged with another offence against her or him",
        _ALL, lambda one: one.other_offence_charged, False, _GENERAL,
        f"The prosecutor of the charge explains the decision to her or him. {COMPLAINT}",
    ),
    Row(
        "police_decided",
        "A suspect was interviewed under caution, and the police decided not to charge or not to refer to the CPS",
        _P, lambda one: True, True, _NPCC,
    ),
    Row(
        "cps_decided",
        "The CPS decided not to charge",
        _C, lambda one: True, True, "CPS Victims’ Right to Review scheme",
    ),
)  # fmt: skip
"""In the order in which they are asked. The last two answer whatever is left."""

BY_CODE: Final[Mapping[str, Row]] = {row.code: row for row in ROWS}


def answer(decision: Decision) -> Answer:
    """Return the first row that applies to a decision, with the scheme of whoever decided."""
    row = next(row for row in ROWS if decision.side in row.sides and row.applies(decision))
    return Answer(SCHEME_OF[decision.side], row)
