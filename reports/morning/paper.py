"""What of the morning fits on one A4 page: every part with its count, and as many of its first rows as there is room for."""

from collections.abc import Sequence

from reports.morning.page import Shown

LINES = 36
"""Rows that fit beside sixteen headings; a part cut short takes one more for "and 12 more"."""
MOST_ROWS = 12
"""The most rows of one part that are read for paper."""


def fitted(parts: Sequence[Shown], lines: int = LINES) -> list[Shown]:
    """Return the parts that hold something, cut so that all rows and all lines "and 12 more" fit.

    Every part gets a row before any gets a second, in the order of the morning, so that nothing is hidden by much of another.
    """
    filled = [part for part in parts if part.count]
    given = dict.fromkeys((part.section.slug for part in filled), 0)
    while (part := _next(filled, given, lines)) is not None:
        given[part.section.slug] += 1
    return [part.first(given[part.section.slug]) for part in filled]


def _next(parts: Sequence[Shown], given: dict[str, int], lines: int) -> Shown | None:
    """Return the part that has the fewest rows so far, has another, and would still fit with it."""
    wanting = [part for part in parts if given[part.section.slug] < len(part.entries)]
    for part in sorted(wanting, key=lambda one: given[one.section.slug]):
        if _used(parts, {**given, part.section.slug: given[part.section.slug] + 1}) <= lines:
            return part
    return None


def _used(parts: Sequence[Shown], given: dict[str, int]) -> int:
    return sum(given[part.section.slug] + (given[part.section.slug] < part.count) for part in parts)
