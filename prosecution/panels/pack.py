"""What an anonymised pack says of a case without anybody's words: counts, flags, and what happened on which day after the first. Pure.

Day 0 is the day on which the crime was recorded. No date, no name, no place and no reference goes in: what cannot go in is not read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from cases.outcome_codes import OUTCOMES
from core import clock


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened: when, which kind of entry, and how many times that day."""

    at: datetime
    kind: str


@dataclass(frozen=True, slots=True)
class Counted:
    """The facts of a case that a pack may say."""

    recorded_at: datetime
    decided_on: date
    code: int
    side: str
    suspects: int = 1
    complainants: int = 1
    crimes: Sequence[str] = ()
    """Titles of the offences."""
    relationship: str = ""
    risk: str = ""
    flags: Sequence[tuple[str, bool]] = ()
    counts: Sequence[tuple[str, int]] = ()
    alternatives: Sequence[str] = ()
    happened: Sequence[Happened] = field(default_factory=tuple)


LEFT_OUT: Final = frozenset({
    "restricted", "restriction_lifted", "access_granted", "access_revoked", "emergency_access_taken", "emergency_access_reviewed", "merged",
    "merged_here", "recorded_in_error", "person_assigned", "person_unassigned", "handed_over", "moved_to_unit", "identity_entered",
    "identity_corrected", "contact_person_added", "contact_person_changed", "contact_person_ended", "safe_contact_changed",
    "appointment_stays",
})  # fmt: skip
"""Entries that say nothing about how the case was worked on, or more about somebody than a panel needs."""


def day_number(recorded_at: datetime, day: date) -> int:
    """Return how many days after the crime was recorded a day is; negative before."""
    return (day - clock.london_day(recorded_at)).days


def body_of(facts: Counted, words: dict[str, str], texts: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return the body of a pack: its lines, what happened by day, and the texts that somebody confirmed."""
    decided = day_number(facts.recorded_at, facts.decided_on)
    return {
        "decision": [
            ["Decision", f"{facts.code}: {OUTCOMES[facts.code]}"],
            ["Decided by", "CPS" if facts.side == "cps" else "Police"],
            ["Decided on", f"Day {decided}"],
            ["Risk", facts.risk or "Not known"],
            ["Suspects", str(facts.suspects)],
            ["Victims", str(facts.complainants)],
            ["Recorded crimes", "; ".join(facts.crimes) or "None"],
            ["Suspect and victim", facts.relationship or "Not known"],
            ["Alternatives considered", "; ".join(facts.alternatives) or "None recorded"],
        ],
        "flags": [[label, "Yes" if flag else "No"] for label, flag in facts.flags],
        "counts": [[label, number] for label, number in facts.counts],
        "history": history_of(facts.recorded_at, facts.happened, words),
        "texts": [[heading, text] for heading, text in texts if text],
    }


def history_of(recorded_at: datetime, happened: Iterable[Happened], words: dict[str, str]) -> list[list[Any]]:
    """Return what happened as day and words, the first first; the same again on the same day is counted, not repeated."""
    found: dict[tuple[int, str], int] = {}
    for one in sorted(happened, key=lambda one: one.at):
        if one.kind in words and one.kind not in LEFT_OUT:
            key = (day_number(recorded_at, clock.london_day(one.at)), one.kind)
            found[key] = found.get(key, 0) + 1
    return [[day, _first_up(words[kind]) + (f" ({times} times)" if times > 1 else "")] for (day, kind), times in found.items()]


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]
