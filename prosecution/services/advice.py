"""A request for early advice on the side of the police: drafted, changed, ready for the sergeant, or why it is not sought.

A request may be kept with any part missing; it goes to the sergeant, and to the CPS, only when none is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from accounts.models import User
from cases import models as m
from cases.models.base import LINE, TEXT
from cases.services.changing import Changing, changing
from core.exceptions import NotPossible
from prosecution import permissions as p
from prosecution import policies_advice as policies
from prosecution import states
from prosecution.models import AdviceQuestion, AdviceSuspect, EarlyAdvice, EarlyAdviceNotSought, Method, NotSought
from prosecution.models import AdviceState as State
from prosecution.services import whom


@dataclass(frozen=True, slots=True)
class AdviceTexts:
    """What a request says, part by part. Empty is missing."""

    summary: str = ""
    enquiries_done: str = ""
    enquiries_going_on: str = ""
    enquiries_contemplated: str = ""
    issues: str = ""
    explanation: str = ""
    key_evidence: str = ""
    may_need_disclosing: str = ""
    support_needs: str = ""

    def stripped(self) -> dict[str, str]:
        """Return the texts by the names of their columns. Raises NotPossible for one that is too long."""
        found = {name: text.strip() for name, text in asdict(self).items()}
        for name, text in found.items():
            if len(text) > TEXT:
                raise NotPossible(f"{policies.PARTS[name]} must be {TEXT} characters or fewer", field=name)
        return found


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as typed: about whom, how, what it says and what it asks."""

    suspect_ids: Sequence[UUID] = ()
    method: str = Method.WRITTEN
    texts: AdviceTexts = field(default_factory=AdviceTexts)
    questions: Sequence[str] = ()


def none_is_begun(case: m.Case) -> None:
    """There is no request of a case that the police have still to send. Raises NotPossible, naming the one there is."""
    begun = EarlyAdvice.objects.filter(case=case, state__in=policies.UNSENT).first()
    if begun is not None:
        raise NotPossible(f"Request {begun.number} is not sent yet. Go on with that one, or withdraw it first.")


def draft_advice(*, actor: User, case_id: UUID, asked: Asked, version: int | None = None) -> EarlyAdvice:
    """Keep a draft of a request. Any part may be missing still.

    Raises NotAllowed, NotPossible (no suspect whose part is open, another draft or one that waits for the sergeant or was
    returned, more than ten questions), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.ASK_ADVICE)
        policies.may_be_asked(change.facts())
        states.step(states.ADVICE, None, State.DRAFT)
        texts, questions = asked.texts.stripped(), _questions(asked.questions)
        none_is_begun(change.case)
        last = EarlyAdvice.objects.filter(case=change.case).aggregate(last=Max("number"))["last"] or 0
        row = change.add(EarlyAdvice, number=last + 1, method=_method(asked.method), **texts)
        _put_suspects(change, row, asked.suspect_ids)
        _put_questions(change, row, questions)
        change.put_in_timeline("advice_drafted", text=named(row))
        return row


def change_advice(*, actor: User, case_id: UUID, early_advice_id: UUID, asked: Asked, version: int | None = None) -> EarlyAdvice:
    """Change a draft, or a request that was returned: suspects put in and taken out, texts, questions.

    Raises NotAllowed, NotPossible (it waits for somebody, it ended, nothing was changed, more than ten questions), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.ASK_ADVICE)
        row = change.get(EarlyAdvice, early_advice_id)
        policies.may_be_changed(row)
        given = {"method": _method(asked.method), **asked.texts.stripped()}
        questions = _questions(asked.questions)
        changed = [name for name, value in given.items() if getattr(row, name) != value]
        for name in changed:
            setattr(row, name, given[name])
        if changed:
            row.save(update_fields=changed)
        moved = _put_suspects(change, row, asked.suspect_ids)
        asked_anew = _put_questions(change, row, questions)
        if not (changed or moved or asked_anew):
            raise NotPossible("Nothing was changed")
        change.put_in_timeline("advice_changed", text=named(row))
        return row


