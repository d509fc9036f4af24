"""One case while the extract is taken in: rows to write are gathered, then written a table at a time.

Nothing is written before `write()`, and nothing at all when nothing changed: no version, no timeline, no log.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, Final

from cases import models as m
from cases.derive.facts import CaseFacts
from cases.importing.places import Places
from cases.importing.takers import TAKERS, difference_key
from cases.importing.words import label_of_column, table_of, text_of
from cases.models.base import TEXT
from cases.names import keys_for
from cases.services.changing import Changing, Extract, changing
from cases.services.known import add as add_known
from cases.services.reconcile import keys_of
from core import clock

ORDER: Final[tuple[type[m.CaseRow], ...]] = (
    m.CasePerson, m.Complainant, m.Suspect, m.Offence, m.Allegation, m.Arrest, m.Interview, m.Bail, m.BailEvent,
    m.SuspectOutcome, m.FactCorrection, m.Disagreement, m.ExtractEntry,
)  # fmt: skip
"""Every table of `cases` the importer adds to, those that others point at first; those of takers come after them."""

OF_THE_EXTRACT: Final = "The force’s extract says so"


@dataclass
class Taking:
    """What the extract changes in one case. `fresh`: the case is new here."""

    case: m.Case
    places: Places
    as_of: date
    fresh: bool
    now: datetime = field(default_factory=clock.now)
    added: dict[type[m.CaseRow], list[m.CaseRow]] = field(default_factory=lambda: defaultdict(list))
    altered: dict[Any, set[str]] = field(default_factory=lambda: defaultdict(set))
    events: list[dict[str, Any]] = field(default_factory=list)
    renamed: list[m.Suspect] = field(default_factory=list)
    known: CaseFacts | None = None

    def add(self, model: type[m.CaseRow], **facts: Any) -> Any:
        """Keep a row to insert, and return it."""
        row = model(**keys_of(self.case), **facts)
        self.added[model].append(row)
        return row

    def alter(self, row: Any, **facts: Any) -> None:
        """Set fields of a row and keep it to update, unless it is to be inserted anyway."""
        for name, value in facts.items():
            setattr(row, name, value)
        if not any(row is one for one in self.added.get(type(row), ())):
            self.altered[row] |= set(facts)

    def happened(self, kind: str, **event: Any) -> None:
        """Keep a timeline entry: `at`, `suspect`, `complainant`, `text`."""
        self.events.append({"kind": kind, **event})

    @property
    def changes_facts(self) -> bool:
        """Whether anything but the memory of the extract is to be written."""
        of_facts = [model for model, rows in self.added.items() if rows and model is not m.ExtractEntry]
        return bool(self.events or of_facts or any(type(row) is not m.ExtractEntry for row in self.altered))

    # -- what a person did here since ------------------------------------------------------------------------------

    @cached_property
    def _corrected_by(self) -> dict[tuple[Any, str], bool]:
        """(row, field) → whether a person made the last correction of it."""
        rows = m.FactCorrection.objects.filter(case=self.case, answer=m.FactCorrection.Answer.MADE).order_by("made_at", "created_at")
        return {(row_id, name): by is not None for row_id, name, by in rows.values_list("row_id", "field", "created_by_id")}

    @cached_property
    def _acts_of_people(self) -> set[tuple[str, Any]]:
        """(verb, suspect) of what people recorded that leaves no mark on the row itself."""
        if self.fresh:
            return set()
        verbs = ("moved_to_unit", "crime_outcome", "released")
        rows = m.TimelineEvent.objects.filter(case=self.case, kind__in=verbs, created_by__isnull=False)
        return set(rows.values_list("kind", "suspect_id"))

    def person_did(self, verb: str, suspect: m.Suspect | None = None) -> bool:
        """Say whether a person recorded an act of this kind, of this suspect or of the case."""
        return (verb, suspect.pk if suspect else None) in self._acts_of_people

    def entered_here(self, row: Any, name: str) -> bool:
        """Say whether the value of a field was entered on screen: by its last correction, or with the row."""
        if self.fresh:
            return False
        return self._corrected_by.get((row.pk, name), row.created_by_id is not None)

    # -- the one way a standing value changes ------------------------------------------------------------------------

    def state(self, row: Any, name: str, value: Any, *, column: str, suspect: m.Suspect | None = None, entered: bool | None = None) -> None:
        """Let the extract state a value: fills a blank, corrects what an extract gave, disagrees with what a person entered."""
        here = getattr(row, name)
        if here == value:
            return
        by_person = self.entered_here(row, name) if entered is None else entered
        if here not in (None, "") and by_person:
            self.disagree(column, here=text_of(here), extract=text_of(value), suspect=suspect)
        else:
            self.correct(row, name, value, column=column, suspect=suspect)

    def correct(self, row: Any, name: str, value: Any, *, column: str, suspect: m.Suspect | None = None) -> None:
        """Write a value over another as a correction on the timeline; the old one stays there.

        Not for takers: a correction keeps both values in words. Raises ValueError for a column that identifies a victim.
        """
        if TAKERS.identifies(column):
            raise ValueError("a column that identifies a victim is corrected by its taker alone")
        old, new = text_of(getattr(row, name)), text_of(value)
        self.alter(row, **{name: value})
        self.add(
            m.FactCorrection,
            table=table_of(row),
            row_id=row.pk,
            field=name,
            old=old,
            new=new,
            reason=OF_THE_EXTRACT,
            made_at=self.now,
        )
        self.happened("extract_changed", suspect=suspect, text=f"{label_of_column(column)}: {shown(old)} → {shown(new)}"[:4000])

    def disagree(
        self, column: str, *, here: str = "", extract: str = "", suspect: m.Suspect | None = None, complainant: m.Complainant | None = None
    ) -> None:
        """Put a difference on the list "Extract disagrees", once for each column; a newer extract replaces what stood there.

        Of a column that identifies a victim no value is kept, whatever is handed in: that there is a difference is all.
        """
        if TAKERS.identifies(column):
            here = extract = ""
        about: dict[str, Any] = {name: row for name, row in (("suspect", suspect), ("complainant", complainant)) if row is not None}
        values = {"here": here[:TEXT], "extract": extract[:TEXT]}
        key = difference_key(suspect, complainant, column)
        opened = self._open_disagreements.get(key)
        if opened is None:
            self._open_disagreements[key] = self.add(m.Disagreement, column=column, **about, **values)
        elif any(getattr(opened, name) != value for name, value in values.items()):
            self.alter(opened, **values)
        else:
            return
        self.happened("extract_disagrees", text=label_of_column(column), **about)

    @cached_property
    def _open_disagreements(self) -> dict[tuple[Any, Any, str], m.Disagreement]:
        if self.fresh:
            return {}
        rows = m.Disagreement.objects.filter(case=self.case, answer=m.Disagreement.Answer.OPEN)
        return {(row.suspect_id, row.complainant_id, row.column): row for row in rows}

    # -- writing ----------------------------------------------------------------------------------------------------

    def write(self) -> None:
        """Write everything gathered: nothing, the memory of the extract alone, or the facts and all that follows from them."""
        if not self.changes_facts:
            self._write_rows()
            return
        if self.fresh:
            self.case.save(force_insert=True)
        with changing(self.case.pk, actor=Extract(self.case.force_id), locked=self.case) as change:
            change.known = self.known
            self._write_rows()
            self._write_timeline(change)

    def _write_rows(self) -> None:
        # What ends comes before what begins: a role has one person at a time, a suspect one outcome.
        self._write_changes()
        for model in (*ORDER, *TAKERS.tables()):
            if rows := self.added.get(model):
                model._default_manager.bulk_create(rows)
            if model is m.Suspect:
                self._write_name_keys(self.added.get(m.Suspect, ()))
                self._write_known(self.added.get(m.Suspect, ()))

    def _write_changes(self) -> None:
        by_model: dict[type[Any], list[Any]] = defaultdict(list)
        for row in self.altered:
            by_model[type(row)].append(row)
        for model, rows in by_model.items():
            names = sorted(set().union(*(self.altered[row] for row in rows)))
            model._default_manager.bulk_update(rows, names)

    def _write_name_keys(self, new: Iterable[Any]) -> None:
        if self.renamed:
            m.SuspectNameKey.objects.filter(suspect__in=self.renamed).delete()
        suspects: list[m.Suspect] = [*new, *self.renamed]
        rows = [
            m.SuspectNameKey(**keys_of(self.case), suspect=one, key=key) for one in suspects for key in keys_for(one.surname, one.forenames)
        ]
        if rows:
            m.SuspectNameKey.objects.bulk_create(rows)

    def _write_known(self, new: Iterable[Any]) -> None:
        """Say across forces that these are known. One statement, where any has a PNC id."""
        altered = [row for row, names in self.altered.items() if isinstance(row, m.Suspect) and "pnc_id" in names]
        add_known(self.case.force_id, [row.pnc_id for row in (*new, *altered)])

    def _write_timeline(self, change: Changing) -> None:
        for event in self.events:
            change.put_in_timeline(**event)


def shown(text: str) -> str:
    """A text on the timeline, where an empty one would not be seen."""
    return text or "blank"
