"""Every page that people read has a picture at both widths in docs/screens/, and no picture is kept of nothing."""

from pathlib import Path

from tests.architecture.test_about_pages import pages
from tests.browser.screens import JOURNEYS, SCREENS

KEPT = Path(__file__).resolve().parent.parent.parent / "docs" / "screens"
FOR_PAPER = {"print_today", "print_overdue_arrests", "print_bail"}
TAKEN = {screen.page for screen in SCREENS} | set(JOURNEYS)
PICTURES = {screen.picture for screen in SCREENS} | {name for names in JOURNEYS.values() for name in names}


def test_every_page_has_a_picture() -> None:
    assert sorted((set(pages()) | FOR_PAPER | {"case_page"}) - TAKEN) == []


def test_every_picture_is_kept_at_both_widths() -> None:
    assert sorted(f"{name}-{width}" for name in PICTURES for width in (375, 1280) if not (KEPT / f"{name}-{width}.png").exists()) == []


def test_every_journey_that_is_named_takes_its_picture() -> None:
    browser = Path(__file__).resolve().parent.parent / "browser"
    text = "".join(path.read_text(encoding="utf-8") for path in browser.glob("test_*.py"))
    made = {"filter-rename", "filter-delete"}  # named by the link that leads there
    assert sorted(name for names in JOURNEYS.values() for name in names if f'"{name}"' not in text and name not in made) == []
