"""Which written reasons a complainant is still owed, and which reached her or him: as lists to choose from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from accounts.models import User
from cases import models as m
from cases.derive.told_rules import Duty
from cases.derive.written_rules import written_duties
from cases.listing import is_cps
from cases.outcome_codes import words as outcome_words
from cases.selectors_telling import telling_facts
from core.clock import london_day
from core.components import day_text


@dataclass(frozen=True, slots=True)
class Written:
    """The reasons for one decision, in words without a name; `reached_on` None: they have not reached her or him."""

    fact_id: UUID
    words: str
    reached_on: date | None
    owes: str


def written_of(case: m.Case, complainant: m.Complainant, user: User | None = None) -> list[Written]:
    """Return the decisions that a complainant gets the reasons of; to the CPS those it owes. The caller has proved sight of the case."""
    facts = telling_facts(case)
    own = next((one for one in facts.complainants if one.id == complainant.pk), None)
    duties = [one for one in written_duties(facts, own) if one.moot_at is None] if own is not None else []
    if user is not None and is_cps(user):
        duties = [one for one in duties if str(one.owes) == m.Side.CPS]
    if not duties:
        return []
    rows = m.WrittenReasons.objects.filter(case=case, complainant=complainant, withdrawn_at__isnull=True)
    reached = dict(rows.values_list("fact_id", "reached_on"))
    words = _words(case, duties)
    return [Written(one.fact_id, words[one.fact_id], _since(reached.get(one.fact_id), one), str(one.owes)) for one in duties]


def _since(day: date | None, duty: Duty) -> date | None:
    """Return the day, unless it was before the same crime was reopened and ended anew."""
    return day if day is not None and day >= london_day(duty.at) else None


def _words(case: m.Case, duties: Iterable[Duty]) -> dict[UUID, str]:
    keys = [one.fact_id for one in duties]
    outcomes = m.SuspectOutcome.objects.filter(case=case, pk__in=keys).values_list("pk", "suspect__number", "code", "on")
    crimes = m.Offence.objects.filter(case=case, pk__in=keys, outcome_code__isnull=False).values_list(
        "pk", "code", "outcome_code", "outcome_on"
    )
    found = {key: f"Suspect {number}: {outcome_words(code)}, {day_text(on)}" for key, number, code, on in outcomes}
    found |= {key: f"Crime {offence}: {outcome_words(code)}, {day_text(on)}" for key, offence, code, on in crimes if code and on}
    return found
