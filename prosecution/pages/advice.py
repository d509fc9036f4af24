"""The page of a request for early advice: its parts, questions, sendings and figures, whose move it is, and its buttons."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from urllib.parse import quote, urlencode
from uuid import UUID

from django.http import Http404
from django.urls import reverse

from accounts.models import User
from cases import models as m
from cases.acts import On
from cases.back import PARAMETER
from cases.derive.due import DueWords, in_words
from cases.listing import is_cps
from cases.pages.buttons import Button, Buttons
from core import clock
from core.components import day_text
from prosecution import policies_advice as policies
from prosecution.models import AdviceAnswer, AdviceQuestion, EarlyAdvice, RefusalChallenge, Submission, Triage
from prosecution.models import AdviceState as State
from prosecution.pages.advice_figures import Figures, figures
from prosecution.pages.as_sent import as_sent_of, changed_by
from prosecution.reasons import ADVICE_REASONS, REFUSAL_REASONS
from prosecution.services.advice import questions_of, suspects_of
from prosecution.services.advice_answers import kept_of

COLOURS: Final = {
    State.DRAFT: "grey", State.READY: "blue", State.SENT: "blue", State.RETURNED: "orange", State.REFUSED: "red",
    State.CHALLENGED: "orange", State.ACCEPTED: "blue", State.ADVISED: "green", State.WITHDRAWN: "grey",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """One heading of the request, its text, and whether something is missing in it."""

    key: str
    heading: str
    text: str
    missing: bool


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question with its answer, or with what the CPS keeps of one: that is empty for the police, always."""

    number: int
    text: str
    answer: str
    kept: str


@dataclass(frozen=True, slots=True)
class Sending:
    """One time it was sent, and what triage made of it. `reasons`: words, detail, whether it was there the first time."""

    number: int
    at: datetime
    by: str
    triage: str
    triaged_at: datetime | None
    triaged_by: str
    respond_by: str
    note: str
    late: bool
    reasons: list[tuple[str, str, bool]]
    changed: str
    """What differs from the time before."""


@dataclass(frozen=True, slots=True)
class AdvicePage:
    """Everything the page shows."""

    row: EarlyAdvice
    state: str
    colour: str
    move: str
    suspects: list[m.Suspect]
    parts: list[Part]
    lacks: list[str]
    questions: list[AskedQuestion]
    sendings: list[Sending]
    challenges: list[RefusalChallenge]
    figures: Figures
    deadlines: list[DueWords]
    buttons: list[Button]
    sent_back: str
    """Why the sergeant sent it back: the police's own."""
    as_sent: datetime | None
    """When what the CPS sees here was sent; None where it stands as it was sent."""


def advice_or_404(user: User, key: UUID) -> EarlyAdvice:
    """Return a request of a case that this person sees, in one query. Raises Http404 for none, and for the CPS before it was sent."""
    rows = EarlyAdvice.objects.filter(pk=key, case__in=m.Case.objects.visible_to(user)).select_related("prosecutor", "ready_by")
    if is_cps(user):
        rows = rows.filter(first_submitted_at__isnull=False)
    row: EarlyAdvice | None = rows.first()
    if row is None:
        raise Http404
    if is_cps(user):
        row.state = policies.seen_by_the_cps(row)
    return row


