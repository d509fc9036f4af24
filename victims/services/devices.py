"""Requests for a victim's device: written notice, agreement freely given, taken, due back, returned; refused or withdrawn at any time.

Police, Crime, Sentencing and Courts Act 2022, ss.37-44. Refusing or withdrawing needs no reason and is asked for none.
"""

from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from accounts.models import User
from cases import models as m
from cases.derive.clocks import Kind
from cases.services.changing import Changing, changing
from core import clock
from core.components import day_text
from core.exceptions import NotPossible
from victims import permissions
from victims.models import DeviceRequest
from victims.services.enquiry_gates import enquiry_about_the_victim, keep_in_step
from victims.services.identity import check_shown

LONGEST: Final = timedelta(days=92)
"""`[DESIGN]` How far ahead a device may be due back, and may be moved in one go."""
ASKED: Final = ("device", "scope", "reason", "necessary_because", "less_intrusive_means", "how_handled")
MISSING: Final = {
    "device": "Enter which device",
    "scope": "Enter what information is sought",
    "reason": "Enter the reason",
    "necessary_because": "Enter why it is necessary and proportionate",
    "less_intrusive_means": "Enter which less intrusive means you considered",
    "how_handled": "Enter how the information will be handled",
}


def ask_for_device(
    *,
    actor: User,
    case_id: UUID,
    complainant_id: UUID,
    device: str,
    scope: str,
    reason: str,
    necessary_because: str,
    less_intrusive_means: str,
    how_handled: str,
    enquiry_id: UUID,
    version: int | None = None,
) -> DeviceRequest:
    """Prepare a request for a device. Nothing is taken by it: notice and agreement come first.

    Raises NotAllowed for who is not shown identity, NotPossible (a text missing, an enquiry that is not about the victim
    or has ended), Conflict, Http404 for a complainant or an enquiry of another case.
    """
    texts = (device, scope, reason, necessary_because, less_intrusive_means, how_handled)
    given = {name: text.strip() for name, text in zip(ASKED, texts, strict=True)}
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.ASK_FOR_INFORMATION)
        complainant = change.get(m.Complainant, complainant_id)
        check_shown(change)
        enquiry = enquiry_about_the_victim(change, enquiry_id)
        for name, text in given.items():
            if not text:
                raise NotPossible(MISSING[name], field=name)
        row = change.add(DeviceRequest, complainant=complainant, line_of_enquiry=enquiry, **given)
        keep_in_step(change, enquiry)
        change.put_in_timeline("device_requested", complainant=complainant)
        return row


def give_device_notice(
    *, actor: User, case_id: UUID, device_request_id: UUID, given_at: datetime, version: int | None = None
) -> DeviceRequest:
    """Record that the written notice was given. Raises NotAllowed, NotPossible (stopped, given already, a time to come), Conflict."""
    with changing(case_id, actor=actor, version=version) as change:
        row = _row(change, device_request_id, needs_notice)
        change.not_in_future(given_at, field="given_at")
        return _write(change, row, "device_notice_given", at=given_at, notice_given_at=given_at)


def agree_device(
    *, actor: User, case_id: UUID, device_request_id: UUID, agreed_at: datetime, agreed_freely_because: str, version: int | None = None
) -> DeviceRequest:
    """Record that she or he agreed, freely: how it was made sure that nobody pressed.

    Raises NotAllowed, NotPossible (no notice, stopped, agreed already, a time to come or before the notice, not said how), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        row = _row(change, device_request_id, may_be_agreed)
        change.not_in_future(agreed_at, field="agreed_at")
        if row.notice_given_at is not None and agreed_at < row.notice_given_at:
            raise NotPossible("Enter a time after the notice was given", field="agreed_at")
        if not agreed_freely_because.strip():
            raise NotPossible("Enter how it was made sure that nobody pressed her or him", field="agreed_freely_because")
        return _write(change, row, "device_agreed", at=agreed_at, agreed_at=agreed_at, agreed_freely_because=agreed_freely_because.strip())


def refuse_device(
    *, actor: User, case_id: UUID, device_request_id: UUID, refused_at: datetime, version: int | None = None
) -> DeviceRequest:
    """Record that she or he refused, which stops the request and nothing else.

    Raises NotAllowed, NotPossible (stopped, agreed), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        row = _row(change, device_request_id, may_be_refused)
        change.not_in_future(refused_at, field="refused_at")
        return _write(change, row, "device_refused", at=refused_at, refused_at=refused_at)


def withdraw_device_agreement(
    *, actor: User, case_id: UUID, device_request_id: UUID, withdrawn_at: datetime, version: int | None = None
) -> DeviceRequest:
    """Record that she or he withdrew the agreement: nothing more is taken, and a device that was taken is due back that day.

    Raises NotAllowed, NotPossible (not agreed, withdrawn or returned already, a time to come or before agreeing), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        row = _row(change, device_request_id, agreement_may_be_withdrawn)
        change.not_in_future(withdrawn_at, field="withdrawn_at")
        if row.agreed_at is not None and withdrawn_at < row.agreed_at:
            raise NotPossible("Enter a time after she or he agreed", field="withdrawn_at")
        return _write(change, row, "device_agreement_withdrawn", at=withdrawn_at, withdrawn_at=withdrawn_at)


def take_device(
    *, actor: User, case_id: UUID, device_request_id: UUID, taken_at: datetime, due_back_on: date, version: int | None = None
) -> DeviceRequest:
    """Record that the device was taken, and the day on which it is back, as told to her or him.

    Raises NotAllowed, NotPossible (no agreement that stands, taken already, a time to come or before agreeing, a day
    before or too far ahead), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        row = _row(change, device_request_id, may_be_taken)
        change.not_in_future(taken_at, field="taken_at")
        if row.agreed_at is not None and taken_at < row.agreed_at:
            raise NotPossible("Enter a time after she or he agreed", field="taken_at")
        day = clock.london_day(taken_at)
        if not day <= due_back_on <= day + LONGEST:
            raise NotPossible(f"Enter a day within {LONGEST.days} days after the device was taken", field="due_back_on")
        return _write(change, row, "device_taken", at=taken_at, taken_at=taken_at, due_back_on=due_back_on)


