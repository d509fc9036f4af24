"""Where what passes between police and CPS has its page."""

from uuid import UUID

from django.urls import reverse


def place(url_name: str, key: UUID) -> str:
    """Return the address of a page by the key of its row."""
    return reverse(url_name, args=[key])
