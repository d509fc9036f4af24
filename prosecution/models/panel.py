"""Scrutiny panels: a meeting, its members, the cases it looks at, what each member finds, what the panel concludes and learns.

The organiser's tables name cases. What a member reads is a pack, a row of its own without a case, a name, a date or a place;
no policy lets a panel member read anything else.
"""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models import Agency
from cases.models import SuspectOutcome
from cases.models.base import LINE, SHORT, TEXT, CaseRow
from core import clock
from core.fits import Fits


class PanelRow(Fits):
    """Base of the tables of a panel that belong to no case: what the organising agency keeps."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False, help_text="Who organises the panel.")
    created_at = models.DateTimeField(default=clock.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False, editable=False
    )

    class Meta:
        abstract = True


class PanelState(models.TextChoices):
    """Where a panel stands. The pairs are in prosecution/states_panel.py."""

    PLANNED = "planned", "Planned"
    CHOSEN = "chosen", "Cases chosen"
    OPEN = "open", "Packs with the members"
    CLOSED = "closed", "Closed"
    CALLED_OFF = "called_off", "Called off"


class Panel(PanelRow):
    """One meeting of a scrutiny panel, organised by a force or a CPS Area. A sample says by which seed it was drawn, from what."""

    held_on = models.DateField()
    title = models.CharField(max_length=SHORT)
    state = models.CharField(max_length=10, choices=PanelState, default=PanelState.PLANNED)
    seed = models.CharField(max_length=64, blank=True, help_text="By which the random sample is drawn again, exactly.")
    decided_from = models.DateField(null=True)
    decided_to = models.DateField(null=True)
    frame_size = models.PositiveIntegerField(null=True, help_text="How many decisions the sample was drawn from.")
    frame_digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the frame in its order.")
    sample_size = models.PositiveSmallIntegerField(null=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=clock.now, help_text="When an organiser last changed it; a finding changes nothing here.")
    changed_by_name = models.CharField(max_length=SHORT, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["agency", "held_on"], name="panels_of_an_agency")]

    def __str__(self) -> str:
        return f"{self.title}, {self.held_on}"


class PanelMember(PanelRow):
    """A member of a panel: as what, and what conflict she or he declared."""

    class Capacity(models.TextChoices):
        CHAIR = "chair", "Chair"
        POLICE = "police", "Police"
        CPS = "cps", "CPS"
        ISVA = "isva", "ISVA"
        LOCAL = "local", "Local member"

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=6, choices=Capacity)
    declared_at = models.DateTimeField(null=True, help_text="When she or he declared conflicts, or that there is none.")
    declared = models.CharField(max_length=LINE, blank=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["panel", "user"], name="a_person_is_once_a_member_of_a_panel")]

    def __str__(self) -> str:
        return f"{self.get_capacity_display()}"


class Pack(PanelRow):
    """What the members read of one case: anonymised, confirmed by a person. No case, no suspect, no crime stands here."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="packs")
    number = models.PositiveSmallIntegerField(help_text="1, 2, … within the panel: all that a member calls it by.")
    body: Any = models.JSONField(default=dict, help_text="Headings, intervals and confirmed texts.")
    confirmed_at = models.DateTimeField(null=True, help_text="When somebody confirmed the redaction of every free text in it.")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["panel", "number"], name="packs_of_a_panel_are_numbered_once"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(confirmed_at__isnull=False), name="a_pack_is_sent_once_its_redaction_is_confirmed"
            ),
        ]

    def __str__(self) -> str:
        return f"Pack {self.number}"


class Conclusion(models.TextChoices):
    """What the panel concludes on a case."""

    AGREE = "agree", "Agree"
    LEARNING = "learning", "Agree, with learning"
    DISAGREE = "disagree", "Disagree"


