"""An offence here is one recorded crime: one complainant, one offence code, its own outcome, the suspects it is alleged against."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from cases.models.base import TEXT, CaseRow, with_history
from cases.models.people import Complainant, Suspect


@with_history
class Offence(CaseRow):
    """One recorded crime. Police count these; the CPS counts suspects (design, idea 9)."""

    complainant = models.ForeignKey(Complainant, on_delete=models.PROTECT, related_name="offences", db_constraint=False)
    code = models.CharField(max_length=4, help_text="Home Office offence code, for example 19C.")
    description = models.CharField(max_length=TEXT, blank=True)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    outcome_code = models.PositiveSmallIntegerField(null=True)
    outcome_on = models.DateField(null=True)

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(from_on__isnull=True) | Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
                name="an_offence_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(outcome_code__isnull=True, outcome_on__isnull=True) | Q(outcome_code__isnull=False, outcome_on__isnull=False),
                name="a_crime_outcome_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(outcome_code__isnull=True) | Q(outcome_code__range=(1, 22)), name="a_crime_outcome_is_1_to_22"
            ),
        ]


@with_history
class Allegation(CaseRow):
    """This crime is alleged against this suspect. `assumed` where an extract gave only a cross of suspects and victims."""

    offence = models.ForeignKey(Offence, on_delete=models.PROTECT, related_name="allegations", db_constraint=False)
    suspect = models.ForeignKey(Suspect, on_delete=models.PROTECT, related_name="allegations", db_constraint=False)
    assumed = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["offence", "suspect"], name="a_crime_is_alleged_once_against_a_suspect"),
        ]
