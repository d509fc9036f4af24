"""A supervisor speaks with a victim who does not support the prosecution, or with the ISVA; or records why that was not possible.

Outcomes 14 and 16 ask for it (withdrawal_gate.py). It closes nothing by itself; and where she or he supports again in the talk,
that is a record of her or his own words, which opens again what had ended.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from accounts.models import User
from cases import models as m
from cases import permissions
from cases.models.base import LINE
from cases.models.telling import Channel, Pressure, Supports
from cases.models.withdrawal import WithdrawalReason, WithdrawalTalk
from cases.services.changing import Changing, changing
from cases.services.support import latest, record_in
from cases.services.withdrawal_gate import last_refusal, officers_since
from core import clock
from core.exceptions import NotPossible

With = WithdrawalTalk.With
ASKS_SAFETY = frozenset({WithdrawalReason.FEAR.value, WithdrawalReason.PRESSURE.value})


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk as typed. `supports`: what she or he says now, "" where nobody was spoken with; `words`: her or his own, if it is new."""

    spoke_with: str
    at: datetime
    how: str = ""
    not_because: str = ""
    supports: str = ""
    words: str = ""
    reasons: Sequence[str] = ()
    note: str = ""
    statement: bool = False
    statement_on: date | None = None


def record_talk(
    *,
    actor: User,
    case_id: UUID,
    complainant_id: UUID,
    spoke_with: str,
    at: datetime,
    how: str = "",
    not_because: str = "",
    supports: str = "",
    words: str = "",
    reasons: Sequence[str] = (),
    note: str = "",
    statement: bool = False,
    statement_on: date | None = None,
    version: int | None = None,
) -> WithdrawalTalk:
    """Record that a supervisor spoke with a victim or the ISVA after she or he said not to support the prosecution, or why not.

    Raises NotAllowed, Conflict, NotPossible (she or he did not say so, an own case, a time before that, nobody and no reason why,
    no answer, no reasons, a safety that nobody sees to, a statement without its day).
    """
    talk = Talk(spoke_with, at, how, not_because.strip(), supports, words.strip(), tuple(reasons), note.strip(), statement, statement_on)
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.WITHDRAWAL_TALK)
        complainant = change.get(m.Complainant, complainant_id)
        does_not_support(complainant)
        said = last_refusal(change.case, complainant.pk)
        assert said is not None  # noqa: S101  it is what she or he last said
        if actor.pk in officers_since(change.case, said.at):
            raise NotPossible("You are, or were since she or he said so, officer in this case. Another supervisor speaks with her or him.")
        _check_who(change, talk, said)
        _check_said(talk)
        _check_statement(change, talk)
        return _write(change, complainant, said, talk, actor)


def does_not_support(complainant: m.Complainant) -> None:
    """A policy: the talk is with whoever last said not to support the prosecution. Raises NotPossible."""
    if latest(complainant) != Supports.DOES_NOT:
        raise NotPossible("It is not on record that she or he does not support the prosecution.")


def _check_who(change: Changing, talk: Talk, said: m.SupportChange) -> None:
    if talk.spoke_with not in With.values:
        raise NotPossible("Select whom you spoke with", field="spoke_with")
    change.not_in_future(talk.at)
    if talk.at < said.at:
        raise NotPossible("Enter a time after she or he last said not to support the prosecution", field="at")
    if talk.spoke_with == With.NOBODY:
        if not talk.not_because:
            raise NotPossible("Enter why nobody was spoken with", field="not_because")
    elif talk.how not in Channel.values:
        raise NotPossible("Select how you spoke", field="how")


