"""Buttons on a victim's page, which come back to the part of the page they stand in."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

from django.urls import reverse

from accounts.models import User
from cases.acts import On
from cases.back import PARAMETER
from cases.pages.buttons import Button, Buttons, only
from victims.sight import Seen


def back_to(address: str, part: str) -> str:
    """Return what leads an act back to a part of a page."""
    return urlencode({PARAMETER: f"{address}#{part}"}, quote_via=quote)


def victim_page(seen: Seen) -> str:
    """Return the address of the victim's page."""
    return reverse("victim_page", args=[seen.complainant.pk])


def with_back(buttons: list[Button], address: str, part: str) -> list[Button]:
    """Return buttons that come back to a part of a page. An act with a page of its own leads on from there by itself."""
    back = back_to(address, part)
    return [button if button.own_page else replace(button, href=f"{button.href}?{back}") for button in buttons]


@dataclass(frozen=True, slots=True)
class Returning:
    """The buttons of a case, each of which comes back to a part of a page."""

    buttons: Buttons
    address: str
    part: str

    def offered(self, on: On, row: Any, key: UUID, about: str, *, among: Collection[str] | None = None) -> list[Button]:
        """Return the acts offered on a target, as buttons that come back."""
        return with_back(self.buttons.offered(on, row, key, about, among=among), self.address, self.part)


def on_row(seen: Seen, user: User, on: On, row: Any, about: str, *, address: str, part: str) -> list[Button]:
    """Return what this person may do with a row, as buttons that come back."""
    return with_back(Buttons(seen.case, user, shown=seen.identity).offered(on, row, row.pk, about), address, part)


def on_victim(seen: Seen, user: User, *slugs: str, part: str) -> list[Button]:
    """Return these acts on the complainant, as buttons that come back to the victim's page."""
    key: UUID = seen.complainant.pk
    offered = Buttons(seen.case, user, shown=seen.identity).offered(On.COMPLAINANT, seen.complainant, key, among=slugs)
    return with_back(only(offered, *slugs), victim_page(seen), part)
