"""Files and initials: what a spreadsheet can be given, what paper shows of a name."""

import csv
import io

import pytest

from reports.exports import csv_text
from reports.overdue import initials


@pytest.mark.parametrize("cell", ["=1+1", "+44", "-x", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", '=HYPERLINK("http://x","y")'])
def test_no_cell_can_run(cell: str) -> None:
    ((_, (found,)),) = [list(csv.reader(io.StringIO(csv_text(["a"], [[cell]]), newline="")))]
    assert found == "'" + cell


@pytest.mark.parametrize("cell", ["DC O'Neill", "a,b", 'say "x"', "two\nlines", "-12", "", "Zoë"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    rows = list(csv.reader(io.StringIO(csv_text(["a", "b"], [[cell, "x"]]), newline="")))
    assert rows == [["a", "b"], [cell, "x"]]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Abel Quill", "A.Q."),
        ("José José Fenwick", "J.J.F."),
        ("öde", "Ö."),
        ("<script> O'Neill", "S.O."),
        ("", ""),
        ("- x", "X."),
        ("李 小龍", "李.小."),
    ],
)
def test_initials(name: str, shown: str) -> None:
    assert initials(name) == shown
