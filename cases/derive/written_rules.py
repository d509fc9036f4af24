"""The clock of written reasons: each complainant whom a decision without a charge concerns gets the reasons in writing. Pure.

Decided not to tell her or him, or moot because the investigation was reopened, ends it; being told by telephone, or knowing
already, does not.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid5

from cases.derive.clocks import Editions, Kind, Wanted, due_of
from cases.derive.facts import CaseFacts, ComplainantFacts
from cases.derive.states import SETTLED, Status
from cases.derive.told_rules import Duty, duties
from core import clock

NAME: Final = "written"
KNEW: Final = "knew"
"""She or he knew already, which takes nothing from her or his right to have it in writing."""


@dataclass(frozen=True, slots=True)
class WrittenFact:
    """That written reasons for a decision reached a complainant on a day."""

    complainant_id: UUID
    fact_id: UUID
    reached_on: date


def written_subject(complainant_id: UUID, fact_id: UUID) -> UUID:
    """Return what makes it one clock: the reasons for one decision, for one complainant."""
    return uuid5(complainant_id, f"written {fact_id}")


def written_duties(case: CaseFacts, complainant: ComplainantFacts) -> Iterator[Duty]:
    """Yield the decisions to take no further action that one complainant gets the reasons of, in writing."""
    codes = {outcome.id: outcome.code for suspect in case.suspects for outcome in suspect.outcomes if outcome.id is not None}
    codes |= {crime.id: crime.outcome_code for crime in complainant.nameless if crime.outcome_code is not None}
    for duty in duties(case, complainant):
        if duty.about == Kind.TOLD_NFA and SETTLED.get(codes.get(duty.fact_id, 0)) == Status.NO_FURTHER_ACTION:
            yield duty


def written_clocks(case: CaseFacts, editions: Editions) -> Iterator[Wanted]:
    """Yield one clock for each such decision and each complainant whom it concerns; whoever decided owes it."""
    facts: tuple[WrittenFact, ...] = case.beside.get(NAME) or ()
    for complainant in case.complainants:
        for duty in written_duties(case, complainant):
            due, version = due_of(Kind.WRITTEN_REASONS, "", duty.at, editions)
            met, ended = _stopped(complainant, duty, facts)
            yield Wanted(
                Kind.WRITTEN_REASONS,
                written_subject(complainant.id, duty.fact_id),
                started_at=duty.at,
                due=due,
                owes=duty.owes,
                suspect_id=duty.suspect_id,
                complainant_id=complainant.id,
                setting_version=version,
                met_at=met,
                ended_at=ended,
            )


def _stopped(complainant: ComplainantFacts, duty: Duty, facts: tuple[WrittenFact, ...]) -> tuple[datetime | None, datetime | None]:
    """Return when they reached her or him, or when it ended without: whichever came first, the other None."""
    began = clock.london_day(duty.at)
    days = [
        one.reached_on for one in facts if (one.complainant_id, one.fact_id) == (complainant.id, duty.fact_id) and one.reached_on >= began
    ]
    reached = max(clock.day_start(min(days)), duty.at) if days else None
    told = [one for one in complainant.told if (one.about, one.fact_id) == (duty.about, duty.fact_id)]
    decided = [one.at for one in told if one.was_decided and one.because != KNEW]
    ends = [max(one, duty.at) for one in [*decided, *([duty.moot_at] if duty.moot_at else [])] if not duty.anew or one >= duty.at]
    ended = min(ends, default=None)
    if reached is not None and (ended is None or reached <= ended):
        return reached, None
    return None, ended


def load(case: Any) -> tuple[WrittenFact, ...]:
    """Return what reached whom. One query. Called in the system scope of the case's force."""
    from cases.models import WrittenReasons

    rows = WrittenReasons.objects.filter(case=case, withdrawn_at__isnull=True).order_by("created_at", "id")
    return tuple(WrittenFact(*row) for row in rows.values_list("complainant_id", "fact_id", "reached_on"))


def register() -> None:
    """Add the clock to the table's rules; a case that is new to the importer has no written reasons."""
    from cases.derive.clocks import register as register_rule
    from cases.importing.takers import TAKERS, Taker

    register_rule(NAME, written_clocks, load)
    TAKERS.register(Taker(name=NAME, columns={}, tables=(), take=_nothing, answer=_nothing, fresh_facts={NAME: lambda taking: ()}))


def _nothing(*about: Any) -> None:
    """The extract says nothing of written reasons: no column is taken, and none is answered."""
