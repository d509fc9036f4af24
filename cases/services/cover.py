"""Telling whoever covers for somebody that the cover has begun."""

from datetime import timedelta

from accounts.models import User
from accounts.querysets import away_on
from accounts.roles import WORKS_CASES_CPS, WORKS_CASES_POLICE
from core import clock
from notifications.services import tell

LOOK_BACK = timedelta(days=1)
"""How long after its first day an absence is still told: it may be entered after it began (calendar days)."""


def tell_covers() -> int:
    """Tell each cover of an absence that began today or yesterday (London), once; return how many were told anew."""
    today = clock.today()
    away = User.objects.filter(away_on(today), away_from__gte=today - LOOK_BACK, covered_by__is_active=True, is_active=True)
    rows = away.filter(role__in=WORKS_CASES_POLICE | WORKS_CASES_CPS).select_related("covered_by").order_by("pk")
    told = 0
    for person in rows:
        if person.covered_by is not None and person.away_from is not None:
            key = f"{person.pk}:{person.covered_by_id}:{person.away_from.isoformat()}"
            told += tell(user=person.covered_by, subject="cover_begins", key=key)
    return told
