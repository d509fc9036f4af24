"""A person at a desk, whose clicks are counted: from "My queue", "Triage" or "Late" to an act that is done, or what is looked at.

A click is a press on a link, a button or "More"; filling the one short form that it opens is not counted (as in test_worklist).
"""

from dataclasses import dataclass

from playwright.sync_api import Locator, expect

from tests.browser.passing import Passage
from tests.browser.test_worklist import MOST_CLICKS

MINE, TRIAGE, LATE = "/prosecution/mine/", "/prosecution/triage/", "/prosecution/overview/"


@dataclass
class Desk(Passage):
    """One person at one queue."""

    clicks: int = 0
    queue: str = ""

    def begin(self, who: str, queue: str) -> "Desk":
        """Sign in and open the queue; clicks count from here."""
        self.work_as(who)
        self.queue = queue
        self.visitor.open(queue)
        self.clicks = 0
        return self

    def press(self, what: Locator, *, leads: bool = True) -> None:
        """Press something, once; it leads to another page unless it only unfolds."""
        if leads:
            self.follow(what)
        else:
            what.click()
        self.clicks += 1

    def row(self, words: str, act: str = "") -> Locator:
        """Return the first row that says this, and carries this act."""
        found = self.page.locator(".rasso-row").filter(has_text=words)
        return (found.filter(has=self.page.locator("a[data-act]", has_text=act)) if act else found).first

    def open_act(self, words: str, act: str) -> None:
        """Open the form of an act in a row, by "More" where it stands there."""
        row = self.row(words, act)
        link = row.locator("a[data-act]", has_text=act).first
        if not link.is_visible():
            self.press(row.locator("details.rasso-more summary"), leads=False)
        self.press(link)
        self.visitor.check()

    def done(self, said: str) -> None:
        """Send the form: it is said that it was done, in the queue one came from, and there were few enough clicks."""
        self.save(said)
        self.clicks += 1
        assert self.page.url.split("#")[0].split("?")[0] == f"{self.visitor.site}{self.queue}", "it comes back to the queue"
        self.few()

    def few(self) -> None:
        """There were few enough clicks."""
        assert self.clicks <= MOST_CLICKS, f"{self.clicks} clicks"

    def sees(self, what: Locator, *words: str) -> None:
        """Read this there, with few enough clicks."""
        for one in words:
            expect(what).to_contain_text(one)
        self.few()
