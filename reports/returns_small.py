"""Small numbers of the report of returns, kept back from somebody who counts and sees no case.

`[DESIGN]` As in the report of turns: no number from 1 to 4, and where one alone of a column is kept back, the next smallest goes
with it. Columns here are also what the sendings of one kind came to, and the two kinds of one number: units and months give
their sum. How many sendings the reasons are of is not said, nor a share of them.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from reports.returns_figures import Number, Returns, Tally
from reports.turns import SMALLEST, Figure, kept_back

PARTS: Final = ("waiting", "accepted", "returned", "refused", "withdrawn")
"""What everything sent is made of."""
SINGLE: Final = ("at_first", "firsts", "red_rejected", "present_before", "late")
WITHIN: Final = {"accepted": ("at_first",), "returned": ("red_rejected", "again", "present_before", "late", "against")}
BY_PLACE: Final = ("sent", "returned", "again", "against")
"""What is said of a unit, a force and a month as well."""


def for_who_counts(found: Returns) -> Returns:
    """Return the figures with their small numbers kept back."""
    open_ages, settled_ages = (kept_back(ages.values()) for ages in (found.open_ages, found.settled_ages))
    return replace(
        found,
        by_kind=_kinds(found.by_kind),
        why=[
            replace(one, of=None, reasons=list(zip((words for words, _ in one.reasons), column(n for _, n in one.reasons), strict=True)))
            for one in found.why
        ],
        by_place=_rows(found.by_place),
        by_month=_rows(found.by_month),
        open_ages=dict(zip(found.open_ages, open_ages, strict=True)),
        settled_ages=dict(zip(found.settled_ages, settled_ages, strict=True)),
        small=True,
    )


def column(numbers: Iterable[Number]) -> list[Number]:
    """Return a column with its small numbers kept back; with one alone, the next smallest too."""
    return [one.number for one in kept_back(Figure(number) for number in numbers)]


def _kinds(by_kind: dict[str, Tally]) -> dict[str, Tally]:
    kept = {}
    for kind, tally in by_kind.items():
        parts = dict(zip(PARTS, column(getattr(tally, name) for name in PARTS), strict=True))
        single = {name: _shown(getattr(tally, name)) for name in (*SINGLE, "sent", "again", "against")}
        if _shown((tally.firsts or 0) - (tally.at_first or 0)) is None:  # the share would give away how few were not
            single["firsts"] = None
        for whole, names in WITHIN.items():  # what is left of a number that is kept back would give it away
            single.update((name, single[name] and None) for name in names if parts[whole] is None)
        kept[kind] = replace(tally, **single, **parts)
    for name in BY_PLACE:
        both = [getattr(tally, name) for tally in kept.values()]
        if None in both:
            for tally in kept.values():
                setattr(tally, name, getattr(tally, name) and None)
    return kept


def _rows(rows: list[tuple[str, Tally]]) -> list[tuple[str, Tally]]:
    columns = {name: column(getattr(tally, name) for _, tally in rows) for name in BY_PLACE}
    empty: dict[str, Number] = dict.fromkeys((*PARTS, *SINGLE))
    return [(words, Tally(**empty | {name: numbers[row] for name, numbers in columns.items()})) for row, (words, _) in enumerate(rows)]


def _shown(number: Number) -> Number:
    return None if number is not None and 0 < number < SMALLEST else number
