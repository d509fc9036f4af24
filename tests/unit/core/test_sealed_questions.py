"""What Django may ask of a sealed field, and what it may not: questions, expressions, checks, migrations."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import FieldError, ValidationError
from django.db import models
from django.db.models import Case, F, OuterRef, Subquery, Value, When
from django.db.models.functions import Cast, Lower
from django.test.utils import isolate_apps

from core.sealedfield import (
    Sealed,
    SealedDateField,
    SealedTextField,
    sealed_fields,
)
from core.sealedfield.columns import COMPARED_BY_TRIGGERS
from tests.sealed import KEY, SURNAME, Other, Person, Version, stored, written


@pytest.mark.parametrize("lookup", ["exact", "iexact", "in", "contains", "startswith", "gt", "range", "regex", "year", "isnul"])
def test_no_lookup(lookup: str) -> None:
    for name in ("surname", "surname_sealed", "born"):
        with pytest.raises(FieldError, match="is sealed"):
            Person.objects.filter(**{f"{name}__{lookup}": "x"})


def test_no_other_question_either() -> None:
    rows = Person.objects.all()
    for ask in (
        lambda: rows.filter(surname="x"),
        lambda: rows.filter(surname=None),
        lambda: rows.exclude(surname="x"),
        lambda: rows.filter(surname__df="x"),
        lambda: str(rows.filter(surname__df=F("forename")).query),
        lambda: str(rows.filter(note=F("surname")).query),
        lambda: str(rows.order_by("surname").query),
        lambda: str(rows.order_by("-born").query),
        lambda: str(rows.order_by(F("surname").desc()).query),
        lambda: str(rows.order_by(Lower("surname")).query),
        lambda: str(rows.distinct("surname").query),
        lambda: str(rows.values("surname").annotate(n=models.Count("id")).query),
        lambda: rows.annotate(x=F("surname")).filter(x="a"),
    ):
        with pytest.raises(FieldError, match="is sealed"):
            ask()
    with pytest.raises(FieldError, match="is sealed: it has no transform"):
        rows.filter(born__year__gt=2000)
    with pytest.raises(FieldError):
        rows.values("surname__year")


def test_triggers_may_ask_whether_bytes_differ_and_whether_they_do_not() -> None:
    assert sorted(COMPARED_BY_TRIGGERS) == ["df", "ndf"]
    assert [SURNAME.get_lookup(name).lookup_name for name in ("df", "ndf")] == ["df", "ndf"]


def test_a_version_is_bound_to_the_key_of_the_row_it_tracks_however_that_is_given() -> None:
    field = Version._meta.get_field("surname")
    assert field.key_of(Version(pgh_obj_id=KEY)) == KEY
    assert field.key_of(Version(pgh_obj_id=str(KEY))) == KEY
    assert field.key_of(Version()) is None


def test_what_stands_in_a_new_row_where_nothing_was_given() -> None:
    assert (SealedTextField().get_default(), SealedDateField().get_default()) == ("", None), "no empty text is a date"


def test_whether_anything_stands_there_may_be_asked() -> None:
    assert 'WHERE "sealed_person"."born" IS NULL' in str(Person.objects.filter(born__isnull=True).query)
    of_another = Subquery(Other.objects.filter(pk=OuterRef("pk")).values("born")[:1])
    asked = str(Person.objects.annotate(other=of_another).filter(other__isnull=True).values("pk").query)
    assert 'WHERE (SELECT U0."born" ' in asked
    assert asked.endswith(" IS NULL")


def test_a_column_is_selected_as_the_field_that_is_asked_for() -> None:
    born = Person._meta.get_field("born")
    assert SURNAME.get_col("x", born).output_field is born
    assert (SURNAME.get_col("x").output_field, SURNAME.get_col("x").alias) == (SURNAME, "x")


@pytest.mark.parametrize(
    ("expression", "own"),
    [
        (Case(When(pk=KEY, then=Value(None))), True),
        (Cast(Case(When(pk=KEY, then=Value(Sealed(b"x", bound=KEY)))), models.BinaryField()), True),
        (Case(When(pk=KEY, then=Value("x"))), False),
        (Case(When(pk=KEY, then=F("forename"))), False),
        (Case(When(pk=KEY, then=Value(None)), default=F("forename")), False),
        (Case(When(pk=KEY, then=Value(None)), default=Value("x")), False),
        (Cast(Value(None), models.BinaryField()), False),
        (Value("x"), False),
    ],
    ids=lambda each: type(each).__name__,
)
def test_the_one_expression_that_writes(expression: Any, own: bool) -> None:
    if own:
        assert SURNAME.get_db_prep_save(expression, None) is expression
    else:
        with pytest.raises(FieldError, match="no expression"):
            SURNAME.get_db_prep_save(expression, None)


@pytest.mark.parametrize(
    "value", ["x", b"x", 7, Sealed(b"x"), Sealed(None, value="x"), Sealed(None, bound=KEY, value="x")], ids=lambda _: "value"
)
def test_what_is_not_sealed_for_a_row_is_not_written(value: Any) -> None:
    with pytest.raises(FieldError, match="surname is sealed: write it through save"):
        SURNAME.get_prep_value(value)


def test_a_migration_names_the_package_and_a_clone_is_the_same() -> None:
    name, path, args, kwargs = SURNAME.deconstruct()
    assert (name, path, args, kwargs) == (
        "surname",
        "core.sealedfield.SealedTextField",
        [],
        {"max_length": 150, "blank": True, "default": ""},
    )
    assert Person._meta.get_field("born").deconstruct()[1:] == ("core.sealedfield.SealedDateField", [], {"null": True})
    assert SURNAME.clone().max_length == 150
    assert (SURNAME.attname, SURNAME.column, SURNAME.get_internal_type()) == ("surname_sealed", "surname", "BinaryField")
    assert [field.name for field in sealed_fields(Person)] == ["surname", "forename", "born"]
    assert Person.surname.field is SURNAME
    assert Person.surname_sealed.field is SURNAME
    assert Version._meta.get_field("surname").place == ("sealed_person", "surname", "pgh_obj_id")


def test_checks_of_a_whole_instance_open_nothing() -> None:
    person = stored(written(KEY, ""), column="surname")
    person.forename = "A"
    person.note = "n"
    person.surname_index = "i"
    person.clean_fields(exclude=["born"])
    person.forename = ""
    with pytest.raises(ValidationError) as caught:
        person.clean_fields(exclude=["born"])
    assert list(caught.value.message_dict) == ["forename"]
    with pytest.raises(ValidationError, match="null"):
        SURNAME.validate(None, person)
    Person._meta.get_field("born").validate(None, person)
    SURNAME.validate(Sealed(None, value=""), person)


@isolate_apps("audit")
def test_a_model_that_cannot_work_is_refused() -> None:
    class Counted(models.Model):
        text = SealedTextField()

        class Meta:
            app_label = "audit"

    class Indexed(models.Model):
        id = models.UUIDField(primary_key=True, default=uuid4)
        one = SealedTextField(unique=True)
        two = SealedDateField(db_index=True)
        three = SealedDateField(db_column="third")

        class Meta:
            app_label = "audit"

    def messages(model: Any, name: str) -> list[str]:
        return [problem.msg for problem in model._meta.get_field(name).check()]

    assert ["UUID" in message for message in messages(Counted, "text")] == [True]
    assert ["no index" in message for name in ("one", "two") for message in messages(Indexed, name)] == [True, True]
    assert messages(Indexed, "three") == []
    assert Indexed._meta.get_field("three").column == "third"
    assert not Version._meta.get_field("surname").check()
    assert not SURNAME.check()
