"""Any sequence of acts between police and CPS, with what the police do meanwhile: what holds of a case holds after every one."""

import inspect
from collections.abc import Callable
from typing import Any, get_type_hints
from uuid import UUID

import pytest
from django.db import transaction
from django.http import Http404
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from cases import models as m
from cases.acts import ACTS, Act
from core.exceptions import Declined
from core.scope import scope, system
from tests.factories import AVON, DIRECT, World, acting_as
from tests.integration.cases.making import plan_tellings
from tests.integration.prosecution.deciding import proposed
from tests.integration.prosecution.making import accepted_advice, accepted_referral, brought_case, item, plan_set, sent_referral, suspect_of
from tests.properties import invariants, invariants_passage
from tests.properties.passage import Draw, acts, arguments, open_now, rows_of, value
from tests.properties.profile import looking
from tests.properties.services import Around, services
from tests.properties.services import arguments as of_cases

INSIDE = ("investigator", "sergeant", "supervisor", "prosecutor", "cps_manager", "vlo")
PEOPLE = (*INSIDE, "other_area", "cps_direct", "kent_supervisor")
MEANWHILE = ("record_arrest", "grant_bail", "record_outcome", "reopen", "add_suspect", "mark_suspect_in_error", "unshare", "open_enquiry")
"""What the police do meanwhile, beside the acts of this floor."""
LEAD_BACK = frozenset({
    "withdraw-advice", "withdraw-referral", "discard-plan", "discard-decision", "advice-not-sought", "record-meeting", "keep-plan-open",
    "change-referral", "change-advice", "change-item", "reallocate-advice", "reallocate-referral", "take-out-item", "offer-to-area",
    "hand-on", "withdraw-area-offer", "set-file-items", "add-item", "move-item", "keep-answers",
})  # fmt: skip
"""Acts that end a thing early or leave it where it is: tried seldom, or nothing would come after them."""
STARTS: dict[str, Callable[[World, m.Case], Any]] = {
    "nothing": lambda world, case: None,
    "advice with a prosecutor": accepted_advice,
    "referral sent": sent_referral,
    "referral with a prosecutor": accepted_referral,
    "plan with the police": lambda world, case: plan_set(
        world, case, item(), item(action="Take a statement", suspect_id=suspect_of(case).pk)
    ),
    "second check": lambda world, case: proposed_on(world, case),
}
MEANWHILE_AT, ANYTHING_AT, STEPS = 11, 10, 15
SERVICES = {name: one for name, one in services().items() if name in MEANWHILE}


def proposed_on(world: World, case: m.Case) -> Any:
    """Bring a referral to a prosecutor, and a decision on its first suspect to a second one."""
    accepted_referral(world, case)
    return proposed(world, case)


