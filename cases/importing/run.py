"""Importing a whole extract: every case in a transaction of its own, under the system kind of one force."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from accounts.models import Agency
from accounts.roles import AgencyKind
from audit import context as audit_context
from cases.extract.fold import fold
from cases.extract.reader import CaseBatch, Extract
from cases.extract.records import Refused
from cases.extract.tally import Counts, Tally
from cases.importing.places import Places
from cases.importing.take_in import Result, take_in
from cases.services.logging import go_live
from core.exceptions import NotPossible
from core.scope import scope, system

FIRST_LOOK, LATER_LOOKS = 100, 5_000
REASON = "import of the force's extract"
OnRefused = Callable[[Refused], None]


@dataclass
class Importing:
    """One import under way. `done` counts the batches that are written, refused records among them.

    `in_step` runs inside the transaction of each batch, so that what it writes is true exactly when the case is.
    """

    force: Agency
    as_of: date
    tally: Tally = field(default_factory=Tally)
    done: int = 0
    in_step: Callable[["Importing"], None] = lambda importing: None

    def run(self, extract: Extract, on_refused: OnRefused) -> None:
        """Import the batches that are not done yet.

        Refused records are handed on for all batches, those done before included. Raises FileRefused when the file
        changes under way, and whatever a case raises: cases before it stay written, the case itself does not.
        """
        with audit_context.acting_as_system(reason=REASON):
            with scope(system(self.force.pk)):
                go_live(self.force.pk)
                places = Places(self.force)
            for number, batch in enumerate(extract.cases()):
                for refused in batch.refused:
                    on_refused(refused)
                if number >= self.done:
                    self._step(batch, places)
                    if self.done == FIRST_LOOK or self.done % LATER_LOOKS == 0:
                        self._tell_planner()
            self._tell_planner()

    def _tell_planner(self) -> None:
        """Let the database look at how the tables have grown, so that it does not plan as if they were empty."""
        with scope(system(self.force.pk)), connection.cursor() as cursor:
            cursor.execute("select analyse_case_tables()")

    def _step(self, batch: CaseBatch, places: Places) -> None:
        """Write one batch. The counts change only when it is written."""
        tally = copy_of(self.tally)
        tally.add(batch)
        if not batch.accepted:
            with scope(system(self.force.pk)):
                self._stepped(tally)
            return
        folded = fold(batch.accepted)
        places.prepare(folded)
        with scope(system(self.force.pk)):
            count(tally, take_in(folded, force_id=self.force.pk, places=places, as_of=self.as_of))
            self._stepped(tally)

    def _stepped(self, tally: Tally) -> None:
        self.tally, self.done = tally, self.done + 1
        self.in_step(self)


def count(tally: Tally, result: Result) -> None:
    """Count what became of one case."""
    for counts, what in ((tally.cases, [result.case]), (tally.suspects, result.suspects), (tally.complainants, result.complainants)):
        for became in what:
            setattr(counts, became, getattr(counts, became) + 1)


def copy_of(tally: Tally) -> Tally:
    """Return a tally that counts on from here."""
    return tally_from(tally_as_json(tally))


def tally_as_json(tally: Tally) -> dict[str, Any]:
    """Return the counters as an import run keeps them."""
    return asdict(tally)


def tally_from(counts: dict[str, Any]) -> Tally:
    """Return the counters that an import run kept; zeros for none."""
    tally = Tally(read=counts.get("read", 0), repeated=counts.get("repeated", 0), refused=counts.get("refused", 0))
    for name in ("cases", "suspects", "complainants"):
        setattr(tally, name, Counts(**counts.get(name, {})))
    return tally


def force_of(code: str) -> Agency:
    """Return the police force with this 2-digit code. Raises NotPossible for none."""
    number = int(code) if code.isascii() and code.isdecimal() and len(code) <= 4 else -1
    force = Agency.objects.filter(pk=number, kind=AgencyKind.POLICE).first()
    if force is None:
        raise NotPossible(f"There is no police force with the code {code[:10]}", field="force")
    return force
