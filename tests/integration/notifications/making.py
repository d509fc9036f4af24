"""Notices to test on: a clock that stands where the test wants it, and readers of the rows as the system sees them."""

from datetime import date, datetime

import pytest

from accounts.models import User
from core import clock
from core.scope import scope, system
from notifications.models import Notice
from notifications.services import tell

MONDAY_NOON = "2026-11-23 12:00"


def london(text: str) -> datetime:
    """Return the moment of a London wall clock."""
    return clock.as_utc(datetime.fromisoformat(text).replace(tzinfo=clock.LONDON))


def stand_at(monkeypatch: pytest.MonkeyPatch, text: str) -> datetime:
    """Let it be this time in London until told otherwise."""
    moment = london(text)
    monkeypatch.setattr(clock, "now", lambda: moment)
    return moment


def told(user: User, key: str = "one", subject: str = "case_handed_over", **counts: int | date) -> bool:
    """Tell a person something."""
    return tell(user=user, subject=subject, key=key, counts=counts)


def notices(user: User | None = None) -> list[Notice]:
    """Return notices, all or one person's, the oldest first, as the system sees them."""
    with scope(system(0)):
        rows = Notice.objects.order_by("created_at", "id")
        return list(rows if user is None else rows.filter(user=user))


def away(person: User, cover: User | None, since: date, until: date | None) -> User:
    """Let a person be away, covered or not."""
    person.away_from, person.away_to, person.covered_by = since, until, cover
    with scope(system(person.agency_id)):
        person.save(update_fields=["away_from", "away_to", "covered_by"])
    return person
