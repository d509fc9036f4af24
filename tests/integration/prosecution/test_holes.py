"""Ways round a rule that were open once: past a second check, past an exclusion, and what would have waited or counted for ever."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import Http404
from django.test import Client

from accounts.models import User
from accounts.roles import Grade, Role
from audit import context as audit_context
from audit.models import AccessLog
from cases import models as m
from cases.services.access import exclude
from cases.services.errors import mark_recorded_in_error, merge_into
from cases.services.offers import offer_to_force
from cases.services.outcomes import record_outcome
from cases.services.sharing import unshare
from core import clock
from core.scope import scope, system
from prosecution.models import ActionItem, AreaNotice, IncomingTransfer
from prosecution.models import ProposedState as D
from prosecution.services import item_replies, settling_plans, transfers
from prosecution.services.advice_sending import withdraw_advice
from prosecution.services.direct_decisions import enter_direct_decision
from tests.factories import AVON, KENT, SOUTH_EAST, World, acting_as, ago, make_user
from tests.integration.cases.asking import refused
from tests.integration.cases.making import plan_tellings
from tests.integration.prosecution import deciding, making
from tests.integration.prosecution.answering import act, told
from tests.integration.prosecution.making import do, fresh, suspect_of

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
AFTERWARDS = {"decided_by": "Petra Nightingdale", "test": "full_code"}
NFA = {"decision": "nfa_evidential", "code": 15, "reasons": "Not enough evidence"}


@pytest.mark.parametrize("state", [D.DRAFT, D.WAITS, D.CONFIRMED, D.SENT_BACK])
def test_an_outcome_of_the_police_ends_what_was_being_prepared_and_its_second_check(world: World, state: D) -> None:
    case = deciding.with_cps(world)
    row = deciding.in_state(world, case, state)
    died = {"suspect_id": suspect_of(case).pk, "code": 5, "on": clock.today(), "reasons": "Certificate seen"}
    do(world.supervisor, record_outcome, case, **died)
    assert deciding.again(row).state == D.OVERTAKEN
    assert told(world.prosecutor).count("decision_overtaken") == 1
    with scope(system(AVON)):
        checks = m.Deadline.objects.filter(case=case, kind="second_check", met_at__isnull=True, ended_at__isnull=True)
        assert not checks.exists()


@pytest.mark.parametrize("who", ["investigator", "prosecutor", "cps_manager"])
def test_no_second_check_is_passed_by_under_the_name_of_cps_direct(world: World, who: str) -> None:
    case = making.brought_case(world)
    making.accepted_referral(world, case)
    plan_tellings(case)
    given = {"suspect_id": suspect_of(case).pk, "decided_at": ago(minutes=5), **AFTERWARDS}
    with refused("a second prosecutor looks at this decision", "decision"):
        do(getattr(world, who), enter_direct_decision, case, **given, **NFA)
    do(getattr(world, who), enter_direct_decision, case, **given, decision="charge", charges=["19C"])


def test_what_is_red_is_entered_as_cps_direct_decided_it(world: World) -> None:
    case = making.brought_case(world)
    making.sent_referral(world, case, review_type="red")
    plan_tellings(case)
    given = {"suspect_id": suspect_of(case).pk, "decided_at": ago(minutes=0), **AFTERWARDS}
    assert do(world.cps_manager, enter_direct_decision, case, **given, **NFA).by_direct


def test_a_sweep_that_comes_too_late_leaves_the_case_as_it_was(world: World) -> None:
    plan = making.plan_set(world, making.brought_case(world), making.item(), making.item(action="Download the phone"))
    with scope(system(AVON)):
        ActionItem.objects.filter(plan=plan, number=1).update(state="done", reported_at=ago(days=1))
    act(world.prosecutor, item_replies.take_item, plan)
    version = fresh(plan.case).version
    with audit_context.acting_as_system(reason="items of action plans"):
        assert settling_plans._sweep_one(AVON, plan.case_id, plan.pk) is False
    assert fresh(plan.case).version == version


def there() -> User:
    return make_user(SOUTH_EAST, Role.CPS_MANAGER, grade=Grade.DISTRICT_CROWN_PROSECUTOR)


def offered_back(world: World, barred: User) -> IncomingTransfer:
    """Return an offer to South East of a case that was South East's once, when `barred` was excluded from it."""
    case = making.brought_case(world)
    with scope(system(AVON)):
        m.Case.objects.filter(pk=case.pk).update(cps_area_scope=SOUTH_EAST)
    do(world.supervisor, exclude, case, user_id=barred.pk, reason="Knows the victim")
    with scope(system(AVON)):
        m.Case.objects.filter(pk=case.pk).update(cps_area_scope=world.prosecutor.agency_id)
    row = do(world.cps_manager, transfers.offer_to_area, fresh(case), area_id=SOUTH_EAST, reason="It happened there")
    with scope(system(AVON)):
        found: IncomingTransfer = IncomingTransfer.objects.get(pk=row.transfer_key)
    return found


