"""The inbox and the daily report in a real browser, at both widths: told, seen in the bar, opened, marked, chosen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.test_screens import both_widths

TELL = """
from accounts.models import User
from notifications.services import tell
from reports.tasks import daily_runs
daily_runs()
person = User.objects.get(email="supervisor@demo.example")
for subject in ("case_offered", "emergency_access"):
    tell(user=person, subject=subject, key="browser")
"""


@pytest.fixture
def told(in_site: Callable[[str], None]) -> None:
    """Make the daily run and tell the supervisor two more things."""
    in_site(TELL)


def test_a_supervisor_reads_her_inbox_and_the_daily_report(visitor: Visitor, told: None) -> None:
    page = visitor.sign_in("supervisor").open("/inbox/").page
    badge = page.locator(".moj-notification-badge")
    unread = int(badge.inner_text().split()[0])
    assert unread >= 3
    both_widths(visitor, "inbox")
    page.locator("li", has_text="Emergency access was taken").first.get_by_role("button", name="Mark as read").click()
    expect(badge).to_contain_text(str(unread - 1))
    page.locator("li", has_text="Daily report").get_by_role("button", name="Open").click()
    assert page.url.endswith(("/today/", "/reports/overdue-arrests/"))
    expect(badge).to_contain_text(str(unread - 2))
    visitor.open("/inbox/").page.get_by_role("button", name="Mark all as read").click()
    expect(page.locator("main")).to_contain_text(f"{unread - 2} marked as read.")
    expect(badge).to_have_count(0)
    visitor.check()
    page.get_by_role("link", name="Choose how you are told").click()
    visitor.check()
    page.get_by_role("group", name="The daily report of your force").get_by_label("Inbox only").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("Your choices were saved.")
    visitor.open("/reports/daily/")
    both_widths(visitor, "daily-runs")
    page.locator("main tbody a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Daily report")
    both_widths(visitor, "daily-run")


def test_the_inbox_of_somebody_whom_nothing_was_told(visitor: Visitor) -> None:
    visitor.sign_in("panel").open("/inbox/")
    expect(visitor.page.locator("main")).to_contain_text("Nothing waits for you.")
    both_widths(visitor, "inbox-empty")
