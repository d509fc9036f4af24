"""Who hears of a decision, and what is not planned yet of how she or he hears of it. Pure.

Nobody publishes a charge or no further action before it is planned how each complainant whom it concerns hears of it: one
person tells her or him, in a way and at a time; who is with her or him and by which safe route a letter follows are
recorded. Asked through cases/services/telling_gate.py.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from cases.derive.facts import CaseFacts, ComplainantFacts, PlanFact, SuspectFacts
from cases.derive.states import SETTLED, Status
from cases.derive.told_rules import about_of_outcome

PUBLISHED_AFTER_PLANNING: Final = frozenset({Status.CHARGED, Status.NO_FURTHER_ACTION})
"""Outcomes that nobody publishes before it is planned how each complainant hears of them."""
OLDEST: Final = timedelta(days=7)
"""A plan is written down within a week of the time planned: an outcome may reach the record a few days late. After that it is none."""

NO_PLAN: Final = "nothing is planned"
PASSED: Final = "the time planned is more than 7 days past"
NOBODY: Final = "whoever was to tell has no role on this case any longer"
NOT_ARRANGED: Final = "who is with her or him, and the letter’s safe route, are not recorded"


@dataclass(frozen=True, slots=True)
class Hears:
    """One complainant who hears of a decision. `lacks` says what is not planned yet; empty where her or his plan stands."""

    complainant_id: UUID
    label: str
    lacks: str = ""


def hearers(case: CaseFacts, suspect: SuspectFacts | None, code: int, now: datetime) -> tuple[Hears, ...]:
    """Return who hears of an outcome of a suspect; of None who hears that nobody was identified. None where no plan is asked.

    These are the complainants whose recorded crimes name the suspect, or name nobody. A plan made before the investigation
    was last reopened was for the outcome before. `case` holds what telling is about (cases/selectors_telling.py).
    """
    if SETTLED.get(code) not in PUBLISHED_AFTER_PLANNING:
        return ()
    return tuple(Hears(one.id, one.label, lacking(one, suspect, code, now)) for one in _concerned(case, suspect))


def _concerned(case: CaseFacts, suspect: SuspectFacts | None) -> Iterator[ComplainantFacts]:
    for one in case.complainants:
        if suspect.id in one.suspects if suspect is not None else any(crime.outcome_code is None for crime in one.nameless):
            yield one


def lacking(complainant: ComplainantFacts, suspect: SuspectFacts | None, code: int, now: datetime) -> str:
    """Return what the latest plan for one complainant lacks, in words; empty where it stands."""
    about, key = str(about_of_outcome(code)), suspect.id if suspect is not None else None
    since = max((outcome.reopened_at for outcome in suspect.outcomes if outcome.reopened_at), default=None) if suspect else None
    plans = [plan for plan in complainant.plans if (plan.about, plan.suspect_id) == (about, key) and (since is None or plan.at >= since)]
    return _lacks(plans[-1], now) if plans else NO_PLAN


def _lacks(plan: PlanFact, now: datetime) -> str:
    if plan.planned_at < now - OLDEST:
        return PASSED
    if not plan.teller_there:
        return NOBODY
    return "" if plan.arranged else NOT_ARRANGED


def undecided(suspects: Iterable[SuspectFacts], alleged: Collection[UUID]) -> list[UUID | None]:
    """Return whose decision closing a crime publishes: its suspects without an outcome; None where the crime names nobody."""
    return [one.id for one in suspects if one.id in alleged and one.standing_outcome() is None] if alleged else [None]


def in_words(lacking: Iterable[Hears]) -> str:
    """Return why nothing can be published yet, for the person who would."""
    unplanned = [one.label for one in lacking if one.lacks == NO_PLAN]
    said = [f"First plan how {names(unplanned)} {'is' if len(unplanned) == 1 else 'are'} told"] if unplanned else []
    said += [f"Plan again how Victim {one.label} is told: {one.lacks}" for one in lacking if one.lacks not in ("", NO_PLAN)]
    return ". ".join(said)


def names(labels: Iterable[str]) -> str:
    """Return complainants by their labels, as a sentence names them."""
    return " and ".join(f"Victim {label}" for label in labels)
