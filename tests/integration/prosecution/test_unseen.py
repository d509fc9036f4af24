"""What one side keeps to itself until it sends it: no page, no line, no number, no gap and no row of the log tells the other."""

from collections.abc import Callable

import pytest
from django.http import Http404
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from audit.models import AccessLog
from cases import models as m
from cases.looking import changed_among
from cases.pages.timeline import timeline_page
from cases.services.looking import look
from cases.services.notes import add_note as add_shared_note
from cases.services.outcomes import record_outcome
from cases.timeline import OF_THE_POLICE_ALONE
from core import clock
from core.exceptions import Conflict
from core.scope import scope, system
from prosecution.models import ActionItem, ActionPlan, EarlyAdvice, FileItemCode, ItemEvent, Referral
from prosecution.services import advice, advice_sending, item_answers, items, plans, referral_file, referrals
from prosecution.services.advice_triage import accept_advice
from prosecution.services.decision_checks import propose_decision
from prosecution.services.referral_file import Ticked
from prosecution.services.referral_triage import accept_referral, return_referral
from prosecution.services.submissions import Reason
from tests.factories import AVON, World, acting_as, make_user
from tests.integration.cases.asking import refused
from tests.integration.cases.making import plan_tellings
from tests.integration.prosecution import advising, deciding, making
from tests.integration.prosecution.answering import on
from tests.integration.prosecution.making import do, fresh, item, item_of, suspect_of

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def of_police(world: World, case: m.Case) -> tuple[int, int, int]:
    """Return how many plans, items and happenings the police find in the database, with nothing but their own scope."""
    with acting_as(world.supervisor):
        found = [model.objects.filter(case=case).count() for model in (ActionPlan, ActionItem, ItemEvent)]
    return found[0], found[1], found[2]


def test_the_police_find_no_row_of_a_plan_before_it_is_sent(world: World) -> None:
    case = making.police_case(world)
    plan = making.drafted_plan(world, case, item(), item(action="Download the phone"), item(action="Ask the bus company"))
    do(world.prosecutor, items.take_out_item, case, action_item_id=item_of(plan, 2).pk)
    assert of_police(world, case) == (0, 0, 0)
    do(world.prosecutor, plans.send_plan, case, action_plan_id=plan.pk)
    assert of_police(world, case) == (1, 2, 2), "nothing of what was taken out, nor of how the draft came about"


def test_numbers_leave_no_gap_where_a_draft_was(world: World) -> None:
    case = making.police_case(world)
    referral = making.accepted_referral(world, case)
    first = making.drafted_plan(world, case, referral=referral)
    do(world.prosecutor, plans.discard_plan, case, action_plan_id=first.pk)
    second = making.drafted_plan(world, case, item(), item(action="Download the phone"), item(action="Ask the bus"), referral=referral)
    do(world.prosecutor, items.take_out_item, case, action_item_id=item_of(second, 1).pk)
    sent = do(world.prosecutor, plans.send_plan, case, action_plan_id=second.pk)
    assert sent.number == 1
    with acting_as(world.investigator):
        assert list(ActionItem.objects.filter(plan=sent).order_by("number").values_list("number", "action")) == [
            (1, "Download the phone"),
            (2, "Ask the bus"),
        ]
    done = {"what": "W", "reference": "R", "rest": "The rest"}
    assert do(world.investigator, item_answers.item_part_done, case, action_item_id=item_of(sent).pk, **done).number == 3


def test_a_draft_that_the_last_outcome_ended_was_never_the_polices(world: World, sign_in: SignIn) -> None:
    case = making.police_case(world)
    plan = making.drafted_plan(world, case)
    plan_tellings(case)
    died = {"suspect_id": suspect_of(case).pk, "code": 5, "on": clock.today(), "reasons": "Certificate seen"}
    do(world.supervisor, record_outcome, case, **died)
    with scope(system(AVON)):
        assert ActionPlan.objects.get(pk=plan.pk).state == "ended"
    assert sign_in(world.investigator).get(f"/prosecution/plans/{plan.pk}/").status_code == 404
    assert "Action plan" not in sign_in(world.investigator).get(f"/cases/{case.pk}/").content.decode()
    assert sign_in(world.prosecutor).get(f"/prosecution/plans/{plan.pk}/").status_code == 200


