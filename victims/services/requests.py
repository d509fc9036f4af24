"""Requests to others for information about a victim: a draft is kept, and sent only when every gate of the law is passed.

Changing what is asked for after notice or approval takes both back: they were of something else. The line of enquiry's
gate in `cases` is kept in step, so that the case shows whether the conditions are met without knowing the request.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from accounts.models import User
from cases import models as m
from cases.services.changing import Changing, changing
from core import clock
from core.exceptions import NotPossible
from core.sealedfield import opening
from victims import permissions
from victims.models import InformationRequest
from victims.models.request import NoticeTo, RecordsOf
from victims.request_facts import PURPOSE, facts_of
from victims.request_gates import notice_in_time, open_gates
from victims.request_policies import asks_approval, is_draft, may_be_withdrawn, waits_for_answer
from victims.services.enquiry_gates import enquiry_about_the_victim, keep_in_step
from victims.services.identity import check_shown

IN_THE_NOTICE: Final = frozenset({"records", "holder", "wanted", "reasonable_because", "how_handled"})
"""What the notice tells her or him: changed, it has to be given again."""


def draft_request(
    *,
    actor: User,
    case_id: UUID,
    complainant_id: UUID,
    records: str,
    holder: str,
    wanted: str,
    enquiry_id: UUID,
    reasonable_because: str = "",
    holder_has_it_because: str = "",
    necessary_because: str = "",
    proportionate_because: str = "",
    less_intrusive_means: str = "",
    how_handled: str = "",
    substantial_probative_value: str = "",
    version: int | None = None,
) -> InformationRequest:
    """Keep a draft of a request. Nothing is needed yet but whose records, from whom and what.

    Raises NotAllowed for who is not shown identity, NotPossible (a text missing, an enquiry that is not about the victim
    or has ended), Conflict, Http404 for a complainant or an enquiry of another case.
    """
    given = _checked(
        records, holder, wanted, reasonable_because=reasonable_because, holder_has_it_because=holder_has_it_because,
        necessary_because=necessary_because, proportionate_because=proportionate_because, less_intrusive_means=less_intrusive_means,
        how_handled=how_handled, substantial_probative_value=substantial_probative_value,
    )  # fmt: skip
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.ASK_FOR_INFORMATION)
        complainant = change.get(m.Complainant, complainant_id)
        check_shown(change)
        enquiry = enquiry_about_the_victim(change, enquiry_id)
        row = change.add(InformationRequest, complainant=complainant, line_of_enquiry=enquiry, **given)
        keep_in_step(change, enquiry)
        change.put_in_timeline("information_request_drafted", complainant=complainant, text=row.get_records_display())
        return row


def change_request(
    *,
    actor: User,
    case_id: UUID,
    information_request_id: UUID,
    records: str,
    holder: str,
    wanted: str,
    enquiry_id: UUID,
    reasonable_because: str = "",
    holder_has_it_because: str = "",
    necessary_because: str = "",
    proportionate_because: str = "",
    less_intrusive_means: str = "",
    how_handled: str = "",
    substantial_probative_value: str = "",
    version: int | None = None,
) -> InformationRequest:
    """Change a draft. What the notice said, changed, takes the notice back; anything changed takes an approval back.

    Raises as `draft_request`, and NotPossible when it was sent or withdrawn, or nothing was changed.
    """
    given = _checked(
        records, holder, wanted, reasonable_because=reasonable_because, holder_has_it_because=holder_has_it_because,
        necessary_because=necessary_because, proportionate_because=proportionate_because, less_intrusive_means=less_intrusive_means,
        how_handled=how_handled, substantial_probative_value=substantial_probative_value,
    )  # fmt: skip
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.ASK_FOR_INFORMATION)
        row = change.get(InformationRequest, information_request_id)
        check_shown(change)
        is_draft(row)
        before, enquiry = row.line_of_enquiry, enquiry_about_the_victim(change, enquiry_id)
        _take(row, given, enquiry, actor)
        for one in {before.pk: before, enquiry.pk: enquiry}.values():
            keep_in_step(change, one)
        change.put_in_timeline("information_request_changed", complainant=row.complainant, text=row.get_records_display())
        return row


def _take(row: InformationRequest, given: dict[str, str], enquiry: m.LineOfEnquiry, actor: User) -> None:
    """Write what changed of a draft, and take back the notice and the approval of what it was before."""
    with opening(PURPOSE):
        changed = [name for name, value in given.items() if getattr(row, name) != value]
        if not changed and enquiry.pk == row.line_of_enquiry_id:
            raise NotPossible("Nothing was changed")
        for name in changed:
            setattr(row, name, given[name])
    row.line_of_enquiry, row.worded_by = enquiry, actor
    if IN_THE_NOTICE & set(changed):
        row.notice_to, row.notice_given_at, row.notice_withheld_because = "", None, ""
    row.approved_by, row.approved_at, row.approval_note = None, None, ""
    row.save()


def record_notice(
    *,
    actor: User,
    case_id: UUID,
    information_request_id: UUID,
    notice_to: str,
    given_at: datetime | None = None,
    withheld_because: str = "",
    version: int | None = None,
) -> InformationRequest:
    """Record the written notice: to whom and when, or that it is withheld and why.

    Raises NotAllowed, NotPossible (sent or withdrawn, nobody said, no time or one to come, no reason, both), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.ASK_FOR_INFORMATION)
        row = change.get(InformationRequest, information_request_id)
        check_shown(change)
        is_draft(row)
        if notice_to not in NoticeTo.values:
            raise NotPossible("Select who was given the notice", field="notice_to")
        withheld = notice_to == NoticeTo.WITHHELD
        _check_notice(change, withheld, given_at, withheld_because)
        row.notice_to, row.notice_given_at, row.notice_withheld_because = notice_to, given_at, withheld_because.strip()
        row.save()
        keep_in_step(change, row.line_of_enquiry)
        change.put_in_timeline("information_notice_recorded", at=given_at, complainant=row.complainant, text=row.get_notice_to_display())
        return row


