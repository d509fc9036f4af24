"""A case goes from one force to another in the browser: offered by one supervisor, accepted by another, read by both."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.test_screens import both_widths


@pytest.fixture
def other(visitor: Visitor) -> Visitor:
    """A second person's window, at the other force."""
    browser = visitor.page.context.browser
    assert browser is not None
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB", timezone_id="Europe/London")
    return Visitor(context.new_page(), visitor.site)


def test_a_case_is_offered_accepted_and_gone(visitor: Visitor, other: Visitor) -> None:
    visitor.sign_in("supervisor").open("/cases/?only=no_decision")
    page = visitor.page
    page.locator("main h3 a[href^='/cases/']").last.click()
    reference, address = page.locator("h1").inner_text(), page.url
    page.get_by_text("More for this case").click()
    page.get_by_role("link", name="Offer to another force").click()
    both_widths(visitor, "offer-form")
    page.locator("[name=force_id]").select_option("46")
    page.locator("[name=reason]").fill("It happened in Kent.")
    page.locator("main form").get_by_role("button").first.click()
    both_widths(visitor, "case-offered")
    expect(page.locator("main")).to_contain_text("Offered to Kent Police")

    other.sign_in("other-supervisor").open("/offers/")
    both_widths(other, "offers")
    theirs = other.page
    theirs.get_by_role("link", name=f"{reference}, from Avon and Somerset Police").first.click()
    both_widths(other, "offer")
    theirs.get_by_role("button", name="Accept and take over").click()
    both_widths(other, "offer-refused")
    expect(theirs.locator("main")).to_contain_text("Enter your force’s crime reference")
    theirs.locator("[name=crime_reference]").fill("46/BROWSER/1")
    theirs.locator("[name=officer_id]").select_option(label="DC Ismay Hopgarden")
    theirs.get_by_role("button", name="Accept and take over").click()
    both_widths(other, "case-taken-over")
    expect(theirs.locator("main")).to_contain_text(f"Came from Avon and Somerset Police, {reference}")

    page.goto(address)
    both_widths(visitor, "case-gone")
    expect(page.locator("main")).to_contain_text("Went on in Kent Police as 46/BROWSER/1")
    assert page.locator("main .rasso-acts").count() == 0
    visitor.open("/offers/")
    expect(page.locator("main")).to_contain_text("goes on as 46/BROWSER/1")
    theirs.context.close()


def test_two_cases_are_compared_before_they_are_merged(visitor: Visitor) -> None:
    visitor.sign_in("supervisor").open("/cases/")
    page = visitor.page
    links = page.locator("main h3 a[href^='/cases/']")
    stays = links.nth(0).inner_text()
    links.nth(1).click()
    page.goto(f"{page.url.split('#')[0]}merge/")
    both_widths(visitor, "merge")
    page.locator("[name=into_reference]").fill(stays)
    page.locator("[name=reason]").fill("Reported twice.")
    page.get_by_role("button", name="Compare the two cases").click()
    both_widths(visitor, "merge-compared")
    expect(page.get_by_role("heading", name=f"Stays: {stays}")).to_be_visible()
    expect(page.get_by_role("button", name="Merge the case you are on into the other")).to_be_visible()


def test_notes_on_their_page_and_on_paper(visitor: Visitor) -> None:
    visitor.sign_in("investigator").open("/cases/")
    page = visitor.page
    page.locator("main h3 a[href^='/cases/']").first.click()
    case = page.url.split("#")[0]
    page.get_by_role("link", name="Add a police note").click()
    page.locator("[name=text]").fill("Cell ready from 7am.")
    page.locator("main form").get_by_role("button").first.click()
    page.goto(f"{case}notes/?kind=own")
    both_widths(visitor, "notes")
    expect(page.locator("main")).to_contain_text("Only the police read this")
    page.get_by_role("link", name="Print these notes").click()
    both_widths(visitor, "notes-print")
    expect(page.locator("main")).to_contain_text("recorded as handed to you")
