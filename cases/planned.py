"""What an event that takes officers runs into: each sort of planned thing, how it is found, and how it is answered for.

Arrests stand here. Apps above add their own sorts (appointments, contacts) by `add()` in AppConfig.ready(); the page of an
event, the list of events and the report then show and count them without knowing what they are.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.models import User
from cases import models as m


@dataclass(frozen=True, slots=True)
class Planned:
    """One thing planned in an event's hours with one of its officers. `at` is aware; `about` is for those who see the case."""

    key: UUID
    case_id: UUID
    force_id: int
    reference: str
    about: str
    at: datetime
    officer: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered for one planned thing: kept, moved to, cancelled."""

    planned: Planned
    answer: str
    moved_to: datetime | None
    by: str
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class Within:
    """What a report asks about: a time (aware, the end left out), a unit, and the events with the officers they take.

    `entries` are the keys of events; `taken` gives each officer's events with the name of her or his unit today.
    """

    starts_at: datetime
    ends_at: datetime
    unit: UUID | None
    entries: Collection[UUID]
    taken: Mapping[UUID, Sequence[tuple[m.Abstraction, str]]]


@dataclass(frozen=True, slots=True)
class Counted:
    """One planned thing in a report: when it was planned for, the unit (blank: none), the event, the answer (blank: none yet)."""

    at: datetime
    unit: str
    entry: UUID | None
    answer: str


Find = Callable[[User, m.Abstraction], Sequence[Planned]]
FindAnswered = Callable[[User, m.Abstraction], Sequence[Answered]]
Count = Callable[[User, Sequence[UUID]], Mapping[UUID, int]]
Answer = Callable[[User, m.Abstraction, Planned, str, datetime | None], object]
Tally = Callable[[User, Within], Iterable[Counted]]


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of planned thing.

    `find` returns what waits for an answer and `answered` what has one, each in a fixed number of queries and of cases
    this person sees only; `count` how many wait for each event of a list, in one query; `answer` writes one answer and
    raises NotPossible beside `answer` or `moved_to`. `tally` yields what a report counts, in a fixed number of queries;
    `plural` is what its columns are called.
    """

    slug: str
    label: str
    plural: str
    find: Find
    answered: FindAnswered
    count: Count
    answer: Answer
    tally: Tally


SORTS: dict[str, Sort] = {}


def add(sort: Sort) -> None:
    """Add a sort; one of the same slug replaces the one before."""
    SORTS[sort.slug] = sort


def to_answer(user: User, keys: Sequence[UUID]) -> dict[UUID, int]:
    """Return how many planned things of every sort wait for an answer, for each event (one query a sort)."""
    counted = [sort.count(user, keys) for sort in SORTS.values()]
    return {key: sum(one.get(key, 0) for one in counted) for key in keys}
