"""What this case needs: what follows from its facts and is not settled, each with the acts that settle it."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from cases import models as m
from cases.acts import On
from cases.clocks import Kind
from cases.due import DueWords, in_words
from cases.facts import CaseFacts, SuspectFacts
from cases.pages.about import correction_words
from cases.pages.buttons import Button, Buttons, only
from cases.pages.rows import Rows
from cases.states import Stage
from core.components import day_text

SETTLED_BY: dict[str, tuple[str, ...]] = {
    Kind.ARREST: ("record-arrest", "record-attempt", "plan-arrest", "record-interview", "propose-no-arrest", "record-delay"),
    Kind.INTERVIEW_BY: ("record-interview", "record-arrest"),
    Kind.SITUATION_REVIEW: ("review-suspect", "end-situation", "record-arrest"),
    Kind.BAIL_EXPIRY: ("extend-bail", "end-bail", "suspend-bail"),
    Kind.RUI_REVIEW: ("review-suspect", "record-outcome"),
    Kind.SUPERVISOR_REVIEW: ("review-case",),
    Kind.DETENTION: ("record-release", "extend-detention"),
}
"""Kind of clock → the acts that settle it, or say why it is not settled yet. Held against the table of acts by a test."""

DEADLINE_ACTS = ("move-deadline", "cannot-be-met")


@dataclass(frozen=True, slots=True)
class Need:
    """One thing the case needs: the words, when it is due if it is, what stands beside it, and the acts."""

    text: str
    due: DueWords | None = None
    beside: list[str] = field(default_factory=list)
    buttons: list[Button] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Finder:
    """Looks for needs in what has been loaded."""

    rows: Rows
    facts: CaseFacts
    suspects: dict[UUID, SuspectFacts]
    buttons: Buttons
    now: datetime

    def needs(self) -> list[Need]:
        """Return what is due, soonest first, then what waits without a date."""
        found = [self._clock(row) for row in self.rows.deadlines if row.paused_since is None]
        for look in (
            self._approvals,
            self._corrections,
            self._allocation,
            self._named,
            self._allegations,
            self._bail_not_known,
            self._extract,
        ):
            found += look()
        return found

    def _case(self, *slugs: str) -> list[Button]:
        return only(self.buttons.offered(On.CASE, self.facts), *slugs)

    def _clock(self, row: m.Deadline) -> Need:
        words = in_words(row, self.now)
        number = self._number(row.suspect_id)
        return Need(
            text=words.what if number is None else f"Suspect {number}: {words.what[0].lower()}{words.what[1:]}",
            due=words,
            beside=self._beside(row),
            buttons=self._settling(row, number) + only(self.buttons.offered(On.DEADLINE, row, row.pk, words.what.lower()), *DEADLINE_ACTS),
        )

    def _beside(self, row: m.Deadline) -> list[str]:
        """Return the first due date where it was another, and why it cannot be met where somebody has said so."""
        said = [
            one for one in self.rows.cannot_be_met if (one.kind, one.subject_id, one.sequence) == (row.kind, row.subject_id, row.sequence)
        ]
        first = [f"First due {day_text(row.first_due_on)}; lateness counts from that day"] if row.first_due_on != row.due_on else []
        return first + [f"Cannot be met: {one.cannot_be_met_because}" for one in said[-1:]]

    def _settling(self, row: m.Deadline, number: int | None) -> list[Button]:
        slugs, about = SETTLED_BY.get(row.kind, ()), f"suspect {number}" if number else ""
        if row.suspect_id is None or row.suspect_id not in self.suspects:
            return self._case(*slugs)
        suspect = self.suspects[row.suspect_id]
        found = self.buttons.offered(On.SUSPECT, suspect, suspect.id, about)
        for bail in suspect.bails:
            if bail.id == row.subject_id:
                found += self.buttons.offered(On.BAIL, bail, bail.id, about)
        return only(found, *slugs)

    def _number(self, suspect_id: UUID | None) -> int | None:
        return next((suspect.number for suspect in self.rows.suspects if suspect.pk == suspect_id), None)

    def _approvals(self) -> list[Need]:
        """Return decisions not to arrest that wait for a second person."""
        found = []
        for row in self.rows.happened:
            if row.source != "ArrestDecision" or row.code != m.ArrestDecision.Answer.WAITING or row.suspect_id is None:
                continue
            about = f"suspect {self._number(row.suspect_id)}"
            decision = m.ArrestDecision(id=row.id, suspect_id=row.suspect_id, answer=row.code, proposed_at=row.at, rationale=row.text)
            beside = [f"Proposed by {row.by}: {row.text}" if row.by else row.text]
            found.append(
                Need(
                    f"S{about[1:]}: decision not to arrest waits for a second person",
                    beside=beside,
                    buttons=self.buttons.offered(On.DECISION, decision, row.id, about),
                )
            )
        return found

    def _corrections(self) -> list[Need]:
        return [
            Need(
                f"Correction of {words} waits for a supervisor",
                beside=[f"From {old} to {new}: {row.reason}"],
                buttons=self.buttons.offered(On.CORRECTION, row, row.pk),
            )
            for row in self.rows.corrections
            for words, old, new in [correction_words(row)]
        ]

    def _allocation(self) -> list[Need]:
        if not self._open() or any(person.role == m.CaseRole.OFFICER for person in self.rows.people):
            return []
        return [Need("Nobody is officer in the case", buttons=self._case("assign-person", "take-over"))]

    def _named(self) -> list[Need]:
        if not self._open() or self.rows.suspects:
            return []
        if self.rows.case.named == m.Named.YES:
            return [Need("Somebody has been named, but no suspect is recorded", buttons=self._case("add-suspect"))]
        if self.rows.case.named == m.Named.NOT_KNOWN:
            return [Need("Has anyone been named?", buttons=self._case("answer-named", "add-suspect"))]
        return []

    def _allegations(self) -> list[Need]:
        assumed = {row.offence_id for row in self.rows.allegations if row.assumed}
        if not assumed:
            return []
        text = "Which suspect a crime is alleged against was assumed. Confirm it under “Recorded crimes”"
        return [Need(text)]

    def _bail_not_known(self) -> list[Need]:
        found = []
        for suspect in self.suspects.values():
            for bail in suspect.bails:
                if bail.passed_not_known and suspect.standing_outcome() is None:
                    number = self._number(suspect.id)
                    text = f"Suspect {number}: the bail date had passed when it was imported. What happened?"
                    buttons = only(self.buttons.offered(On.BAIL, bail, bail.id, f"suspect {number}"), "answer-passed-bail")
                    found.append(Need(text, buttons=buttons))
        return found

    def _extract(self) -> list[Need]:
        number = self.rows.disagreements
        if not number:
            return []
        thing = "fact" if number == 1 else "facts"
        return [Need(f"The extract disagrees with {number} {thing} here: a supervisor answers on the page of imports")]

    def _open(self) -> bool:
        return Stage(self.rows.case.stage).is_open