class PanelCase(CaseRow):
    """That a panel looks at a decision of this case: why it was chosen, and what came of it. The organiser's; never a member's."""

    class ChosenBy(models.TextChoices):
        SAMPLE = "sample", "Random sample"
        RULE = "rule", "By rule"
        HAND = "hand", "By hand"

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="cases")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    outcome = models.ForeignKey(SuspectOutcome, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    pack = models.OneToOneField(Pack, null=True, on_delete=models.PROTECT, related_name="+")
    chosen_by = models.CharField(max_length=6, choices=ChosenBy)
    because = models.CharField(max_length=LINE, blank=True)
    left_out_at = models.DateTimeField(null=True, help_text="Chosen, but not looked at after all; the sample stays on record.")
    left_out_because = models.CharField(max_length=LINE, blank=True)
    conclusion = models.CharField(max_length=8, choices=Conclusion, blank=True)
    concluded_at = models.DateTimeField(null=True)
    concluded_by_name = models.CharField(max_length=SHORT, blank=True)
    note = models.CharField(max_length=TEXT, blank=True)
    referred_at = models.DateTimeField(null=True, help_text="Disagree: when it was referred for reconsideration.")
    referred_to = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    reconsidered_at = models.DateTimeField(null=True)
    reconsidered_by_name = models.CharField(max_length=SHORT, blank=True)
    reconsideration = models.CharField(max_length=TEXT, blank=True, help_text="What the reconsideration came to.")
    reopened = models.BooleanField(default=False)

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["panel", "outcome"], name="a_panel_looks_at_a_decision_once"),
            models.CheckConstraint(condition=Q(conclusion="") | Q(concluded_at__isnull=False), name="a_conclusion_says_when"),
        ]


class PackConflict(PanelRow):
    """A member's conflict with one pack: from then on she or he neither reads it nor finds on it."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="+")
    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="conflicts")
    member = models.ForeignKey(PanelMember, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=LINE)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["pack", "member"], name="a_conflict_is_declared_once")]

    def __str__(self) -> str:
        return f"Conflict of {self.member_id}"


class Heading(models.TextChoices):
    """What a finding looks at (domain.md section 4; CPS scrutiny panel report, October 2025)."""

    SUSPECT_FOCUS = "suspect_focus", "Focus on the suspect"
    LANGUAGE = "language", "Language in the file"
    ENQUIRIES = "enquiries", "Enquiries"
    ACTION_PLAN = "action_plan", "Action plan"
    THIRD_PARTY = "third_party", "Third-party material"
    VICTIM_CONTACT = "victim_contact", "Contact with the victim"
    LETTERS = "letters", "Letters"


class Finding(PanelRow):
    """What one member finds on one pack: her or his own, whoever else asks. Submitting adds a SharedFinding."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="+")
    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="findings")
    member = models.ForeignKey(PanelMember, on_delete=models.PROTECT, related_name="findings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    texts: Any = models.JSONField(default=dict, help_text="By heading.")
    view = models.CharField(max_length=8, choices=Conclusion, blank=True)
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pack", "member"], name="a_member_finds_once_on_a_pack"),
            models.CheckConstraint(condition=Q(submitted_at__isnull=True) | ~Q(view=""), name="a_submitted_finding_says_its_view"),
        ]

    def __str__(self) -> str:
        return f"Finding on {self.pack_id}"


class SharedFinding(PanelRow):
    """A finding as it was submitted, for those who submitted their own on the same pack. Append-only."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="+")
    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="shared")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=6, choices=PanelMember.Capacity)
    texts: Any = models.JSONField(default=dict, help_text="By heading.")
    view = models.CharField(max_length=8, choices=Conclusion)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["pack", "user"], name="a_member_submits_once_on_a_pack")]

    def __str__(self) -> str:
        return f"Finding on {self.pack_id}"


class Learning(PanelRow):
    """Something a panel learned: who does what about it, by when, until it is done."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="learning")
    pack = models.ForeignKey(Pack, null=True, on_delete=models.PROTECT, related_name="+")
    headings = ArrayField(models.CharField(max_length=14), default=list, blank=True)
    text = models.CharField(max_length=TEXT)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    done_note = models.CharField(max_length=TEXT, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(done_on__isnull=True) | ~Q(done_note=""), name="learning_that_is_done_says_what_was_done"),
        ]
        indexes: ClassVar = [models.Index(fields=["agency", "done_on", "due_on"], name="learning_of_an_agency")]

    def __str__(self) -> str:
        return self.text[:60]
