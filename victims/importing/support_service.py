"""The support service that the extract names: one known here by exactly this name, else its name as text until it is matched.

The extract tells of no consent, so the service sees nothing of her or him before consent is recorded here.
"""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django.db.models import Q

from accounts.models import Agency
from accounts.roles import AgencyKind
from cases import models as m
from cases.importing.takers import Column, Heard
from cases.importing.taking import Taking
from cases.services.changing import Changing
from victims.models import SupportReferral
from victims.models.isva import CameBy, ReferralState

SERVICE: Final = "isva_service"
COLUMNS: Final = {SERVICE: Column("Support service", identifies=False)}
OVER: Final = (ReferralState.DECLINED, ReferralState.ENDED)


def service_called(name: str) -> Agency | None:
    """Return the support service of exactly this name, if there is one."""
    return Agency.objects.filter(kind=AgencyKind.SUPPORT, name=name).first()


def take_service(taking: Taking, heard: Heard, referrals: Sequence[SupportReferral]) -> None:
    """Write the referral; one of the extract's that nobody has done anything with follows it, any other stands and is listed."""
    name = heard.facts.isva_service
    if name is None:
        return
    facts = _named(name, taking.places.once("support service", name, lambda: service_called(name)))
    live = [row for row in referrals if row.state not in OVER and row.consent_withdrawn_at is None]
    if any(_is_to(row, facts) for row in live):
        return
    untouched = next((row for row in live if _is_extracts(row)), None)
    if untouched is not None:
        taking.alter(untouched, **facts)
    elif referrals:
        taking.disagree(SERVICE, here=_name_of(referrals[-1]), extract=name, complainant=heard.complainant)
        return
    else:
        _write(taking, heard, facts)
    if not taking.fresh:
        taking.happened("extract_changed", complainant=heard.complainant, text=f"Support service: {name}")


def _write(taking: Taking, heard: Heard, facts: dict[str, Any]) -> None:
    at = min(taking.case.recorded_at, taking.now)
    taking.add(
        SupportReferral, complainant=heard.complainant, state=ReferralState.OFFERED, came_by=CameBy.EXTRACT, offered_at=at,
        crime_reference=taking.case.crime_reference, **facts,
    )  # fmt: skip


def _named(name: str, service: Agency | None) -> dict[str, Any]:
    return {"service": service, "service_text": "" if service else name}


def _is_to(row: SupportReferral, facts: dict[str, Any]) -> bool:
    service = facts["service"]
    return bool(row.service_id == service.pk if service else row.service_text == facts["service_text"])


def _is_extracts(row: SupportReferral) -> bool:
    """Whether the extract gave it and nobody has recorded an answer, consent or an ISVA since."""
    return row.came_by == CameBy.EXTRACT and row.state == ReferralState.OFFERED and row.consent_given_on is None and row.isva_id is None


def _name_of(row: SupportReferral) -> str:
    return row.service.name if row.service else row.service_text


def standing_referrals(taking: Taking) -> dict[UUID, list[SupportReferral]]:
    """Return the referrals of each complainant of the case, in order."""
    found: dict[UUID, list[SupportReferral]] = {}
    for row in SupportReferral.objects.filter(case=taking.case).select_related("service").order_by("created_at"):
        found.setdefault(row.complainant_id, []).append(row)
    return found


def answer_service(change: Changing, row: m.Disagreement, take: bool) -> None:
    """Refer to the service that the extract names, where it is taken, unless a referral to it is live by now."""
    if not take or row.complainant is None:
        return
    facts = _named(row.extract, service_called(row.extract))
    live = SupportReferral.objects.filter(complainant=row.complainant, consent_withdrawn_at__isnull=True).exclude(state__in=OVER)
    if live.filter(Q(**facts)).exists():
        return
    change.add(
        SupportReferral, complainant=row.complainant, state=ReferralState.OFFERED, came_by=CameBy.EXTRACT, offered_at=change.now,
        crime_reference=change.case.crime_reference, **facts,
    )  # fmt: skip
