"""A suspect on the case page: where she or he stands, the clocks that run, what has happened, and bail."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from cases import models as m
from cases.acts import On
from cases.derive import pace
from cases.derive.clocks import Kind
from cases.derive.due import DueWords, in_words
from cases.derive.facts import BailFact, SuspectFacts
from cases.derive.states import SETTLED_STATUSES, Status, suspect_status, suspect_words
from cases.pages.buttons import Button, Buttons
from cases.pages.rows import Happened, Rows
from core import clock
from core.components import day_text, london_text

COLOURS: dict[Status, str] = {
    Status.IN_CUSTODY: "purple",
    Status.ON_BAIL: "blue",
    Status.BAIL_LAPSED: "red",
    Status.BAIL_PASSED_NOT_KNOWN: "red",
    Status.WANTED: "orange",
    Status.IDENTIFIED: "yellow",
    Status.WITH_CPS: "teal",
    Status.ACTION_PLAN: "teal",
}

ORDER = (
    "record-arrest", "record-attempt", "plan-arrest", "record-release", "enter-detention", "extend-detention", "record-interview",
    "grant-bail",
    "propose-no-arrest", "record-delay", "begin-situation", "end-situation", "review-suspect",
    "record-outcome", "suspect-told", "record-hearing", "reopen",
    "correct-suspect",
    "mark-suspect-in-error",
)  # fmt: skip
"""The acts on a suspect in the order in which they stand on the page; any other follows them."""


PLANS: dict[m.PlannedArrest.State, str] = {
    m.PlannedArrest.State.PLANNED: "Arrest planned",
    m.PlannedArrest.State.MADE: "Planned arrest made",
    m.PlannedArrest.State.MOVED: "Planned arrest moved",
    m.PlannedArrest.State.CANCELLED: "Planned arrest cancelled",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened: what, when, the words about it, who wrote it down."""

    what: str
    when: str
    text: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class BailCard:
    """A grant of bail."""

    ends: str
    ended: bool
    authority: str
    days_used: int
    next_authority: str
    conditions: str
    views_sought: bool
    events: list[Entry]
    buttons: list[Button]
    suspended: bool


@dataclass(frozen=True, slots=True)
class SuspectCard:
    """A suspect."""

    id: UUID
    number: int
    name: str
    row: m.Suspect
    relationship: str
    status: str
    colour: str
    settled: bool
    clocks: list[DueWords]
    paused: list[DueWords]
    delay: str
    history: list[Entry]
    bails: list[BailCard]
    buttons: list[Button]
    plans: list[tuple[Entry, list[Button]]] = field(default_factory=list)


def suspect_cards(rows: Rows, facts: dict[UUID, SuspectFacts], buttons: Buttons, now: datetime) -> list[SuspectCard]:
    """Return the suspects in their order."""
    return [_card(rows, suspect, facts[suspect.pk], buttons, now) for suspect in rows.suspects]


def _card(rows: Rows, suspect: m.Suspect, facts: SuspectFacts, buttons: Buttons, now: datetime) -> SuspectCard:
    status = suspect_status(facts, now)
    mine = [row for row in rows.happened if row.suspect_id == suspect.pk]
    deadlines = [row for row in rows.deadlines if row.suspect_id == suspect.pk]
    delays = [row for row in mine if row.source == "ArrestDelay"]
    owed = any(row.kind == Kind.ARREST for row in deadlines)
    about = f"suspect {suspect.number}"
    return SuspectCard(
        id=suspect.pk,
        number=suspect.number,
        name=suspect.full_name,
        row=suspect,
        relationship=str(m.Relationship(suspect.relationship).label) if suspect.relationship in m.Relationship else "Not known",
        status=suspect_words(facts, now),
        colour=COLOURS.get(status, "grey"),
        settled=status in SETTLED_STATUSES,
        clocks=[in_words(row, now) for row in deadlines if row.paused_since is None],
        paused=[in_words(row, now) for row in deadlines if row.paused_since is not None],
        delay=_text(m.DelayReason(delays[-1].code).label, delays[-1].more, delays[-1].text) if delays and owed else "",
        history=[ENTRIES[row.source](row) for row in reversed(mine) if row.source in ENTRIES and not _still_planned(row)],
        bails=[_bail(rows, bail, facts, buttons, now, about) for bail in reversed(rows.bails) if bail.suspect_id == suspect.pk],
        buttons=sorted(buttons.offered(On.SUSPECT, facts, suspect.pk, about), key=_place),
        plans=[(_plan(row), _plan_buttons(row, buttons, about)) for row in mine if _still_planned(row)],
    )


