"""Which forces know a person by a PNC id: read across forces, and nothing else is.

A table outside row-level security, named in its test: a keyed hash and an agency. It says that a case is there and whom to ask;
not which case, not when, not what came of it.
"""

from typing import ClassVar

from django.db import models

from accounts.models import Agency


class KnownSuspect(models.Model):
    """That a force has a suspect of this PNC id. Rows follow the suspects' own (cases/services/known.py)."""

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=32, help_text="Keyed hash of the PNC id, the same in every force.")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["key", "agency"], name="a_force_knows_a_pnc_id_once")]
