"""The pictures of the README: every main page at 1280 and 375 wide, without a finding by axe and without sideways scrolling.

With RASSO_WRITE_SCREENS=1 the pictures in docs/screens/ are written anew.
"""

import os
from pathlib import Path

import pytest

from tests.browser.conftest import Visitor

SCREENS = Path(__file__).parent.parent.parent / "docs" / "screens"
PAGES = (
    ("cases", "supervisor", "/cases/"),
    ("new-case", "investigator", "/cases/new/"),
    ("overdue-arrests", "supervisor", "/reports/overdue-arrests/"),
    ("imports", "supervisor", "/imports/"),
    ("area-cases", "prosecutor", "/cases/"),
    ("home-isva", "isva", "/"),
)


def picture(visitor: Visitor, name: str, width: int) -> None:
    """Check the page at this width, and write its picture where that is asked for."""
    visitor.page.set_viewport_size({"width": width, "height": 900})
    visitor.check()
    wide = visitor.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width, f"{name} scrolls sideways at {width}: {wide}"
    if os.environ.get("RASSO_WRITE_SCREENS") == "1":
        SCREENS.mkdir(parents=True, exist_ok=True)
        visitor.page.screenshot(path=SCREENS / f"{name}-{width}.png", clip={"x": 0, "y": 0, "width": width, "height": 1400}, full_page=True)


@pytest.mark.parametrize(("name", "who", "path"), PAGES, ids=[page[0] for page in PAGES])
def test_a_page_at_both_widths(visitor: Visitor, name: str, who: str, path: str) -> None:
    visitor.sign_in(who).open(path)
    for width in (1280, 375):
        picture(visitor, name, width)


def test_the_sign_in_page_at_both_widths(visitor: Visitor) -> None:
    visitor.open("/accounts/login/")
    for width in (1280, 375):
        picture(visitor, "sign-in", width)


def test_a_case_at_both_widths(visitor: Visitor) -> None:
    visitor.sign_in("supervisor").open("/reports/overdue-arrests/")
    visitor.page.locator("main table a[href^='/cases/']").first.click()
    for width in (1280, 375):
        picture(visitor, "case", width)
