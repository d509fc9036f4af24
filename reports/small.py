"""Small numbers: which of a column are kept back from those whom the figures do not belong to. Pure; shared by the reports.

`[DESIGN]` No number from 1 to 4 is shown. Where one alone of a column is kept back, or what is kept back comes to fewer than
five together, the next smallest goes with it: the sum of the column would give the rest away.
"""

from collections.abc import Sequence
from typing import Final

SMALLEST: Final = 5
"""The smallest number that is shown as it is; nothing is shown too."""


def is_small(number: int | None) -> bool:
    """Say whether a number is from 1 to 4."""
    return number is not None and 0 < number < SMALLEST


def hidden(numbers: Sequence[int | None]) -> frozenset[int]:
    """Return the places of the numbers of a column that are kept back."""
    places = [place for place, number in enumerate(numbers) if is_small(number)]
    others = sorted((number, place) for place, number in enumerate(numbers) if number and place not in places)
    while places and others and (len(places) == 1 or sum(numbers[place] or 0 for place in places) < SMALLEST):
        places.append(others.pop(0)[1])
    return frozenset(places)
