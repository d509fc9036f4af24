"""Taking no further action, proposed by the police: looked at by a second person before it becomes an outcome.

What is proposed is the police's alone until it is confirmed. The CPS prepares its own decisions (models/decision.py); the
meeting that comes before one of its decisions not to charge is offered here, and both sides see it.
"""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cases.models import Offence, Suspect, SuspectOutcome
from cases.models.base import LINE, TEXT, CaseRow, with_history


class Alternative(models.TextChoices):
    """What was considered instead of a prosecution, or beside its end: orders and disruption. `[DESIGN]`: a list, to be counted."""

    SEXUAL_RISK_ORDER = "sexual_risk_order", "Sexual risk order"
    SEXUAL_HARM_PREVENTION_ORDER = "sexual_harm_prevention_order", "Sexual harm prevention order"
    DOMESTIC_ABUSE_ORDER = "domestic_abuse_order", "Domestic abuse protection notice or order"
    STALKING_ORDER = "stalking_order", "Stalking protection order"
    NON_MOLESTATION_ORDER = "non_molestation_order", "Non-molestation order, by the victim’s own application"
    DISCLOSURE_SCHEME = "disclosure_scheme", "Disclosure under a scheme for domestic abuse or child sex offenders"
    DISRUPTION = "disruption", "Disruption by other means"
    NONE_FITS = "none_fits", "None fits"


class NfaFields(CaseRow):
    """What any decision to take no further action has to say, whoever makes it."""

    enquiries_not_done = models.CharField(max_length=TEXT, blank=True, help_text="Which enquiries were not done, and why.")
    alternatives = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    alternatives_note = models.CharField(max_length=TEXT, blank=True)
    others_considered = models.BooleanField(default=False, help_text="Other cases of the same suspect were looked at.")
    others_note = models.CharField(max_length=LINE, blank=True)

    class Meta(CaseRow.Meta):
        abstract = True


class NfaState(models.TextChoices):
    """Where a proposal stands. The pairs are in prosecution/states_nfa.py."""

    DRAFT = "draft", "Draft"
    WAITS = "waits", "Waiting for a second check"
    SENT_BACK = "sent_back", "Sent back by the second person"
    CONFIRMED = "confirmed", "Confirmed"
    DISCARDED = "discarded", "Discarded"
    OVERTAKEN = "overtaken", "Overtaken by another outcome"


LIVE = ("draft", "waits", "sent_back")


@with_history
class ProposedNfa(NfaFields):
    """No further action as an officer proposes it, for a suspect or for a recorded crime. Only the police read it."""

    suspect = models.ForeignKey(Suspect, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    offence = models.ForeignKey(Offence, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    code = models.PositiveSmallIntegerField(help_text="Home Office outcome.")
    reasons = models.CharField(max_length=TEXT, blank=True)
    reasons_for_victim = models.CharField(max_length=TEXT, blank=True, help_text="In plain words, for the letter.")
    also_crimes = models.BooleanField(default=False, help_text="The recorded crimes alleged against this suspect alone end alike.")
    state = models.CharField(max_length=9, choices=NfaState, default=NfaState.DRAFT)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    proposed_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    check_note = models.CharField(max_length=LINE, blank=True)
    outcome = models.ForeignKey(SuspectOutcome, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False)

    class Meta(NfaFields.Meta):
        abstract = False
        constraints: ClassVar = [
            *NfaFields.Meta.constraints,
            models.CheckConstraint(
                condition=Q(suspect__isnull=True) ^ Q(offence__isnull=True), name="no_further_action_is_for_a_suspect_or_a_crime"
            ),
            models.CheckConstraint(condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("by")), name="a_second_person_checks_it"),
            models.UniqueConstraint(fields=["suspect"], condition=Q(state__in=LIVE), name="one_live_proposal_for_a_suspect"),
            models.UniqueConstraint(fields=["offence"], condition=Q(state__in=LIVE), name="one_live_proposal_for_a_crime"),
        ]
        indexes: ClassVar = [models.Index(fields=["force", "state", "proposed_at"], name="proposals_of_a_force")]


@with_history
class NfaMeeting(CaseRow):
    """The meeting between investigator and prosecutor before the CPS decides not to charge: offered, then held or declined."""

    class Answer(models.TextChoices):
        HELD = "held", "Held"
        DECLINED = "declined", "Not wanted by the investigator"
        NO_ANSWER = "no_answer", "No answer by the day asked for"

    suspect = models.ForeignKey(Suspect, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    answer_by = models.DateField(help_text="The day by which the investigator answers.")
    answer = models.CharField(max_length=9, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    held_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=TEXT, blank=True, help_text="What was said and agreed; or why none was wanted.")

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["suspect"], condition=Q(answer=""), name="one_open_offer_of_a_meeting_on_a_suspect"),
            models.CheckConstraint(condition=Q(answer="") | Q(answered_at__isnull=False), name="an_answered_offer_of_a_meeting_says_when"),
            models.CheckConstraint(condition=~Q(answer="held") | Q(held_at__isnull=False), name="a_meeting_held_says_when"),
        ]
