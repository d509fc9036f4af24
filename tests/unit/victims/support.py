"""Rows that answer what loaders of facts ask a table, without a database."""

from collections.abc import Iterable, Iterator
from types import SimpleNamespace
from typing import Any


class Rows:
    """Rows in memory: filtered, ordered and read as those of a table are, for the questions that the loaders put."""

    def __init__(self, rows: Iterable[SimpleNamespace]) -> None:
        self.rows = list(rows)

    def filter(self, **wanted: Any) -> "Rows":
        return Rows(row for row in self.rows if all(_is(row, name, value) for name, value in wanted.items()))

    def order_by(self, *names: str) -> "Rows":
        return Rows(sorted(self.rows, key=lambda row: tuple(getattr(row, name) for name in names)))

    def values_list(self, *names: str) -> list[tuple[Any, ...]]:
        return [tuple(getattr(row, name) for name in names) for row in self.rows]

    def __iter__(self) -> Iterator[SimpleNamespace]:
        return iter(self.rows)


def _is(row: SimpleNamespace, name: str, value: Any) -> bool:
    if name.endswith("__isnull"):
        return (getattr(row, name.removesuffix("__isnull")) is None) is value
    return bool(getattr(row, name) == value)
