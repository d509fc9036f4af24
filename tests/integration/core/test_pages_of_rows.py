"""Pages of rows of the database: there and back, in every order, among rows of the same value, in one query each."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from core.keyset import BadCursor, Order, Page, page_of
from tests.factories import AVON, World, acting_as, make_user


def people(names: list[str]) -> QuerySet[Any]:
    """Make people of these names, some of them the same, and return the rows."""
    keys = [make_user(AVON, Role.ANALYST, name=name).pk for name in names]
    return User.objects.filter(pk__in=keys)


def walked(rows: QuerySet[Any], order: Order, size: int) -> list[Page[Any]]:
    """Return every page from the first to the last."""
    pages = [page_of(rows, order, size)]
    while pages[-1].has_next:
        pages.append(page_of(rows, order, size, after=pages[-1].next_cursor or ""))
    return pages


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("key_descending", [False, True])
@pytest.mark.parametrize("as_values", [False, True])
def test_there_and_back_without_gap_or_repeat(world: World, descending: bool, key_descending: bool, as_values: bool) -> None:
    rows = people(["Same Name"] * 5 + ["Another", "Zed"])
    order = Order("name", "people", world.administrator.pk, descending=descending, key_descending=key_descending)
    with acting_as(world.administrator):
        whole = list(rows.order_by("-name" if descending else "name", "-id" if key_descending else "id").values_list("pk", flat=True))
        read: QuerySet[Any] = rows.values("name", "id") if as_values else rows
        pages = walked(read, order, 3)
        shown = [[row["id"] if as_values else row.pk for row in page.rows] for page in pages]
        assert shown == [whole[:3], whole[3:6], whole[6:]]
        assert [(page.has_previous, page.has_next) for page in pages] == [(False, True), (True, True), (True, False)]
        back = page_of(read, order, 3, before=pages[2].previous_cursor or "")
        first = page_of(read, order, 3, before=back.previous_cursor or "")
    assert (list(back.rows), back.has_previous, back.has_next) == (list(pages[1].rows), True, True)
    assert (list(first.rows), first.has_previous, first.has_next) == (list(pages[0].rows), False, True)


def test_a_row_that_is_gone_still_marks_its_place(world: World) -> None:
    rows, order = people(["A", "B", "C", "D"]), Order("name", "people", world.administrator.pk)
    with acting_as(world.administrator):
        first = page_of(rows, order, 2)
        left = rows.exclude(pk=first.rows[-1].pk)
        assert [row.name for row in page_of(left, order, 2, after=first.next_cursor or "").rows] == ["C", "D"]


def test_one_query_and_an_exact_page_has_none_after_it(world: World) -> None:
    rows, order = people(["A", "B", "C", "D"]), Order("name", "people", world.administrator.pk)
    with acting_as(world.administrator):
        first = page_of(rows, order, 2)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            second = page_of(rows, order, 2, after=first.next_cursor or "")
    assert len(asked) == 1
    assert "\"name\" >= 'B'" in asked[0]["sql"]
    assert (second.has_next, second.next_cursor) == (False, None)


def test_another_persons_cursor_is_a_bad_one_before_anything_is_asked(world: World) -> None:
    rows = people(["A", "B", "C"])
    with acting_as(world.administrator):
        cursor = page_of(rows, Order("name", "people", world.administrator.pk), 2).next_cursor or ""
    with acting_as(world.supervisor), CaptureQueriesContext(connection) as asked, pytest.raises(BadCursor):
        page_of(rows, Order("name", "people", world.supervisor.pk), 2, after=cursor)
    assert not asked.captured_queries
