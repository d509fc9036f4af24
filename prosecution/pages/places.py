"""Where what passes between police and CPS has its page."""

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from cases.back import PARAMETER
from cases.pages.buttons import Button


def place(url_name: str, key: UUID) -> str:
    """Return the address of a page by the key of its row."""
    return reverse(url_name, args=[key])


def coming_back(buttons: Iterable[Button], address: str) -> list[Button]:
    """Return buttons whose acts come back to a page of one row, where they stand."""
    back = urlencode({PARAMETER: address})
    return [replace(button, href=f"{button.href}?{back}") for button in buttons]
