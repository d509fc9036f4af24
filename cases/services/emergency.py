"""Emergency access ("break glass"): sight of a case of the own force, taken without being given it, and its review.

Design section 7: police, own force; a reason; 4 hours; a supervisor is told at once; an auditor reviews. The row is
written in the system scope, because no kind of user may write one for herself or himself.
"""

from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet
from django.http import Http404

import audit.services
from accounts.models import User
from accounts.roles import Role
from audit.acts import Act
from cases import models as m
from cases import permissions
from cases.services.changing import changing
from cases.sight import emergency_purpose
from core import clock
from core.components import london_text
from core.exceptions import Change, Conflict, NotPossible
from core.scope import scope, system
from notifications.services import tell

LASTS = timedelta(hours=4)
"""How long one use lasts (design section 7)."""
USES_A_DAY = 3
"""[DESIGN] More than this on one London day is no emergency of one person any more: a supervisor grants access."""
LOCK = 5_202_613
"""The first half of the advisory lock by which one person's uses stand in a queue."""
NO_SUCH_CASE = "There is no case of your force with this crime reference that can be opened. Check the reference."
"""The same words for no case, a closed-off duplicate, and one that this person may never see: exclusion is invisible."""


class SeesItAlready(NotPossible):
    """The person sees the case without any emergency; `case_id` says which."""

    def __init__(self, case_id: UUID) -> None:
        super().__init__("You see this case already.", field="crime_reference")
        self.case_id = case_id


def take_emergency_access(*, actor: User, crime_reference: str, reason: str) -> m.EmergencyAccess:
    """Let the actor see and work one case of the own force, restricted or not, for 4 hours from now.

    Ends by itself. Opens the auditor's clock, stands on the timeline (the reason does not: the CPS reads that), and tells
    the supervisors. Raises NotAllowed, SeesItAlready, and NotPossible: a fourth use on one day, or no case of this
    reference, in the same words for one that is merged, recorded in error, or that the actor is excluded from.
    """
    permissions.EMERGENCY.check(actor)
    reference = "".join(crime_reference.upper().split())
    with transaction.atomic():
        _one_at_a_time(actor)
        seen = _by_reference(reference, m.Case.objects.visible_to(actor)).values_list("pk", flat=True).first()
        if seen is not None:
            raise SeesItAlready(seen)
        with scope(system(actor.agency_id)):
            _check_uses(actor)
            return _take(actor, _find(actor, reference), reason)


def _one_at_a_time(actor: User) -> None:
    """Make a form sent twice wait for itself, so that one use is one and the day's limit holds."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, hashtext(%s))", [LOCK, str(actor.pk)])


def _by_reference(reference: str, rows: QuerySet[m.Case]) -> QuerySet[m.Case]:
    return rows.filter(crime_reference=reference, merged_into__isnull=True, recorded_in_error_at__isnull=True)


def _check_uses(actor: User) -> None:
    """Refuse a use beyond the day's limit. Raises NotPossible."""
    today = clock.day_start(clock.today())
    if m.EmergencyAccess.objects.filter(force_id=actor.agency_id, user=actor, created_at__gte=today).count() >= USES_A_DAY:
        raise NotPossible(f"You have used emergency access {USES_A_DAY} times today. Ask a supervisor to give you access to the case.")


def _find(actor: User, reference: str) -> m.Case:
    """Return the case, locked, in one query whatever there is. Raises NotPossible; what was asked for is kept as a hash in the log."""
    excluded = m.Exclusion.objects.filter(user=actor, lifted_at__isnull=True).values("case")
    rows = _by_reference(reference, m.Case.objects.filter(force_id=actor.agency_id)).exclude(pk__in=excluded)
    case = rows.select_for_update(of=("self",)).first()
    if case is None:
        audit.services.record(act=Act.CONSULTATION, what="emergency access, no case found", row_count=0, search_terms=reference)
        raise NotPossible(NO_SUCH_CASE, field="crime_reference")
    return case


def _take(actor: User, case: m.Case, reason: str) -> m.EmergencyAccess:
    with changing(case.pk, actor=actor, locked=case) as change:
        access = change.add(m.EmergencyAccess, user=actor, reason=reason, created_at=change.now, until=change.now + LASTS)
        change.put_in_timeline("emergency_access_taken", text=f"until {london_text(access.until)}")
    audit.services.record(
        act=Act.CONSULTATION,
        what="emergency access taken",
        case_ids=[case.pk],
        owners=[case.force_id],
        row_count=1,
        purpose=emergency_purpose(reason),
    )
    _tell(case, access, actor)
    return access


def _tell(case: m.Case, access: m.EmergencyAccess, actor: User) -> None:
    """Tell each supervisor once, in the same transaction."""
    for supervisor in supervisors_to_tell(case, actor):
        tell(user=supervisor, subject="emergency_access", key=str(access.pk), case_id=case.pk, done_by=actor)


def supervisors_to_tell(case: m.Case, actor: User) -> list[User]:
    """Return the case's inspectors and the supervisors of its unit, else those of the force; never the actor nor somebody excluded.

    Called in the system scope of the case's force.
    """
    excluded = m.Exclusion.objects.filter(case=case, lifted_at__isnull=True).values("user")
    people = (
        User.objects.filter(agency_id=case.force_id, is_active=True).exclude(pk=actor.pk).exclude(pk__in=excluded).order_by("name", "pk")
    )
    inspectors = m.CasePerson.objects.filter(case=case, role=m.CaseRole.INSPECTOR, until__isnull=True).values("user")
    supervisors = people.filter(role=Role.SUPERVISOR)
    near = {person.pk: person for person in people.filter(pk__in=inspectors)}
    if case.unit_id is not None:
        near |= {person.pk: person for person in supervisors.filter(unit_id=case.unit_id)}
    return list(near.values()) or list(supervisors)


def review_emergency_access(*, actor: User, access_id: UUID, answer: str, note: str) -> m.EmergencyReview:
    """Record an auditor's answer to one use, which meets the auditor's clock. The auditor sees no case by it.

    Called in the auditor's own scope, which row-level security keeps to the own force. Raises NotAllowed, Http404 for no
    use of this force, NotPossible for somebody's own use or no such answer, and Conflict with who reviewed it first.
    """
    permissions.REVIEW_EMERGENCY.check(actor)
    with transaction.atomic():
        access = m.EmergencyAccess.objects.filter(pk=access_id, force_id=actor.agency_id).first()
        if access is None:
            raise Http404
        _check_review(actor, access, answer)
        with scope(system(access.force_id)):
            case = m.Case.objects.select_for_update().get(pk=access.case_id)
        _check_first(access)
        with changing(case.pk, actor=actor, locked=case) as change:
            review = change.add(m.EmergencyReview, access=access, answer=answer, note=note)
            change.put_in_timeline("emergency_access_reviewed")
        return review


def _check_review(actor: User, access: m.EmergencyAccess, answer: str) -> None:
    if access.user_id == actor.pk:
        raise NotPossible("You cannot review your own emergency access. Ask another auditor.")
    if answer not in m.EmergencyReview.Answer.values:
        raise NotPossible("Select what you found", field="answer")


def _check_first(access: m.EmergencyAccess) -> None:
    """Refuse a second review: the case's lock has let the first one finish. Raises Conflict with who, what and when."""
    first = m.EmergencyReview.objects.filter(access=access).values_list("created_by__name", "answer", "created_at").first()
    if first is not None:
        raise Conflict(Change(who=first[0], what=f"reviewed it: {m.EmergencyReview.Answer(first[1]).label.lower()}", at=first[2]))
