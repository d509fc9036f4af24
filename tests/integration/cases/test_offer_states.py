"""Every pair of states of an offer by everybody, against the written table; and what stands in the way of an offer."""

from typing import Any
from uuid import uuid4

import pytest
from django.http import Http404

from accounts.models import User
from cases import models as m
from cases import offer_states
from cases.services.errors import mark_recorded_in_error, merge_into
from cases.services.offers import decline_offer, offer_to_force, withdraw_offer
from cases.services.outcomes import record_outcome
from cases.services.taking_over import accept_offer
from core import clock
from core.exceptions import NotAllowed, NotPossible
from core.scope import scope, system
from tests.factories import AVON, KENT, World, acting_as, ago
from tests.integration.cases.asking import refused
from tests.integration.cases.making import do, make_case, plan_tellings, suspect_of
from tests.integration.cases.offering import REFERENCE, accept, offer, states

pytestmark = pytest.mark.usefixtures("nfa_at_once")

# -- the table of pairs ----------------------------------------------------------------------------------------------

WHO = ("investigator", "sergeant", "supervisor", "analyst", "kent", "kent_supervisor", "prosecutor", "cps_manager", "isva")
ALLOWED: dict[tuple[str | None, str], str] = {
    (before, after): ("supervisor" if step.by == offer_states.SENDER else "kent_supervisor")
    for step in offer_states.STEPS
    for before, after in [(step.before, step.after)]
}


def _move(world: World, who: str, case: m.Case, offered: m.CaseOffer | None, after: str) -> None:
    """Try to bring an offer into a state."""
    actor: User = getattr(world, who)
    key = offered.offer_key if offered else uuid4()
    with acting_as(actor):
        if after == "offered":
            offer_to_force(actor=actor, case_id=case.pk, force_id=KENT, reason="x")
        elif after == "withdrawn":
            withdraw_offer(actor=actor, case_id=case.pk, offer_id=offered.pk if offered else key, reason="x")
        elif after == "declined":
            decline_offer(actor=actor, offer_id=key, reason="x")
        else:
            accept_offer(actor=actor, offer_id=key, crime_reference=REFERENCE, officer_id=world.kent.pk)


def _in_state(world: World, case: m.Case, before: str | None) -> m.CaseOffer | None:
    if before is None:
        return None
    offered = offer(world, case)
    if before != "offered":
        _move(world, ALLOWED[(m.OfferState.OFFERED, m.OfferState(before))], case, offered, before)
    return offered


@pytest.mark.parametrize("before", [None, *m.OfferState.values])
@pytest.mark.parametrize("after", m.OfferState.values)
def test_every_pair_of_states_by_everybody(world: World, before: str | None, after: str) -> None:
    case = make_case(world.investigator, "Invented")
    offered = _in_state(world, case, before)
    # An offer that was withdrawn or declined may be made again: that is a new one.
    again = after == "offered" and before in {"withdrawn", "declined"}
    may = ALLOWED.get((None if again else before, after))
    for who in sorted(WHO, key=lambda one: one == may):
        if who == may:
            _move(world, who, case, offered, after)
        else:
            with pytest.raises((NotAllowed, NotPossible, Http404)):
                _move(world, who, case, offered, after)
        standing = states(offered) if offered else None
        if who != may:
            assert standing == ((before, before) if offered else None)
    if may and offered and not again:
        assert states(offered) == (after, after)


# -- what stands in the way ------------------------------------------------------------------------------------------


def test_what_stands_in_the_way_of_an_offer(world: World) -> None:
    case = make_case(world.investigator, "Invented")
    for force_id in (AVON, 999, 110):
        with refused("Choose another force", "force_id"):
            offer(world, case, force_id=force_id)
    keys: dict[str, Any] = {"case": case, "force_id": AVON, "suspect": suspect_of(case), "since": ago(days=1)}
    with scope(system(AVON)):
        position = m.CpsPosition.objects.create(**keys, position="action_plan")
    with refused("with the CPS or on an action plan"):
        offer(world, case)
    with scope(system(AVON)):
        m.CpsPosition.objects.filter(pk=position.pk).update(until=clock.now())
    offered = offer(world, case)
    with refused("offered to Kent Police"):
        offer(world, case)
    with refused("offered to Kent Police"):
        do(world.supervisor, mark_recorded_in_error, case, reason="x")
    twin = make_case(world.investigator, "Invented", reference="52/TEST/8")
    with refused("offered to Kent Police"):
        do(world.supervisor, merge_into, case, into_reference=twin.crime_reference, reason="x")
    with scope(system(AVON)):
        m.CpsPosition.objects.create(**keys, position="with_cps")
    with pytest.raises(NotPossible) as told_no_more:
        accept(world.kent_supervisor, offered, world.kent)
    assert "CPS" not in told_no_more.value.reason, "what the sender has to settle is not the other force's to know"
    assert states(offered) == ("offered", "offered")


def test_a_closed_case_and_one_without_a_crime_are_not_offered(world: World) -> None:
    empty = make_case(world.investigator, reference="52/TEST/2", crimes=[])
    with refused("Add the recorded crime"):
        offer(world, empty)
    case = make_case(world.investigator, "Invented")
    plan_tellings(case)
    do(world.investigator, record_outcome, case, suspect_id=suspect_of(case).pk, code=15, on=clock.today(), reasons="x", also_crimes=True)
    with refused("closed"):
        offer(world, case)


def test_what_the_receiver_fills_in_is_checked_beside_its_field(world: World) -> None:
    offered = offer(world, make_case(world.investigator, "Invented"))
    make_case(world.kent, reference=REFERENCE)
    with refused("used by another case", "crime_reference"):
        accept(world.kent_supervisor, offered, world.kent)
    with refused("slashes", "crime_reference"):
        accept(world.kent_supervisor, offered, world.kent, crime_reference="!!")
    with refused("your force", "officer_id"):
        accept(world.kent_supervisor, offered, world.investigator, crime_reference="46/TAKEN/2")
    with refused("your force", "unit_id"):
        accept(world.kent_supervisor, offered, world.kent, crime_reference="46/TAKEN/2", unit_id=world.north.pk)
    assert states(offered) == ("offered", "offered")
