"""Contact with a victim in a real browser: from the case to a saved contact by keyboard alone; the log, the card, the report."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visitor
from tests.browser.test_screens import both_widths

MOST_KEYS = 40
"""Far more than it takes to reach anything: a test that never ends is no help to anybody."""
KEY, THOUGHT = 0.28, 1.35
"""Seconds for a key of somebody who types with two fingers, and for a decision (the keystroke-level model)."""
SAID = "She would like a letter next week."


@dataclass
class Keys:
    """A keyboard that counts."""

    page: Page
    pressed: int = 0

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def type(self, words: str) -> None:
        """Type words."""
        self.page.keyboard.type(words)
        self.pressed += len(words)

    def tab_to(self, wanted: str) -> None:
        """Press Tab until this has the focus."""
        for _ in range(MOST_KEYS):
            self.press("Tab")
            if focused(self.page).startswith(wanted):
                return
        raise AssertionError(f"{wanted} is not reached by keyboard")

    def seconds(self, thoughts: int) -> float:
        """How long it takes, with so many decisions."""
        return self.pressed * KEY + thoughts * THOUGHT


def focused(page: Page) -> str:
    """Return the name and value of what has the focus."""
    return str(page.evaluate("(e => `${e.tagName}:${e.name || ''}:${e.value || ''}:${e.type || ''}`)(document.activeElement)"))


def open_case(page: Page, site: str, reference: str) -> Page:
    """Open a case by its reference."""
    page.goto(f"{site}/cases/")
    page.get_by_label("Crime reference, URN or suspect’s name").fill(reference)
    page.keyboard.press("Enter")
    page.locator("main").get_by_role("link", name=reference, exact=True).first.click()
    page.wait_for_url("**/cases/*-*/**")
    return page


def press_contact(page: Page, reference: str = "") -> Page:
    """Press the first button "Contact Victim A" by keyboard: of the page, or of what the worklist says of a case (a pattern)."""
    part = page.locator("main .rasso-row", has_text=re.compile(reference)) if reference else page.locator("main")
    part.locator("a:visible", has_text="Contact Victim A").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/contact/**")
    return page


def open_from_case(page: Page, site: str, reference: str = "52/DEMO/01") -> Page:
    """Open the page "Contact Victim A" from the page of a case."""
    return press_contact(open_case(page, site, reference))


def open_from_victim(page: Page, site: str, reference: str) -> Page:
    """Open it from the victim's page: what is saved there leads to the log."""
    open_case(page, site, reference)
    page.get_by_role("link", name="Victim A: telling").click()
    page.wait_for_url("**/victims/**")
    return press_contact(page)


BY = {
    "officer": ("investigator", "52/DEMO/01", "52/DEMO/(19|33)"),
    "liaison officer of the police": ("investigator2", "52/DEMO/06", "52/DEMO/0[357]"),
    "victim liaison officer of the CPS": ("vlo", "52/DEMO/38", "52/DEMO/20"),
    "cover": ("prosecutor", "52/DEMO/17", "52/DEMO/35"),
    "supervisor": ("supervisor", "52/DEMO/04", "52/DEMO/(42|15)"),
}
"""Who contacts a victim → a sign-in of the demonstration, a case opened from its page, and a pattern of those in the worklist.

A case is contacted once in this file: a second contact of the same minutes is asked about.
"""
ARROWS: dict[str | tuple[str, str], tuple[str, ...]] = {
    "case page": ("ArrowUp",),
}
"""From the telephone to another way: somebody else telephoned the same victim some minutes ago."""


@pytest.mark.parametrize("where", ["worklist", "case page"])
@pytest.mark.parametrize("who", list(BY))
def test_a_contact_is_logged_by_keyboard_alone_in_under_thirty_seconds(visitor: Visitor, who: str, where: str) -> None:
    """One button; the card first, then the number; one question answered, a line typed, saved, and back where one was."""
    sign_in, on_page, in_list = BY[who]
    page = visitor.sign_in(sign_in).page
    if where == "case page":
        open_case(page, visitor.site, on_page)
    before = page.url
    press_contact(page, in_list if where == "worklist" else "")
    visitor.check()
    main = page.locator("main")
    expect(main).to_contain_text("Before you do anything")
    text = main.inner_text()
    assert text.index("Before you do anything") < text.index("Then reach her or him") < text.index("Log it")
    day = page.locator("[name=at_day]").input_value()
    assert day, "today is filled in"

    keys = Keys(page)
    keys.press("Tab", "Enter")
    keys.tab_to("INPUT:reached:yes")
    keys.press("Space")
    keys.tab_to("INPUT:channel")
    keys.press(*ARROWS.get((who, where), ARROWS.get(where, ())))
    keys.tab_to("TEXTAREA:summary")
    keys.type(SAID)
    keys.tab_to("BUTTON::")
    with page.expect_navigation():
        keys.press("Enter")
    expect(page.locator("body")).to_contain_text("Contact saved.")
    assert page.url.split("#")[0].split("?")[0] == before.split("#")[0].split("?")[0]
    assert keys.seconds(thoughts=4) < 30, f"{keys.pressed} keys"


