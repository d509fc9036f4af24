"""Cases that should not be there: recorded in error, or a duplicate of another. Nothing is deleted."""

from uuid import UUID

from django.db import transaction
from django.http import Http404

from accounts.models import User
from cases import blocks, permissions
from cases import models as m
from cases.derive.clocks import Kind
from cases.services.changing import changing, see
from cases.services.offers import no_standing_offer
from core.exceptions import NotPossible


def mark_recorded_in_error(*, actor: User, case_id: UUID, reason: str, version: int | None = None) -> m.Case:
    """Mark the case as recorded in error: its clocks end, and it takes no further changes. It stays, with the reason.

    Raises NotAllowed, NotPossible (merged or marked already, a suspect was charged, a suspect is with the CPS), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.SUPERVISE)
        case = change.case
        for suspect in change.facts().suspects:
            outcome = suspect.standing_outcome()
            if outcome is not None and outcome.code == 1:
                raise NotPossible("A suspect of this case was charged, so it was not recorded in error.")
        if m.CpsPosition.objects.filter(case=case, until__isnull=True).exists():
            raise NotPossible("A suspect is with the CPS or on an action plan. Settle that first.")
        blocks.check_leaving(case)
        no_standing_offer(case)
        case.recorded_in_error_at = change.now
        case.save(update_fields=["recorded_in_error_at"])
        change.put_in_timeline("recorded_in_error", text=reason)
        return case


def merge_into(*, actor: User, case_id: UUID, into_reference: str, reason: str, version: int | None = None) -> m.Case:
    """Merge a duplicate into another case of the force: its rows stay where they are, read-only, linked by the case.

    Both cases must be seen by the actor. Raises NotAllowed, NotPossible (no such case, a suspect with the CPS, an arrest
    still owed that the other case does not ask for), Conflict.
    """
    reference = into_reference.strip().upper()
    with transaction.atomic():
        if not m.Case.objects.visible_to(actor).filter(pk=case_id).exists():
            raise Http404
        permissions.SUPERVISE.check(actor)
        target_id = m.Case.objects.visible_to(actor).filter(crime_reference=reference).values_list("pk", flat=True).first()
        if target_id is None:
            raise NotPossible("There is no case of this reference that you see", field="into_reference")
        if target_id == case_id:
            raise NotPossible("A case cannot be merged into itself", field="into_reference")
        # Locked in the order of their keys, so that two people merging the same two cases cannot wait for each other.
        locked = {key: see(key, actor) for key in sorted((case_id, target_id))}
        with changing(target_id, actor=actor, locked=locked[target_id]) as target:
            target.allow(permissions.SUPERVISE)
            target.put_in_timeline("merged_here", text=f"{locked[case_id].crime_reference}: {reason}")
        with changing(case_id, actor=actor, version=version, locked=locked[case_id]) as change:
            change.allow(permissions.SUPERVISE)
            if m.CpsPosition.objects.filter(case=change.case, until__isnull=True).exists():
                raise NotPossible("A suspect is with the CPS or on an action plan. Settle that first.")
            blocks.check_leaving(change.case)
            no_standing_offer(change.case)
            _no_arrest_is_lost(change.case, target.case)
            change.case.merged_into = target.case
            change.case.save(update_fields=["merged_into"])
            change.put_in_timeline("merged", text=f"{target.case.crime_reference}: {reason}")
            return change.case


def _no_arrest_is_lost(duplicate: m.Case, into: m.Case) -> None:
    """Refuse a merge that makes an arrest still owed vanish: the other case must ask for it, and from no later first due date."""
    arrests = m.Deadline.objects.filter(kind=Kind.ARREST, cancelled=False)
    owed = arrests.filter(case=duplicate, met_at__isnull=True, ended_at__isnull=True)
    for suspect_id, due in owed.order_by("suspect__number").values_list("suspect_id", "first_due_on"):
        suspect = m.Suspect.objects.get(pk=suspect_id)
        same = m.Suspect.objects.filter(
            case=into, surname__iexact=suspect.surname, forenames__iexact=suspect.forenames, recorded_in_error_at__isnull=True
        )
        if not arrests.filter(case=into, suspect__in=same, first_due_on__lte=due).exists():
            raise NotPossible(
                f"An arrest of suspect {suspect.number} is still owed here. Put her or him on the other case first, "
                "due there no later than here",
                field="into_reference",
            )