def test_an_offer_of_a_case_is_nothing_to_whom_is_excluded_from_it(world: World, sign_in: SignIn) -> None:
    manager, barred = there(), there()
    row = offered_back(world, barred)
    assert ("area_offered" in told(manager), "area_offered" in told(barred)) == (True, False)
    browser = sign_in(barred)
    assert row.crime_reference not in browser.get("/prosecution/transfers/").content.decode()
    assert browser.get(f"/prosecution/transfers/{row.pk}/").status_code == 404
    with pytest.raises(Http404), acting_as(barred):
        transfers.decline_area_offer(actor=barred, transfer_id=row.pk, reason="Not ours")
    shown = sign_in(manager).get(f"/prosecution/transfers/{row.pk}/").content.decode()
    assert str(manager.pk) in shown
    assert str(barred.pk) not in shown, "nor is she or he offered as its prosecutor"


def test_a_notice_of_what_is_with_cps_direct_is_nothing_to_whom_is_excluded_from_it(world: World, sign_in: SignIn) -> None:
    barred = make_user(world.prosecutor.agency_id, Role.CPS_MANAGER, grade=Grade.DISTRICT_CROWN_PROSECUTOR)
    case = making.brought_case(world)
    do(world.supervisor, exclude, case, user_id=barred.pk, reason="Knows the victim")
    making.sent_referral(world, case, review_type="red", to="direct")
    shown = [sign_in(one).get("/prosecution/with-direct/").content.decode() for one in (world.cps_manager, barred)]
    assert [case.crime_reference in html for html in shown] == [True, False]
    assert "Nothing of your Area is with CPS Direct" in shown[1]
    with acting_as(barred):
        assert not AreaNotice.objects.visible_to(barred).exists()


def test_each_force_whose_case_is_offered_reads_that_the_offer_was_looked_at(world: World, sign_in: SignIn) -> None:
    manager = there()
    case = making.brought_case(world)
    row = do(world.cps_manager, transfers.offer_to_area, case, area_id=SOUTH_EAST, reason="It happened there")
    for person, address in (
        (manager, "/prosecution/transfers/"),
        (manager, f"/prosecution/transfers/{row.transfer_key}/"),
        (world.cps_manager, "/prosecution/transfers/"),
    ):
        before = looks()
        assert sign_in(person).get(address).status_code == 200
        assert looks() == before + 1


def looks() -> int:
    with acting_as(make_user(AVON, Role.AUDITOR)):
        return AccessLog.objects.of_agency(AVON).filter(what="cases between CPS Areas").count()


def test_a_case_recorded_in_error_after_it_was_offered_is_taken_over_by_nobody(world: World) -> None:
    manager, case = there(), making.brought_case(world)
    row = do(world.cps_manager, transfers.offer_to_area, case, area_id=SOUTH_EAST, reason="It happened there")
    with refused("offered to"):
        do(world.supervisor, mark_recorded_in_error, fresh(case), reason="Logged twice")
    with scope(system(AVON)):  # as it may have been before anybody asked
        m.Case.objects.filter(pk=case.pk).update(recorded_in_error_at=clock.now())
    with refused("recorded in error"), acting_as(manager):
        transfers.accept_area_offer(actor=manager, transfer_id=row.transfer_key, prosecutor_id=world.other_area.pk)
    with acting_as(manager):
        transfers.decline_area_offer(actor=manager, transfer_id=row.transfer_key, reason="Recorded in error")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (making.asked, "Request 1 for early advice is “waiting for triage”"),
        (making.accepted_advice, "Request 1 for early advice is “with a prosecutor”"),
    ],
)
def test_a_case_does_not_leave_while_the_cps_is_asked_for_something(world: World, make: Callable[..., Any], words: str) -> None:
    case, other = making.police_case(world), making.police_case(world, reference="52/TEST/2")
    row = make(world, case)
    ways: list[tuple[Callable[..., Any], dict[str, Any]]] = [
        (unshare, {"reason": "Ours after all"}),
        (offer_to_force, {"force_id": KENT, "reason": "It happened there"}),
        (mark_recorded_in_error, {"reason": "Logged twice"}),
        (merge_into, {"into_reference": other.crime_reference, "reason": "The same"}),
    ]
    for service, arguments in ways:
        with refused(words):
            do(world.supervisor, service, fresh(case), **arguments)
    do(world.investigator, withdraw_advice, case, early_advice_id=row.pk, reason="Not needed")
    if fresh(case).brought:
        do(world.supervisor, unshare, fresh(case), reason="Ours after all")
    assert not fresh(case).brought


def test_a_draft_of_the_police_alone_keeps_no_case(world: World) -> None:
    case = making.brought_case(world)
    making.drafted_advice(world, case)
    do(world.supervisor, unshare, fresh(case), reason="Brought by mistake")


def test_an_offer_ends_with_the_request_that_the_case_was_shared_for(world: World) -> None:
    case = making.police_case(world)
    row = making.asked(world, case)
    offered = do(world.cps_manager, transfers.offer_to_area, fresh(case), area_id=SOUTH_EAST, reason="It happened there")
    do(world.investigator, withdraw_advice, fresh(case), early_advice_id=row.pk, reason="Not needed")
    with scope(system(AVON)):
        assert IncomingTransfer.objects.get(pk=offered.transfer_key).state == "withdrawn"
