"""A referral for a charging decision, as the police draft it, sign it off, send it, and take it back.

Sending it shares the case with its Area, lets each suspect stand with the CPS, and lets bail stand still (PACE s.47ZL).
Whatever brings it back to the police (a return, a withdrawal) takes the positions away and lets bail run again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Max

from accounts.agencies import CPS_DIRECT_ID
from accounts.models import User
from cases import models as m
from cases.services.changing import Changing, changing
from cases.services.sharing import area_for
from core.exceptions import NotPossible
from prosecution import permissions as p
from prosecution import states
from prosecution.models import Referral, ReferralState, ReviewType, Submission, Triage
from prosecution.policies_referral import may_be_changed, may_be_ready, may_be_sent, may_be_withdrawn, may_go_back
from prosecution.services import submissions
from prosecution.services.direct import end_notices, give_home, give_to_direct
from prosecution.services.downward import place, run_bail_again, suspend_bail
from prosecution.services.referral_file import check_complete, check_suspects, put_in, suspects_of
from prosecution.services.transfers import end_standing_offer
from prosecution.services.whom import holders, managers, officer, signs_off, tell_all

AREA, DIRECT = "area", "direct"
NOBODY_HELD: Final = "The referral is red and nobody in it is in custody. The CPS will ask what the priority is."


@dataclass(frozen=True, slots=True)
class Sent:
    """A referral that was sent, and what its sender should know."""

    referral: Referral
    warning: str = ""


def draft_referral(
    *,
    actor: User,
    case_id: UUID,
    suspects: Sequence[UUID],
    crimes: Sequence[UUID],
    review_type: str,
    reference: str = "",
    file_sent_on: date | None = None,
    summary: str = "",
    victim_views: str = "",
    victim_needs: str = "",
    version: int | None = None,
) -> Referral:
    """Begin a referral, kept as a draft with whatever is known. Only the police see to it before it is sent.

    Raises NotAllowed, NotPossible (a suspect with an outcome or in another open referral, no such review type), Conflict,
    Http404 for a suspect or a crime of another case.
    """
    texts = _texts(reference, summary, victim_views, victim_needs)
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(states.step(states.REFERRAL, None, ReferralState.DRAFT).permission or p.REFER)
        _check_type(review_type)
        people = check_suspects(change, suspects)
        named = [change.get(m.Offence, key) for key in dict.fromkeys(crimes)]
        last = Referral.objects.filter(case=change.case).aggregate(last=Max("number"))["last"] or 0
        referral = change.add(Referral, number=last + 1, review_type=review_type, file_sent_on=file_sent_on, **texts)
        put_in(change, referral, people, named)
        change.put_in_timeline("referral_drafted", text=_said(referral))
        return referral


def change_referral(
    *,
    actor: User,
    case_id: UUID,
    charging_referral_id: UUID,
    suspects: Sequence[UUID],
    crimes: Sequence[UUID],
    review_type: str,
    reference: str = "",
    file_sent_on: date | None = None,
    summary: str = "",
    victim_views: str = "",
    victim_needs: str = "",
    version: int | None = None,
) -> Referral:
    """Change a draft, or what triage returned. Who is not named is taken out, who is named is put in.

    Raises as `draft_referral`, and NotPossible when it was sent, or nothing was changed.
    """
    texts = _texts(reference, summary, victim_views, victim_needs)
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.REFER)
        referral = change.get(Referral, charging_referral_id)
        may_be_changed(referral)
        _check_type(review_type)
        people = check_suspects(change, suspects, referral)
        named = [change.get(m.Offence, key) for key in dict.fromkeys(crimes)]
        values: dict[str, Any] = {**texts, "review_type": review_type, "file_sent_on": file_sent_on}
        changed = [name for name, value in values.items() if getattr(referral, name) != value]
        if not put_in(change, referral, people, named) and not changed:
            raise NotPossible("Nothing was changed")
        for name in changed:
            setattr(referral, name, values[name])
        if changed:
            referral.save(update_fields=changed)
        change.put_in_timeline("referral_changed", text=_said(referral))
        return referral


def ready_referral(*, actor: User, case_id: UUID, charging_referral_id: UUID, version: int | None = None) -> Referral:
    """Mark a referral as ready for the supervisor. Impossible while anything is missing; the refusal names all of it.

    Raises NotAllowed, NotPossible (something missing, a suspect with an outcome or in another open referral), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.REFER)
        referral = change.get(Referral, charging_referral_id)
        may_be_ready(referral)
        check_complete(change, referral)
        referral.state, referral.ready_at, referral.ready_by, referral.sent_back_because = ReferralState.READY, change.now, actor, ""
        referral.save(update_fields=["state", "ready_at", "ready_by", "sent_back_because"])
        change.put_in_timeline("referral_ready", text=_said(referral))
        tell_all(change, signs_off(change), "referral_ready", referral.pk)
        return referral


