"""One journey for each police role, in a real browser on a real server, axe on every page that is passed."""

from datetime import date, timedelta

from playwright.sync_api import Page, expect

from core import clock
from tests.browser.conftest import Visitor


def fill_moment(page: Page, name: str, day: int, month: int, year: int, time: str) -> None:
    """Fill a date and time of three boxes and one."""
    for part, value in (("day", day), ("month", month), ("year", year), ("time", time)):
        page.locator(f"[name='{name}_{part}']").fill(str(value))


def in_days(days: int) -> tuple[int, int, int]:
    """Return day, month and year so many days from today (before it, where negative), as date boxes take them."""
    day = clock.today() + timedelta(days=days)
    return day.day, day.month, day.year


def choose(page: Page, name: str, value: str) -> None:
    """Choose one radio button, as a person does: by its label."""
    key = page.locator(f"[name='{name}'][value='{value}']").get_attribute("id")
    page.locator(f"label[for='{key}']").click()


def told_before(page: Page, label: str, day: date) -> None:
    """Say that a victim was told before: that morning, by telephone."""
    choose(page, f"telling_{label}_said", "told")
    fill_moment(page, f"telling_{label}_at", day.day, day.month, day.year, "08:00")
    page.locator(f"[name=telling_{label}_how]").select_option("telephone")


def find_case(visitor: Visitor, wanted: str) -> None:
    """Search from the list of cases and open the first case found."""
    visitor.open("/cases/")
    visitor.page.get_by_label("Crime reference, URN or suspect").fill(wanted)
    visitor.page.get_by_role("button", name="Search").click()
    visitor.check()
    visitor.page.locator("main h2 a[href^='/cases/'], main h3 a[href^='/cases/']").first.click()
    visitor.check()


def log_a_case(visitor: Visitor, reference: str) -> None:
    """Log a case with one suspect, through the page."""
    page = visitor.open("/cases/new/").page
    page.locator("[name=crime_reference]").fill(reference)
    fill_moment(page, "recorded_at", 1, 11, 2026, "09:30")
    for name, value in (("risk", "high"), ("named", "yes"), ("works_in_justice", "no"), ("complainant_0-age_group", "adult")):
        choose(page, name, value)
    page.locator("[name='complainant_0-code']").select_option("19C")
    page.locator("[name='suspect_0-surname']").fill("O’Journey-Invented")
    page.locator("[name='suspect_0-forenames']").fill("Zéphyr")
    fill_moment(page, "suspect_0-identified_at", 2, 11, 2026, "10:00")
    page.locator("main").get_by_role("button", name="Log the case").last.click()
    visitor.check()


