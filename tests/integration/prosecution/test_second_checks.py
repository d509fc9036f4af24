"""The second check: which decisions need it, who makes it and never who prepared it, what a change takes back."""

import itertools
from typing import Any

import pytest
from django.http import Http404

from accounts.roles import Role
from cases import models as m
from core import clock
from core.exceptions import NotAllowed
from core.scope import scope, system
from notifications.models import Notice
from prosecution.models import ProposedState as D
from prosecution.services.decision_checks import check_decision, propose_decision
from prosecution.services.decisions import change_decision, discard_decision
from prosecution.services.publishing import publish_decision
from tests.factories import AVON, SOUTH_WEST, World, acting_as
from tests.integration.cases.asking import refused
from tests.integration.cases.making import timeline
from tests.integration.prosecution import deciding
from tests.integration.prosecution.deciding import CHARGE, DISPOSAL, FURTHER, NFA, PUBLIC_INTEREST, act, colleague, prepared
from tests.integration.prosecution.making import fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(world: World) -> m.Case:
    return deciding.with_cps(world)


@pytest.mark.parametrize("said", [NFA, PUBLIC_INTEREST])
def test_no_further_action_is_not_published_without_it(world: World, case: m.Case, said: dict[str, Any]) -> None:
    row = prepared(world, case, **said)
    with refused("second prosecutor has to confirm"):
        act(world.prosecutor, publish_decision, case, row, code=15)
    act(world.prosecutor, propose_decision, case, row)
    with refused("waiting for a second prosecutor already"):
        act(world.prosecutor, publish_decision, case, row, code=15)


@pytest.mark.parametrize("said", [CHARGE, FURTHER, DISPOSAL])
def test_what_needs_none_is_not_proposed(world: World, case: m.Case, said: dict[str, Any]) -> None:
    row = prepared(world, case, **said)
    with refused("needs no second check"):
        act(world.prosecutor, propose_decision, case, row)
    act(world.prosecutor, publish_decision, case, row)
    assert deciding.decisions(case)[0].checked_by_name == ""


def test_the_service_says_which_decisions_need_it(world: World, case: m.Case, settings: Any) -> None:
    settings.SECOND_CHECK_DECISIONS = ["charge"]
    row = prepared(world, case)
    with refused("second prosecutor has to confirm"):
        act(world.prosecutor, publish_decision, case, row)
    settings.SECOND_CHECK_DECISIONS = []
    act(world.prosecutor, publish_decision, case, row)


def test_maker_and_checker_are_never_the_same_for_every_pair_of_people(world: World, case: m.Case) -> None:
    people = [world.prosecutor, world.cps_manager, colleague(Role.PROSECUTOR), colleague(Role.CPS_MANAGER)]
    for maker, checker in itertools.product(people, people):
        row = prepared(world, case, by=maker, **NFA)
        act(maker, propose_decision, case, row)
        if maker == checker:
            with refused("You prepared this"):
                act(checker, check_decision, case, row, confirm=True)
            assert deciding.again(row).state == D.WAITS
        else:
            act(checker, check_decision, case, row, confirm=True)
            kept = deciding.again(row)
            assert (kept.state, kept.checked_by) == (D.CONFIRMED, checker)
        act(maker, discard_decision, case, row)


def test_the_database_refuses_a_check_of_ones_own(world: World, case: m.Case) -> None:
    from django.db import IntegrityError, transaction

    from prosecution.models import ProposedDecision

    row = deciding.proposed(world, case)
    with acting_as(world.prosecutor), pytest.raises(IntegrityError), transaction.atomic():
        ProposedDecision.objects.filter(pk=row.pk).update(checked_by=world.prosecutor)


