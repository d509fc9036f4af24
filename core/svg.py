"""Charts drawn on the server as SVG, from plain numbers: no script, no style attribute, colours by class (static/css/charts.css).

Pure. A chart carries its title and its description for people who do not see it; the page puts the table beside it.
Every text is escaped. One unit is one CSS pixel when the picture is shown at the width it is drawn for.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

LEFT, RIGHT, TOP, BOTTOM = 44, 8, 40, 34
LEGEND_BOX = 14
LETTER = 8
"""About how wide a letter of the chart's text is: to keep labels apart."""
STEPS = (1, 2, 5)
MOST_LINES = 5


@dataclass(frozen=True, slots=True)
class Series:
    """One part of every column, the lowest first: its name, and a number for each column (None: not known)."""

    name: str
    values: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns side by side, each the sum of its parts. `labels`: the words under a column, empty under most."""

    ident: str
    title: str
    description: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    not_known: str = "Not known"

    @property
    def count(self) -> int:
        """How many columns there are."""
        return len(self.labels)

    @property
    def unknown(self) -> int:
        """How many columns at the beginning are not known."""
        known = (column for column in range(self.count) if all(one.values[column] is not None for one in self.series))
        return next(known, self.count)

    @property
    def highest(self) -> int:
        """The sum of the highest column."""
        return max((sum(one.values[column] or 0 for one in self.series) for column in range(self.count)), default=0)


def scale_of(highest: int) -> tuple[int, ...]:
    """Return the round numbers to draw lines at: from 0 to at least the highest, at most MOST_LINES steps."""
    power = 1
    while True:
        for step in STEPS:
            size = step * power
            lines = -(-max(highest, 1) // size)
            if lines <= MOST_LINES:
                return tuple(range(0, (lines + 1) * size, size))
        power *= 10


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where things stand in one picture."""

    chart: Columns
    width: int
    height: int
    scale: tuple[int, ...]

    @property
    def base(self) -> int:
        return self.height - BOTTOM

    def x(self, column: float) -> float:
        """The left edge of a column."""
        return round(LEFT + (self.width - LEFT - RIGHT) * column / max(self.chart.count, 1), 1)

    def y(self, value: float) -> float:
        """The height of a value."""
        return round(self.base - (self.base - TOP) * value / self.scale[-1], 1)


def stacked_columns(chart: Columns, *, width: int, height: int, name: str) -> SafeString:
    """Return the chart as an SVG picture of this size. `name` sets its ids apart from those of the same chart at another size."""
    frame = _Frame(chart, width, height, scale_of(chart.highest))
    ident = f"{chart.ident}-{name}"
    return format_html(
        '<svg class="rasso-chart__picture rasso-chart__picture--{name}" viewBox="0 0 {width} {height}" role="img" '
        'aria-labelledby="{ident}-title" aria-describedby="{ident}-desc" focusable="false">'
        '<title id="{ident}-title">{title}</title><desc id="{ident}-desc">{desc}</desc>{legend}{lines}{unknown}{columns}{labels}</svg>',
        name=name,
        width=width,
        height=height,
        ident=ident,
        title=chart.title,
        desc=chart.description,
        legend=_legend(frame),
        lines=_lines(frame),
        unknown=_unknown(frame),
        columns=_columns(frame),
        labels=_labels(frame),
    )


def _legend(frame: _Frame) -> SafeString:
    """The names of the parts, each beside its colour."""
    widths = [LEGEND_BOX + 6 + len(one.name) * LETTER + 12 for one in frame.chart.series]
    places = accumulate(widths[:-1], initial=LEFT)
    return format_html_join(
        "",
        '<rect class="rasso-chart__part-{}" x="{}" y="4" width="{}" height="{}"></rect>'
        '<text class="rasso-chart__text" x="{}" y="16">{}</text>',
        (
            (number, x, LEGEND_BOX, LEGEND_BOX, x + LEGEND_BOX + 6, one.name)
            for number, (one, x) in enumerate(zip(frame.chart.series, places, strict=True), start=1)
        ),
    )


def _lines(frame: _Frame) -> SafeString:
    """The scale: a line and its number for each step."""
    return format_html_join(
        "",
        '<line class="rasso-chart__line" x1="{}" x2="{}" y1="{}" y2="{}"></line>'
        '<text class="rasso-chart__text rasso-chart__text--number" x="{}" y="{}">{}</text>',
        (
            (LEFT, frame.width - RIGHT, y, y, LEFT - 6, y + 5, f"{value:,}")
            for value, y in ((value, frame.y(value)) for value in frame.scale)
        ),
    )


def _unknown(frame: _Frame) -> SafeString:
    """The days before anything was known, marked and named."""
    if not frame.chart.unknown:
        return SafeString("")
    end = frame.x(frame.chart.unknown)
    return format_html(
        '<rect class="rasso-chart__unknown" x="{}" y="{}" width="{}" height="{}"></rect>'
        '<text class="rasso-chart__text" x="{}" y="{}">{}</text>',
        LEFT,
        TOP,
        round(end - LEFT, 1),
        frame.base - TOP,
        LEFT + 4,
        TOP + 18,
        frame.chart.not_known,
    )


def _columns(frame: _Frame) -> SafeString:
    """One path for each part: a picture of a year stays small."""
    return format_html_join(
        "",
        '<path class="rasso-chart__part-{}" d="{}"></path>',
        (
            (number, path)
            for number in range(1, len(frame.chart.series) + 1)
            if (path := "".join(_pieces(frame, frame.chart.series[: number - 1], frame.chart.series[number - 1])))
        ),
    )


def _pieces(frame: _Frame, below: Sequence[Series], part: Series) -> Iterator[str]:
    gap = min(2.0, (frame.x(1) - frame.x(0)) / 5)
    for column, value in enumerate(part.values):
        if not value:
            continue
        under = sum(one.values[column] or 0 for one in below)
        left, right = round(frame.x(column) + gap / 2, 1), round(frame.x(column + 1) - gap / 2, 1)
        yield f"M{left} {frame.y(under)}V{frame.y(under + value)}H{right}V{frame.y(under)}Z"


def _labels(frame: _Frame) -> SafeString:
    """The words under the columns; one that would run into the one before, or out of the picture, is left out."""
    shown: list[tuple[float, float, int, str]] = []
    free = 0.0
    for column, text in enumerate(frame.chart.labels):
        x = frame.x(column)
        if text and x >= free and x + len(text) * LETTER <= frame.width:
            shown.append((x, x, frame.base, text))
            free = x + (len(text) + 1) * LETTER
    return format_html_join(
        "",
        '<line class="rasso-chart__tick" x1="{}" x2="{}" y1="{}" y2="{}"></line><text class="rasso-chart__text" x="{}" y="{}">{}</text>',
        ((x, same, base, base + 6, x, base + 22, text) for x, same, base, text in shown),
    )
