"""The ten acts of a legal manager in a normal week (people.md), each in at most three clicks or one form from "Triage" or "Late"."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.queueing import LATE, TRIAGE, Desk


@pytest.fixture
def desk(visitor: Visitor) -> Desk:
    """A desk, and nobody at it yet."""
    return Desk(visitor, "52/DEMO/60")


def test_triage_by_age_with_custody_on_top(desk: Desk) -> None:
    """Act 1."""
    desk.begin("cps-manager", TRIAGE)
    desk.sees(desk.page.locator(".rasso-row").first, "52/DEMO/64", "Custody or red", "in custody, until")
    desk.visitor.check()


def test_accept_and_assign_with_load_leave_and_specialism_in_sight(desk: Desk) -> None:
    """Act 2."""
    desk.begin("cps-manager", TRIAGE)
    desk.open_act("52/DEMO/60", "Accept and assign")
    expect(desk.page.locator("select[name=prosecutor_id]")).to_contain_text("away until")
    desk.pick("prosecutor_id", "Gethin Millbourne-Ray")
    desk.done("Accepted")


def test_return_with_coded_reasons_and_a_date(desk: Desk) -> None:
    """Act 3."""
    desk.begin("cps-manager", TRIAGE)
    desk.open_act("52/DEMO/53", "Return with reasons")
    desk.tick("reasons", "support_needs")
    desk.fill(detail_support_needs="Nothing is said of the interpreter.")
    desk.day("respond_by", 5)
    desk.picture("advice-return")
    desk.done("Returned")


def test_who_is_late_by_prosecutor_and_unit(desk: Desk) -> None:
    """Acts 4 and 10: the load of each prosecutor, and everything of one of them."""
    desk.begin("cps-manager", LATE)
    desk.press(desk.page.locator("section[aria-labelledby=load] a", has_text="Gethin Millbourne-Ray"))
    desk.sees(desk.page.locator("main"), "Everything open of", "52/DEMO/56")


def test_a_second_action_plan_is_allowed(desk: Desk) -> None:
    """Act 5."""
    desk.begin("cps-manager", LATE)
    desk.open_act("52/DEMO/69", "Approve it")
    desk.done("Approved and sent")


def test_a_second_check_is_answered(desk: Desk) -> None:
    """Act 5: a prosecutor proposes no further action; the manager confirms it."""
    desk.reference = "52/DEMO/69"
    desk.work_as("prosecutor").open_case()
    desk.act("Prepare a decision")
    desk.choose(test="full_code", decision="nfa_evidential", undermining="no")
    desk.fill(reasons_for_victim="What there is does not reach what a court would need.", views_considered="She was asked.")
    desk.fill(enquiries_not_done="None is left.", alternatives_note="No conviction, and no pattern.")
    desk.page.locator("[name=alternatives][value=none_fits]").check()
    desk.tick("others_considered")
    desk.save("Draft kept")
    desk.act("Propose for a second check")
    desk.save("Proposed")
    desk.begin("cps-manager", LATE)
    desk.open_act("52/DEMO/69", "Confirm or send back")
    desk.choose(confirm="yes")
    desk.done("Answer recorded")


def test_an_inspectors_challenge_is_answered(desk: Desk) -> None:
    """Act 6."""
    desk.begin("cps-manager", TRIAGE)
    desk.open_act("52/DEMO/57", "Answer the challenge")
    desk.choose(accept="no")
    desk.fill(note="The second question is for the police; come back when the download is there.")
    desk.done("Answered")


def test_a_plan_past_its_days_is_kept_open(desk: Desk) -> None:
    """Act 7: the inspector is rung, and the plan stays open with the reason."""
    desk.begin("cps-manager", LATE)
    desk.open_act("52/DEMO/65", "Keep it open")
    desk.fill(because="Rung the inspector: the cameras come on Thursday.")
    desk.done("Reason recorded")


def test_a_plan_past_90_days_is_finalised(desk: Desk) -> None:
    """Act 7."""
    desk.begin("cps-manager", LATE)
    desk.open_act("52/DEMO/67", "Finalise administratively")
    desk.fill(because="Nobody answered the plan for ten weeks.", bail_reviewed="Nobody is on bail.")
    desk.pick("police_owner_id", "DC Tobin Larkfield")
    desk.picture("finalise")
    desk.done("Finalised administratively")


def test_work_is_given_to_another_prosecutor_for_leave(desk: Desk) -> None:
    """Act 8."""
    desk.begin("cps-manager", LATE)
    desk.open_act("52/DEMO/56", "Give to another prosecutor")
    desk.pick("prosecutor_id", "Rufina Ashdowner")
    desk.done("Given")


def test_cases_offered_between_areas(desk: Desk) -> None:
    """Act 8: from the foot of the desk to the offers, in one click."""
    desk.begin("cps-manager", TRIAGE)
    desk.press(desk.page.get_by_role("link", name="Cases between Areas"))
    desk.sees(desk.page.locator("main"), "Waiting for your Area’s answer")


def test_a_case_is_offered_to_another_area_from_its_row(desk: Desk) -> None:
    """Act 8: one short form from the row; the case stays with this Area until the other one accepts."""
    desk.begin("cps-manager", TRIAGE)
    desk.open_act("52/DEMO/54", "Offer to another CPS Area")
    desk.page.locator("[name=area_id]").select_option(index=1)
    desk.fill(reason="The suspect lives and is investigated there.")
    desk.done("Offered")


def test_how_each_victim_hears_of_a_decision(desk: Desk) -> None:
    """Act 9: from the row to the case, and to what is prepared; who is shown the victim plans it (the prosecutor, test_prosecutor_acts)."""
    desk.begin("cps-manager", LATE)
    desk.press(desk.row("52/DEMO/70").locator("h3 a"))
    desk.press(desk.page.locator("main a", has_text="in preparation").first)
    desk.sees(desk.page.locator("main"), "How each victim hears of it")
    desk.visitor.check()


def test_figures_for_the_joint_meeting(desk: Desk) -> None:
    """Act 10: turns, by force and month."""
    desk.begin("cps-manager", LATE)
    desk.press(desk.page.get_by_role("link", name="Reports", exact=True))
    desk.press(desk.page.locator("main").get_by_role("link", name="Turns").first)
    desk.sees(desk.page.locator("main"), "With the police", "With the CPS")


def test_returns_and_why_for_the_joint_meeting(desk: Desk) -> None:
    """Act 10: what was returned, for which reasons, and ages."""
    desk.begin("cps-manager", LATE)
    desk.press(desk.page.get_by_role("link", name="Reports", exact=True))
    desk.press(desk.page.locator("main").get_by_role("link", name="Returns and why"))
    desk.sees(desk.page.locator("main"), "Returned", "Counts against the CPS", "Age since first sent")
    desk.visitor.check()
