"""The page of a referral for both sides: whose move it is, what it holds, the tick list, every submission, figures, and its buttons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from urllib.parse import quote, urlencode
from uuid import UUID

from django.db.models import Q
from django.http import Http404
from django.urls import reverse

from accounts.models import Agency, User
from cases import models as m
from cases.acts import On
from cases.back import PARAMETER
from cases.derive.clocks import Kind
from cases.derive.due import DueWords, in_words
from cases.derive.facts import SuspectFacts
from cases.derive.states import suspect_words
from cases.listing import is_cps
from cases.pages.buttons import Button, Buttons
from cases.selectors import facts_of
from core import clock
from core.components import day_text
from prosecution.acts.referral import LEAVES_SIGHT
from prosecution.models import ActionPlan, FileItem, FileItemCode, FileItemState, PlanState, Referral, ReferralState, Submission
from prosecution.pages.as_sent import as_sent_of, changed_by
from prosecution.pages.decision import DecisionLine, decisions_of
from prosecution.pages.referral_sendings import Figures, Sending, figures_of, sending_of
from prosecution.policies_referral import CHANGEABLE, seen_by_the_cps
from prosecution.referral_words import COLOURS, MOVES, bail_words, detention_words
from prosecution.services.referral_file import crimes_of, missing_of, suspects_of

CLOCKS: Final = (Kind.TRIAGE, Kind.RESUBMISSION, Kind.CHARGING_REVIEW)
DECIDING: Final = ("prepare-decision", "enter-direct-decision")
"""The acts on a suspect that a referral is about."""


@dataclass(frozen=True, slots=True)
class SuspectLine:
    """A suspect of the referral: where she or he stands, bail and detention as they are now, and when the CPS owes a decision."""

    number: int
    name: str
    standing: str
    bail: str
    detention: str
    due: DueWords | None
    decisions: Sequence[DecisionLine] = ()
    buttons: Sequence[Button] = ()


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item of the tick list."""

    label: str
    state: str
    colour: str
    because: str
    follows: str


@dataclass(frozen=True, slots=True)
class Text:
    """One heading of what was typed, to read and to copy for the MG3."""

    key: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class ReferralPage:
    """Everything the page shows."""

    row: Referral
    state: str
    colour: str
    move: str
    suspects: Sequence[SuspectLine]
    crimes: Sequence[str]
    needs: Sequence[str]
    texts: Sequence[Text]
    items: Sequence[ItemLine]
    missing: Sequence[str]
    sendings: Sequence[Sending]
    figures: Figures
    due: Sequence[DueWords]
    plans: Sequence[ActionPlan]
    direct: str
    sent_back: str
    buttons: Sequence[Button]
    as_sent: datetime | None
    """When what the CPS sees here was sent; None where it stands as it was sent."""


def referral_or_404(user: User, key: UUID) -> Referral:
    """Return a referral of a case this person sees. Raises Http404 for none, and for the CPS one that was never sent. One query."""
    rows = Referral.objects.filter(pk=key, case__in=m.Case.objects.visible_to(user)).select_related("prosecutor", "ready_by")
    row: Referral | None = rows.first()
    if row is None or (is_cps(user) and row.first_submitted_at is None):
        raise Http404
    if is_cps(user):
        row.state = seen_by_the_cps(row)
    return row


def referral_page(case: m.Case, user: User, row: Referral) -> ReferralPage:
    """Return the page for one reader who has been proved to see the case: a fixed number of queries, whatever it holds."""
    now = clock.now()
    facts = {one.id: one for one in facts_of(case).suspects}
    sendings = list(Submission.objects.filter(referral=row).order_by("number").prefetch_related("reasons"))
    sent = as_sent_of(sendings, cps=is_cps(user))
    if sent is not None:
        sent.put_on(row)
    suspects, crimes = (sent.suspects(), sent.crimes()) if sent else (suspects_of(row), crimes_of(row))
    items = {one.code: one for one in (sent.items() if sent else FileItem.objects.filter(referral=row))}
    running = _running(case, row, suspects, sendings)
    changes = row.state in CHANGEABLE and not is_cps(user)
    lacking = missing_of(row, suspects, crimes, items.values(), clock.today(now)) if changes else []
    return ReferralPage(
        row=row,
        state=str(ReferralState(row.state).label),
        colour=COLOURS[row.state],
        move=_move(row),
        suspects=_with_decisions(case, user, row, suspects, facts, [_suspect(one, facts.get(one.pk), running, now) for one in suspects]),
        crimes=[f"{one.code}, against Victim {one.complainant.label}" for one in crimes],
        needs=_needs(crimes),
        texts=_texts(row),
        items=[_item(code, items.get(code)) for code in FileItemCode],
        missing=lacking,
        sendings=[sending_of(one, changed) for one, changed in zip(sendings, changed_by(sendings), strict=True)],
        figures=figures_of(row, sendings, now),
        due=[in_words(one, now) for one in running if one.suspect_id is None],
        plans=_plans(user, row),
        direct=_direct(row),
        sent_back="" if is_cps(user) else row.sent_back_because,
        buttons=_buttons(case, user, row, bool(lacking)),
        as_sent=sent.at if sent else None,
    )


