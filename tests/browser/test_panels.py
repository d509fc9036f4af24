"""A scrutiny panel in the browser: the member declares, reads, finds and concludes; the organiser reads what was found."""

from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.test_journeys import in_days
from tests.browser.test_screens import both_widths


def test_a_panel_member_finds_and_reads_what_others_found(visitor: Visitor) -> None:
    page = visitor.sign_in("panel").open("/").page
    expect(page.locator("h1")).to_have_text("My panel meetings")
    page.locator("#meetings li", has_text="to find on").get_by_role("link").first.click()
    both_widths(visitor, "meeting")
    page.locator("#packs").get_by_role("link").first.click()
    expect(page.locator("main")).to_contain_text("after you submit your own finding")
    expect(page.locator("main")).not_to_contain_text("52/DEMO")
    both_widths(visitor, "pack")
    page.get_by_role("link", name="Step back").click()
    both_widths(visitor, "pack-step-back")
    page.get_by_role("link", name="Cancel").click()
    page.locator("#packs").get_by_role("link").first.click()
    page.get_by_role("button", name="Write your finding").click()
    page.get_by_label("Enquiries", exact=False).first.fill("The telephone was asked for late.")
    page.get_by_role("button", name="Submit").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Select your view")
    both_widths(visitor, "pack-finding-errors")
    page.get_by_label("Agree, with learning").check(force=True)
    page.get_by_role("button", name="Submit").click()
    expect(page.locator("main")).to_contain_text("The enquiries look at the suspect first.")
    page.get_by_role("button", name="Record the panel’s conclusion").click()
    both_widths(visitor, "pack-conclude")


def test_a_member_says_that_there_is_no_conflict(visitor: Visitor) -> None:
    page = visitor.sign_in("panel").open("/panels/").page
    page.locator("#meetings li", has_text="declare").get_by_role("link").first.click()
    page.get_by_role("button", name="Declare conflicts").click()
    both_widths(visitor, "meeting-declare")
    page.get_by_label("I know of no conflict").check(force=True)
    page.get_by_role("button", name="Declare").click()
    expect(page.locator("main")).to_contain_text("No pack is with you.")


def test_an_organiser_sees_no_finding_before_all_have_found(visitor: Visitor) -> None:
    page = visitor.sign_in("reviewer").open("/prosecution/panels/").page
    page.locator("#panels").get_by_role("link").first.click()
    both_widths(visitor, "panel")
    page.locator("section", has=page.locator("#cases")).get_by_role("link").first.click()
    expect(page.locator("main")).to_contain_text("once every member has submitted")
    expect(page.locator("main")).not_to_contain_text("The enquiries look at the suspect first.")
    both_widths(visitor, "panel-case")


def test_what_was_learned_is_seen_to(visitor: Visitor) -> None:
    """From the panel that learned it to the list of whoever sees to it, who says what was done."""
    page = visitor.sign_in("reviewer").open("/prosecution/panels/").page
    page.locator("#panels").get_by_role("link").first.click()
    page.get_by_role("button", name="Add learning").click()
    page.get_by_label("What was learned", exact=False).fill("Ask for the download of a telephone in the first week.")
    page.get_by_label("Who sees to it?").fill("sergeant@demo.example")
    for part, value in zip(("day", "month", "year"), in_days(20), strict=True):
        page.locator(f"[name=due_on_{part}]").fill(str(value))
    both_widths(visitor, "panel-learning-add")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("Ask for the download of a telephone in the first week.")
    page.get_by_role("button", name="Sign out").click()
    visitor.sign_in("sergeant").open("/prosecution/panels/learning/")
    both_widths(visitor, "panel-learning")
    page.get_by_role("link", name="Say what was done").first.click()
    both_widths(visitor, "panel-learning-done")
    page.get_by_label("What was done?").fill("It is in the briefing of every new officer.")
    for part, value in zip(("day", "month", "year"), in_days(0), strict=True):
        page.locator(f"[name=done_on_{part}]").fill(str(value))
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("It is in the briefing of every new officer.")


def test_an_organiser_of_the_area_redacts_a_pack(visitor: Visitor) -> None:
    page = visitor.sign_in("cps-reviewer").open("/prosecution/panels/").page
    page.locator("#panels").get_by_role("link").first.click()
    page.locator("section", has=page.locator("#cases")).get_by_role("link").first.click()
    page.get_by_role("button", name="Redact and confirm").click()
    both_widths(visitor, "panel-redact")
