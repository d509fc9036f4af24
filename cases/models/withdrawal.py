"""Support that ended: a supervisor speaks with her or him before it closes anything. And that written reasons reached her or him."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from cases.models.base import LINE, TEXT, CaseRow, with_history
from cases.models.outcome import Side
from cases.models.people import Complainant
from cases.models.telling import Channel, SupportChange


class WithdrawalReason(models.TextChoices):
    """Why support ended, in her or his own words put under a heading. `[DESIGN]`: a list, so that it can be counted; blames nobody."""

    TIME = "time", "How long it takes"
    WELLBEING = "wellbeing", "Her or his health and wellbeing"
    WANTS_TO_MOVE_ON = "wants_to_move_on", "Wants to move on"
    FEAR = "fear", "Fear of the suspect or of others"
    PRESSURE = "pressure", "Pressure from the suspect or others"
    COURT = "court", "Does not want to go to court"
    PRIVACY = "privacy", "Privacy: device, records or disclosure"
    FAMILY = "family", "Family, children or the relationship"
    TREATMENT = "treatment", "How she or he was treated by police or CPS"
    OTHER = "other", "Another reason"
    NOT_SAID = "not_said", "Did not want to say"


class WithdrawalTalk(CaseRow):
    """A supervisor other than the officer spoke with her or him, or with the ISVA; or could not, and why. Append-only.

    Outcomes 14 and 16 need one after the last time she or he said not to support the prosecution.
    """

    class With(models.TextChoices):
        HER = "her", "The victim"
        ISVA = "isva", "Her or his ISVA"
        NOBODY = "nobody", "Nobody: it was not possible"

    complainant = models.ForeignKey(Complainant, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    support_change = models.ForeignKey(SupportChange, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    spoke_with = models.CharField(max_length=6, choices=With)
    not_because = models.CharField(max_length=LINE, blank=True)
    how = models.CharField(max_length=9, choices=Channel, blank=True)
    still_ends = models.BooleanField(help_text="She or he does not support the prosecution after this conversation either.")
    statement = models.BooleanField(help_text="A withdrawal statement was taken.")
    statement_on = models.DateField(null=True)
    stage = models.CharField(max_length=30, help_text="The stage of the case at that time.")
    reasons = ArrayField(models.CharField(max_length=16), default=list)
    note = models.CharField(max_length=TEXT, blank=True)

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(spoke_with="nobody") | ~Q(not_because=""), name="nobody_spoken_with_says_why"),
            models.CheckConstraint(condition=Q(statement=False) | Q(statement_on__isnull=False), name="a_withdrawal_statement_has_its_day"),
        ]
        indexes: ClassVar = [models.Index(fields=["force", "at"], name="withdrawal_talks_of_a_force")]

    @property
    def reasons_in_words(self) -> str:
        """The reasons as they are read, in the order in which they were ticked."""
        return "; ".join(str(WithdrawalReason(one).label) for one in self.reasons)


@with_history
class WrittenReasons(CaseRow):
    """That the reasons for a decision reached a complainant in writing: from then her or his time to ask for a review counts."""

    complainant = models.ForeignKey(Complainant, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    fact_id = models.UUIDField(help_text="The outcome of a suspect, or the recorded crime, that they are about.")
    reached_on = models.DateField()
    how = models.CharField(max_length=9, choices=Channel)
    side = models.CharField(max_length=6, choices=Side)
    letter_id = models.UUIDField(null=True, help_text="The letter in the register of victims; a plain id.")
    known_by = models.CharField(max_length=LINE, help_text="How it is known that they reached her or him.")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=LINE, blank=True)

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["complainant", "fact_id"], condition=Q(withdrawn_at__isnull=True), name="written_reasons_reach_somebody_once"
            ),
        ]
