"""No further action: how often, why, at what stage, after how many days, looked at twice, told in time, reviewed, looked at by a panel.

The police count recorded crimes, the CPS counts suspects; the two stand apart and share no axis. What was finalised
administratively is no decision and is counted beside. Second checks, requests for a review and panels are counted for the side
that they belong to, and for nobody of the other.

The figures of crimes belong to the force, those of suspects to the Area that decided. To anybody else, and to whoever counts and
sees no case, numbers from 1 to 4 are not shown (reports/small.py).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import Q

from accounts.models import User
from accounts.roles import Role
from cases import models as m
from cases.derive.clocks import Kind
from cases.listing import is_cps
from cases.outcome_codes import OUTCOMES
from prosecution.models import ReviewRequest
from prosecution.models.panel import Conclusion, PanelCase
from prosecution.models.review import OPEN_REVIEWS, ReviewState
from prosecution.panels.frame import NFA_CODES
from reports.abstraction import Span, month_after, month_of, month_words
from reports.arrests import Reach
from reports.nfa_checks import WORDS as CHECK_WORDS
from reports.nfa_checks import checks
from reports.nfa_figures import Block, Ended, NfaReport, Row, Table
from reports.nfa_reading import REVIEW_CLOCKS, STAGES, TOLD, Asked, Kept, by, crimes, forces_of, kept, stays_of, suspects
from reports.nfa_small import kept_from
from reports.turns import NO_UNIT, Figure, figure

POLICE, CPS = m.Side.POLICE.value, m.Side.CPS.value
CLOCK_WORDS: Final = {
    Kind.TOLD_NFA: "Told that it ended without a charge",
    Kind.WRITTEN_REASONS: "Written reasons reached her or him",
    Kind.VRR_ACKNOWLEDGE: "Requests for a review acknowledged",
    Kind.VRR_COMPLETE: "Reviews completed",
}
OPEN: Final = "Not completed yet"
REVIEW_WORDS: Final = {
    ReviewState.UPHELD: "Decision upheld",
    ReviewState.OVERTURNED: "Decision overturned",
    ReviewState.OUT_OF_SCOPE: "Out of scope",
    ReviewState.WITHDRAWN: "Withdrawn by the victim",
}


def nfa_of(user: User, span: Span, unit: UUID | None, now: datetime) -> NfaReport:
    """Return the figures for one reader: seven queries, one for each force, and for the CPS one for which forces; whatever the cases."""
    own, place = (CPS, "Force") if is_cps(user) else (POLICE, "Unit")
    reach = Reach.counted_by(user)
    cases = reach.cases.filter(recorded_in_error_at__isnull=True, merged_into__isnull=True).order_by()
    what = Asked(cases.filter(unit=unit) if unit else cases, reach.owner, span, f"case__{place.lower()}__name")
    stays = stays_of(what)
    ended = {POLICE: crimes(what, stays), CPS: suspects(what, stays)}
    clocks = kept(user, what, own, now)
    of_own = _of_own(user, what, own)
    blocks = []
    for side, title, noun in ((POLICE, "Recorded crimes", "Crimes"), (CPS, "Suspects on whom the CPS decided", "Suspects")):
        tables = [*_outcomes(ended[side], span, noun, place, side), *_beside(ended[side], stays.finalised, side)]
        tables += [_told([one for one in clocks if one.side == side], side)]
        tables += of_own if side == own else []
        blocks.append(Block(side, title, noun, figure([one.days for one in ended[side]]), tables))
    both = [one for rows in ended.values() for one in rows]
    shown = [block if block.side == own and user.role != Role.ANALYST else kept_from(block) for block in blocks]
    return NfaReport(
        blocks=shown,
        small=any(after is not before for after, before in zip(shown, blocks, strict=True)),
        owners=frozenset(one.force_id for one in both),
        cases=len({one.case_id for one in both}),
        nothing=not any(cell.number for block in blocks for table in block.tables for row in table.rows for cell in row.cells),
    )


def _outcomes(ended: Sequence[Ended], span: Span, noun: str, place: str, side: str) -> list[Table]:
    """Return the tables of what ended: each line with how many there were, and of their days the median and the longest."""
    codes = [_code(code) for code in sorted(NFA_CODES)]
    places = sorted({one.place for one in ended}, key=lambda name: (name == NO_UNIT, name.casefold()))
    found = [
        ("reason", "By Home Office outcome", "Outcome", _lines(ended, lambda one: _code(one.code), codes)),
        ("stage", "By where it stood on that day", "Stage", _lines(ended, lambda one: one.stage, STAGES)),
        (place.lower(), f"By {place.lower()}", place, _lines(ended, lambda one: one.place, places)),
        ("month", "By the month of the decision", "Month", _months(ended, span)),
    ]
    if side == CPS:
        reasons = sorted({one.why for one in ended})
        found.insert(0, ("cps reason", "By the CPS’s decision and its code", "Decision", _lines(ended, lambda one: one.why, reasons)))
    return [Table(name, caption, heading, (noun,), rows, days=True) for name, caption, heading, rows in found]


def _code(code: int) -> str:
    return f"{code} {OUTCOMES[code]}"


def _lines(ended: Iterable[Ended], words: Callable[[Ended], str], order: Iterable[str]) -> list[Row]:
    """Return the lines that have anything, in an order."""
    days: defaultdict[str, list[int]] = defaultdict(list)
    for one in ended:
        days[words(one)].append(one.days)
    return [Row(line, (figure(days[line]),)) for line in order if days[line]]


def _months(ended: Iterable[Ended], span: Span) -> list[Row]:
    """Return every month of the span, the latest first, those with none included."""
    days: defaultdict[date, list[int]] = defaultdict(list)
    for one in ended:
        days[month_of(one.on)].append(one.days)
    rows, day = [], span.first
    while day <= span.last:
        rows.append(Row(month_words(day), (figure(days[day]),)))
        day = month_after(day)
    return rows[::-1]


def _beside(ended: Iterable[Ended], finalised: int, side: str) -> list[Table]:
    """Return what is counted beside the CPS's decisions: opened again since, and finalised administratively, which is none."""
    if side != CPS:
        return []
    rows = [
        Row("Opened again since, of those above", (Figure(sum(one.again for one in ended)),)),
        Row("Finalised administratively: no decision, and in no other figure", (Figure(finalised),)),
    ]
    return [Table("beside", "Counted beside", "What", ("Suspects",), rows, adds_up=False)]


