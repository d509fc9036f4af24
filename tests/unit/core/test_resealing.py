"""Changing keys, on rows in memory: what is asked of the table, what is written to it, and what is left as it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from operator import attrgetter
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.db.models import Q

from core.sealedfield import Sealed, left_under_old_keys, opening, reseal, resealing
from core.sealedfield.opaque import opening_reason
from core.vault import SealBroken
from tests.sealed import NEW, OLD, Person, written

BORN = date(2001, 2, 3)
COLUMNS = ("surname", "forename", "born")
Values = dict[str, bytes | None]


class Table:
    """Rows of sealed bytes by key, and what was asked of them."""

    def __init__(self) -> None:
        self.rows: dict[UUID, Values] = {}
        self.other: dict[UUID, dict[str, Any]] = {}
        self.using: list[str] = []
        self.limits: list[int] = []
        self.locked: list[tuple[str, ...]] = []
        self.updates: list[tuple[UUID, list[str]]] = []
        self.begun: list[str] = []

    def add(self, number: int, surname: str = "Jones", **raw: bytes | None) -> UUID:
        """Add a row, sealed under the key that writes now; `raw` is planted."""
        key = UUID(int=number)
        values: dict[str, Any] = {"surname": surname, "forename": "Ann", "born": BORN}
        self.rows[key] = {**{name: written(key, value, column=name) for name, value in values.items()}, **raw}
        return key

    def opened(self, key: UUID) -> dict[str, Any]:
        """Return what a row's values open to under the keys of now."""
        with opening("test"):
            row = self.instance(key)
            return {name: getattr(row, name) for name in COLUMNS}

    def instance(self, key: UUID) -> Any:
        raw = self.rows[key]
        held = {f"{name}_sealed": Person._meta.get_field(name).from_db_value(raw[name], None, None) for name in COLUMNS}
        names = [field.attname for field in Person._meta.concrete_fields]
        return Person.from_db("default", names, [{"id": key, **held}.get(name, "") for name in names])

    @contextmanager
    def within(self, using: str = "a scope") -> Iterator[None]:
        self.begun.append(using)
        yield


class Query:
    """The rows of a table that a question leaves."""

    def __init__(self, table: Table, keys: list[UUID]) -> None:
        self.table, self.keys = table, keys

    def filter(self, *questions: Q, **wanted: Any) -> "Query":
        asked = [*questions, *([Q(**wanted)] if wanted else [])]
        return Query(self.table, [key for key in self.keys if all(self._holds(key, one) for one in asked)])

    def _holds(self, key: UUID, one: Any) -> bool:
        if isinstance(one, Q):
            return (any if one.connector == Q.OR else all)(self._holds(key, child) for child in one.children)
        name, value = one
        if name in {"pk", "pk__gt"}:
            return bool(key == value if name == "pk" else key > value)
        column, _, lookup = name.partition("__")
        assert lookup == "not_headed"
        raw = self.table.rows[key][column]
        return raw is not None and not raw.startswith(value)

    def count(self) -> int:
        return len(self.keys)

    def order_by(self, *names: str) -> "Query":
        return Query(self.table, sorted(self.keys, key=lambda key: attrgetter(*names)(self.table.instance(key))))

    def select_for_update(self, *, of: tuple[str, ...]) -> "Query":
        self.table.locked.append(of)
        return self

    def __getitem__(self, part: slice) -> list[Any]:
        self.table.limits.append(part.stop)
        return [self.table.instance(key) for key in self.keys[part]]

    def update(self, **changed: Any) -> None:
        (key,) = self.keys
        self.table.updates.append((key, sorted(changed)))
        for name, value in changed.items():
            if isinstance(value, Sealed):
                assert value.raw is not None
                self.table.rows[key][name] = value.raw
            else:
                self.table.other.setdefault(key, {})[name] = value


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Table:
    """An empty table under the old key, in which the newest rows come first unless they are ordered."""
    made = Table()

    def rows(model: Any, using: str) -> Query:
        assert model is Person
        made.using.append(using)
        return Query(made, sorted(made.rows, reverse=True))

    settings.FIELD_KEYS = [OLD]
    monkeypatch.setattr(resealing, "_rows", rows)
    monkeypatch.setattr(transaction, "atomic", lambda using: made.within(using))
    return made


def test_the_sealed_fields_of_a_model_in_its_order() -> None:
    assert [field.name for field in resealing.sealed_fields(Person)] == ["surname", "forename", "born"]


