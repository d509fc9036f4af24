"""What a case knows of itself that no pack may say: names, places, references. Read in the system scope of its force."""

from accounts.models import Agency, Unit
from accounts.roles import AgencyKind
from cases import identifying
from cases import models as m
from core.scope import scope, system
from prosecution import models as p
from prosecution.panels.redaction import Known


def known_of(case: m.Case) -> Known:
    """Return it: suspects, everybody who worked on the case, units and bodies, references; who the victims are, as apps above know."""
    with scope(system(case.force_id)):
        suspects = list(m.Suspect.objects.filter(case=case).select_related("person"))
        return Known(
            names=tuple(sorted({*_people(case, suspects), *identifying.names_of(case)})),
            places=tuple(sorted({*_places(case), *identifying.places_of(case)})),
            wholes=tuple(Agency.objects.filter(kind=AgencyKind.SUPPORT).order_by("name").values_list("name", flat=True)),
            references=tuple(sorted(_references(case, suspects))),
        )


def _people(case: m.Case, suspects: list[m.Suspect]) -> set[str]:
    names = {name for one in suspects for name in (one.full_name, one.surname, one.forenames)}
    names |= set(m.CasePerson.objects.filter(case=case).values_list("user__name", flat=True))
    names |= set(m.TimelineEvent.objects.filter(case=case).values_list("actor_name", flat=True))
    for pair in p.ChargingDecision.objects.filter(case=case).values_list("decided_by_name", "checked_by_name"):
        names |= set(pair)
    return {name for name in names if name}


def _places(case: m.Case) -> set[str]:
    """Bodies of the whole country and units of the force, and the courts of the case's hearings."""
    places = set(Agency.objects.exclude(kind__in=(AgencyKind.SUPPORT, AgencyKind.OVERSIGHT)).values_list("name", flat=True))
    places |= set(Unit.objects.filter(agency__in=(case.force_id, case.cps_area_scope)).values_list("name", flat=True))
    places |= set(m.Hearing.objects.filter(case=case).values_list("court", flat=True))
    return places


def _references(case: m.Case, suspects: list[m.Suspect]) -> set[str]:
    found = {case.crime_reference, case.urn, *(one.pnc_id for one in suspects)}
    found |= {one.person.nominal for one in suspects if one.person is not None}
    found |= set(p.ChargingDecision.objects.filter(case=case).values_list("cps_reference", flat=True))
    found |= set(p.Referral.objects.filter(case=case).values_list("reference", flat=True))
    found |= set(m.CasePerson.objects.filter(case=case).values_list("user__collar_number", flat=True))
    return {one for one in found if one}
