"""The diary's short ways: lapsed, the coming week, fortnight and four weeks, standing still, everything."""

from datetime import date, timedelta

from django.http import QueryDict

from core import clock
from core.components import Link
from reports.bail.clocks import LAPSED, PASSED, STILL, Filter

WEEKS = ((1, "This week"), (2, "Two weeks"), (4, "Four weeks"), (8, "Eight weeks"))
NARROWED_BY = ("state", "first_day", "first_month", "first_year", "last_day", "last_month", "last_year", "after", "before")


def quick_links(asked_for: QueryDict, asked: Filter) -> list[Link]:
    """Return the short ways as links that keep unit and officer, the one taken marked."""
    today = clock.today()
    plain = asked.first is None and asked.last is None
    links = [Link("Everything", _address(asked_for, {}), active=plain and not asked.state)]
    links.append(Link("Lapsed", _address(asked_for, {"state": LAPSED}), active=plain and asked.state == LAPSED))
    for weeks, words in WEEKS:
        last = today + timedelta(days=7 * weeks)
        days = _days("first", today) | _days("last", last)
        links.append(Link(words, _address(asked_for, days), active=(asked.first, asked.last, asked.state) == (today, last, "")))
    links.append(Link("Stands still", _address(asked_for, {"state": STILL}), active=plain and asked.state == STILL))
    links.append(Link("Date passed, not answered", _address(asked_for, {"state": PASSED}), active=plain and asked.state == PASSED))
    return links


def _address(asked_for: QueryDict, more: dict[str, str]) -> str:
    query = asked_for.copy()
    for name in NARROWED_BY:
        query.pop(name, None)
    for name, value in more.items():
        query[name] = value
    return f"?{query.urlencode()}"


def _days(name: str, day: date) -> dict[str, str]:
    return {f"{name}_{part}": str(getattr(day, part)) for part in ("day", "month", "year")}
