"""What one line of the list of cases shows, in six queries for the whole page."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from accounts.models import User
from cases import models as m
from cases.derive.clocks import Owes
from cases.derive.due import DueWords, in_words
from cases.derive.states import Stage
from cases.derive.turn_spells import Held, held
from cases.listing import is_cps, officer_role, running_deadlines
from cases.looking import changed_among
from cases.search import Matches
from cases.turns import spells_in
from core import clock
from core.components import day_text
from core.keyset import Page

RISK_COLOURS = {"high": "red", "medium": "orange", "standard": "grey"}


@dataclass(frozen=True, slots=True)
class Line:
    """One case in the list."""

    case: m.Case
    stage: str
    stage_colour: str
    risk: str
    risk_colour: str
    turn: str
    holder: str
    next_due: DueWords | None
    overdue: int
    overdue_words: str
    recorded_on: date
    matched: str
    changed: bool = False
    turn_since: str = ""


def lines_of(page: Page[m.Case], user: User) -> list[Line]:
    """Return the lines of one page."""
    now, keys = clock.now(), [case.pk for case in page.rows]
    holders = dict(
        m.CasePerson.objects.filter(case__in=keys, role=officer_role(user), until__isnull=True).values_list("case_id", "user__name")
    )
    deadlines: Mapping[UUID, list[m.Deadline]] = defaultdict(list)
    for deadline in running_deadlines().shown_to(user).filter(case__in=keys).order_by("due_at", "id"):
        deadlines[deadline.case_id].append(deadline)
    own, changed = Owes.CPS if is_cps(user) else Owes.POLICE, changed_among(user, keys)
    matched = page.matched if isinstance(page, Matches) else {}
    lines = [
        _line(case, holders.get(case.pk, ""), [row for row in deadlines[case.pk] if row.owes == own], matched.get(case.pk, ""), now)
        for case in page.rows
    ]
    since = _turns_since(page.rows, now)
    return [replace(line, changed=line.case.pk in changed, turn_since=since.get(line.case.pk, "")) for line in lines]


def _turns_since(cases: Sequence[m.Case], now: datetime) -> dict[UUID, str]:
    """Return since when whose turn it is, as the page of each case says."""
    with_turn = [case for case in cases if case.turn_police + case.turn_cps]
    found = {key: held(spells, now).since for key, spells in spells_in(with_turn, [case.pk for case in with_turn], now).items()}
    return {key: day_text(clock.london_day(since)) for key, since in found.items() if since is not None}


def _line(case: m.Case, holder: str, deadlines: list[m.Deadline], matched: str, now: datetime) -> Line:
    stage, overdue = Stage(case.stage), sum(row.due_at <= now for row in deadlines)
    return Line(
        case=case,
        stage=str(stage.label),
        stage_colour="blue" if stage.is_open else "grey",
        risk=f"{case.get_risk_display()} risk",
        risk_colour=RISK_COLOURS[case.risk],
        turn=turn_words(case),
        holder=holder,
        next_due=in_words(deadlines[0], now) if deadlines else None,
        overdue=overdue,
        overdue_words=f"{overdue} overdue",
        recorded_on=clock.london_day(case.recorded_at),
        matched=matched,
    )


def turn_words(case: m.Case) -> str:
    """Return whose move it is: "Police (3 suspects)" or "Police (2) · CPS (1)", the side alone for one; nothing for a case not open."""
    if case.turn_police + case.turn_cps == 1:
        return "Police" if case.turn_police else "CPS"
    sides = (("Police", case.turn_police), ("CPS", case.turn_cps))
    found = [(side, number) for side, number in sides if number]
    suspects = " suspects" if len(found) == 1 else ""
    return " · ".join(f"{side} ({number}{suspects})" for side, number in found)


def held_words(held: Held) -> str:
    """Return who holds a case since when and how long each side did: "With the CPS since 3 November 2026 · police 41 days, …"."""
    sides = f"police {_days(held.police)}, CPS {_days(held.cps)} in all"
    if held.since is None:
        return sides
    who = "CPS" if held.side == Owes.CPS else "police"
    return f"With the {who} since {day_text(clock.london_day(held.since))} · {sides}"


def _days(number: int) -> str:
    return f"{number:,} day{'' if number == 1 else 's'}"
