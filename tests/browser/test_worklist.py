"""The most frequent acts of constable and inspector, each in at most three clicks from the worklist; and without a script.

The list itself is looked over with the other pages (test_screens); here each form that opens in it is.

A click is a press on a link, a button or "More"; filling the one short form that it opens is not counted.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from core.clock import today
from tests.browser.conftest import Visitor
from tests.browser.test_journeys import choose, fill_moment, in_days, told_before

MOST_CLICKS = 3


@dataclass
class Counting:
    """A visitor whose clicks are counted, and whose forms open in the list."""

    visitor: Visitor
    clicks: int = 0

    @property
    def page(self) -> Page:
        """The window."""
        return self.visitor.page

    def start(self, who: str, query: str = "") -> "Counting":
        """Sign in and open the list; clicks count from here."""
        self.visitor.sign_in(who)
        if query:
            self.page.goto(f"{self.visitor.site}/{query}")
        self.clicks = 0
        return self

    def click(self, what: Locator) -> None:
        """Press something, once."""
        what.click()
        self.clicks += 1

    def row(self, words: str, act: str) -> Locator:
        """Return the first row that says this and carries this act; what is folded is opened, by a click that counts."""
        found = self.page.locator(".rasso-row").filter(has_text=words).filter(has=self.page.locator("a[data-act]", has_text=act)).first
        if not found.is_visible():
            self.click(self.page.locator("details.rasso-later > summary"))
        return found

    def open_act(self, words: str, act: str) -> Locator:
        """Open the short form of an act in a row, by "More" where it stands there; return the form."""
        row = self.row(words, act)
        link = row.locator("a[data-act]", has_text=act).first
        if not link.is_visible():
            self.click(row.locator("details.rasso-more summary"))
        self.click(link)
        form = self.page.locator("[data-short-form]")
        expect(form).to_have_count(1)
        return form

    def save(self) -> None:
        """Send the form; it is said in the list that it was done, and there were few enough clicks."""
        self.click(self.page.locator("[data-short-form] button[type=submit]"))
        expect(self.page.locator("#said .govuk-notification-banner--success")).to_be_visible()
        assert self.page.url.split("?")[0].rstrip("/#said") == self.visitor.site.rstrip("/"), "it stays in the list"
        assert self.clicks <= MOST_CLICKS, f"{self.clicks} clicks"


@pytest.fixture
def counting(visitor: Visitor) -> Counting:
    """A counting visitor at desktop size."""
    return Counting(visitor)


def write(name: str, text: str = "Invented for this test.") -> Callable[[Page], None]:
    """Return what fills one field of text."""
    return lambda page: page.locator(f"[data-short-form] [name={name}]").fill(text)


def nothing(page: Page) -> None:
    """Leave the form as it came: today and now are filled in."""


def interview(page: Page) -> None:
    """Say how the suspect came, and what else protects."""
    choose(page, "manner", "voluntary")
    page.locator("[data-short-form] [name=protection]").fill("An alarm at the address.")


def delay(page: Page) -> None:
    """Say why an arrest is late."""
    choose(page, "reason", "no_officers")


def propose(page: Page) -> None:
    """Propose not to arrest."""
    page.locator("[data-short-form] [name=rationale]").fill("Voluntary interview arranged; no ground of necessity.")
    page.locator("[data-short-form] [name=protection]").fill("An alarm at the address.")


def plan(page: Page) -> None:
    """Plan an arrest."""
    fill_moment(page, "planned_for", *in_days(7), "06:00")


CONSTABLE = {
    "attempt": ("Suspect 1: arrest", "Record an attempt", write("what_happened")),
    "arrest": ("Suspect 1: arrest", "Record an arrest", nothing),
    "plan": ("52/DEMO/06", "Plan the arrest", plan),
    "interview": ("Suspect 1: arrest", "Record an interview", interview),
    "delay": ("Suspect 1: arrest", "Say why it is late", delay),
    "no-arrest": ("Suspect 1: arrest", "Propose not to arrest", propose),
    "note": ("Suspect 1", "Add a note", write("text")),
    "police-note": ("Suspect 1", "Add a police note", write("text")),
    "cannot": ("end of bail", "Cannot be met", write("because")),
    "named": ("Has anyone been named?", "Has anyone been named?", lambda page: choose(page, "named", "no")),
}
"""A constable's acts in a week (arrest, attempt, plan, interview, delay, decisions, bail, notes): row, act, what is filled in."""


@pytest.mark.parametrize("name", sorted(CONSTABLE))
def test_a_constables_acts_take_three_clicks(counting: Counting, name: str) -> None:
    words, act, fill = CONSTABLE[name]
    counting.start("investigator")
    counting.open_act(words, act)
    counting.visitor.check("[data-short-form]")
    fill(counting.page)
    counting.save()


