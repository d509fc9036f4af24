"""Back to the list you came from: which lists an act may return to, and how such a place is read from an address.

A list says where it is by `?back=/its/address/?its=filter#its-row`. Only the lists named here are ever returned to, and
the address is put together anew from the name of the list: what was sent is never followed as it is.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve, reverse

PARAMETER = "back"
LONGEST = 2_000
FRAGMENT = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,99}", re.ASCII)

_pages: dict[str, str] = {}
_lists: dict[str, str] = {
    "home": "your worklist",
    "case_list": "cases",
    "passed_bail_list": "bail whose date passed",
    "overdue_arrests": "overdue arrests",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a list, or on a page of one row: its address here, and what it is called in "Back to …"."""

    address: str
    words: str
    is_list: bool = True


def allow(url_name: str, words: str) -> None:
    """Add a list that an act may return to. `url_name` is that of an address without places in it."""
    _lists[url_name] = words


def allow_page(url_name: str, words: str) -> None:
    """Add a page of one row, by its keys in the address. Whoever comes back there proves sight of it as anybody does."""
    _pages[url_name] = words


def came_from(request: HttpRequest) -> Place | None:
    """Return the list that the address says to go back to, or None when it names none that is allowed."""
    return place_of(request.GET.get(PARAMETER, ""))


def place_of(sent: str) -> Place | None:
    """Return the allowed list that a sent address leads to, or None."""
    if not sent.startswith("/") or sent.startswith("//") or len(sent) > LONGEST or not sent.isprintable() or "\\" in sent:
        return None
    try:
        parts = urlsplit(sent)
        found = resolve(parts.path)
    except (ValueError, Resolver404):
        return None
    words = (_pages if found.kwargs else _lists).get(found.url_name or "")
    if parts.scheme or parts.netloc or words is None or found.args:
        return None
    query = QueryDict(parts.query, mutable=True)
    query.pop(PARAMETER, None)
    address = reverse(str(found.url_name), kwargs=found.kwargs) + (f"?{query.urlencode()}" if query else "")
    return Place(address + (f"#{parts.fragment}" if FRAGMENT.fullmatch(parts.fragment) else ""), words, not found.kwargs)
