"""The chart of overdue arrests over the last 12 months, with what it says in words and its table."""

from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from core.calendar import MONTH_NAMES
from core.components import day_text
from core.svg import Columns, Series, stacked_columns
from reports.history import RISKS, History, Point

WIDE, NARROW = (720, 280), (340, 260)
TITLE = "Overdue arrests over the last 12 months, by risk"


@dataclass(frozen=True, slots=True)
class Chart:
    """The picture for a wide page and for a narrow one (a style sheet shows one of them), and the rows of its table."""

    wide: SafeString
    narrow: SafeString
    words: str
    risks: tuple[str, ...]
    rows: tuple[Point, ...]
    known_from: date | None


def chart_of(history: History | None) -> Chart | None:
    """Return the chart of a history; None where there is none."""
    if history is None:
        return None
    words = in_words(history)
    series = tuple(
        Series(str(risk.label), tuple(None if point.counts is None else point.counts[number] for point in history.points))
        for number, risk in enumerate(RISKS)
    )
    not_known = f"Not known before {day_text(history.known_from)}" if history.known_from else "Not known"
    columns = Columns("overdue-arrests", TITLE, words, labels_of(history), series, not_known)
    return Chart(
        wide=stacked_columns(columns, width=WIDE[0], height=WIDE[1], name="wide"),
        narrow=stacked_columns(columns, width=NARROW[0], height=NARROW[1], name="narrow"),
        words=words,
        risks=tuple(str(risk.label) for risk in RISKS),
        rows=history.points[::-1],
        known_from=history.known_from,
    )


def labels_of(history: History) -> tuple[str, ...]:
    """Return the month's name under the first day of each month that is drawn, with its year at the first and in January."""
    found, before = [], (0, 0)
    for point in history.points:
        month = (point.day.year, point.day.month)
        short = MONTH_NAMES[point.day.month - 1][:3]
        found.append("" if month == before else f"{short} {point.day.year}" if not before[0] or month[1] == 1 else short)
        before = month
    return tuple(found)


def in_words(history: History) -> str:
    """Return what the chart shows, in two sentences: first and last known day, the most and the fewest."""
    known = [point for point in history.points if point.total is not None]
    if not known:
        return "Nothing is known of these 12 months."
    first, last = known[0], known[-1]
    most = max(known, key=lambda point: (point.total or 0, point.day))
    fewest = min(known, key=lambda point: (point.total or 0, -point.day.toordinal()))
    return (
        f"{_suspects(first)} overdue on {day_text(first.day)}, {last.total:,} on {day_text(last.day)}. "
        f"The most were {most.total:,} on {day_text(most.day)}, the fewest {fewest.total:,} on {day_text(fewest.day)}."
    )


def _suspects(point: Point) -> str:
    return f"{point.total:,} {'suspect was' if point.total == 1 else 'suspects were'}"