def extend(page: Page) -> None:
    """Record an extension by the first step that the law allows, decided in time: before the bail that lapsed ran out."""
    decided = today() - timedelta(days=40)
    fill_moment(page, "at", decided.day, decided.month, decided.year, "10:00")
    page.locator("[data-short-form] [name=step] + label").first.click()
    for letter in "abcd":
        page.locator(f"label[for='id_condition_{letter}']").click()
    page.locator("[data-short-form] [name=authorised_by]").fill("Superintendent Invented")
    page.locator("[data-short-form] [name=heard] + label").first.click()
    page.locator("[data-short-form] [name=representations]").fill("Told, invited to say something, and said nothing.")
    told_before(page, "A", decided)


def assign(page: Page) -> None:
    """Make somebody officer in the case."""
    page.locator("[data-short-form] [name=user_id]").select_option(index=1)


def passed(page: Page) -> None:
    """Say that bail ended."""
    choose(page, "answer", "ended")
    fill_moment(page, "at", *in_days(-2), "10:00")
    page.locator("[data-short-form] [name=to]").select_option("under_investigation")


INSPECTOR = {
    "review": ("Supervisor's review", "Review the case", write("direction")),
    "review-suspect": ("review of a", "Review", write("direction")),
    "move": ("Supervisor's review", "Move the date", lambda page: _move(page)),
    "correction": ("waits for a supervisor", "Approve or refuse", lambda page: choose(page, "approve", "approve")),
    "no-arrest": ("decision not to arrest waits", "Approve or refuse", lambda page: choose(page, "approve", "yes")),
    "extend": ("end of bail", "Extend", extend),
    "allocate": ("Nobody is officer in the case", "Give a role", assign),
    "hand-over": ("Suspect 1: arrest", "Give a role", assign),
    "passed-bail": ("the bail date had passed", "What happened?", passed),
    "note": ("Supervisor's review", "Add a note", write("text")),
}
"""An inspector's: reviews with directions, approvals, bail, allocation, what the extract left open."""


def _move(page: Page) -> None:
    """Move a due date."""
    for part, value in zip(("day", "month", "year"), in_days(8), strict=True):
        page.locator(f"[data-short-form] [name=moved_to_{part}]").fill(str(value))
    page.locator("[data-short-form] [name=reason]").fill("Waiting for the interpreter.")


@pytest.mark.parametrize("name", sorted(INSPECTOR))
def test_an_inspectors_acts_take_three_clicks(counting: Counting, name: str) -> None:
    words, act, fill = INSPECTOR[name]
    counting.start("supervisor", "?view=all")
    counting.open_act(words, act)
    counting.visitor.check("[data-short-form]")
    fill(counting.page)
    counting.save()


def test_an_attempt_without_a_script_takes_three_clicks_too(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    Visitor(page, site).sign_in("investigator2")
    page.goto(f"{site}/?view=mine")
    row = page.locator(".rasso-row").filter(has_text="Suspect 1: arrest").first
    key = row.get_attribute("id")
    row.locator("a[data-act]", has_text="Record an attempt").click()
    assert page.locator("[data-short-form]").count() == 1
    page.locator("[data-short-form] button[type=submit]").click()
    assert "There is a problem" in page.locator(f"#{key}").inner_text()
    page.locator("[name=what_happened]").fill("Not at home.")
    page.locator("[data-short-form] button[type=submit]").click()
    assert page.url.endswith("#said")
    assert "Attempt recorded." in page.locator("#said").inner_text()
    context.close()


def test_a_half_typed_form_is_not_thrown_away_and_cancel_closes_it(counting: Counting) -> None:
    page = counting.start("investigator").page
    counting.open_act("Suspect 1: arrest", "Record an attempt")
    page.locator("[data-short-form] [name=what_happened]").fill("Half a sen")
    page.locator("a[data-act]:visible", has_text="Record an arrest").first.click()
    expect(page.locator("[data-short-form] [role=status]")).to_contain_text("Save or cancel")
    expect(page.locator("[name=what_happened]")).to_have_value("Half a sen")
    page.locator("[data-short-form] [data-cancel]").click()
    expect(page.locator("[data-short-form]")).to_have_count(0)


def test_quick_keys_go_from_row_to_row_and_can_be_turned_off(counting: Counting) -> None:
    page = counting.start("investigator").page
    focused = "document.activeElement.closest('.rasso-row')?.id || ''"
    rows = page.locator(".rasso-row")
    page.keyboard.press("j")
    assert page.evaluate(focused) == rows.nth(0).get_attribute("id")
    page.keyboard.press("j")
    assert page.evaluate(focused) == rows.nth(1).get_attribute("id")
    page.keyboard.press("k")
    page.keyboard.press("a")
    expect(page.locator("[data-short-form]")).to_have_count(1)
    page.locator("[data-short-form] [data-cancel]").click()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_have_attribute("open", "")
    page.locator("[data-keys-switch]").click()
    counting.visitor.check()
    page.reload()
    page.keyboard.press("j")
    assert page.evaluate(focused) == ""
