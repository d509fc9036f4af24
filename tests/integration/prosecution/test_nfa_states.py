"""Every pair of states of no further action × every act × every role, from the table: allowed succeeds, the rest is refused."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from cases import models as m
from cases.acts import ACTS as TABLE_OF_ACTS
from core.exceptions import NotAllowed, NotPossible
from prosecution.models import NfaState as N
from prosecution.models import ProposedNfa
from prosecution.services.nfa import discard_nfa
from prosecution.services.nfa_checks import check_nfa, propose_nfa
from prosecution.states_nfa import NFA
from tests.factories import World
from tests.integration.cases.making import fresh
from tests.integration.prosecution import proposing
from tests.integration.prosecution.proposing import SAID, act

pytestmark = pytest.mark.django_db

Done = Callable[[World, m.Case, ProposedNfa], Any]
ACTS: dict[str, tuple[Done, dict[N, N]]] = {
    "change-nfa": (
        lambda world, case, row: proposing.change(world.investigator, case, row),
        {N.DRAFT: N.DRAFT, N.SENT_BACK: N.SENT_BACK, N.WAITS: N.DRAFT},
    ),
    "propose-nfa": (
        lambda world, case, row: act(world.investigator, propose_nfa, case, row),
        {N.DRAFT: N.WAITS, N.SENT_BACK: N.WAITS},
    ),
    "check-nfa:yes": (lambda world, case, row: act(world.supervisor, check_nfa, case, row, confirm=True), {N.WAITS: N.CONFIRMED}),
    "check-nfa:no": (
        lambda world, case, row: act(world.supervisor, check_nfa, case, row, confirm=False, note="Read it again"),
        {N.WAITS: N.SENT_BACK},
    ),
    "discard-nfa": (
        lambda world, case, row: act(world.investigator, discard_nfa, case, row),
        dict.fromkeys((N.DRAFT, N.WAITS, N.SENT_BACK), N.DISCARDED),
    ),
}
"""Act → what it does and where it leads from each state."""
ROLES = (
    "investigator", "colleague", "other_unit", "sergeant", "supervisor", "supervisor2", "analyst", "kent_supervisor", "prosecutor",
    "cps_manager", "vlo", "isva",
)  # fmt: skip


@pytest.fixture
def case(world: World) -> m.Case:
    return proposing.open_case(world)


def test_the_acts_cover_the_table() -> None:
    pairs = {(one.before, one.after) for one in NFA if one.before is not None and one.after != N.OVERTAKEN}
    done = {(before, after) for _, led in ACTS.values() for before, after in led.items() if before != after}
    assert pairs == done


def test_every_act_asks_the_permission_of_the_table() -> None:
    of_pair = {(one.before, one.after): one.permission for one in NFA}
    for name, (_, led) in ACTS.items():
        asked = {of_pair[pair] for pair in led.items() if pair in of_pair}
        assert asked == {TABLE_OF_ACTS[name.partition(":")[0]].permission}, name


@pytest.mark.parametrize("state", list(N))
def test_from_each_state_nothing_else_is_possible(world: World, case: m.Case, state: N) -> None:
    row = proposing.in_state(world, case, state)
    assert row.state == state
    version = fresh(case).version
    for slug, (done, led) in ACTS.items():
        if state in led:
            continue
        with pytest.raises(NotPossible) as refused:
            done(world, case, row)
        assert refused.value.reason, slug
        assert (proposing.again(row).state, fresh(case).version) == (state, version), slug


@pytest.mark.parametrize(("slug", "state"), [(slug, state) for slug, (_, led) in ACTS.items() for state in led])
def test_what_the_table_allows_leads_where_it_says(world: World, case: m.Case, slug: str, state: N) -> None:
    row = proposing.in_state(world, case, state)
    done, led = ACTS[slug]
    done(world, case, row)
    assert proposing.again(row).state == led[state]


@pytest.mark.parametrize("state", [N.DRAFT, N.WAITS, N.SENT_BACK])
def test_whatever_was_proposed_is_overtaken_by_an_outcome(world: World, case: m.Case, state: N) -> None:
    from cases.services.outcomes import record_outcome
    from core import clock
    from tests.integration.cases.making import do, suspect_of

    row = proposing.in_state(world, case, state)
    do(world.investigator, record_outcome, case, suspect_id=suspect_of(case).pk, code=22, on=clock.today(), reasons="Diverted")
    assert proposing.again(row).state == N.OVERTAKEN


@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_what_the_permission_and_the_rank_say(world: World, case: m.Case, role: str) -> None:
    """Confirmed by whoever has the rank and did not propose it; refused to everybody else, and nothing is written."""
    from django.http import Http404

    row = proposing.proposed(world, case)
    person: User = getattr(world, role)
    if role in {"supervisor", "supervisor2"}:
        act(person, check_nfa, case, row, confirm=True)
        assert proposing.again(row).checked_by == person
        return
    with pytest.raises((NotAllowed, Http404)):
        act(person, check_nfa, case, row, confirm=True)
    assert proposing.again(row).state == N.WAITS


@pytest.mark.parametrize("role", ROLES)
def test_nobody_confirms_her_or_his_own_whatever_the_rank(world: World, case: m.Case, role: str) -> None:
    """Every pair of proposer and checker of the police: the same person never is both."""
    person: User = getattr(world, role)
    if role not in {"investigator", "colleague", "sergeant", "supervisor", "supervisor2"}:
        return
    row = proposing.drafted(world, case, by=person)
    act(person, propose_nfa, case, row)
    with pytest.raises(NotAllowed):
        act(person, check_nfa, case, row, confirm=True)
    checker = world.supervisor2 if person == world.supervisor else world.supervisor
    act(checker, check_nfa, case, row, confirm=True)
    assert proposing.again(row).state == N.CONFIRMED


@pytest.mark.parametrize("name", ["change-nfa", "propose-nfa"])
def test_only_its_author_changes_it_and_puts_it_forward(world: World, case: m.Case, name: str) -> None:
    row = proposing.drafted(world, case)
    more = SAID if name == "change-nfa" else {}
    for person in (world.colleague, world.sergeant, world.supervisor):
        with pytest.raises(NotPossible, match="drafted this"):
            act(person, TABLE_OF_ACTS[name].service, case, row, **more)


def test_a_supervisor_discards_a_colleagues_and_nobody_else(world: World, case: m.Case) -> None:
    row = proposing.drafted(world, case)
    for person in (world.colleague, world.sergeant):
        with pytest.raises(NotAllowed):
            act(person, discard_nfa, case, row)
    act(world.supervisor, discard_nfa, case, row)
    assert proposing.again(row).state == N.DISCARDED
