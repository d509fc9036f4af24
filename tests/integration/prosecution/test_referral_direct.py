"""A red referral at CPS Direct: who sees the case before, meanwhile and after; the Area keeps a notice and nothing else."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import Http404
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from cases import models as m
from cases.services.outcomes import record_outcome
from core import clock
from core.scope import scope, system
from prosecution.models import AreaNotice, AreaTransfer, Referral
from prosecution.services import direct, referral_triage, referrals
from prosecution.services.decisions import prepare_decision
from prosecution.services.publishing import publish_decision
from prosecution.services.submissions import Reason
from prosecution.services.transfers import offer_to_area
from tests.factories import AVON, DIRECT, SOUTH_EAST, SOUTH_WEST, World, make_user
from tests.integration.cases.asking import refused
from tests.integration.cases.making import plan_tellings, sees, suspect_of, timeline
from tests.integration.prosecution import making
from tests.integration.prosecution.deciding import CHARGE
from tests.integration.prosecution.making import do, fresh
from tests.integration.prosecution.test_referrals import act, again, bail_events, bailed, positions, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nfa_at_once")]
SignIn = Callable[[User], Client]


def red(world: World, *, to: str = "area") -> tuple[m.Case, Referral]:
    case = making.police_case(world)
    return case, making.sent_referral(world, case, review_type="red", to=to)


def notices() -> list[tuple[str, bool]]:
    with scope(system(AVON)):
        rows = AreaNotice.objects.filter(area_id=SOUTH_WEST).order_by("since")
        return [(row.crime_reference, row.until is None) for row in rows]


def test_passed_on_the_area_sees_it_no_longer_and_direct_does(world: World) -> None:
    case = making.brought_case(world)
    row = making.sent_referral(world, case, review_type="red")
    assert (sees(world.cps_manager, case), sees(world.cps_direct, case)) == (True, False)
    act(world.cps_manager, direct.pass_to_direct, case, row, reason="It is night")
    assert (sees(world.cps_manager, case), sees(world.prosecutor, case), sees(world.cps_direct, case)) == (False, False, True)
    assert sees(world.investigator, case)
    assert notices() == [(case.crime_reference, True)]
    assert told(world.cps_direct, "referral_sent") == 1
    with scope(system(AVON)):
        assert not m.CasePerson.objects.filter(case=case, role=m.CaseRole.PROSECUTOR, until__isnull=True).exists()
        assert not m.TimelineEvent.objects.filter(case=case).exclude(cps_area_scope=DIRECT).exists()
    assert positions(case) == [(1, "with_cps")]


def test_given_back_the_area_sees_it_again(world: World) -> None:
    case, row = red(world)
    act(world.cps_manager, direct.pass_to_direct, case, row, reason="It is night")
    act(world.cps_direct, referral_triage.accept_referral, case, row, prosecutor_id=world.cps_direct.pk)
    act(world.cps_direct, direct.return_to_area, case, row, reason="It is morning")
    assert (sees(world.cps_manager, case), sees(world.cps_direct, case)) == (True, False)
    assert notices() == [(case.crime_reference, False)]
    assert told(world.cps_manager, "referral_from_direct") == 1
    assert (fresh(case).cps_area_scope, again(row).direct_since) == (SOUTH_WEST, None)
    act(world.cps_manager, referral_triage.reallocate_referral, case, row, prosecutor_id=world.prosecutor.pk, reason="From CPS Direct")
    assert again(row).prosecutor_id == world.prosecutor.pk


def test_sent_straight_to_direct_the_area_never_sees_it(world: World) -> None:
    case, row = red(world, to="direct")
    assert fresh(case).cps_area_scope == DIRECT
    assert (sees(world.cps_manager, case), sees(world.cps_direct, case)) == (False, True)
    assert notices() == [(case.crime_reference, True)]
    assert again(row).home_area_id == SOUTH_WEST
    assert (told(world.cps_direct, "referral_sent"), told(world.cps_manager, "referral_sent")) == (1, 0)
    act(world.cps_direct, direct.return_to_area, case, row, reason="The Area has time")
    assert sees(world.cps_manager, case)


def test_returned_by_direct_and_sent_there_again(world: World) -> None:
    case, row = red(world, to="direct")
    given = {"reasons": [Reason("insufficient", "No interview")], "respond_by": clock.today() + timedelta(days=1)}
    act(world.cps_direct, referral_triage.reject_red, case, row, **given)
    act(world.investigator, referrals.ready_referral, case, row)
    act(world.supervisor, referrals.send_referral, case, row, supervisor_comments="Now with the interview", to="direct")
    assert (again(row).state, fresh(case).cps_area_scope) == ("sent", DIRECT)
    assert notices() == [(case.crime_reference, True)], "one notice stands, not two"


def test_withdrawn_from_direct_nobody_of_the_cps_sees_it(world: World) -> None:
    case = making.police_case(world)
    bailed(world, case)
    row = making.sent_referral(world, case, review_type="red", to="direct")
    act(world.investigator, referrals.withdraw_referral, case, row, reason="Released")
    assert not fresh(case).brought
    assert notices() == [(case.crime_reference, False)]
    assert bail_events(case) == ["suspended", "running_again"]


def test_withdrawn_from_direct_while_the_area_was_asked_it_goes_home(world: World) -> None:
    case = making.police_case(world, suspects=2)
    making.sent_referral(world, case, numbers=(1,))
    row = making.sent_referral(world, case, numbers=(2,), review_type="red", to="direct")
    assert not sees(world.cps_manager, case)
    act(world.investigator, referrals.withdraw_referral, case, row, reason="Released")
    assert fresh(case).cps_area_scope == SOUTH_WEST
    assert positions(case) == [(1, "with_cps")]


def test_what_does_not_go_to_direct(world: World) -> None:
    case = making.police_case(world)
    row = making.sent_referral(world, case)
    with refused("Only a red referral"):
        act(world.cps_manager, direct.pass_to_direct, case, row, reason="x")
    with refused("not with CPS Direct"):
        act(world.cps_manager, direct.return_to_area, case, row, reason="x")


def test_an_offered_case_does_not_go_to_direct(world: World) -> None:
    case, row = red(world)
    do(world.cps_manager, offer_to_area, case, area_id=SOUTH_EAST, reason="It happened there")
    with refused("offered to another Area"):
        act(world.cps_manager, direct.pass_to_direct, case, row, reason="x")
    assert sees(world.cps_manager, case)


def test_decided_it_goes_home_by_itself(world: World) -> None:
    case = making.police_case(world, suspects=2)
    row = making.sent_referral(world, case, review_type="red", to="direct")
    plan_tellings(case)
    ending = {"code": 15, "on": clock.today(), "reasons": "Evidential difficulties"}
    do(world.investigator, record_outcome, case, suspect_id=suspect_of(case, 1).pk, **ending)
    assert fresh(case).cps_area_scope == DIRECT, "not while one suspect is open"
    do(world.investigator, record_outcome, case, suspect_id=suspect_of(case, 2).pk, **ending)
    now = again(row)
    assert (now.state, now.direct_since, fresh(case).cps_area_scope) == ("decided", None, SOUTH_WEST)
    assert (sees(world.cps_manager, case), sees(world.cps_direct, case)) == (True, False)
    assert notices() == [(case.crime_reference, False)]
    assert told(world.cps_manager, "referral_from_direct") == 1
    assert timeline(case).count("referral_from_direct") == 1


def test_a_charge_that_direct_publishes_takes_the_case_home(world: World) -> None:
    case = making.police_case(world)
    row = making.sent_referral(world, case, review_type="red", to="direct")
    act(world.cps_direct, referral_triage.accept_referral, case, row, prosecutor_id=world.cps_direct.pk)
    plan_tellings(case)
    draft = do(world.cps_direct, prepare_decision, case, suspect_id=suspect_of(case).pk, **CHARGE)
    do(world.cps_direct, publish_decision, case, proposed_decision_id=draft.pk, also_crimes=True)
    assert (again(row).state, fresh(case).stage, fresh(case).cps_area_scope) == ("decided", "charged", SOUTH_WEST)
    assert (sees(world.cps_manager, case), sees(world.cps_direct, case)) == (True, False)


def test_returned_by_direct_and_no_longer_red_it_is_sent_to_the_area(world: World) -> None:
    case, row = red(world, to="direct")
    given = {"reasons": [Reason("custody", "Released")], "respond_by": clock.today() + timedelta(days=1)}
    act(world.cps_direct, referral_triage.reject_red, case, row, **given)
    with scope(system(AVON)):
        Referral.objects.filter(pk=row.pk).update(review_type="28_days")
    act(world.investigator, referrals.ready_referral, case, row)
    act(world.supervisor, referrals.send_referral, case, row, supervisor_comments="Released under investigation")
    assert (fresh(case).cps_area_scope, again(row).direct_since, notices()) == (SOUTH_WEST, None, [(case.crime_reference, False)])
    assert told(world.cps_manager, "referral_sent") == 1


def test_while_one_is_at_direct_another_that_is_not_red_waits(world: World) -> None:
    case = making.police_case(world, suspects=2)
    making.sent_referral(world, case, numbers=(1,), review_type="red", to="direct")
    row = making.ready_referral_of(world, case, numbers=(2,))
    with refused("Another red referral keeps the case with CPS Direct"):
        act(world.supervisor, referrals.send_referral, case, row, supervisor_comments="Read")


def test_a_second_red_one_follows_the_first_and_the_case_goes_home_after_both(world: World) -> None:
    case = making.police_case(world, suspects=2)
    first = making.sent_referral(world, case, numbers=(1,), review_type="red", to="direct")
    second = making.sent_referral(world, case, numbers=(2,), review_type="red", to="direct")
    assert again(second).home_area_id == SOUTH_WEST
    act(world.cps_direct, direct.return_to_area, case, first, reason="The Area has time")
    assert fresh(case).cps_area_scope == DIRECT
    act(world.cps_direct, direct.return_to_area, case, second, reason="This one too")
    assert fresh(case).cps_area_scope == SOUTH_WEST


def test_a_red_one_to_direct_ends_an_offer_to_another_area(world: World) -> None:
    case = making.brought_case(world)
    offered = do(world.cps_manager, offer_to_area, case, area_id=SOUTH_EAST, reason="It happened there")
    making.sent_referral(world, case, review_type="red", to="direct")
    with scope(system(AVON)):
        assert AreaTransfer.objects.get(pk=offered.pk).state == "withdrawn"


def test_the_area_sees_reference_and_since_when_alone(world: World, sign_in: SignIn) -> None:
    case, row = red(world, to="direct")
    listed = sign_in(world.cps_manager).get("/prosecution/with-direct/").content.decode()
    assert case.crime_reference in listed
    assert "Smith" not in listed
    assert sign_in(world.cps_manager).get(f"/prosecution/referrals/{row.pk}/").status_code == 404
    assert sign_in(world.cps_direct).get(f"/prosecution/referrals/{row.pk}/").status_code == 200
    assert sign_in(world.other_area).get("/prosecution/with-direct/").status_code == 404
    other = sign_in(make_user(SOUTH_EAST, Role.CPS_MANAGER)).get("/prosecution/with-direct/").content.decode()
    assert case.crime_reference not in other


def test_others_learn_nothing_by_the_act(world: World) -> None:
    case, row = red(world, to="direct")
    for person in (world.cps_manager, world.other_area):
        with pytest.raises(Http404):
            act(person, direct.return_to_area, case, row, reason="x")
