"""The administrator's pages in a real browser: each at both widths, and three journeys through the password asked before a change."""

from playwright.sync_api import expect

from tests.browser.conftest import PASSWORD, Visitor
from tests.browser.test_screens import both_widths


def confirm(visitor: Visitor) -> None:
    """Give the password that is asked before a change."""
    expect(visitor.page.get_by_role("heading", name="Confirm it is you")).to_be_visible()
    visitor.check()
    visitor.page.locator("[name=password]").fill(PASSWORD)
    visitor.page.get_by_role("button", name="Confirm").click()


def test_a_person_is_added_and_her_rank_changed(visitor: Visitor) -> None:
    page = visitor.sign_in("administrator").open("/administration/people/").page
    page.get_by_role("button", name="Add a person").click()
    visitor.check()
    page.locator("[name=name]").fill("DC Perpetua Browserly")
    page.locator("[name=role]").select_option("investigator")
    page.locator("main form").get_by_role("button", name="Add the person").click()
    confirm(visitor)
    expect(page.get_by_role("heading", name="DC Perpetua Browserly")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Not invited")
    both_widths(visitor, "administration-person")
    page.get_by_role("link", name="Change name, rank or collar number").click()
    visitor.check()
    page.locator("[name=grade]").select_option("sergeant")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("Sergeant")
    visitor.check()


def test_somebody_who_holds_cases_leaves_them_unallocated(visitor: Visitor) -> None:
    page = visitor.sign_in("administrator").open("/administration/people/").page
    page.get_by_role("link", name="DC Tobin Larkfield").click()
    page.get_by_role("link", name="Record that this person has left").click()
    visitor.check()
    expect(page.locator("main")).to_contain_text("officer in the case")
    page.locator("main form button").click()
    visitor.check()
    expect(page.locator(".govuk-error-message").first).to_contain_text("handed over first")
    both_widths(visitor, "administration-leave")
    page.locator("label[for=id_leave_unallocated]").click()
    page.locator("main form button").click()
    confirm(visitor)
    expect(page.locator("main")).to_contain_text("This person has left")
    page.get_by_role("link", name="Record that this person is back").click()
    page.locator("main form button").click()
    visitor.check()
    expect(page.locator("main")).to_contain_text("None held")


def test_a_setting_is_previewed_and_a_past_day_needs_consent(visitor: Visitor) -> None:
    page = visitor.sign_in("administrator").open("/administration/settings/clocks/arrest-standard/").page
    page.locator("[name=amount]").fill("14")
    for part, value in (("day", "1"), ("month", "9"), ("year", "2026")):
        page.locator(f"[name=in_force_from_{part}]").fill(value)
    page.locator("[name=source_note]").fill("Force policy 12/2026")
    page.get_by_role("button", name="See what would change").click()
    confirm(visitor)
    expect(page.locator("main")).to_contain_text("Running clocks due earlier")
    both_widths(visitor, "administration-preview")
    page.get_by_role("button", name="Save").click()
    visitor.check()
    expect(page.locator(".govuk-error-message").first).to_contain_text("you have read what changes")
    page.locator("label[for=id_past_accepted]").click()
    page.get_by_role("button", name="Save").click()
    visitor.check()
    expect(page.locator("main")).to_contain_text("Force policy 12/2026")
    expect(page.locator("main")).to_contain_text("version 2")
