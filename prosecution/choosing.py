"""Choosing a prosecutor: who there is, with what each holds already, when away, and with which specialism. Shown, never enforced."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Count, Q

from accounts.absence import away_words
from accounts.models import Accreditation, User
from cases import models as m
from cases.services.roles import CPS_ROLE_OF
from core import clock
from core.exceptions import NotPossible
from core.words import inside
from prosecution.models import AdviceState, EarlyAdvice, Referral, ReferralState

HELD: Final = (ReferralState.ACCEPTED, ReferralState.ON_PLAN)
"""The states in which a referral is a prosecutor's own open work."""


def prosecutors(case: m.Case | None, user: User | None, *, without: UUID | None = None) -> list[tuple[str, str]]:
    """Return who of the user's own Area may have the case, as choices: "Name: 3 open, away until 5 December 2026, RASSO specialist".

    Those there come before those away today, then by how much they hold, then by name. `without` leaves out who has it now;
    who is excluded from the case is never offered. Five queries, whatever the data.
    """
    if user is None or case is None:
        return []
    barred = set(m.Exclusion.objects.filter(case=case, lifted_at__isnull=True).values_list("user", flat=True))
    return beside_names(user, CPS_ROLE_OF[m.CaseRole.PROSECUTOR], barred | ({without} if without else set()))


def beside_names(user: User, roles: Iterable[str], barred: Collection[UUID] = frozenset()) -> list[tuple[str, str]]:
    """Return people of the user's own Area in these roles as `prosecutors` does, for a case that is not there yet. Four queries."""
    people = list(User.objects.visible_to(user).active().filter(role__in=list(roles)).exclude(pk__in=list(barred)).order_by("name", "id"))
    today = clock.today()
    held, special = open_work(user), specialists((one.pk for one in people), today)
    people.sort(key=lambda one: (one.is_away(today), held.get(one.pk, 0), one.name))
    return [(str(one.pk), f"{one.name}: {_words(one, held.get(one.pk, 0), one.pk in special, today)}") for one in people]


def open_work(user: User) -> dict[UUID, int]:
    """Return how many requests and referrals each prosecutor of the user's Area holds now. Two queries."""
    seen = m.Case.objects.visible_to(user).values("pk")
    found: dict[UUID, int] = {}
    for rows in (
        EarlyAdvice.objects.filter(state=AdviceState.ACCEPTED, case__in=seen),
        Referral.objects.filter(state__in=HELD, case__in=seen),
    ):
        counted = rows.filter(prosecutor__isnull=False).values_list("prosecutor").annotate(number=Count("pk")).order_by()
        for key, number in counted:
            found[key] = found.get(key, 0) + number
    return found


def specialists(keys: Iterable[UUID], today: date) -> set[UUID]:
    """Return which of these people are RASSO specialists on a London day. One query."""
    lasting = Q(expires_on__isnull=True) | Q(expires_on__gte=today)
    rows = Accreditation.objects.filter(lasting, user__in=list(keys), kind=Accreditation.Kind.RASSO, in_training=False)
    return set(rows.values_list("user", flat=True))


def _words(person: User, held: int, special: bool, today: date) -> str:
    parts = [f"{held} open", inside(away_words(person, today)), "RASSO specialist" if special else "no RASSO specialism on record"]
    return ", ".join(part for part in parts if part)


def chosen(case: m.Case, actor: User, user_id: UUID | None, *, field: str = "prosecutor_id") -> User:
    """Return the person chosen, of the actor's own Area. Raises NotPossible beside `field` for anybody else."""
    person = (
        User.objects.visible_to(actor)
        .active()
        .filter(pk__in=[user_id] if user_id else [], role__in=CPS_ROLE_OF[m.CaseRole.PROSECUTOR])
        .first()
    )
    barred = person is not None and m.Exclusion.objects.filter(case=case, user=person, lifted_at__isnull=True).exists()
    if person is None or barred or person.agency_id != case.cps_area_scope:
        raise NotPossible("Choose a prosecutor of this Area", field=field)
    return person