def return_referral_draft(*, actor: User, case_id: UUID, charging_referral_id: UUID, reason: str, version: int | None = None) -> Referral:
    """Send what an officer marked as ready back as a draft. The reason stays with the police. Raises NotAllowed, NotPossible, Conflict."""
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.SIGN_OFF)
        referral = change.get(Referral, charging_referral_id)
        may_go_back(referral)
        if not reason.strip():
            raise NotPossible("Enter the reason", field="reason")
        referral.state, referral.sent_back_because = ReferralState.DRAFT, reason.strip()
        referral.save(update_fields=["state", "sent_back_because"])
        change.put_in_timeline("referral_sent_back", text=_said(referral))
        tell_all(change, [*officer(change), *([referral.ready_by] if referral.ready_by else [])], "referral_sent_back", referral.pk)
        return referral


def send_referral(
    *,
    actor: User,
    case_id: UUID,
    charging_referral_id: UUID,
    supervisor_comments: str,
    to: str = AREA,
    area_id: int | None = None,
    version: int | None = None,
) -> Sent:
    """Send a referral to the CPS: the Area, or CPS Direct for a red one. Sent again after a return it is the next submission.

    The first one shares the case with its Area (`area_id` where the force works with several). Each suspect stands with the
    CPS from now on and live bail stands still. Returns a warning for a red one with nobody in custody. Raises NotAllowed,
    NotPossible (not ready, something missing, no comments, a suspect with an outcome or in another open referral, an Area
    to be named, CPS Direct for one that is not red), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.SIGN_OFF)
        referral = change.get(Referral, charging_referral_id)
        may_be_sent(referral)
        if not supervisor_comments.strip():
            raise NotPossible("Enter your comments as supervisor", field="supervisor_comments")
        suspects = check_complete(change, referral)
        _bring(change, referral, to, area_id)
        red = referral.review_type == ReviewType.RED
        referral.state, referral.supervisor_comments = ReferralState.SENT, supervisor_comments.strip()
        submissions.submit(change, referral, red=red)
        referral.first_submitted_at = referral.first_submitted_at or change.now
        referral.save(update_fields=["state", "supervisor_comments", "first_submitted_at"])
        change.put_in_timeline("referral_sent", text=_said(referral))
        place(change, suspects, m.Position.WITH_CPS, at=change.now)
        facts = {one.id: one for one in change.facts().suspects}
        for suspect in suspects:
            suspend_bail(change, suspect, facts[suspect.pk], at=change.now)
        tell_all(change, managers(change.case.cps_area_scope), "referral_sent", referral.pk)
        held = any((arrest := facts[one.pk].latest_arrest()) is not None and arrest.in_custody for one in suspects)
        return Sent(referral, NOBODY_HELD if red and not held else "")


def _bring(change: Changing, referral: Referral, to: str, area_id: int | None) -> None:
    """Share the case where it is not shared yet; a red referral goes to CPS Direct where the sender says so, any other to the Area."""
    if to not in {AREA, DIRECT}:
        raise NotPossible("Select where it goes", field="to")
    if to == AREA:
        give_home(change, referral, "sent to the Area")
        if change.case.cps_area_scope == CPS_DIRECT_ID:
            raise NotPossible("Another red referral keeps the case with CPS Direct at present. Send this one when that comes back.")
        submissions.share(change, area_id)
        return
    if referral.review_type != ReviewType.RED:
        raise NotPossible("Only a red referral goes to CPS Direct", field="to")
    if referral.direct_since is not None:
        return
    home = _home_of(change) or area_for(change.case, area_id).pk
    end_standing_offer(change, "A red referral went to CPS Direct")
    give_to_direct(change, referral, home)
    change.put_in_timeline("referral_to_direct", text=_said(referral))


def _home_of(change: Changing) -> int:
    """Return the Area that has the case, or that it comes back to from CPS Direct; 0 where it is not shared yet."""
    if change.case.cps_area_scope != CPS_DIRECT_ID:
        return change.case.cps_area_scope
    there = Referral.objects.filter(case=change.case, direct_since__isnull=False).values_list("home_area_id", flat=True).first()
    return there or 0


def withdraw_referral(*, actor: User, case_id: UUID, charging_referral_id: UUID, reason: str, version: int | None = None) -> Referral:
    """Withdraw a referral before triage, or after a return. Bail runs again; the case is taken back when nothing else was asked.

    Raises NotAllowed, NotPossible (with a prosecutor or ended, no reason), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.WITHDRAW)
        referral = change.get(Referral, charging_referral_id)
        may_be_withdrawn(referral)
        if not reason.strip():
            raise NotPossible("Enter the reason", field="reason")
        was_sent = referral.state == ReferralState.SENT
        referral.state, referral.ended_at = ReferralState.WITHDRAWN, change.now
        referral.save(update_fields=["state", "ended_at"])
        verb = "referral_withdrawn" if referral.first_submitted_at else "referral_draft_withdrawn"
        change.put_in_timeline(verb, text=f"{_said(referral)}: {reason.strip()}")
        if was_sent:
            _take_back(change, referral, reason.strip())
        return referral


