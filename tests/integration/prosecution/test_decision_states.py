"""Every pair of states of a decision in preparation × every act × every role, from the table: allowed succeeds, the rest is refused."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from cases import models as m
from cases.acts import ACTS as TABLE_OF_ACTS
from core.exceptions import NotAllowed, NotPossible
from prosecution import states
from prosecution.models import ProposedDecision
from prosecution.models import ProposedState as D
from prosecution.services.decision_checks import check_decision, propose_decision
from prosecution.services.decisions import change_decision, discard_decision
from prosecution.services.publishing import publish_decision
from tests.factories import World
from tests.integration.prosecution import deciding
from tests.integration.prosecution.deciding import NFA, act
from tests.integration.prosecution.making import fresh

pytestmark = pytest.mark.django_db

Done = Callable[[World, m.Case, ProposedDecision], Any]
ACTS: dict[str, tuple[Done, dict[D, D]]] = {
    "change-decision": (
        lambda world, case, row: act(world.prosecutor, change_decision, case, row, **NFA),
        {D.WAITS: D.DRAFT, D.CONFIRMED: D.DRAFT, D.DRAFT: D.DRAFT, D.SENT_BACK: D.SENT_BACK},
    ),
    "propose-decision": (
        lambda world, case, row: act(world.prosecutor, propose_decision, case, row),
        {D.DRAFT: D.WAITS, D.SENT_BACK: D.WAITS},
    ),
    "check-decision:yes": (
        lambda world, case, row: act(world.cps_manager, check_decision, case, row, confirm=True),
        {D.WAITS: D.CONFIRMED},
    ),
    "check-decision:no": (
        lambda world, case, row: act(world.cps_manager, check_decision, case, row, confirm=False, note="Read it again"),
        {D.WAITS: D.SENT_BACK},
    ),
    "publish-decision": (
        lambda world, case, row: act(world.prosecutor, publish_decision, case, row, code=15),
        {D.CONFIRMED: D.PUBLISHED},
    ),
    "discard-decision": (
        lambda world, case, row: act(world.prosecutor, discard_decision, case, row),
        dict.fromkeys((D.DRAFT, D.WAITS, D.CONFIRMED, D.SENT_BACK), D.DISCARDED),
    ),
}
"""Act → what it does and where it leads from each state, for a decision that needs a second check."""


def test_the_acts_cover_the_table() -> None:
    """But for what another act does: the first draft, a draft published without a second check, and being overtaken."""
    pairs = {(one.before, one.after) for one in states.DECISION if one.before is not None and one.after != D.OVERTAKEN}
    done = {(before, after) for _, led in ACTS.values() for before, after in led.items() if before != after}
    assert pairs == done | {(D.DRAFT, D.PUBLISHED)}


def test_every_act_asks_the_permission_of_the_table() -> None:
    of_pair = {(one.before, one.after): one.permission for one in states.DECISION}
    for name, (_, led) in ACTS.items():
        asked = {of_pair[pair] for pair in led.items() if pair in of_pair}
        assert asked == {TABLE_OF_ACTS[name.partition(":")[0]].permission}, name


@pytest.mark.parametrize("state", list(D))
def test_from_each_state_nothing_else_is_possible(world: World, state: D) -> None:
    case = deciding.with_cps(world)
    row = deciding.in_state(world, case, state)
    version, published = fresh(case).version, len(deciding.decisions(case))
    for slug, (done, led) in ACTS.items():
        if state in led:
            continue
        with pytest.raises(NotPossible) as refused:
            done(world, case, row)
        assert refused.value.reason, slug
        assert (deciding.again(row).state, fresh(case).version, len(deciding.decisions(case))) == (state, version, published), slug


@pytest.mark.parametrize(("slug", "state"), [(slug, state) for slug, (_, led) in ACTS.items() for state in led])
def test_what_the_table_allows_leads_where_it_says(world: World, slug: str, state: D) -> None:
    case = deciding.with_cps(world)
    row = deciding.in_state(world, case, state)
    assert row.state == state
    done, led = ACTS[slug]
    done(world, case, row)
    assert deciding.again(row).state == led[state]


@pytest.mark.parametrize("state", [D.DRAFT, D.WAITS, D.CONFIRMED, D.SENT_BACK])
def test_whatever_was_being_prepared_is_overtaken(world: World, state: D) -> None:
    case = deciding.with_cps(world)
    row = deciding.in_state(world, case, state)
    other = deciding.prepared(world, case, by=world.cps_manager)
    act(world.cps_manager, publish_decision, case, other)
    assert deciding.again(row).state == D.OVERTAKEN


ROLES = ("investigator", "sergeant", "supervisor", "prosecutor", "cps_manager", "vlo")


@pytest.mark.parametrize("name", sorted(ACTS))
def test_a_role_that_may_not_is_refused_by_the_service(world: World, name: str) -> None:
    act_row = TABLE_OF_ACTS[name.partition(":")[0]]
    case = deciding.with_cps(world)
    row = deciding.in_state(world, case, next(iter(ACTS[name][1])))
    more: dict[str, Any] = {"change-decision": NFA, "check-decision": {"confirm": True}}.get(name.partition(":")[0], {})
    for role in ROLES:
        person: User = getattr(world, role)
        if act_row.permission.holds(person):
            continue
        with pytest.raises(NotAllowed):
            act(person, act_row.service, case, row, **more)
        assert not act_row.offered(person, row), "no button either"
