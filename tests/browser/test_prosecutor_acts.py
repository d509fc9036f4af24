"""The ten acts of a prosecutor in a normal week (people.md), each in at most three clicks or one short form from "My queue"."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.queueing import MINE, Desk


@pytest.fixture
def desk(visitor: Visitor) -> Desk:
    """A desk, and nobody at it yet."""
    return Desk(visitor, "52/DEMO/62")


def test_the_queue_by_date_owed_with_bail_and_custody_beside_it(desk: Desk) -> None:
    """Acts 1 and 7: what is owed, the soonest first, beside the dates of bail and detention."""
    desk.begin("prosecutor", MINE)
    owed = desk.page.locator("section[aria-labelledby=owed] .rasso-row")
    assert owed.count() >= 3
    desk.sees(owed.first, "due", "First submitted")
    desk.visitor.check()


def test_the_case_and_what_changed_since_the_last_look(desk: Desk) -> None:
    """Act 2."""
    desk.begin("prosecutor", MINE)
    desk.press(desk.row("52/DEMO/55").locator("h3 a"))
    desk.sees(desk.page.locator("main"), "What changed since you looked", "Police and CPS")


def test_early_advice_an_answer_to_each_question(desk: Desk) -> None:
    """Act 3."""
    desk.begin("prosecutor", MINE)
    desk.open_act("52/DEMO/55", "Give advice")
    for answer in desk.page.locator("main form textarea[name^=answer_]").all():
        answer.fill("Yes; look at the suspect’s telephone first.")
    desk.choose(result="advised")
    desk.done("Advice given")


def test_an_action_plan_is_begun_and_sent(desk: Desk) -> None:
    """Act 4: one form for its first item; then it stands under "Yours to finish" and is sent with two clicks."""
    desk.begin("prosecutor2", MINE)
    desk.open_act("52/DEMO/63", "Draft an action plan")
    desk.fill(
        action="Statement of the friend who was told that night",
        justification="The first account is supported by it.",
        reasonable_because="It is in reach.",
        proportionate_because="It asks nothing of the victim.",
    )
    desk.choose(weight="essential", looks_at_victim="no")
    desk.day("agreed_on", 14)
    desk.done("Kept as a draft")
    desk.clicks = 0
    desk.open_act("52/DEMO/63", "Send to the police")
    desk.done("Sent")


def test_an_item_said_to_be_done_is_accepted(desk: Desk) -> None:
    """Act 4: the police say that an item is done; the prosecutor accepts it from the queue."""
    desk.reference = "52/DEMO/66"
    desk.work_as("investigator").open_part("Action plan 1")
    desk.act("Done")
    desk.fill(what="Obtained and summarised.", reference="Exhibit AB/7")
    desk.save("Recorded")
    desk.begin("prosecutor", MINE)
    desk.open_act("52/DEMO/66", "Accept as done")
    desk.done("Accepted as done")


def test_a_challenge_is_answered(desk: Desk) -> None:
    """Act 4."""
    desk.begin("prosecutor", MINE)
    desk.open_act("52/DEMO/66", "Insist")
    desk.fill(because="They keep 31 days where a request is made; it was made on the second day.")
    desk.done("Insisted on")


def test_the_referral_its_tick_list_and_what_the_victim_needs(desk: Desk) -> None:
    """Act 5."""
    desk.begin("prosecutor", MINE)
    desk.press(desk.row("52/DEMO/62").locator(".rasso-row__need a"))
    desk.sees(desk.page.locator("main"), "File standard", "What the victim needs", "The victim’s views")


def test_ones_own_work_is_handed_to_a_colleague_and_back(desk: Desk) -> None:
    """Act 10: one short form from the row; a line says where it stands."""
    for who, to in (("prosecutor", "Gethin Millbourne-Ray"), ("prosecutor2", "Rufina Ashdowner")):
        desk.begin(who, MINE)
        desk.open_act("52/DEMO/62", "Hand over")
        desk.pick("prosecutor_id", to)
        desk.fill(note="The cameras are awaited; the decision comes next week.")
        desk.done("Handed over")
        expect(desk.row("52/DEMO/62", "Hand over")).to_have_count(0)


def test_a_decision_on_a_suspect_with_the_plan_for_telling(desk: Desk) -> None:
    """Act 6: prepared in one form, then planned in one, then published in one."""
    desk.begin("prosecutor", MINE)
    desk.open_act("52/DEMO/62", "Prepare a decision")
    desk.choose(test="full_code", decision="charge", undermining="no")
    desk.tick("charges", "19C")
    desk.page.locator("[name=principal_offence]").select_option("19C")
    desk.fill(views_considered="She was asked on the day of the referral.")
    desk.done("Draft kept")
    desk.picture("my-queue")
    desk.clicks = 0
    desk.open_act("52/DEMO/62", "Publish")
    desk.press(desk.page.get_by_role("link", name="plan how Victim A is told"))
    expect(desk.page.get_by_label("Suspect 1: charge")).to_be_checked()
    desk.choose(isva_warned="no")
    desk.moment("planned_at", 0, "11:30am")
    desk.tick("her_choice")
    desk.fill(companion="Her sister", letter_route="By hand")
    desk.save("Plan saved")
    desk.clicks += 1
    desk.few()
    desk.clicks = 0
    desk.done("Published")


def test_the_second_check_of_a_colleagues_decision(desk: Desk) -> None:
    """Act 8."""
    desk.begin("prosecutor2", MINE)
    desk.open_act("52/DEMO/70", "Confirm or send back")
    desk.choose(confirm="no")
    desk.fill(note="Say how the messages of that night were weighed.")
    desk.done("Answer recorded")


def test_a_call_and_what_was_agreed(desk: Desk) -> None:
    """Act 9: from the row to the case, the form, and done."""
    desk.begin("prosecutor", MINE)
    desk.press(desk.row("52/DEMO/69").locator("h3 a"))
    desk.press(desk.page.get_by_role("link", name="Record a meeting or call").first)
    desk.choose(how="call")
    desk.fill(who="The officer in the case and the prosecutor", agreed="The cameras come on Thursday.")
    desk.picture("record-meeting")
    desk.save("Meeting recorded")
    desk.clicks += 1
    desk.few()


def test_a_charge_on_the_threshold_test_is_reviewed(desk: Desk) -> None:
    """Act 10: named prosecutor on the case first, by the manager."""
    desk.reference = "52/DEMO/73"
    desk.work_as("cps-manager").open_case()
    desk.act("Name prosecutor or liaison officer")
    desk.choose(role="prosecutor")
    desk.pick("user_id", "Gethin Millbourne-Ray")
    desk.save()
    desk.begin("prosecutor2", MINE)
    desk.open_act("52/DEMO/73", "Apply the Full Code Test")
    desk.page.locator("main form [name=result]").first.check()
    desk.fill(note="The forensic result supports the account.")
    desk.done("Recorded")


def test_leave_and_who_stands_in(desk: Desk) -> None:
    """Act 10: away and covered, from the foot of the queue."""
    desk.begin("prosecutor", MINE)
    desk.press(desk.page.get_by_role("link", name="Away and cover"))
    desk.sees(desk.page.locator("main"), "Enter your absence", "You cover for")
