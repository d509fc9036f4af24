"""Sealed fields in tables: every way of writing seals, nothing moves between rows, and keys are changed under load."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import FieldError
from django.db import connection, transaction
from django.db.models import Count, F
from django.test.utils import CaptureQueriesContext

from core.sealedfield import NotOpened, Sealed, opening
from core.vault import SealBroken
from tests.integration.core.sealed_rows import BORN, bytes_of, empty, person, plant, read, tables
from tests.sealed import NEW, Other, Person, Version

__all__ = ["empty", "tables"]  # fixtures
pytestmark = pytest.mark.usefixtures("empty")


def test_written_and_read() -> None:
    row = person("Zoë Ünal 👩‍⚖️")
    for column, value in (("surname", "Zoë Ünal 👩‍⚖️"), ("forename", "Ann"), ("born", BORN)):
        with pytest.raises(NotOpened):
            getattr(row, column)
        assert read(row.pk, column) == value
        assert str(value).encode() not in bytes_of(row.pk, column)
    assert read(person("").pk) == ""


def test_every_way_of_writing_seals() -> None:
    one, two = Person(surname="A", forename="B"), Person(surname="C", forename="D")
    Person.objects.bulk_create([one, two])
    assert [read(row.pk) for row in (one, two)] == ["A", "C"]
    one.surname, two.surname, two.born = "E" * 20, "F" * 20, BORN
    assert Person.objects.bulk_update([one, two], ["surname", "born"]) == 2
    assert [(read(row.pk), read(row.pk, "born")) for row in (one, two)] == [("E" * 20, None), ("F" * 20, BORN)]
    assert b"EEEE" not in bytes_of(one.pk)
    one.surname, one.forename = "G", "not written"
    one.save(update_fields=["surname"])
    assert (read(one.pk), read(one.pk, "forename")) == ("G", "B")
    Person.objects.update_or_create(pk=one.pk, defaults={"surname": "H"})
    assert read(one.pk) == "H"
    made, _ = Person.objects.get_or_create(note="n", defaults={"surname": "I"})
    assert read(made.pk) == "I"
    made.born = None
    made.save()
    assert read(made.pk, "born") is None


def test_update_with_anything_else_is_refused_and_changes_nothing() -> None:
    row, other = person(), person("Smith")
    before, rows = bytes_of(row.pk), Person.objects.filter(pk=row.pk)
    (opaque,) = Person.objects.filter(pk=other.pk).values_list("surname", flat=True)
    for value in ("x", b"x", opaque, F("forename"), F("note")):
        with pytest.raises(FieldError, match="is sealed"):
            rows.update(surname=value)
    assert bytes_of(row.pk) == before
    rows.update(born=None, note="others may be written")
    assert read(row.pk, "born") is None
    assert Person.objects.filter(born__isnull=True).get() == row


def test_values_are_opaque() -> None:
    row = person()
    for value in (
        Person.objects.values("surname").get()["surname"],
        Person.objects.values_list("surname", flat=True).get(),
        Person.objects.values().get()["surname_sealed"],
        Person.objects.annotate(x=F("surname")).get().x,
    ):
        assert isinstance(value, Sealed)
        assert repr(value) == "<sealed>"
    assert Person.objects.filter(pk=row.pk).exists()


def test_questions_that_only_carry_sealed_columns_along() -> None:
    key, rows = person().pk, Person.objects.order_by("note", "pk")
    assert rows.annotate(number=Count("versions")).get().number == 1
    assert rows.distinct().count() == 1
    assert [row.pk for row in rows.union(Person.objects.filter(note="none"))] == [key]
    with transaction.atomic():
        assert [row.pk for row in rows.filter(pk__in=Person.objects.values("pk")).select_for_update().iterator()] == [key]
    assert Version.objects.select_related("pgh_obj").get().pgh_obj.surname_sealed.raw == bytes_of(key)
    assert rows.filter(born__isnull=False).exists()
    assert rows.filter(pk=key).delete()[0] == 1


def test_loading_later_and_again() -> None:
    key = person().pk
    for rows in (Person.objects.defer("surname"), Person.objects.only("note")):
        row = rows.get(pk=key)
        assert "surname_sealed" not in vars(row)
        with pytest.raises(NotOpened):
            _ = row.surname
        with opening("test"):
            assert row.surname == "Jones"
    row = Person.objects.get(pk=key)
    with opening("test"):
        assert row.surname == "Jones"
    Person.objects.update_or_create(pk=key, defaults={"surname": "Smith"})
    row.refresh_from_db()
    with pytest.raises(NotOpened):
        _ = row.surname
    row.refresh_from_db(fields=["surname"])
    with opening("test"):
        assert row.surname == "Smith"
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert row.surname == "Smith"
        assert len(queries) == 0
    deferred = Person.objects.defer("surname").get(pk=key)
    deferred.note = "changed"
    deferred.save()
    assert read(key) == "Smith"


def test_saved_unopened_the_bytes_stay(settings: Any) -> None:
    row = person()
    before = bytes_of(row.pk)
    settings.FIELD_KEYS = [NEW]
    row.note = "changed"
    row.save()
    assert bytes_of(row.pk) == before
    row.pk = uuid4()
    with pytest.raises(SealBroken):
        row.save()
    with pytest.raises(SealBroken):
        Person.objects.bulk_update([row], ["surname"])


def test_a_copy_under_another_key_is_sealed_for_it() -> None:
    row = person()
    first = row.pk
    with opening("test"):
        assert (row.surname, row.forename, row.born) == ("Jones", "Ann", BORN)
    row.pk, row._state.adding = None, True
    row.save()
    assert row.pk != first
    assert [read(key, "born") for key in (first, row.pk)] == [BORN, BORN]


def test_bytes_moved_or_planted_are_refused() -> None:
    row, other = person(), person("Smith")
    Other.objects.create(id=row.pk, surname="Jones")
    moved = [bytes_of(other.pk), bytes_of(row.pk, "forename"), bytes_of(row.pk, table="sealed_other"), b"Jones", b""]
    for raw in moved:
        plant(row.pk, raw)
        with pytest.raises(SealBroken):
            read(row.pk)
    row.refresh_from_db()
    row.forename = row.surname_sealed
    with pytest.raises(SealBroken):
        row.save()
    plant(row.pk, None, "born")
    assert read(row.pk, "born") is None
    assert read(other.pk) == "Smith"


def test_versions_open_for_the_row_they_are_of() -> None:
    row = person("First")
    with opening("test"):
        row.surname = "Second"
        row.save()
        row.note = "no change of fact"
        row.save()
        versions = list(Version.objects.order_by("pgh_id"))
        assert [(version.pgh_label, version.surname, version.forename, version.born) for version in versions] == [
            ("insert", "First", "Ann", BORN),
            ("update", "Second", "Ann", BORN),
        ]
    another = person("Other")
    Version.objects.filter(pk=versions[0].pk).update(pgh_obj=another.pk)
    with pytest.raises(SealBroken):
        read(versions[0].pk, model=Version)
    fetched = Version.objects.defer("pgh_obj").get(pk=versions[1].pk)
    with opening("test"):
        assert fetched.surname == "Second"
    fetched = Version.objects.get(pk=versions[1].pk)
    fetched.refresh_from_db()
    assert isinstance(fetched.surname_sealed, Sealed)
