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
    gives_way: bool = False
    """Whether it moves to the foot of the page where the bar would have more than MOST entries."""
    also: str = ""
    """The beginning of further addresses that lie under it, for an entry whose own address says nothing about them."""

    def covers(self, path: str) -> bool:
        """Whether a path lies under the further addresses."""
        return bool(self.also) and path.startswith(self.also)


MOST = 6
"""How many entries a bar has at most, where enough of them give way."""

_items: dict[str, Item] = {}
_foot: dict[str, Item] = {}


def register(item: Item) -> None:
    """Add an entry; one for the same address replaces the one before."""
    _items[item.url_name] = item


def register_at_foot(item: Item) -> None:
    """Add a link at the foot of every page, for what is needed seldom; one for the same address replaces the one before."""
    _foot[item.url_name] = item


def foot_links_for(role: str) -> list[Link]:
    """Return a role's links at the foot of the page, in order, after those of the bar that give way."""
    items = sorted((item for item in _foot.values() if role in item.roles), key=lambda item: (item.order, item.text))
    return [Link(text=item.text, href=address) for item, address in [*_bar(role)[1], *_mounted(items)]]


def items_for(role: str) -> list[Item]:
    """Return a role's entries in order."""
    return sorted((item for item in _items.values() if role in item.roles), key=lambda item: (item.order, item.text))


def links_for(role: str, path: str) -> list[Link]:
    """Return a role's entries as links, the one that the path lies under marked active. An address that is not mounted is left out."""
    found, _ = _bar(role)
    under = [address for item, address in found if path == address or (address != "/" and path.startswith(address)) or item.covers(path)]
    longest = max(under, key=len, default=None)
    return [Link(text=item.text, href=address, active=address == longest) for item, address in found]


def _bar(role: str) -> tuple[list[tuple[Item, str]], list[tuple[Item, str]]]:
    """Return the entries of a role's bar, and those that give way because it would be too long: the last ones first."""
    found = _mounted(items_for(role))
    giving = [pair for pair in found if pair[0].gives_way][::-1][: max(len(found) - MOST, 0)]
    return [pair for pair in found if pair not in giving], giving[::-1]


def _mounted(items: list[Item]) -> list[tuple[Item, str]]:
    return [(item, address) for item in items if (address := _address(item.url_name)) is not None]


def _address(url_name: str) -> str | None:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None
