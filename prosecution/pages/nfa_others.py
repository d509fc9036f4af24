"""Other cases of the same suspect: in the own force in full, for the rest that they are there and whom to ask.

The same is the same person link, or the same PNC id. A case that somebody must not see is not counted for her or him, nor is one
that is restricted to named people: the page says so to everybody, whether there is one or not.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.urls import reverse

import audit.services
from accounts.models import Agency, User
from accounts.roles import Role
from audit.acts import Act
from cases import models as m
from cases.derive.states import Status
from cases.listing import is_cps
from cases.outcome_codes import words
from cases.services.known import keys_of
from core.components import day_text

MOST_NAMES: Final = 3


@dataclass(frozen=True, slots=True)
class OtherCase:
    """One other case of the same suspect that the reader sees."""

    reference: str
    address: str
    suspect: str
    state: str
    recorded: str
    outcomes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Unseen:
    """Cases that the reader does not see, and whom to ask."""

    words: str
    ask: str


@dataclass(frozen=True, slots=True)
class Others:
    """All of it. `asked`: there is a link or a PNC id to look by."""

    seen: list[OtherCase]
    unseen: list[Unseen]
    forces: list[Unseen]
    asked: bool


def others_of(case: m.Case, suspect: m.Suspect, user: User) -> Others:
    """Return the other cases of a suspect for this reader, and record that they were looked at together. A fixed number of queries."""
    same = _same(suspect)
    if same is None:
        return Others([], [], [], asked=False)
    rows = m.Suspect.objects.filter(same, force=case.force_id, recorded_in_error_at__isnull=True).exclude(case=case)
    visible = m.Case.objects.visible_to(user)
    seen = rows.filter(case__in=visible).select_related("case").order_by("-case__recorded_at", "id")
    found = list(seen.prefetch_related(Prefetch("outcomes", queryset=m.SuspectOutcome.objects.order_by("created_at"))))
    if found:
        audit.services.record(
            act=Act.COMBINATION, what="other cases of a suspect", case_ids=[row.case_id for row in found], owners=[case.force_id]
        )
    unseen = [] if is_cps(user) else _unseen(rows.exclude(case__in=visible), user)
    return Others([_line(row) for row in found], unseen, _forces(case, suspect), asked=True)


def _same(suspect: m.Suspect) -> Q | None:
    """Return what makes another suspect the same person, or None where there is nothing to look by."""
    same = Q()
    if suspect.person_id is not None:
        same |= Q(person=suspect.person_id)
    if suspect.pnc_id:
        same |= Q(pnc_id=suspect.pnc_id)
    return same or None


def _line(row: m.Suspect) -> OtherCase:
    ended = [f"{words(one.code)}, {day_text(one.on)}{', reopened since' if one.reopened_at else ''}" for one in row.outcomes.all()]
    return OtherCase(
        row.case.crime_reference,
        reverse("case_page", args=[row.case_id]),
        f"Suspect {row.number}",
        str(Status(row.status).label) if row.status in Status.values else row.status,
        day_text(row.case.recorded_at),
        ended,
    )


def _unseen(rows: Any, user: User) -> list[Unseen]:
    """Return the cases of the own force that the reader does not see, by the unit that has them."""
    excluded = m.Exclusion.objects.filter(case=OuterRef("case"), user=user.pk, lifted_at__isnull=True)
    told = rows.filter(~Exists(excluded), case__restricted=False, case__recorded_in_error_at__isnull=True)
    units: dict[UUID | None, int] = {}
    for unit_id, _ in told.values_list("case__unit", "case").distinct():
        units[unit_id] = units.get(unit_id, 0) + 1
    names = _supervisors(Q(unit__in=[one for one in units if one]) | Q(agency=user.agency_id)) if units else []
    found = []
    for unit_id, number in units.items():
        what = "1 case that you do not see" if number == 1 else f"{number} cases that you do not see"
        theirs = [name for name, unit, _ in names if unit == unit_id] or [name for name, _, agency in names if agency == user.agency_id]
        found.append(Unseen(what, _ask(theirs)))
    return found


def _forces(case: m.Case, suspect: m.Suspect) -> list[Unseen]:
    """Return the other forces that know the PNC id, and whom to ask there. Two queries, one where none does."""
    keys = keys_of(suspect.pnc_id) if suspect.pnc_id else ()
    known = m.KnownSuspect.objects.filter(key__in=keys).exclude(agency=case.force_id) if keys else m.KnownSuspect.objects.none()
    agencies = list(Agency.objects.filter(pk__in=known.values("agency")).order_by("name")) if keys else []
    names = _supervisors(Q(agency__in=agencies)) if agencies else []
    return [Unseen(f"{one.name} has at least one case", _ask([name for name, _, agency in names if agency == one.pk])) for one in agencies]


def _supervisors(which: Q) -> list[tuple[str, UUID | None, int]]:
    rows = User.objects.filter(which, role=Role.SUPERVISOR, is_active=True).order_by("name", "pk")
    return list(rows.values_list("name", "unit", "agency"))


def _ask(names: Iterable[str]) -> str:
    named = list(names)[:MOST_NAMES]
    return f"Ask {' or '.join(named)}" if named else "Ask the force’s head of unit"
