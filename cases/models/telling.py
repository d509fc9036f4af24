"""What a complainant was told and when, the plan for telling before a decision is published, and her or his support.

No identity: who she or he is, how to reach her or him safely and who is with her or him stand in `victims/`, which
writes here what both agencies may know.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.derive.kinds import Kind
from cases.models.base import LINE, TEXT, CaseRow, with_history
from cases.models.outcome import Side
from cases.models.people import Complainant, Suspect
from core import clock


class ToldAbout(models.TextChoices):
    """What a complainant is told: one kind of clock each."""

    CRIME_RECORDED = Kind.TOLD_CRIME_RECORDED.value, "The crime was recorded (in writing)"
    ARREST = Kind.TOLD_ARREST.value, "Arrest"
    INTERVIEW = Kind.TOLD_INTERVIEW.value, "Interview under caution"
    RELEASE = Kind.TOLD_RELEASE.value, "Release"
    BAIL = Kind.TOLD_BAIL.value, "Bail set or changed"
    BAIL_ENDED = Kind.TOLD_BAIL_ENDED.value, "Bail ended"
    NFA = Kind.TOLD_NFA.value, "No further action"
    CHARGE = Kind.TOLD_CHARGE.value, "Charge"
    HEARING = Kind.TOLD_HEARING.value, "Court hearing"
    CLOSED = Kind.TOLD_CLOSED.value, "Finalised administratively"
    NEW_OFFICER = Kind.TOLD_NEW_OFFICER.value, "A new officer in the case"


class Channel(models.TextChoices):
    """How somebody was reached, or tried."""

    IN_PERSON = "in_person", "In person"
    TELEPHONE = "telephone", "Telephone"
    TEXT = "text", "Text message"
    EMAIL = "email", "Email"
    LETTER = "letter", "Letter"
    VIDEO = "video", "Video call"
    VIA_ISVA = "via_isva", "Through the ISVA"


class NotToldBecause(models.TextChoices):
    """Why somebody was not told. `[DESIGN]`: a list, so that it can be counted; words beside it where needed."""

    ASKED_NOT = "asked_not", "She or he asked not to be told this"
    NO_SAFE_CHANNEL = "no_safe_channel", "No safe way to reach her or him"
    TRIED = "tried", "Tried, not reached"
    HARM = "harm", "Telling would put somebody in danger"
    INVESTIGATION = "investigation", "Telling now would harm the investigation"
    KNEW = "knew", "She or he knew already"
    OTHER = "other", "Another reason"


@with_history
class Told(CaseRow):
    """One thing that one complainant was told, or was not told and why. Taken back with the contact it was part of."""

    complainant = models.ForeignKey(Complainant, on_delete=models.PROTECT, related_name="told", db_constraint=False)
    about = models.CharField(max_length=32, choices=ToldAbout)
    fact_id = models.UUIDField(help_text="The arrest, interview, bail event, outcome, hearing or role that she or he was told of.")
    suspect = models.ForeignKey(Suspect, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    told_at = models.DateTimeField(null=True)
    how = models.CharField(max_length=9, choices=Channel, blank=True)
    before_release = models.BooleanField(default=False, help_text="Told before the suspect was released or conditions changed.")
    not_told_because = models.CharField(max_length=16, choices=NotToldBecause, blank=True)
    note = models.CharField(max_length=LINE, blank=True)
    at = models.DateTimeField(default=clock.now, help_text="When she or he was told, or when it was decided not to tell.")
    side = models.CharField(max_length=6, choices=Side, default=Side.POLICE)
    contact_id = models.UUIDField(null=True, help_text="The contact it was part of, in victims; a plain id.")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(told_at__isnull=False, not_told_because="") | (Q(told_at__isnull=True) & ~Q(not_told_because="")),
                name="told_or_not_told_with_the_reason",
            ),
            models.CheckConstraint(condition=Q(told_at__isnull=True) | ~Q(how=""), name="told_says_how"),
        ]
        indexes: ClassVar = [models.Index(fields=["force", "about", "at"], name="told_of_a_force")]


class TellingPlan(CaseRow):
    """Who tells a complainant a decision, how and when, before it is published. A later plan takes the place of one before.

    Without a suspect it is about ending the investigation of crimes for which nobody was identified. The safe route and
    who is with her or him stand in `victims`, whose service says here that they do.
    """

    complainant = models.ForeignKey(Complainant, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    about = models.CharField(max_length=32, choices=ToldAbout)
    suspect = models.ForeignKey(Suspect, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    teller = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    how = models.CharField(max_length=9, choices=Channel)
    planned_at = models.DateTimeField()
    her_choice = models.BooleanField(default=False, help_text="She or he chose this time: late on a Friday or before a bank holiday.")
    isva_warned = models.BooleanField(default=False)
    letter_after = models.BooleanField(default=True, help_text="A letter by the safe route follows the conversation.")
    arranged = models.BooleanField(
        default=False, help_text="Who is with her or him, and by which safe route a letter goes, are recorded in victims."
    )
    side = models.CharField(max_length=6, choices=Side, default=Side.POLICE)
    at = models.DateTimeField(default=clock.now)

    class Meta(CaseRow.Meta):
        indexes: ClassVar = [models.Index(fields=["force", "planned_at"], name="telling_plans_of_a_force")]


class SuspectTold(CaseRow):
    """When a suspect was told a decision. Before the complainant was: an inspector's decision with the reason."""

    suspect = models.ForeignKey(Suspect, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    outcome = models.ForeignKey("cases.SuspectOutcome", on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    at = models.DateTimeField()
    before_her_because = models.CharField(max_length=LINE, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(before_her_because="") | Q(decided_by__isnull=False), name="telling_a_suspect_first_is_an_inspectors_decision"
            ),
        ]


class Supports(models.TextChoices):
    """Whether a complainant supports the prosecution."""

    SUPPORTS = "supports", "Supports the prosecution"
    UNDECIDED = "undecided", "Undecided"
    DOES_NOT = "does_not", "Does not support the prosecution"


class Pressure(models.TextChoices):
    """The answer to "Was she or he asked about pressure or fear?"."""

    NOT_ASKED = "not_asked", "Not asked"
    NO = "no", "Asked: no"
    YES = "yes", "Asked: yes"


class SupportChange(CaseRow):
    """What a complainant said about supporting the prosecution: her or his words, told to whom, how. The latest stands."""

    complainant = models.ForeignKey(Complainant, on_delete=models.PROTECT, related_name="support_changes", db_constraint=False)
    supports = models.CharField(max_length=9, choices=Supports)
    words = models.CharField(max_length=TEXT, blank=True)
    told_to = models.CharField(max_length=LINE, blank=True)
    how = models.CharField(max_length=9, choices=Channel, blank=True)
    pressure = models.CharField(max_length=9, choices=Pressure, default=Pressure.NOT_ASKED)
    safety_action = models.CharField(max_length=LINE, blank=True)
    offered_support_again = models.BooleanField(default=False)
    at = models.DateTimeField()
    imported = models.BooleanField(default=False)

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(pressure="yes") | ~Q(safety_action=""), name="pressure_or_fear_asks_for_a_safety_action"),
        ]
        indexes: ClassVar = [models.Index(fields=["case", "complainant", "at"], name="support_of_a_complainant")]


class Hearing(CaseRow):
    """A court hearing of one suspect: when it is, and when its date was received. A change of date is a further row."""

    suspect = models.ForeignKey(Suspect, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    at = models.DateTimeField()
    court = models.CharField(max_length=LINE)
    received_at = models.DateTimeField()
