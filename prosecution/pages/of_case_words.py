"""A line of the section "Police and CPS" in words: what it is, how it stands, whose move it is and since when, and where it leads."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from core.components import day_text
from prosecution.models import (
    AdviceResult,
    AdviceState,
    DecisionType,
    Finalisation,
    Meeting,
    NotSought,
    PlanState,
    ReferralState,
    ReviewType,
    Test,
)
from prosecution.models.decision import ProposedState
from prosecution.pages.places import place

if TYPE_CHECKING:
    from prosecution.pages.of_case import Row

POLICE, CPS = "Police", "CPS"
ADVICE_MOVE: Final[Mapping[str, str]] = {
    AdviceState.DRAFT: POLICE,
    AdviceState.READY: POLICE,
    AdviceState.SENT: CPS,
    AdviceState.RETURNED: POLICE,
    AdviceState.REFUSED: "",
    AdviceState.CHALLENGED: CPS,
    AdviceState.ACCEPTED: CPS,
}
"""State of a request for early advice that is open → whose move it is. Refused: nobody’s, an inspector may challenge it."""
REFERRAL_MOVE: Final[Mapping[str, str]] = {
    ReferralState.DRAFT: POLICE,
    ReferralState.READY: POLICE,
    ReferralState.SENT: CPS,
    ReferralState.RETURNED: POLICE,
    ReferralState.ACCEPTED: CPS,
    ReferralState.ON_PLAN: POLICE,
    ReferralState.FINALISED: POLICE,
}
"""State of a referral that is open, or finalised administratively, which the police review → whose move it is."""
COLOURS: Final[Mapping[str, str]] = {POLICE: "blue", CPS: "purple", "": "grey"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `move`: whose it is, in words; blank for nobody's. `since` is a moment, shown as London time."""

    what: str
    state: str
    colour: str
    move: str
    since: datetime
    beside: str
    href: str
    open: bool


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting or call."""

    at: datetime
    how: str
    who: str
    agreed: str


def line_of(row: "Row") -> Line:
    """Return a row in words."""
    return WORDS[row.table](row)


def meeting_of(row: "Row") -> MeetingLine:
    """Return a meeting in words."""
    return MeetingLine(row.since, str(Meeting.How(row.state).label), row.name, row.text)


def _line(row: "Row", what: str, state: str, move: str, beside: str, href: str, *, is_open: bool) -> Line:
    return Line(what, state, COLOURS.get(move, "blue"), move, row.since, beside, href, is_open)


def _joined(*parts: str) -> str:
    return ". ".join(part for part in parts if part)


def _sent(row: "Row") -> str:
    return f"Sent {row.times} times" if row.times > 1 else ""


def _answer_by(row: "Row", returned: str) -> str:
    return f"To be sent again by {day_text(row.respond_by)}" if row.state == returned and row.respond_by else ""


def _advice(row: "Row") -> Line:
    result = str(AdviceResult(row.text).label) if row.text else ""
    refused = "An inspector may challenge it" if row.state == AdviceState.REFUSED else ""
    beside = _joined(f"Prosecutor: {row.name}" if row.name else "", result, refused, _answer_by(row, AdviceState.RETURNED), _sent(row))
    return _line(
        row,
        f"Request for early advice {row.number}",
        str(AdviceState(row.state).label),
        ADVICE_MOVE.get(row.state, ""),
        beside,
        place("early_advice", row.id),
        is_open=row.state in ADVICE_MOVE,
    )


def _not_sought(row: "Row") -> Line:
    why = str(NotSought(row.state).label)
    return _line(row, "Early advice considered", "Not sought", "", _joined(why, row.text), "", is_open=False)


def _referral(row: "Row") -> Line:
    review = str(ReviewType(row.text).label)
    beside = _joined(review, f"Prosecutor: {row.name}" if row.name else "", _answer_by(row, ReferralState.RETURNED), _sent(row))
    return _line(
        row,
        f"Referral {row.number} for a charging decision",
        str(ReferralState(row.state).label),
        REFERRAL_MOVE.get(row.state, ""),
        beside,
        place("referral", row.id),
        is_open=row.state in REFERRAL_MOVE,
    )


def _plan(row: "Row") -> Line:
    running = row.state in {PlanState.DRAFT, PlanState.WAITS_FOR_DCP, PlanState.SET}
    move = "" if not running else CPS
    if row.state == PlanState.SET:
        move = " and ".join(side for side, number in ((POLICE, row.police), (CPS, row.cps)) if number) or f"{POLICE} and {CPS}"
    counts = f"{row.times} open: {row.police} with the police, {row.cps} with the CPS" if row.state == PlanState.SET else ""
    if counts and (escalated := row.times - row.police - row.cps):
        counts += f", {escalated} with inspector and District Crown Prosecutor"
    return _line(
        row,
        f"Action plan {row.number}",
        str(PlanState(row.state).label),
        move,
        _joined(f"Set by {row.name}" if row.name else "", counts),
        place("action_plan", row.id),
        is_open=running,
    )


def _decision(row: "Row") -> Line:
    return _line(
        row,
        f"Decision on suspect {row.number}",
        str(DecisionType(row.state).label),
        "",
        _joined(str(Test(row.text).label) if row.text else "", f"By {row.name}" if row.name else ""),
        place("charging_decision", row.id),
        is_open=False,
    )


def _proposal(row: "Row") -> Line:
    return _line(
        row,
        f"Decision on suspect {row.number}, in preparation",
        str(ProposedState(row.state).label),
        CPS,
        _joined(str(DecisionType(row.text).label) if row.text else "", f"Prepared by {row.name}", "Only the CPS sees this"),
        place("proposed_decision", row.id),
        is_open=True,
    )


def _finalisation(row: "Row") -> Line:
    state = Finalisation.State(row.state)
    stands = state == Finalisation.State.STANDS
    return _line(
        row,
        f"Administrative finalisation of referral {row.number}",
        str(state.label),
        POLICE if stands else "",
        _joined(row.text, f"Police owner: {row.name}", "It is not a decision"),
        "",
        is_open=stands,
    )


def _transfer(row: "Row") -> Line:
    return _line(row, f"Transfer to {row.name}", "Offered", "The other Area", "Until that Area accepts, this Area owes", "", is_open=True)


WORDS: Final = {
    "EarlyAdvice": _advice,
    "EarlyAdviceNotSought": _not_sought,
    "Referral": _referral,
    "ActionPlan": _plan,
    "ChargingDecision": _decision,
    "ProposedDecision": _proposal,
    "Finalisation": _finalisation,
    "AreaTransfer": _transfer,
}
"""Table → what puts its rows into words."""
