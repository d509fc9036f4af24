"""Assessing what a victim needs. The latest assessment stands; what follows for the label goes down in the same transaction.

Victims' Code 2020, Right 4: every victim has her or his needs assessed. A victim of a sexual offence is entitled to
enhanced rights as a victim of the most serious crime.
"""

from collections.abc import Collection
from uuid import UUID

from accounts.models import User
from cases import models as m
from cases import permissions
from cases.services.changing import Changing, changing
from cases.services.complainants import write_needs
from core.exceptions import NotPossible
from core.sealedfield import opening
from victims.measures import INTERMEDIARY, MEASURES
from victims.models import NeedsAssessment
from victims.models.victim import Gender

REASON = "needs assessed again"


def assess_needs(
    *,
    actor: User,
    case_id: UUID,
    complainant_id: UUID,
    entitlement: str,
    enhanced_because: str = "",
    interpreter_language: str = "",
    intermediary: bool = False,
    special_measures: Collection[str] = (),
    interviewer_gender: str = "",
    communication: str = "",
    communication_ended: bool = False,
    told_therapy_need_not_wait: bool = False,
    version: int | None = None,
) -> NeedsAssessment:
    """Record an assessment, all of it as it is to stand; an empty `communication` keeps what was recorded before.

    Raises NotAllowed, NotPossible (not of the lists, enhanced without the reason), Conflict, Http404.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.INVESTIGATE)
        complainant = change.get(m.Complainant, complainant_id)
        _check(entitlement, enhanced_because, special_measures, interviewer_gender)
        measures = [key for key in MEASURES if key in set(special_measures)]
        intermediary = intermediary or INTERMEDIARY in measures
        kept = "" if communication_ended else communication or _communication(change, complainant)
        row = change.add(
            NeedsAssessment,
            complainant=complainant,
            assessed_at=change.now,
            enhanced_because=enhanced_because if entitlement == m.Entitlement.ENHANCED else "",
            interpreter_language=interpreter_language.strip(),
            intermediary=intermediary,
            special_measures=measures,
            interviewer_gender=interviewer_gender,
            communication=kept,
            told_therapy_need_not_wait=told_therapy_need_not_wait,
        )
        needs = {
            "needs_interpreter": bool(row.interpreter_language),
            "needs_intermediary": intermediary,
            "needs_special_measures": bool(measures),
        }
        changed = write_needs(change, complainant, {**needs, "entitlement": entitlement})
        change.put_in_timeline("needs_assessed", complainant=complainant, text=changed)
        return row


def _check(entitlement: str, because: str, measures: Collection[str], gender: str) -> None:
    if entitlement not in m.Entitlement.values:
        raise NotPossible("Select what she or he is entitled to", field="entitlement")
    if entitlement == m.Entitlement.ENHANCED and not because.strip():
        raise NotPossible("Enter why she or he is entitled to enhanced rights", field="enhanced_because")
    if not set(measures) <= MEASURES.keys():
        raise NotPossible("Select special measures of the list", field="special_measures")
    if gender not in Gender.values:
        raise NotPossible("Select who should interview her or him", field="interviewer_gender")


def _communication(change: Changing, complainant: m.Complainant) -> str:
    """Return what stands about communicating with her or him: it is copied into the new assessment and shown to nobody."""
    rows = NeedsAssessment.objects.filter(case=change.case, complainant=complainant).order_by("-assessed_at", "-created_at")
    row = rows.first()
    if row is None:
        return ""
    with opening(REASON):
        return row.communication
