"""What a review overturned is open again, lawfully: with the police or the CPS, with the clocks that a rebuild gives, told anew."""

from typing import Any

import pytest

from cases import models as m
from cases.derive.states import Status
from cases.services.outcomes import record_outcome
from cases.services.reconcile import reconcile
from core import clock
from core.exceptions import NotPossible
from core.scope import scope, system
from prosecution.models import ReviewState as V
from prosecution.services.publishing import publish_decision
from prosecution.services.review_results import decide_review
from tests.factories import AVON, World
from tests.integration.cases.making import plan_tellings
from tests.integration.prosecution import deciding
from tests.integration.prosecution import reviewing as r
from tests.integration.prosecution.making import do, fresh, suspect_of
from tests.integration.prosecution.reviewing import DECIDED, work

pytestmark = pytest.mark.django_db


def all_clocks(case: m.Case) -> list[tuple[Any, ...]]:
    """Return every clock of a case as values."""
    columns = ("kind", "subject_id", "sequence", "owes", "started_at", "due_at", "first_due_at", "met_at", "ended_at", "cancelled")
    with scope(system(AVON)):
        return sorted(m.Deadline.objects.filter(case=case).values_list(*columns), key=str)


@pytest.mark.parametrize("side", ["police", "cps"])
def test_the_suspect_is_back_with_the_side_that_decided(world: World, side: str) -> None:
    case, unit = r.decided_case(world, side), r.make_review_unit(side)
    assert suspect_of(case).status == Status.NO_FURTHER_ACTION
    r.in_state(world, case, unit, V.OVERTURNED)
    outcome = r.outcome_of(case)
    assert (outcome.reopened_basis, outcome.reopened_at is not None) == ("review", True)
    with scope(system(AVON)):
        assert m.Offence.objects.get(case=case).outcome_code is None
    expected = Status.WITH_CPS if side == "cps" else Status.INTERVIEWED
    assert suspect_of(case).status == expected
    assert deciding.position(case) == ("with_cps" if side == "cps" else "")


@pytest.mark.parametrize("side", ["police", "cps"])
def test_reopening_gives_exactly_the_clocks_that_a_rebuild_gives(world: World, side: str) -> None:
    case, unit = r.decided_case(world, side), r.make_review_unit(side)
    r.in_state(world, case, unit, V.OVERTURNED)
    before = all_clocks(case)
    assert {one[0] for one in before if one[7]} >= {"vrr_complete", "vrr_acknowledge"}
    with scope(system(AVON)):
        m.Deadline.objects.filter(case=case).update(cancelled=True, met_at=None, due_at=clock.now())
        reconcile(fresh(case), reason="rebuild", actor_name="Test")
    assert all_clocks(case) == before


def test_upheld_opens_nothing(world: World) -> None:
    case, unit = r.decided_case(world), r.make_review_unit("police")
    r.in_state(world, case, unit, V.UPHELD)
    assert r.outcome_of(case).reopened_at is None
    assert suspect_of(case).status == Status.NO_FURTHER_ACTION


def test_the_cps_decides_anew_and_it_is_planned_and_told_anew(world: World) -> None:
    case, unit = r.decided_case(world, "cps"), r.make_review_unit("cps")
    plan_tellings(case)
    r.in_state(world, case, unit, V.OVERTURNED)
    with pytest.raises(NotPossible, match="First plan"):
        deciding.published(world, case)
    plan_tellings(case)
    row = deciding.prepared(world, case, by=world.cps_manager)
    row = deciding.act(world.cps_manager, publish_decision, case, row)
    assert row.outcome is not None
    assert suspect_of(case).status == Status.CHARGED
    told = [one for one in r.clocks(case, "told_charge") if one.met_at is None]
    assert len(told) == 1


def test_the_next_decision_is_refused_until_it_is_planned_how_she_hears(world: World, nfa_at_once: None) -> None:
    case, unit = r.decided_case(world), r.make_review_unit("police")
    r.in_state(world, case, unit, V.OVERTURNED)
    with pytest.raises(NotPossible):
        do(
            world.supervisor, record_outcome, case,
            suspect_id=suspect_of(case).pk, code=15, on=clock.today(), reasons="Still not enough",
        )  # fmt: skip


def test_what_was_opened_meanwhile_stays_open(world: World) -> None:
    from cases.services.reopening import reopen

    case, unit = r.decided_case(world), r.make_review_unit("police")
    row = r.in_state(world, case, unit, V.ALLOCATED)
    do(world.supervisor, reopen, case, suspect_id=suspect_of(case).pk, basis="new_evidence", reason="A witness")
    work(unit.reviewer, decide_review, case, row, result="overturned", **DECIDED)
    assert r.outcome_of(case).reopened_basis == "new_evidence"
