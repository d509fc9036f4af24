"""No further action to test on: proposals brought into each state by the services themselves."""

from collections.abc import Callable
from typing import Any

from accounts.models import User
from cases import models as m
from cases.services.outcomes import record_outcome
from core import clock
from core.scope import scope, system
from prosecution.models import NfaState as N
from prosecution.models import ProposedNfa
from prosecution.services.nfa import change_nfa, discard_nfa, draft_crime_nfa, draft_nfa
from prosecution.services.nfa_checks import check_nfa, propose_nfa
from tests.factories import World
from tests.integration.cases.making import do, make_case, plan_tellings, suspect_of

SAID: dict[str, Any] = {
    "code": 15, "reasons": "Two accounts and nothing else", "reasons_for_victim": "A court could not be sure", "also_crimes": True,
    "enquiries_not_done": "None is left", "alternatives": ["none_fits"], "alternatives_note": "No conviction, no pattern",
    "others_considered": True,
}  # fmt: skip
LINES = SAID | {"code": 18, "also_crimes": False, "reasons": "Nobody was ever named"}


def open_case(world: World, *names: str) -> m.Case:
    """Return a case of the investigator with a suspect, whose telling is planned."""
    case = make_case(world.investigator, *(names or ("Invented",)))
    plan_tellings(case)
    return case


def drafted(world: World, case: m.Case, *, by: User | None = None, number: int = 1, **more: Any) -> ProposedNfa:
    """Return a complete draft on a suspect."""
    return do(by or world.investigator, draft_nfa, case, suspect_id=suspect_of(case, number).pk, **(SAID | more))


def drafted_crime(world: World, case: m.Case, **more: Any) -> ProposedNfa:
    """Return a complete draft on the recorded crime of a case."""
    with scope(system(case.force_id)):
        crime = m.Offence.objects.get(case=case)
    return do(world.investigator, draft_crime_nfa, case, offence_id=crime.pk, **(LINES | more))


def act(person: User, service: Callable[..., Any], case: m.Case, row: ProposedNfa, **more: Any) -> Any:
    """Call a service on a proposal as a person."""
    return do(person, service, case, proposed_nfa_id=row.pk, **more)


def proposed(world: World, case: m.Case, **more: Any) -> ProposedNfa:
    """Return a proposal that waits for a second person."""
    row = drafted(world, case, **more)
    act(world.investigator, propose_nfa, case, row)
    return again(row)


def in_state(world: World, case: m.Case, state: N) -> ProposedNfa:
    """Return the investigator's proposal in a state."""
    row = drafted(world, case)
    if state in {N.WAITS, N.SENT_BACK, N.CONFIRMED}:
        act(world.investigator, propose_nfa, case, row)
    if state in {N.SENT_BACK, N.CONFIRMED}:
        act(world.supervisor, check_nfa, case, row, confirm=state == N.CONFIRMED, note="Ask the neighbour first")
    if state == N.DISCARDED:
        act(world.investigator, discard_nfa, case, row)
    if state == N.OVERTAKEN:
        do(
            world.investigator, record_outcome, case, suspect_id=suspect_of(case).pk, code=22, on=clock.today(), reasons="Diverted",
        )  # fmt: skip
    return again(row)


def again(row: ProposedNfa) -> ProposedNfa:
    """Return a proposal as the database has it now."""
    with scope(system(row.force_id)):
        return ProposedNfa.objects.select_related("by", "checked_by", "outcome").get(pk=row.pk)


def change(person: User, case: m.Case, row: ProposedNfa) -> Any:
    """Change what a proposal says."""
    return act(person, change_nfa, case, row, **(SAID | {"reasons": "Other words"}))
