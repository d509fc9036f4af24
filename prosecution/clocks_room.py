"""What the clocks between police and CPS add to the table of clocks: their rule, and how its facts are read."""

from typing import Any


def register() -> None:
    """Called once from AppConfig.ready(). Raises ImproperlyConfigured where the setting says neither "received" nor "accepted"."""
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured

    from cases.derive import clocks
    from cases.importing.takers import TAKERS, Taker
    from prosecution.derive.facts import ACCEPTED, NAME, RECEIVED, ProsecutionFacts
    from prosecution.derive.loading import load
    from prosecution.derive.rules import prosecution

    if settings.EARLY_ADVICE_COUNTS_FROM not in {RECEIVED, ACCEPTED}:
        raise ImproperlyConfigured(f'RASSO_EARLY_ADVICE_FROM is neither "{RECEIVED}" nor "{ACCEPTED}".')
    clocks.register(NAME, prosecution, load)
    fresh = {NAME: lambda taking: ProsecutionFacts()}
    TAKERS.register(Taker(name=NAME, columns={}, tables=(), take=_nothing, answer=_nothing, fresh_facts=fresh))


def _nothing(*about: Any) -> None:
    """The extract says nothing of what passes between police and CPS: no column is taken, and none is answered."""
