"""Whose notices and choices somebody reads: her or his own. Row-level security says the same once more. Reminders: nobody."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models

if TYPE_CHECKING:
    from accounts.models import User


class NoticeQuerySet(models.QuerySet[Any]):
    """Notices, narrowed to whom they were written for."""

    def visible_to(self, user: "User") -> Self:
        """Return the person's own notices; none for somebody who has left."""
        return self.filter(user=user) if user.is_active else self.none()

    def unread(self) -> Self:
        """Return what has not been read yet."""
        return self.filter(read_at__isnull=True)

    def waiting(self, now: datetime) -> Self:
        """Return what is to be e-mailed by now and has been neither sent nor given up."""
        return self.exclude(channel="inbox").filter(send_after__lte=now, sent_at__isnull=True, failed_at__isnull=True)


class ReminderQuerySet(models.QuerySet[Any]):
    """Reminders. Nobody but the system reads them: what a person sees of one is its notice."""

    def waiting(self) -> Self:
        """Return what is neither handed over nor dropped."""
        return self.filter(sent_at__isnull=True, dropped_at__isnull=True)

    def settled_or_waiting(self) -> Self:
        """Return what stands for its step: waiting, handed over, or overtaken by a later step for the same person."""
        return self.filter(dropped_because__in=("", "later_step"))


class SubscriptionQuerySet(models.QuerySet[Any]):
    """Choices, narrowed to whose they are."""

    def visible_to(self, user: "User") -> Self:
        """Return the person's own choices."""
        return self.filter(user=user) if user.is_active else self.none()
