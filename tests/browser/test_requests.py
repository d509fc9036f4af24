"""Appointments, requests and their notices in a real browser: both widths, axe; the PDF is a tagged one."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.test_journeys import fill_moment, in_days
from tests.browser.test_screens import both_widths
from tests.pdfs import is_tagged, title_of

TEXTS = {
    "reasonable_because": "The day of the first visit is disputed",
    "holder_has_it_because": "The visits are on record there",
    "necessary_because": "Nothing else holds the date",
    "proportionate_because": "One date and nothing else",
    "less_intrusive_means": "Her adviser was asked first and does not know",
    "how_handled": "Read by one officer, then destroyed",
    "substantial_probative_value": "It is the only record of that day",
}


def open_victim(visitor: Visitor, reference: str) -> str:
    """Open the page of the first victim of a case and return its address."""
    page = visitor.open("/cases/").page
    page.locator("[name=terms]").fill(reference)
    page.locator("[name=terms]").press("Enter")
    page.locator("main a[href^='/cases/']", has_text=reference).first.click()
    page.get_by_role("link", name="Victim A: telling").click()
    visitor.check()
    return str(page.url)


def save(page: Page) -> None:
    """Send the form of an act."""
    page.locator("main form").get_by_role("button", name="Save").click()


def leave(page: Page) -> None:
    """Sign out."""
    page.get_by_role("button", name="Sign out").click()


def test_an_appointment_is_booked_cancelled_by_an_event_and_rebooked(visitor: Visitor) -> None:
    page = visitor.sign_in("supervisor").page
    victim = open_victim(visitor, "52/DEMO/04")
    page.locator("#appointments ~ .rasso-acts").get_by_role("link", name="Book an appointment").click()
    page.locator("label", has_text="Meeting about the case").click()
    fill_moment(page, "starts_at", *in_days(340), "10:00")
    officer = page.locator("select[name=with_id] option").nth(1)
    name, value = str(officer.text_content()), str(officer.get_attribute("value"))
    page.locator("select[name=with_id]").select_option(value)
    page.locator("[name=place]").fill("Interview suite (invented)")
    both_widths(visitor, "appointment-book")
    save(page)
    expect(page.locator("main")).to_contain_text("Appointment booked.")
    visitor.open("/abstractions/new/")
    page.locator("[name=event]").fill("Regatta (invented)")
    fill_moment(page, "starts_at", *in_days(340), "08:00")
    fill_moment(page, "ends_at", *in_days(340), "20:00")
    page.locator("[name=find]").fill(name.split(" (")[0].split()[-1])
    page.get_by_role("button", name="Find").click()
    page.locator(f"[name=officer_ids][value='{value}']").check(force=True)
    page.locator("main").get_by_role("button", name="Enter the event").click()
    expect(page.locator("main")).to_contain_text("appointment")
    page.locator("label", has_text="Cancelled").first.click()
    page.locator("main").get_by_role("button", name="Save answers").click()
    expect(page.locator("main")).to_contain_text("1 answer saved.")
    both_widths(visitor, "abstraction-appointments")
    page.goto(victim)
    expect(page.locator("main")).to_contain_text("We cancelled on Victim A")
    page.get_by_role("link", name="All appointments, with places").or_(page.get_by_role("link", name="Show the places")).click()
    expect(page.locator("main")).to_contain_text("Interview suite (invented)")
    both_widths(visitor, "victim-appointments-places")
    page.goto(victim)
    page.get_by_role("link", name="Open the request").last.click()
    expect(page.get_by_role("heading", name="Request for a device")).to_be_visible()
    both_widths(visitor, "device-request")
    page.goto(victim)
    page.get_by_role("link", name="Book another").first.click()
    fill_moment(page, "starts_at", *in_days(341), "10:00")
    save(page)
    visitor.check()
    expect(page.locator("main")).to_contain_text("Booked again for")


def test_a_request_is_blocked_noticed_approved_and_sent(visitor: Visitor) -> None:
    page = visitor.sign_in("supervisor").page
    open_victim(visitor, "52/DEMO/06")
    page.get_by_role("link", name="Open the request").first.click()
    request = page.url
    expect(page.get_by_role("link", name="Mark as sent")).to_have_count(0)
    both_widths(visitor, "information-request-blocked")
    page.get_by_role("link", name="Fill in or change").last.click()
    for name, text in TEXTS.items():
        page.locator(f"[name={name}]").fill(text)
    save(page)
    visitor.check()
    with page.expect_download() as download:
        page.get_by_role("link", name="Notice to the victim (PDF)").click()
    pdf = download.value.path().read_bytes()
    assert is_tagged(pdf)
    assert title_of(pdf) == "Notice of a request for information"
    page.goto(request)
    page.get_by_role("link", name="Record the notice").last.click()
    page.locator("label", has_text="The victim").first.click()
    fill_moment(page, "given_at", *in_days(0), "00:00")
    save(page)
    visitor.check()
    leave(page)
    visitor.sign_in("reviewer").page.goto(request)
    page.get_by_role("link", name="Approve or refuse").last.click()
    both_widths(visitor, "information-request-approve")
    page.locator("label", has_text="Yes").click()
    save(page)
    expect(page.locator("main")).to_contain_text("Nothing is open")
    page.get_by_role("link", name="Mark as sent").click()
    save(page)
    visitor.check()
    expect(page.locator("main")).to_contain_text("Sent, not answered")
    both_widths(visitor, "information-request-sent")
