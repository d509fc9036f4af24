"""Who took part does not review: every pair of roles, from the table."""

from itertools import combinations

import pytest

from prosecution.part_taken import Part, may_review, took_part

PAIRS = [frozenset(pair) for pair in combinations(Part, 2)]


@pytest.mark.parametrize("part", list(Part))
def test_every_part_bars(part: Part) -> None:
    assert took_part([part])
    assert not may_review(True, True, [part])


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: "+".join(sorted(one.name for one in pair)))
def test_every_pair_of_parts_bars(pair: frozenset[Part]) -> None:
    assert not may_review(True, True, pair)


def test_whoever_took_none_may_only_in_the_review_unit_of_the_side_that_decided() -> None:
    assert may_review(True, True, [])
    assert not may_review(False, True, [])
    assert not may_review(True, False, [])
    assert not took_part([])
