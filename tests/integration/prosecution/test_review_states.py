"""Every pair of states of a request for a review × every act × every role, from the table: allowed succeeds, the rest is refused."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import Http404

from accounts.models import User
from accounts.roles import Role
from cases import models as m
from cases.acts import ACTS as TABLE_OF_ACTS
from core.exceptions import NotAllowed, NotPossible
from prosecution.models import ReviewRequest
from prosecution.models import ReviewState as V
from prosecution.services.review_requests import lodge_review
from prosecution.services.review_results import answer_out_of_scope, decide_review, propose_out_of_scope, withdraw_review
from prosecution.services.review_work import acknowledge_review, allocate_review
from prosecution.states_review import REVIEW
from tests.factories import World
from tests.integration.prosecution import reviewing as r
from tests.integration.prosecution.making import fresh
from tests.integration.prosecution.reviewing import DECIDED, OUT, ReviewUnit, work

pytestmark = pytest.mark.django_db

Done = Callable[[ReviewUnit, m.Case, ReviewRequest], Any]
OPEN = (V.ASKED, V.ACKNOWLEDGED, V.ALLOCATED, V.OUT_PROPOSED)
ACTS: dict[str, tuple[Done, dict[V, V]]] = {
    "acknowledge-review": (lambda unit, case, row: work(unit.reviewer, acknowledge_review, case, row), {V.ASKED: V.ACKNOWLEDGED}),
    "allocate-review": (
        lambda unit, case, row: work(unit.reviewer, allocate_review, case, row, reviewer_id=unit.second.pk),
        {V.ACKNOWLEDGED: V.ALLOCATED, V.ALLOCATED: V.ALLOCATED},
    ),
    "decide-review:upheld": (
        lambda unit, case, row: work(unit.reviewer, decide_review, case, row, result="upheld", **DECIDED),
        {V.ALLOCATED: V.UPHELD},
    ),
    "decide-review:overturned": (
        lambda unit, case, row: work(unit.reviewer, decide_review, case, row, result="overturned", **DECIDED),
        {V.ALLOCATED: V.OVERTURNED},
    ),
    "propose-out-of-scope": (
        lambda unit, case, row: work(unit.reviewer, propose_out_of_scope, case, row, **OUT),
        dict.fromkeys((V.ASKED, V.ACKNOWLEDGED, V.ALLOCATED), V.OUT_PROPOSED),
    ),
    "answer-out-of-scope:yes": (
        lambda unit, case, row: work(unit.second, answer_out_of_scope, case, row, confirm=True, reasons_for_victim="Not covered"),
        {V.OUT_PROPOSED: V.OUT_OF_SCOPE},
    ),
    "answer-out-of-scope:no": (
        lambda unit, case, row: work(unit.second, answer_out_of_scope, case, row, confirm=False, note="He was interviewed"),
        {V.OUT_PROPOSED: V.ACKNOWLEDGED},
    ),
    "withdraw-review": (
        lambda unit, case, row: work(unit.reviewer, withdraw_review, case, row, result_note="She said so"),
        dict.fromkeys(OPEN, V.WITHDRAWN),
    ),
}
"""Act → what it does and where it leads from each state."""


@pytest.fixture
def unit(world: World) -> ReviewUnit:
    return r.make_review_unit("police")


@pytest.fixture
def case(world: World) -> m.Case:
    return r.decided_case(world)


def test_the_acts_cover_the_table() -> None:
    """But for what begins, and where a request stands again that was sent back before it was acknowledged, or with a reviewer."""
    pairs = {(one.before, one.after) for one in REVIEW if one.before is not None}
    done = {(before, after) for _, led in ACTS.values() for before, after in led.items()}
    assert pairs == done | {(V.OUT_PROPOSED, V.ASKED), (V.OUT_PROPOSED, V.ALLOCATED)}


def test_every_act_asks_the_permission_of_the_table() -> None:
    of_pair = {(one.before, one.after): one.permission for one in REVIEW}
    for name, (_, led) in ACTS.items():
        assert {of_pair[pair] for pair in led.items()} == {TABLE_OF_ACTS[name.partition(":")[0]].permission}, name
    assert of_pair[(None, V.ASKED)] == TABLE_OF_ACTS["lodge-review"].permission


@pytest.mark.parametrize("state", list(V))
def test_from_each_state_nothing_else_is_possible(world: World, case: m.Case, unit: ReviewUnit, state: V) -> None:
    row = r.in_state(world, case, unit, state)
    version = fresh(case).version
    for slug, (done, led) in ACTS.items():
        if state in led:
            continue
        with pytest.raises(NotPossible) as refused:
            done(unit, case, row)
        assert refused.value.reason, slug
        assert (r.again(row).state, fresh(case).version) == (state, version), slug


@pytest.mark.parametrize(("slug", "state"), [(slug, state) for slug, (_, led) in ACTS.items() for state in led])
def test_what_the_table_allows_leads_where_it_says(world: World, case: m.Case, unit: ReviewUnit, slug: str, state: V) -> None:
    row = r.in_state(world, case, unit, state)
    assert row.state == state
    done, led = ACTS[slug]
    done(unit, case, row)
    assert r.again(row).state == led[state]


@pytest.mark.parametrize("before", [V.ASKED, V.ACKNOWLEDGED, V.ALLOCATED])
def test_sent_back_it_stands_where_it_stood(world: World, case: m.Case, unit: ReviewUnit, before: V) -> None:
    row = r.in_state(world, case, unit, before)
    work(unit.reviewer, propose_out_of_scope, case, row, **OUT)
    work(unit.second, answer_out_of_scope, case, row, confirm=False, note="He was interviewed")
    assert r.again(row).state == before


ROLES = ("investigator", "sergeant", "supervisor", "prosecutor", "cps_manager", "vlo")


@pytest.mark.parametrize("name", sorted(ACTS))
def test_a_role_that_may_not_is_refused_and_one_outside_the_unit_finds_nothing(
    world: World, case: m.Case, unit: ReviewUnit, name: str
) -> None:
    row = r.in_state(world, case, unit, next(iter(ACTS[name][1])))
    slug = name.partition(":")[0]
    act = TABLE_OF_ACTS[slug]
    more: dict[str, Any] = {
        "allocate-review": {"reviewer_id": unit.second.pk},
        "decide-review": {"result": "upheld", **DECIDED},
        "propose-out-of-scope": OUT,
        "answer-out-of-scope": {"confirm": True, "reasons_for_victim": "Not covered"},
        "withdraw-review": {"result_note": "She said so"},
    }.get(slug, {})
    for role in ROLES:
        person: User = getattr(world, role)
        with pytest.raises((NotAllowed, Http404)) as refused:
            work(person, act.service, case, row, **more)
        sees = person.agency_id == case.force_id
        assert (refused.type is NotAllowed) == (sees and not act.permission.holds(person)), role
        assert act.permission.holds(person) or not act.offered(person, row)
    assert r.again(row).state == row.state


def test_every_role_on_cases_may_take_a_request_and_nobody_else(world: World) -> None:
    permission = TABLE_OF_ACTS["lodge-review"].permission
    assert permission.roles == {
        Role.INVESTIGATOR, Role.SERGEANT, Role.SUPERVISOR, Role.PROSECUTOR, Role.CPS_MANAGER, Role.LIAISON_OFFICER, Role.CPS_DIRECT,
    }  # fmt: skip
    assert TABLE_OF_ACTS["lodge-review"].service is lodge_review
