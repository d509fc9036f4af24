"""Buttons on a victim's page, which come back to the part of the page they stand in."""

from dataclasses import replace
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
    """Return buttons that come back to a part of a page."""
    back = back_to(address, part)
    return [replace(button, href=f"{button.href}?{back}") for button in buttons]


def on_row(seen: Seen, user: User, on: On, row: Any, about: str, *, address: str, part: str) -> list[Button]:
    """Return what this person may do with a row, as buttons that come back."""
    return with_back(Buttons(seen.case, user).offered(on, row, row.pk, about), address, part)


def on_victim(seen: Seen, user: User, *slugs: str, part: str) -> list[Button]:
    """Return these acts on the complainant, as buttons that come back to the victim's page."""
    key: UUID = seen.complainant.pk
    offered = Buttons(seen.case, user).offered(On.COMPLAINANT, seen.complainant, key, among=slugs)
    return with_back(only(offered, *slugs), victim_page(seen), part)
