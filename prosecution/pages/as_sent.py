"""What the CPS sees of a request or a referral that came back to the police: what was last sent, until it is sent again.

And what differs between two sendings, which both sides see.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any, Final

from cases import models as m
from prosecution.models import AdviceQuestion, EarlyAdvice, FileItem, FileItemCode, Referral, Submission, Triage
from prosecution.policies_advice import PARTS

GAVE_BACK: Final = frozenset({Triage.RETURNED, Triage.RED_REJECTED})
OF_A_REQUEST: Final[Mapping[str, str]] = {"suspects": "Suspects", "method": "How advice is asked for", **PARTS}
OF_A_REFERRAL: Final[Mapping[str, str]] = {
    "review_type": "Review",
    "suspects": "Suspects",
    "crimes": "Recorded crimes",
    "reference": "Reference",
    "file_sent_on": "Day on which the file was sent",
    "summary": "Summary",
    "victim_views": "The victim’s views",
    "victim_needs": "What the victim needs",
    "supervisor_comments": "Supervisor’s comments",
}
"""The headings under which the page of each shows what was sent."""


@dataclass(frozen=True, slots=True)
class AsSent:
    """What was sent last, and when. Suspects and crimes are read from the record by their keys."""

    at: datetime
    parts: Mapping[str, Any]

    def put_on(self, row: EarlyAdvice | Referral) -> None:
        """Put what was sent on a row that is about to be shown. It is never saved so."""
        for name, value in self.parts["columns"].items():
            setattr(row, name, date.fromisoformat(value) if name == "file_sent_on" and value else value)

    def suspects(self) -> list[m.Suspect]:
        """Return the suspects that were sent, by number, those recorded in error since left out. One query."""
        rows = m.Suspect.objects.filter(pk__in=self.parts["suspects"], recorded_in_error_at__isnull=True)
        return list(rows.order_by("number"))

    def crimes(self) -> list[m.Offence]:
        """Return the recorded crimes that were sent, in order. One query."""
        rows = m.Offence.objects.filter(pk__in=self.parts["crimes"]).select_related("complainant")
        return list(rows.order_by("created_at", "id"))

    def questions(self) -> list[AdviceQuestion]:
        """Return the questions that were sent, in order, as rows that are not saved."""
        return [AdviceQuestion(number=number, text=text) for number, text in self.parts["questions"]]

    def items(self) -> list[FileItem]:
        """Return the tick list that was sent, as rows that are not saved."""
        return [
            FileItem(**{**one, "follows_on": date.fromisoformat(one["follows_on"]) if one["follows_on"] else None})
            for one in self.parts["items"]
        ]


def as_sent_of(sendings: Sequence[Submission], *, cps: bool) -> AsSent | None:
    """Return what the CPS sees instead of the row: what triage gave back last. None for the police, and while it stands as it was sent."""
    last = sendings[-1] if sendings else None
    if not cps or last is None or last.triage not in GAVE_BACK or last.as_sent is None:
        return None
    return AsSent(last.at, last.as_sent)


def changed_by(sendings: Sequence[Submission]) -> list[str]:
    """Return for each sending the headings of what differs from the one before, in one line; "" for the first and where none is known."""
    return ["", *(_changed(before.as_sent, after.as_sent) for before, after in pairwise(sendings))][: len(sendings)]


def _changed(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    if before is None or after is None:
        return ""
    old, new = _flat(before), _flat(after)
    return "; ".join(heading for heading in dict.fromkeys([*new, *old]) if old.get(heading) != new.get(heading)) or "Nothing"


def _flat(parts: Mapping[str, Any]) -> dict[str, Any]:
    """Return heading → what was sent under it, in the order of the headings."""
    named = {**parts["columns"], **{name: parts[name] for name in ("suspects", "crimes") if name in parts}}
    headings = OF_A_REQUEST if "method" in named else OF_A_REFERRAL
    found = {heading: named[name] for name, heading in headings.items()}
    found |= {f"Question {number}": text for number, text in parts.get("questions", ())}
    return found | {f"File: {FileItemCode(one['code']).label}": one for one in parts.get("items", ())}
