"""Who a victim is, in a real browser: masked, shown for a reason, entered; needs; contact people; found again. Axe on every page."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.test_journeys import choose
from tests.browser.test_screens import both_widths


def open_victim(visitor: Visitor) -> Page:
    """Open the page of the first victim of the investigator's first case, from the case."""
    page = visitor.sign_in("investigator").open("/cases/").page
    page.locator("main h2 a[href^='/cases/'], main h3 a[href^='/cases/']").first.click()
    page.locator("main a[href^='/victims/']", has_text="Victim A: telling").first.click()
    visitor.check()
    return page


def test_identity_is_shown_for_a_reason_and_hidden_again(visitor: Visitor) -> None:
    page = open_victim(visitor)
    assert page.title().startswith("Victim")
    expect(page.locator("main")).not_to_contain_text("07700")
    both_widths(visitor, "victim")
    page.get_by_role("button", name="Show identity").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Select why you need to see it")
    visitor.check()
    page.locator("[name=reason]").select_option("contact")
    page.get_by_role("button", name="Show identity").click()
    visitor.check()
    expect(page.locator("main")).to_contain_text("07700 900")
    assert page.title().startswith("Victim")
    both_widths(visitor, "victim-shown")
    page.get_by_role("link", name="Hide it now").click()
    visitor.check()
    expect(page.locator("main")).not_to_contain_text("07700")


def test_identity_is_corrected_and_what_cannot_be_stands_beside_its_field(visitor: Visitor) -> None:
    page = open_victim(visitor)
    page.get_by_role("link", name="Correct who she or he is").click()
    both_widths(visitor, "victim-identity")
    page.locator("[name=home_telephone]").fill("no number")
    page.locator("[name=notes]").fill("Typed before the mistake")
    page.locator("main").get_by_role("button", name="Save").click()
    visitor.check()
    expect(page.locator(".govuk-error-message")).to_contain_text("Enter a telephone number")
    assert page.locator("[name=notes]").input_value() == "Typed before the mistake"
    page.locator("[name=home_telephone]").fill("0117 496 0997")
    page.locator("main").get_by_role("button", name="Save").click()
    visitor.check()
    expect(page.locator("main")).to_contain_text("Identity saved.")


def test_needs_are_assessed(visitor: Visitor) -> None:
    page = open_victim(visitor)
    page.get_by_role("link", name="Assess needs").click()
    both_widths(visitor, "assess-needs")
    page.locator("[name=enhanced_because]").fill("Victim of a sexual offence")
    page.locator("label", has_text="Live link").click()
    page.locator("main").get_by_role("button", name="Save").click()
    visitor.check()
    expect(page.locator("main")).to_contain_text("Needs recorded.")


def test_somebody_near_a_suspect_is_the_inspectors_to_add(visitor: Visitor) -> None:
    page = open_victim(visitor)
    page.get_by_role("link", name="Add a contact person").click()
    visitor.check()
    page.locator("[name=never_tell]").fill("Where she lives now")
    page.locator("[name=name]").fill("Ottoline Journey-Invented")
    for name, value in (("kind", "parent"), ("may_be_told", "arrangements"), ("near_suspect", "yes")):
        choose(page, name, value)
    page.locator("main").get_by_role("button", name="Save").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Ask an inspector to record this decision")
    both_widths(visitor, "contact-person-errors")
    choose(page, "near_suspect", "no")
    page.locator("main").get_by_role("button", name="Save").click()
    visitor.check()
    expect(page.locator("main")).to_contain_text("Never tell: Where she lives now")
    expect(page.locator("main")).not_to_contain_text("Ottoline")
    page.get_by_role("link", name="Change contact person").first.click()
    both_widths(visitor, "contact-person-change")


def test_a_victim_is_found_by_keyboard_alone(visitor: Visitor) -> None:
    page = open_victim(visitor)
    page.locator("[name=reason]").select_option("identity")
    page.get_by_role("button", name="Show identity").click()
    email = page.locator(".govuk-summary-list__value", has_text="@demo.example").inner_text().strip()
    visitor.open("/victims/find/").page.locator("[name=email]").focus()
    page.keyboard.type(email)
    page.keyboard.press("Enter")
    visitor.check()
    expect(page.locator("main")).to_contain_text("victim A")
    assert email not in page.url
    both_widths(visitor, "victim-found")