def _take_back(change: Changing, referral: Referral, reason: str) -> None:
    """Undo what sending did: submission, positions, bail; and sharing, where nothing else is asked of the CPS."""
    waiting: Submission = submissions.waiting(referral)
    submissions.triage(change, waiting, Triage.WITHDRAWN)
    back_to_police(change, referral)
    told = [*managers(change.case.cps_area_scope), *holders(change, m.CaseRole.PROSECUTOR)]
    tell_all(change, told, "referral_withdrawn", referral.pk)
    if submissions.unshare_if_nothing_else(change, reason):
        end_notices(change, referral)
        end_standing_offer(change, "The police took the case back")
        return
    give_home(change, referral, "withdrawn")


def back_to_police(change: Changing, referral: Referral) -> None:
    """Let the suspects of a referral stand with the CPS no longer, and their bail run again: the next move is the police's."""
    suspects = suspects_of(referral)
    place(change, suspects, None, at=change.now)
    facts = {one.id: one for one in change.facts().suspects}
    for suspect in suspects:
        if suspect.pk in facts and facts[suspect.pk].standing_outcome() is None:
            run_bail_again(change, suspect, facts[suspect.pk], at=change.now)


def _texts(reference: str, summary: str, victim_views: str, victim_needs: str) -> dict[str, str]:
    found = {"reference": reference, "summary": summary, "victim_views": victim_views, "victim_needs": victim_needs}
    return {name: text.strip() for name, text in found.items()}


def _check_type(review_type: str) -> None:
    if review_type not in ReviewType.values:
        raise NotPossible("Select how soon the CPS should review it", field="review_type")


def _said(referral: Referral) -> str:
    return f"Referral {referral.number}, {ReviewType(referral.review_type).label}"
