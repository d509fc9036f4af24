"""What every row of a case carries: its own key, its case, the force that owns it and the Area that holds it."""

import uuid
from typing import Any, ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models

from accounts.models import Agency
from core import clock
from core.constraints import CompositeForeignKey
from core.fits import Fits

NOT_BROUGHT = 0
"""The value of cps_area_scope while the police have not brought the case to the CPS."""

SHORT, LINE, TEXT = 100, 250, 4_000
"""Lengths of text fields: a name, one line, a paragraph or two."""


def belongs_to_its_case(name: str) -> CompositeForeignKey:
    """Return the key that keeps force and Area of a row equal to those of its case, whatever writes the row."""
    return CompositeForeignKey(
        name=name,
        fields=("case", "force", "cps_area_scope"),
        to="cases_case",
        to_fields=("id", "force_id", "cps_area_scope"),
    )


class CaseRow(Fits):
    """Base of every table that belongs to a case. The two scope columns are what row-level security compares."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", db_constraint=False, editable=False)
    force = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False, editable=False)
    cps_area_scope = models.PositiveIntegerField(default=NOT_BROUGHT, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False, editable=False
    )

    class Meta:
        abstract = True
        constraints: ClassVar[list[Any]] = [belongs_to_its_case("%(app_label)s_%(class)s_belongs_to_its_case")]
        triggers: ClassVar[list[Any]] = [pgtrigger.ReadOnly(name="a_force_never_changes", fields=["force"])]


def with_history(model: type[models.Model]) -> type[models.Model]:
    """Keep every version of this table's rows in an event table of its own, written by trigger in the same transaction.

    A change of Area alone is no change of the fact, so it makes no version; the key above carries it into the versions.
    """
    name = model.__name__
    tracked: type[models.Model] = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(condition=pghistory.AnyChange(exclude=["cps_area_scope"])),
        model_name=f"{name}Version",
        obj_field=pghistory.ObjForeignKey(db_constraint=False, related_name="versions"),
        context_field=pghistory.ContextJSONField(null=True),
        meta={
            "constraints": [_version_key(model)],
        },
    )(model)
    return tracked


def _version_key(model: type[models.Model]) -> CompositeForeignKey:
    """Return the key of the event table: a case's own versions hang on its id, every other table's on its case."""
    column = "pgh_obj" if model.__name__ == "Case" else "case"
    return CompositeForeignKey(
        name=f"{model._meta.app_label}_{model.__name__.lower()}version_belongs_to_its_case",
        fields=(column, "force", "cps_area_scope"),
        to="cases_case",
        to_fields=("id", "force_id", "cps_area_scope"),
    )
