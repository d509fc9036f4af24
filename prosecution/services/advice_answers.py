"""Answers to the questions of a request for early advice: kept by the CPS for itself until they are given, all at once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from accounts.models import User
from cases.models.base import TEXT
from cases.services.changing import Changing, changing
from core.exceptions import NotPossible
from prosecution import permissions as p
from prosecution import policies_advice as policies
from prosecution.models import AdviceAnswer, AdviceQuestion, AdviceResult, EarlyAdvice
from prosecution.models import AdviceState as State
from prosecution.services import whom
from prosecution.services.advice import named, questions_of
from prosecution.services.quietly import quietly

EMPTY: Final = ""
KEPT_MEANWHILE: Final = (
    "Answers were kept meanwhile, by you in another window or by a colleague. What you typed is below: send it again to replace them."
)
Answers = Mapping[int, str]
"""Number of a question → its answer as typed; a question left out keeps what was kept of it."""


def keep_answers(
    *, actor: User, case_id: UUID, early_advice_id: UUID, answers: Answers, kept: str | None = None, version: int | None = None
) -> int:
    """Keep answers half done: nobody but the CPS learns that they are there. Returns how many questions have one now.

    `kept` is the stamp of what the form was made from (`stamp_of`); `version` is not compared, for nothing moves it.
    Raises NotAllowed, NotPossible (not with a prosecutor, somebody kept others meanwhile, too long, nothing changed).
    """
    with quietly(case_id, actor=actor, permission=p.ADVISE, what="answers to early advice kept") as change:
        row = change.get(EarlyAdvice, early_advice_id)
        policies.with_a_prosecutor(row)
        questions = questions_of(row)
        there = kept_of(row)
        if kept is not None and kept != stamp_of(there):
            raise NotPossible(KEPT_MEANWHILE)
        given = checked(questions, answers)
        if not _keep(change, questions, there, given):
            raise NotPossible("Nothing was changed")
        return AdviceAnswer.objects.filter(question__in=questions).exclude(text=EMPTY).count()


def give_advice(
    *,
    actor: User,
    case_id: UUID,
    early_advice_id: UUID,
    answers: Answers,
    result: str,
    advice: str = "",
    version: int | None = None,
) -> EarlyAdvice:
    """Give the advice: an answer to every question, and what it comes to. An action plan of the advice is set by itself.

    Raises NotAllowed, NotPossible (not with a prosecutor, advised already, a question without an answer: beside it; no result;
    no words where there is no realistic prospect), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.ADVISE)
        row = change.get(EarlyAdvice, early_advice_id)
        policies.may_be_advised(row)
        questions = questions_of(row)
        given = {one.question.number: one.text for one in kept_of(row).values()} | checked(questions, answers)
        for question in questions:
            if not given.get(question.number, EMPTY).strip():
                raise NotPossible(f"Answer question {question.number}", field=f"answer_{question.number}")
        if result not in AdviceResult.values:
            raise NotPossible("Select what the advice comes to", field="result")
        words = advice.strip()
        if len(words) > TEXT:
            raise NotPossible(f"Enter {TEXT} characters or fewer", field="advice")
        if result == AdviceResult.NO_PROSPECT and not words:
            raise NotPossible("Enter why there is no realistic prospect of conviction", field="advice")
        _give(change, questions, given)
        row.state, row.ended_at, row.result, row.advice = State.ADVISED, change.now, result, words
        row.save(update_fields=["state", "ended_at", "result", "advice"])
        change.put_in_timeline("advice_given", text=f"{named(row)}: {AdviceResult(result).label}")
        whom.tell_all(change, whom.officer(change), "advice_given", row.pk)
        return row


def kept_of(row: EarlyAdvice) -> dict[UUID, AdviceAnswer]:
    """Return what is kept of the answers, by question. Nothing in any scope but the CPS's."""
    rows = AdviceAnswer.objects.filter(question__advice=row).select_related("question", "created_by")
    return {one.question_id: one for one in rows}


def stamp_of(there: Mapping[UUID, AdviceAnswer]) -> str:
    """Return what says whether anything was kept since: the time of the latest, or "" for nothing."""
    latest: datetime | None = max((one.at for one in there.values()), default=None)
    return latest.isoformat() if latest else ""


def checked(questions: list[AdviceQuestion], answers: Answers) -> dict[int, str]:
    """Return answers to questions that are asked, stripped. Raises NotPossible beside one that is too long."""
    asked = {one.number for one in questions}
    found = {number: text.strip() for number, text in answers.items() if number in asked}
    for number, text in found.items():
        if len(text) > TEXT:
            raise NotPossible(f"An answer must be {TEXT} characters or fewer", field=f"answer_{number}")
    return found


def _keep(change: Changing, questions: list[AdviceQuestion], there: Mapping[UUID, AdviceAnswer], given: Mapping[int, str]) -> bool:
    """Write what differs from what is kept. Says whether anything did."""
    changed = False
    for question in questions:
        text, row = given.get(question.number), there.get(question.pk)
        if text is None or text == (row.text if row else EMPTY):
            continue
        if row is None:
            change.add(AdviceAnswer, question=question, text=text, at=change.now)
        else:
            row.text, row.at = text, change.now
            row.save(update_fields=["text", "at"])
        changed = True
    return changed


def _give(change: Changing, questions: list[AdviceQuestion], given: Mapping[int, str]) -> None:
    for question in questions:
        question.answer, question.answered_at = given[question.number].strip(), change.now
        question.save(update_fields=["answer", "answered_at"])
