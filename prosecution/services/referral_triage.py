"""Triage of a referral: accepted with a prosecutor named, returned with coded reasons and a day, or rejected as red; and given to another.

Triage is by the Area's legal manager, or by CPS Direct for what is with it. Returned, the police have it: the suspects stand
with the CPS no longer and bail runs again until it is sent once more.
"""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from accounts.models import User
from cases.models.base import LINE
from cases.services.changing import changing
from core.exceptions import NotPossible
from prosecution import permissions as p
from prosecution.choosing import chosen
from prosecution.models import Referral, ReferralState, Triage
from prosecution.policies_referral import may_be_accepted, may_be_reallocated, may_be_returned, red_may_be_rejected
from prosecution.reasons import RED_REASONS, REFERRAL_REASONS
from prosecution.services import submissions
from prosecution.services.naming import name_prosecutor
from prosecution.services.referrals import back_to_police
from prosecution.services.submissions import Reason
from prosecution.services.whom import officer, tell_all


def accept_referral(
    *, actor: User, case_id: UUID, charging_referral_id: UUID, prosecutor_id: UUID, note: str = "", version: int | None = None
) -> Referral:
    """Accept a referral as compliant and name its prosecutor, who is the prosecutor of the case from now on.

    Raises NotAllowed, NotPossible (triaged already, somebody of another Area), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.TRIAGE)
        referral = change.get(Referral, charging_referral_id)
        may_be_accepted(referral)
        person = chosen(change.case, actor, prosecutor_id)
        submissions.triage(change, submissions.waiting(referral), Triage.ACCEPTED, note=note.strip())
        referral.state, referral.accepted_at, referral.prosecutor = ReferralState.ACCEPTED, change.now, person
        referral.save(update_fields=["state", "accepted_at", "prosecutor"])
        name_prosecutor(change, person)
        change.put_in_timeline("referral_accepted", text=f"Referral {referral.number}: {person.name}")
        tell_all(change, [person], "referral_assigned", referral.pk)
        tell_all(change, officer(change), "referral_accepted", referral.pk)
        return referral


def return_referral(
    *,
    actor: User,
    case_id: UUID,
    charging_referral_id: UUID,
    reasons: Sequence[Reason],
    respond_by: date | None,
    note: str = "",
    version: int | None = None,
) -> Referral:
    """Return a referral as not compliant with the file standard: coded reasons, and a day by which the police answer.

    A reason may say that it was present at the first submission already: it then counts against whoever returns it now. So
    does a return later than the triage target. Raises NotAllowed, NotPossible (triaged already, no reason, none of these,
    a detail that is too long, no day or one that has passed), Conflict.
    """
    return _give_back(actor, case_id, charging_referral_id, reasons, respond_by, note, version, outcome=Triage.RETURNED)


def reject_red(
    *,
    actor: User,
    case_id: UUID,
    charging_referral_id: UUID,
    reasons: Sequence[Reason],
    respond_by: date | None,
    note: str = "",
    version: int | None = None,
) -> Referral:
    """Reject a red referral: custody status to be checked, or too little to decide on. Raises as `return_referral`, and for one not red."""
    return _give_back(actor, case_id, charging_referral_id, reasons, respond_by, note, version, outcome=Triage.RED_REJECTED)


def _give_back(
    actor: User,
    case_id: UUID,
    key: UUID,
    reasons: Sequence[Reason],
    respond_by: date | None,
    note: str,
    version: int | None,
    *,
    outcome: Triage,
) -> Referral:
    red = outcome == Triage.RED_REJECTED
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.TRIAGE)
        referral = change.get(Referral, key)
        (red_may_be_rejected if red else may_be_returned)(referral)
        _check_reasons(reasons, RED_REASONS if red else REFERRAL_REASONS)
        submission = submissions.waiting(referral)
        submissions.triage(change, submission, outcome, respond_by=respond_by, note=note.strip(), reasons=reasons)
        referral.state = ReferralState.RETURNED
        referral.save(update_fields=["state"])
        words = ", ".join((RED_REASONS if red else REFERRAL_REASONS)[one.code] for one in reasons)
        verb = "referral_red_rejected" if red else "referral_returned"
        change.put_in_timeline(verb, text=f"Referral {referral.number}: {words}")
        back_to_police(change, referral)
        tell_all(change, officer(change), "referral_returned", referral.pk)
        return referral


def _check_reasons(reasons: Sequence[Reason], known: Collection[str]) -> None:
    if not reasons or any(one.code not in known for one in reasons):
        raise NotPossible("Select at least one reason", field="reasons")
    if len({one.code for one in reasons}) != len(reasons):
        raise NotPossible("Select each reason once", field="reasons")
    for one in reasons:
        if len(one.detail) > LINE:
            raise NotPossible(f"The detail must be {LINE} characters or fewer", field=f"{one.code}_detail")


def reallocate_referral(
    *, actor: User, case_id: UUID, charging_referral_id: UUID, prosecutor_id: UUID, reason: str, version: int | None = None
) -> Referral:
    """Give a referral that a prosecutor has to another of the Area. Raises NotAllowed, NotPossible (nobody has it, the same), Conflict."""
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.REALLOCATE)
        referral = change.get(Referral, charging_referral_id)
        may_be_reallocated(referral)
        person = chosen(change.case, actor, prosecutor_id)
        if person.pk == referral.prosecutor_id:
            raise NotPossible(f"{person.name} has this referral already", field="prosecutor_id")
        referral.prosecutor = person
        referral.save(update_fields=["prosecutor"])
        name_prosecutor(change, person)
        change.put_in_timeline("referral_reallocated", text=f"Referral {referral.number}: {person.name}. {reason}".strip())
        tell_all(change, [person], "referral_assigned", referral.pk)
        return referral
