"""What follows from an act on who sees a case or whether it is there at all: said above its form, by name, before anybody confirms."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import Agency, User
from accounts.roles import Role
from cases import models as m
from cases.acts import Act
from cases.querysets import standing_in_for
from core import clock
from core.components import day_text
from core.words import inside

Line = tuple[str, list[str]]
"""Words, and what they apply to."""


def consequences(act: Act, case: m.Case, user: User) -> list[Line]:
    """Return what follows from an act on this case; nothing for the acts whose own words say it all."""
    found = FOLLOWS.get(act.slug)
    return found(case, user) if found else []


def _excluded(case: m.Case) -> set[UUID]:
    return set(m.Exclusion.objects.filter(case=case, lifted_at__isnull=True).values_list("user_id", flat=True))


def _with_a_part(case: m.Case) -> dict[UUID, str]:
    """Return who sees the case by a role or by access of her or his own, and by which, those excluded left out."""
    roles = m.CasePerson.objects.filter(case=case, until__isnull=True).select_related("user").order_by("since")
    access = _standing(case).filter(user__isnull=False).select_related("user")
    found = {row.user_id: f"{row.user.name}, {inside(row.get_role_display())}" for row in reversed(roles)}
    found |= {
        row.user.pk: f"{row.user.name}, given access until {day_text(row.until)}" for row in access if row.user and row.user.pk not in found
    }
    out = _excluded(case)
    return {key: words for key, words in found.items() if key not in out}


def _standing(case: m.Case) -> QuerySet[m.CaseAccess]:
    return m.CaseAccess.objects.filter(case=case, revoked_at__isnull=True, until__gte=clock.today())


def _restrict(case: m.Case, user: User) -> list[Line]:
    seen = _with_a_part(case)
    names = list(seen.values())
    covers = User.objects.filter(pk__in=_covers(seen)).order_by("name").exclude(pk__in=seen)
    names += [f"{cover.name}, while covering" for cover in covers]
    names += [f"Everybody of {row.unit.name}, given access until {day_text(row.until)}" for row in _units(case) if row.unit]
    if not seen.keys() & set(standing_in_for(user).values_list("pk", flat=True)):
        names.append(f"{user.name} (you), as its inspector")
    if case.brought:
        names.append(f"Everybody of {Agency.objects.get(pk=case.cps_area_scope).name}, but who is excluded")
    return [("Who will still see it", names), ("Who will not", ["Everybody else, supervisors of the force included"])]


def _covers(seen: Mapping[UUID, str]) -> list[UUID]:
    """Return who covers, today, for somebody who sees the case."""
    today = clock.today()
    rows = User.objects.filter(pk__in=seen, away_from__lte=today, away_to__gte=today)
    return [key for key in rows.values_list("covered_by", flat=True) if key is not None]


def _units(case: m.Case) -> list[m.CaseAccess]:
    return list(_standing(case).filter(unit__isnull=False).select_related("unit").order_by("until"))


def _lift_restriction(case: m.Case, user: User) -> list[Line]:
    unit = f"Everybody of {case.unit.name}" if case.unit else "Nobody by unit: the case has none"
    return [("Who will see it again", [unit, f"Every supervisor of {case.force.name}"]), ("Who will not", ["People who are excluded"])]


def _move(case: m.Case, user: User) -> list[Line]:
    here = User.objects.filter(unit=case.unit_id, is_active=True, role__in=[Role.INVESTIGATOR, Role.SERGEANT]) if case.unit_id else []
    keeps = _with_a_part(case)
    lose = [] if case.restricted else [person.name for person in here if person.pk not in keeps]
    told = "The sergeants of the unit it goes to; the timeline says it to everybody"
    return [
        ("Who will no longer see it", sorted(lose) or ["Nobody: whoever sees it has a part in it"]),
        ("Who keeps it in sight", list(keeps.values()) or ["Supervisors"]),
        ("Who is told", [told]),
    ]


def _in_error(case: m.Case, user: User) -> list[Line]:
    running = (
        m.Deadline.objects.shown_to(user)
        .filter(case=case, met_at__isnull=True, ended_at__isnull=True, cancelled=False)
        .select_related("suspect")
    )
    clocks = [
        f"{f'Suspect {row.suspect.number}: ' if row.suspect else ''}{inside(row.get_kind_display())}, due {day_text(row.due_on)}"
        for row in running.order_by("due_at", "id")
    ]
    suspects = m.Suspect.objects.filter(case=case, recorded_in_error_at__isnull=True).order_by("number")
    return [
        ("Clocks that end", clocks or ["None runs"]),
        ("Suspects who leave every list", [f"Suspect {one.number}: {one.full_name}" for one in suspects] or ["None"]),
        ("Afterwards", ["The case stays, with your reason, and takes no further changes. This cannot be taken back."]),
    ]


def _exclude(case: m.Case, user: User) -> list[Line]:
    rows = m.Exclusion.objects.filter(case=case, lifted_at__isnull=True).select_related("user").order_by("created_at")
    lost = "Sight of the case, at once, above every rank; and any role or access on it"
    return [
        ("Excluded already", [f"{row.user.name}: {row.reason}" for row in rows] or ["Nobody"]),
        ("What she or he loses", [lost]),
        ("Who is told", ["Nobody. The timeline says that a role ended, where one did, and not why"]),
    ]


def _grant(case: m.Case, user: User) -> list[Line]:
    rows = _standing(case).select_related("user", "unit").order_by("until")
    names = [f"{row.user or row.unit}, until {day_text(row.until)}: {row.purpose}" for row in rows]
    return [("Who sees it beyond the rule now", names or ["Nobody"])]


FOLLOWS: Mapping[str, Callable[[m.Case, User], list[Line]]] = {
    "restrict": _restrict,
    "lift-restriction": _lift_restriction,
    "move-to-unit": _move,
    "recorded-in-error": _in_error,
    "exclude": _exclude,
    "grant-access": _grant,
}
"""Act → what says what follows from it."""
