"""The chart of withdrawals by month: those who do not support the prosecution, and those who support it again."""

from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString

from core.svg import Columns, Series, stacked_columns
from reports.attrition import Attrition, Row

WIDE: Final = (720, 280)
NARROW: Final = (340, 260)
TITLE: Final = "Victims who do not support the prosecution, by month"


@dataclass(frozen=True, slots=True)
class Chart:
    """The picture for a wide page and for a narrow one (a style sheet shows one of them), and what it says in words."""

    wide: SafeString
    narrow: SafeString
    words: str


def chart_of(report: Attrition) -> Chart:
    """Return the chart of the months. What is kept back is not drawn, and the words say so."""
    months = next(table.rows for table in report.tables if table.name == "month")[::-1]
    words = in_words(months)
    parts = (
        Series("Do not support", tuple(row.ended or 0 for row in months)),
        Series("Support again", tuple(row.again or 0 for row in months)),
    )
    columns = Columns("attrition", TITLE, words, tuple(_label(row, place) for place, row in enumerate(months)), parts)
    return Chart(
        wide=stacked_columns(columns, width=WIDE[0], height=WIDE[1], name="wide"),
        narrow=stacked_columns(columns, width=NARROW[0], height=NARROW[1], name="narrow"),
        words=words,
    )


def _label(row: Row, place: int) -> str:
    """Return the short name of a month, with its year at the first and in January."""
    month, _, year = row.words.partition(" ")
    return f"{month[:3]} {year}" if place == 0 or month == "January" else month[:3]


def in_words(months: list[Row]) -> str:
    """Return what the chart shows in a sentence or two."""
    known = [row for row in months if row.ended is not None]
    most = max(known, key=lambda row: row.ended or 0, default=None)
    if most is None or not most.ended:
        text = "In none of the months that are shown did anybody say so." if known else "No month is shown."
    else:
        text = f"The most in one month were {most.ended:,}, in {most.words}."
    kept_back = any(row.ended is None or row.again is None for row in months)
    return f"{text} Numbers from 1 to 4 are not drawn." if kept_back else text
