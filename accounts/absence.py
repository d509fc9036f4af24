"""Who is away and who covers: readers for pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q
from django.http import Http404

from accounts.models import User
from accounts.querysets import away_on
from accounts.roles import covering_roles
from core.components import day_text

SOON = timedelta(days=14)
"""How far ahead an absence is listed as coming (calendar days)."""


def away_words(person: User, today: date) -> str:
    """Say when somebody is away, now or later; "" when there is no absence or it is over."""
    if person.away_from is None or (person.away_to is not None and person.away_to < today):
        return ""
    since = "Away" if person.away_from <= today else f"Away from {day_text(person.away_from)}"
    return f"{since} until {day_text(person.away_to)}" if person.away_to else f"{since}, no last day known"


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody away, now or soon, and what is to be settled about it."""

    person: User
    now: bool
    words: str
    warning: str


def absences(user: User, today: date, *, unit: UUID | None = None) -> list[Absence]:
    """Return who of one's agency is away today or within 14 days: those away now first, then by first day. One query.

    Nobody for cover, a cover who has left, and a cover who is away in the same days are said.
    """
    coming = Q(away_from__gt=today, away_from__lte=today + SOON)
    rows = User.objects.visible_to(user).active().filter(away_on(today) | coming)
    if unit is not None:
        rows = rows.filter(unit=unit)
    people = rows.select_related("unit", "covered_by").order_by("away_from", "name", "id")
    found = [Absence(one, one.is_away(today), away_words(one, today), warning_of(one)) for one in people]
    return sorted(found, key=lambda one: not one.now)


def covering(user: User, today: date) -> list[Absence]:
    """Return those for whom a person covers, now or within 14 days, by first day. One query."""
    coming = Q(away_from__gt=today, away_from__lte=today + SOON)
    rows = User.objects.visible_to(user).active().filter(away_on(today) | coming, covered_by=user)
    return [Absence(one, one.is_away(today), away_words(one, today), "") for one in rows.order_by("away_from", "name", "id")]


def warning_of(person: User) -> str:
    """Say what is wrong with the cover of somebody away, or "" for nothing."""
    cover = person.covered_by
    if cover is None:
        return "Nobody covers"
    if not cover.is_active:
        return "Whoever covers has left"
    if overlap(person, cover):
        return "Whoever covers is away in the same days"
    return ""


def overlap(one: User, other: User) -> bool:
    """Say whether two people are away on the same day. Absences without a last day last."""
    if one.away_from is None or other.away_from is None:
        return False
    ends = (one.away_to or date.max, other.away_to or date.max)
    return one.away_from <= ends[1] and other.away_from <= ends[0]


def may_cover(person: User) -> Sequence[User]:
    """Return who can cover for somebody: people of the same agency who do the same sort of work, own unit first."""
    rows = User.objects.visible_to(person).active().filter(role__in=covering_roles(person.role)).exclude(pk=person.pk)
    return sorted(rows.order_by("name", "id"), key=lambda one: one.unit_id is None or one.unit_id != person.unit_id)


def found_by_name(user: User, part: str) -> list[User]:
    """Return up to 50 people of one's agency whose name holds these words, by name."""
    rows = User.objects.visible_to(user).active()
    for word in part.split()[:5]:
        rows = rows.filter(name__icontains=word)
    return list(rows.select_related("unit").order_by("name", "id")[:50])


def person_or_404(user: User, key: UUID) -> User:
    """Return somebody of one's own agency who has not left. Raises Http404 for nobody there."""
    person = User.objects.visible_to(user).active().filter(pk=key).select_related("covered_by", "unit").first()
    if person is None:
        raise Http404
    return person