def _place(button: Button) -> int:
    return ORDER.index(button.slug) if button.slug in ORDER else len(ORDER)


def _still_planned(row: Happened) -> bool:
    return row.source == "PlannedArrest" and row.code == m.PlannedArrest.State.PLANNED


def _plan_buttons(row: Happened, buttons: Buttons, about: str) -> list[Button]:
    """A planned arrest has no facts but its row; the policies of its acts read only the state."""
    return buttons.offered(On.PLAN, m.PlannedArrest(id=row.id, planned_for=row.at, state=row.code), row.id, about)


def _bail(rows: Rows, bail: m.Bail, facts: SuspectFacts, buttons: Buttons, now: datetime, about: str) -> BailCard:
    fact = next(one for one in facts.bails if one.id == bail.pk)
    events = [row for row in rows.bail_events if row.bail_id == bail.pk]
    authority = next((row.authority for row in reversed(events) if row.kind == m.BailEventKind.EXTENDED and row.authority), bail.authority)
    return BailCard(
        ends=_bail_ends(fact),
        ended=fact.ended is not None,
        authority=str(m.Authority(authority).label),
        days_used=fact.days_used(now),
        next_authority="" if fact.ended else _next_authority(fact),
        conditions=bail.conditions,
        views_sought=bail.victim_views_sought,
        events=[_bail_event(row) for row in reversed(events)],
        buttons=buttons.offered(On.BAIL, fact, bail.pk, f"{about}, bail from {day_text(clock.london_day(bail.granted_at))}"),
        suspended=fact.suspended_since is not None,
    )


def _next_authority(fact: BailFact) -> str:
    step = pace.next_step(fact)
    return f"It can be extended to {step.words} (PACE {step.source})" if step else "The law knows no longer bail before charge"


def _bail_ends(fact: BailFact) -> str:
    if fact.ended is not None:
        return f"Ended {london_text(fact.ended.at)}: {m.EndedTo(fact.ended.ended_to).label.lower()}"
    if fact.passed_not_known:
        return f"Its date, {day_text(fact.ends_on())}, had passed when it was imported: what happened is not known"
    if fact.suspended_since is not None:
        return f"Stands still since {london_text(fact.suspended_since)}, while with the CPS (PACE s.47ZL)"
    return f"Ends on {day_text(fact.ends_on())}"


def _bail_event(row: m.BailEvent) -> Entry:
    if row.kind == m.BailEventKind.EXTENDED and row.note:  # the note says until when, to how many months and by whom
        said = f"The suspect or solicitor: {row.representations}" if row.representations else ""
        return Entry(str(m.BailEventKind.EXTENDED.label), london_text(row.at), _text(row.note, said))
    months = f"To {row.months} months" if row.months else ""
    until = f"Until {day_text(row.own_end_on)}" if row.own_end_on else ""
    by = m.Authority(row.authority).label if row.authority else ""
    ended = m.EndedTo(row.ended_to).label if row.ended_to else ""
    return Entry(str(m.BailEventKind(row.kind).label), london_text(row.at), _text(months, until, by, ended, row.representations, row.note))


def _text(*parts: object) -> str:
    """Join what is not empty."""
    return ". ".join(str(part).rstrip(".") for part in parts if part)


