"""Models with sealed fields for tests alone, which no application and no migration knows, and rows of them without a database."""

import base64
import sys
from typing import Any
from uuid import UUID, uuid4

import pghistory
from django.db import models
from django.test.utils import isolate_apps
from pgtrigger import registry

from core.sealedfield import SealedDateField, SealedTextField, opening

OLD, NEW = (f"{name}:{base64.b64encode(letter * 32).decode()}" for name, letter in (("old", b"o"), ("new", b"n")))

with isolate_apps("audit"):

    class SealedBase(models.Model):
        """What both tables have."""

        id = models.UUIDField(primary_key=True, default=uuid4)
        surname = SealedTextField(max_length=150, blank=True, default="")
        forename = SealedTextField(max_length=40, default="")
        born = SealedDateField(null=True)
        surname_index = models.CharField(max_length=32, default="")
        note = models.CharField(max_length=50, default="")

        class Meta:
            abstract = True
            app_label = "audit"

    @pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(condition=pghistory.AnyChange(exclude=["note"])),
        model_name="SealedPersonVersion",
        obj_field=pghistory.ObjForeignKey(db_constraint=False, related_name="versions"),
        context_field=pghistory.ContextJSONField(null=True),
    )
    class SealedPerson(SealedBase):
        """A tracked table."""

        class Meta(SealedBase.Meta):
            db_table = "sealed_person"

    class SealedOther(SealedBase):
        """A table of the same columns."""

        class Meta(SealedBase.Meta):
            db_table = "sealed_other"


Person: Any = SealedPerson
Other: Any = SealedOther
Version: Any = vars(sys.modules["audit.models"]).pop("SealedPersonVersion")
TABLES: tuple[Any, ...] = (Person, Other, Version)
KEY, ANOTHER = UUID(int=1), UUID(int=2)
SURNAME = Person._meta.get_field("surname")
TRIGGERS: list[Any] = [trigger for model, trigger in registry.registered() if model is Person]
for _trigger in TRIGGERS:
    _trigger.unregister(Person)


def swapped(raw: bytes, at: int) -> bytes:
    """Return the bytes with one bit changed."""
    return raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]


def written(key: UUID, value: Any, model: Any = Person, column: str = "surname") -> bytes:
    """Return the bytes that a value is written as."""
    raw = model._meta.get_field(column).pre_save(model(id=key, **{column: value}), True).raw
    assert isinstance(raw, bytes)
    return raw


def stored(raw: bytes | None, key: Any = KEY, model: Any = Person, column: str = "surname") -> Any:
    """Return an instance as it is loaded from a row that holds these bytes."""
    names = [field.attname for field in model._meta.concrete_fields]
    values: dict[str, Any] = {"id": key, "surname_sealed": None, "forename_sealed": None, "born_sealed": None}
    values[f"{column}_sealed"] = model._meta.get_field(column).from_db_value(raw, None, None)
    return model.from_db("default", names, [values.get(name, "") for name in names])


def read(instance: Any, column: str = "surname") -> Any:
    """Read an attribute with the gate open."""
    with opening("test"):
        return getattr(instance, column)