def _running(case: m.Case, row: Referral, suspects: Sequence[m.Suspect], sendings: Sequence[Submission]) -> list[m.Deadline]:
    """Return the clocks of this referral that run: triage, resubmission, and the review of each suspect."""
    about = Q(subject_id__in=[row.pk, *(one.pk for one in sendings)])
    reviews = Q(kind=Kind.CHARGING_REVIEW, suspect__in=[one.pk for one in suspects])
    rows = m.Deadline.objects.filter(
        about | reviews, case=case, kind__in=CLOCKS, met_at__isnull=True, ended_at__isnull=True, cancelled=False
    )
    return list(rows.order_by("due_at", "id"))


def _plans(user: User, row: Referral) -> list[ActionPlan]:
    """Return the action plans set on a referral; for the CPS the drafts too, but for those put aside."""
    rows = ActionPlan.objects.filter(referral_id=row.pk).exclude(state=PlanState.DISCARDED).order_by("number")
    return list(rows if is_cps(user) else rows.filter(set_at__isnull=False))


def _move(row: Referral) -> str:
    if row.state == ReferralState.SENT and row.direct_since is not None:
        return "CPS Direct: triage it"
    if row.state == ReferralState.ACCEPTED and row.prosecutor is not None:
        return f"The CPS: {row.prosecutor.name} decides, or sets an action plan"
    return MOVES[row.state]


def _direct(row: Referral) -> str:
    """Return the Area that a referral comes back to from CPS Direct; "" where it is with its Area. One query, only for these."""
    if row.direct_since is None or row.home_area_id is None:
        return ""
    return Agency.objects.get(pk=row.home_area_id).name


def _suspect(one: m.Suspect, facts: SuspectFacts | None, running: Sequence[m.Deadline], now: datetime) -> SuspectLine:
    due = next((in_words(row, now) for row in running if row.suspect_id == one.pk), None)
    standing = suspect_words(facts, now) if facts is not None else ""
    return SuspectLine(one.number, one.full_name, standing, bail_words(facts, now), detention_words(facts), due)


def _with_decisions(
    case: m.Case, user: User, row: Referral, suspects: Sequence[m.Suspect], facts: Mapping[UUID, SuspectFacts], lines: Sequence[SuspectLine]
) -> list[SuspectLine]:
    """Return the lines with what was decided on each suspect, what this reader's side prepares, and the way to decide."""
    back = urlencode({PARAMETER: f"{reverse('referral', args=[row.pk])}#suspects"}, quote_via=quote)
    decisions, buttons = decisions_of(case, user, [one.pk for one in suspects]), Buttons(case, user)
    return [
        replace(
            line,
            decisions=decisions.get(one.pk, ()),
            buttons=[
                replace(button, href=f"{button.href}?{back}")
                for button in buttons.offered(On.SUSPECT, facts[one.pk], one.pk, f"suspect {one.number}", among=DECIDING)
            ]
            if one.pk in facts
            else [],
        )
        for one, line in zip(suspects, lines, strict=True)
    ]


def _needs(crimes: Sequence[m.Offence]) -> list[str]:
    """Return what the record says of the victims' needs, beside what the officer wrote."""
    found = []
    for one in {crime.complainant.label: crime.complainant for crime in crimes}.values():
        said = [
            words
            for flag, words in (
                (one.needs_special_measures, "special measures"),
                (one.needs_intermediary, "an intermediary"),
                (one.needs_interpreter, "an interpreter"),
            )
            if flag
        ]
        found.append(f"Victim {one.label}: {', '.join(said) or 'no need on record'}")
    return found


def _texts(row: Referral) -> list[Text]:
    return [
        Text("summary", "Summary", row.summary),
        Text("views", "The victim’s views", row.victim_views),
        Text("needs", "What the victim needs", row.victim_needs),
        Text("comments", "Supervisor’s comments", row.supervisor_comments),
    ]


def _item(code: FileItemCode, row: FileItem | None) -> ItemLine:
    colours: Mapping[str, str] = {FileItemState.SENT: "green", FileItemState.NOT_APPLICABLE: "grey", FileItemState.TO_FOLLOW: "orange"}
    if row is None:
        return ItemLine(str(code.label), "Not said yet", "orange", "", "")
    follows = day_text(row.follows_on) if row.follows_on else ""
    return ItemLine(str(code.label), str(FileItemState(row.state).label), colours[row.state], row.because, follows)


def _buttons(case: m.Case, user: User, row: Referral, lacks: bool) -> list[Button]:
    """Return what this person may do with it; each comes back here where it is seen afterwards. What lacks something is not ready."""
    here = reverse("referral", args=[row.pk])
    back = urlencode({PARAMETER: here}, quote_via=quote)
    offered = Buttons(case, user, back=here).offered(On.CHARGING_REFERRAL, row, row.pk, f"referral {row.number}")
    return [
        one if one.own_page or one.slug in LEAVES_SIGHT else replace(one, href=f"{one.href}?{back}")
        for one in offered
        if not (lacks and one.slug == "ready-referral")
    ]
