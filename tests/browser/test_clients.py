"""A support service in the browser: an ISVA's week with her clients, and what the officer and the manager do beside it."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.test_screens import both_widths

ASKED = "When is the next visit about the locks?"
UNREAD = """
from datetime import timedelta
from accounts.models import User
from audit import context
from core import clock
from core.scope import scope, system
from tests.factories import acting_as
from cases import models as m
from victims.models import SupportReferral, TellRequest
from victims.services import tell_requests
person = User.objects.get(email="supervisor@demo.example")
with scope(system(52)):
    case = m.Case.objects.get(crime_reference="52/DEMO/21")
    referral = SupportReferral.objects.get(case=case, state="accepted")
    complainant = referral.complainant
with acting_as(person):
    thing = tell_requests.told_by_isva(case, complainant)[-1].key
    words = "We have reached the step that I promised to tell you about."
    row = tell_requests.ask_isva_to_tell(actor=person, case_id=case.pk, referral_id=referral.pk, thing=thing, words=words)
with scope(system(52)):
    TellRequest.objects.filter(pk=row.pk).update(sent_at=clock.now() - timedelta(days=6))
with context.acting_as_system(reason="browser test"):
    assert tell_requests.return_unread(52) == 1
"""
"""A request to tell that nobody at the service read in four working hours."""


def open_client(visitor: Visitor, tag: str = "", who: str = "isva") -> Page:
    """Open the page of the first client in the list, or of the first one with these words."""
    page = visitor.sign_in(who).open("/clients/").page
    found = page.locator("#clients > li")
    (found.filter(has_text=tag) if tag else found).locator("h2 a").first.click()
    return page


def test_an_isva_asks_and_is_asked_to_tell(visitor: Visitor) -> None:
    page = visitor.sign_in("isva").open("/clients/").page
    page.locator("#waiting li", has_text="To tell: open it").get_by_role("link").first.click()
    expect(page.locator("main")).to_contain_text("Something to tell your client")
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


def test_an_isva_marks_an_answer_and_asks_again(visitor: Visitor) -> None:
    page = open_client(visitor, "The officer answered")
    expect(page.locator("main")).to_contain_text("The laboratory has had it since Monday.")
    both_widths(visitor, "client-answered")
    page.get_by_role("link", name="Ask again").click()
    visitor.check()
    page.get_by_role("link", name="Cancel").click()
    page.get_by_role("button", name="That answers it").click()
    visitor.check()
    expect(page.locator("main")).to_contain_text("Closed.")
    expect(page.locator("main")).not_to_contain_text("That answers it")


def test_an_isva_says_heard_nothing_passes_on_a_choice_and_records_a_contact(visitor: Visitor) -> None:
    page = open_client(visitor, "Crime reference52/DEMO/01")
    page.get_by_role("button", name="My client has heard nothing").click()
    both_widths(visitor, "client-heard-nothing")
    page.get_by_label("What the officer should know").fill("Nobody rang on Friday.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("It stays open until a contact reaches your client.")
    page.get_by_role("button", name="My client has heard nothing").click()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("You have said this already")
    visitor.check()
    page.get_by_role("link", name="Cancel").click()

    page.get_by_role("button", name="Pass on a choice").click()
    page.get_by_label("How to be reached safely has changed").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Enter what has changed")
    both_widths(visitor, "client-choice-errors")
    page.get_by_label("In your client’s words").fill("Text first, never after six.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("Text first, never after six.")

    page.get_by_role("button", name="Record a contact of yours").click()
    page.get_by_label("Video call").check()
    visitor.check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("ISVA, video call, reached")


def test_an_officer_answers_confirms_a_link_and_sees_what_came_back_unread(visitor: Visitor, in_site: Callable[[str], None]) -> None:
    in_site(UNREAD)
    page = open_victim(visitor, "52/DEMO/01")
    expect(page.locator("main")).to_contain_text("A question to the officer")
    both_widths(visitor, "victim-with-support")
    page.get_by_role("link", name="Answer the ISVA").or_(page.get_by_role("button", name="Answer the ISVA")).first.click()
    both_widths(visitor, "answer-isva")
    expect(page.locator("main")).to_contain_text("Has the visit about the locks been booked?")
    page.get_by_label("Your answer").fill("It is booked for Tuesday at ten.")
    page.get_by_role("button", name="Save").click()
    visitor.check()
    visitor.open("/cases/")
    go_to_victim(page, "52/DEMO/01")
    page.get_by_role("link", name="Read what the ISVA wrote").click()
    both_widths(visitor, "isva-words")
    expect(page.locator("main")).to_contain_text("It is booked for Tuesday at ten.")
    expect(page.locator("main")).to_contain_text("Witnessed by The interviewing officer.")

    visitor.open("/cases/")
    go_to_victim(page, "52/DEMO/21")
    expect(page.locator("main")).to_contain_text("Unread, back to the officer")

    visitor.open("/cases/")
    go_to_victim(page, "52/DEMO/11")
    expect(page.locator("main")).to_contain_text("asks to be linked")
    page.get_by_role("link", name="Confirm the link").or_(page.get_by_role("button", name="Confirm the link")).first.click()
    page.locator("[name=asked_victim]").check()
    both_widths(visitor, "confirm-link")
    page.get_by_role("button", name="Save").click()
    visitor.check()
    expect(page.locator("main")).to_contain_text("The service sees what she or he is told.")


def open_victim(visitor: Visitor, reference: str) -> Page:
    """Open the page of victim A of a case, as its supervisor."""
    page = visitor.sign_in("supervisor").open("/cases/").page
    go_to_victim(page, reference)
    return page


def go_to_victim(page: Page, reference: str) -> None:
    """From the list of cases, look a case up and go to its first victim."""
    page.locator("[name=terms]").fill(reference)
    page.get_by_role("button", name="Search").click()
    page.locator("main h3 a[href^='/cases/']").first.click()
    page.get_by_role("link", name="Victim A: telling").click()


def test_what_a_client_takes_home(visitor: Visitor) -> None:
    page = open_client(visitor)
    page.get_by_role("link", name="Where things stand").click()
    both_widths(visitor, "where-things-stand")
    assert page.title() == "Where things stand"
    expect(page.locator("main")).to_contain_text("What you have been told so far")
    page.emulate_media(media="print")
    for hidden in ("header", "footer", ".rasso-marking", ".govuk-button"):
        for one in page.locator(hidden).all():
            expect(one).to_be_hidden()
    page.emulate_media(media="screen")
    with page.expect_download() as download:
        page.get_by_role("button", name="Print it (PDF)").click()
    assert download.value.suggested_filename == "where-things-stand.pdf"


def test_an_isva_asks_for_a_link_and_is_answered_the_same(visitor: Visitor) -> None:
    page = visitor.sign_in("isva").open("/clients/link/").page
    page.locator("[name=force_id]").select_option(value="52")
    page.get_by_label("Crime reference").fill("52/NOBODY/1")
    page.get_by_label("Your client’s name").fill("Ottoline Journey-Invented")
    page.get_by_role("button", name="Send to the police").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("signed consent")
    both_widths(visitor, "link-a-client-errors")
    page.locator("[name=consent_signed]").check()
    page.get_by_role("button", name="Send to the police").click()
    visitor.check()
    expect(page.locator("main")).to_contain_text("Sent. If the officer confirms it with your client")
    expect(page.locator("main")).to_contain_text("52/NOBODY/1")
    expect(page.locator("main")).not_to_contain_text("Ottoline")


def test_a_manager_allocates_from_the_list_and_consent_ends_sight(visitor: Visitor) -> None:
    page = visitor.sign_in("isva-manager").open("/clients/").page
    page.get_by_role("link", name="to allocate").click()
    page.get_by_role("link", name="Allocate").first.click()
    both_widths(visitor, "client-allocate")
    page.get_by_label("Juno Saltmarsh").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("Allocated.")
    address = page.url
    page.get_by_role("button", name="Consent withdrawn").click()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("My client has withdrawn consent")
    both_widths(visitor, "client-consent-withdrawn")
    page.locator("[name=sure]").check()
    page.get_by_role("button", name="Save").click()
    visitor.check()
    expect(page.locator("main")).to_contain_text("You no longer see this client.")
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 404
