"""Upkeep of sign-in."""

from celery import shared_task

from accounts.models import Session
from accounts.services.drafts import delete_old_drafts as forget
from core import clock


@shared_task(name="accounts.delete_expired_sessions")  # type: ignore[untyped-decorator, unused-ignore]
def delete_expired_sessions(**_: object) -> None:
    """Daily: delete sessions whose time is over. Safe to run at any time and twice."""
    Session.objects.filter(expire_date__lt=clock.now()).delete()


@shared_task(name="accounts.delete_old_drafts")  # type: ignore[untyped-decorator, unused-ignore]
def delete_old_drafts(**_: object) -> None:
    """Hourly: delete what was typed into pages more than a day ago and never fetched. Safe to run at any time and twice."""
    forget()
