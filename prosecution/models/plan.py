"""The action plan: what the CPS asks the police to do before it decides, item by item, and everything that happens to an item."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from cases.models import LineOfEnquiry, Side, Suspect
from cases.models.base import LINE, SHORT, TEXT, CaseRow, with_history
from prosecution.models.advice import EarlyAdvice
from prosecution.models.referral import Referral


class PlanState(models.TextChoices):
    """Where an action plan stands. The pairs are in prosecution/states.py."""

    DRAFT = "draft", "Draft"
    WAITS_FOR_DCP = "waits_for_dcp", "Waiting for the District Crown Prosecutor"
    SET = "set", "With the police"
    ANSWERED = "answered", "Every item settled"
    ENDED = "ended", "Ended: every suspect has an outcome"
    FINALISED = "finalised", "Administratively finalised"
    DISCARDED = "discarded", "Discarded before it was sent"


class ItemState(models.TextChoices):
    """Where an item stands. The pairs are in prosecution/states.py."""

    DRAFT = "draft", "Draft"
    SET = "set", "To be answered"
    ACCEPTED = "accepted", "Accepted by the police"
    CHALLENGED = "challenged", "Challenged"
    INSISTED = "insisted", "Insisted on by the CPS"
    ESCALATED = "escalated", "With inspector and District Crown Prosecutor"
    DONE = "done", "Done, waiting for the CPS"
    CANNOT = "cannot", "Cannot be done, waiting for the CPS"
    SETTLED = "settled", "Settled"
    DROPPED = "dropped", "Agreed not to do"


class Weight(models.TextChoices):
    """Whether a decision can be made without it."""

    ESSENTIAL = "essential", "Essential"
    DESIRABLE = "desirable", "Desirable"


@with_history
class ActionPlan(CaseRow):
    """A plan for one referral, or for early advice. `second`: one for the same referral after a full file was submitted before it."""

    referral = models.ForeignKey(Referral, null=True, on_delete=models.PROTECT, related_name="plans", db_constraint=False)
    advice = models.ForeignKey(EarlyAdvice, null=True, on_delete=models.PROTECT, related_name="plans", db_constraint=False)
    number = models.PositiveSmallIntegerField(help_text="1, 2, … within the case.")
    state = models.CharField(max_length=13, choices=PlanState, default=PlanState.DRAFT)
    second = models.BooleanField(default=False)
    set_at = models.DateTimeField(null=True)
    set_by_name = models.CharField(max_length=SHORT, blank=True)
    dcp_answered_at = models.DateTimeField(null=True)
    dcp_name = models.CharField(max_length=SHORT, blank=True)
    dcp_note = models.CharField(max_length=LINE, blank=True)
    ended_at = models.DateTimeField(null=True)
    finalise_kept_open_at = models.DateTimeField(null=True, help_text="When it was decided not to finalise administratively.")
    finalise_kept_open_because = models.CharField(max_length=LINE, blank=True)

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(referral__isnull=True) ^ Q(advice__isnull=True), name="a_plan_is_of_a_referral_or_of_advice"
            ),
            models.UniqueConstraint(fields=["case", "number"], condition=Q(set_at__isnull=False), name="plans_of_a_case_are_numbered_once"),
            models.UniqueConstraint(
                fields=["referral"], condition=Q(state__in=["draft", "waits_for_dcp", "set"]), name="one_plan_of_a_referral_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["advice"], condition=Q(state__in=["draft", "waits_for_dcp", "set"]), name="one_plan_of_advice_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(state="set") | Q(set_at__isnull=False), name="a_plan_that_is_set_says_since_when"),
            models.CheckConstraint(
                condition=Q(finalise_kept_open_at__isnull=True) | ~Q(finalise_kept_open_because=""), name="a_plan_kept_open_says_why"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["cps_area_scope", "set_at", "id"], condition=Q(state="set"), name="plans_that_wait_in_an_area"),
        ]


@with_history
class ActionItem(CaseRow):
    """One thing to do: why it is needed, reasonable and proportionate, for which suspect, by when. `agreed_on` is the latest date."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, related_name="items", db_constraint=False)
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=ItemState, default=ItemState.DRAFT)
    action = models.CharField(max_length=TEXT)
    justification = models.CharField(max_length=LINE, help_text="DG6: why it is needed before a decision.")
    reasonable_because = models.CharField(max_length=LINE)
    proportionate_because = models.CharField(max_length=LINE)
    weight = models.CharField(max_length=9, choices=Weight)
    suspect = models.ForeignKey(
        Suspect, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, help_text="Blank: all of them."
    )
    looks_at_victim = models.BooleanField(default=False)
    enquiry = models.ForeignKey(LineOfEnquiry, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    effect_on_victim = models.CharField(max_length=LINE, blank=True)
    first_agreed_on = models.DateField()
    agreed_on = models.DateField()
    moves = models.PositiveSmallIntegerField(default=0)
    asked_on = models.DateField(null=True, help_text="A later date that waits for the other side, or for inspector and DCP.")
    asked_because = models.CharField(max_length=LINE, blank=True)
    asked_side = models.CharField(max_length=6, choices=Side, blank=True)
    reported_at = models.DateTimeField(null=True, help_text="When it was said to be done, or that it cannot be.")
    reference = models.CharField(max_length=LINE, blank=True, help_text="Where what was done is to be found.")
    settled_at = models.DateTimeField(null=True)
    part_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="rest", db_constraint=False)

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["plan", "number"], condition=~Q(state="draft"), name="items_of_a_plan_are_numbered_once"),
            models.CheckConstraint(
                condition=Q(looks_at_victim=False) | ~Q(effect_on_victim=""), name="looking_at_the_victim_says_the_effect"
            ),
            models.CheckConstraint(
                condition=Q(asked_on__isnull=True, asked_because="") | (Q(asked_on__isnull=False) & ~Q(asked_because="")),
                name="a_later_date_is_asked_for_with_the_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["settled", "dropped"]) | Q(settled_at__isnull=False), name="a_settled_item_says_when"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["force", "agreed_on", "id"],
                condition=Q(state__in=["set", "accepted", "challenged", "insisted", "escalated"]),
                name="items_that_wait_for_a_force",
            ),
        ]