class Passage:
    """One case of two suspects, shared with its Area, and everybody trying everything that is possible on it."""

    def __init__(self, world: World, draw: Draw, start: str) -> None:
        """Log a case, share it, and begin somewhere on the way; how the victim hears of what is decided is planned."""
        self.world, self.draw = world, draw
        case = brought_case(world, suspects=2)
        plan_tellings(case)
        STARTS[start](world, case)
        self.key = case.pk
        self.done: list[str] = []
        self.seen()

    def something(self) -> None:
        """Mostly what is possible now by somebody who may; now and then anything by anybody, or something else by the police."""
        dice = self.draw(st.integers(0, 11))
        if dice == MEANWHILE_AT:
            self.meanwhile()
            return
        case = self.case()
        found = [(act, key) for act in acts() for key in self.rows(case, act)] if dice == ANYTHING_AT else open_now(case)
        by_act = {act.slug: [key for one, key in found if one is act] for act, _ in found}
        chosen = [slug for slug in sorted(by_act) for _ in range(1 if slug in LEAD_BACK else 5)]
        act = ACTS[self.draw(st.sampled_from(chosen))]
        key = self.draw(st.sampled_from(by_act[act.slug]))
        able = PEOPLE if dice == ANYTHING_AT else self.able(case, act)
        actor = getattr(self.world, self.draw(st.sampled_from(able)))
        self.attempt(actor, act.slug, act.service, arguments(self.draw, self.world, case, act, key))

    def able(self, case: m.Case, act: Act) -> list[str]:
        """Return who may do an act and is on the side that has the case: where that is CPS Direct, its prosecutor."""
        cps = ("cps_direct",) if case.cps_area_scope == DIRECT else ("prosecutor", "cps_manager", "vlo")
        found = [one for one in (*INSIDE[:3], *cps) if act.permission.holds(getattr(self.world, one))]
        return found or list(PEOPLE)

    def meanwhile(self) -> None:
        """The police do something else on the case."""
        service = self.draw(st.sampled_from(sorted(SERVICES)))
        around = Around(self.case(), (self.world.investigator, self.world.sergeant), (self.world.north, self.world.south))
        self.attempt(self.world.supervisor, service, SERVICES[service], of_cases(self.draw, SERVICES[service], around))

    def attempt(self, actor: User, name: str, service: Any, given: dict[str, Any]) -> None:
        """Try it; what was refused has left nothing behind, what was done went by the tables."""
        case, before = self.case(), self.left()
        with acting_as(actor):
            try:
                service(actor=actor, case_id=self.key, **given)
            except (Declined, Http404):
                assert self.left() == before, f"{name} was refused and left something behind"
                return
        self.done.append(name)
        assert actor.agency_id in {case.force_id, case.cps_area_scope}, f"{actor} did {name} from outside"
        after, counts = invariants_passage.states_of(self.key, AVON), invariants_passage.counts_of(self.key, AVON)
        invariants_passage.went_by_the_table(self.states, after)
        assert all(counts[table] >= rows for table, rows in self.counts.items()), f"{name} took a row away"
        self.seen()

    def seen(self) -> None:
        """Remember how everything stands."""
        self.states, self.counts = invariants_passage.states_of(self.key, AVON), invariants_passage.counts_of(self.key, AVON)

    def left(self) -> tuple[Any, ...]:
        """Return what a refused act must leave as it was."""
        with scope(system(AVON)):
            version = m.Case.objects.values_list("version", flat=True).get(pk=self.key)
            deadlines = m.Deadline.objects.filter(case=self.key).count()
        return version, deadlines, invariants_passage.states_of(self.key, AVON), invariants_passage.counts_of(self.key, AVON)

    def case(self) -> m.Case:
        """Return the case as it stands."""
        with scope(system(AVON)):
            found: m.Case = m.Case.objects.get(pk=self.key)
            return found

    def rows(self, case: m.Case, act: Act) -> list[UUID | None]:
        """Return what an act may be tried on, in whatever state."""
        with scope(system(AVON)):
            return rows_of(case, act)

    def everything_follows_from_facts(self) -> None:
        """Projections, deadlines, whose turn, status changes, timeline; positions, plans and decisions."""
        invariants.holds(self.key, AVON)
        invariants_passage.holds(self.key, AVON)


def test_every_parameter_of_every_act_is_known(world: World) -> None:
    case = brought_case(world, suspects=2)
    for act in acts():
        hints = get_type_hints(act.service)
        for name, parameter in inspect.signature(act.service).parameters.items():
            known = {"actor", "case_id", "version", f"{act.on}_id"}
            if name not in known and parameter.kind is not inspect.Parameter.VAR_KEYWORD:
                assert isinstance(value(name, hints[name], world, case), st.SearchStrategy)


def test_what_the_police_do_meanwhile_is_there() -> None:
    assert set(SERVICES) == set(MEANWHILE)
    assert {act.slug for act in acts()} <= set(ACTS)


@pytest.mark.slow
@pytest.mark.parametrize("start", STARTS)
def test_whatever_passes_between_police_and_cps_the_case_follows_from_its_facts(world: World, start: str) -> None:
    @looking(examples=3)
    @given(data=st.data())
    def any_sequence(data: st.DataObject) -> None:
        before = transaction.savepoint()
        try:
            passage = Passage(world, data.draw, start)
            for _ in range(STEPS):
                passage.something()
                passage.everything_follows_from_facts()
        finally:
            transaction.savepoint_rollback(before)

    any_sequence()
