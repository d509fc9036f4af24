"""Apps above `cases` that take columns of the extract: each stores its columns in the transaction of the case they are of.

`cases` knows a complainant by a label. What the extract says of who she or he is and what was agreed belongs to an app
above, which registers a Taker in AppConfig.ready(). Its columns are compared with the previous extract like those that
`cases` stores, so that the same file fills them in a database that was imported before anybody took them.

Nothing here holds what a column that identifies somebody says: a difference in one is kept as "there is one", and only
the taker can carry it out.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from cases import models as m
from cases.extract.columns import VICTIM_LEVEL
from cases.extract.records import VictimFacts

if TYPE_CHECKING:
    from cases.importing.taking import Taking
    from cases.services.changing import Changing

KEY: Final = "victim_nominal"
"""By this a complainant is known again: it is nobody's to store."""


@dataclass(frozen=True, slots=True)
class Column:
    """What a column is called on screen. One that `identifies` somebody is shown and kept nowhere in `cases`."""

    label: str
    identifies: bool = True


@dataclass(frozen=True, slots=True)
class Heard:
    """What the file says of one complainant: all its values folded, and which of the taker's columns changed.

    `new`: the complainant came with this file, so that nothing of her or him stands anywhere. `before` is what the previous
    extract said, as hashes (cases/importing/said.py tells whether a value is what it said).
    """

    complainant: m.Complainant
    facts: VictimFacts
    changed: frozenset[str]
    new: bool
    before: Mapping[str, str]


Take = Callable[["Taking", Sequence[Heard]], None]
Answer = Callable[["Changing", m.Disagreement, bool], None]
FreshFacts = Callable[["Taking"], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taker:
    """One app's share of the extract.

    `take` is called at most once a case, with the complainants of whom something changed; it adds rows of `tables` to the
    Taking, which writes them in that order after those of `cases`. `fresh_facts` gives, by name of a clock rule
    (cases/derive/clocks.py), what its load would read of a case that is new here, from the rows about to be written: every
    rule that reads one of `tables` has to be among them. `answer` carries out (True) or lets go of (False) what a
    person answered to a difference, in her or his own change; it raises NotPossible where it cannot be taken.
    """

    name: str
    columns: Mapping[str, Column]
    tables: tuple[type[m.CaseRow], ...]
    take: Take
    answer: Answer
    fresh_facts: Mapping[str, FreshFacts] = field(default_factory=dict)


@dataclass
class Takers:
    """The takers that are registered, by name."""

    by_name: dict[str, Taker] = field(default_factory=dict)

    def register(self, taker: Taker) -> None:
        """Add a taker; again with the same name replaces. Raises ValueError for a column that is another's, or no victim's."""
        free = set(VICTIM_LEVEL) - {KEY}
        for name, other in self.by_name.items():
            free -= other.columns.keys() if name != taker.name else set()
        if not taker.columns.keys() <= free:
            raise ValueError(f"the taker {taker.name} asks for columns that are not free")
        self.by_name[taker.name] = taker

    def all(self) -> tuple[Taker, ...]:
        """Every taker, in the order of registration."""
        return tuple(self.by_name.values())

    def columns(self) -> frozenset[str]:
        """Every column that somebody takes."""
        return frozenset(column for taker in self.all() for column in taker.columns)

    def tables(self) -> tuple[type[m.CaseRow], ...]:
        """Every table that takers add to, those that others point at first."""
        return tuple(table for taker in self.all() for table in taker.tables)

    def of(self, column: str) -> Taker | None:
        """Return who takes a column, if anybody above `cases` does."""
        return next((taker for taker in self.all() if column in taker.columns), None)

    def label(self, column: str) -> str:
        """Return what a taken column is called on screen. Raises KeyError for one that nobody takes."""
        return {name: one.label for taker in self.all() for name, one in taker.columns.items()}[column]

    def identifies(self, column: str) -> bool:
        """Say whether what a column holds may be neither shown nor kept here: of a victim's, all but those declared harmless."""
        taker = self.of(column)
        return column in VICTIM_LEVEL if taker is None else taker.columns[column].identifies

    def hand_on(self, taking: "Taking", heard: Iterable[Heard]) -> None:
        """Hand to each taker the complainants of whom one of its columns changed."""
        everybody = list(heard)
        for taker in self.all():
            theirs = [replace(one, changed=one.changed & taker.columns.keys()) for one in everybody]
            if wanted := [one for one in theirs if one.changed]:
                taker.take(taking, wanted)

    def fresh_facts(self, taking: "Taking") -> dict[str, Any]:
        """Return, by name of the clock rule, what the takers know of a case that is new here."""
        return {name: facts(taking) for taker in self.all() for name, facts in taker.fresh_facts.items()}


TAKERS: Final = Takers()
"""The one table of takers; apps add to it in AppConfig.ready()."""


def difference_key(suspect: m.Suspect | None, complainant: m.Complainant | None, column: str) -> tuple[UUID | None, UUID | None, str]:
    """What a difference is about: one is open at a time."""
    return suspect.pk if suspect else None, complainant.pk if complainant else None, column
