"""The two attributes that a sealed field gives its model: the value, and what the row holds of it."""

from typing import TYPE_CHECKING, Any

from django.db.models.query_utils import DeferredAttribute

from core.sealedfield.opaque import Sealed

if TYPE_CHECKING:
    from core.sealedfield.fields import SealedField


class SealedAttribute(DeferredAttribute):
    """`surname_sealed`: what the row holds, sealed for its row whenever it is read."""

    field: "SealedField"

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        return self.field.current(instance, super().__get__(instance, cls))

    def __set__(self, instance: Any, value: Any) -> None:
        if isinstance(value, Sealed):
            if value.bound is None:
                value.bound = instance.__dict__.get(self.field.place[2])
        elif value is not None:
            value = Sealed(None, value=self.field.checked(value))
        instance.__dict__[self.field.attname] = value


class OpenAttribute:
    """`surname`: the value itself, opened on first reading."""

    def __init__(self, field: "SealedField") -> None:
        self.field = field

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        return self if instance is None else self.field.opened(instance)

    def __set__(self, instance: Any, value: Any) -> None:
        self.field.assign(instance, value)
