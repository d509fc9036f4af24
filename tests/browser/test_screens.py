"""Every page at 1280 and 375 wide, without a finding by axe and without sideways scrolling.

With RASSO_WRITE_SCREENS=1 the pictures in docs/screens/ are written anew. Which page has which: tests/browser/screens.py.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.conftest import Visitor
from tests.browser.screens import SCREENS

KEPT = Path(__file__).parent.parent.parent / "docs" / "screens"
DISAGREE = """
from pathlib import Path
from tempfile import TemporaryDirectory
from django.core.management import call_command
from accounts.models import User
from cases import models as m
from cases.services.corrections import correct_fact
from tests.factories import acting_as
head, record = Path("tests/data/rms-extract.csv").read_text(encoding="utf-8").splitlines()[:2]
with TemporaryDirectory() as folder:
    file = Path(folder) / "extract.csv"
    file.write_text(f"{head}\\n{record}\\n", encoding="utf-8")
    call_command("import_rms", str(file), force="52")
    person = User.objects.get(email="supervisor@demo.example")
    with acting_as(person):
        case = m.Case.objects.get(crime_reference=record.split(",")[0])
        correct_fact(actor=person, case_id=case.pk, table="case", row_id=case.pk, field="risk", new="high", reason="New information")
    file.write_text(f"{head}\\n{record.replace(',medium,', ',standard,')}\\n", encoding="utf-8")
    call_command("import_rms", str(file), force="52")
"""
EMPTY_SERVICE = """
from accounts.roles import AgencyKind
from accounts.services import add_agency
from audit import context
with context.acting_as_system(reason="browser test"):
    add_agency(actor=None, kind=AgencyKind.SUPPORT, name="Quay Street SARC")
"""
WIDTHS = (375, 1280)
LONGEST = 1400
"""How much of a page is kept in its picture (pixels); all of it is checked."""


def picture(visitor: Visitor, name: str, width: int) -> None:
    """Check the page at this width, and write its picture where that is asked for."""
    visitor.page.set_viewport_size({"width": width, "height": 900})
    visitor.check()
    wide = visitor.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width, f"{name} scrolls sideways at {width}: {wide}"
    if os.environ.get("RASSO_WRITE_SCREENS") == "1":
        KEPT.mkdir(parents=True, exist_ok=True)
        high = min(LONGEST, int(visitor.page.evaluate("document.documentElement.scrollHeight")))
        visitor.page.screenshot(path=KEPT / f"{name}-{width}.png", clip={"x": 0, "y": 0, "width": width, "height": high}, full_page=True)


def both_widths(visitor: Visitor, name: str) -> None:
    """Look at the page that stands open at both widths; the window is wide afterwards."""
    for width in WIDTHS:
        picture(visitor, name, width)


@pytest.mark.parametrize("who", list(dict.fromkeys(screen.who for screen in SCREENS)))
def test_the_pages_of_one_person(visitor: Visitor, who: str) -> None:
    visitor.sign_in(who)
    for screen in SCREENS:
        if screen.who == who:
            visitor.open(screen.path)
            both_widths(visitor, screen.picture)


def test_the_sign_in_page(visitor: Visitor) -> None:
    visitor.open("/accounts/login/")
    both_widths(visitor, "sign-in")


def test_a_case_its_timeline_and_its_forms(visitor: Visitor) -> None:
    page = visitor.sign_in("supervisor").open("/reports/overdue-arrests/").page
    page.locator("main table a[href^='/cases/']").first.click()
    both_widths(visitor, "case")
    case = page.url.split("#")[0]
    for picture_name, link in (("add-note", "Add a note"), ("record-arrest", "Record an arrest")):
        page.get_by_role("link", name=link).first.click()
        both_widths(visitor, picture_name)
        page.goto(case)
    page.goto(f"{case}timeline/")
    both_widths(visitor, "timeline")


def test_bail_extended_from_the_diary(visitor: Visitor) -> None:
    page = visitor.sign_in("supervisor").open("/reports/bail/").page
    page.get_by_role("link", name="Extend").first.click()
    both_widths(visitor, "extend-bail")


def test_a_form_in_a_row_of_the_worklist(visitor: Visitor) -> None:
    page = visitor.sign_in("investigator").open("/").page
    page.locator("main a[href^='/worklist/']").first.click()
    page.wait_for_selector("main form [name=version]", state="attached")
    both_widths(visitor, "worklist-form")


def test_one_section_of_the_morning(visitor: Visitor) -> None:
    visitor.sign_in("supervisor").open("/today/reviews/")
    both_widths(visitor, "today-section")


def test_a_filter_is_kept_renamed_and_deleted(visitor: Visitor) -> None:
    page = visitor.sign_in("supervisor").open("/reports/overdue-arrests/?risk=medium").page
    page.get_by_text("Save this filter").first.click()
    page.locator("form[action*='/filters/'] [name=name]").first.fill("Medium risk, mine")
    page.locator("form[action*='/filters/'] button").first.click()
    visitor.open("/filters/")
    both_widths(visitor, "filters")
    for name in ("Rename", "Delete"):
        page.get_by_role("link", name=name).first.click()
        both_widths(visitor, f"filter-{name.lower()}")
        visitor.open("/filters/")


def test_an_extract_is_checked(visitor: Visitor) -> None:
    page = visitor.sign_in("supervisor").open("/imports/new/").page
    page.set_input_files("input[type=file]", Path(__file__).parent.parent / "data" / "rms-extract-dirty.csv")
    page.locator("main form button").first.click()
    page.wait_for_url("**/imports/*-*/")
    both_widths(visitor, "import-run")


def test_a_unit_and_the_first_administrator_of_a_service(visitor: Visitor, in_site: Callable[[str], None]) -> None:
    in_site(EMPTY_SERVICE)
    page = visitor.sign_in("administrator").open("/administration/units/").page
    page.locator("main a[href*='/units/']:not([href$='/new/'])").first.click()
    both_widths(visitor, "administration-unit-change")
    visitor.open("/administration/services/").page.get_by_role("link", name="Name the first administrator").first.click()
    both_widths(visitor, "administration-service-administrator")


def test_where_the_extract_disagrees(visitor: Visitor, in_site: Callable[[str], None]) -> None:
    in_site(DISAGREE)
    page = visitor.sign_in("supervisor").open("/imports/disagreements/").page
    both_widths(visitor, "disagreements")
    page.locator("main a[href*='/disagreements/']").first.click()
    both_widths(visitor, "disagreement")


def test_a_pattern_and_an_accreditation(visitor: Visitor) -> None:
    page = visitor.sign_in("auditor").open("/audit/patterns/").page
    page.locator("main a[href^='/audit/patterns/']").first.click()
    both_widths(visitor, "audit-pattern")
    page.get_by_role("button", name="Sign out").click()
    page = visitor.sign_in("administrator").open("/administration/people/").page
    page.get_by_role("link", name="DC Tobin Larkfield").click()
    page.get_by_role("link", name="Change when it expires").first.click()
    both_widths(visitor, "administration-accreditation-end")