def test_a_look_at_a_plan_that_was_not_sent_is_no_row_of_the_forces_log(world: World, sign_in: SignIn) -> None:
    case = making.police_case(world)
    plan = making.drafted_plan(world, case)
    browser = sign_in(world.prosecutor)
    assert rows_of_the_force(world, browser, plan) == 0
    do(world.prosecutor, plans.send_plan, case, action_plan_id=plan.pk)
    assert rows_of_the_force(world, browser, plan) == 1


def rows_of_the_force(world: World, browser: Client, plan: ActionPlan) -> int:
    """Open the page of a plan once; return how many looks at one the force's auditor reads, the Area's having one more."""
    before = of_agency(AVON, plan), of_agency(world.prosecutor.agency_id, plan)
    assert browser.get(f"/prosecution/plans/{plan.pk}/").status_code == 200
    after = of_agency(AVON, plan), of_agency(world.prosecutor.agency_id, plan)
    assert after[1] - before[1] == 1
    return after[0] - before[0]


def of_agency(agency_id: int, plan: ActionPlan) -> int:
    auditor = make_user(agency_id, Role.AUDITOR)
    with acting_as(auditor):
        return AccessLog.objects.of_agency(agency_id).filter(what="action plan", case_ids__contains=[plan.case_id]).count()


def test_one_item_is_drafted_once_however_often_it_is_sent(world: World) -> None:
    case = making.police_case(world)
    plan = making.drafted_plan(world, case)
    with refused("in the draft already"):
        do(world.prosecutor, items.add_item, case, action_plan_id=plan.pk, item=item())
    do(world.prosecutor, items.add_item, case, action_plan_id=plan.pk, item=item(agreed_on=on(21)))


DRAFTING = {
    "advice_drafted", "advice_changed", "advice_ready", "advice_sent_back", "advice_draft_withdrawn", "referral_drafted",
    "referral_changed", "referral_file_drafted", "referral_ready", "referral_sent_back", "referral_draft_withdrawn",
}  # fmt: skip


def drafted_everything(world: World, case: m.Case) -> tuple[EarlyAdvice, Referral]:
    """Let the police do everything that may be done to a request and a referral before either is sent."""
    request = making.drafted_advice(world, case)
    key = {"early_advice_id": request.pk}
    asked = advice.Asked(suspect_ids=[suspect_of(case).pk], texts=making.ADVICE_TEXTS, questions=["Is there enough?"])
    do(world.investigator, advice.change_advice, case, **key, asked=asked)
    do(world.investigator, advice.ready_advice, case, **key)
    do(world.sergeant, advice_sending.return_advice_draft, case, **key, reason="Say more")
    do(world.investigator, advice_sending.withdraw_advice, case, **key, reason="Not needed")
    referral = making.drafted_referral(world, case, summary="")
    of = {"charging_referral_id": referral.pk}
    with acting_as(world.investigator):
        crimes = making.case_crimes(case)
    texts = {**making.FILE_TEXTS, "file_sent_on": clock.today(), "review_type": "28_days"}
    do(world.investigator, referrals.change_referral, case, **of, suspects=[suspect_of(case).pk], crimes=crimes, **texts)
    ticked = [Ticked(code, "sent") for code in FileItemCode.values]
    do(world.investigator, referral_file.set_file_items, case, **of, items=ticked)
    do(world.investigator, referrals.ready_referral, case, **of)
    do(world.supervisor, referrals.return_referral_draft, case, **of, reason="Say more")
    do(world.investigator, referrals.withdraw_referral, case, **of, reason="Held back")
    return request, referral


def test_what_the_police_draft_is_on_no_timeline_of_the_cps_and_no_conflict_for_it(world: World, sign_in: SignIn) -> None:
    case = making.brought_case(world)
    with acting_as(world.prosecutor):
        look(actor=world.prosecutor, case=fresh(case))
    version = fresh(case).version
    request, referral = drafted_everything(world, case)
    with acting_as(world.investigator):
        assert {row.kind for row in m.TimelineEvent.objects.filter(case=case)} >= DRAFTING == set(OF_THE_POLICE_ALONE)
    with acting_as(world.prosecutor):
        seen = m.TimelineEvent.objects.filter(case=case)
        assert not seen.filter(kind__in=DRAFTING).exists()
        assert not any("draft" in one.words or "ready" in one.words for one in timeline_page(case, world.prosecutor).rows)
        assert changed_among(world.prosecutor, [case.pk]) == frozenset()
        assert not EarlyAdvice.objects.filter(pk=request.pk).exists()
        assert not Referral.objects.filter(pk=referral.pk).exists()
    html = sign_in(world.prosecutor).get(f"/cases/{case.pk}/").content.decode()
    assert not [words for words in ("Request 1", "Referral 1", "drafted", "for early advice", "Not needed", "Held back") if words in html]
    added = do(world.prosecutor, add_shared_note, case, text="Seen", version=version)
    assert added.text == "Seen", "nothing that the prosecutor may know of came between"


