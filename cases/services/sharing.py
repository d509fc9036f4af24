"""Bringing a case to the CPS and taking it back. Every row of the case follows, by the database's own cascade."""

from uuid import UUID

from accounts.models import Agency, Unit, User
from accounts.roles import AgencyKind
from cases import blocks, permissions
from cases import models as m
from cases.services.changing import changing
from cases.services.roles import current, end
from core.exceptions import NotPossible


def bring_to_area(*, actor: User, case_id: UUID, area_id: int | None = None, version: int | None = None) -> m.Case:
    """Bring the case to the CPS Area of its unit or force: its people see it at once, but for police notes.

    A force that works with several Areas (Metropolitan, City of London, British Transport Police) names the Area, unless
    the case's unit does. Raises NotAllowed, NotPossible, Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.SHARE)
        case = change.case
        if case.brought:
            raise NotPossible("This case has been brought to the CPS already.")
        area = area_for(case, area_id)
        # Saved before anything else is written: every later row of this change must carry the new Area already.
        case.cps_area_scope = area.pk
        case.save(update_fields=["cps_area_scope"])
        change.put_in_timeline("brought_to_area", text=area.name)
        return case


def mapped_area_id(case: m.Case) -> int | None:
    """Return the Area that the case's unit or force works with; None where it must be named."""
    unit_area = Unit.objects.values_list("cps_area_id", flat=True).filter(pk=case.unit_id).first() if case.unit_id else None
    return unit_area or Agency.objects.values_list("cps_area_id", flat=True).get(pk=case.force_id)


def area_for(case: m.Case, area_id: int | None) -> Agency:
    """Return the Area a case is brought to: that of its unit or force, else the one named. Raises NotPossible beside `area_id`."""
    mapped = mapped_area_id(case)
    if mapped is not None and area_id not in {None, mapped}:
        raise NotPossible("This unit or force works with another CPS Area", field="area_id")
    area = Agency.objects.filter(pk=mapped or area_id or 0, kind=AgencyKind.CPS_AREA).first()
    if area is None:
        raise NotPossible("Select the CPS Area", field="area_id")
    return area


def unshare(*, actor: User, case_id: UUID, reason: str, version: int | None = None) -> m.Case:
    """Take the case back from the CPS: the Area sees it no more, and its people's roles end.

    Raises NotAllowed, NotPossible (not brought, a suspect is with the CPS or on an action plan, something is asked of it), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.SHARE)
        case = change.case
        if not case.brought:
            raise NotPossible("This case has not been brought to the CPS.")
        if m.CpsPosition.objects.filter(case=case, until__isnull=True).exists():
            raise NotPossible("A suspect is with the CPS or on an action plan, so the case stays with the CPS.")
        blocks.check_leaving(case)
        for row in current(case).filter(role__in=m.CPS_CASE_ROLES):
            end(change, row)
        case.cps_area_scope = m.NOT_BROUGHT
        case.save(update_fields=["cps_area_scope"])
        for event in change.timeline:
            event.cps_area_scope = m.NOT_BROUGHT
        change.put_in_timeline("unshared", text=reason)
        return case
