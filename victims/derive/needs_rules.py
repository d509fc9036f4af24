"""The clocks of needs, and of agreeing contact afresh with somebody who has reached 18. Pure.

[DESIGN] Deadlines stand in the case, where dates of birth do not belong: that of somebody who reached 18 runs from the
first day of the month after the birthday, so that it tells the month and not the day; an agreement made from the birthday
on meets it, or keeps it from beginning. It begins only once that day has come. Needs that somebody changed after the last
assessment ask for another one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid5

from cases.derive.clock_table import CLOCKS
from cases.derive.clocks import Editions, Kind, Wanted, due_of
from cases.derive.clocks import register as register_rule
from cases.derive.facts import CaseFacts, ComplainantFacts
from cases.derive.states import case_stage
from core import clock

NAME: Final = "victims_needs"
"""The name under which these facts stand beside those of a case."""
GROWN: Final = 18


@dataclass(frozen=True, slots=True)
class NeedsFacts:
    """What is known of one complainant's needs. Times and days in order."""

    assessed: tuple[datetime, ...] = ()
    changed: tuple[datetime, ...] = ()
    """When her or his needs were changed on the label, by somebody who did not assess them."""
    eighteen_on: date | None = None
    agreed_on: tuple[date, ...] = ()


def needs_clocks(case: CaseFacts, editions: Editions) -> Iterator[Wanted]:
    """Yield the clocks of every complainant's needs."""
    known: Mapping[UUID, NeedsFacts] = case.beside.get(NAME, {})
    for complainant in case.complainants:
        facts = known.get(complainant.id, NeedsFacts())
        yield from needs_rule(case, complainant, facts, editions)
        yield from turned_18_rule(case, complainant, facts, editions)


def needs_rule(case: CaseFacts, complainant: ComplainantFacts, facts: NeedsFacts, editions: Editions) -> Iterator[Wanted]:
    """Needs are assessed within two working days of the record, and again after they were changed (Victims' Code 2020, Right 4).

    Closing the case ends it: what was promised stays owed by clocks of its own.
    """
    since: datetime | None = complainant.since
    turn = 0
    while since is not None:
        start = since
        met = min((at for at in facts.assessed if turn == 0 or at > start), default=None)
        yield _needs_clock(case, complainant.id, start, met, turn, editions)
        since = min((at for at in facts.changed if at > met), default=None) if met is not None else None
        turn += 1


def _needs_clock(case: CaseFacts, key: UUID, since: datetime, met: datetime | None, turn: int, editions: Editions) -> Wanted:
    due, version = due_of(Kind.NEEDS_ASSESSMENT, "", since, editions)
    is_open = case_stage(case, case.recorded_at).is_open
    closed_at = None if is_open or met is not None else case.closed_at()
    return Wanted(
        Kind.NEEDS_ASSESSMENT,
        key,
        complainant_id=key,
        sequence=turn,
        started_at=since,
        due=due,
        owes=CLOCKS[Kind.NEEDS_ASSESSMENT].owes,
        setting_version=version,
        met_at=None if met is None else max(met, since),
        ended_at=None if closed_at is None else max(closed_at, since),
    )


def turned_18_rule(case: CaseFacts, complainant: ComplainantFacts, facts: NeedsFacts, editions: Editions) -> Iterator[Wanted]:
    """Whoever reached 18 is asked anew how she or he wants to be kept in contact: until then others may have answered."""
    birthday = facts.eighteen_on
    if birthday is None or not any(day < birthday for day in facts.agreed_on):
        return
    begins = first_of_next_month(birthday)
    again = min((day for day in facts.agreed_on if day >= birthday), default=None)
    reached = case.as_of is not None and begins <= clock.london_day(case.as_of)
    if not reached or (again is not None and again < begins):
        return
    started = clock.day_start(begins)
    due, version = due_of(Kind.AGREEMENT_AGAIN, "", started, editions)
    yield Wanted(
        Kind.AGREEMENT_AGAIN,
        uuid5(complainant.id, str(GROWN)),
        complainant_id=complainant.id,
        started_at=started,
        due=due,
        owes=CLOCKS[Kind.AGREEMENT_AGAIN].owes,
        setting_version=version,
        met_at=clock.day_start(again) if again else None,
    )


def eighteenth_birthday(born: date) -> date:
    """Return the day on which somebody reaches 18; who was born on 29 February reaches it on 1 March of a year without one."""
    try:
        return born.replace(year=born.year + GROWN)
    except ValueError:
        return date(born.year + GROWN, 3, 1)


def first_of_next_month(day: date) -> date:
    """Return the first day of the month after a day."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def register() -> None:
    """Add these clocks to the table's rules, with what they are derived from."""
    from victims.derive.needs_loading import load_needs

    register_rule(NAME, needs_clocks, load_needs)
