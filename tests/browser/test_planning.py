"""Events that take officers, cover, and handing over, in a real browser: both widths, axe, the keyboard, without JavaScript."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.test_journeys import fill_moment, in_days
from tests.browser.test_screens import both_widths


def enter_event(page: Page, name: str) -> None:
    """Fill the form of an event a year ahead and send it."""
    page.locator("[name=event]").fill(name)
    fill_moment(page, "starts_at", *in_days(346), "08:00")
    fill_moment(page, "ends_at", *in_days(346), "20:00")
    page.locator("main").get_by_role("button", name="Enter the event").click()


def plan_in_the_hours(visitor: Visitor) -> None:
    """Plan an arrest in the event's hours from a case whose suspect has none planned, as its officer."""
    page = visitor.page
    page.get_by_role("link", name="Plan the arrest").first.click()
    visitor.check()
    fill_moment(page, "planned_for", *in_days(346), "09:00")
    page.locator("main form").get_by_role("button", name="Save").click()
    visitor.check()


def test_an_event_is_entered_runs_into_a_plan_and_is_answered_in_the_row(visitor: Visitor) -> None:
    page = visitor.sign_in("supervisor").open("/abstractions/new/").page
    page.locator("[name=find]").fill("Oakhill")
    page.get_by_role("button", name="Find").click()
    both_widths(visitor, "abstraction-find")
    page.get_by_label("DC Maren Oakhill").check(force=True)
    enter_event(page, "Marathon (invented)")
    both_widths(visitor, "abstraction-entered")
    event = page.url
    page.get_by_role("button", name="Sign out").click()
    visitor.sign_in("investigator").open("/cases/?only=no_decision")
    for address in [link.get_attribute("href") for link in page.locator("main h2 a[href^='/cases/'], main h3 a[href^='/cases/']").all()]:
        visitor.open(str(address))
        if page.get_by_role("link", name="Plan the arrest").count():
            break
    plan_in_the_hours(visitor)
    expect(page.locator("main")).to_contain_text("The officer is taken at that time for “Marathon (invented)”")
    page.get_by_role("button", name="Sign out").click()
    visitor.sign_in("supervisor").page.goto(event)
    both_widths(visitor, "abstraction")
    page.locator("main").get_by_role("button", name="Save answers").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Select an answer for at least one of these")
    both_widths(visitor, "abstraction-errors")
    page.locator("label", has_text="Cancelled").first.click()
    page.locator("main").get_by_role("button", name="Save answers").click()
    visitor.check()
    expect(page.locator("main")).to_contain_text("1 answer saved.")
    page.get_by_role("link", name="Change").first.click()
    both_widths(visitor, "abstraction-change")
    page.goto(event)
    page.get_by_role("link", name="Call it off").click()
    both_widths(visitor, "abstraction-call-off")
    page.locator("[name=why]").fill("The marathon was cancelled.")
    page.get_by_role("button", name="Call it off").click()
    visitor.check()
    expect(page.locator("main")).to_contain_text("called it off")


def test_cases_are_handed_over_by_keyboard_after_a_second_look(visitor: Visitor) -> None:
    page = visitor.sign_in("supervisor").open("/hand-over/").page
    value = page.locator("select[name=person] option", has_text="Larkfield").get_attribute("value")
    page.locator("select[name=person]").select_option(value)
    page.get_by_role("button", name="Continue").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[name=case_ids]").first).to_be_attached()
    both_widths(visitor, "hand-over")
    page.locator("[name=case_ids]").first.focus()
    page.keyboard.press("Space")
    page.locator("#id_to_ids_0").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Continue").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Hand over 1 case")).to_be_visible()
    both_widths(visitor, "hand-over-confirm")
    expect(page.locator("main")).to_contain_text("for rape investigation")
    page.get_by_label("Note on this case").first.fill("The victim prefers calls after four.")
    page.get_by_role("button", name="Hand over").focus()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("1 case handed over.")
    visitor.check()


def test_an_absence_is_entered_without_javascript(visitor: Visitor) -> None:
    context = visitor.page.context.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]
    plain = Visitor(context.new_page(), visitor.site)
    page = plain.sign_in("sergeant").page
    page.goto(f"{visitor.site}/away/")
    page.locator("[name=name]").fill("larkfield")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="DC Tobin Larkfield").first.click()
    for part, value in (("day", "1"), ("month", "1"), ("year", "2026")):
        page.locator(f"[name=away_from_{part}]").fill(value)
        page.locator(f"[name=away_to_{part}]").fill("")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("Nobody covers. What falls due in these days has no owner")
    expect(page.locator("main table")).to_contain_text("Open-ended")
    context.close()
    visitor.sign_in("supervisor").open("/away/")
    both_widths(visitor, "away-filled")
    visitor.page.get_by_role("link", name="DC Tobin Larkfield").first.click()
    both_widths(visitor, "away-form")
    visitor.page.get_by_role("button", name="No longer away").click()
    expect(visitor.page).to_have_url(f"{visitor.site}/away/")
    visitor.check()


def test_the_role_form_shows_load_and_accreditation_beside_each_name(visitor: Visitor) -> None:
    page = visitor.sign_in("supervisor").open("/cases/").page
    page.locator("main h2 a[href^='/cases/'], main h3 a[href^='/cases/']").first.click()
    page.get_by_role("link", name="Give a role").first.click()
    both_widths(visitor, "assign-person")
    expect(page.locator("select[name=user_id]")).to_contain_text("live cases")
