"""Early advice: asked for before a referral, triaged, answered question by question; or the reason why it was not sought.

Director's Guidance on Charging, 6th edition (DG6), paras 7.7 to 7.9: what a request must contain, that a refusal is recorded
and communicated, and that an officer of inspector rank or above may challenge it.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models import Suspect
from cases.models.base import LINE, TEXT, CaseRow, with_history
from core import clock
from prosecution.models.sent import SentRow


class Method(models.TextChoices):
    """How advice is asked for and given."""

    WRITTEN = "written", "In writing"
    TELEPHONE = "telephone", "By telephone"
    VIDEO = "video", "By video"
    SURGERY = "surgery", "At a surgery"


class AdviceState(models.TextChoices):
    """Where a request for early advice stands. The pairs are in prosecution/states.py."""

    DRAFT = "draft", "Draft"
    READY = "ready", "Ready for the sergeant"
    SENT = "sent", "Waiting for triage"
    RETURNED = "returned", "Returned to the police"
    REFUSED = "refused", "Refused"
    CHALLENGED = "challenged", "Refusal challenged"
    ACCEPTED = "accepted", "With a prosecutor"
    ADVISED = "advised", "Advised"
    WITHDRAWN = "withdrawn", "Withdrawn"


class AdviceResult(models.TextChoices):
    """What the advice comes to, beside the answers."""

    ADVISED = "advised", "Advice given"
    ACTION_PLAN = "action_plan", "Advice given, with an action plan"
    REFER_NOW = "refer_now", "Refer the case now"
    NO_PROSPECT = "no_prospect", "No realistic prospect of conviction"


@with_history
class EarlyAdvice(CaseRow):
    """A request for early advice, from draft to answer. What DG6 para 7.8 asks for stands in its texts."""

    number = models.PositiveSmallIntegerField(help_text="1, 2, … within the case.")
    state = models.CharField(max_length=10, choices=AdviceState, default=AdviceState.DRAFT)
    method = models.CharField(max_length=9, choices=Method, default=Method.WRITTEN)
    summary = models.CharField(max_length=TEXT, blank=True)
    enquiries_done = models.CharField(max_length=TEXT, blank=True)
    enquiries_going_on = models.CharField(max_length=TEXT, blank=True)
    enquiries_contemplated = models.CharField(max_length=TEXT, blank=True)
    issues = models.CharField(max_length=TEXT, blank=True, help_text="The issues so far.")
    explanation = models.CharField(max_length=TEXT, blank=True, help_text="What the suspect says.")
    key_evidence = models.CharField(max_length=TEXT, blank=True)
    may_need_disclosing = models.CharField(max_length=TEXT, blank=True)
    support_needs = models.CharField(max_length=TEXT, blank=True, help_text="What the victim needs: no name, no address.")
    ready_at = models.DateTimeField(null=True)
    ready_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    sent_back_because = models.CharField(max_length=LINE, blank=True, help_text="Why the sergeant sent the draft back.")
    first_submitted_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    prosecutor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True, help_text="When it was advised or withdrawn.")
    result = models.CharField(max_length=11, choices=AdviceResult, blank=True)
    advice = models.CharField(max_length=TEXT, blank=True, help_text="What the prosecutor advises beside the answers.")

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["case", "number"], name="requests_for_early_advice_are_numbered_once"),
            models.CheckConstraint(condition=~Q(state="advised") | ~Q(result=""), name="advice_given_says_what_it_comes_to"),
            models.CheckConstraint(condition=~Q(state="accepted") | Q(prosecutor__isnull=False), name="accepted_advice_has_a_prosecutor"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["cps_area_scope", "state", "first_submitted_at", "id"], name="early_advice_of_an_area"),
        ]


class AdviceSuspect(SentRow):
    """A suspect a request for early advice is about. Taken away from a draft by `removed_at`."""

    advice = models.ForeignKey(EarlyAdvice, on_delete=models.PROTECT, related_name="suspects", db_constraint=False)
    suspect = models.ForeignKey(Suspect, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    removed_at = models.DateTimeField(null=True)

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["advice", "suspect"], name="advice_is_asked_once_about_a_suspect"),
        ]


@with_history
class AdviceQuestion(SentRow):
    """A question on which advice is wanted, and its answer once it is given."""

    advice = models.ForeignKey(EarlyAdvice, on_delete=models.PROTECT, related_name="questions", db_constraint=False)
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=TEXT)
    answer = models.CharField(max_length=TEXT, blank=True)
    answered_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True, help_text="Taken out of a draft.")

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["advice", "number"], name="questions_of_a_request_are_numbered_once"),
            models.CheckConstraint(condition=Q(answer="") | Q(answered_at__isnull=False), name="an_answer_says_when"),
        ]


class AdviceAnswer(CaseRow):
    """An answer that a prosecutor keeps and has not given yet. The police have no policy for this table."""

    question = models.OneToOneField(AdviceQuestion, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    text = models.CharField(max_length=TEXT)
    at = models.DateTimeField(default=clock.now)


@with_history
class RefusalChallenge(CaseRow):
    """An inspector challenges the refusal of early advice; the Area's legal manager answers (DG6 para 7.9)."""

    advice = models.ForeignKey(EarlyAdvice, on_delete=models.PROTECT, related_name="challenges", db_constraint=False)
    because = models.CharField(max_length=TEXT)
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    accepted = models.BooleanField(null=True, help_text="Whether the request was accepted after all.")
    answer = models.CharField(max_length=LINE, blank=True)

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["advice"], condition=Q(answered_at__isnull=True), name="one_challenge_of_a_refusal_waits"),
        ]


class NotSought(models.TextChoices):
    """Why early advice is not asked for. `[DESIGN]`: the list is ours; that a reason is recorded is not (domain.md section 2)."""

    REFERRING_NOW = "referring_now", "The case is ready to refer for a charging decision"
    NO_FURTHER_ACTION = "no_further_action", "The evidential standard cannot be met and no enquiry could change that"
    TOO_EARLY = "too_early", "Enquiries that come first are still going on"
    NOT_NEEDED = "not_needed", "There is no issue on which advice would help"
    OTHER = "other", "Another reason"


class EarlyAdviceNotSought(CaseRow):
    """That early advice was considered and not asked for, and why. Append-only; a request may follow all the same."""

    reason = models.CharField(max_length=17, choices=NotSought)
    text = models.CharField(max_length=LINE)
    at = models.DateTimeField()

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(text=""), name="advice_not_sought_says_why_in_words"),
        ]
