"""A foreign key over several columns, which Django does not have: it keeps a child's force and Area equal to its case's."""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import BaseConstraint, Model


class CompositeForeignKey(BaseConstraint):
    """`fields` of this table must be found together as `to_fields` of table `to`; a change there is followed here.

    Row-level security does not check foreign keys, so a plain one would let a child of force A hang on a case of force
    B. This one carries the force in the key (measured in `docs/adr/`). Inserting a child with a foreign case raises
    IntegrityError.
    """

    def __init__(self, *, name: str, fields: tuple[str, ...], to: str, to_fields: tuple[str, ...]) -> None:
        super().__init__(name=name)
        self.fields, self.to, self.to_fields = tuple(fields), to, tuple(to_fields)

    def constraint_sql(self, model: type[Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        """Nothing inside CREATE TABLE: the key is added after it, when the other table surely stands."""
        model, schema_editor = _both(model, schema_editor)
        schema_editor.deferred_sql.append(self._add(model, schema_editor))
        return ""

    def create_sql(self, model: type[Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        """Return the statement that adds the key to a table that stands."""
        model, schema_editor = _both(model, schema_editor)
        return self._add(model, schema_editor)

    def remove_sql(self, model: type[Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        """Return the statement that takes the key away."""
        model, schema_editor = _both(model, schema_editor)
        quote = schema_editor.quote_name
        return f"ALTER TABLE {quote(model._meta.db_table)} DROP CONSTRAINT {quote(self.name)}"

    def _add(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> str:
        quote = schema_editor.quote_name
        here = ", ".join(quote(str(getattr(model._meta.get_field(field), "column", field))) for field in self.fields)
        there = ", ".join(quote(column) for column in self.to_fields)
        return (
            f"ALTER TABLE {quote(model._meta.db_table)} ADD CONSTRAINT {quote(self.name)} "
            f"FOREIGN KEY ({here}) REFERENCES {quote(self.to)} ({there}) ON UPDATE CASCADE"
        )

    def validate(self, model: type[Model], instance: Model, exclude: Any = None, using: str = "default") -> None:
        """Leave the check to the database, which alone sees other forces' rows."""

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        """Return what a migration writes down."""
        path, _, _ = super().deconstruct()
        return path, (), {"name": self.name, "fields": self.fields, "to": self.to, "to_fields": self.to_fields}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, CompositeForeignKey):
            return NotImplemented
        return self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash((self.name, self.fields, self.to, self.to_fields))


def _both(model: type[Model] | None, editor: BaseDatabaseSchemaEditor | None) -> tuple[type[Model], BaseDatabaseSchemaEditor]:
    """Return both as they are in every migration. Raises ValueError where Django's types would let one be missing."""
    if model is None or editor is None:
        raise ValueError("a key over several columns is added to a table by a schema editor")
    return model, editor
