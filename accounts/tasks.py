"""Upkeep of sign-in."""

from celery import shared_task

from accounts.models import Session
from core import clock


@shared_task(name="accounts.delete_expired_sessions")  # type: ignore[untyped-decorator, unused-ignore]
def delete_expired_sessions(**_: object) -> None:
    """Daily: delete sessions whose time is over. Safe to run at any time and twice."""
    Session.objects.filter(expire_date__lt=clock.now()).delete()