def move_device_return(
    *, actor: User, case_id: UUID, device_request_id: UUID, moved_to: date, reason: str, told: bool, version: int | None = None
) -> m.DeadlineOverride:
    """Move the day on which a device is due back, with the reason, once she or he was told. Lateness counts from the first day.

    Raises NotAllowed, NotPossible (not taken, returned, agreement withdrawn, not told, no reason, a day passed or too far), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        row = _row(change, device_request_id, return_may_be_moved)
        today = clock.london_day(change.now)
        if not today < moved_to <= today + LONGEST:
            raise NotPossible(f"Enter a day after today, within {LONGEST.days} days", field="moved_to")
        if not reason.strip():
            raise NotPossible("Enter the reason", field="reason")
        if not told:
            raise NotPossible("First tell her or him, and agree the new day", field="told")
        change.put_in_timeline("device_return_moved", complainant=row.complainant, text=day_text(moved_to))
        return change.add(
            m.DeadlineOverride,
            kind=Kind.DEVICE_RETURN,
            subject_id=row.pk,
            sequence=0,
            moved_to=moved_to,
            reason=reason.strip(),
            at=change.now,
        )


def return_device(
    *, actor: User, case_id: UUID, device_request_id: UUID, returned_at: datetime, version: int | None = None
) -> DeviceRequest:
    """Record that she or he has the device back.

    Raises NotAllowed, NotPossible (not taken, returned, a time to come or before), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        row = _row(change, device_request_id, may_be_returned)
        change.not_in_future(returned_at, field="returned_at")
        if row.taken_at is not None and returned_at < row.taken_at:
            raise NotPossible("Enter a time after the device was taken", field="returned_at")
        return _write(change, row, "device_returned", at=returned_at, returned_at=returned_at)


def _row(change: Changing, key: UUID, policy: Any) -> DeviceRequest:
    change.allow(permissions.ASK_FOR_INFORMATION)
    row = change.get(DeviceRequest, key)
    policy(row)
    return row


def _write(change: Changing, row: DeviceRequest, verb: str, *, at: datetime, **facts: Any) -> DeviceRequest:
    for name, value in facts.items():
        setattr(row, name, value)
    row.save(update_fields=list(facts))
    keep_in_step(change, row.line_of_enquiry)
    change.put_in_timeline(verb, at=at, complainant=row.complainant)
    return row


def goes_on(row: DeviceRequest) -> None:
    """A policy: a refusal or a withdrawal stops the request. Raises NotPossible."""
    if row.refused_at is not None:
        raise NotPossible("She or he refused. That stops this request.")
    if row.withdrawn_at is not None:
        raise NotPossible("She or he withdrew the agreement. That stops this request.")


def needs_notice(row: DeviceRequest) -> None:
    """A policy: notice is given once. Raises NotPossible."""
    goes_on(row)
    if row.notice_given_at is not None:
        raise NotPossible("The notice was given already.")


def may_be_agreed(row: DeviceRequest) -> None:
    """A policy: notice comes before agreement. Raises NotPossible."""
    goes_on(row)
    if row.notice_given_at is None:
        raise NotPossible("First give the written notice.")
    if row.agreed_at is not None:
        raise NotPossible("She or he agreed already.")


def may_be_refused(row: DeviceRequest) -> None:
    """A policy: whoever agreed withdraws instead. Raises NotPossible."""
    goes_on(row)
    if row.agreed_at is not None:
        raise NotPossible("She or he agreed: record that the agreement is withdrawn.")


def agreement_may_be_withdrawn(row: DeviceRequest) -> None:
    """A policy: what was agreed is withdrawn until the device is back. Raises NotPossible."""
    goes_on(row)
    if row.agreed_at is None:
        raise NotPossible("She or he has not agreed: record a refusal.")
    if row.returned_at is not None:
        raise NotPossible("The device is back already.")


def may_be_taken(row: DeviceRequest) -> None:
    """A policy: agreement comes before taking. Raises NotPossible."""
    goes_on(row)
    if row.agreed_at is None:
        raise NotPossible("First notice and agreement.")
    if row.taken_at is not None:
        raise NotPossible("The device was taken already.")


def may_be_returned(row: DeviceRequest) -> None:
    """A policy: what was taken is returned once, whatever else happened. Raises NotPossible."""
    if row.taken_at is None:
        raise NotPossible("The device was not taken.")
    if row.returned_at is not None:
        raise NotPossible("The device is back already.")


def return_may_be_moved(row: DeviceRequest) -> None:
    """A policy: only while she or he still agrees. Raises NotPossible."""
    goes_on(row)
    may_be_returned(row)
