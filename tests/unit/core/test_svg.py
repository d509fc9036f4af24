"""Charts as SVG: what is drawn is what was counted, every text is escaped, and what is not known is said."""

import itertools
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.svg import BOTTOM, TOP, Columns, Series, scale_of, stacked_columns

WIDTH, HEIGHT = 600, 300


def draw(*values: tuple[int | None, ...], labels: tuple[str, ...] | None = None, title: str = "Title") -> ElementTree.Element:
    series = tuple(Series(f"Part {number}", part) for number, part in enumerate(values, start=1))
    chart = Columns("c", title, "What it says", labels or ("",) * len(values[0]), series, "Not known before today")
    text = str(stacked_columns(chart, width=WIDTH, height=HEIGHT, name="wide"))
    assert "style=" not in text
    return ElementTree.fromstring(text)  # noqa: S314 - what was drawn a moment ago


def boxes(picture: ElementTree.Element, part: int) -> list[tuple[float, float, float, float]]:
    """Return left, foot, head and right of each piece of a part."""
    path = next(one for one in picture.iter("path") if one.get("class") == f"rasso-chart__part-{part}")
    found = re.findall(r"M([\d.]+) ([\d.]+)V([\d.]+)H([\d.]+)V([\d.]+)Z", path.get("d", ""))
    return [(float(left), float(foot), float(head), float(right)) for left, foot, head, right, _ in found]


def test_a_column_is_as_high_as_its_number_and_parts_stand_on_each_other() -> None:
    picture = draw((10, 0, 5), (10, 20, 5))
    per_one = (HEIGHT - TOP - BOTTOM) / scale_of(20)[-1]
    base = HEIGHT - BOTTOM
    low, high = boxes(picture, 1), boxes(picture, 2)
    assert [round((foot - head) / per_one, 1) for _, foot, head, _ in low] == [10, 5]
    assert [round((foot - head) / per_one, 1) for _, foot, head, _ in high] == [10, 20, 5]
    assert [foot for _, foot, _, _ in low] == [base, base]
    assert high[0][1] == low[0][2]
    assert high[1][1] == base, "a part that counts nothing has no piece"


@given(st.lists(st.tuples(st.integers(0, 10**7), st.integers(0, 10**7)), min_size=1, max_size=60))
def test_nothing_stands_outside_the_picture_or_on_its_neighbour(pairs: list[tuple[int, int]]) -> None:
    lower, upper = zip(*pairs, strict=True)
    picture = draw(tuple(lower), tuple(upper))
    for part, values in ((1, lower), (2, upper)):
        if not any(values):
            continue
        found = boxes(picture, part)
        assert len(found) == sum(value > 0 for value in values)
        assert all(0 <= left < right <= WIDTH and TOP - 1 <= head <= foot <= HEIGHT - BOTTOM for left, foot, head, right in found)
        assert all(one[3] <= other[0] for one, other in itertools.pairwise(found))


@given(st.integers(0, 10**9))
def test_the_scale_begins_at_nought_reaches_the_highest_and_has_few_round_steps(highest: int) -> None:
    scale = scale_of(highest)
    steps = {after - before for before, after in itertools.pairwise(scale)}
    assert scale[0] == 0
    assert scale[-1] >= max(highest, 1)
    assert len(scale) <= 6
    (step,) = steps
    assert str(step).rstrip("0") in {"1", "2", "5"}
    assert scale[-2] < max(highest, 1), "no empty step on top"


def test_days_that_are_not_known_are_marked_and_not_drawn_as_nought() -> None:
    picture = draw((None, None, 3))
    texts = [text.text for text in picture.iter("text")]
    assert "Not known before today" in texts
    assert len(boxes(picture, 1)) == 1
    assert "Not known before today" not in [text.text for text in draw((0, 0, 3)).iter("text")]
    assert next((one for one in draw((None, None)).iter("path")), None) is None


def test_texts_are_escaped_and_the_picture_is_named_and_described() -> None:
    picture = draw((1,), title="<script>alert(1)</script> & more")
    assert picture.find("title") is not None
    assert picture.findtext("title") == "<script>alert(1)</script> & more"
    assert picture.findtext("desc") == "What it says"
    assert picture.get("role") == "img"
    assert picture.get("aria-labelledby") == "c-wide-title"
    assert not list(picture.iter("script"))


@pytest.mark.parametrize("count", [12, 53, 200])
def test_labels_never_run_into_each_other(count: int) -> None:
    picture = draw((1,) * count, labels=tuple("Jan 2026" if number % 2 else "" for number in range(count)))
    places = [float(text.get("x", "")) for text in picture.iter("text") if text.text == "Jan 2026"]
    assert places
    assert all(after - before >= 64 for before, after in itertools.pairwise(places))
    assert places[-1] + 64 <= WIDTH
