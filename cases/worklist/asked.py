"""What the address of the worklist asks for. What cannot be read is left out: the list opens all the same."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from accounts.models import User
from cases.worklist.reach import View, first_view, views_of

KEY = re.compile(r"[a-z-]{1,40}-[0-9a-f]{12}", re.ASCII)
NAME = re.compile(r"[a-z-]{1,40}", re.ASCII)
MOST = 10_000


@dataclass(frozen=True, slots=True)
class Asked:
    """Which list (view, only what changed, one source alone, after which place), and where in it one was (`at`, `number`)."""

    view: View
    first: View
    changed: bool = False
    only: str = ""
    after: str = ""
    at: str = ""
    number: int | None = None

    def query(self, **other: str) -> str:
        """Return the query string of the list itself, with other parameters in place of its own or beside them."""
        own = {
            "view": "" if self.view is self.first else str(self.view),
            "changed": "1" if self.changed else "",
            "only": self.only,
            "after": self.after,
        }
        found = {name: value for name, value in {**own, **other}.items() if value}
        return f"?{urlencode(found)}" if found else ""

    def address(self, **other: str) -> str:
        """Return the address of the list."""
        return reverse("home") + self.query(**other)


def asked_of(user: User, sent: QueryDict) -> Asked:
    """Read the address, for a person whose views are known."""
    first, view, number = first_view(user), sent.get("view", ""), sent.get("n", "")
    at, only = sent.get("row", ""), sent.get("only", "")
    return Asked(
        view=View(view) if view in views_of(user) else first,
        first=first,
        changed=sent.get("changed") == "1",
        only=only if NAME.fullmatch(only) else "",
        after=sent.get("after", ""),
        at=at if KEY.fullmatch(at) else "",
        number=min(int(number), MOST) if number.isascii() and number.isdecimal() and len(number) < 6 else None,
    )