def _check_notice(change: Changing, withheld: bool, given_at: datetime | None, because: str) -> None:
    if withheld:
        if given_at is not None:
            raise NotPossible("Leave this empty if no notice is given", field="given_at")
        if not because.strip():
            raise NotPossible("Enter why the notice is withheld", field="withheld_because")
        return
    if because.strip():
        raise NotPossible("Leave this empty if notice was given", field="withheld_because")
    if given_at is None:
        raise NotPossible("Enter when the notice was given", field="given_at")
    change.not_in_future(given_at, field="given_at")


def answer_request(
    *, actor: User, case_id: UUID, information_request_id: UUID, approve: bool, note: str = "", version: int | None = None
) -> InformationRequest:
    """Approve or refuse a request for counselling records. Refused, it stays a draft with the note.

    Raises NotAllowed, NotPossible (not for counselling, sent or withdrawn, one's own, presumption not rebutted, refused
    without a reason), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.APPROVE_REQUEST)
        row = change.get(InformationRequest, information_request_id)
        check_shown(change)
        asks_approval(row)
        if actor.pk in {row.created_by_id, row.worded_by_id}:
            raise NotPossible("You asked for this, or changed it last: another supervisor has to answer.")
        with opening(PURPOSE):
            rebutted = bool(row.substantial_probative_value)
        if approve and not rebutted:
            raise NotPossible("The request does not say yet why the presumption against is rebutted", field="approve")
        if not approve and not note.strip():
            raise NotPossible("Enter why you refuse", field="note")
        row.approved_by, row.approved_at, row.approval_note = actor, change.now if approve else None, note.strip()
        row.save()
        keep_in_step(change, row.line_of_enquiry)
        verb = "information_request_approved" if approve else "information_request_refused"
        change.put_in_timeline(verb, complainant=row.complainant, text=row.get_records_display())
        return row


def send_request(
    *, actor: User, case_id: UUID, information_request_id: UUID, sent_at: datetime, version: int | None = None
) -> InformationRequest:
    """Mark a request as sent. Impossible while a gate is open, and before the day of the notice.

    Raises NotAllowed, NotPossible (a gate open, sent or withdrawn, a time to come, before it was drafted or the notice
    was given), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.ASK_FOR_INFORMATION)
        row = change.get(InformationRequest, information_request_id)
        check_shown(change)
        is_draft(row)
        facts = facts_of(row)
        if missing := open_gates(facts):
            raise NotPossible(f"This cannot be sent yet. {missing[0].open}.")
        change.not_in_future(sent_at, field="sent_at")
        if not notice_in_time(facts, clock.london_day(sent_at)):
            raise NotPossible("Enter a time on or after the day of the notice", field="sent_at")
        if row.approved_at is not None and sent_at < row.approved_at.replace(second=0, microsecond=0):
            raise NotPossible("Enter a time after the approval", field="sent_at")
        row.sent_at = sent_at
        row.save(update_fields=["sent_at"])
        change.put_in_timeline("information_request_sent", at=sent_at, complainant=row.complainant, text=row.get_records_display())
        return row


def record_answer(
    *, actor: User, case_id: UUID, information_request_id: UUID, answered_at: datetime, version: int | None = None
) -> InformationRequest:
    """Record that the holder answered. Raises NotAllowed, NotPossible (not sent, answered already, a time to come or before), Conflict."""
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.ASK_FOR_INFORMATION)
        row = change.get(InformationRequest, information_request_id)
        waits_for_answer(row)
        change.not_in_future(answered_at, field="answered_at")
        if row.sent_at is not None and answered_at < row.sent_at:
            raise NotPossible("Enter a time after the request was sent", field="answered_at")
        row.answered_at = answered_at
        row.save(update_fields=["answered_at"])
        change.put_in_timeline("information_request_answered", at=answered_at, complainant=row.complainant, text=row.get_records_display())
        return row


def withdraw_request(*, actor: User, case_id: UUID, information_request_id: UUID, version: int | None = None) -> InformationRequest:
    """Withdraw a request, a draft or one that waits for its answer. Raises NotAllowed, NotPossible (answered, withdrawn), Conflict."""
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.ASK_FOR_INFORMATION)
        row = change.get(InformationRequest, information_request_id)
        may_be_withdrawn(row)
        row.withdrawn_at = change.now
        row.save(update_fields=["withdrawn_at"])
        keep_in_step(change, row.line_of_enquiry)
        change.put_in_timeline("information_request_withdrawn", complainant=row.complainant, text=row.get_records_display())
        return row


def _checked(records: str, holder: str, wanted: str, **texts: str) -> dict[str, str]:
    if records not in RecordsOf.values:
        raise NotPossible("Select what records are asked for", field="records")
    if not holder.strip():
        raise NotPossible("Enter who holds the information", field="holder")
    if not wanted.strip():
        raise NotPossible("Enter what is asked for", field="wanted")
    return {"records": records, "holder": holder.strip(), "wanted": wanted.strip()} | {name: text.strip() for name, text in texts.items()}
