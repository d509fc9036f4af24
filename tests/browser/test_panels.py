"""A scrutiny panel in the browser: the member declares, reads, finds and concludes; the organiser reads what was found."""

from playwright.sync_api import expect

from tests.browser.conftest import Visitor
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
    page.get_by_role("button", name="Write your finding").click()
    page.get_by_label("Enquiries", exact=False).first.fill("The telephone was asked for late.")
    page.get_by_role("button", name="Submit").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Select your view")
    page.get_by_label("Agree, with learning").check(force=True)
    page.get_by_role("button", name="Submit").click()
    expect(page.locator("main")).to_contain_text("The enquiries look at the suspect first.")
    visitor.check()


def test_an_organiser_sees_no_finding_before_all_have_found(visitor: Visitor) -> None:
    page = visitor.sign_in("reviewer").open("/prosecution/panels/").page
    page.locator("#panels").get_by_role("link").first.click()
    both_widths(visitor, "panel")
    page.locator("section", has=page.locator("#cases")).get_by_role("link").first.click()
    expect(page.locator("main")).to_contain_text("once every member has submitted")
    expect(page.locator("main")).not_to_contain_text("The enquiries look at the suspect first.")
    both_widths(visitor, "panel-case")
