"""The short "About this page" at the foot of every page: what it shows, and where its rules come from.

Each app registers its own pages in AppConfig.ready(); the frame of every page looks itself up by the name of its address.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class About:
    """What a page is for, in a paragraph or two, and the sources of its rules (law, code, guidance, local policy)."""

    text: tuple[str, ...]
    sources: tuple[str, ...] = ()


_pages: dict[str, About] = {}


def register(url_name: str, *text: str, sources: tuple[str, ...] = ()) -> None:
    """Add what is said about the page of an address; a second time replaces."""
    _pages[url_name] = About(text, sources)


def about(url_name: str) -> About | None:
    """Return what is said about a page, or None."""
    return _pages.get(url_name)


def names() -> frozenset[str]:
    """Return the names of the addresses about whose pages something is said."""
    return frozenset(_pages)
