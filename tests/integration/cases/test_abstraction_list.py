"""The list of events that take officers, page by page."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from cases.services.abstraction import enter_abstraction
from core import clock
from tests.factories import World, acting_as

SignIn = Callable[[User], Client]
LIST = "/abstractions/"


def enter(world: World, begins: int, ends: int) -> None:
    """Enter an event from so many days from now to so many."""
    now = clock.now().replace(second=0, microsecond=0)
    with acting_as(world.supervisor):
        enter_abstraction(
            actor=world.supervisor,
            event="Carnival",
            starts_at=now + timedelta(days=begins),
            ends_at=now + timedelta(days=ends),
            officer_ids=[world.investigator.pk],
        )


def test_the_list_is_paged_there_and_back_each_way(world: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """Coming events go the next first, past ones the latest first; a place in the one is none in the other."""
    monkeypatch.setattr("cases.abstractions.PAGE_SIZE", 2)
    for number in range(5):
        enter(world, 2 + number // 2, 6)
        enter(world, -8 + number // 2, -1)
    browser = sign_in(world.supervisor)

    def page(**query: str) -> Any:
        return browser.get(LIST, query).context["page"]

    for when, newest_first in (("", False), ("past", True)):
        pages = [page(when=when)]
        while pages[-1].has_next:
            pages.append(page(when=when, after=pages[-1].next_cursor))
        shown = [(line.row.starts_at, line.row.pk) for one in pages for line in one.rows]
        assert len(shown) == 5
        assert shown == sorted(shown, reverse=newest_first)
        assert page(when=when, before=pages[2].previous_cursor).rows == pages[1].rows
    assert browser.get(LIST, {"after": pages[0].next_cursor}).status_code == 404
    assert browser.get(LIST, {"before": "x"}).status_code == 404
