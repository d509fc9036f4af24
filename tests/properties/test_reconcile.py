"""Reconcile: done twice it changes nothing, the order of acts does not matter, and it equals a rebuild from nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.http import Http404
from hypothesis import given
from hypothesis import strategies as st

from cases import models as m
from cases.derive.clocks import wanted
from cases.selectors import editions_of
from cases.selectors_telling import everything_of
from cases.services.arrests import record_arrest, record_attempt, record_interview
from cases.services.corrections import correct_fact
from cases.services.logging import NewCrime, NewSuspect, log_case
from cases.services.reconcile import WRITTEN, reconcile
from cases.services.situations import begin_situation
from core.exceptions import Declined
from core.scope import scope, system
from tests.factories import AVON, World, acting_as, ago
from tests.properties import invariants
from tests.properties.profile import looking
from tests.properties.services import Around, arguments, services

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SERVICES = {name: one for name, one in services().items() if name not in {"mark_recorded_in_error", "merge_into"}}
MOMENTS = {
    name: ago(days=day)
    for name, day in (("recorded", 45), ("Ash", 44), ("arrest", 30), ("Birch", 20), ("interview", 15), ("Cedar", 2), ("situation", 1))
}
"""One set of moments for every case logged here, so that two of them can be compared."""


def logged(world: World) -> m.Case:
    """Return a case with three suspects."""
    names = [NewSuspect(surname=surname, identified_at=MOMENTS[surname]) for surname in ("Ash", "Birch", "Cedar")]
    with acting_as(world.supervisor):
        return log_case(
            actor=world.supervisor,
            crime_reference="52/1",
            recorded_at=MOMENTS["recorded"],
            risk="medium",
            crimes=[NewCrime(code="19C")],
            suspects=names,
        )


def snapshot(case: m.Case) -> dict[str, Any]:
    """Return everything derived of a case, cancelled deadlines and history included."""
    with scope(system(AVON)):
        row = m.Case.objects.get(pk=case.pk)
        return {
            "deadlines": sorted(m.Deadline.objects.filter(case=case).values_list("pk", "kind", "sequence", *WRITTEN), key=str),
            "case": (row.stage, row.standing, row.turn_police, row.turn_cps, row.next_due_police, row.next_due_cps, row.version),
            "suspects": sorted(m.Suspect.objects.filter(case=case).values_list("pk", "status")),
            "changes": m.StatusChange.objects.filter(case=case).count(),
        }


def in_a_world_of_its_own(run: Callable[[], None]) -> None:
    """Run something and take it back."""
    before = transaction.savepoint()
    try:
        run()
    finally:
        transaction.savepoint_rollback(before)


def test_any_sequence_leaves_what_a_rebuild_gives_and_reconciling_again_changes_nothing(world: World) -> None:
    @looking(examples=10)
    @given(data=st.data(), chosen=st.lists(st.sampled_from(sorted(SERVICES)), min_size=5, max_size=18))
    def any_sequence(data: st.DataObject, chosen: list[str]) -> None:
        in_a_world_of_its_own(lambda: one_sequence(data, chosen))

    def one_sequence(data: st.DataObject, chosen: list[str]) -> None:
        case = logged(world)
        for name in chosen:
            act(world, data, name, case.pk)
        invariants.holds(case.pk, AVON)
        before = snapshot(case)
        with scope(system(AVON)):
            reconcile(m.Case.objects.get(pk=case.pk), reason="again", actor_name="Nobody")
        assert snapshot(case) == before

    any_sequence()


def act(world: World, data: st.DataObject, name: str, case_id: Any) -> None:
    """Let an investigator, or where it must be a supervisor, do one act; a refusal is no matter."""
    actor = data.draw(st.sampled_from([world.supervisor, world.supervisor, world.investigator]))
    with scope(system(AVON)):
        case = m.Case.objects.get(pk=case_id)
    given_here = arguments(data.draw, SERVICES[name], Around(case, (world.investigator, world.supervisor), (world.north, world.south)))
    with acting_as(actor):
        try:
            SERVICES[name](actor=actor, case_id=case_id, **given_here)
        except (Declined, Http404):
            return


def test_the_order_in_which_acts_are_entered_does_not_matter(world: World) -> None:
    """Independent facts, each with its own time, entered in any order, give the same clocks and the same standing."""
    found = []

    @looking(examples=6)
    @given(order=st.permutations(range(6)))
    def any_order(order: list[int]) -> None:
        in_a_world_of_its_own(lambda: found.append(derived(world, entered(world, order))))

    any_order()
    assert len(found) >= 6
    assert all(one == found[0] for one in found)


def entered(world: World, order: list[int]) -> m.Case:
    """Log a case and enter six facts in an order."""
    case = logged(world)
    with scope(system(AVON)):
        ash, birch, cedar = m.Suspect.objects.filter(case=case).order_by("number").values_list("pk", flat=True)
    common: dict[str, Any] = {"actor": world.supervisor, "case_id": case.pk}
    facts: list[Callable[[], object]] = [
        lambda: record_arrest(**common, suspect_id=ash, at=MOMENTS["arrest"]),
        lambda: record_interview(**common, suspect_id=birch, at=MOMENTS["interview"], manner="voluntary", protection="A safeguarding plan"),
        lambda: record_attempt(**common, suspect_id=cedar, at=ago(hours=30), what_happened="Nobody at the address"),
        lambda: begin_situation(**common, suspect_id=cedar, kind="abroad", since=MOMENTS["situation"], note="Flight seen"),
        lambda: correct_fact(**common, table="suspect", row_id=birch, field="surname", new="Beech", reason="Misspelt"),
        lambda: correct_fact(**common, table="case", row_id=case.pk, field="risk", new="high", reason="Assessed again"),
    ]
    with acting_as(world.supervisor):
        for place in order:
            facts[place]()
    return case


def derived(world: World, case: m.Case) -> tuple[Any, ...]:
    """Return what follows from a case's facts, with suspects by their number."""
    with scope(system(AVON)):
        row = m.Case.objects.get(pk=case.pk)
        numbers = dict(m.Suspect.objects.filter(case=case).values_list("pk", "number"))
        names = [name for name in WRITTEN if name not in {"suspect_id", "eased_at"}]
        rows = m.Deadline.objects.filter(case=case, cancelled=False).values_list("kind", "suspect_id", "sequence", *names)
        clocks = sorted((kind, numbers.get(suspect, 0), *rest) for kind, suspect, *rest in rows if kind != "supervisor_review")
        assert set(wanted(everything_of(row), editions_of(AVON))) == set(
            m.Deadline.objects.filter(case=case, cancelled=False).values_list("kind", "subject_id", "sequence")
        )
        words = sorted(row.standing.split(" · "))
        return row.stage, words, row.turn_police, [str(clock) for clock in clocks]
