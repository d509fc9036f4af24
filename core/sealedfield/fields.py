"""The fields themselves and the two attributes that each gives its model.

`surname` is the value: text or a date, read behind the gate. `surname_sealed` is what the row holds (Sealed or None); it is
what Django itself loads, copies, refreshes and writes, so none of that opens anything.

A version of a row (pghistory) copies the bytes of the row it tracks: its fields are bound to that row, by pgh_obj_id.
A column or table that is renamed no longer opens: a migration that renames has to seal anew.
"""

import re
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.core import checks
from django.core.exceptions import FieldError, ValidationError
from django.db import models

from core.sealedfield import columns
from core.sealedfield.attributes import OpenAttribute, SealedAttribute
from core.sealedfield.opaque import CLOSED, NotOpened, Sealed, opening_reason
from core.vault import SealBroken, seal_field, unseal_field

if TYPE_CHECKING:
    Base = models.Field[Any, Any]
else:
    Base = models.Field

BLOCK: Final = 32
"""Bytes that a value is filled up to a multiple of, so that the length of a short name does not show."""


NOT_STORED: Final = re.compile("[\x00\ud800-\udfff]")
"""NUL, which no text of this service holds, and halves of surrogate pairs, which no UTF-8 writes."""


class SealedField(Base):
    """Base of the two below: everything but what a value is and how it is written as bytes."""

    descriptor_class = SealedAttribute

    def get_internal_type(self) -> str:
        """The column is bytea."""
        return "BinaryField"

    def get_attname(self) -> str:
        """Django works with the sealed value, which has an attribute of its own."""
        return f"{self.name}_sealed"

    def get_attname_column(self) -> tuple[str, str]:
        """The column keeps the field's name."""
        return self.get_attname(), self.db_column or self.name

    def deconstruct(self) -> Any:
        """Name the package, not the module inside it, in migrations."""
        name, _, args, kwargs = super().deconstruct()
        return name, f"core.sealedfield.{type(self).__name__}", args, kwargs

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = False) -> None:
        """Give the model both attributes, in the place of those of an abstract base, which know another table."""
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, SealedAttribute(self))
        setattr(cls, self.name, OpenAttribute(self))

    def check(self, **kwargs: Any) -> Any:
        """Refuse what a sealed column cannot be, and a row whose key is not known before it is written."""
        problems = [*super().check(**kwargs)]
        if self.primary_key or self.unique or getattr(self, "db_index", False):
            problems.append(checks.Error("A sealed field is no key and has no index: sealed twice, a value is never the same.", obj=self))
        if self.place[2] != "pgh_obj_id" and isinstance(self.model._meta.pk, models.AutoField):
            problems.append(checks.Error("A sealed field needs a key made before the row is written: a UUID.", obj=self))
        return problems

    @cached_property
    def place(self) -> tuple[str, str, str]:
        """Table and column that values are bound to, and the attribute that holds the key of the row they are bound to."""
        tracked = getattr(self.model, "pgh_tracked_model", None)
        if tracked is None:
            return self.model._meta.db_table, self.column, self._key_field.attname
        source = tracked._meta.get_field(self.name)
        return source.model._meta.db_table, source.column, "pgh_obj_id"

    @cached_property
    def _key_field(self) -> Any:
        return getattr(self.model, "pgh_tracked_model", self.model)._meta.pk

    def key_of(self, instance: Any) -> object:
        """Return the key of the row that an instance's values are bound to, None before it has one."""
        key = getattr(instance, self.place[2])
        return key if isinstance(key, UUID) else self._key_field.to_python(key)

    def _about(self, key: object) -> str:
        return "\x00".join((*self.place[:2], str(key)))

    def opened(self, instance: Any) -> Any:
        """Return the value, opened if it was not yet. Raises NotOpened outside `opening`, SealBroken for what is not this row's."""
        held = instance.__dict__.get(self.attname, CLOSED)
        if held is CLOSED:  # deferred
            held = getattr(instance, self.attname)
        if held is None:
            return self._absent()
        if held.value is CLOSED:
            if not opening_reason():
                raise NotOpened(f"{self} is sealed: open it inside core.sealedfield.opening(reason)")
            key = self.key_of(instance)
            held.value, held.bound = self._unsealed(held.raw, key), key
        return held.value

    def _absent(self) -> None:
        if not self.null:
            raise SealBroken(f"{self}: nothing stands where a sealed value must")

    def assign(self, instance: Any, value: Any) -> None:
        """Take a new value. The same value as was opened keeps its bytes, so that nothing changed is no new version.

        Raises ValueError or TypeError for what cannot be stored.
        """
        held = instance.__dict__.get(self.attname)
        if isinstance(value, Sealed):
            # From somewhere else, or from here: it is proved before it is written.
            instance.__dict__[self.attname] = Sealed(value.raw) if value.raw is not None else Sealed(None, value=value.value)
        elif value is None:
            if not self.null:
                raise ValueError(f"{self} takes no None")
            instance.__dict__[self.attname] = None
        elif self.checked(value) != getattr(held, "value", CLOSED):
            instance.__dict__[self.attname] = Sealed(None, value=value)

    def current(self, instance: Any, held: Any) -> Any:
        """Return what to write for an instance: its bytes as they are, or sealed now when the value or the key is new.

        Raises SealBroken for bytes of another row that were never opened here.
        """
        if held is None:
            return None
        key = self.key_of(instance)
        if held.raw is not None and held.bound == key and key is not None:
            return held
        if held.raw is not None and held.bound is None:
            self._unsealed(held.raw, key)
            held.bound = key
            return held
        if held.value is CLOSED:
            raise SealBroken(f"{self}: these bytes belong to another row")
        if key is None:
            return Sealed(None, value=held.value)
        held = instance.__dict__[self.attname] = self._sealed(held.value, key)
        return held

    def is_headed_otherwise(self, instance: Any, head: bytes) -> bool:
        """Say whether an instance holds a value that is under another key than the one of this head."""
        held = instance.__dict__[self.attname]
        return held is not None and not held.raw.startswith(head)

    def resealed(self, instance: Any) -> Sealed:
        """Return the value of an instance sealed anew under the key that writes. Shows it to nobody."""
        held, key = instance.__dict__[self.attname], self.key_of(instance)
        return self._sealed(self._unsealed(held.raw, key), key)

    def _sealed(self, value: Any, key: object) -> Sealed:
        data = self.to_bytes(value)
        filled = data + b"\x00" * (BLOCK - len(data) % BLOCK)
        return Sealed(seal_field(filled, about=self._about(key)), bound=key, value=value)

    def _unsealed(self, raw: bytes, key: object) -> Any:
        return self.from_bytes(unseal_field(raw, about=self._about(key)).rstrip(b"\x00"))

    def checked(self, value: Any) -> Any:
        """Return a value that can be sealed. Raises ValueError or TypeError, which never say what the value was."""
        raise NotImplementedError

    def to_bytes(self, value: Any) -> bytes:
        """Return a checked value as bytes, none of which is zero."""
        raise NotImplementedError

    def from_bytes(self, data: bytes) -> Any:
        """Return the value that was written as these bytes."""
        raise NotImplementedError

    # What Django asks of a field.

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        """Open nothing."""
        return None if value is None else Sealed(bytes(value))

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        """Return what to write. Raises ValueError while the row has no key."""
        held = getattr(model_instance, self.attname)
        if held is not None and held.raw is None:
            raise ValueError(f"{self} cannot be sealed before its row has a key")
        return held

    def get_prep_value(self, value: Any) -> Any:
        """Let sealed bytes of a known row through. Raises FieldError for everything else."""
        if value is None:
            return None
        if isinstance(value, Sealed) and value.raw is not None and value.bound is not None:
            return value.raw
        raise FieldError(f"{self} is sealed: write it through save(), bulk_create() or bulk_update(); find it by a blind index")

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """Refuse an expression of any other make than bulk_update's."""
        if hasattr(value, "as_sql") and not columns.is_own_case(value):
            raise FieldError(f"{self} is sealed: no expression can write it")
        return super().get_db_prep_save(value, connection)

    def get_col(self, alias: Any, output_field: Any = None) -> Any:
        """A column that can be selected and nothing else."""
        return columns.SealedColumn(alias, self, output_field)

    def get_lookup(self, lookup_name: str) -> Any:
        """Allow `isnull`, what the triggers compare by, and what keys are changed by."""
        if lookup_name == "isnull":
            return columns.SealedIsNull
        if lookup_name == columns.NotHeaded.lookup_name:
            return columns.NotHeaded
        if lookup_name in columns.COMPARED_BY_TRIGGERS:
            return super().get_lookup(lookup_name)
        raise FieldError(f"{self} is sealed: it has no lookup {lookup_name}")

    def get_transform(self, lookup_name: str) -> Any:
        """Allow none."""
        raise FieldError(f"{self} is sealed: it has no transform {lookup_name}")

    def validate(self, value: Any, model_instance: Any) -> None:
        """Refuse nothing at all where something must stand; what is sealed and was not opened passes."""
        if value is None and not self.null:
            raise ValidationError(self.error_messages["null"], code="null")
        if isinstance(value, Sealed) and value.value == "" and not self.blank:
            raise ValidationError(self.error_messages["blank"], code="blank")

    def value_to_string(self, obj: Any) -> str:
        """Refuse to be exported."""
        raise FieldError(f"{self} is sealed: it is never exported")