def advice_page(case: m.Case, user: User, row: EarlyAdvice) -> AdvicePage:
    """Return the page for one reader who has been proved to see the case. Seven queries, whatever the request holds."""
    submissions = list(Submission.objects.filter(advice=row).order_by("number").prefetch_related("reasons"))
    sent = as_sent_of(submissions, cps=is_cps(user))
    if sent is not None:
        sent.put_on(row)
    suspects, questions = (sent.suspects(), sent.questions()) if sent else (suspects_of(row), questions_of(row))
    kept = kept_of(row) if is_cps(user) else {}
    challenges = list(RefusalChallenge.objects.filter(advice=row).order_by("at"))
    lacks = [] if is_cps(user) else policies.missing(row, questions, suspects)
    return AdvicePage(
        row=row,
        state=row.get_state_display(),
        colour=COLOURS[State(row.state)],
        move=_move(row, submissions),
        suspects=suspects,
        parts=[_part(row, name, heading, cps=is_cps(user)) for name, heading in policies.PARTS.items()],
        lacks=lacks if row.state in policies.UNSENT else [],
        questions=[_question(one, kept.get(one.pk)) for one in questions],
        sendings=[_sending(one, changed) for one, changed in zip(submissions, changed_by(submissions), strict=True)],
        challenges=challenges,
        figures=figures(row, submissions, challenges, clock.now()),
        deadlines=_deadlines(case, [row.pk, *(one.pk for one in submissions)]),
        buttons=_buttons(case, user, row, bool(lacks)),
        sent_back="" if is_cps(user) else row.sent_back_because,
        as_sent=sent.at if sent else None,
    )


def _part(row: EarlyAdvice, name: str, heading: str, *, cps: bool) -> Part:
    text = getattr(row, name)
    missing = not text or policies.SAY_WHAT in text or policies.SAY_WHEN in text
    return Part(name, heading, text, missing and not cps)


def _question(row: AdviceQuestion, kept: AdviceAnswer | None) -> AskedQuestion:
    return AskedQuestion(row.number, row.text, row.answer, kept.text if kept and not row.answer else "")


def _sending(row: Submission, changed: str) -> Sending:
    words = REFUSAL_REASONS if row.triage == Triage.REFUSED else ADVICE_REASONS
    given = {one.code: one for one in row.reasons.all()}
    return Sending(
        number=row.number,
        at=row.at,
        by=row.by_name,
        triage=row.get_triage_display() if row.triage else "Waiting for triage",
        triaged_at=row.triaged_at,
        triaged_by=row.triaged_by_name,
        respond_by=day_text(row.respond_by) if row.respond_by else "",
        note=row.note,
        late=row.late,
        reasons=[(words[code], given[code].detail, given[code].present_before) for code in words if code in given],
        changed=changed,
    )


def _move(row: EarlyAdvice, submissions: list[Submission]) -> str:
    """Say whose move it is."""
    respond_by = submissions[-1].respond_by if submissions else None
    words = {
        State.DRAFT: "Police: the officer, to complete it and mark it as ready",
        State.READY: "Police: the sergeant, to send it or send it back",
        State.SENT: "CPS: triage by the Area’s legal manager",
        State.RETURNED: "Police: the officer, to put it right" + (f", by {day_text(respond_by)}" if respond_by else ""),
        State.REFUSED: "Police: an inspector may challenge the refusal",
        State.CHALLENGED: "CPS: the Area’s legal manager answers the challenge",
        State.ACCEPTED: f"CPS: {row.prosecutor.name if row.prosecutor else 'a prosecutor'}, to answer",
    }
    return words.get(State(row.state), "Nobody: it has ended")


def _deadlines(case: m.Case, subjects: Iterable[UUID]) -> list[DueWords]:
    """Return the clocks of the request that run, in words."""
    rows = m.Deadline.objects.filter(case=case, subject_id__in=list(subjects), met_at__isnull=True, ended_at__isnull=True, cancelled=False)
    now = clock.now()
    return [in_words(one, now) for one in rows.order_by("due_at", "id")]


def _buttons(case: m.Case, user: User, row: EarlyAdvice, lacks: bool) -> list[Button]:
    """Return what this person may do with it, each coming back here. What cannot be sent yet has no button for it."""
    back = urlencode({PARAMETER: reverse("early_advice", args=[row.pk])}, quote_via=quote)
    left_out = {"ready-advice", "send-advice"} if lacks else set()
    offered = Buttons(case, user).offered(On.EARLY_ADVICE, row, row.pk)
    return [replace(one, href=f"{one.href}?{back}") for one in offered if one.slug not in left_out]
