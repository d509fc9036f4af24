"""The figures of the report of no further action. A number that is None is kept back from those whom it does not belong to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from core import clock
from reports.turns import Figure


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table, with a figure for each column."""

    words: str
    cells: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name in a file, its caption, the heading of its lines, its columns."""

    name: str
    caption: str
    heading: str
    columns: tuple[str, ...]
    rows: Sequence[Row]
    total: Row | None = None
    days: bool = False
    """Its figures have days: the median and the longest."""
    adds_up: bool = True
    """The lines of a column come to a sum that stands elsewhere."""


@dataclass(frozen=True, slots=True)
class Block:
    """What is counted on one side: recorded crimes of the police, or suspects of the CPS. Never on one axis."""

    side: str
    title: str
    noun: str
    total: Figure
    tables: Sequence[Table]

    def table(self, name: str) -> Table:
        """Return the table of a name. Raises StopIteration for none."""
        return next(one for one in self.tables if one.name == name)


@dataclass(frozen=True, slots=True)
class NfaReport:
    """The report. `small`: in some block small numbers are kept back. `owners`: the forces whose cases it is made of."""

    blocks: Sequence[Block]
    small: bool
    owners: frozenset[int]
    cases: int
    nothing: bool


@dataclass(frozen=True, slots=True)
class Ended:
    """One recorded crime, or one suspect, that ended in no further action: on which day, why, where it stood."""

    case_id: UUID
    force_id: int
    on: date
    recorded_at: datetime
    code: int
    place: str
    stage: str
    why: str = ""
    again: bool = False
    """Opened again since."""

    @property
    def days(self) -> int:
        """London days from the report to the decision; a day that was entered wrongly before the report counts as none."""
        return max((self.on - clock.london_day(self.recorded_at)).days, 0)
