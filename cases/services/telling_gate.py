"""The gate before a decision is published: who hears of it, and is it planned how? One place to ask, whoever decides.

Police outcomes recorded on screen ask it; a decision of the CPS asks the same. The importer records what was published long
since and asks nothing.
"""

from datetime import date
from uuid import UUID

from cases import models as m
from cases.derive.facts import CaseFacts, SuspectFacts
from cases.derive.planning import Hears, hearers, in_words
from cases.selectors_telling import telling_facts
from cases.services.changing import Changing
from core import clock
from core.exceptions import NotPossible


def who_hears(case: m.Case, suspect_id: UUID | None, code: int) -> tuple[Hears, ...]:
    """Return the complainants who hear of an outcome of a suspect (None: that nobody was identified), and what each plan lacks.

    Empty where no plan is asked: the outcome is neither a charge nor no further action, or concerns nobody. The caller has
    proved sight of the case.
    """
    facts = telling_facts(case)
    return hearers(facts, _suspect(facts, suspect_id), code, clock.now())


def require_plans(
    change: Changing, *, suspect_id: UUID | None, code: int, on: date, complainant_id: UUID | None = None, field: str = "code"
) -> None:
    """Refuse to publish an outcome of a day before it is planned how each complainant hears of it; one of them where named.

    Called by the service that publishes, inside its change, before it writes. Nothing is asked of an extract, nor for an
    outcome from before the force went live. Raises NotPossible, with the reason, beside `field`.
    """
    if change.user is None:
        return
    facts = telling_facts(change.case)
    if facts.before_live(clock.day_start(on)):
        return
    found = hearers(facts, _suspect(facts, suspect_id), code, change.now)
    lacking = [one for one in found if one.lacks and complainant_id in (None, one.complainant_id)]
    if lacking:
        raise NotPossible(in_words(lacking), field=field)


def _suspect(facts: CaseFacts, suspect_id: UUID | None) -> SuspectFacts | None:
    """Return a suspect's facts. Raises KeyError for one that is not of the case."""
    return {one.id: one for one in facts.suspects}[suspect_id] if suspect_id is not None else None
