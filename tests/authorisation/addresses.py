"""Every address there is, read from the URLconf, with something to put in each of its places."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True, slots=True)
class Address:
    """One named address and the names of its places."""

    name: str
    places: tuple[str, ...]


def addresses(resolver: Any = None, before: tuple[str, ...] = ()) -> Iterator[Address]:
    """Yield every address of the service. Raises AssertionError for one without a name: no table could hold it."""
    for one in (resolver or get_resolver()).url_patterns:
        places = (*before, *one.pattern.regex.groupindex)
        if isinstance(one, URLResolver):
            yield from addresses(one, places)
        elif isinstance(one, URLPattern):
            assert one.name, f"{one.pattern} has no name"
            yield Address(one.name, places)
