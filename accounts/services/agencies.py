"""Support services and oversight bodies, which do not ship with the tracker, and every agency's units."""

from django.db import IntegrityError, connection, transaction
from django.db.models import Max

from accounts.agencies import FIRST_OVERSIGHT_ID, FIRST_SUPPORT_ID
from accounts.models import Agency, Unit, User
from accounts.permissions import check_may_administer
from accounts.roles import AgencyKind, Role
from accounts.services.people import create_person, send_invitation
from accounts.services.writing import first_change, writing
from accounts.stamps import unit_stamp
from audit.acts import Act
from audit.context import acting_as_system
from audit.services import record
from core.exceptions import Conflict, NotAllowed, NotPossible

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


def add_unit(*, actor: User | None, agency: Agency, name: str, cps_area: Agency | None = None, reviews: bool = False) -> Unit:
    """Add a unit to an agency; one of this name is returned as it is. Raises NotAllowed, NotPossible.

    `reviews`: victims' requests for a review go to it.

    Only units of a force without a single CPS Area (Metropolitan, City of London, British Transport Police) name an Area.
    """
    check_may_administer(actor, agency.id)
    check_area_fits(agency, cps_area)
    with writing(agency.id):
        unit, created = Unit.objects.get_or_create(agency=agency, name=name, defaults={"cps_area": cps_area, "reviews": reviews})
        if created:
            record(act=Act.ALTERATION, what="unit added", owners=(agency.id,), purpose=f"unit {unit.id}")
    return unit


def change_unit_details(
    *, actor: User | None, unit: Unit, name: str, cps_area: Agency | None = None, reviews: bool | None = None, seen: str = ""
) -> Unit:
    """Rename a unit, or give it another CPS Area. Its people and cases stay; no unit is ever removed, because cases name it.

    `reviews` says whether victims' requests for a review go to it; None leaves that as it is.

    Raises NotAllowed, Conflict when what the page showed (`seen`) has changed, NotPossible for a name that is taken.
    """
    check_may_administer(actor, unit.agency_id)
    check_area_fits(Agency.objects.get(pk=unit.agency_id), cps_area)
    with writing(unit.agency_id):
        unit = Unit.objects.select_for_update().get(pk=unit.pk)
        if seen and seen != unit_stamp(unit):
            raise Conflict(first_change(f"unit {unit.id}", unit.agency_id))
        unit.name, unit.cps_area = name, cps_area
        unit.reviews = unit.reviews if reviews is None else reviews
        try:
            with transaction.atomic():
                unit.save(update_fields=["name", "cps_area", "reviews"])
        except IntegrityError as error:
            raise NotPossible("Another unit of this agency has this name.", field="name") from error
        record(act=Act.ALTERATION, what="unit changed", owners=(unit.agency_id,), purpose=f"unit {unit.id}")
    return unit


def works_with_several_areas(agency: Agency) -> bool:
    """Say whether a force has no single CPS Area, so that its units name theirs."""
    return agency.kind == AgencyKind.POLICE and agency.cps_area_id is None


def check_area_fits(agency: Agency, cps_area: Agency | None) -> None:
    """Raise NotPossible, beside the field `cps_area`, for an Area where the force has one, or for what is no Area."""
    if cps_area is not None and not (works_with_several_areas(agency) and cps_area.kind == AgencyKind.CPS_AREA):
        raise NotPossible("Only a unit of a force that works with several CPS Areas names one.", field="cps_area")


def add_first_administrator(*, actor: User, agency: Agency, name: str, email: str, sign_in_url: str) -> User:
    """Give a support service its first administrator, who looks after its people from then on, and send word on commit.

    Any administrator may, as with adding the service; only for a support service in which there is nobody yet, so that no
    agency reaches into another. Raises NotAllowed, NotPossible.
    """
    if not actor.is_active or actor.role != Role.ADMINISTRATOR:
        raise NotAllowed("Only an administrator may name the first administrator of a support service.")
    if agency.kind != AgencyKind.SUPPORT:
        raise NotPossible("Only a support service gets its first administrator here.", field="agency")
    with writing(agency.id):
        Agency.objects.select_for_update().get(pk=agency.pk)
        if User.objects.filter(agency_id=agency.id).exists():
            raise NotPossible("This service has people already: its own administrator adds others.", field="agency")
        record(act=Act.ALTERATION, what="first administrator named", owners=(agency.id,), purpose=f"agency {agency.id}")
        with acting_as_system(reason="first administrator of a support service"):
            person = create_person(actor=None, agency=agency, name=name, role=Role.ADMINISTRATOR, email=email)
        transaction.on_commit(lambda: send_invitation(address=str(person.email), sign_in_url=sign_in_url), robust=True)
    return person
