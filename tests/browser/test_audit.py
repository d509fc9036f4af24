"""Emergency access and the audit screens in a browser: from the search that finds nothing to the auditor's review; both widths."""

import re

from tests.browser.conftest import PASSWORD, Visitor
from tests.browser.test_screens import both_widths

REFERENCE = "52/DEMO/01"


def test_from_nothing_found_to_the_review(visitor: Visitor) -> None:
    page = visitor.sign_in("investigator2").open("/cases/").page
    page.get_by_label("Crime reference, URN").fill(REFERENCE)
    page.get_by_role("button", name="Search", exact=True).click()
    page.locator("main").get_by_role("link", name="emergency access").click()
    page.get_by_role("button", name="Take emergency access").click()
    assert page.locator(".govuk-error-summary a").count() == 3
    both_widths(visitor, "emergency-access-errors")
    page.get_by_label("Crime reference").fill(REFERENCE)
    page.get_by_label("Somebody is in danger now").check()
    page.get_by_label("What has happened").fill("A neighbour heard threats")
    page.get_by_role("button", name="Take emergency access").click()
    assert page.get_by_role("heading", level=1).inner_text() == REFERENCE
    assert page.get_by_text("You see this case under emergency access until").is_visible()
    both_widths(visitor, "case-under-emergency-access")
    page.get_by_role("button", name="Sign out").click()
    reviewed(visitor)


def reviewed(visitor: Visitor) -> None:
    """Go on as the auditor: the way to the log, the review, one row, the file."""
    page = visitor.sign_in("auditor").open("/").page
    page.locator("main").get_by_role("link", name="Emergency access").click()
    page.get_by_role("link", name=REFERENCE).click()
    both_widths(visitor, "audit-one-emergency-access")
    page.get_by_role("link", name="Rows of the log for this person and case").click()
    assert "52/DEMO" not in page.url
    assert page.get_by_text("A neighbour heard threats").count() >= 2
    both_widths(visitor, "access-log-of-a-case")
    page.locator("main tbody a").first.click()
    both_widths(visitor, "access-log-row")
    visitor.open("/audit/emergency-access/").page.get_by_role("link", name=REFERENCE).click()
    page.get_by_label("Justified", exact=True).check()
    page.get_by_label("How you came to this").fill("The call is on record")
    page.get_by_role("button", name="Record the review").click()
    assert page.get_by_text("Review recorded").is_visible()
    assert page.get_by_role("link", name=REFERENCE).count() == 0


def test_the_file_comes_once_the_auditor_has_confirmed(visitor: Visitor) -> None:
    page = visitor.sign_in("auditor").open("/audit/").page
    page.get_by_role("link", name="Download these days as a file").click()
    page.get_by_label("What is the file for?").fill("Enquiry 7")
    page.get_by_role("button", name="Download CSV file").click()
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("input[type=password]").press("Enter")
    page.get_by_text("You have confirmed who you are").wait_for()
    assert page.get_by_label("What is the file for?").input_value() == "Enquiry 7"
    assert "Enquiry" not in page.url
    visitor.check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV file").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Download the access log"
    assert re.fullmatch(r"access-log-[\d-]+\.csv", download.value.suggested_filename)
