"""Support services and oversight bodies, which do not ship with the tracker, and every agency's units."""

from django.db import connection
from django.db.models import Max

from accounts.agencies import FIRST_OVERSIGHT_ID, FIRST_SUPPORT_ID
from accounts.models import Agency, Unit, User
from accounts.permissions import check_may_administer
from accounts.roles import AgencyKind, Role
from accounts.services.writing import writing
from audit.acts import Act
from audit.services import record
from core.exceptions import NotAllowed, NotPossible

RANGES = {AgencyKind.SUPPORT: (FIRST_SUPPORT_ID, FIRST_OVERSIGHT_ID), AgencyKind.OVERSIGHT: (FIRST_OVERSIGHT_ID, 2**31 - 1)}
ADVISORY_LOCK = 5_202_611_22


def add_agency(*, actor: User | None, kind: AgencyKind, name: str) -> Agency:
    """Add a support service or an oversight body; one of this name is returned as it is. Raises NotAllowed, NotPossible.

    Any administrator may: an ISVA service works with several forces. Forces and CPS Areas are reference data.
    """
    if kind not in RANGES:
        raise NotPossible("Forces and CPS Areas come with the tracker and are not added by hand.", field="kind")
    if actor is None:
        check_may_administer(None, 0)
    elif not actor.is_active or actor.role != Role.ADMINISTRATOR:
        raise NotAllowed("Only an administrator may add a support service.")
    first, end = RANGES[kind]
    with writing(actor.agency_id if actor is not None else first):
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
        found = Agency.objects.filter(kind=kind, name=name).first()
        if found is not None:
            return found
        last = Agency.objects.filter(id__gte=first, id__lt=end).aggregate(last=Max("id"))["last"]
        agency = Agency.objects.create(id=first if last is None else last + 1, kind=kind, name=name)
        record(act=Act.ALTERATION, what="agency added", owners=(agency.id,), purpose=f"agency {agency.id}")
    return agency


def add_unit(*, actor: User | None, agency: Agency, name: str, cps_area: Agency | None = None) -> Unit:
    """Add a unit to an agency; one of this name is returned as it is. Raises NotAllowed, NotPossible.

    Only units of a force without a single CPS Area (Metropolitan, City of London, British Transport Police) name an Area.
    """
    check_may_administer(actor, agency.id)
    works_with_several = agency.kind == AgencyKind.POLICE and agency.cps_area_id is None
    if cps_area is not None and not (works_with_several and cps_area.kind == AgencyKind.CPS_AREA):
        raise NotPossible("Only a unit of a force that works with several CPS Areas names one.", field="cps_area")
    with writing(agency.id):
        unit, created = Unit.objects.get_or_create(agency=agency, name=name, defaults={"cps_area": cps_area})
        if created:
            record(act=Act.ALTERATION, what="unit added", owners=(agency.id,), purpose=f"unit {unit.id}")
    return unit
