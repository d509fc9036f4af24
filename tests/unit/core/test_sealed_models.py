"""What a sealed field gives to a model that is made now, and what its checks and refusals say."""

import pickle
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django.test.utils import isolate_apps

from core.sealedfield import Sealed, SealedDateField, SealedTextField
from core.vault import SealBroken, writing_head
from tests.sealed import ANOTHER, KEY, NEW, OLD, SURNAME, Person, read, stored, written


@isolate_apps("audit")
def test_a_model_has_both_attributes_each_with_its_field() -> None:
    class Made(models.Model):
        id = models.UUIDField(primary_key=True, default=uuid4)
        name = SealedTextField(max_length=20)
        born = SealedDateField(null=True, db_column="birth")

        class Meta:
            app_label = "audit"

    model: Any = Made
    for name, column in (("name", "name"), ("born", "birth")):
        field = Made._meta.get_field(name)
        assert getattr(model, name).field is field
        assert getattr(model, f"{name}_sealed").field is field
        assert (field.attname, field.column) == (f"{name}_sealed", column)
        assert field in Made._meta.local_fields, "an ordinary field of the model, not a private one"
        assert field not in Made._meta.private_fields
    raw = written(KEY, "Jones", model, "name")
    row = model(id=KEY)
    row.name_sealed = Sealed(raw)
    assert read(row, "name") == "Jones"


@isolate_apps("audit")
def test_a_private_field_stays_private() -> None:
    class Bare(models.Model):
        id = models.UUIDField(primary_key=True, default=uuid4)

        class Meta:
            app_label = "audit"

    SealedTextField().contribute_to_class(Bare, "hidden", private_only=True)
    assert [field.name for field in Bare._meta.private_fields] == ["hidden"]
    assert "hidden" not in [field.name for field in Bare._meta.local_fields]


@isolate_apps("audit")
def test_what_a_check_says_and_about_which_field() -> None:
    class Counted(models.Model):
        text = SealedTextField(unique=True)

        class Meta:
            app_label = "audit"

    field = Counted._meta.get_field("text")
    assert [(problem.msg, problem.obj) for problem in field.check()] == [
        ("A sealed field is no key and has no index: sealed twice, a value is never the same.", field),
        ("A sealed field needs a key made before the row is written: a UUID.", field),
    ]


@isolate_apps("audit")
def test_a_refusal_names_its_reason() -> None:
    class Asked(models.Model):
        id = models.UUIDField(primary_key=True, default=uuid4)
        text = SealedTextField(error_messages={"null": "Enter it", "blank": "Enter something"})

        class Meta:
            app_label = "audit"

    field = Asked._meta.get_field("text")
    for value, code, message in ((None, "null", "Enter it"), (Sealed(None, value=""), "blank", "Enter something")):
        with pytest.raises(ValidationError) as caught:
            field.validate(value, Asked())
        assert (caught.value.code, caught.value.messages) == (code, [message])


def test_what_stands_where_a_value_would() -> None:
    held = stored(written(KEY, "Jones")).surname_sealed
    assert (str(held), repr(held)) == ("sealed", "<sealed>")
    again = pickle.loads(pickle.dumps(held))  # noqa: S301 (our own bytes)
    assert (again.raw, again.bound) == (held.raw, held.bound) == (held.raw, KEY)


def test_bytes_of_another_row_stay_its_own_through_a_message() -> None:
    moved = pickle.loads(pickle.dumps(Sealed(written(KEY, "Jones"), bound=KEY)))  # noqa: S301 (our own bytes)
    assert moved.bound == KEY != UUID(int=2)
    assert SURNAME.get_prep_value(moved) == moved.raw


def test_what_is_under_another_key_and_what_becomes_of_it(settings: Any) -> None:
    settings.FIELD_KEYS = [OLD]
    row = stored(written(KEY, "Jones"))
    assert writing_head() == b"RS1\x03old"
    assert not SURNAME.is_headed_otherwise(row, writing_head())
    settings.FIELD_KEYS = [NEW, OLD]
    assert writing_head() == b"RS1\x03new"
    assert SURNAME.is_headed_otherwise(row, writing_head())
    assert Person._meta.get_field("born").is_headed_otherwise(row, writing_head()) is False, "nothing is under no key"
    again = SURNAME.resealed(row)
    assert (again.bound, again.raw.startswith(writing_head())) == (KEY, True)
    settings.FIELD_KEYS = [NEW]
    assert read(stored(again.raw)) == "Jones"
    with pytest.raises(SealBroken):
        read(stored(again.raw, ANOTHER))


def test_bytes_under_another_key_are_asked_for_by_what_they_begin_with() -> None:
    sql, params = Person.objects.filter(surname__not_headed=b"RS1").query.sql_with_params()
    assert sql.endswith('WHERE substring("sealed_person"."surname" from 1 for %s) <> %s')
    assert params == (3, b"RS1")
    assert SURNAME.get_lookup("not_headed")(SURNAME.get_col("x"), b"RS1").get_db_prep_lookup(b"RS1", None) == ("%s", [b"RS1"])
