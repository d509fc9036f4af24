"""What a complainant is still to be told, as a list to tick: from the facts, with the clock that runs for each."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cases import models as m
from cases.derive.clocks import Owes
from cases.derive.facts import CaseFacts, ComplainantFacts
from cases.derive.told_rules import Duty, duties, stopped, told_subject
from cases.models.telling import ToldAbout
from cases.outcome_codes import words as outcome_words
from cases.selectors_telling import telling_facts
from core.calendar import Due
from core.clock import london_day
from core.components import day_text


@dataclass(frozen=True, slots=True)
class ToTell:
    """One thing to tell: which clock, which fact, in words without a name, when it is due (None: no clock runs), who owes it."""

    about: str
    fact_id: UUID
    words: str
    due: Due | None
    owes: str
    suspect_id: UUID | None
    at: datetime

    @property
    def key(self) -> str:
        """What stands for it in a form."""
        return f"{self.about}:{self.fact_id}"


def open_to_tell(case: m.Case, complainant: m.Complainant, *, owes: str = "") -> list[ToTell]:
    """Return what this complainant is owed and was not told, soonest due first; `owes` narrows to what one side owes.

    The caller has proved sight of the case. What happened before the force went live is left out: nobody owes it here.
    """
    facts = telling_facts(case)
    found = complainant_in(facts, complainant.pk)
    return to_tell(case, facts, found, owes=owes) if found else []


def complainant_in(facts: CaseFacts, complainant_id: UUID) -> ComplainantFacts | None:
    """Return the facts of one complainant of the case."""
    return next((one for one in facts.complainants if one.id == complainant_id), None)


def to_tell(case: m.Case, facts: CaseFacts, complainant: ComplainantFacts, *, owes: str = "") -> list[ToTell]:
    """Return the same from facts that have been read already, in three queries."""
    numbers = dict(m.Suspect.objects.filter(case=case).values_list("pk", "number"))
    outcomes = m.SuspectOutcome.objects.filter(case=case).values_list("pk", "code")
    crimes = m.Offence.objects.filter(case=case, outcome_code__isnull=False).values_list("pk", "outcome_code")
    codes = dict(outcomes.union(crimes, all=True))
    running = m.Deadline.objects.filter(case=case, complainant_id=complainant.id, cancelled=False, met_at=None, ended_at=None)
    due = {(kind, subject): Due(at, on) for kind, subject, at, on in running.values_list("kind", "subject_id", "due_at", "due_on")}
    found = [
        ToTell(
            about=str(duty.about),
            fact_id=duty.fact_id,
            words=_words(duty, numbers, codes),
            due=due.get((str(duty.about), told_subject(complainant.id, duty.fact_id))),
            owes=str(duty.owes),
            suspect_id=duty.suspect_id,
            at=duty.at,
        )
        for duty in still_to_tell(facts, complainant)
        if owes in {"", duty.owes}
    ]
    return sorted(found, key=lambda one: (one.due is None, one.due.due_at if one.due else one.at))


def still_to_tell(facts: CaseFacts, complainant: ComplainantFacts) -> list[Duty]:
    """Return what was neither told nor decided on, since the force went live."""
    return [duty for duty in duties(facts, complainant) if stopped(complainant, duty) == (None, None) and not facts.before_live(duty.at)]


def _words(duty: Duty, numbers: dict[UUID, int], codes: dict[UUID, int]) -> str:
    """Return the thing in words: by the suspect's number, never a name."""
    what = str(ToldAbout(str(duty.about)).label)
    if duty.fact_id in codes:
        what = f"Outcome: {outcome_words(codes[duty.fact_id])}"
    number = numbers.get(duty.suspect_id) if duty.suspect_id else None
    about = f", suspect {number}" if number else ""
    return f"{what}{about}, {day_text(london_day(duty.at))}"


def owed_by(side: str) -> str:
    """Return what a reader of one side is offered to tell: the CPS what it owes itself, the police everything."""
    return str(Owes.CPS) if side == m.Side.CPS else ""
