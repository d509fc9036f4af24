"""One row of the morning: whose, what, and the acts that settle it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from cases.derive.bail_facts import BailFact
from core.components import Link
from reports.describing import WHO
from reports.morning.look import Look
from reports.overdue import initials

Row = Mapping[str, Any]
Facts = Mapping[UUID, BailFact]
OF_A_CASE = ("case_id", "force_id", "reference", "surname", "forenames", "unit__name", "officer")
OF_A_CASES_ROW = ("case_id", "force_id", "reference", "unit", "officer")
"""What a row has whose table is about a case and names no suspect in the columns of a suspect."""
OF_A_ROW = tuple(name for name in WHO if name not in {"unit_id", "officer_id"})


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says: in a line, whether it is late already, and for paper the days over or left and the rest in brief."""

    text: str
    late: bool = False
    days: str = ""
    brief: str = ""

    @property
    def on_paper(self) -> str:
        """What stands beside the days on paper."""
        return self.brief or self.text


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the morning: where its rows come from, what they say, the acts that settle one, and its full list."""

    slug: str
    title: str
    source: Callable[[Look], QuerySet[Any]]
    says: Callable[[Row, Look, Facts], Said]
    acts: tuple[str, ...] = ()
    target: str = ""
    columns: tuple[str, ...] = ()
    who: tuple[str, ...] = OF_A_ROW
    on_bail: bool = False
    checked_by_another: bool = False
    elsewhere: Callable[[Look], str] | None = None

    @property
    def settles(self) -> bool:
        """Whether its rows have something that settles them: emergency access is only looked at."""
        return bool(self.acts) or not self.who


@dataclass(frozen=True, slots=True)
class Entry:
    """A row as it is shown. Without a case it is about a person of the force, or a case out of sight."""

    key: UUID
    sort_at: datetime
    case_id: UUID | None
    force_id: int
    reference: str
    number: int | None
    name: str
    officer: str
    unit: str
    said: Said
    links: tuple[Link, ...] = ()

    @property
    def initials(self) -> str:
        """The first letter of each part of the suspect's name: what goes on paper."""
        return initials(self.name)
