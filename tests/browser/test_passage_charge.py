"""From report to charge entirely in the browser: officer, sergeant, inspector, legal manager and prosecutor, one after another."""

from tests.browser.conftest import Visitor
from tests.browser.passing import Passage
from tests.browser.test_journeys import fill_moment, in_days

FILE_ITEMS = (
    "material", "disclosure_schedule", "mg3", "supervisor", "mg11", "exhibits", "interview", "suspect_pre_cons",
    "witness_pre_cons", "third_party", "officer_details",
)  # fmt: skip


def log_the_case(on: Passage, surname: str) -> None:
    """Report, suspect and interview, by the officer."""
    page = on.visitor.open("/cases/new/").page
    on.fill(crime_reference=on.reference)
    on.moment("recorded_at", -30, "09:30")
    on.choose(risk="high", named="yes", works_in_justice="no")
    on.choose(**{"complainant_0-age_group": "adult"})
    page.locator("[name='complainant_0-code']").select_option("19C")
    page.locator("[name='suspect_0-surname']").fill(surname)
    page.locator("[name='suspect_0-forenames']").fill("Ambrose")
    fill_moment(page, "suspect_0-identified_at", *in_days(-28), "10:00")
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name="Log the case").last.click()
    on.says(on.reference, "Identified, not arrested")
    on.act("Record an interview")
    on.moment("at", -25, "11:00")
    on.choose(manner="voluntary")
    on.fill(protection="An alarm at the address; no contact since the report.")
    on.save()
    on.says("Interviewed")


def ask_for_advice(on: Passage) -> None:
    """A draft that lacks parts is kept, says which, and goes to the sergeant when it lacks none."""
    on.act("Ask for early advice")
    on.picture("advice-draft")
    on.fill(summary="", questions="")
    on.save("Draft kept")
    on.says("Missing")
    on.picture("advice-missing")
    assert on.page.get_by_role("link", name="Ready for the sergeant").count() == 0, "not while a part is missing"
    on.act("Fill in or change")
    write_advice(on)
    on.save("Draft kept")
    on.act("Ready for the sergeant")
    on.save("The sergeant is told")


def write_advice(on: Passage) -> None:
    """Fill in every part, and two questions."""
    on.fill(
        summary="Reported the day after. The two had met twice before.",
        enquiries_done="First account, scene, messages of the week before.",
        enquiries_going_on="Cameras of the street: who came and left, within two weeks.",
        enquiries_contemplated="None.",
        issues="Consent.",
        explanation="Says that it was agreed.",
        key_evidence="First account by video; a friend who was told that night.",
        may_need_disclosing="Nothing known so far.",
        support_needs="Screens at court.",
        questions="Is the friend’s statement enough as early complaint?\nWhich telephone should be looked at first?",
    )


def advise(on: Passage) -> None:
    """Sent by the sergeant, accepted by the manager, answered by the prosecutor."""
    on.work_as("sergeant").open_part("Request for early advice")
    on.act("Send to the CPS")
    on.picture("advice-send")
    on.save("Sent to the CPS")
    on.work_as("cps-manager").open_part("Request for early advice")
    on.picture("advice-sent")
    on.act("Accept and assign")
    on.picture("advice-accept")
    on.pick("prosecutor_id", "Rufina Ashdowner")
    on.save("Accepted")
    on.work_as("prosecutor").open_part("Request for early advice")
    on.act("Give advice")
    on.fill(answer_1="Yes, with the messages of that night.")
    on.choose(result="refer_now")
    on.save()
    on.refused("question 2")
    on.picture("advice-give-errors")
    on.fill(answer_2="The suspect’s own, for that evening only.")
    on.save("Advice given")
    on.picture("advice-given")


