"""Any sequence of acts by anybody: what holds of a case holds after every one, and nobody is told more than "no"."""

from typing import Any, get_type_hints

import pytest
from django.db import transaction
from django.http import Http404
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from cases import models as m
from cases.services.logging import NewCrime, NewSuspect, log_case
from core.exceptions import Declined
from core.scope import scope, system
from tests.factories import AVON, SOUTH_EAST, World, acting_as, ago
from tests.properties import invariants
from tests.properties.profile import looking
from tests.properties.services import Around, arguments, services, value_for

SERVICES = services()
OFTEN = ("supervisor", "supervisor", "investigator", "colleague", "sergeant", "supervisor2")
SELDOM = (
    "other_unit",
    "analyst",
    "auditor",
    "prosecutor",
    "cps_manager",
    "vlo",
    "other_area",
    "cps_direct",
    "isva",
    "kent",
    "kent_supervisor",
)
ENDS = frozenset({"mark_recorded_in_error", "merge_into"})
CHOSEN = [name for name in SERVICES for _ in range(1 if name in ENDS else 6)]
"""Every service; those that end a case seldom, or little would happen after them."""


class Cases(RuleBasedStateMachine):
    """Two cases of Avon and one of Kent, and everybody trying everything on them."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        self.before = transaction.savepoint()
        self.cases: dict[Any, int] = {}
        self.seen: dict[Any, int] = {}
        self.done: list[str] = []

    def teardown(self) -> None:
        """Take everything back."""
        transaction.savepoint_rollback(self.before)

    @initialize()
    def log(self) -> None:
        """Log the cases."""
        crimes = [NewCrime(code="19C")]
        named = [
            NewSuspect(surname="Hollowbrook", forenames="Tam", identified_at=ago(days=44)),
            NewSuspect(surname="Larch", identified_at=ago(days=3)),
        ]
        for actor, reference, suspects in (
            (self.world.investigator, "52/1", named),
            (self.world.supervisor, "52/2", []),
            (self.world.kent, "46/1", named[:1]),
        ):
            with acting_as(actor):
                case = log_case(
                    actor=actor, crime_reference=reference, recorded_at=ago(days=45), risk="medium", crimes=crimes, suspects=suspects
                )
            self.cases[case.pk] = actor.agency_id
            self.seen[case.pk] = 0

    @rule(data=st.data(), service=st.sampled_from(CHOSEN), who=st.sampled_from([*OFTEN, *OFTEN, *OFTEN, *SELDOM]), on=st.integers(0, 5))
    def act(self, data: st.DataObject, service: str, who: str, on: int) -> None:
        """Somebody tries an act on a case."""
        case_id = list(self.cases)[on if on < len(self.cases) else 0]
        actor = getattr(self.world, who)
        case = self.case(case_id)
        around = Around(
            case,
            (self.world.investigator, self.world.colleague, self.world.sergeant, self.world.kent, self.world.prosecutor),
            (self.world.north, self.world.south),
        )
        given = arguments(data.draw, SERVICES[service], around)
        rows = self.rows()
        with acting_as(actor):
            try:
                SERVICES[service](actor=actor, case_id=case_id, **given)
            except (Declined, Http404):
                assert self.rows() == rows, f"{service} was refused and left something behind"
                return
        self.done.append(service)
        assert actor.agency_id == case.force_id or actor.agency_id == case.cps_area_scope, f"{who} did {service} from outside"

    def case(self, case_id: Any) -> m.Case:
        """Return a case as it stands."""
        with scope(system(self.cases[case_id])):
            found: m.Case = m.Case.objects.get(pk=case_id)
            return found

    def rows(self) -> dict[Any, tuple[int, int, int]]:
        """Return what a refused act must leave as it was: version, events and deadlines of each case."""
        found = {}
        for case_id, force_id in self.cases.items():
            with scope(system(force_id)):
                version = m.Case.objects.values_list("version", flat=True).get(pk=case_id)
                found[case_id] = (
                    version,
                    m.TimelineEvent.objects.filter(case=case_id).count(),
                    m.Deadline.objects.filter(case=case_id).count(),
                )
        return found

    @invariant()
    def everything_follows_from_facts(self) -> None:
        """Projections, deadlines, status changes, timeline."""
        for case_id, force_id in self.cases.items():
            invariants.holds(case_id, force_id)

    @invariant()
    def versions_only_grow_and_each_is_in_the_log(self) -> None:
        """One alteration in the access log for each version of a case."""
        for case_id, force_id in self.cases.items():
            version = self.case(case_id).version
            assert version >= self.seen[case_id]
            self.seen[case_id] = version
            if force_id == AVON:
                assert invariants.alterations(self.world.auditor, case_id) >= version

    @invariant()
    def nobody_outside_sees_it(self) -> None:
        """Another force never does; another Area does only when it was brought there."""
        avon = [case_id for case_id, force_id in self.cases.items() if force_id == AVON]
        if not avon:
            return
        invariants.unseen_by(self.world.kent, avon)
        elsewhere = [case_id for case_id in avon if self.case(case_id).cps_area_scope != SOUTH_EAST]
        invariants.unseen_by(self.world.other_area, elsewhere)


def test_every_service_is_in_the_machine() -> None:
    assert len(SERVICES) >= 20
    assert "record_arrest" in SERVICES


def test_every_parameter_of_every_service_is_known(world: World) -> None:
    with acting_as(world.investigator):
        case = log_case(actor=world.investigator, crime_reference="52/1", recorded_at=ago(days=1), risk="high")
    around = Around(case, (world.investigator,), (world.north,))
    for service in SERVICES.values():
        hints = get_type_hints(service)
        for name in set(hints) - {"actor", "case_id", "return"}:
            assert isinstance(value_for(name, hints[name], around), st.SearchStrategy)


@pytest.mark.slow
def test_whatever_is_done_the_case_follows_from_its_facts(world: World) -> None:
    class InThisWorld(Cases):
        pass

    InThisWorld.world = world
    run_state_machine_as_test(InThisWorld, settings=looking(examples=6, steps=20))