def ready_advice(*, actor: User, case_id: UUID, early_advice_id: UUID, version: int | None = None) -> EarlyAdvice:
    """Mark a request as ready: the sergeant is told, and it stays as it is meanwhile.

    Raises NotAllowed, NotPossible (a part is missing: it says which; sent or ended already), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.ASK_ADVICE)
        row = change.get(EarlyAdvice, early_advice_id)
        policies.may_be_ready(row)
        policies.check_complete(row, questions_of(row), suspects_of(row))
        row.state, row.ready_at, row.ready_by, row.sent_back_because = State.READY, change.now, actor, ""
        row.save(update_fields=["state", "ready_at", "ready_by", "sent_back_because"])
        change.put_in_timeline("advice_ready", text=named(row))
        whom.tell_all(change, whom.sergeants(change), "advice_ready", row.pk)
        return row


def advice_not_sought(*, actor: User, case_id: UUID, reason: str, text: str, version: int | None = None) -> EarlyAdviceNotSought:
    """Record that early advice was considered and is not sought, and why.

    Raises NotAllowed, NotPossible (no suspect yet, no reason, no words, it is asked for already, this stands already), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.ASK_ADVICE)
        policies.may_be_asked(change.facts())
        if reason not in NotSought.values:
            raise NotPossible("Select why early advice is not sought", field="reason")
        words = said(text, "Enter why in your own words", "text")
        begun = EarlyAdvice.objects.filter(case=change.case, state__in=states.OPEN_ADVICE).first()
        if begun is not None:
            raise NotPossible(f"Request {begun.number} asks for it. Withdraw that one first.")
        last = EarlyAdviceNotSought.objects.filter(case=change.case).order_by("-at").first()
        if last is not None and (last.reason, last.text) == (reason, words):
            raise NotPossible("This is on record already. Nothing was changed.")
        row = change.add(EarlyAdviceNotSought, reason=reason, text=words, at=change.now)
        change.put_in_timeline("advice_not_sought", text=str(NotSought(reason).label))
        return row


def named(row: EarlyAdvice) -> str:
    """Return what the timeline calls a request: its number, and nothing of what it says."""
    return f"Request {row.number}"


def said(text: str, otherwise: str, name: str, *, longest: int = LINE) -> str:
    """Return a text that must be there, stripped. Raises NotPossible beside its field when it is empty or too long."""
    found = text.strip()
    if not found:
        raise NotPossible(otherwise, field=name)
    if len(found) > longest:
        raise NotPossible(f"Enter {longest} characters or fewer", field=name)
    return found


def questions_of(row: EarlyAdvice) -> list[AdviceQuestion]:
    """Return the questions that are asked now, in order."""
    return list(AdviceQuestion.objects.filter(advice=row, removed_at__isnull=True).order_by("number"))


def suspects_of(row: EarlyAdvice) -> list[m.Suspect]:
    """Return the suspects the request is about now; one recorded in error since is none."""
    rows = AdviceSuspect.objects.filter(advice=row, removed_at__isnull=True, suspect__recorded_in_error_at__isnull=True)
    return [one.suspect for one in rows.select_related("suspect").order_by("suspect__number")]


def _method(sent: str) -> str:
    if sent not in Method.values:
        raise NotPossible("Select how advice is asked for", field="method")
    return sent


def _questions(sent: Sequence[str]) -> list[str]:
    found = [text for text in (one.strip() for one in sent) if text]
    if len(found) > policies.QUESTIONS_AT_MOST:
        raise NotPossible(f"Ask {policies.QUESTIONS_AT_MOST} questions or fewer", field="questions")
    if any(len(text) > TEXT for text in found):
        raise NotPossible(f"A question must be {TEXT} characters or fewer", field="questions")
    return found


def _put_suspects(change: Changing, row: EarlyAdvice, keys: Sequence[UUID]) -> bool:
    """Let the request be about these suspects alone. Says whether that changed anything. Raises Http404 for none of this case's."""
    wanted: Mapping[UUID, m.Suspect] = {key: change.suspect(key)[0] for key in dict.fromkeys(keys)}
    there = {one.suspect_id: one for one in AdviceSuspect.objects.filter(advice=row)}
    changed = False
    for key, one in there.items():
        removed: datetime | None = None if key in wanted else (one.removed_at or change.now)
        if one.removed_at != removed:
            one.removed_at, changed = removed, True
            one.save(update_fields=["removed_at"])
    for key, suspect in wanted.items():
        if key not in there:
            change.add(AdviceSuspect, advice=row, suspect=suspect)
            changed = True
    return changed


def _put_questions(change: Changing, row: EarlyAdvice, texts: Sequence[str]) -> bool:
    """Let the request ask these questions, numbered from 1. Says whether that changed anything."""
    there = {one.number: one for one in AdviceQuestion.objects.filter(advice=row)}
    changed = False
    for number, text in enumerate(texts, start=1):
        one = there.pop(number, None)
        if one is None:
            change.add(AdviceQuestion, advice=row, number=number, text=text)
        elif one.text != text or one.removed_at is not None:
            one.text, one.removed_at = text, None
            one.save(update_fields=["text", "removed_at"])
        else:
            continue
        changed = True
    for one in there.values():
        if one.removed_at is None:
            one.removed_at, changed = change.now, True
            one.save(update_fields=["removed_at"])
    return changed
