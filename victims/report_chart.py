"""The chart of `/reports/victim-contact/`: contact by the month it was due, in time and late."""

from dataclasses import dataclass, replace
from typing import Final

from core.calendar import MONTH_NAMES
from core.svg import Columns, Series, stacked_columns
from victims.report_figures import Figures
from victims.report_small import in_words
from victims.report_turns import Kept

SIZES: Final = ((720, 280, "wide"), (340, 260, "narrow"))


@dataclass(frozen=True, slots=True)
class Chart:
    """The picture for a wide page and a narrow one, and what it says."""

    wide: str
    narrow: str
    words: str
    rows: list[Kept]
    """The same as a table, the latest month first."""


def chart_of(figures: Figures) -> Chart | None:
    """Return turns of contact by the month they were due; None where none was. What is kept back is not drawn."""
    months = figures.by_month
    if not months:
        return None
    columns = Columns(
        "victim-contact",
        "Agreed contact by the month it was due",
        _words(figures),
        tuple(_short(one.name) for one in months),
        (Series("In time", tuple(one.in_time or 0 for one in months)), Series("Late", tuple(one.late or 0 for one in months))),
    )
    wide, narrow = (stacked_columns(columns, width=width, height=height, name=name) for width, height, name in SIZES)
    return Chart(wide, narrow, columns.description, [replace(one, name=month_words(one.name)) for one in reversed(months)])


def _words(figures: Figures) -> str:
    total = figures.contact
    words = f"In time: {in_words(total.in_time)}. Late: {in_words(total.late)}."
    most = max(figures.by_month, key=lambda one: (one.late or 0, one.name))
    if most.late:
        words += f" The most were late in {month_words(most.name)}: {most.late:,}."
    return f"{words} Numbers that are not shown are not drawn." if figures.small else words


def month_words(name: str) -> str:
    """Return a month such as 2026-11 as "Nov 2026"."""
    return f"{_short(name)} {name[:4]}"


def _short(name: str) -> str:
    return MONTH_NAMES[int(name[5:]) - 1][:3]