def test_rows_are_asked_of_the_database_named_past_every_manager() -> None:
    found = resealing._rows(Person, "owner")
    assert (found.model, found.db, found.query.where.children) == (Person, "owner", [])


def test_values_are_counted_and_not_rows(table: Table, settings: Any) -> None:
    table.add(1)
    table.add(2, born=None)
    assert left_under_old_keys(Person) == 0
    settings.FIELD_KEYS = [NEW, OLD]
    table.add(3)
    assert left_under_old_keys(Person) == 5
    assert set(table.using) == {"default"}
    table.using.clear()
    assert left_under_old_keys(Person, using="owner") == 5
    assert table.using == ["owner"] * 3


def test_every_value_is_sealed_under_the_key_that_writes(table: Table, settings: Any) -> None:
    keys = [table.add(number, f"Name {number}") for number in (3, 1, 2, 5, 4)]
    settings.FIELD_KEYS = [NEW, OLD]
    assert reseal(Person, batch=2) == 15
    assert table.limits == [2, 2, 2]
    assert table.locked == [("self",)] * 3
    assert table.begun == ["default"] * 3
    assert set(table.using) == {"default"}
    assert table.updates == [(key, ["born", "forename", "surname"]) for key in sorted(keys)]
    settings.FIELD_KEYS = [NEW]
    for key in keys:
        assert table.opened(key) == {"surname": f"Name {key.int}", "forename": "Ann", "born": BORN}


def test_a_last_batch_that_is_full_is_followed_by_one_more_question(table: Table, settings: Any) -> None:
    for number in range(4):
        table.add(number)
    settings.FIELD_KEYS = [NEW, OLD]
    assert reseal(Person, batch=2, within=table.within) == 12
    assert (table.limits, table.begun) == ([2, 2, 2], ["a scope"] * 3)
    assert left_under_old_keys(Person) == 0


def test_as_another_login_and_500_at_a_time(table: Table, settings: Any) -> None:
    table.add(1)
    settings.FIELD_KEYS = [NEW, OLD]
    assert reseal(Person, using="owner") == 3
    assert (table.limits, table.begun, set(table.using)) == ([500], ["owner"], {"owner"})


def test_only_old_values_are_written_and_what_depends_on_the_key_beside_them(table: Table, settings: Any) -> None:
    key = table.add(1)
    settings.FIELD_KEYS = [NEW, OLD]
    table.rows[key]["surname"] = before = written(key, "Smith")
    table.add(2)

    def also(row: Any) -> dict[str, str]:
        assert opening_reason() == "keys changed"
        return {"surname_index": f"of {row.surname}"}

    assert reseal(Person, also=also) == 2
    assert table.updates == [(key, ["born", "forename", "surname_index"])]
    assert table.rows[key]["surname"] == before
    assert table.other == {key: {"surname_index": "of Smith"}}
    assert opening_reason() == ""


def test_rows_with_any_old_value_are_found(table: Table, settings: Any) -> None:
    keys = [table.add(number) for number in (1, 2, 3)]
    old = {key: dict(values) for key, values in table.rows.items()}
    settings.FIELD_KEYS = [NEW, OLD]
    for key, column in zip(keys, COLUMNS, strict=True):
        table.add(key.int)
        table.rows[key][column] = old[key][column]
    assert reseal(Person) == 3
    assert table.updates == [(key, [column]) for key, column in zip(keys, COLUMNS, strict=True)]
    assert left_under_old_keys(Person) == 0


def test_rows_that_do_not_open_are_left_and_named_up_to_20(table: Table, settings: Any) -> None:
    for number in range(25):
        table.add(number)
    for number in range(22):
        table.rows[UUID(int=number)]["forename"] = b"Planted"
    settings.FIELD_KEYS = [NEW, OLD]
    with pytest.raises(SealBroken) as caught:
        reseal(Person, batch=4)
    named = ", ".join(str(UUID(int=number)) for number in range(20))
    assert str(caught.value) == f"22 rows of sealed_person do not open and were left as they are: {named}"
    assert [key.int for key, _ in table.updates] == [22, 23, 24]
    assert table.rows[UUID(int=0)]["forename"] == b"Planted"


def test_where_nothing_is_old_nothing_is_written(table: Table) -> None:
    table.add(1)
    assert reseal(Person, batch=1) == 0
    assert (table.updates, table.limits) == ([], [1])
