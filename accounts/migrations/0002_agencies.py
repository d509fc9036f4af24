"""The agencies of England and Wales: 43 territorial forces and British Transport Police, 14 CPS Areas and CPS Direct."""

from collections import Counter

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from accounts.agencies import AGENCIES

EXPECTED = {"police": 44, "cps_area": 14, "cps_direct": 1}


def add(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Insert every agency, and stop the migration if the table does not then hold exactly these."""
    agency = apps.get_model("accounts", "Agency")
    rows = [agency(id=row.id, kind=row.kind, name=row.name, cps_area_id=row.cps_area_id) for row in AGENCIES]
    alias = schema_editor.connection.alias
    agency.objects.using(alias).bulk_create(rows)
    found = Counter(agency.objects.using(alias).values_list("kind", flat=True))
    if found != EXPECTED:
        raise RuntimeError(f"agencies are {dict(found)}, not {EXPECTED}")


def remove(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take them out again; refused by the database while anything names them."""
    agency = apps.get_model("accounts", "Agency")
    agencies = agency.objects.using(schema_editor.connection.alias).filter(id__in=[row.id for row in AGENCIES])
    agencies.filter(cps_area__isnull=False).delete()
    agencies.delete()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
