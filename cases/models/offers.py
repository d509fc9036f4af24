"""A case offered to another force: one row in each side's scope, and the link between the two cases once accepted."""

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Agency, User
from accounts.roles import Role
from cases.derive.states import Risk
from cases.models.base import LINE, SHORT, TEXT, CaseRow, with_history
from core import clock


class OfferState(models.TextChoices):
    """Where an offer stands. Until it is accepted the sender owes everything."""

    OFFERED = "offered", "Offered"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"


class IncomingOfferQuerySet(models.QuerySet[Any]):
    """Offers from other forces, narrowed to who may answer them."""

    def visible_to(self, user: User) -> Self:
        """Return the offers made to this person's force: for its supervisors, and for nobody else."""
        if not user.is_active or user.role != Role.SUPERVISOR:
            return self.none()
        return self.filter(force_id=user.agency_id)


@with_history
class CaseOffer(CaseRow):
    """The sender's row of an offer to another force."""

    to_force = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    offer_key = models.UUIDField(default=uuid.uuid4, unique=True, help_text="The key of the receiver's row.")
    reason = models.CharField(max_length=TEXT)
    state = models.CharField(max_length=9, choices=OfferState, default=OfferState.OFFERED)
    answered_at = models.DateTimeField(null=True)
    answered_by_name = models.CharField(max_length=SHORT, blank=True)
    answer_note = models.CharField(max_length=LINE, blank=True)

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["case"], condition=Q(state="offered"), name="a_case_is_offered_to_one_force_at_a_time"),
            models.CheckConstraint(condition=~Q(to_force=F("force")), name="a_case_is_offered_to_another_force"),
            models.CheckConstraint(
                condition=Q(state="offered", answered_at__isnull=True) | (~Q(state="offered") & Q(answered_at__isnull=False)),
                name="an_answered_offer_says_when",
            ),
        ]


class IncomingOffer(models.Model):
    """The receiver's row of an offer: reference, risk and dates, and nothing else of the other force's case."""

    id = models.UUIDField(primary_key=True, editable=False, help_text="The sender's offer_key.")
    force = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    from_force = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    crime_reference = models.CharField(max_length=30)
    risk = models.CharField(max_length=8, choices=Risk)
    recorded_at = models.DateTimeField()
    identified_at = models.DateTimeField(null=True, help_text="When the first suspect was identified, if any was.")
    reason = models.CharField(max_length=TEXT)
    offered_by_name = models.CharField(max_length=SHORT)
    offered_at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=9, choices=OfferState, default=OfferState.OFFERED)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    answer_note = models.CharField(max_length=LINE, blank=True)
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False)

    objects: ClassVar[Any] = IncomingOfferQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(from_force=F("force")), name="an_offer_comes_from_another_force"),
            models.CheckConstraint(condition=~Q(state="accepted") | Q(case__isnull=False), name="an_accepted_offer_names_the_new_case"),
        ]
        indexes: ClassVar = [models.Index(fields=["force", "state", "offered_at"], name="incoming_offers_of_a_force")]

    def __str__(self) -> str:
        return self.crime_reference


class CaseLink(CaseRow):
    """That this case went on in another force, or came from one: the force, its reference, since when. Append-only."""

    class Way(models.TextChoices):
        TO = "to", "Went on there"
        FROM = "from", "Came from there"

    way = models.CharField(max_length=4, choices=Way)
    other_force = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    other_reference = models.CharField(max_length=30)
    since = models.DateTimeField()

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["case", "way", "other_force"], name="a_case_is_linked_once_each_way_with_a_force"),
        ]
