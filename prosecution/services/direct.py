"""CPS Direct: a red referral goes there with its whole case, and comes back to the Area when it is decided or handed back.

Meanwhile the Area sees a notice, with the reference and since when, and nothing else of the case. The roles of the Area's
people end: whoever has none of the case in sight owes nothing on it. The Area names its people anew when it comes back.
"""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from accounts.agencies import CPS_DIRECT_ID
from accounts.models import Agency, User
from cases import models as m
from cases.derive.facts import CaseFacts
from cases.services.changing import Changing, changing
from cases.services.reconcile import keys_of
from cases.services.roles import current, end
from core import clock
from core.exceptions import NotPossible
from core.scope import scope, system
from notifications.services import tell
from prosecution import permissions as p
from prosecution.models import AreaNotice, AreaTransfer, Referral, ReferralState
from prosecution.policies_referral import may_go_to_direct, may_return_to_area
from prosecution.services.whom import barred_of, managers, tell_all

TRACKER: Final = "Case tracker"
ENDED: Final = frozenset({ReferralState.DECIDED, ReferralState.WITHDRAWN, ReferralState.FINALISED})


def move_to(change: Changing, area_id: int) -> None:
    """Let the case, and every row of it, be another Area's from here on. The roles of whoever leaves it end.

    The Area's own right ends with the move, so it is written in the system scope of the case's force; what the actor writes
    of her or his own comes before.
    """
    with scope(system(change.case.force_id)):
        for row in current(change.case).filter(role__in=m.CPS_CASE_ROLES):
            end(change, row)
        change.case.cps_area_scope = area_id
        change.case.save(update_fields=["cps_area_scope"])
    for event in change.timeline:
        event.cps_area_scope = area_id


def give_to_direct(change: Changing, referral: Referral, home_area_id: int) -> None:
    """Write on a referral that it is with CPS Direct, keep a notice for its Area, and move the case. Asks neither permission nor state."""
    if AreaTransfer.objects.filter(case=change.case, state=m.OfferState.OFFERED).exists():
        raise NotPossible("This case is offered to another Area. That offer has to be withdrawn first.")
    referral.direct_since, referral.home_area_id = change.now, home_area_id
    referral.save(update_fields=["direct_since", "home_area_id"])
    with scope(system(change.case.force_id)):
        AreaNotice(
            area_id=home_area_id,
            crime_reference=change.case.crime_reference,
            since=change.now,
            referral_key=referral.pk,
            not_for=barred_of(change.case, home_area_id),
        ).save(force_insert=True)
    move_to(change, CPS_DIRECT_ID)


def end_notices(change: Changing, referral: Referral) -> None:
    """End the notice that an Area keeps of a referral."""
    with scope(system(change.case.force_id)):
        AreaNotice.objects.filter(referral_key=referral.pk, until__isnull=True).update(until=change.now)


def give_home(change: Changing, referral: Referral, because: str) -> None:
    """Write that a referral is with CPS Direct no longer, and let the case be its Area's again, unless another one keeps it there."""
    home = referral.home_area_id
    if referral.direct_since is None or home is None:
        return
    referral.direct_since = None
    with scope(system(change.case.force_id)):
        Referral.objects.filter(pk=referral.pk).update(direct_since=None)
        stays = Referral.objects.filter(case=change.case, direct_since__isnull=False).exists()
    end_notices(change, referral)
    if stays or not change.case.brought:
        return
    move_to(change, home)
    change.put_in_timeline("referral_from_direct", text=f"{Agency.objects.get(pk=home).name}: {because}")
    tell_all(change, managers(home), "referral_from_direct", referral.pk)


def project(case: m.Case, facts: CaseFacts, found: Mapping[Any, Any]) -> None:
    """Let a case go home from CPS Direct by itself when nothing that brought it there is open any longer: decided, most often.

    Called in the system scope of the case's force, as a part of every reconcile; costs nothing for a case that is not there.
    Whoever of CPS Direct decided sees the case no longer from then on.
    """
    if case.cps_area_scope != CPS_DIRECT_ID:
        return
    rows = list(Referral.objects.filter(case=case, direct_since__isnull=False))
    home = rows[-1].home_area_id if rows else None
    if home is None or any(row.state not in ENDED for row in rows):
        return
    now = facts.as_of or clock.now()
    Referral.objects.filter(pk__in=[row.pk for row in rows]).update(direct_since=None)
    AreaNotice.objects.filter(referral_key__in=[row.pk for row in rows], until__isnull=True).update(until=now)
    current(case).filter(role__in=m.CPS_CASE_ROLES).update(until=now)
    case.cps_area_scope = home
    case.save(update_fields=["cps_area_scope"])
    m.TimelineEvent(
        **keys_of(case), kind="referral_from_direct", happened_at=now, actor_name=TRACKER, case_version=case.version,
        text=Agency.objects.values_list("name", flat=True).get(pk=home),
    ).save(force_insert=True)  # fmt: skip
    for person in managers(home):
        tell(user=person, subject="referral_from_direct", key=f"{rows[-1].pk}:{case.version}", case_id=case.pk)


def pass_to_direct(*, actor: User, case_id: UUID, charging_referral_id: UUID, reason: str, version: int | None = None) -> Referral:
    """Pass a red referral that waits for triage to CPS Direct. The Area keeps a notice and sees the case no longer.

    Raises NotAllowed, NotPossible (not red, triaged already, with CPS Direct already, offered to another Area), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.SEND_TO_DIRECT)
        referral = change.get(Referral, charging_referral_id)
        may_go_to_direct(referral)
        give_to_direct(change, referral, change.case.cps_area_scope)
        change.put_in_timeline("referral_to_direct", text=f"Referral {referral.number}: {reason}")
        tell_all(change, managers(change.case.cps_area_scope), "referral_sent", referral.pk)
        return referral


def return_to_area(*, actor: User, case_id: UUID, charging_referral_id: UUID, reason: str, version: int | None = None) -> Referral:
    """Give a referral back from CPS Direct to its Area, whoever has it there by then. Raises NotAllowed, NotPossible, Conflict."""
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.SEND_TO_DIRECT)
        referral = change.get(Referral, charging_referral_id)
        may_return_to_area(referral)
        give_home(change, referral, reason)
        return referral
