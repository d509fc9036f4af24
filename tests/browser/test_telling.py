"""Telling in a real browser: planned before a decision is recorded, told, not told, before a release, the suspect, a hearing, by the ISVA.

Each journey works on a case of its own of the demonstration, so that they run in any order.
"""

from datetime import timedelta

from playwright.sync_api import Page, expect

from core import clock
from tests.browser.conftest import Visitor
from tests.browser.test_screens import both_widths

REFUSED = ".govuk-error-summary"


def open_case(visitor: Visitor, who: str, reference: str) -> Page:
    """Sign in, find a case of the demonstration by its reference, and open it."""
    page = visitor.sign_in(who).open("/cases/").page
    page.locator("[name=terms]").fill(reference)
    page.get_by_role("button", name="Search").click()
    page.locator("main h3 a[href^='/cases/']").first.click()
    return page


def act(page: Page, name: str) -> None:
    """Follow the first button of an act, whatever it says behind its name."""
    page.locator("main").get_by_role("link", name=name).or_(page.locator("main").get_by_role("button", name=name)).first.click()


def save(page: Page, name: str = "Save") -> None:
    """Send the form, and wait for what comes of it."""
    with page.expect_navigation():
        page.locator("main form").get_by_role("button", name=name, exact=True).click()


def when(page: Page, name: str, days: int, time: str) -> None:
    """Type a moment so many days from today."""
    day = clock.today() + timedelta(days=days)
    for part, value in (("day", day.day), ("month", day.month), ("year", day.year), ("time", time)):
        page.locator(f"[name={name}_{part}]").fill(str(value))


def propose(visitor: Visitor, page: Page) -> None:
    """The officer is led from the outcome to the proposal, fills it in, and puts it forward."""
    act(page, "Record an outcome")
    page.get_by_role("link", name="To take no further action: propose it").click()
    page.locator("[name=code]").select_option("15")
    save(page)
    expect(page.locator("main")).to_contain_text("Still missing")
    act(page, "Fill in or change")
    page.locator("[name=reasons]").fill("Every line was followed. The evidence is not enough for a realistic prospect.")
    page.locator("[name=reasons_for_victim]").fill("What there is does not reach what a court would need.")
    page.locator("[name=enquiries_not_done]").fill("None is left.")
    page.locator("[name=alternatives][value=none_fits]").check()
    page.locator("[name=alternatives_note]").fill("No conviction, and no pattern.")
    page.locator("[name=others_considered]").check()
    both_widths(visitor, "nfa-form")
    save(page)
    act(page, "Put it forward")
    save(page, "Put it forward")
    expect(page.locator("body")).to_contain_text("A second person answers.")


def test_no_further_action_waits_for_the_plan_then_she_is_told_and_only_then_the_suspect(visitor: Visitor) -> None:
    page = open_case(visitor, "investigator", "52/DEMO/25")
    case = page.url.split("#")[0]
    propose(visitor, page)
    page.get_by_role("button", name="Sign out").click()
    page = open_case(visitor, "supervisor", "52/DEMO/25")
    page.get_by_role("link", name="outcome 15, evidential", exact=False).first.click()
    both_widths(visitor, "nfa-proposal")
    act(page, "Confirm or send back")
    page.locator("[name=confirm][value=yes]").check()
    save(page)
    expect(page.locator(REFUSED)).to_contain_text("First plan how Victim A is told")
    both_widths(visitor, "outcome-unplanned")

    page.get_by_role("link", name="To record no further action: plan how Victim A is told").click()
    save(page, "Save the plan")
    expect(page.locator(REFUSED)).to_contain_text("Select yes if the ISVA has been warned")
    both_widths(visitor, "plan-telling")
    page.get_by_label("Suspect 1: no further action").check()
    page.locator("[name=teller_id]").select_option(index=1)
    page.locator("[name=how][value=in_person]").check()
    when(page, "planned_at", 0, "11:30am")
    page.locator("[name=her_choice]").check()
    page.locator("[name=companion]").fill("Her sister, who stays the evening")
    page.locator("[name=isva_warned][value=no]").check()
    page.locator("[name=letter_route]").fill("By hand, in a plain envelope")
    save(page, "Save the plan")
    expect(page.locator("h1")).to_have_text("Look at no further action as second person")
    expect(page.locator("body")).to_contain_text("Plan saved.")
    page.locator("[name=confirm][value=yes]").check()
    save(page)
    expect(page.locator("body")).to_contain_text("Answer recorded.")

    page.goto(case)
    act(page, "When the suspect was told")
    save(page)
    expect(page.locator(REFUSED)).to_contain_text("Victim A had not been told by then")
    both_widths(visitor, "suspect-told")
    page.goto(case)
    page.get_by_role("link", name="Victim A", exact=False).filter(has_text="needs").first.click()
    expect(page.locator("main")).to_contain_text("Planned: no further action, suspect 1")
    both_widths(visitor, "telling")
    act(page, "Tell Victim A")
    page.get_by_label("Outcome: 15", exact=False).check()
    page.get_by_label("In person").check()
    both_widths(visitor, "tell")
    save(page)
    page.goto(case)
    act(page, "When the suspect was told")
    save(page)
    expect(page.locator("body")).to_contain_text("Recorded.")


