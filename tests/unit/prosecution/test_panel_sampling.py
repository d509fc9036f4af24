"""The sample of a panel: the same from the same seed, whatever the order; every decision as likely as any other."""

from uuid import UUID

from prosecution.panels.sampling import digest, draw, new_seed, rank

FRAME = [str(UUID(int=number)) for number in range(1, 41)]
CHI_SQUARE_39_AT_1_IN_1000 = 72.05


def test_the_same_seed_draws_the_same_whatever_the_order() -> None:
    first = draw("harvest-7", FRAME, 6)
    assert first == draw("harvest-7", reversed(FRAME), 6) == draw("harvest-7", [*FRAME, *FRAME], 6)
    assert len(set(first)) == 6
    assert draw("harvest-8", FRAME, 6) != first


def test_what_was_drawn_once_is_drawn_for_ever() -> None:
    """Written down: whoever draws it with another program has the same."""
    assert rank("seed", "key") == "679dbd2d0a218d3af24438bfae9cce0b97db1f631cf4f56ec047c204c79c1630"
    assert draw("2026-11", ["a", "b", "c", "d", "e"], 3) == ["e", "c", "b"]


def test_a_larger_sample_begins_with_the_smaller() -> None:
    assert draw("s", FRAME, 12)[:5] == draw("s", FRAME, 5)


def test_a_frame_smaller_than_the_sample_is_drawn_whole() -> None:
    assert set(draw("s", FRAME[:3], 10)) == set(FRAME[:3])
    assert draw("s", [], 10) == []
    assert draw("s", FRAME, 0) == []


def test_every_decision_is_as_likely_as_any_other() -> None:
    """4,000 seeds, 10 of 40 each time: each is expected 1,000 times. Chi-square with 39 degrees of freedom, corrected for a draw
    without replacement."""
    seeds, size = 4_000, 10
    times = dict.fromkeys(FRAME, 0)
    for number in range(seeds):
        for key in draw(f"seed {number}", FRAME, size):
            times[key] += 1
    expected = seeds * size / len(FRAME)
    statistic = sum((seen - expected) ** 2 for seen in times.values()) / expected / (1 - size / len(FRAME)) * (len(FRAME) - 1) / len(FRAME)
    assert statistic < CHI_SQUARE_39_AT_1_IN_1000


def test_the_digest_knows_a_frame_by_its_keys_alone() -> None:
    assert digest(FRAME) == digest(reversed(FRAME)) != digest(FRAME[1:])
    assert len(digest(FRAME)) == 64


def test_seeds_that_nobody_chose_differ() -> None:
    assert len({new_seed() for _ in range(100)}) == 100
