"""What contact was agreed with a victim, and who is her or his contact after charge. Rows are only added; the latest stands."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Exists

from accounts.models import User
from cases import models as m
from cases.models.telling import Channel
from cases.selectors_to_plan import charged_of
from cases.services.changing import Changing, changing
from core import clock
from core.exceptions import NotPossible
from victims import permissions
from victims.derive.contact_rules import LONG_INTERVAL
from victims.models import ContactAgreement, ContactHandover
from victims.models.contact import AgreedBy
from victims.services.identity import check_shown

FEWEST, MOST = 1, 365
ROLE_OF: Final = {
    AgreedBy.OFFICER: m.CaseRole.OFFICER,
    AgreedBy.LIAISON: m.CaseRole.LIAISON,
    AgreedBy.WITNESS_CARE: m.CaseRole.WITNESS_CARE,
    AgreedBy.VICTIM_LIAISON: m.CaseRole.VICTIM_LIAISON,
}
"""Who can be her or his contact → the role that names the person on the case."""


def agree_contact(
    *,
    actor: User,
    case_id: UUID,
    complainant_id: UUID,
    interval_days: int | None,
    channel: str,
    by: str,
    starts_on: date,
    agreed_on: date,
    opted_out: bool = False,
    own_reason: str = "",
    version: int | None = None,
) -> ContactAgreement:
    """Record what was agreed: every 1 to 365 days, or that she or he opted out; more than 56 days and opting out say her reason.

    Raises NotAllowed, NotPossible beside the field, Conflict, Http404.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.AGREE_CONTACT)
        complainant = change.get(m.Complainant, complainant_id)
        check_shown(change)
        days = None if opted_out else interval_days
        _check_days(days, opted_out, own_reason)
        _check_ways(channel, by)
        _check_from(change, starts_on, agreed_on)
        row = change.add(
            ContactAgreement,
            complainant=complainant,
            interval_days=days,
            opted_out=opted_out,
            own_reason=own_reason.strip(),
            channel=channel,
            by=by,
            starts_on=starts_on,
            agreed_on=agreed_on,
        )
        words = "Opted out" if days is None else f"Every {days} day{'' if days == 1 else 's'}"
        change.put_in_timeline("contact_agreed", complainant=complainant, text=f"{words}. {row.get_by_display()}")
        return row


def _check_days(days: int | None, opted_out: bool, own_reason: str) -> None:
    if not opted_out and (days is None or not FEWEST <= days <= MOST):
        raise NotPossible(f"Enter a number of days from {FEWEST} to {MOST}", field="interval_days")
    if (days is None or days > LONG_INTERVAL) and not own_reason.strip():
        raise NotPossible(f"Enter her or his own reason for more than {LONG_INTERVAL} days, or for opting out", field="own_reason")


def _check_ways(channel: str, by: str) -> None:
    if channel not in ("", *Channel.values):
        raise NotPossible("Select how", field="channel")
    if by not in AgreedBy.values:
        raise NotPossible("Select who keeps in contact", field="by")


def _check_from(change: Changing, starts_on: date, agreed_on: date) -> None:
    """It was agreed in the past and begins within 56 days of that: a later beginning would be a longer interval unsaid."""
    _check_agreed(change, agreed_on)
    if not clock.london_day(change.case.recorded_at) <= starts_on <= agreed_on + timedelta(days=LONG_INTERVAL):
        raise NotPossible(f"Enter a day within {LONG_INTERVAL} days of the agreement", field="starts_on")


def _check_agreed(change: Changing, agreed_on: date) -> None:
    if not clock.london_day(change.case.recorded_at) <= agreed_on <= clock.london_day(change.now):
        raise NotPossible("Enter a day from the recording of the crime to today", field="agreed_on")


def hand_over_contact(
    *, actor: User, case_id: UUID, complainant_id: UUID, to: str, agreed_on: date, agreed_with_victim: bool, version: int | None = None
) -> ContactHandover:
    """Record who is the victim's contact after charge, agreed with her or him. Until then, and but for the CPS's officer, police owe it.

    Raises NotAllowed, NotPossible (nobody charged, nobody has that role, not agreed), Conflict, Http404.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.AGREE_CONTACT)
        complainant = change.get(m.Complainant, complainant_id)
        check_shown(change)
        after_charge(complainant)
        if not agreed_with_victim:
            raise NotPossible("Agree it with her or him first", field="agreed_with_victim")
        _check_agreed(change, agreed_on)
        person = named_for(change.case, to)
        row = change.add(ContactHandover, complainant=complainant, to=to, user=person, agreed_on=agreed_on, at=change.now)
        change.put_in_timeline("contact_handed_over", complainant=complainant, text=str(row.get_to_display()))
        return row


def after_charge(row: m.Complainant) -> None:
    """A policy: contact is handed over once a suspect whom her or his crimes name is charged. Lists say it beforehand as `charged`."""
    known = getattr(row, "charged", None)
    if known is None:
        known = m.Complainant.objects.filter(Exists(charged_of()), pk=row.pk).exists()
        row.charged = known  # type: ignore[attr-defined]
    if not known:
        raise NotPossible("Contact is handed over after a charge. Until then the police owe it.")


def named_for(case: m.Case, to: str) -> User:
    """Return who has the role on the case that a handover is to. Raises NotPossible for nobody, and for no such role."""
    if to not in ROLE_OF:
        raise NotPossible("Select who is her or his contact", field="to")
    role = ROLE_OF[AgreedBy(to)]
    row = m.CasePerson.objects.filter(case=case, role=role, until__isnull=True, user__is_active=True).select_related("user").first()
    if row is None:
        raise NotPossible(f"Nobody is {role.label!s} on this case. Name her or him first", field="to")
    person: User = row.user
    return person
