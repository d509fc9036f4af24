"""Who sees a case beyond the rule, and who must never see it. All of it by supervisors."""

from datetime import date, timedelta
from uuid import UUID

from accounts.models import Unit, User
from accounts.roles import WORKS_CASES_POLICE
from cases import models as m
from cases import permissions
from cases.services.changing import Changing, changing
from cases.services.roles import current, end
from core import clock
from core.exceptions import NotPossible
from core.words import inside

LONGEST_ACCESS = timedelta(days=366)


def grant_access(
    *,
    actor: User,
    case_id: UUID,
    purpose: str,
    until: date,
    user_id: UUID | None = None,
    unit_id: UUID | None = None,
    version: int | None = None,
) -> m.CaseAccess:
    """Let one person or one unit of the force see and work the case until the end of a day, for a purpose.

    Raises NotAllowed, NotPossible (neither or both named, another agency, somebody excluded, a day passed or more than
    a year away), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.RESTRICT)
        today = clock.today(change.now)
        if until < today:
            raise NotPossible("Enter today or a later day", field="until")
        if until > today + LONGEST_ACCESS:
            raise NotPossible("Enter a day within a year", field="until")
        person, unit = _holder(change.case, user_id, unit_id)
        row = change.add(m.CaseAccess, user=person, unit=unit, purpose=purpose, until=until)
        change.put_in_timeline("access_granted", text=f"{person or unit}, until {until.isoformat()}: {purpose}")
        return row


def _holder(case: m.Case, user_id: UUID | None, unit_id: UUID | None) -> tuple[User | None, Unit | None]:
    """Return the person or the unit, one of which must be named, of the case's own force."""
    if (user_id is None) == (unit_id is None):
        raise NotPossible("Choose a person or a unit, not both", field="user_id")
    if unit_id is not None:
        unit = Unit.objects.filter(pk=unit_id, agency_id=case.force_id).first()
        if unit is None:
            raise NotPossible("Choose a unit of this force", field="unit_id")
        return None, unit
    assert user_id is not None  # noqa: S101  one of the two is named
    person = User.objects.filter(pk=user_id, agency_id=case.force_id, is_active=True, role__in=WORKS_CASES_POLICE).first()
    if person is None:
        raise NotPossible("Choose somebody of this force who works cases", field="user_id")
    if standing_exclusion(case, person) is not None:
        raise NotPossible("This person cannot be given access to this case", field="user_id")
    return person, None


def revoke_access(*, actor: User, case_id: UUID, access_id: UUID, version: int | None = None) -> m.CaseAccess:
    """Take a widening away at once. Raises NotAllowed, NotPossible when it was taken away before, Conflict."""
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.RESTRICT)
        row = change.get(m.CaseAccess, access_id)
        if row.revoked_at is not None:
            raise NotPossible("This access was taken away already.")
        _revoke(change, row)
        return row


def _revoke(change: Changing, row: m.CaseAccess) -> None:
    row.revoked_at = change.now
    row.save(update_fields=["revoked_at"])
    holder = row.unit if row.unit_id else row.user
    change.put_in_timeline("access_revoked", text=str(holder))


def standing_exclusion(case: m.Case, person: User) -> m.Exclusion | None:
    """Return the exclusion of a person from a case that stands, if any."""
    return m.Exclusion.objects.filter(case=case, user=person, lifted_at__isnull=True).first()


def exclude(*, actor: User, case_id: UUID, user_id: UUID, reason: str, version: int | None = None) -> m.Exclusion:
    """Name a person of the force, or of the Area that holds the case, who must never see it. She or he loses sight at once.

    Above every grant and rank; roles and access of the person on this case end with it. It is not said on the timeline.
    Nobody excludes herself or himself: that would end the own sight of what follows, so a colleague decides it.
    Raises NotAllowed, NotPossible, Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.RESTRICT)
        case = change.case
        if user_id == actor.pk:
            raise NotPossible("You cannot exclude yourself. Ask another supervisor.", field="user_id")
        agencies = [case.force_id, *([case.cps_area_scope] if case.brought else [])]
        person = User.objects.filter(pk=user_id, agency_id__in=agencies).first()
        if person is None:
            raise NotPossible("Choose somebody of this force or of the CPS Area that has the case", field="user_id")
        if standing_exclusion(case, person) is not None:
            raise NotPossible("This person is excluded already", field="user_id")
        for role in current(case).filter(user=person):
            end(change, role)
        for access in m.CaseAccess.objects.filter(case=case, user=person, revoked_at__isnull=True):
            _revoke(change, access)
        return change.add(m.Exclusion, user=person, reason=reason)


def lift_exclusion(*, actor: User, case_id: UUID, exclusion_id: UUID, version: int | None = None) -> m.Exclusion:
    """Let an excluded person see the case again where the rule allows it. Roles do not come back by themselves.

    Raises NotAllowed, NotPossible when it was lifted before, Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.RESTRICT)
        row = change.get(m.Exclusion, exclusion_id)
        if row.lifted_at is not None:
            raise NotPossible("This exclusion was lifted already.")
        row.lifted_at = change.now
        row.save(update_fields=["lifted_at"])
        return row


def restrict(*, actor: User, case_id: UUID, because: str, version: int | None = None) -> m.Case:
    """Restrict the case to those who have a role on it or were given access. The supervisor keeps sight as its inspector.

    Raises NotAllowed, NotPossible when it is restricted already, or when somebody else is its inspector and this
    supervisor has no role or access of her or his own, Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.RESTRICT)
        if change.case.restricted:
            raise NotPossible("This case is restricted already.")
        change.case.restricted, change.case.restricted_because = True, because
        change.case.save(update_fields=["restricted", "restricted_because"])
        change.put_in_timeline("restricted", text=because)
        keep_sight(change, actor)
        return change.case


def keep_sight(change: Changing, actor: User) -> None:
    """Give the person a role on the case if she or he would lose sight of it by this very change.

    A supervisor becomes its inspector, a sergeant its sergeant, an investigator its second officer. Raises NotPossible
    when somebody else has that role.
    """
    if m.Case.objects.visible_to(actor).filter(pk=change.case.pk).exists():
        return
    role = {"supervisor": m.CaseRole.INSPECTOR, "sergeant": m.CaseRole.SERGEANT}.get(actor.role, m.CaseRole.SECOND_OFFICER)
    if current(change.case).filter(role=role).exists():
        raise NotPossible(f"You would no longer see this case. Take a role on it first, or ask its {inside(role.label)} to do this.")
    change.add(m.CasePerson, user=actor, role=role, since=change.now)
    change.put_in_timeline("person_assigned", text=f"{role.label}: {actor.name}")


def lift_restriction(*, actor: User, case_id: UUID, reason: str, version: int | None = None) -> m.Case:
    """Let everybody of the rule see the case again. Raises NotAllowed, NotPossible when it is not restricted, Conflict."""
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.RESTRICT)
        if not change.case.restricted:
            raise NotPossible("This case is not restricted.")
        change.case.restricted, change.case.restricted_because = False, ""
        change.case.save(update_fields=["restricted", "restricted_because"])
        change.put_in_timeline("restriction_lifted", text=reason)
        return change.case