def test_a_release_asks_what_she_was_told_before_and_the_supervisor_sees_it(visitor: Visitor) -> None:
    page = open_case(visitor, "investigator", "52/DEMO/26")
    act(page, "Record the release")
    page.get_by_label("Under investigation").check()
    save(page)
    expect(page.locator("main")).to_contain_text("Was Victim A told before?")
    both_widths(visitor, "release-told-before")
    page.get_by_label("Tried, not reached").check()
    page.locator("[name=telling_A_how]").select_option("telephone")
    save(page)
    expect(page.locator("body")).to_contain_text("Release recorded.")
    page.get_by_role("button", name="Sign out").click()
    page = visitor.sign_in("supervisor").open("/today/not-told/").page
    expect(page.locator("main")).to_contain_text("Victim A: release. Tried, not reached")
    both_widths(visitor, "today-not-told")


def test_not_told_because_ends_the_duty_or_leaves_it(visitor: Visitor) -> None:
    page = open_case(visitor, "supervisor", "52/DEMO/21")
    act(page, "Not told because")
    page.get_by_label("Arrest", exact=False).first.check()
    page.get_by_label("Telling would put somebody in danger").check()
    save(page)
    expect(page.locator(REFUSED)).to_contain_text("Enter the reason in words")
    both_widths(visitor, "not-told")
    page.locator("[name=note]").fill("He is with her until Friday")
    save(page)
    expect(page.locator("body")).to_contain_text("Recorded.")


def test_a_hearing_is_told_and_contact_is_handed_over_after_a_charge(visitor: Visitor) -> None:
    page = open_case(visitor, "supervisor", "52/DEMO/38")
    case = page.url.split("#")[0]
    act(page, "Record a hearing")
    when(page, "at", 40, "10am")
    page.locator("[name=court]").fill("Crown Court (invented)")
    both_widths(visitor, "record-hearing")
    save(page)
    expect(page.locator("main")).to_contain_text("Court hearing")
    page.get_by_role("link", name="Victim A", exact=False).filter(has_text="needs").first.click()
    act(page, "Who is her or his contact now")
    page.get_by_label("Officer in the case").check()
    save(page)
    expect(page.locator(REFUSED)).to_contain_text("Agree it with her or him first")
    both_widths(visitor, "hand-over-contact")
    page.get_by_label("She or he agreed to it").check()
    save(page)
    expect(page.locator("body")).to_contain_text("Saved. Agree contact afresh.")
    expect(page.locator("main")).to_contain_text("Officer in the case, DC Maren Oakhill")
    page.goto(case)
    expect(page.locator("main")).to_contain_text("Tell Victim A: court hearing")


def test_the_isva_is_asked_to_tell_and_it_stays_the_officers_duty(visitor: Visitor) -> None:
    page = open_case(visitor, "supervisor", "52/DEMO/21")
    page.get_by_role("link", name="Victim A", exact=False).filter(has_text="needs").first.click()
    act(page, "Ask the ISVA to tell")
    page.locator("[name=thing]").nth(1).check()
    save(page)
    expect(page.locator(REFUSED)).to_contain_text("There is a problem")
    page.locator("[name=words]").fill("We have reached the next step. I explain it on Tuesday.")
    page.locator("[name=safe_when]").fill("Only when she is on her own")
    both_widths(visitor, "ask-isva-to-tell")
    save(page)
    expect(page.locator("body")).to_contain_text("Telling stays your duty until it is told")
    expect(page.locator("main")).to_contain_text("Asked the ISVA to tell")
