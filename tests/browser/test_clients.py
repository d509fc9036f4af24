"""A support service in the browser: an ISVA's clients, a question, a request to tell, the paper a client takes home, allocation."""

from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.test_screens import both_widths

ASKED = "When is the next visit about the locks?"


def test_an_isva_asks_and_is_asked_to_tell(visitor: Visitor) -> None:
    page = visitor.sign_in("isva").open("/clients/").page
    expect(page.locator("h1")).to_have_text("My clients")
    page.locator("#clients li").filter(has_text="To tell").get_by_role("link").first.click()
    both_widths(visitor, "client")
    page.get_by_role("button", name="Ask the officer").click()
    both_widths(visitor, "client-question")
    expect(page.locator("main")).to_contain_text("This may be disclosed. Write nothing about support or therapy.")
    page.get_by_label("My client’s safety").check()
    page.get_by_label("Your question").fill(ASKED)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text(ASKED)

    page.get_by_role("button", name="Open the request").first.click()
    expect(page.locator("main")).to_contain_text("The officer’s words")
    both_widths(visitor, "client-to-tell")
    page.get_by_role("link", name="Say what happened").first.click()
    page.get_by_label("My client asks for the officer").check()
    both_widths(visitor, "client-told")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("The client asks for the officer")


def test_an_officer_reads_what_the_isva_wrote(visitor: Visitor) -> None:
    page = visitor.sign_in("supervisor").open("/cases/?only=all").page
    page.locator("[name=terms]").fill("52/DEMO/01")
    page.get_by_role("button", name="Search").click()
    page.locator("main h3 a[href^='/cases/']").first.click()
    page.get_by_role("link", name="Victim A").click()
    page.get_by_role("link", name="Read what the ISVA wrote").click()
    both_widths(visitor, "isva-words")
    expect(page.locator("main")).to_contain_text("My client’s safety")


def test_what_a_client_takes_home(visitor: Visitor) -> None:
    page = visitor.sign_in("isva").open("/clients/").page
    page.locator("#clients li").get_by_role("link").first.click()
    page.get_by_role("link", name="Where things stand").click()
    both_widths(visitor, "where-things-stand")
    expect(page.locator("main")).to_contain_text("What you have been told so far")


def test_a_manager_allocates(visitor: Visitor) -> None:
    page = visitor.sign_in("isva-manager").open("/clients/").page
    page.get_by_role("link", name="to allocate").click()
    page.locator("#clients li").get_by_role("link").first.click()
    page.get_by_role("button", name="Allocate", exact=True).click()
    both_widths(visitor, "client-allocate")
    page.get_by_label("Juno Saltmarsh").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("Allocated.")
