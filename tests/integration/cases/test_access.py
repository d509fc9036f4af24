"""Who sees a case beyond the rule, and who never does: exclusion beats every grant, role and rank."""

from datetime import timedelta

import pytest
from django.http import Http404

from cases import models as m
from cases.services.access import exclude, grant_access, lift_exclusion, lift_restriction, restrict, revoke_access
from cases.services.roles import assign_person
from cases.services.sharing import bring_to_area
from core import clock
from core.exceptions import NotAllowed, NotPossible
from tests.factories import World, acting_as
from tests.integration.cases.making import do, fresh, make_case, sees, timeline


def soon() -> "object":
    return clock.today() + timedelta(days=7)


def test_access_widens_to_a_person_until_taken_away(world: World) -> None:
    case = make_case(world.investigator)
    assert not sees(world.other_unit, case)
    row = do(world.supervisor, grant_access, case, user_id=world.other_unit.pk, purpose="Helps with enquiries", until=soon())
    assert sees(world.other_unit, case)
    do(world.supervisor, revoke_access, case, access_id=row.pk)
    assert not sees(world.other_unit, case)
    with pytest.raises(NotPossible):
        do(world.supervisor, revoke_access, case, access_id=row.pk)
    assert timeline(case)[-2:] == ["access_granted", "access_revoked"]


def test_access_widens_to_a_unit(world: World) -> None:
    case = make_case(world.investigator)
    do(world.supervisor, grant_access, case, unit_id=world.south.pk, purpose="Linked series", until=clock.today())
    assert sees(world.other_unit, case)


def test_access_is_refused_where_it_cannot_be(world: World) -> None:
    case = make_case(world.investigator)
    given = {"purpose": "Any", "until": soon()}
    for arguments, field in (
        ({**given, "user_id": world.kent.pk}, "user_id"),
        ({**given, "user_id": world.analyst.pk}, "user_id"),
        ({**given}, "user_id"),
        ({**given, "user_id": world.other_unit.pk, "unit_id": world.south.pk}, "user_id"),
        ({**given, "user_id": world.other_unit.pk, "until": clock.today() - timedelta(days=1)}, "until"),
        ({**given, "user_id": world.other_unit.pk, "until": clock.today() + timedelta(days=400)}, "until"),
    ):
        with pytest.raises(NotPossible) as refused:
            do(world.supervisor, grant_access, case, **arguments)
        assert refused.value.field == field
    with pytest.raises(NotAllowed):
        do(world.sergeant, grant_access, case, user_id=world.other_unit.pk, **given)


def test_exclusion_beats_role_grant_unit_and_rank_at_once(world: World) -> None:
    case = make_case(world.investigator)
    do(world.supervisor, assign_person, case, user_id=world.colleague.pk, role="second_officer")
    do(world.supervisor, grant_access, case, user_id=world.other_unit.pk, purpose="Any", until=soon())
    do(world.supervisor, grant_access, case, unit_id=world.south.pk, purpose="Any", until=soon())
    for who in (world.colleague, world.other_unit, world.supervisor2):
        assert sees(who, case)
        do(world.supervisor, exclude, case, user_id=who.pk, reason="Knows the suspect")
        assert not sees(who, case)
    with acting_as(world.supervisor):
        assert not m.CasePerson.objects.filter(user=world.colleague, until__isnull=True).exists()
        assert not m.CaseAccess.objects.filter(user=world.other_unit, revoked_at__isnull=True).exists()
    with pytest.raises(Http404):
        do(world.supervisor2, grant_access, case, user_id=world.supervisor2.pk, purpose="Any", until=soon())


def test_an_excluded_person_is_given_neither_role_nor_access(world: World) -> None:
    case = make_case(world.investigator)
    do(world.supervisor, exclude, case, user_id=world.other_unit.pk, reason="Related to somebody involved")
    with pytest.raises(NotPossible):
        do(world.supervisor, assign_person, case, user_id=world.other_unit.pk, role="second_officer")
    with pytest.raises(NotPossible):
        do(world.supervisor, grant_access, case, user_id=world.other_unit.pk, purpose="Any", until=soon())


def test_exclusion_of_somebody_of_the_area_holds_from_the_first_day(world: World) -> None:
    case = make_case(world.investigator)
    with pytest.raises(NotPossible):
        do(world.supervisor, exclude, case, user_id=world.prosecutor.pk, reason="Any")
    do(world.supervisor, bring_to_area, case)
    assert sees(world.prosecutor, case)
    do(world.supervisor, exclude, case, user_id=world.prosecutor.pk, reason="Knows the suspect")
    assert not sees(world.prosecutor, case)
    assert sees(world.cps_manager, case)


def test_nobody_excludes_herself_and_the_timeline_says_nothing(world: World) -> None:
    case = make_case(world.investigator)
    with pytest.raises(NotPossible) as refused:
        do(world.supervisor, exclude, case, user_id=world.supervisor.pk, reason="Any")
    assert refused.value.field == "user_id"
    before = timeline(case)
    do(world.supervisor, exclude, case, user_id=world.supervisor2.pk, reason="Any")
    assert timeline(case) == before
    with pytest.raises(NotPossible):
        do(world.supervisor, exclude, case, user_id=world.supervisor2.pk, reason="Again")
    with pytest.raises(NotPossible):
        do(world.supervisor, exclude, case, user_id=world.kent.pk, reason="Any")
    with pytest.raises(NotAllowed):
        do(world.sergeant, exclude, case, user_id=world.colleague.pk, reason="Any")


def test_a_lifted_exclusion_gives_back_what_the_rule_gives(world: World) -> None:
    case = make_case(world.investigator)
    row = do(world.supervisor, exclude, case, user_id=world.supervisor2.pk, reason="Any")
    do(world.supervisor, lift_exclusion, case, exclusion_id=row.pk)
    assert sees(world.supervisor2, case)
    with pytest.raises(NotPossible):
        do(world.supervisor, lift_exclusion, case, exclusion_id=row.pk)


def test_a_restricted_case_is_seen_by_those_on_it_until_lifted(world: World) -> None:
    case = make_case(world.investigator)
    do(world.supervisor, restrict, case, because="An officer's relative is involved")
    assert [sees(who, case) for who in (world.investigator, world.supervisor)] == [True, True]
    assert [sees(who, case) for who in (world.colleague, world.sergeant, world.supervisor2)] == [False, False, False]
    with pytest.raises(NotPossible):
        do(world.supervisor, restrict, case, because="Again")
    do(world.supervisor, lift_restriction, case, reason="Not so")
    assert sees(world.colleague, case)
    assert fresh(case).restricted_because == ""
    with pytest.raises(NotPossible):
        do(world.supervisor, lift_restriction, case, reason="Not so")


def test_a_supervisor_who_would_lose_sight_is_told_first(world: World) -> None:
    case = make_case(world.investigator)
    do(world.supervisor, assign_person, case, user_id=world.supervisor2.pk, role="inspector")
    with pytest.raises(NotPossible):
        do(world.supervisor, restrict, case, because="Any")
    assert not fresh(case).restricted
    do(world.supervisor2, restrict, case, because="Any")
    assert sees(world.supervisor2, case)
