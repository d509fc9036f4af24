"""Readers of the administrators' pages: own agency only, a fixed number of queries whatever it holds.

Who has a second factor and how many sessions there are is read as the sign-in's own login, which alone may.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.http import Http404

from accounts import holdings
from accounts.models import Accreditation, Agency, Session, Unit, User
from accounts.roles import AgencyKind
from accounts.services.second_factor import as_sign_in
from core import clock
from core.keyset import Order, Page, page_of
from core.scope import scope, system

PAGE_SIZE: Final = 50
EXPIRING_DAYS: Final = 60
MOST_NAMED: Final = 10
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)

SHOWN: Final = {
    "": "Everybody who is here",
    "no_factor": "No second factor",
    "never": "Invited, never signed in",
    "not_invited": "Not invited",
    "away": "Away today",
    "left": "Left",
    "all": "Everybody, those who left too",
}


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """How the list of people is narrowed."""

    show: str = ""
    role: str = ""
    unit: UUID | None = None
    terms: str = ""


def with_second_factor(rows: QuerySet[User]) -> QuerySet[User]:
    """Add `second_factor`: whether the person has set one up. Read inside `as_sign_in`; no hash is asked for."""
    held = Authenticator.objects.filter(user_id=OuterRef("pk"), type__in=SECOND_FACTORS)
    return rows.annotate(second_factor=Exists(held)).defer("password")


def narrowed(user: User, by: PeopleFilter) -> QuerySet[User]:
    """Return the people of the administrator's agency that a filter names."""
    rows = with_second_factor(User.objects.visible_to(user)).filter(_standing(by.show))
    if by.show == "no_factor":
        rows = rows.filter(Q(second_factor=False))
    if by.role:
        rows = rows.filter(role=by.role)
    if by.unit:
        rows = rows.filter(unit_id=by.unit)
    if by.terms:
        rows = rows.filter(Q(name__icontains=by.terms) | Q(collar_number__istartswith=by.terms))
    return rows


def _standing(show: str) -> Q:
    today = clock.today()
    here = Q(is_active=True)
    return {
        "": here,
        "no_factor": here & Q(email__isnull=False),
        "never": here & Q(email__isnull=False, last_login__isnull=True),
        "not_invited": here & Q(email__isnull=True),
        "away": here & Q(away_from__lte=today) & (Q(away_to__isnull=True) | Q(away_to__gte=today)),
        "left": Q(is_active=False),
        "all": Q(),
    }[show]


def people_page(user: User, by: PeopleFilter, *, after: str = "", before: str = "") -> Page[User]:
    """Return one page of people by name, in one query. Raises BadCursor."""
    rows = narrowed(user, by).select_related("unit")
    with as_sign_in():
        return page_of(rows, Order("name", "people", user.pk), PAGE_SIZE, after=after, before=before)


@dataclass(frozen=True, slots=True)
class PersonView:
    """One person as the page shows her or him."""

    person: User
    accreditations: Sequence[Accreditation]
    factors: Sequence[str]
    sessions: int
    held: Sequence[str]


def person_or_404(user: User, person_id: UUID) -> User:
    """Return a person of the administrator's agency, with unit and cover. Raises Http404 for anybody else."""
    rows = User.objects.visible_to(user).select_related("unit", "covered_by").filter(pk=person_id)
    found = rows.first()
    if found is None:
        raise Http404
    return found


def person_view(person: User) -> PersonView:
    """Return everything the page of a person shows, beside what `person_or_404` read: counts of work, and no case."""
    with as_sign_in():
        factors = list(Authenticator.objects.filter(user_id=person.pk).values_list("type", flat=True))
        sessions = Session.objects.filter(user_id=person.pk, expire_date__gt=clock.now()).count()
    return PersonView(
        person=person,
        accreditations=list(Accreditation.objects.filter(user=person).order_by("kind")),
        factors=[FACTOR_WORDS[kind] for kind in (*SECOND_FACTORS, Authenticator.Type.RECOVERY_CODES) if kind in factors],
        sessions=sessions,
        held=held_by(person),
    )


FACTOR_WORDS: Final[dict[Any, str]] = {
    Authenticator.Type.TOTP: "Authenticator app",
    Authenticator.Type.WEBAUTHN: "Passkey or security key",
    Authenticator.Type.RECOVERY_CODES: "Recovery codes",
}


def held_by(person: User) -> list[str]:
    """Return what open work a person holds, a sentence for each sort, counted in the system scope of the agency."""
    with scope(system(person.agency_id)):
        return holdings.of(person)


def accreditation_or_404(person: User, key: UUID) -> Accreditation:
    """Return an accreditation of this person. Raises Http404."""
    found = Accreditation.objects.select_related("user").filter(user=person, pk=key).first()
    if found is None:
        raise Http404
    return found


def units(user: User) -> QuerySet[Unit]:
    """Return the units of the administrator's agency by name, each with `here`: how many people who have not left are in it."""
    counted = Unit.objects.visible_to(user).select_related("cps_area")
    return counted.annotate(here=Count("people", filter=Q(people__is_active=True))).order_by("name", "id")


def unit_or_404(user: User, unit_id: UUID) -> Unit:
    """Return a unit of the administrator's agency. Raises Http404."""
    found = units(user).filter(pk=unit_id).first()
    if found is None:
        raise Http404
    return found


def cps_areas() -> QuerySet[Agency]:
    """Return the CPS Areas by name."""
    return Agency.objects.filter(kind=AgencyKind.CPS_AREA).order_by("name")


def services() -> QuerySet[Agency]:
    """Return support services and oversight bodies by kind and name, each with `people_here`: how many work in it, no names."""
    rows = Agency.objects.filter(kind__in=(AgencyKind.SUPPORT, AgencyKind.OVERSIGHT))
    return rows.annotate(people_here=Count("people", filter=Q(people__is_active=True))).order_by("-kind", "name")


def service_or_404(agency_id: int) -> Agency:
    """Return a support service. Raises Http404."""
    found = services().filter(pk=agency_id, kind=AgencyKind.SUPPORT).first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True, slots=True)
class Attention:
    """What of an agency's people and units waits for somebody."""

    people: int
    no_factor: int
    never: int
    empty_units: Sequence[Unit]


def attention(user: User) -> Attention:
    """Return what the administrator's first page begins with, in two queries."""
    with as_sign_in():
        counted = with_second_factor(User.objects.visible_to(user)).aggregate(
            people=Count("id", filter=_standing("")),
            never=Count("id", filter=_standing("never")),
            no_factor=Count("id", filter=_standing("no_factor") & Q(second_factor=False)),
        )
    return Attention(**counted, empty_units=list(units(user).filter(Q(here=0))[:MOST_NAMED]))


def expiring(user: User) -> tuple[list[Accreditation], int]:
    """Return accreditations of people who are here that end within 60 days or ended in the 60 before: the first, and how many more."""
    today, margin = clock.today(), timedelta(days=EXPIRING_DAYS)
    rows = Accreditation.objects.filter(user__in=User.objects.visible_to(user).active())
    due = rows.filter(expires_on__gte=today - margin, expires_on__lte=today + margin)
    found = list(due.select_related("user").order_by(F("expires_on").asc(), "id")[:200])
    return found[:MOST_NAMED], max(0, len(found) - MOST_NAMED)
