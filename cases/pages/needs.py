"""What this case needs: what follows from its facts and is not settled, each with the acts that settle it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from cases import models as m
from cases.acts import On
from cases.derive.due import DueWords, in_words
from cases.derive.facts import BailFact, CaseFacts, SuspectFacts
from cases.derive.states import Stage
from cases.derive.told_rules import TOLD_KINDS
from cases.models.telling import Supports, ToldAbout
from cases.pages.about import correction_words
from cases.pages.buttons import Button, Buttons, only
from cases.pages.rows import Happened, Rows
from cases.settling import page_of, settled_by, subject_of, words_of
from core.components import day_text
from core.words import inside

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
        found = [self.clock(row) for row in self.rows.deadlines if row.paused_since is None and self._is_first(row)]
        for look in (
            self._approvals,
            self._corrections,
            self.allocation,
            self.named,
            self._talks,
            self._allegations,
            self._bail_not_known,
            self._extract,
        ):
            found += look()
        return found

    def case(self, *slugs: str) -> list[Button]:
        """Return those of these acts on the case that are offered now."""
        return only(self.buttons.offered(On.CASE, self.facts), *slugs)

    def clock(self, row: m.Deadline) -> Need:
        """Return what a running clock asks for."""
        words = in_words(row, self.now)
        number = self.number(row.suspect_id)
        return Need(
            text=self._words(row, words.what, number),
            due=words,
            beside=self._beside(row),
            buttons=self._settling(row, number) + only(self.buttons.offered(On.DEADLINE, row, row.pk, inside(words.what)), *DEADLINE_ACTS),
        )

    def _words(self, row: m.Deadline, what: str, number: int | None) -> str:
        """Return what it is in words: about which suspect, or what a complainant is to be told, all of it in one."""
        complainant = self._complainant(row)
        if row.kind in TOLD_KINDS and complainant is not None:
            told = dict.fromkeys(self._thing(one) for one in self._told_with(row))
            return f"Tell Victim {complainant.label}: {', '.join(told)}"
        what = words_of(row.kind, self._target(row)) or what
        who = f"Suspect {number}" if number else f"Victim {complainant.label}" if complainant is not None else ""
        return f"{who}: {inside(what)}" if who else what

    def _thing(self, row: m.Deadline) -> str:
        number, what = self.number(row.suspect_id), str(ToldAbout(row.kind).label)
        return f"{inside(what)}" + (f" of suspect {number}" if number and len(self.rows.suspects) > 1 else "")

    def _told_with(self, row: m.Deadline) -> list[m.Deadline]:
        """Return everything that one side owes a complainant to tell, soonest due first: one conversation may tell it all."""
        same = [
            one
            for one in self.rows.deadlines
            if one.kind in TOLD_KINDS and (one.complainant_id, one.owes) == (row.complainant_id, row.owes) and one.paused_since is None
        ]
        return same or [row]

    def _is_first(self, row: m.Deadline) -> bool:
        """Whether a row of its own stands for a clock: of what a complainant is to be told the soonest due stands for all."""
        return row.kind not in TOLD_KINDS or row.complainant_id is None or self._told_with(row)[0].pk == row.pk

    def _complainant(self, row: m.Deadline) -> m.Complainant | None:
        return next((one for one in self.rows.complainants if one.pk == row.complainant_id), None)

    def _beside(self, row: m.Deadline) -> list[str]:
        """Return the first due date where it was another, and why it cannot be met where somebody has said so."""
        said = [
            one for one in self.rows.cannot_be_met if (one.kind, one.subject_id, one.sequence) == (row.kind, row.subject_id, row.sequence)
        ]
        first = [f"First due {day_text(row.first_due_on)}; lateness counts from that day"] if row.first_due_on != row.due_on else []
        return first + [f"Cannot be met: {one.cannot_be_met_because}" for one in said[-1:]]

    def _settling(self, row: m.Deadline, number: int | None) -> list[Button]:
        slugs, about = settled_by(row.kind), f"suspect {number}" if number else ""
        complainant = self._complainant(row)
        if target := self._target(row):
            offered = only(self.buttons.offered(On(target[0]), target[1], target[1].pk, about), *slugs)
            return [*self._opening(row, target), *offered]
        if subject := subject_of(row.kind):
            return only(self.buttons.offered(On(subject[0]), subject[1], row.subject_id, about), *slugs)
        if complainant is not None:
            about = f"complainant {complainant.label}"
            return only(self.buttons.offered(On.COMPLAINANT, complainant, complainant.pk, about), *slugs) or self.case(*slugs)
        if row.suspect_id is None or row.suspect_id not in self.suspects:
            return self.case(*slugs)
        suspect = self.suspects[row.suspect_id]
        found = self.buttons.offered(On.SUSPECT, suspect, suspect.id, about)
        for bail in suspect.bails:
            if bail.id == row.subject_id:
                found += self.buttons.offered(On.BAIL, bail, bail.id, about)
        return only(found, *slugs)

    def _target(self, row: m.Deadline) -> tuple[str, Any] | None:
        return self.rows.targets.get((row.kind, row.subject_id))

    def _opening(self, row: m.Deadline, target: tuple[str, Any]) -> list[Button]:
        """Return the link to the page on which it is settled, where there is one."""
        page = page_of(row.kind, target)
        return [Button("open", page[0], page[1], own_page=True)] if page else []

    def number(self, suspect_id: UUID | None) -> int | None:
        """Return the number of a suspect, or None for none of this case's."""
        return next((suspect.number for suspect in self.rows.suspects if suspect.pk == suspect_id), None)

    def _approvals(self) -> list[Need]:
        """Return decisions not to arrest that wait for a second person."""
        waiting = ("ArrestDecision", m.ArrestDecision.Answer.WAITING)
        return [self.approval(row) for row in self.rows.happened if (row.source, row.code) == waiting and row.suspect_id]

    def approval(self, row: Happened) -> Need:
        """Return a decision not to arrest that waits for a second person."""
        about = f"suspect {self.number(row.suspect_id)}"
        decision = m.ArrestDecision(id=row.id, answer=row.code, proposed_at=row.at, rationale=row.text)
        return Need(
            f"S{about[1:]}: decision not to arrest waits for a second person",
            beside=[f"Proposed by {row.by}: {row.text}" if row.by else row.text],
            buttons=self.buttons.offered(On.DECISION, decision, row.id, about),
        )

    def _corrections(self) -> list[Need]:
        return [self.correction(row) for row in self.rows.corrections]

    def correction(self, row: m.FactCorrection) -> Need:
        """Return a correction that waits for a supervisor."""
        words, old, new = correction_words(row)
        return Need(
            f"Correction of {words} waits for a supervisor",
            beside=[f"From {old} to {new}: {row.reason}"],
            buttons=self.buttons.offered(On.CORRECTION, row, row.pk, words),
        )

    def allocation(self) -> list[Need]:
        """Return that nobody is officer in the case, if so."""
        if not self._open() or any(person.role == m.CaseRole.OFFICER for person in self.rows.people):
            return []
        return [Need("Nobody is officer in the case", buttons=self.case("assign-person", "take-over"))]

    def named(self) -> list[Need]:
        """Return that somebody was named who is no suspect here, or that nobody has said whether anyone was."""
        if not self._open() or self.rows.suspects:
            return []
        if self.rows.case.named == m.Named.YES:
            return [Need("Somebody has been named, but no suspect is recorded", buttons=self.case("add-suspect"))]
        if self.rows.case.named == m.Named.NOT_KNOWN:
            return [Need("Has anyone been named?", buttons=self.case("answer-named", "add-suspect"))]
        return []

    def _talks(self) -> list[Need]:
        return [self.talk(row) for row in self.rows.complainants if self._open() and asks_for_talk(row)]

    def talk(self, row: m.Complainant) -> Need:
        """Return that a supervisor speaks with somebody who does not support the prosecution, before an outcome says so."""
        return Need(
            f"A supervisor speaks with Victim {row.label} before an outcome says that she or he does not support the prosecution",
            buttons=only(self.buttons.offered(On.COMPLAINANT, row, row.pk, f"complainant {row.label}"), "record-withdrawal-talk"),
        )

    def _allegations(self) -> list[Need]:
        assumed = {row.offence_id for row in self.rows.allegations if row.assumed}
        if not assumed:
            return []
        text = "Which suspect a crime is alleged against was assumed. Confirm it under “Recorded crimes”"
        return [Need(text)]

    def _bail_not_known(self) -> list[Need]:
        return [
            self.passed_bail(suspect.id, bail)
            for suspect in self.suspects.values()
            for bail in suspect.bails
            if bail.passed_not_known and suspect.standing_outcome() is None
        ]

    def passed_bail(self, suspect_id: UUID, bail: BailFact) -> Need:
        """Return the question of what happened when the date of an imported bail passed."""
        number = self.number(suspect_id)
        return Need(
            f"Suspect {number}: the bail date had passed when it was imported. What happened?",
            buttons=only(self.buttons.offered(On.BAIL, bail, bail.id, f"suspect {number}"), "answer-passed-bail"),
        )

    def _extract(self) -> list[Need]:
        number = self.rows.disagreements
        if not number:
            return []
        thing = "fact" if number == 1 else "facts"
        return [Need(f"The extract disagrees with {number} {thing} here: a supervisor answers on the page of imports")]

    def _open(self) -> bool:
        return Stage(self.rows.case.stage).is_open


def asks_for_talk(row: m.Complainant) -> bool:
    """Say whether somebody does not support the prosecution and no supervisor has spoken with her or him since. Reads annotations."""
    return getattr(row, "supports", "") == Supports.DOES_NOT and not getattr(row, "talked", True)