def test_who_may_not_check(world: World, case: m.Case, settings: Any) -> None:
    row = deciding.proposed(world, case)
    for person in (world.investigator, world.supervisor, world.vlo):
        with pytest.raises(NotAllowed):
            act(person, check_decision, case, row, confirm=True)
    with pytest.raises(Http404):
        act(world.other_area, check_decision, case, row, confirm=True)
    settings.SECOND_CHECK_ROLES = ["cps_manager"]
    with refused("Your role does not make second checks"):
        act(colleague(Role.PROSECUTOR), check_decision, case, row, confirm=True)
    act(world.cps_manager, check_decision, case, row, confirm=True)


def test_an_area_may_ask_for_another_role_than_the_rest(world: World, case: m.Case, settings: Any) -> None:
    row = deciding.proposed(world, case)
    settings.SECOND_CHECK_ROLES = ["prosecutor", "cps_manager", f"{SOUTH_WEST}=cps_manager"]
    with refused("Your role does not make second checks"):
        act(colleague(Role.PROSECUTOR), check_decision, case, row, confirm=True)
    settings.SECOND_CHECK_ROLES = ["cps_manager", f"{SOUTH_WEST}=prosecutor"]
    act(colleague(Role.PROSECUTOR), check_decision, case, row, confirm=True)


def test_sent_back_with_a_note_it_may_be_proposed_again(world: World, case: m.Case) -> None:
    row = deciding.proposed(world, case)
    with refused("why you send it back", "note"):
        act(world.cps_manager, check_decision, case, row, confirm=False, note="  ")
    act(world.cps_manager, check_decision, case, row, confirm=False, note="The phone was not looked at")
    assert deciding.again(row).check_note == "The phone was not looked at"
    with refused("sent back"):
        act(world.prosecutor, publish_decision, case, row, code=15)
    act(world.prosecutor, propose_decision, case, row)
    act(world.cps_manager, check_decision, case, row, confirm=True)
    act(world.prosecutor, publish_decision, case, row, code=15)


def test_a_change_after_confirmation_takes_it_back(world: World, case: m.Case) -> None:
    row = deciding.confirmed(world, case)
    act(world.prosecutor, change_decision, case, row, **NFA | {"views_considered": "At a meeting"})
    kept = deciding.again(row)
    assert (kept.state, kept.checked_at, kept.checked_by, kept.proposed_at) == (D.DRAFT, None, None, None)
    with refused("second prosecutor has to confirm"):
        act(world.prosecutor, publish_decision, case, row, code=15)


def test_what_changed_since_it_was_read_is_not_confirmed(world: World, case: m.Case) -> None:
    row = deciding.again(deciding.proposed(world, case))
    assert row.proposed_at is not None
    seen = row.proposed_at.isoformat()
    act(world.prosecutor, change_decision, case, row, **NFA | {"views_considered": "At a meeting"})
    act(world.prosecutor, propose_decision, case, row)
    with refused("changed since you opened"):
        act(world.cps_manager, check_decision, case, row, confirm=True, seen=seen)
    now = deciding.again(row).proposed_at
    assert now is not None
    act(world.cps_manager, check_decision, case, row, confirm=True, seen=now.isoformat())


def test_its_clock_runs_for_the_cps_and_nothing_moves_for_the_police(world: World, case: m.Case) -> None:
    version, before = fresh(case).version, timeline(case)
    row = deciding.proposed(world, case)
    with scope(system(AVON)):
        clock_row = m.Deadline.objects.get(case=case, kind="second_check")
        assert (clock_row.owes, clock_row.subject_id, clock_row.met_at) == ("cps", row.pk, None)
        assert not Notice.objects.filter(subject="decision_waits", user__agency=AVON).exists()
    with scope(system(world.cps_manager.agency_id)):
        assert Notice.objects.filter(subject="decision_waits", user=world.cps_manager).count() == 1
    act(world.cps_manager, check_decision, case, row, confirm=True)
    with scope(system(AVON)):
        clock_row.refresh_from_db()
        assert clock_row.met_at is not None
        assert clock_row.met_at <= clock.now()
    assert (fresh(case).version, timeline(case)) == (version, before)
    with scope(system(world.prosecutor.agency_id)):
        assert Notice.objects.filter(subject="decision_checked", user=world.prosecutor).count() == 1
