"""The support service's side: referral and consent, links asked for, requests to tell, and what the ISVA passes on."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Agency
from cases.models import ToldAbout
from cases.models.base import LINE, SHORT, with_history
from core import clock
from core.fits import Fits
from core.sealedfield import SealedTextField
from victims.models.base import WORDS, VictimRow
from victims.querysets import SupportReferralQuerySet


class ReferralState(models.TextChoices):
    """Where a referral to support stands. The pairs are in victims/states.py."""

    OFFERED = "offered", "Offered"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    ENDED = "ended", "Ended"


class CameBy(models.TextChoices):
    """How a client came to the service."""

    POLICE = "police", "Referred by the police"
    LINK = "link", "Linked at the service’s request"
    EXTRACT = "extract", "Named in the force’s extract"


@with_history
class SupportReferral(VictimRow):
    """A referral to a support service. With consent given and not withdrawn the service sees its client; never without."""

    state = models.CharField(max_length=8, choices=ReferralState, default=ReferralState.OFFERED)
    came_by = models.CharField(max_length=7, choices=CameBy, default=CameBy.POLICE)
    service = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    service_text = models.CharField(max_length=WORDS, blank=True, help_text="A service as the extract names it.")
    offered_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    consent_scope = models.CharField(max_length=LINE, blank=True)
    consent_given_on = models.DateField(null=True)
    consent_witnessed_by = SealedTextField(max_length=150, blank=True, default="")
    consent_withdrawn_at = models.DateTimeField(null=True)
    isva = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    allocated_at = models.DateTimeField(null=True)
    crime_reference = models.CharField(max_length=30, blank=True, help_text="As the client gave it to the service, or the police did.")

    objects = SupportReferralQuerySet.as_manager()

    class Meta(VictimRow.Meta):
        constraints: ClassVar = [
            *VictimRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(consent_given_on__isnull=True) | Q(service__isnull=False), name="consent_is_to_a_service_known_here"
            ),
            models.CheckConstraint(condition=Q(isva__isnull=True) | Q(service__isnull=False), name="an_isva_works_for_the_service"),
            models.UniqueConstraint(
                fields=["complainant", "service"],
                condition=Q(state__in=["offered", "accepted"], consent_withdrawn_at__isnull=True),
                name="one_live_referral_to_a_service",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["service", "isva", "complainant"],
                condition=Q(state="accepted", consent_given_on__isnull=False, consent_withdrawn_at__isnull=True),
                name="live_clients_of_a_service",
            ),
            models.Index(
                fields=["force", "service_text"],
                condition=Q(state="offered", came_by="extract") & ~Q(service_text=""),
                name="names_that_an_extract_gives",
            ),
        ]


class LinkRequest(Fits):
    """A service asks to be linked to a client who came another way. What the force finds stands in LinkMatch, which no ISVA reads."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    force = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    crime_reference = models.CharField(max_length=30)
    client_name = SealedTextField(max_length=300)
    consent_scope = models.CharField(max_length=LINE)
    consent_given_on = models.DateField()
    consent_signed = models.BooleanField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(consent_signed=True), name="a_link_is_asked_with_signed_consent")]
        indexes: ClassVar = [models.Index(fields=["service", "-asked_at", "id"], name="links_asked_by_a_service")]


class LinkAnswer(models.TextChoices):
    """What the officer answered after asking the victim."""

    WAITING = "waiting", "Waiting for the officer"
    CONFIRMED = "confirmed", "Confirmed with the victim"
    DECLINED = "declined", "Declined"


@with_history
class LinkMatch(VictimRow):
    """A link request that a case of the force answers to: one row for each complainant it could be."""

    request = models.ForeignKey(LinkRequest, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    answer = models.CharField(max_length=9, choices=LinkAnswer, default=LinkAnswer.WAITING)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta(VictimRow.Meta):
        constraints: ClassVar = [
            *VictimRow.Meta.constraints,
            models.UniqueConstraint(fields=["request", "complainant"], name="a_link_is_matched_once"),
        ]


class TellState(models.TextChoices):
    """Where a request to tell stands. The pairs are in victims/states.py."""

    SENT = "sent", "Sent"
    READ = "read", "Read"
    TOLD = "told", "Told"
    COULD_NOT = "could_not", "Could not"
    ASKS_OFFICER = "asks_officer", "The client asks for the officer"
    RETURNED = "returned", "Unread, back to the officer"
    TAKEN_BACK = "taken_back", "Taken back by the officer"
    WITHDRAWN = "withdrawn", "Consent was withdrawn, back to the officer"


@with_history
class TellRequest(VictimRow):
    """The ISVA is asked to tell her or his client one thing, in the officer's words. The duty to tell stays open until it is told."""

    referral = models.ForeignKey(SupportReferral, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    state = models.CharField(max_length=12, choices=TellState, default=TellState.SENT)
    about = models.CharField(max_length=32, choices=ToldAbout)
    fact_id = models.UUIDField()
    words = SealedTextField(max_length=WORDS)
    may_be_said = SealedTextField(max_length=WORDS, blank=True, default="")
    safe_when = SealedTextField(max_length=WORDS, blank=True, default="")
    sent_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    note = SealedTextField(max_length=WORDS, blank=True, default="")

    class Meta(VictimRow.Meta):
        constraints: ClassVar = [
            *VictimRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(state="told") | Q(told_at__isnull=False), name="what_was_told_has_a_time"),
            models.UniqueConstraint(
                fields=["complainant", "about", "fact_id"],
                condition=Q(state__in=["sent", "read"]),
                name="an_isva_is_asked_once_at_a_time",
            ),
        ]


class MessageKind(models.TextChoices):
    """What an ISVA says to the police. Fixed choices: no support or therapy content."""

    QUESTION = "question", "A question to the officer"
    HEARD_NOTHING = "heard_nothing", "My client has heard nothing"
    DISPUTES = "disputes", "My client disputes the withdrawal"
    CHOICE = "choice", "My client has made a choice"


@with_history
class IsvaMessage(VictimRow):
    """Something an ISVA says or asks for a client: a fixed choice and at most 200 characters, and how it was answered or closed."""

    kind = models.CharField(max_length=13, choices=MessageKind)
    choice = models.CharField(max_length=SHORT, blank=True, help_text="The subject of a question, or which choice, of a fixed list.")
    number = models.PositiveSmallIntegerField(null=True, help_text="The number of days, where the choice is an interval.")
    text = SealedTextField(max_length=WORDS, blank=True, default="")
    service = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    asked_at = models.DateTimeField(default=clock.now)
    answer = SealedTextField(max_length=WORDS, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    closed_at = models.DateTimeField(null=True, help_text="By the ISVA, by a contact that reached the client, or by its answer.")
    closed_because = models.CharField(max_length=SHORT, blank=True)

    class Meta(VictimRow.Meta):
        indexes: ClassVar = [models.Index(fields=["complainant", "kind", "asked_at"], name="messages_about_a_victim")]
