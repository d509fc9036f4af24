"""Small numbers: from somebody who only counts, 1 to 4 are kept back, so that no figure is about a person who could be guessed.

`[DESIGN]` Where one number alone of a column is kept back, the next smallest goes with it: what is left would give it away.
Nobody who works cases is kept from a number: she or he sees the cases it is made of.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final, TypeVar

from victims.report_figures import BESIDE, Figures
from victims.report_turns import Kept, Number

SMALLEST: Final = 5
"""The smallest number that is shown as it is; nothing is shown too."""
WORDS: Final = "Not shown"
"""What stands for a number that is kept back."""
OF_ALL: Final = ("in_time", "late")
OF_PLACES: Final = (*OF_ALL, *BESIDE)
SINGLE: Final = ("overdue", "agreed", "opted_out", "not_agreed", "unsafe", "attempts", "cancelled_in_all", "left_out", "left_out_cases")

Row = TypeVar("Row", bound=Kept)


def for_who_counts(figures: Figures) -> Figures:
    """Return the figures for somebody who counts and sees no case: small numbers and officers kept back."""
    events = _column([number for _, number in figures.cancelled])
    whole: dict[str, Any] = {name: shown(getattr(figures, name)) for name in SINGLE}
    return replace(
        figures,
        small=True,
        contact=_rows([figures.contact], OF_ALL)[0],
        by_force=_rows(figures.by_force, OF_PLACES),
        by_unit=_rows(figures.by_unit, OF_PLACES),
        by_officer=None,
        by_month=_rows(figures.by_month, OF_ALL),
        told=_rows(figures.told, OF_ALL),
        cancelled=[(event, number) for (event, _), number in zip(figures.cancelled, events, strict=True)],
        **whole,
    )


def shown(number: Number) -> Number:
    """Return a number, or None for one from 1 to 4."""
    return None if number is not None and 0 < number < SMALLEST else number


def _rows(rows: Sequence[Row], columns: Sequence[str]) -> list[Row]:
    """Return a table with its small numbers kept back, and the days late of what is kept back with them."""
    kept = {name: _column([getattr(row, name) for row in rows]) for name in columns}
    found = []
    for place, row in enumerate(rows):
        numbers: dict[str, Any] = {name: column[place] for name, column in kept.items()}
        days: dict[str, Any] = {} if numbers["late"] is not None else {"median": None, "ninetieth": None}
        found.append(replace(row, **numbers, **days))
    return found


def in_words(number: Number) -> str:
    """Return a number, or what stands for one that is kept back."""
    return WORDS if number is None else f"{number:,}"


def _column(numbers: Sequence[Number]) -> list[Number]:
    """Return a column with its small numbers kept back; with one alone, the next smallest too."""
    found = [shown(number) for number in numbers]
    if found.count(None) == 1:
        others = [(number, place) for place, number in enumerate(found) if number]
        if others:
            found[min(others)[1]] = None
    return found
