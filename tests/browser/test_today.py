"""The morning and the bail diary in a browser: both widths, and the morning on paper as one A4 page without a name."""

import re
import shutil
import subprocess
from pathlib import Path

from reports.morning.paper import LINES
from reports.morning.sections import SECTIONS
from tests.browser.conftest import Visitor

FILL = """([headings, lines]) => {
  const one = document.querySelector('.rasso-sheet');
  const row = one.querySelector('tbody tr').cloneNode(true);
  for (const other of [...document.querySelectorAll('.rasso-sheet')].slice(1)) other.remove();
  one.querySelector('tbody').replaceChildren(row.cloneNode(true));
  for (let number = 0; number < headings - 1; number++) one.after(one.cloneNode(true));
  for (let number = 0; number < lines - headings; number++) one.querySelector('tbody').append(row.cloneNode(true));
  return document.querySelectorAll('.rasso-sheet tbody tr').length;
}"""


def test_the_morning_is_one_page_of_a4_without_a_name(visitor: Visitor, tmp_path: Path) -> None:
    visitor.sign_in("supervisor").open("/today/")
    names = set(re.findall(r"Suspect \d+, (?:<bdi>)?([^<\n]+)", visitor.page.content()))
    names = {name for name in names if not re.fullmatch(r"(\w\.)+", name.strip())}  # initials may stand on both
    assert len(names) >= 5
    visitor.open("/today/print/")
    pdf = tmp_path / "today.pdf"
    printed = visitor.page.pdf(path=pdf, format="A4", prefer_css_page_size=True)
    assert pages_of(printed) == 1
    assert b"/MediaBox [0 0 594.9" in printed
    text = visitor.page.locator("main").inner_text()
    if shutil.which("pdftotext"):
        text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
        assert "DI Hester Coombeworth" in text, "says who printed it"
    assert re.search(r"S\d [A-Z]\.[A-Z]\.", text)
    for name in names:
        for part in name.split():
            assert part not in text, f"{part} is on paper"


def test_the_morning_stays_one_page_with_as_many_lines_as_it_may_have(visitor: Visitor) -> None:
    visitor.sign_in("supervisor").open("/today/print/")
    assert visitor.page.evaluate(FILL, [len(SECTIONS), LINES]) == LINES
    assert pages_of(visitor.page.pdf(format="A4", prefer_css_page_size=True)) == 1


def pages_of(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf))


def test_an_act_from_the_morning_comes_back_to_it(visitor: Visitor) -> None:
    visitor.sign_in("supervisor").open("/today/")
    visitor.page.locator("#overdue-arrests").get_by_role("link", name=re.compile("^Say why it is late")).first.click()
    visitor.check()
    visitor.page.get_by_role("link", name="Cancel").click()
    assert re.search(r"/today/(#overdue-arrests)?$", visitor.page.url)


def test_a_filter_of_the_diary_is_kept_by_its_links(visitor: Visitor) -> None:
    visitor.sign_in("supervisor").open("/reports/bail/")
    visitor.page.get_by_role("navigation", name="Which bail is shown").get_by_role("link", name="Lapsed").click()
    visitor.check()
    assert visitor.page.locator(".rasso-day--past").count() >= 1
    assert "state=lapsed" in str(visitor.page.get_by_role("link", name="Print all, with initials").get_attribute("href"))
