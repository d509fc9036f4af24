"""A case offered to another CPS Area: one row in each side's scope. The sender owes until it is accepted."""

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.models import Agency, User
from accounts.roles import Role
from cases.models import OfferState
from cases.models.base import LINE, SHORT, TEXT, CaseRow, with_history
from core import clock
from core.fits import Fits


class IncomingTransferQuerySet(models.QuerySet[Any]):
    """Offers from other Areas, narrowed to who may answer them."""

    def visible_to(self, user: User) -> Self:
        """Return the offers made to this person's Area: for its legal managers who are not excluded, and for nobody else."""
        if not user.is_active or user.role != Role.CPS_MANAGER:
            return self.none()
        return self.filter(area_id=user.agency_id).exclude(not_for__contains=[user.pk])


@with_history
class AreaTransfer(CaseRow):
    """The sender's row of an offer to another Area."""

    to_area = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    from_area = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    transfer_key = models.UUIDField(default=uuid.uuid4, unique=True, help_text="The key of the receiver's row.")
    reason = models.CharField(max_length=TEXT)
    state = models.CharField(max_length=9, choices=OfferState, default=OfferState.OFFERED)
    answered_at = models.DateTimeField(null=True)
    answered_by_name = models.CharField(max_length=SHORT, blank=True)
    answer_note = models.CharField(max_length=LINE, blank=True)

    class Meta(CaseRow.Meta):
        constraints: ClassVar = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["case"], condition=Q(state="offered"), name="a_case_is_offered_to_one_area_at_a_time"),
            models.CheckConstraint(condition=~Q(to_area=F("from_area")), name="a_case_is_offered_to_another_area"),
            models.CheckConstraint(
                condition=Q(state="offered", answered_at__isnull=True) | (~Q(state="offered") & Q(answered_at__isnull=False)),
                name="an_answered_transfer_says_when",
            ),
        ]


class IncomingTransfer(Fits):
    """The receiver's row: reference, risk and dates, and nothing else of the other Area's case."""

    id = models.UUIDField(primary_key=True, editable=False, help_text="The sender's transfer_key.")
    area = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    from_area = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    force = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    case_key = models.UUIDField(help_text="A plain id: the case is outside this Area's scope until it is accepted.")
    crime_reference = models.CharField(max_length=30)
    risk = models.CharField(max_length=8)
    next_due_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=TEXT)
    offered_by_name = models.CharField(max_length=SHORT)
    offered_at = models.DateTimeField(default=clock.now)
    not_for = ArrayField(models.UUIDField(), default=list, blank=True, help_text="Who of this Area is excluded from the case.")
    state = models.CharField(max_length=9, choices=OfferState, default=OfferState.OFFERED)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    answer_note = models.CharField(max_length=LINE, blank=True)

    objects: ClassVar[Any] = IncomingTransferQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(from_area=F("area")), name="a_transfer_comes_from_another_area"),
        ]
        indexes: ClassVar = [models.Index(fields=["area", "state", "offered_at"], name="incoming_transfers_of_an_area")]

    def __str__(self) -> str:
        return self.crime_reference
