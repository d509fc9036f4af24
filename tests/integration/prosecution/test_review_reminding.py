"""The clocks of a review remind the reviewer or the review unit, and nobody of the case's own line."""

import pytest

from cases import models as m
from cases.reminding.recipients import Recipients, Running
from core.scope import scope, system
from prosecution.models import ReviewState as V
from tests.factories import AVON, World
from tests.integration.prosecution import reviewing as r

pytestmark = pytest.mark.django_db


def asked(case: m.Case) -> tuple[Recipients, list[Running]]:
    """Return who is asked of the clocks of the case's request."""
    rows = [
        Running(
            one.pk, AVON, case.pk, one.kind, one.owes, one.due_on, one.complainant_id is not None, case.cps_area_scope, case.unit_id, False
        )
        for one in [*r.clocks(case, "vrr_acknowledge"), *r.clocks(case)]
    ]
    with scope(system(AVON)):
        return Recipients(AVON, rows), rows


@pytest.mark.parametrize("side", ["police", "cps"])
def test_the_unit_until_somebody_has_it_then_the_reviewer_and_escalated_the_unit(world: World, side: str) -> None:
    case, unit = r.decided_case(world, side), r.make_review_unit(side)
    both = {unit.reviewer.pk, unit.second.pk}
    r.lodged(world, case, by=world.prosecutor if side == "cps" else world.investigator)
    found, rows = asked(case)
    assert len(rows) == 2
    assert all(set(found.owners(row)) == both for row in rows)
    case2 = r.decided_case(world, side, reference="52/TEST/9")
    r.in_state(world, case2, unit, V.ALLOCATED)
    found, rows = asked(case2)
    assert all(found.owners(row) == [unit.reviewer.pk] for row in rows)
    assert all(set(found.above(row)) == both == set(found.higher(row)) for row in rows)


def test_nobody_who_took_part_is_reminded(world: World) -> None:
    case, unit = r.decided_case(world), r.make_review_unit("police")
    r.lodged(world, case)
    with scope(system(AVON)):
        m.SuspectOutcome.objects.filter(case=case).update(created_by=unit.second)
    found, rows = asked(case)
    assert all(found.owners(row) == [unit.reviewer.pk] for row in rows)