def test_what_is_sent_meanwhile_is_a_conflict_as_before(world: World) -> None:
    case = making.brought_case(world)
    version = fresh(case).version
    making.drafted_advice(world, case)
    with pytest.raises(Conflict):
        do(world.investigator, add_shared_note, case, text="Police", version=version)
    do(world.sergeant, add_shared_note, case, text="Read", version=fresh(case).version)
    with pytest.raises(Conflict, match=world.sergeant.name):
        do(world.prosecutor, add_shared_note, case, text="CPS", version=version)


def test_the_cps_does_nothing_to_what_was_never_sent(world: World) -> None:
    case = making.brought_case(world)
    request, referral = making.drafted_advice(world, case), making.drafted_referral(world, case)
    with pytest.raises(Http404):
        do(world.cps_manager, accept_advice, case, early_advice_id=request.pk, prosecutor_id=world.prosecutor.pk)
    with pytest.raises(Http404):
        do(world.cps_manager, accept_referral, case, charging_referral_id=referral.pk, prosecutor_id=world.prosecutor.pk)


def test_what_time_changed_bears_no_name_of_who_prepares_a_decision(world: World) -> None:
    """A proposal derives the clocks again. A status that was due to change meanwhile must not say who was at work just then."""
    case = deciding.with_cps(world)
    row = deciding.prepared(world, case, **deciding.NFA)
    with scope(system(AVON)):
        m.Suspect.objects.filter(case=case).update(status="on_bail")
    deciding.act(world.prosecutor, propose_decision, case, row)
    with acting_as(world.investigator):
        change = m.StatusChange.objects.filter(case=case).latest("sequence")
        assert (change.to_state, change.actor_name, change.reason) == ("with_cps", "System", "time passed")


def test_how_far_the_police_are_with_what_came_back_is_their_own(world: World, sign_in: SignIn) -> None:
    case = making.police_case(world)
    row = making.sent_referral(world, case)
    reasons, day = [Reason("mg3")], on(3)
    do(world.cps_manager, return_referral, case, charging_referral_id=row.pk, reasons=reasons, respond_by=day)
    with acting_as(world.investigator):
        crimes = making.case_crimes(case)
    of, texts = {"charging_referral_id": row.pk}, {**making.FILE_TEXTS, "file_sent_on": clock.today(), "review_type": "28_days"}
    do(world.investigator, referrals.change_referral, case, **of, suspects=[suspect_of(case).pk], crimes=crimes, **texts | {"summary": ""})
    shown = sign_in(world.cps_manager).get(f"/prosecution/referrals/{row.pk}/").content.decode()
    assert 'id="missing"' not in shown
    do(world.investigator, referrals.change_referral, case, **of, suspects=[suspect_of(case).pk], crimes=crimes, **texts)
    do(world.investigator, referrals.ready_referral, case, **of)
    browser = sign_in(world.cps_manager)
    for address in (f"/prosecution/referrals/{row.pk}/", f"/cases/{case.pk}/"):
        html = browser.get(address).content.decode()
        assert "Returned to the police" in html
        assert "Ready for the supervisor" not in html
    assert "Ready for the supervisor" in sign_in(world.investigator).get(f"/prosecution/referrals/{row.pk}/").content.decode()


def test_how_far_the_police_are_with_a_request_that_came_back_is_their_own(world: World, sign_in: SignIn) -> None:
    case = making.police_case(world)
    row = making.asked(world, case)
    advising.give_back(world, case, row)
    advising.ready(world, case, row)
    browser = sign_in(world.cps_manager)
    for address in (f"/prosecution/advice/{row.pk}/", f"/cases/{case.pk}/"):
        html = browser.get(address).content.decode()
        assert "Returned to the police" in html
        assert "Ready for the sergeant" not in html