def refer(on: Passage) -> None:
    """The referral drafted with its file, ready, sent by the inspector, accepted by the manager."""
    on.work_as("investigator").open_case()
    on.act("Draft a referral")
    on.picture("referral-draft")
    on.fill(reference="F81/26", summary="The account is consistent and was given early.")
    on.day("file_sent_on", 0)
    on.fill(victim_views="Supports the prosecution.", victim_needs="Screens; a separate entrance.")
    on.save("Draft kept")
    on.picture("referral-missing")
    on.act("Tick what was sent")
    tick_file(on)
    on.picture("referral-file")
    on.save()
    on.act("Mark as ready")
    on.save("Ready")
    on.work_as("supervisor").open_part("Referral 1")
    on.act("Send to the CPS")
    on.fill(supervisor_comments="Every line about the suspect is done.")
    on.picture("referral-send")
    on.save("Sent")
    on.work_as("cps-manager").open_part("Referral 1")
    on.act("Accept and assign")
    on.pick("prosecutor_id", "Rufina Ashdowner")
    on.save("Accepted")
    on.picture("referral")


def tick_file(on: Passage) -> None:
    """Say of each of the 13 items how it stands."""
    for code in FILE_ITEMS:
        on.choose(**{f"{code}_state": "sent"})
    on.choose(dv_checklist_state="not_applicable", hard_media_state="to_follow")
    on.fill(dv_checklist_because="The two were not partners.", hard_media_because="It is copied this week.")
    on.day("hard_media_follows_on", 4)


def plan(on: Passage) -> None:
    """An action plan of one item: set, done, taken."""
    on.work_as("prosecutor").open_part("Referral 1")
    on.act("Draft an action plan")
    on.fill(
        action="Cameras of the street, 10pm to midnight",
        justification="They show who came and left.",
        reasonable_because="They are in reach, and nobody asked yet.",
        proportionate_because="It takes a day, and asks nothing of the victim.",
    )
    on.choose(weight="essential", looks_at_victim="no")
    on.day("agreed_on", 14)
    on.picture("plan-item")
    on.save("Kept as a draft")
    on.picture("plan-draft")
    on.act("Send to the police")
    on.picture("plan-send")
    on.save("Sent")
    on.work_as("investigator").open_part("Action plan 1")
    on.act("Done")
    on.fill(what="Obtained and summarised.", reference="Exhibit AB/1")
    on.picture("plan-item-done")
    on.save("Recorded")
    on.work_as("prosecutor").open_part("Action plan 1")
    on.says("Changed since you looked")
    on.picture("plan")
    on.act("Accept as done")
    on.save("Accepted as done")
    on.says("Every item settled")


def decide(on: Passage) -> None:
    """Prepared, refused without a plan of telling, planned, published."""
    on.open_case()
    on.act("Prepare a decision")
    on.choose(test="full_code", decision="charge")
    on.tick("charges", "19C")
    on.page.locator("[name=principal_offence]").select_option("19C")
    on.choose(undermining="no")
    on.fill(views_considered="She was asked on the day of the referral.")
    on.picture("decision-prepare")
    on.save("Draft kept")
    on.picture("decision-prepared")
    on.act("Publish")
    on.save()
    on.refused("plan how Victim A is told")
    on.picture("decision-unplanned")
    on.follow(on.page.get_by_role("link", name="plan how Victim A is told").first)
    on.page.get_by_label("Suspect 1: charge").check()
    on.choose(how="telephone", isva_warned="no")
    on.moment("planned_at", 0, "11:30am")
    on.tick("her_choice")
    on.fill(companion="Her sister", letter_route="By hand")
    on.save("Plan saved")
    on.save("Published")
    on.picture("decision-published")


def test_a_case_goes_from_report_to_charge_and_its_first_hearing(visitor: Visitor) -> None:
    on = Passage(visitor, "52/CHARGE/1").work_as("investigator")
    log_the_case(on, "Thornbeckfield")
    ask_for_advice(on)
    advise(on)
    refer(on)
    plan(on)
    decide(on)
    on.work_as("investigator").open_case()
    on.says("Charged")
    on.act("Record a hearing")
    on.moment("at", 20, "10am")
    on.fill(court="Magistrates’ court (invented)")
    on.save()
    on.says("Court hearing")
    on.picture("case-charged")
