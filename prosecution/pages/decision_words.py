"""A decision in words, prepared or published: its lines, its texts by heading of the MG3, how it stands. No queries."""

from datetime import date
from typing import Any, Final

from cases.extract.columns import OFFENCES
from cases.outcome_codes import words as outcome_words
from core.components import day_text, london_text
from prosecution.models import ChargingDecision, ProposedDecision, ProposedState, Test
from prosecution.models import ProposedState as D
from prosecution.nfa_words import beside_lines

Line = tuple[str, str]
"""Words and value."""
COLOURS: Final[dict[str, str]] = {
    D.DRAFT: "blue", D.WAITS: "orange", D.CONFIRMED: "teal", D.SENT_BACK: "red", D.PUBLISHED: "green", D.OVERTAKEN: "grey",
    D.DISCARDED: "grey",
}  # fmt: skip
"""The colour of the tag of each state."""


def offence(code: str) -> str:
    """Return an offence as it is read: code and title."""
    return f"{code} {OFFENCES[code]}" if code in OFFENCES else code


def lines_of(row: ProposedDecision | ChargingDecision) -> list[Line]:
    """Return everything a decision says, line by line; what it does not say is left out."""
    found = [
        ("Decision", str(row.get_decision_display())),
        ("Test", str(row.get_test_display())),
        ("Offences charged", "\n".join(offence(code) for code in row.charges)),
        ("Principal offence", offence(row.principal_offence) if row.principal_offence else ""),
        ("Disposal", outcome_words(row.disposal) if row.disposal else ""),
        ("Reason code", str(row.get_reason_code_display()) if row.reason_code else ""),
        ("Conditions of the Threshold Test", row.conditions_met),
        ("Full Code Test applied by", day_or_nothing(row.review_on)),
        ("Undermining material a key factor", str(row.get_undermining_display()) if row.undermining else ""),
        ("How the victim’s views were considered", row.views_considered),
        ("Reasons for the victim", row.reasons_for_victim),
        *beside_lines(row),
        ("Return bail day", day_or_nothing(row.return_bail_on)),
        ("CPS reference", row.cps_reference),
        ("Analysis", "\n".join(text for text in ("Held in CMS" if row.analysis_in_cms else "", row.analysis) if text)),
    ]
    return [(words, value) for words, value in found if value]


def day_or_nothing(day: date | None) -> str:
    """Return a London date in words, or nothing for none."""
    return day_text(day) if day is not None else ""


def for_mg3(row: ProposedDecision | ChargingDecision) -> list[Line]:
    """Return the texts to copy by heading, as the MG3 asks for them: once typed here, never typed again there."""
    charges = "; ".join(offence(code) for code in row.charges)
    decision = [f"{row.get_decision_display()} ({row.get_test_display()})", row.reason_code and f"Code {row.reason_code}", charges]
    found = [
        ("Decision and charges", ". ".join(text for text in decision if text)),
        ("Threshold Test", "\n\n".join(text for text in (row.conditions_met, _review(row)) if text)),
        ("Analysis", "Held in CMS" if row.analysis_in_cms and not row.analysis else row.analysis),
        ("Disclosure", f"Undermining unused material a key factor: {row.get_undermining_display()}" if row.undermining else ""),
        ("Victim and witnesses", row.views_considered),
        ("Reasons for the victim", row.reasons_for_victim),
    ]
    return [(heading, text) for heading, text in found if text]


def _review(row: Any) -> str:
    return f"Full Code Test applied by {day_text(row.review_on)}" if row.review_on and row.test == Test.THRESHOLD else ""


def steps_of(row: ProposedDecision) -> list[str]:
    """Return what has happened to a decision while it was prepared, in order, with who and when."""
    found = [f"Prepared by {row.by.name}, {london_text(row.created_at)}"]
    if row.proposed_at is not None:
        found.append(f"Proposed for a second check {london_text(row.proposed_at)}")
    if row.checked_by is not None:
        what = "Sent back" if row.state == ProposedState.SENT_BACK else "Confirmed"
        found.append(f"{what} by {row.checked_by.name}, {london_text(row.checked_at)}" + (f": {row.check_note}" if row.check_note else ""))
    return found


def made_by(row: ChargingDecision) -> list[str]:
    """Return who decided when, and who looked at it twice."""
    found = [f"Decided by {row.decided_by_name}{', CPS Direct' if row.by_direct else ''}, {london_text(row.decided_at)}"]
    if row.checked_by_name:
        found.append(f"Confirmed by {row.checked_by_name} as second prosecutor")
    return found
