"""Rows of the access log to test the audit screens on: written as the log's own owner would have, at the times asked for."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from accounts.models import User
from audit import context as audit_context
from audit.services import INSERT
from core import clock
from core.scope import Kind, Scope, scope
from reports.auditing.patterns import find_patterns
from reports.models import Pattern
from tests.factories import AVON

AT = INSERT.replace("search_hash)", "search_hash, at)").replace(" FROM unnest", ", %s FROM unnest")


def look(
    actor: User,
    at: datetime,
    *cases: UUID,
    act: str = "consultation",
    what: str = "case page",
    route: str = "case_page",
    agencies: Sequence[int] = (),
    search_hash: str = "",
    session: str = "",
    request: UUID | None = None,
    purpose: str = "",
) -> None:
    """Write one row for each agency (the actor's own where none is named) as if it had been recorded at that moment."""
    who: list[Any] = [actor.pk, actor.name, actor.agency_id, actor.role]
    facts: list[Any] = [act, what, list(cases), len(cases), route, request or uuid4(), session, purpose, "", search_hash]
    with scope(Scope(kind=Kind.SYSTEM, force_id=AVON, agency_id=AVON)), connection.cursor() as cursor:
        cursor.execute(AT, [*who, *facts, at, list(agencies) or [actor.agency_id]])


def weekday(back: int = 1) -> date:
    """Return the last Monday to Friday that is at least so many days back, within the days that are looked at."""
    day = clock.today() - timedelta(days=back)
    while day.isoweekday() >= 6:
        day -= timedelta(days=1)
    return day


def on(day: date, hour: float = 11) -> datetime:
    """Return a moment of a London day by the clock on the wall."""
    minutes = round(hour * 60)
    return datetime.combine(day, time(minutes // 60, minutes % 60), tzinfo=clock.LONDON)


def find() -> int:
    """Seek patterns as the worker does, over the days that are whole."""
    with audit_context.acting_as_system(reason="test"):
        return find_patterns()


def found(agency_id: int = AVON, kind: str = "") -> list[Pattern]:
    """Return the patterns that the auditors of an agency read."""
    with scope(Scope(kind=Kind.OVERSIGHT, agency_id=agency_id)):
        rows = Pattern.objects.filter(kind=kind) if kind else Pattern.objects.all()
        return list(rows.order_by("day", "kind"))


def looks(actor: User, moments: Iterable[datetime], *cases: UUID, **facts: Any) -> None:
    """Write a look at each moment."""
    for moment in moments:
        look(actor, moment, *cases, **facts)
