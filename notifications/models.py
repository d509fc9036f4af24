"""What people are told: the inbox, which is also the outbox, reminders that wait for it, each person's choices, and signs of life."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Agency
from core import clock
from notifications.querysets import NoticeQuerySet, ReminderQuerySet, SubscriptionQuerySet
from notifications.subjects import Channel


class Notice(models.Model):
    """One thing told to one person: a subject of the table, counts and ids; never a name.

    It is in the inbox at once. `channel` is what was chosen when it was made; a sweep sends what waits, each row claimed
    by one worker. `key` is unique: who tells the same thing twice tells it once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=200, unique=True, help_text="What makes it the same thing told to the same person.")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    subject = models.CharField(max_length=40)
    case_id = models.UUIDField(null=True, help_text="The case it is about, where it is about one. No foreign key: ids only.")
    counts = models.JSONField(default=dict, help_text="Numbers and days that its words are made with.")
    created_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)
    channel = models.CharField(max_length=6, choices=Channel, default=Channel.INBOX)
    send_after = models.DateTimeField(
        default=clock.now, help_text="Not e-mailed before: the end of quiet hours, or the time of the digest."
    )
    sent_at = models.DateTimeField(null=True, help_text="When the e-mail was handed over; empty while it waits or when none is due.")
    tries = models.PositiveSmallIntegerField(default=0)
    failed_at = models.DateTimeField(null=True, help_text="When the e-mail was given up.")

    objects: ClassVar[Any] = NoticeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(key=""), name="a_notice_has_a_key"),
            models.CheckConstraint(condition=~Q(channel="inbox") | Q(sent_at__isnull=True), name="what_stays_in_the_inbox_is_not_sent"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["user", "-created_at", "id"], name="notices_of_a_person"),
            models.Index(fields=["user"], condition=Q(read_at__isnull=True), name="unread_notices_of_a_person"),
            models.Index(
                fields=["send_after", "id"],
                condition=Q(sent_at__isnull=True, failed_at__isnull=True) & ~Q(channel="inbox"),
                name="notices_to_send",
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class Subscription(models.Model):
    """How one person wants to be told about one subject, where she or he chose."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    subject = models.CharField(max_length=40)
    channel = models.CharField(max_length=6, choices=Channel)
    changed_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[Any] = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "subject"], name="a_person_chooses_once_for_a_subject")]

    def __str__(self) -> str:
        return f"{self.subject}: {self.channel}"


class Dropped(models.TextChoices):
    """Why a reminder is not handed over."""

    LATER_STEP = "later_step", "A later step told the same person"
    STOPPED = "stopped", "Met, ended, paused or moved to another date meanwhile"
    NOT_TOLD = "not_told", "The person has left, or may not hear of the case"


class Reminder(models.Model):
    """One step of reminding of one deadline for one person: made by the planner, handed to the inbox once, or dropped.

    Plain ids, because deadlines and cases live on the floor above. A date that was moved is another promise with steps of
    its own, so the date is part of the key. Never removed: the row that is there is what keeps a step from coming twice.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    force_id = models.PositiveIntegerField(help_text="The force that the case belongs to.")
    case_id = models.UUIDField()
    deadline_id = models.UUIDField()
    kind = models.CharField(max_length=32, help_text="The kind of clock.")
    due_on = models.DateField(help_text="The London day the reminder speaks of.")
    step = models.CharField(max_length=12, help_text="soon_7, soon_2, …, today, overdue or escalated.")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, help_text="When it was handed to the inbox, in the same transaction as its notice.")
    dropped_at = models.DateTimeField(null=True)
    dropped_because = models.CharField(max_length=10, choices=Dropped, blank=True)

    objects: ClassVar[Any] = ReminderQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["deadline_id", "due_on", "step", "user"], name="a_step_reminds_a_person_once"),
            models.CheckConstraint(condition=Q(sent_at__isnull=True) | Q(dropped_at__isnull=True), name="a_reminder_is_sent_or_dropped"),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True, dropped_because="") | (Q(dropped_at__isnull=False) & ~Q(dropped_because="")),
                name="a_dropped_reminder_says_why",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["user", "case_id", "step", "id"],
                condition=Q(sent_at__isnull=True, dropped_at__isnull=True),
                name="reminders_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.step}"


class Heartbeat(models.Model):
    """When a part that runs by itself last showed a sign of life, or first did. One row each."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
