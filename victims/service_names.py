"""Reading which support services a force's extract names, and which of them are known here: names and counts, no case."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.urls import reverse

from accounts.administration.panels import Line, Panel, register
from accounts.models import Agency, User
from accounts.roles import AgencyKind, Role
from core.exceptions import NotAllowed
from core.scope import scope, system
from victims.models import ServiceName, SupportReferral
from victims.models.isva import CameBy, ReferralState

ONLY_FORCES: Final = "Support services are named in the extract of a police force. Only an administrator of the force says which they are."
MOST: Final = 200
"""How many names the page shows, those of most victims first."""
KEY_LENGTH: Final = 16


@dataclass(frozen=True, slots=True)
class NameLine:
    """One name of the extract. `key` stands for it in an address; `number`: offers of this name that nobody has answered yet."""

    key: str
    name: str
    number: int
    service: Agency | None = None
    matched_by: str = ""
    matched_at: datetime | None = None
    seen: str = ""
    """The key of the match that stands: a form made from an older one is noticed."""


def may_match(user: User) -> bool:
    """Say whether somebody may match names: an administrator of a police force."""
    return user.is_active and user.role == Role.ADMINISTRATOR and user.agency.kind == AgencyKind.POLICE


def force_of(user: User) -> int:
    """Return the force that this person matches names for. Raises NotAllowed."""
    if not may_match(user):
        raise NotAllowed(ONLY_FORCES)
    return int(user.agency_id)


def untouched(force_id: int) -> QuerySet[Any]:
    """Return the referrals that an extract gave by name and nobody has answered yet. Read in the system scope of the force."""
    rows = SupportReferral.objects.filter(force_id=force_id, state=ReferralState.OFFERED, came_by=CameBy.EXTRACT)
    return rows.filter(consent_given_on__isnull=True).exclude(service_text="")


def standing(force_id: int) -> QuerySet[ServiceName]:
    """Return the match that stands for each name of a force: the latest."""
    latest = ServiceName.objects.filter(force_id=force_id, name=OuterRef("name")).order_by("-matched_at", "-id").values("pk")[:1]
    return ServiceName.objects.filter(force_id=force_id, pk=Subquery(latest)).select_related("service", "matched_by")


def named(force_id: int, name: str) -> Agency | None:
    """Return the service that a force's extract means by a name: the one an administrator matched, else one of exactly this name."""
    matched = standing(force_id).filter(name=name).first()
    return matched.service if matched else Agency.objects.filter(kind=AgencyKind.SUPPORT, name=name).first()


def to_be_applied(force_id: int) -> QuerySet[Any]:
    """Return the referrals whose name is matched to another service than they have.

    One whose complainant has a live referral to that service already is left as it is. Annotated with `wanted`.
    """
    match = standing(force_id).filter(name=OuterRef("service_text")).values("service")[:1]
    rows = untouched(force_id).filter(service_text__in=standing(force_id).values("name")).annotate(wanted=Subquery(match))
    live = SupportReferral.objects.filter(
        complainant=OuterRef("complainant"), service=OuterRef("wanted"), state__in=(ReferralState.OFFERED, ReferralState.ACCEPTED)
    )
    other = Q(service__isnull=True) | ~Q(service=F("wanted"))
    return rows.filter(other).exclude(Exists(live))  # type: ignore[no-any-return]


def names_of(user: User) -> tuple[list[NameLine], list[NameLine]]:
    """Return the names of the own force's extract that are matched to nothing, and those that an administrator matched.

    Two queries. Raises NotAllowed.
    """
    force_id = force_of(user)
    with scope(system(force_id)):
        matched = list(standing(force_id).order_by("name"))
        counted = dict(untouched(force_id).values_list("service_text").annotate(number=Count("pk")).values_list("service_text", "number"))
        known = dict.fromkeys(row.name for row in matched)
        without = dict(_without_service(force_id, known))
    waiting = [NameLine(_key(name), name, number) for name, number in without.items()]
    done = [
        NameLine(_key(row.name), row.name, counted.get(row.name, 0), row.service, row.matched_by.name, row.matched_at, str(row.pk))
        for row in matched
    ]
    return waiting, done


def _without_service(force_id: int, known: Iterable[str]) -> list[tuple[str, int]]:
    rows = untouched(force_id).filter(service__isnull=True).exclude(service_text__in=list(known))
    counted = rows.values_list("service_text").annotate(number=Count("pk")).order_by("-number", "service_text")
    return [(name, number) for name, number in counted.values_list("service_text", "number")[:MOST]]


def name_or_404(user: User, key: str) -> NameLine:
    """Return one name of the own force by its key. Raises Http404 for any other, NotAllowed."""
    waiting, done = names_of(user)
    found = next((line for line in [*waiting, *done] if line.key == key), None)
    if found is None:
        raise Http404
    return found


def _key(name: str) -> str:
    return sha256(name.encode()).hexdigest()[:KEY_LENGTH]


def panel(user: User) -> Panel:
    """What of it waits, for an administrator's first page."""
    title = "Support services in the extract"
    if not may_match(user):
        return Panel(title, (), "Only forces take in an extract.")
    waiting, _ = names_of(user)
    words = f"{len(waiting)} name{'' if len(waiting) == 1 else 's'} not known here" if waiting else "Every name is known"
    return Panel(title, (Line(words, reverse("service_names"), "Attention" if waiting else ""),))


def register_panel() -> None:
    """Add it to the page."""
    register("service names", panel, order=25)