class SealedTextField(SealedField):
    """Text of at most `max_length` characters. The empty text is sealed like any other, so NULL never stands for it."""

    if TYPE_CHECKING:

        def __get__(self, instance: Any, owner: Any) -> str: ...  # type: ignore[override]
        def __set__(self, instance: Any, value: str) -> None: ...

    def checked(self, value: Any) -> str:
        """Refuse NUL, half a surrogate pair and what is too long."""
        if not isinstance(value, str):
            raise TypeError(f"{self} takes text, not {type(value).__name__}")
        if NOT_STORED.search(value):
            raise ValueError(f"{self}: the text holds a character that cannot be stored")
        if self.max_length is not None and len(value) > self.max_length:
            raise ValueError(f"{self}: the text is longer than {self.max_length} characters")
        return value

    def to_bytes(self, value: str) -> bytes:
        """UTF-8."""
        return value.encode()

    def from_bytes(self, data: bytes) -> str:
        """Read UTF-8."""
        return data.decode()


class SealedDateField(SealedField):
    """A date without time or zone."""

    empty_strings_allowed = False
    if TYPE_CHECKING:

        def __get__(self, instance: Any, owner: Any) -> date | None: ...  # type: ignore[override]
        def __set__(self, instance: Any, value: date | None) -> None: ...

    def checked(self, value: Any) -> date:
        """Refuse what is no date, a time above all."""
        if not isinstance(value, date) or isinstance(value, datetime):
            raise TypeError(f"{self} takes a date, not {type(value).__name__}")
        return value

    def to_bytes(self, value: date) -> bytes:
        """ISO 8601."""
        return value.isoformat().encode()

    def from_bytes(self, data: bytes) -> date:
        """Read ISO 8601."""
        return date.fromisoformat(data.decode())
