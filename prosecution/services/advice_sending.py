"""A request for early advice signed off: sent to the CPS, sent back to the officer, withdrawn, its refusal challenged."""

from uuid import UUID

from accounts.models import User
from cases.models.base import TEXT
from cases.services.changing import Changing, changing
from prosecution import permissions as p
from prosecution import policies_advice as policies
from prosecution.models import AdviceState as State
from prosecution.models import EarlyAdvice, RefusalChallenge, Submission, Triage
from prosecution.services import whom
from prosecution.services.advice import named, questions_of, said, suspects_of
from prosecution.services.submissions import share, submit, unshare_if_nothing_else, waiting
from prosecution.services.transfers import end_standing_offer


def send_advice(*, actor: User, case_id: UUID, early_advice_id: UUID, area_id: int | None = None, version: int | None = None) -> Submission:
    """Send a request to the CPS; the first thing sent shares the case with its Area. A sergeant may send what she or he drafted.

    Raises NotAllowed, NotPossible (not ready, a part missing, the Area to be named: beside `area_id`), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.SIGN_OFF)
        row = change.get(EarlyAdvice, early_advice_id)
        policies.may_be_sent(row)
        policies.check_complete(row, questions_of(row), suspects_of(row))
        share(change, area_id)
        row.state, row.first_submitted_at = State.SENT, row.first_submitted_at or change.now
        row.save(update_fields=["state", "first_submitted_at"])
        submission = submit(change, row)
        change.put_in_timeline("advice_sent", text=named(row))
        whom.tell_all(change, whom.managers(change.case.cps_area_scope), "advice_sent", row.pk)
        return submission


def return_advice_draft(*, actor: User, case_id: UUID, early_advice_id: UUID, reason: str, version: int | None = None) -> EarlyAdvice:
    """Send a request that waits for the sergeant back to the officer, with the reason.

    Raises NotAllowed, NotPossible (it does not wait for the sergeant, no reason), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.SIGN_OFF)
        row = change.get(EarlyAdvice, early_advice_id)
        policies.may_be_sent_back(row)
        row.state, row.sent_back_because = State.DRAFT, said(reason, "Enter why you send it back", "reason")
        row.save(update_fields=["state", "sent_back_because"])
        change.put_in_timeline("advice_sent_back", text=named(row))
        whom.tell_all(change, [*whom.officer(change), row.ready_by], "advice_sent_back", row.pk)
        return row


def withdraw_advice(*, actor: User, case_id: UUID, early_advice_id: UUID, reason: str, version: int | None = None) -> EarlyAdvice:
    """Withdraw a request. Before triage, and when nothing else is asked of the CPS, the Area no longer sees the case.

    Raises NotAllowed, NotPossible (advised or withdrawn already, or its refusal is challenged; no reason), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.WITHDRAW)
        row = change.get(EarlyAdvice, early_advice_id)
        policies.may_be_withdrawn(row)
        because = said(reason, "Enter why it is withdrawn", "reason")
        before, told = State(row.state), _told_of_withdrawal(change, row)
        row.state, row.ended_at = State.WITHDRAWN, change.now
        row.save(update_fields=["state", "ended_at"])
        if before == State.SENT:
            _take_back(change, row, because)
        verb = "advice_withdrawn" if row.first_submitted_at else "advice_draft_withdrawn"
        change.put_in_timeline(verb, text=f"{named(row)}: {because}"[:TEXT])
        if before == State.SENT and unshare_if_nothing_else(change, f"{named(row)} was withdrawn before triage"):
            end_standing_offer(change, "The police took the case back")
        whom.tell_all(change, told, "advice_withdrawn", row.pk)
        return row


def challenge_refusal(*, actor: User, case_id: UUID, early_advice_id: UUID, because: str, version: int | None = None) -> RefusalChallenge:
    """Challenge the refusal of a request, as an officer of inspector rank or above may (DG6 para 7.9).

    Raises NotAllowed, NotPossible (not refused, challenged already, no reason), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.CHALLENGE_REFUSAL)
        row = change.get(EarlyAdvice, early_advice_id)
        policies.may_be_challenged(row)
        challenge = change.add(
            RefusalChallenge, advice=row, because=said(because, "Enter why advice should be given", "because", longest=TEXT), at=change.now
        )
        row.state = State.CHALLENGED
        row.save(update_fields=["state"])
        change.put_in_timeline("advice_challenged", text=named(row))
        whom.tell_all(change, whom.managers(change.case.cps_area_scope), "advice_challenged", row.pk)
        return challenge


def _told_of_withdrawal(change: Changing, row: EarlyAdvice) -> list[User]:
    """Return who of the CPS had the request before her or him, found while the case is still theirs."""
    if row.state == State.SENT:
        return whom.managers(change.case.cps_area_scope)
    return [row.prosecutor] if row.state == State.ACCEPTED and row.prosecutor else []


def _take_back(change: Changing, row: EarlyAdvice, because: str) -> None:
    """Write that a submission was withdrawn before anybody triaged it: that is no triage, and never late."""
    submission = waiting(row)
    submission.triaged_at, submission.triaged_by_name = change.now, change.actor.name
    submission.triage, submission.note = Triage.WITHDRAWN, because
    submission.save(update_fields=["triaged_at", "triaged_by_name", "triage", "note"])
