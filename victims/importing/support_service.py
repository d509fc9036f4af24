"""The support service that the extract names: one known here by this name, and the name itself where it is another's or nobody's.

An administrator says once which service a name means (victims/services/service_names.py); else it is the one of exactly this name.

The extract tells of no consent, so the service sees nothing of her or him before consent is recorded here.
"""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from accounts.models import Agency
from cases import models as m
from cases.importing.takers import Column, Heard
from cases.importing.taking import Taking
from cases.services.changing import Changing
from victims.models import SupportReferral
from victims.models.isva import CameBy, ReferralState
from victims.service_names import named

SERVICE: Final = "isva_service"
COLUMNS: Final = {SERVICE: Column("Support service", identifies=False)}
OVER: Final = (ReferralState.DECLINED, ReferralState.ENDED)


def take_service(taking: Taking, heard: Heard, referrals: Sequence[SupportReferral]) -> None:
    """Write the referral; one of the extract's that nobody has done anything with follows it, any other stands and is listed."""
    name = heard.facts.isva_service
    if name is None:
        return
    facts = _named(name, taking.places.once("support service", name, lambda: named(taking.case.force_id, name)))
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
    return {"service": service, "service_text": "" if service is not None and service.name == name else name}


def _is_to(row: SupportReferral, facts: dict[str, Any]) -> bool:
    """Whether a referral is to what the extract names: the same service, or the same name where somebody matched it by hand."""
    service, text = facts["service"], facts["service_text"]
    return bool((service is not None and row.service_id == service.pk) or (text and row.service_text == text))


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
    facts = _named(row.extract, named(change.case.force_id, row.extract))
    live = SupportReferral.objects.filter(complainant=row.complainant, consent_withdrawn_at__isnull=True).exclude(state__in=OVER)
    if any(_is_to(one, facts) for one in live):
        return
    change.add(
        SupportReferral, complainant=row.complainant, state=ReferralState.OFFERED, came_by=CameBy.EXTRACT, offered_at=change.now,
        crime_reference=change.case.crime_reference, **facts,
    )  # fmt: skip
