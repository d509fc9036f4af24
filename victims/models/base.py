"""What every row about a victim carries: the keys of its case and the complainant it is about."""

from typing import Any, ClassVar

from django.db import models

from cases.models import Complainant
from cases.models.base import CaseRow

WORDS = 200
"""The longest text that an ISVA and the police write to each other, in characters."""


class VictimRow(CaseRow):
    """Base of every table of this app that belongs to one complainant of one case."""

    complainant = models.ForeignKey(Complainant, on_delete=models.PROTECT, related_name="+", db_constraint=False, editable=False)

    class Meta(CaseRow.Meta):
        abstract = True
        constraints: ClassVar[list[Any]] = [*CaseRow.Meta.constraints]
