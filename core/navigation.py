"""What stands in the navigation bar: each app registers its own items in AppConfig.ready, this sorts them by role."""

from collections.abc import Collection
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from core.components import Link


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: its words, the name of its address, the roles that see it, and its place (lowest first)."""

    text: str
    url_name: str
    roles: Collection[str]
    order: int


_items: dict[str, Item] = {}


def register(item: Item) -> None:
    """Add an entry; one for the same address replaces the one before."""
    _items[item.url_name] = item


def items_for(role: str) -> list[Item]:
    """Return a role's entries in order."""
    return sorted((item for item in _items.values() if role in item.roles), key=lambda item: (item.order, item.text))


def links_for(role: str, path: str) -> list[Link]:
    """Return a role's entries as links, the one that the path lies under marked active. An address that is not mounted is left out."""
    found = [(item, address) for item in items_for(role) if (address := _address(item.url_name)) is not None]
    under = [address for _, address in found if path == address or (address != "/" and path.startswith(address))]
    longest = max(under, key=len, default=None)
    return [Link(text=item.text, href=address, active=address == longest) for item, address in found]


def _address(url_name: str) -> str | None:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None