def _told(clocks: Sequence[Kept], side: str) -> Table:
    """Return who was told in time by one side."""
    found = {one.kind: one for one in clocks}
    rows = [
        Row(CLOCK_WORDS[kind], (Figure(one.in_time), Figure(one.late), Figure(one.left_out)))
        for kind in (*TOLD, *REVIEW_CLOCKS)
        if (one := found.get(kind)) is not None
    ]
    who = "the police" if side == POLICE else "the CPS"
    return Table("in time", f"In time, where {who} owed it", "What", ("In time", "Late, or not yet", "Not known"), rows, adds_up=False)


def _of_own(user: User, what: Asked, own: str) -> list[Table]:
    """Return what only the reader's own side is told of: second checks, requests for a review, panels."""
    cases, span = what.cases, what.span
    forces = list(forces_of(cases)) if own == CPS else [user.agency_id]
    checked = checks(cases, span, own, forces)
    asked = ReviewRequest.objects.filter(what.owner, case__in=cases, side=own, received_on__range=what.days)
    states = by(asked, "state")
    reviews = {words: states.get(state, 0) for state, words in REVIEW_WORDS.items()}
    reviews[OPEN] = sum(states.get(state, 0) for state in OPEN_REVIEWS)
    mine = Q(agency=user.agency_id, left_out_at__isnull=True, concluded_at__gte=span.starts_at, concluded_at__lt=span.ends_at)
    panels = list(
        PanelCase.objects.filter(mine, what.owner, case__in=cases).order_by().values_list("conclusion", "referred_at", "reopened")
    )
    concluded = Counter(one for one, _, _ in panels)
    after = [
        Row("Referred for reconsideration", (Figure(sum(at is not None for _, at, _ in panels)),)),
        Row("Opened again after it", (Figure(sum(again for _, _, again in panels)),)),
    ]
    return [
        _sum("checks", "Second checks", "What each came to", "Times asked", {CHECK_WORDS[key]: checked[key] for key in CHECK_WORDS}),
        _sum("reviews", "Reviews that victims asked for", "What it came to", "Requests", reviews),
        _sum("panels", "What scrutiny panels concluded", "Conclusion", "Decisions", {str(c.label): concluded[c] for c in Conclusion}),
        Table("after panels", "After a panel disagreed", "What", ("Decisions",), after, adds_up=False),
    ]


def _sum(name: str, caption: str, heading: str, column: str, numbers: dict[str, int]) -> Table:
    """Return a table whose lines come to its last."""
    rows = [Row(words, (Figure(number),)) for words, number in numbers.items()]
    return Table(name, caption, heading, (column,), rows, total=Row("All", (Figure(sum(numbers.values())),)))