def test_an_investigator_logs_a_case_and_takes_it_to_bail(visitor: Visitor) -> None:
    visitor.sign_in("investigator").check()
    page = visitor.page
    log_a_case(visitor, "52/BROWSER/1")
    expect(page.get_by_role("heading", name="52/BROWSER/1")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Identified, not arrested")
    expect(page.locator("main")).to_contain_text("Arrest")
    page.get_by_role("link", name="Record an arrest").first.click()
    visitor.check()
    fill_moment(page, "at", 3, 11, 2026, "07:15")
    page.locator("main form").get_by_role("button").first.click()
    visitor.check()
    expect(page.locator("main")).to_contain_text("In custody")
    page.get_by_role("link", name="Record the release").first.click()
    visitor.check()
    fill_moment(page, "at", 3, 11, 2026, "06:45")
    choose(page, "to", "bail")
    page.locator("[name=conditions]").fill("Not to contact the complainant.")
    page.locator("main form").get_by_role("button").first.click()
    visitor.check()
    expect(page.locator("main")).to_contain_text("There is a problem")
    assert page.locator("[name=conditions]").input_value() == "Not to contact the complainant.", "what was typed is kept"
    fill_moment(page, "at", 3, 11, 2026, "19:45")
    page.locator("label[for='id_victim_views_sought']").click()
    told_before(page, "A", date(2026, 11, 3))
    page.locator("main form").get_by_role("button").first.click()
    visitor.check()
    expect(page.locator("main")).to_contain_text("On bail")
    expect(page.locator("main")).to_contain_text("3 February 2027")


def test_a_future_arrest_is_answered_beside_the_field(visitor: Visitor) -> None:
    visitor.sign_in("investigator")
    page = visitor.page
    log_a_case(visitor, "52/BROWSER/2")
    page.get_by_role("link", name="Record an arrest").first.click()
    fill_moment(page, "at", 3, 11, 2031, "07:15")
    page.locator("main form").get_by_role("button").first.click()
    visitor.check()
    expect(page.locator(".govuk-error-message").first).to_contain_text("must be on or before")
    assert page.title().startswith("Error:")


def test_a_sergeant_answers_a_decision_not_to_arrest(visitor: Visitor) -> None:
    visitor.sign_in("investigator")
    page = visitor.page
    log_a_case(visitor, "52/BROWSER/3")
    page.get_by_role("link", name="Propose not to arrest").first.click()
    visitor.check()
    page.locator("[name=rationale]").fill("The suspect lives abroad with no plans to return; a voluntary interview is arranged.")
    page.locator("[name=protection]").fill("No contact since the report; the alarm at the address was checked.")
    page.locator("main form").get_by_role("button").first.click()
    visitor.check()
    page.get_by_role("button", name="Sign out").click()
    visitor.sign_in("sergeant")
    find_case(visitor, "52/BROWSER/3")
    page.get_by_role("link", name="Approve or refuse").first.click()
    visitor.check()
    choose(page, "approve", "yes")
    page.locator("main form").get_by_role("button").first.click()
    visitor.check()
    expect(page.locator("main")).to_contain_text("Not to be arrested")


def test_a_supervisor_sees_who_should_have_been_arrested_and_says_what_next(visitor: Visitor) -> None:
    visitor.sign_in("supervisor")
    page = visitor.page
    visitor.open("/reports/overdue-arrests/")
    expect(page.get_by_role("heading", name="Overdue arrests")).to_be_visible()
    page.locator("main table a[href^='/cases/']").first.click()
    visitor.check()
    page.get_by_role("link", name="Review the case").first.click()
    visitor.check()
    page.locator("[name=direction]").fill("Arrest this week; two officers are set aside on Tuesday.")
    page.locator("main form").get_by_role("button").first.click()
    visitor.check()
    expect(page.locator("main")).to_contain_text("two officers are set aside")
    visitor.open("/imports/")


def test_an_analyst_sees_counts_and_no_row(visitor: Visitor) -> None:
    visitor.sign_in("analyst").check()
    visitor.open("/reports/overdue-arrests/")
    assert visitor.page.locator("main a[href^='/cases/']").count() == 0
    answer = visitor.page.goto(f"{visitor.site}/cases/")
    assert answer is not None
    assert answer.status == 404
    visitor.check()


def test_a_prosecutor_sees_a_case_brought_to_the_area_and_no_button_of_the_police(visitor: Visitor) -> None:
    visitor.sign_in("prosecutor").open("/cases/")
    page = visitor.page
    page.locator("main h2 a[href^='/cases/'], main h3 a[href^='/cases/']").first.click()
    visitor.check()
    assert page.get_by_role("link", name="Record an arrest").count() == 0
    expect(page.get_by_role("link", name="Add a CPS note")).to_be_visible()


def test_everything_works_without_javascript(visitor: Visitor) -> None:
    context = visitor.page.context.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]
    plain = Visitor(context.new_page(), visitor.site)
    plain.sign_in("investigator2")
    plain.page.goto(f"{visitor.site}/cases/")
    assert plain.page.get_by_role("heading", name="Cases").count() == 1
    plain.page.locator("main a[href^='/cases/']").filter(has_text="52/").first.click()
    assert plain.page.get_by_role("heading", name="What this case needs").count() == 1
    context.close()
