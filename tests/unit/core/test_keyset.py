"""Cursors and the pages beside a page, without a database: rows are what `.values()` gives."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db.models import Q

from core.keyset import BadCursor, Order, Page, Start, read, written
from core.vault import seal_word

READER, OTHER = UUID(int=1), UUID(int=2)
AT = datetime(2026, 11, 22, 21, 5, 0, 123456, tzinfo=UTC)
NEWEST = Order("at", "log", READER, descending=True)


def rows(*ids: int) -> list[dict[str, Any]]:
    return [{"id": key, "at": AT} for key in ids]


@pytest.mark.parametrize("value", [AT, date(2026, 11, 22), "O'Brien, Zoë", "2026-11-22", 7, ""])
def test_a_place_is_read_as_it_was_written(value: Any) -> None:
    place = read(written([value, UUID(int=9), 3], purpose="p"), purpose="p", length=3)
    assert place == (value, str(UUID(int=9)), 3)
    assert [type(part) for part in place] == [type(value), str, int]


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "é",
        "\x00",
        "a" * 3_000,
        written([AT, 1], purpose="q"),
        written([AT, 1, 1], purpose="p"),
        written([AT], purpose="p"),
        seal_word({"at": AT.isoformat()}, purpose="p"),
        seal_word("ab", purpose="p"),
        seal_word([{"at": "yesterday"}, 1], purpose="p"),
        seal_word([{"at": None}, 1], purpose="p"),
        seal_word([{}, 1], purpose="p"),
        written([AT, 1], purpose="p")[:-1],
    ],
    ids=lambda _: "cursor",
)
def test_what_was_not_written_here_is_a_bad_cursor(cursor: str) -> None:
    with pytest.raises(BadCursor):
        read(cursor, purpose="p")


@pytest.mark.parametrize(
    "order",
    [
        Order("at", "log", OTHER, descending=True),
        Order("at", "log", READER),
        Order("created_at", "log", READER, descending=True),
        Order("at", "inbox", READER, descending=True),
    ],
)
def test_a_cursor_opens_for_one_reader_one_list_and_one_order(order: Order) -> None:
    cursor = NEWEST.cursor(rows(5)[0])
    assert Start.of(NEWEST, after=cursor).place == (AT, 5)
    with pytest.raises(BadCursor):
        Start.of(order, after=cursor)
    with pytest.raises(BadCursor):
        Start.of(order, before=cursor)


def test_the_first_page_the_middle_the_last_and_past_the_end() -> None:
    first = Start.of(NEWEST).page(rows(9, 8, 7), 2)
    assert ([row["id"] for row in first.rows], first.has_previous, first.has_next) == ([9, 8], False, True)
    assert first.previous_cursor is None
    middle = Start.of(NEWEST, after=first.next_cursor or "").page(rows(7, 6, 5), 2)
    assert (middle.has_previous, middle.has_next) == (True, True)
    last = Start.of(NEWEST, after=middle.next_cursor or "").page(rows(5), 2)
    assert (last.has_previous, last.has_next, last.next_cursor) == (True, False, None)
    assert read(last.previous_cursor or "", purpose=NEWEST.purpose) == (AT, 5)
    past = Start.of(NEWEST, after=NEWEST.cursor(rows(5)[0])).page([], 2)
    assert past == Page([], None, None, has_next=False, has_previous=True)
    assert Start.of(NEWEST).page([], 2) == Page([])


def test_a_page_read_backwards_stands_in_the_lists_order() -> None:
    start = Start.of(NEWEST, before=NEWEST.cursor(rows(5)[0]))
    page = start.page(rows(6, 7, 8), 2)
    assert start.ordering == ("at", "id")
    assert ([row["id"] for row in page.rows], page.has_previous, page.has_next) == ([7, 6], True, True)
    assert read(page.next_cursor or "", purpose=NEWEST.purpose) == (AT, 6)
    assert start.page(rows(6, 7), 2).has_previous is False


def test_after_counts_where_both_stand() -> None:
    start = Start.of(NEWEST, after=NEWEST.cursor(rows(5)[0]), before="x")
    assert (start.backwards, start.place) == (False, (AT, 5))


@pytest.mark.parametrize(
    ("order", "forwards", "back"),
    [
        (NEWEST, ("-at", "-id", "lt", "lt"), ("at", "id", "gt", "gt")),
        (Order("at", "log", READER), ("at", "id", "gt", "gt"), ("-at", "-id", "lt", "lt")),
        (Order("at", "log", READER, descending=True, key_descending=False), ("-at", "id", "lt", "gt"), ("at", "-id", "gt", "lt")),
        (Order("at", "log", READER, key_descending=True), ("at", "-id", "gt", "lt"), ("-at", "id", "lt", "gt")),
    ],
)
def test_the_condition_and_the_order_of_each_way(order: Order, forwards: tuple[str, ...], back: tuple[str, ...]) -> None:
    """The first part of the condition is one that an index answers."""
    cursor = order.cursor(rows(5)[0])
    for start, (column, key, way, key_way) in ((Start.of(order, after=cursor), forwards), (Start.of(order, before=cursor), back)):
        assert start.ordering == (column, key)
        assert start.beyond == Q(**{f"at__{way}e": AT}) & (Q(**{f"at__{way}": AT}) | Q(**{f"id__{key_way}": 5}))
    assert Start.of(order).beyond == Q()


def test_a_page_in_words_keeps_its_cursors() -> None:
    page = Start.of(NEWEST, after=NEWEST.cursor(rows(9)[0])).page(rows(8, 7, 6), 2)
    shown = page.shown_as(lambda found: [f"row {row['id']}" for row in found])
    assert shown == Page(["row 8", "row 7"], page.next_cursor, page.previous_cursor, page.has_next, page.has_previous)
