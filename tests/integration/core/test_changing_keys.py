"""Changing the keys that values are sealed under: all of them, in batches, beside people who write, stopped and begun again."""

import threading
from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from core.blindindex import blind_index, blind_indexes
from core.sealedfield import NotOpened, SealedTextField, left_under_old_keys, opening, reseal
from core.vault import SealBroken
from tests.integration.core.sealed_rows import BORN, bytes_of, empty, person, plant, read, tables
from tests.sealed import NEW, OLD, Person, Version

__all__ = ["empty", "tables"]  # fixtures
pytestmark = pytest.mark.usefixtures("empty")


def indexed(row: Any) -> Mapping[str, Any]:
    """Return the columns of a row that depend on the key."""
    return {"surname_index": blind_index(row.surname, column="surname", force_id=46)}


def test_keys_are_changed_and_the_old_one_taken_away(settings: Any) -> None:
    rows = [person(f"Name {number}") for number in range(7)]
    for row in rows:
        Person.objects.filter(pk=row.pk).update(surname_index=blind_index(f"Name {row.pk}", column="surname", force_id=46))
    assert left_under_old_keys(Person) == 0
    settings.FIELD_KEYS = [NEW, OLD]
    Person.objects.create(surname="New", forename="New", surname_index="untouched")
    assert left_under_old_keys(Person) == 21
    with CaptureQueriesContext(connection) as queries:
        assert reseal(Person, batch=3, also=indexed) == 21
    assert left_under_old_keys(Person) == 0
    sent = [query["sql"] for query in queries]
    selects, updates = ([sql for sql in sent if sql.startswith(word)] for word in ("SELECT", "UPDATE"))
    assert len(selects) == 3, "batches of 3, 3 and 1"
    assert all(sql.endswith('LIMIT 3 FOR UPDATE OF "sealed_person"') for sql in selects)
    assert len(updates) == 7
    assert all("note" not in sql.partition("WHERE")[0] for sql in updates)
    assert reseal(Person, also=indexed) == 0
    settings.FIELD_KEYS = [NEW]
    for number, row in enumerate(rows):
        assert (read(row.pk), read(row.pk, "forename"), read(row.pk, "born")) == (f"Name {number}", "Ann", BORN)
        found = Person.objects.filter(surname_index__in=blind_indexes(f"Name {number}", column="surname", force_id=46))
        assert [each.pk for each in found] == [row.pk]
    assert Person.objects.filter(surname_index="untouched").count() == 1


def test_versions_are_resealed_for_the_row_they_are_of(settings: Any) -> None:
    row = person()
    settings.FIELD_KEYS = [NEW, OLD]
    assert left_under_old_keys(Version) == 3
    assert reseal(Person) == 3
    assert reseal(Version, batch=1) == 3
    settings.FIELD_KEYS = [NEW]
    with opening("test"):
        assert {(version.pgh_obj_id, version.surname, version.born) for version in Version.objects.all()} == {(row.pk, "Jones", BORN)}


def test_only_old_values_of_a_row_are_sealed_anew(settings: Any) -> None:
    row = person()
    settings.FIELD_KEYS = [NEW, OLD]
    row.surname = "Smith"
    row.save()
    before = bytes_of(row.pk)
    assert left_under_old_keys(Person) == 2
    assert reseal(Person) == 2
    assert bytes_of(row.pk) == before


def test_rows_that_do_not_open_are_named_and_the_rest_is_done(settings: Any) -> None:
    rows = sorted((person(f"Name {number}") for number in range(5)), key=lambda row: row.pk)
    plant(rows[1].pk, b"Planted")
    plant(rows[4].pk, bytes_of(rows[0].pk))
    settings.FIELD_KEYS = [NEW, OLD]
    with pytest.raises(SealBroken, match="2 rows of sealed_person do not open") as caught:
        reseal(Person, batch=2)
    assert str(caught.value).endswith(f": {rows[1].pk}, {rows[4].pk}")
    assert bytes_of(rows[1].pk) == b"Planted"
    assert left_under_old_keys(Person) == 6
    with pytest.raises(SealBroken, match="2 rows"):
        reseal(Person)


def test_stopped_it_goes_on_where_it_was(settings: Any) -> None:
    for number in range(4):
        person(f"Name {number}")
    settings.FIELD_KEYS = [NEW, OLD]
    begun: list[int] = []

    def stopping() -> AbstractContextManager[Any]:
        begun.append(1)
        if len(begun) == 2:
            raise KeyboardInterrupt
        return transaction.atomic()

    with pytest.raises(KeyboardInterrupt):
        reseal(Person, batch=2, within=stopping)
    assert left_under_old_keys(Person) == 6
    assert reseal(Person, batch=2, within=stopping) == 6
    assert left_under_old_keys(Person) == 0


def test_a_batch_that_fails_is_undone_and_so_is_its_gate(settings: Any) -> None:
    person()
    settings.FIELD_KEYS = [NEW, OLD]
    person("Under the new key")

    def failing(row: Any) -> Mapping[str, Any]:
        assert row.surname == "Jones"
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        reseal(Person, also=failing)
    assert left_under_old_keys(Person) == 3
    with pytest.raises(NotOpened):
        _ = Person.objects.first().surname


def test_beside_people_who_write(settings: Any) -> None:
    """Whoever writes while keys are changed is not overwritten, and what was written opens."""
    rows = [person("0", surname_index="0") for _ in range(12)]
    settings.FIELD_KEYS = [NEW, OLD]
    stop, failures = threading.Event(), list[BaseException]()
    last: dict[UUID, str] = {}

    def write() -> None:
        try:
            for turn in range(1, 200):
                if stop.is_set():
                    break
                with transaction.atomic():
                    row = Person.objects.select_for_update().get(pk=rows[turn % len(rows)].pk)
                    row.surname = str(turn)
                    row.save(update_fields=["surname"])
                last[row.pk] = str(turn)
        except Exception as failure:
            failures.append(failure)
        finally:
            connections.close_all()

    writer = threading.Thread(target=write)
    writer.start()
    while left_under_old_keys(Person):
        reseal(Person, batch=2)
    stop.set()
    writer.join()
    assert not failures
    settings.FIELD_KEYS = [NEW]
    for row in rows:
        assert read(row.pk) == last.get(row.pk, "0")
        assert read(row.pk, "forename") == "Ann"


def test_as_the_owner(settings: Any) -> None:
    person()
    settings.FIELD_KEYS = [NEW, OLD]
    with CaptureQueriesContext(connection) as queries:
        assert left_under_old_keys(Person, using="owner") == 3
        assert reseal(Person, using="owner") == 3
    assert len(queries) == 0
    assert left_under_old_keys(Person) == 0


def test_a_column_that_may_be_empty_is_no_old_key(settings: Any) -> None:
    Person.objects.create(surname="A", forename="B", born=None)
    settings.FIELD_KEYS = [NEW, OLD]
    assert left_under_old_keys(Person) == 2
    assert reseal(Person) == 2
    assert isinstance(Person._meta.get_field("surname"), SealedTextField)
