"""Steps that the journeys between police and CPS share: who works now, an act on a page, its form, what is said afterwards.

A journey goes from person to person on one case; everybody signs in and out as in life.
"""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitor
from tests.browser.test_journeys import choose, fill_moment, in_days
from tests.browser.test_screens import both_widths

REFUSED = ".govuk-error-summary"


@dataclass
class Passage:
    """One window that several people use one after another, on one case."""

    visitor: Visitor
    reference: str
    who: str = ""

    @property
    def page(self) -> Page:
        """The window."""
        return self.visitor.page

    def work_as(self, who: str) -> "Passage":
        """Sign out whoever is there, and sign in."""
        if self.who:
            self.page.get_by_role("button", name="Sign out").click()
        self.visitor.sign_in(who)
        self.who = who
        return self

    def open_case(self) -> "Passage":
        """Find the case by its reference, from the list of cases."""
        self.page.goto(f"{self.visitor.site}/cases/")
        self.page.locator("[name=terms]").fill(self.reference)
        self.page.get_by_role("button", name="Search").click()
        self.follow(self.page.locator("main h3 a[href^='/cases/']").first)
        return self

    def open_part(self, words: str) -> "Passage":
        """Open the case, and from its section on police and CPS one request, referral, plan or decision."""
        self.open_case()
        self.follow(self.page.locator("main a[href^='/prosecution/']", has_text=words).first)
        return self

    def follow(self, what: Locator) -> None:
        """Press what leads to another page, and wait for that."""
        with self.page.expect_navigation():
            what.click()

    def act(self, name: str) -> None:
        """Open the form of an act by the first link that says this."""
        self.follow(self.page.locator("main").get_by_role("link", name=name).first)

    def save(self, said: str = "") -> None:
        """Send the form, and read on the page that follows that it was done."""
        with self.page.expect_navigation():
            self.page.locator("main form:has([name=version]) button.govuk-button").first.click()
        if said:
            expect(self.page.locator(".govuk-notification-banner--success")).to_contain_text(said)

    def refused(self, words: str) -> None:
        """Read that the form was not taken, and why."""
        expect(self.page.locator(REFUSED)).to_contain_text(words)

    def fill(self, **fields: str) -> None:
        """Type into fields of text."""
        for name, text in fields.items():
            self.page.locator(f"main form [name={name}]").fill(text)

    def choose(self, **fields: str) -> None:
        """Choose one radio button each."""
        for name, value in fields.items():
            choose(self.page, name, value)

    def tick(self, name: str, value: str = "") -> None:
        """Tick a box, by its value where there are several."""
        box = self.page.locator(f"[name={name}]" + (f"[value='{value}']" if value else "")).first
        if not box.is_checked():
            self.page.locator(f"label[for='{box.get_attribute('id')}']").click()

    def day(self, name: str, days: int) -> None:
        """Type a day, so many days from today."""
        for part, value in zip(("day", "month", "year"), in_days(days), strict=True):
            self.page.locator(f"[name={name}_{part}]").fill(str(value))

    def moment(self, name: str, days: int, time: str) -> None:
        """Type a moment, so many days from today."""
        fill_moment(self.page, name, *in_days(days), time)

    def pick(self, name: str, words: str) -> None:
        """Choose from a list the first entry that says this."""
        options = self.page.locator(f"select[name={name}] option", has_text=words)
        self.page.locator(f"select[name={name}]").select_option(value=str(options.first.get_attribute("value")))

    def says(self, *words: str) -> None:
        """Read these words on the page."""
        for one in words:
            expect(self.page.locator("main")).to_contain_text(one)

    def picture(self, name: str) -> None:
        """Look over the page that stands at both widths, and take its picture."""
        both_widths(self.visitor, name)

    def sign_out(self) -> None:
        """Leave."""
        self.page.get_by_role("button", name="Sign out").click()
        self.who = ""
