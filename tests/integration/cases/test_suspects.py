"""Adding a suspect, and marking one as recorded in error."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import Http404

from accounts.models import User
from cases import models as m
from cases.services.arrests import record_arrest, record_release
from cases.services.suspects import add_suspect, mark_suspect_in_error
from core import clock
from core.exceptions import NotAllowed
from core.scope import scope, system
from tests.factories import World, ago
from tests.integration.cases.asking import count, deadline, refused, status
from tests.integration.cases.making import do, fresh, make_case, plan_tellings, suspect_of, timeline


@pytest.fixture
def case(world: World) -> m.Case:
    return make_case(world.investigator, named="no")


def add(actor: User, case: m.Case, surname: str = "Invented", **more: Any) -> m.Suspect:
    return do(actor, add_suspect, case, surname=surname, **{"forenames": "Test", "identified_at": ago(days=3), **more})


def test_a_suspect_starts_the_arrest_clock_and_is_found_by_name(world: World, case: m.Case) -> None:
    made = add(world.investigator, case)

    assert deadline(case, "arrest").started_at == made.identified_at
    assert (status(case), fresh(case).named, made.number) == ("identified", "yes", 1)
    assert count(m.SuspectNameKey, case) > 5
    assert timeline(case)[-1] == "suspect_added"


def test_numbers_go_on_and_crimes_are_alleged(world: World, case: m.Case) -> None:
    with scope(system(case.force_id)):
        crime = m.Offence.objects.get(case=case)
    first = add(world.investigator, case)
    do(world.supervisor, mark_suspect_in_error, case, suspect_id=first.pk, reason="Typed twice")
    second = add(world.investigator, case, offence_ids=[crime.pk, crime.pk])

    assert second.number == 2
    assert count(m.Allegation, case) == 1
    other = make_case(world.investigator, reference="52/TEST/2")
    with pytest.raises(Http404):
        add(world.investigator, other, "Another", offence_ids=[crime.pk])


def test_what_cannot_be_is_refused(world: World, case: m.Case) -> None:
    with refused("Enter a surname", "surname"):
        add(world.investigator, case, " ")
    with refused("in the past", "identified_at"):
        add(world.investigator, case, identified_at=clock.now() + timedelta(days=1))
    with refused("before the suspect was identified", "date_of_birth"):
        add(world.investigator, case, date_of_birth=clock.today())
    for field, longest in (("surname", 100), ("forenames", 100), ("pnc_id", 20), ("relationship", 100)):
        with refused(f"Must be {longest} characters or fewer", field):
            add(world.investigator, case, **{field: "x" * (longest + 1)})
    add(world.investigator, case)
    with refused("of this name and date of birth", "surname"):
        add(world.investigator, case, "INVENTED")
    add(world.investigator, case, date_of_birth=clock.today() - timedelta(days=9_000))


def test_a_suspect_in_error_leaves_lists_by_a_supervisor_only(world: World, case: m.Case) -> None:
    made = add(world.investigator, case)
    for person in (world.investigator, world.sergeant):
        with pytest.raises(NotAllowed):
            do(person, mark_suspect_in_error, case, suspect_id=made.pk, reason="Typed twice")
    with refused("Enter the reason", "reason"):
        do(world.supervisor, mark_suspect_in_error, case, suspect_id=made.pk, reason="")
    do(world.supervisor, mark_suspect_in_error, case, suspect_id=made.pk, reason="Typed twice")

    with scope(system(case.force_id)):
        assert m.Deadline.objects.get(case=case, kind="arrest").cancelled
    assert (count(m.SuspectNameKey, case), fresh(case).standing) == (0, "No suspect recorded")
    with pytest.raises(Http404):
        do(world.investigator, record_arrest, case, suspect_id=made.pk, at=ago(days=1))


def test_somebody_held_or_charged_was_not_recorded_in_error(world: World, case: m.Case) -> None:
    made = add(world.investigator, case)
    do(world.investigator, record_arrest, case, suspect_id=made.pk, at=ago(days=1))
    with refused("in custody"):
        do(world.supervisor, mark_suspect_in_error, case, suspect_id=made.pk, reason="x")
    plan_tellings(case)
    do(world.investigator, record_release, case, suspect_id=suspect_of(case).pk, at=ago(hours=1), to="outcome", code=1)
    with refused("charged"):
        do(world.supervisor, mark_suspect_in_error, case, suspect_id=made.pk, reason="x")
