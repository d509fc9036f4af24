"""Imported bail whose end had passed: "Bail date passed: what happened?", asked once of each."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import TextChoices

from accounts.models import User
from cases import models as m
from cases import policies
from cases.derive import pace
from cases.derive.bail_facts import BailFact
from cases.services.bails import bail_of, check_at, write_end
from cases.services.changing import Changing, changing
from cases.services.writing import write_bail_event
from core import clock
from core.exceptions import NotPossible


class PassedAnswer(TextChoices):
    """What happened when the date passed."""

    EXTENDED = "extended", "It was extended"
    ENDED = "ended", "It ended"
    STILL_ON_BAIL = "still_on_bail", "Still on bail: the date in the extract was wrong"


def answer_passed_bail(
    *,
    actor: User,
    case_id: UUID,
    bail_id: UUID,
    answer: str,
    at: datetime | None = None,
    until: date | None = None,
    authority: str = m.Authority.NOT_RECORDED,
    to: str = "",
    code: int | None = None,
    side: str = "",
    reasons: str = "",
    version: int | None = None,
) -> m.Bail:
    """Say what happened to imported bail whose end had passed: from here on its clock runs, or it has ended.

    Extended: when (`at`), by whom, until when. Ended: when, and what followed, an outcome in the same act. Still on bail:
    until when. Raises NotAllowed, NotPossible (answered already, an answer with parts missing or that cannot be), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        row, suspect, facts, fact = bail_of(change, bail_id)
        policies.passed_bail_is_asked(fact)
        if answer == PassedAnswer.ENDED:
            write_end(
                change, row, suspect, facts, at=_moment(change, fact, at), to=to, note="", outcome=(code, side, reasons), long_since=True
            )
        elif answer == PassedAnswer.EXTENDED:
            _extended(change, row, suspect, fact, _moment(change, fact, at), _day(fact, until), authority)
        elif answer == PassedAnswer.STILL_ON_BAIL:
            day = _day(fact, until)
            if day < clock.today(change.now):
                raise NotPossible("Enter a day that is still to come, or say that it ended or was extended", field="until")
            _extended(change, row, suspect, fact, change.now, day, m.Authority.NOT_RECORDED)
        else:
            raise NotPossible("Select what happened", field="answer")
        change.put_in_timeline("bail_answered", suspect=suspect, text=PassedAnswer(answer).label)
        return row


def _moment(change: Changing, fact: BailFact, at: datetime | None) -> datetime:
    if at is None:
        raise NotPossible("Enter when that was", field="at")
    check_at(change, fact, at)
    return at


def _day(fact: BailFact, until: date | None) -> date:
    if until is None:
        raise NotPossible("Enter the day bail ends", field="until")
    latest = pace.end_of(fact, pace.LONGEST_MONTHS)
    if not fact.ends_on() < until <= latest:
        raise NotPossible(f"Enter a day after {pace.in_words(fact.ends_on())} and not after {pace.in_words(latest)}", field="until")
    return until


def _extended(change: Changing, row: m.Bail, suspect: m.Suspect, fact: BailFact, at: datetime, until: date, authority: str) -> None:
    if authority not in m.Authority.values:
        raise NotPossible("Select who authorised it", field="authority")
    text = f"Until {pace.in_words(until)}"
    write_bail_event(change, row.pk, suspect, m.BailEventKind.EXTENDED, at=at, authority=authority, own_end_on=until, note=text)
