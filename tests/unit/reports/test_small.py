"""Which numbers of a column are kept back: each from 1 to 4, and so many more that what is left gives none away."""

import pytest

from reports.small import hidden, is_small


@pytest.mark.parametrize(("number", "small"), [(None, False), (0, False), (1, True), (4, True), (5, False)])
def test_small_is_from_one_to_four(number: int | None, small: bool) -> None:
    assert is_small(number) is small


@pytest.mark.parametrize(
    ("numbers", "places"),
    [
        ([], set()),
        ([0, 5, 9], set()),
        ([3], {0}),
        ([3, 0], {0}),
        ([4, 5], {0, 1}),
        ([3, 9, 7, 0], {0, 2}),
        ([3, 4, 9], {0, 1}),
        ([1, 1, 9, 6], {0, 1, 3}),
        ([2, 2, 9, 6], {0, 1, 3}),
        ([2, 3, 9, 6], {0, 1}),
        ([1, 1, 1, 9], {0, 1, 2, 3}),
        ([1, 1], {0, 1}),
        ([None, 2, 8], {1, 2}),
    ],
)
def test_what_is_kept_back_comes_to_five_or_more_or_is_everything(numbers: list[int | None], places: set[int]) -> None:
    assert hidden(numbers) == places
