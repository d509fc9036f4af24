"""Who may extend pre-charge bail, to when, and what must hold: the Police and Criminal Evidence Act 1984, Part IV. Pure.

Sources: ss.47ZB (3 months), 47ZD (inspector, 6), 47ZDA (superintendent, 9), 47ZF (magistrates, 12 and 18), 47ZC
(conditions A to D), 47ZL (stands still while with the CPS); domain.md section 8. 24 months is `[GK]`: designated cases.
"""

from dataclasses import dataclass
from datetime import date

from accounts.roles import Grade, at_least
from cases.derive.bail_facts import BailFact
from cases.models import Authority
from core import calendar, clock
from core.calendar import Unit


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the ladder: who authorises bail to how many months in all, and the rank that the law asks for."""

    months: int
    authority: Authority
    rank: Grade | None
    source: str

    @property
    def words(self) -> str:
        """The step in words: "12 months, by a magistrates’ court"."""
        who = {Authority.COURT: "a magistrates’ court", Authority.CUSTODY_OFFICER: "a custody officer"}
        article = "an" if self.rank == Grade.INSPECTOR else "a"
        return f"{self.months} months, by {who.get(self.authority) or f'{article} {self.authority.label.lower()}'}"


LADDER: tuple[Step, ...] = (
    Step(3, Authority.CUSTODY_OFFICER, None, "s.47ZB"),
    Step(6, Authority.INSPECTOR, Grade.INSPECTOR, "s.47ZD"),
    Step(9, Authority.SUPERINTENDENT, Grade.SUPERINTENDENT, "s.47ZDA"),
    Step(12, Authority.COURT, None, "s.47ZF"),
    Step(18, Authority.COURT, None, "s.47ZF"),
    Step(24, Authority.COURT, None, "s.47ZF"),
)

LONGEST_MONTHS = LADDER[-1].months


def steps_open(bail: BailFact) -> tuple[Step, ...]:
    """Return the steps that an extension may go to now: the next authority by the law, and for a court any of its periods.

    The next is the first whose period ends after the bail does, so bail to a day of its own goes by that day too.
    """
    beyond = [step for step in LADDER if end_of(bail, step.months) > bail.ends_on()]
    return tuple(step for step in beyond if step.authority == beyond[0].authority)


def next_step(bail: BailFact) -> Step | None:
    """Return who must authorise the next extension, or None when the law knows no longer bail."""
    return next(iter(steps_open(bail)), None)


def end_of(bail: BailFact, months: int) -> date:
    """Return the last day of a period of months of this bail, moved by the days it stood suspended."""
    ends = clock.day_start(bail.months_end_on(months))
    return calendar.due(ends, bail.stood_still(), Unit.DAYS, calendar.england_and_wales()).due_on


def in_words(day: date) -> str:
    """Return a day as people read it, whatever the machine's language: "9 April 2026"."""
    return f"{day.day} {calendar.MONTH_NAMES[day.month - 1]} {day.year}"


def has_rank(grade: str, step: Step) -> bool:
    """Say whether a person of this rank may authorise this step herself or himself; nobody can stand for a court."""
    return step.rank is not None and at_least(grade, step.rank)
