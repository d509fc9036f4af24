"""Contact with a victim in a real browser: from the case to a saved contact by keyboard alone; the log, the card, the report."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visitor
from tests.browser.test_screens import both_widths

MOST_KEYS = 80
"""Far more than it takes: a test that never ends is no help to anybody."""


def focused(page: Page) -> str:
    """Return the name and value of what has the focus."""
    return str(page.evaluate("(e => `${e.tagName}:${e.name || ''}:${e.value || ''}:${e.type || ''}`)(document.activeElement)"))


def tab_to(page: Page, wanted: str) -> int:
    """Press Tab until this has the focus, and return how often."""
    for pressed in range(1, MOST_KEYS):
        page.keyboard.press("Tab")
        if focused(page).startswith(wanted):
            return pressed
    raise AssertionError(f"{wanted} is not reached by keyboard")


def open_from_case(page: Page, site: str) -> Page:
    """Open the page "Contact Victim A" from the page of the first case in the list."""
    page.goto(f"{site}/cases/")
    page.locator("main h2 a[href^='/cases/'], main h3 a[href^='/cases/']").first.click()
    page.get_by_role("link", name="Contact Victim A").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/contact/**")
    return page


def test_a_contact_is_logged_by_keyboard_alone(visitor: Visitor) -> None:
    page = open_from_case(visitor.sign_in("investigator").page, visitor.site)
    visitor.check()
    both_widths(visitor, "contact")
    main = page.locator("main")
    expect(main).to_contain_text("Before you do anything")
    assert page.title().startswith("Contact Victim A")
    page.locator("main h1").evaluate("e => { e.tabIndex = -1; e.focus() }")
    keys = tab_to(page, "INPUT:reached:yes") + 1
    page.keyboard.press("Space")
    keys += tab_to(page, "BUTTON::") + 1
    with page.expect_navigation():
        page.keyboard.press("Enter")
    visitor.check()
    expect(page.locator("body")).to_contain_text("Contact saved.")
    assert keys < MOST_KEYS


def test_what_is_missing_stands_beside_its_field(visitor: Visitor) -> None:
    page = open_from_case(visitor.sign_in("investigator").page, visitor.site)
    page.locator("[name=not_told_to]").fill("Her flatmate")
    page.get_by_role("button", name="Save the contact").click()
    both_widths(visitor, "contact-errors")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Select yes if you reached her or him")
    assert page.locator("[name=not_told_to]").input_value() == "Her flatmate"


def test_the_log_copies_and_corrects(visitor: Visitor) -> None:
    page = open_from_case(visitor.sign_in("investigator").page, visitor.site)
    page.locator("[name=channel][value=in_person]").check()
    page.locator("[name=reached][value=yes]").check()
    page.get_by_role("button", name="Save the contact").click()
    expect(page.locator("body")).to_contain_text("Contact saved.")
    both_widths(visitor, "contacts")
    page.locator("summary", has_text="Copy for the occurrence log").first.click()
    assert "Victim A" in page.locator("textarea").first.input_value()
    page.get_by_role("link", name="Correct", exact=False).first.click()
    both_widths(visitor, "contact-correct")
    page.locator("[name=because]").fill("It was the day before")
    page.get_by_role("button", name="Save the correction").click()
    visitor.check()
    expect(page.locator("body")).to_contain_text("Both stay on record")
    expect(page.locator("main")).to_contain_text("Corrected later")


def test_the_card_is_changed(visitor: Visitor) -> None:
    page = open_from_case(visitor.sign_in("investigator").page, visitor.site)
    address = page.url.split("?")[0]
    page.goto(f"{address.removesuffix('contact/')}safe-contact/")
    both_widths(visitor, "safe-contact")
    page.locator("[name=channels][value=telephone]").check()
    page.locator("[name=code_word]").fill("Plover")
    page.locator("main").get_by_role("button", name="Save").click()
    visitor.check()
    page.goto(address)
    expect(page.locator("main")).to_contain_text("Plover")


@pytest.mark.parametrize("who", ["supervisor", "analyst"])
def test_the_report_has_figures_and_a_chart_with_its_table(visitor: Visitor, who: str) -> None:
    page = visitor.sign_in(who).open("/reports/victim-contact/").page
    both_widths(visitor, f"victim-contact-report-{who}")
    page.locator("summary", has_text="The figures as a table").click()
    expect(page.locator("main table caption").first).to_have_text("By month")


def test_without_a_script_the_form_and_the_text_to_copy_are_there(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en-GB", timezone_id="Europe/London")
    page = context.new_page()
    page.goto(f"{site}/accounts/login/")
    page.get_by_label("Email address").fill("investigator@demo.example")
    page.locator("#id_password").fill("demonstration-only")
    page.get_by_role("button", name="Sign in", exact=True).click()
    open_from_case(page, site)
    page.locator("[name=channel][value=video]").check()
    page.locator("[name=reached][value=no]").check()
    page.get_by_role("button", name="Save the contact").click()
    assert "Contact saved." in page.content()
    assert "Victim A" in page.locator("textarea").first.input_value()
    context.close()
