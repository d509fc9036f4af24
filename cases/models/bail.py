"""Pre-charge bail: a row a grant, with what happened to it appended (PACE Part IV, domain.md section 8)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from cases.models.arrest import Arrest
from cases.models.base import LINE, TEXT, CaseRow, with_history
from cases.models.people import Suspect


class Authority(models.TextChoices):
    """Who authorised the bail period. The order is that of PACE ss.47ZB, 47ZD, 47ZDA, 47ZF."""

    CUSTODY_OFFICER = "custody_officer", "Custody officer"
    INSPECTOR = "inspector", "Inspector or above"
    SUPERINTENDENT = "superintendent", "Superintendent or above"
    COURT = "court", "Magistrates' court"
    NOT_RECORDED = "not_recorded", "Not recorded (from the extract)"


@with_history
class Bail(CaseRow):
    """One grant of pre-charge bail. Its end is computed from arrest and authority, unless an extract gave its own day."""

    suspect = models.ForeignKey(Suspect, on_delete=models.PROTECT, related_name="bails", db_constraint=False)
    arrest = models.ForeignKey(Arrest, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    granted_at = models.DateTimeField()
    authority = models.CharField(max_length=16, choices=Authority)
    own_end_on = models.DateField(null=True, help_text="The day the extract or an earlier answering date gives; it wins.")
    conditions = models.CharField(max_length=TEXT, blank=True)
    victim_views_sought = models.BooleanField(
        default=False, help_text="Pre-charge bail statutory guidance 2023: the duty to seek the victim's views."
    )
    imported = models.BooleanField(default=False)
    passed_at_import = models.BooleanField(default=False, help_text="Its end had passed when it was imported: what happened is asked.")

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(authority="not_recorded") | Q(own_end_on__isnull=False), name="bail_of_unknown_authority_has_its_own_end"
            ),
            models.CheckConstraint(condition=Q(passed_at_import=False) | Q(imported=True), name="only_imported_bail_passed_at_import"),
        ]


class BailEventKind(models.TextChoices):
    """What happens to a bail. `ended` says to what; the others leave it standing."""

    VARIED = "varied", "Conditions varied"
    EXTENDED = "extended", "Extended"
    SUSPENDED = "suspended", "Suspended, with the CPS"
    RUNNING_AGAIN = "running_again", "Running again"
    BREACHED = "breached", "Breached"
    FAILED_TO_ANSWER = "failed_to_answer", "Failed to answer"
    ENDED = "ended", "Ended"


class EndedTo(models.TextChoices):
    """What follows the end of bail. An end must say one."""

    UNDER_INVESTIGATION = "under_investigation", "Released under investigation"
    OUTCOME = "outcome", "An outcome (charged, or no further action)"
    ARREST = "arrest", "Arrested again"
    NEW_BAIL = "new_bail", "A new grant of bail"


class BailEvent(CaseRow):
    """One thing that happened to a bail. Append-only."""

    bail = models.ForeignKey(Bail, on_delete=models.PROTECT, related_name="events", db_constraint=False)
    kind = models.CharField(max_length=16, choices=BailEventKind)
    at = models.DateTimeField()
    authority = models.CharField(max_length=16, choices=Authority, blank=True)
    months = models.PositiveSmallIntegerField(null=True, help_text="An extension: to how many months in all.")
    own_end_on = models.DateField(null=True, help_text="A court's own day, or the extract's.")
    conditions_met = models.BooleanField(default=False, help_text="Conditions A to D of s.47ZC hold.")
    representations = models.CharField(
        max_length=LINE, blank=True, help_text="What the suspect or solicitor said, or that they were invited and said nothing."
    )
    ended_to = models.CharField(max_length=20, choices=EndedTo, blank=True)
    note = models.CharField(max_length=TEXT, blank=True)

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(kind="ended") | ~Q(ended_to=""), name="an_end_of_bail_says_what_follows"),
            models.CheckConstraint(
                condition=~Q(kind="extended") | Q(months__isnull=False) | Q(own_end_on__isnull=False), name="an_extension_says_until_when"
            ),
        ]
