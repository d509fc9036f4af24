"""From report to no further action in the browser: returned and sent again, an item challenged, a second check, the telling planned."""

from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.passing import Passage
from tests.browser.test_passage_charge import log_the_case, tick_file

REASONS = "We looked at everything there is. It does not reach what a court would need. This does not mean that you were not believed."


def refer(on: Passage) -> None:
    """No early advice, and why; a referral drafted, ready and sent."""
    on.act("Say why early advice is not sought")
    on.choose(reason="too_early")
    on.fill(text="The first account is booked for Thursday.")
    on.picture("advice-not-sought")
    on.save("Recorded")
    on.act("Draft a referral")
    on.fill(reference="F82/26", summary="The account is consistent.", victim_views="Wants a decision soon.", victim_needs="Screens.")
    on.day("file_sent_on", 0)
    on.save("Draft kept")
    on.act("Tick what was sent")
    tick_file(on)
    on.save()
    on.act("Mark as ready")
    on.save("Ready")
    on.work_as("supervisor").open_part("Referral 1")
    on.act("Send to the CPS")
    on.fill(supervisor_comments="Read and agreed.")
    on.save("Sent")


def return_and_send_again(on: Passage) -> None:
    """Triage returns it with a coded reason and a day; the officer puts it right; it is sent once more and accepted."""
    on.work_as("cps-manager").open_part("Referral 1")
    on.act("Return with reasons")
    on.tick("reasons", "mg11")
    on.save()
    on.refused("day")
    on.fill(mg11_detail="The friend’s statement is named in the list and was not received.")
    on.day("respond_by", 6)
    on.picture("referral-return")
    on.save("Returned")
    on.work_as("investigator").open_part("Referral 1")
    on.says("No or missing MG11s", "not received")
    on.picture("referral-returned")
    on.act("Fill in or change")
    on.fill(summary="The account is consistent. The friend’s statement is sent now.")
    on.save()
    on.act("Mark as ready")
    on.save("Ready")
    on.work_as("supervisor").open_part("Referral 1")
    on.act("Send to the CPS")
    on.fill(supervisor_comments="The statement that was missing is sent.")
    on.save("Sent")
    on.work_as("cps-manager").open_part("Referral 1")
    on.act("Accept and assign")
    on.pick("prosecutor_id", "Rufina Ashdowner")
    on.save("Accepted")
    on.says("Times returned")


def item(on: Passage, action: str, looks_at_victim: str) -> None:
    """Type an item of the plan."""
    on.fill(
        action=action, justification="It bears on consent.", reasonable_because="Nobody asked yet.", proportionate_because="It takes a day."
    )
    on.choose(weight="desirable", looks_at_victim=looks_at_victim)
    if looks_at_victim == "yes":
        on.fill(effect_on_victim="She would give up her telephone for a day.")
    on.day("agreed_on", 10)


def plan(on: Passage) -> None:
    """Two items: one looks at the victim and is challenged, and the CPS agrees; the other is done and taken."""
    on.work_as("prosecutor").open_part("Referral 1")
    on.act("Draft an action plan")
    item(on, "Cameras of the street, 10pm to midnight", "no")
    on.save("Kept as a draft")
    on.act("Add an item")
    item(on, "Messages on the victim’s telephone, one evening", "yes")
    on.picture("plan-item-victim")
    on.save("Item added")
    on.act("Send to the police")
    on.save("Sent")
    on.work_as("investigator").open_part("Action plan 1")
    on.follow(on.page.locator("#item-2").get_by_role("link", name="Challenge"))
    on.fill(because="The same messages are on the suspect’s telephone, which we have.")
    on.picture("plan-item-challenge")
    on.save("Challenged")
    on.follow(on.page.locator("#item-1").get_by_role("link", name="Done", exact=False).first)
    on.fill(what="Obtained and summarised.", reference="Exhibit AB/2")
    on.save("Recorded")
    on.picture("plan-challenged")
    on.work_as("prosecutor").open_part("Action plan 1")
    on.follow(on.page.locator("#item-2").get_by_role("link", name="Agree to the challenge"))
    on.save("Agreed")
    on.follow(on.page.locator("#item-1").get_by_role("link", name="Accept as done"))
    on.save("Accepted as done")


def beside(on: Passage) -> None:
    """What no further action says beside its reasons."""
    on.fill(enquiries_not_done="None is left that could change this.", alternatives_note="No conviction, and no pattern.")
    on.page.locator("[name=alternatives][value=none_fits]").check()
    on.tick("others_considered")


def meet(on: Passage) -> None:
    """Before it decides not to charge, the CPS offers the investigator a meeting; this one wants none."""
    on.open_case()
    on.act("Offer a meeting before no further action")
    on.picture("nfa-meeting-offer")
    on.save("Offered")
    on.work_as("investigator").open_case()
    on.act("Say what came of it")
    on.choose(answer="declined")
    on.fill(note="We spoke about it when the item was challenged.")
    on.picture("nfa-meeting-answer")
    on.save("Recorded")
    on.work_as("prosecutor")


def decide(on: Passage) -> None:
    """A meeting was offered; proposed, confirmed by another prosecutor, planned with the victim in mind, published."""
    meet(on)
    on.open_case()
    on.act("Prepare a decision")
    on.choose(test="full_code", decision="nfa_evidential", undermining="no")
    on.save("Draft kept")
    on.says("Still missing")
    on.picture("decision-missing")
    on.act("Fill in or change")
    on.fill(reasons_for_victim=REASONS, views_considered="She was asked, and wanted a decision soon.")
    beside(on)
    on.save()
    on.act("Propose for a second check")
    on.save("Proposed")
    on.picture("decision-proposed")
    on.work_as("prosecutor2").open_part("Decision on suspect 1")
    on.act("Confirm or send back")
    on.choose(confirm="yes")
    on.picture("decision-check")
    on.save("Answer recorded")
    on.work_as("prosecutor").open_part("Decision on suspect 1")
    on.follow(on.page.get_by_role("link", name="plan how Victim A is told").first)
    on.page.get_by_label("Suspect 1: no further action").check()
    on.choose(how="in_person", isva_warned="no")
    on.moment("planned_at", 0, "11:30am")
    on.tick("her_choice")
    on.fill(companion="Her sister", letter_route="By hand")
    on.save("Plan saved")
    on.page.locator("[name=code]").select_option("15")
    on.tick("also_crimes")
    on.picture("decision-publish")
    on.save("Published")
    on.picture("decision-published-nfa")


def test_a_case_goes_from_report_to_no_further_action(visitor: Visitor) -> None:
    on = Passage(visitor, "52/NFA/1").work_as("investigator")
    log_the_case(on, "Underbrookhurst")
    refer(on)
    return_and_send_again(on)
    plan(on)
    decide(on)
    on.work_as("investigator").open_case()
    on.says("No further action", "tell")
    expect(on.page.locator("main")).to_contain_text("Victim A")
    on.picture("case-no-further-action")
