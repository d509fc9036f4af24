"""What an event that takes officers runs into: each sort of planned thing, how it is found, and how it is answered for.

Arrests stand here. Apps above add their own sorts (appointments, contacts) by `add()` in AppConfig.ready(); the page of an
event, the list of events and the report then show and count them without knowing what they are.
"""

from collections.abc import Callable, Mapping, Sequence
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


Find = Callable[[User, m.Abstraction], Sequence[Planned]]
FindAnswered = Callable[[User, m.Abstraction], Sequence[Answered]]
Count = Callable[[User, Sequence[UUID]], Mapping[UUID, int]]
Answer = Callable[[User, m.Abstraction, Planned, str, datetime | None], object]


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of planned thing.

    `find` returns what waits for an answer and `answered` what has one, each in a fixed number of queries and of cases
    this person sees only; `count` how many wait for each event of a list, in one query; `answer` writes one answer and
    raises NotPossible beside `answer` or `moved_to`.
    """

    slug: str
    label: str
    find: Find
    answered: FindAnswered
    count: Count
    answer: Answer


SORTS: dict[str, Sort] = {}


def add(sort: Sort) -> None:
    """Add a sort; one of the same slug replaces the one before."""
    SORTS[sort.slug] = sort


def to_answer(user: User, keys: Sequence[UUID]) -> dict[UUID, int]:
    """Return how many planned things of every sort wait for an answer, for each event (one query a sort)."""
    counted = [sort.count(user, keys) for sort in SORTS.values()]
    return {key: sum(one.get(key, 0) for one in counted) for key in keys}