def _arrest(row: Happened) -> Entry:
    if row.code == m.ReleasedTo.CHARGED:
        release = f"Charged from custody {london_text(row.until)}"
    elif row.until is not None:
        release = f"Released {london_text(row.until)}: {m.ReleasedTo(row.code).label.lower()}"
    else:
        release = "Release not recorded in the extract" if row.imported else "In custody"
    detention = f"Detention clock: {row.number} hours from {london_text(row.began)}" if row.number else ""
    return Entry("Arrested", london_text(row.at), _text(release, detention, row.text), row.by or "")


def _interview(row: Happened) -> Entry:
    return Entry(
        "Interviewed under caution", london_text(row.at), _text(m.InterviewManner(row.code).label, row.more, row.text), row.by or ""
    )


def _decision(row: Happened) -> Entry:
    answer = str(m.ArrestDecision.Answer(row.code).label)
    answered = f"{answer} by {row.other}, {london_text(row.until)}" if row.until else answer
    return Entry("Decision not to arrest", london_text(row.at), _text(row.text, answered, row.more), row.by or "")


def _plan(row: Happened) -> Entry:
    return Entry(PLANS[m.PlannedArrest.State(row.code)], london_text(row.at), _text(row.more, row.text), row.by or "")


def _situation(row: Happened) -> Entry:
    ended = f"Ended {london_text(row.until)}" if row.until else ""
    return Entry(str(m.SituationKind(row.code).label), f"since {london_text(row.at)}", _text(row.text, ended, row.more), row.by or "")


def _outcome(row: Happened) -> Entry:
    reopened = f"Reopened {london_text(row.until)}" if row.until else ""
    when = day_text(row.on) if row.on else ""
    return Entry(f"Outcome {row.number}", when, _text(f"Decided by {m.Side(row.code).label}", row.text, reopened, row.more), row.by or "")


def _told(row: Happened) -> Entry:
    before = f"Told before the victim: {row.text}" if row.text else ""
    return Entry("Told the outcome", london_text(row.at), _text(before, f"Decided by {row.more}" if row.more else ""), row.by or "")


def _hearing(row: Happened) -> Entry:
    when = london_text(row.until) if row.until else ""
    return Entry("Court hearing", when, _text(row.text, f"Date received {london_text(row.at)}"), row.by or "")


def _position(row: Happened) -> Entry:
    until = f" to {london_text(row.until)}" if row.until else ""
    return Entry(str(m.Position(row.code).label), f"{london_text(row.at)}{until}")


def _review(row: Happened) -> Entry:
    directed = f"To {row.more}" if row.more else ""
    by = f"by {day_text(row.on)}" if row.on else ""
    return Entry("Reviewed", london_text(row.at), _text(row.text, f"{directed} {by}".strip()), row.by or "")


def _attempt(row: Happened) -> Entry:
    return Entry("Attempt to arrest", london_text(row.at), row.text, row.by or "")


def _delay(row: Happened) -> Entry:
    return Entry("Reason for delay", london_text(row.at), _text(m.DelayReason(row.code).label, row.more, row.text), row.by or "")


ENTRIES: dict[str, Callable[[Happened], Entry]] = {
    "Arrest": _arrest,
    "ArrestAttempt": _attempt,
    "Interview": _interview,
    "ArrestDecision": _decision,
    "ArrestDelay": _delay,
    "PlannedArrest": _plan,
    "SuspectSituation": _situation,
    "SuspectOutcome": _outcome,
    "SuspectTold": _told,
    "Hearing": _hearing,
    "CpsPosition": _position,
    "SupervisorReview": _review,
}
"""How each table's row is told in the history of a suspect."""


def case_reviews(rows: Rows) -> list[Entry]:
    """Return the supervisor's reviews of the case itself, newest first."""
    return [_review(row) for row in reversed(rows.happened) if row.source == "SupervisorReview" and row.suspect_id is None]