class ItemEvent(CaseRow):
    """Everything that happens to an item, by whom and why. Append-only; the page that both sides work on reads it."""

    class What(models.TextChoices):
        SET = "set", "Set"
        ACCEPTED = "accepted", "Accepted"
        CHALLENGED = "challenged", "Challenged"
        AGREED = "agreed", "Challenge agreed: not to do"
        AMENDED = "amended", "Amended after the challenge"
        INSISTED = "insisted", "Insisted on"
        ESCALATED = "escalated", "Taken to inspector and District Crown Prosecutor"
        RESOLVED = "resolved", "Resolved between inspector and District Crown Prosecutor"
        DONE = "done", "Said to be done"
        PART_DONE = "part_done", "Part done"
        CANNOT = "cannot", "Said that it cannot be done"
        TAKEN = "taken", "Accepted as done"
        TOOK_EFFECT = "took_effect", "Took effect: the CPS did not answer within 3 working days"
        NOT_TAKEN = "not_taken", "Not accepted as done"
        LET_GO = "let_go", "Agreed that it cannot be done"
        MOVED = "moved", "Date moved"
        ASKED_LATER = "asked_later", "Later date asked for"
        LATER_REFUSED = "later_refused", "Later date refused"
        SAID = "said", "Said"

    item = models.ForeignKey(ActionItem, on_delete=models.PROTECT, related_name="events", db_constraint=False)
    what = models.CharField(max_length=13, choices=What)
    at = models.DateTimeField()
    side = models.CharField(max_length=6, choices=Side, blank=True)
    by_name = models.CharField(max_length=SHORT)
    text = models.CharField(max_length=TEXT, blank=True)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)

    class Meta(CaseRow.Meta):
        indexes: ClassVar = [models.Index(fields=["case", "at"], name="what_happened_to_items")]