def _check_said(talk: Talk) -> None:
    if any(one not in WithdrawalReason.values for one in talk.reasons):
        raise NotPossible("Select reasons from the list", field="reasons")
    if ASKS_SAFETY & set(talk.reasons) and not talk.note:
        raise NotPossible("Enter what is done about her or his safety", field="note")
    if talk.spoke_with == With.NOBODY:
        if talk.supports not in {"", Supports.DOES_NOT}:
            raise NotPossible("Nobody was spoken with: leave out what she or he says now", field="supports")
        return
    if talk.supports not in Supports.values:
        raise NotPossible("Select what she or he says now", field="supports")
    if talk.supports == Supports.DOES_NOT and not talk.reasons:
        raise NotPossible("Select at least one reason, or “Did not want to say”", field="reasons")
    if talk.supports != Supports.DOES_NOT and not talk.words:
        raise NotPossible("Enter her or his own words", field="words")


def _check_statement(change: Changing, talk: Talk) -> None:
    if not talk.statement:
        return
    if talk.statement_on is None:
        raise NotPossible("Enter the day of the statement", field="statement_on")
    if talk.statement_on > clock.today(change.now):
        raise NotPossible("The day must be today or in the past", field="statement_on")
    if talk.statement_on < clock.london_day(change.case.recorded_at):
        raise NotPossible("Enter a day on or after the crime was recorded", field="statement_on")


def _write(change: Changing, complainant: m.Complainant, said: m.SupportChange, talk: Talk, actor: User) -> WithdrawalTalk:
    nobody = talk.spoke_with == With.NOBODY
    still_ends = nobody or talk.supports == Supports.DOES_NOT
    row = change.add(
        WithdrawalTalk,
        complainant=complainant,
        support_change=said,
        by=actor,
        at=talk.at,
        spoke_with=talk.spoke_with,
        not_because=talk.not_because if nobody else "",
        how="" if nobody else talk.how,
        still_ends=still_ends,
        statement=talk.statement,
        statement_on=talk.statement_on if talk.statement else None,
        stage=stage_when_said(change.case, said),
        reasons=list(dict.fromkeys(talk.reasons)),
        note=talk.note,
    )
    change.put_in_timeline("withdrawal_talk", at=talk.at, complainant=complainant, text=in_a_line(row))
    if not still_ends:
        row.new_words = _said_anew(change, complainant, talk, actor)  # type: ignore[attr-defined]
    return row


def _said_anew(change: Changing, complainant: m.Complainant, talk: Talk, actor: User) -> m.SupportChange:
    """Record what she or he says now in her or his own words, as any other time."""
    fears = bool(ASKS_SAFETY & set(talk.reasons))
    return record_in(
        change,
        complainant=complainant,
        supports=talk.supports,
        words=talk.words,
        told_to=actor.name,
        how=talk.how,
        at=talk.at,
        pressure=Pressure.YES if fears else Pressure.NOT_ASKED,
        safety_action=talk.note[:LINE] if fears else "",
    )


def stage_when_said(case: m.Case, said: m.SupportChange) -> str:
    """Return the stage of the case when it was recorded that she or he does not support the prosecution."""
    before = m.StatusChange.objects.filter(case=case, suspect__isnull=True, created_at__lte=said.created_at)
    return before.order_by("-sequence").values_list("to_state", flat=True).first() or case.stage


def in_a_line(row: WithdrawalTalk) -> str:
    """Return a talk in a line for the timeline: with whom, what came of it, and whether a statement was taken."""
    who = str(With(row.spoke_with).label)
    parts = [f"{who}. {row.not_because}" if row.not_because else who]
    parts.append("Support does not go on" if row.still_ends else "What she or he says now is recorded")
    parts.append("Statement taken" if row.statement else "No statement")
    return ". ".join(parts)


def recorded_in_words(row: WithdrawalTalk) -> str:
    """Return what is said when a talk is recorded."""
    if row.still_ends:
        return "Recorded. Contact and every duty to tell go on."
    if getattr(getattr(row, "new_words", None), "opened", 0):
        return "Recorded, with what she or he says now. What had ended is open again, at the stage it was left."
    return "Recorded, with what she or he says now."
