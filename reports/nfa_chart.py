"""The charts of no further action by month: recorded crimes in one picture, suspects in another. They share no axis."""

from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString

from core.svg import Columns, Series, stacked_columns
from reports.nfa_figures import Block, Row

WIDE: Final = (720, 260)
NARROW: Final = (340, 240)


@dataclass(frozen=True, slots=True)
class Chart:
    """The picture for a wide page and for a narrow one (a style sheet shows one of them), and what it says in words."""

    wide: SafeString
    narrow: SafeString
    words: str


def chart_of(block: Block) -> Chart:
    """Return the chart of a block's months. What is kept back is not drawn, and the words say so."""
    months = list(block.table("month").rows)[::-1]
    words = in_words(months)
    labels = tuple(_label(row, place) for place, row in enumerate(months))
    parts = (Series(block.noun, tuple(row.cells[0].number or 0 for row in months)),)
    columns = Columns(f"nfa-{block.side}", f"{block.title}: no further action, by month", words, labels, parts)
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
    numbers = [(row.cells[0].number, row.words) for row in months]
    known = [(number, words) for number, words in numbers if number is not None]
    most, when = max(known, key=lambda one: one[0], default=(0, ""))
    if not known:
        text = "No month is shown."
    elif most:
        text = f"The most in one month were {most:,}, in {when}."
    else:
        text = "There were none in any month that is shown."
    return text if len(known) == len(numbers) else f"{text} What is kept back is not drawn."