def test_five_keys_log_that_she_was_reached(visitor: Visitor) -> None:
    """When nothing more is to be said: past the navigation, yes, saved."""
    page = open_from_case(visitor.sign_in("investigator").page, visitor.site, "52/DEMO/28")
    both_widths(visitor, "contact")
    page.reload()
    keys = Keys(page)
    keys.press("Tab", "Enter", "Tab", "Space")
    assert focused(page).startswith("INPUT:reached:yes")
    with page.expect_navigation():
        keys.press("Enter")
    expect(page.locator("body")).to_contain_text("Contact saved.")
    assert keys.pressed == 5


def test_of_two_who_log_the_same_contact_the_second_is_told_and_keeps_the_text(visitor: Visitor, browser: Browser) -> None:
    page = open_from_case(visitor.sign_in("investigator").page, visitor.site, "52/DEMO/11")
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London")
    other = Visitor(context.new_page(), visitor.site).sign_in("supervisor")
    open_from_case(other.page, visitor.site, "52/DEMO/11")
    other.page.locator("[name=reached][value=yes]").check()
    other.page.get_by_role("button", name="Save the contact").click()
    expect(other.page.locator("body")).to_contain_text("Contact saved.")
    context.close()
    page.locator("[name=reached][value=yes]").check()
    page.locator("[name=summary]").fill(SAID)
    page.get_by_role("button", name="Save the contact").click()
    expect(page.locator("main")).to_contain_text("DI Hester Coombeworth contacted a complainant")
    both_widths(visitor, "contact-conflict")
    assert page.locator("[name=summary]").input_value() == SAID
    page.get_by_role("button", name="Save it after all").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("DI Hester Coombeworth logged a contact already")
    assert page.locator("[name=summary]").input_value() == SAID
    page.get_by_role("link", name="DI Hester Coombeworth logged a contact already", exact=False).click()
    page.get_by_label("This is another contact").check()
    page.get_by_role("button", name="Save the contact").click()
    expect(page.locator("body")).to_contain_text("Contact saved.")


def test_without_a_safe_channel_there_is_no_number_and_an_attempt_is_refused(visitor: Visitor) -> None:
    page = open_from_case(visitor.sign_in("investigator").page, visitor.site, "52/DEMO/13")
    both_widths(visitor, "contact-no-safe-channel")
    expect(page.locator("main")).to_contain_text("Do not try")
    assert "Then reach her or him" not in page.locator("main").inner_text()
    page.locator("[name=reached][value=no]").check()
    page.get_by_role("button", name="Save the contact").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("so nobody tries")
    visitor.check()


def test_an_interval_that_is_none_stands_beside_its_field(visitor: Visitor) -> None:
    page = open_case(visitor.sign_in("investigator").page, visitor.site, "52/DEMO/01")
    page.get_by_role("link", name="Agree contact", exact=False).first.click()
    page.get_by_label("Contact every how many days?").fill("400")
    page.locator("main").get_by_role("button", name="Save").click()
    both_widths(visitor, "agree-contact-errors")
    expect(page.locator(".govuk-error-summary")).to_contain_text("must be 365 or less")


def test_what_is_missing_stands_beside_its_field(visitor: Visitor) -> None:
    page = open_from_case(visitor.sign_in("investigator").page, visitor.site)
    page.locator("[name=not_told_to]").fill("Her flatmate")
    page.get_by_role("button", name="Save the contact").click()
    both_widths(visitor, "contact-errors")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Select yes if you reached her or him")
    assert page.locator("[name=not_told_to]").input_value() == "Her flatmate"


def test_the_log_copies_and_corrects(visitor: Visitor) -> None:
    page = open_from_victim(visitor.sign_in("investigator").page, visitor.site, "52/DEMO/22")
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
    page.locator("summary", has_text="The figures as a table").click()
    expect(page.locator("main table caption").first).to_have_text("By month")


def test_without_a_script_the_form_and_the_text_to_copy_are_there(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en-GB", timezone_id="Europe/London")
    page = context.new_page()
    page.goto(f"{site}/accounts/login/")
    page.get_by_label("Email address").fill("investigator@demo.example")
    page.locator("#id_password").fill("demonstration-only")
    page.get_by_role("button", name="Sign in", exact=True).click()
    open_from_victim(page, site, "52/DEMO/25")
    page.locator("[name=channel][value=video]").check()
    page.locator("[name=reached][value=no]").check()
    page.get_by_role("button", name="Save the contact").click()
    assert "Contact saved." in page.content()
    assert "Victim A" in page.locator("textarea").first.input_value()
    context.close()
