"""What stands of a case that the extract names: loaded in a fixed number of statements, and only what is asked for."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from cases import models as m
from cases.extract.fold import FoldedComplainant, FoldedSuspect, name_key
from cases.importing.said import source_keys

Row = TypeVar("Row", bound=m.CaseRow)


@dataclass
class Standing:
    """The rows of one case. Of a case that is new here, nothing is asked of the database."""

    case: m.Case
    fresh: bool
    _events: dict[type[Any], defaultdict[UUID, list[Any]]] = field(default_factory=dict)

    def _all(self, model: type[Row], *order: str) -> list[Row]:
        return [] if self.fresh else list(model._default_manager.filter(case=self.case).order_by(*order))

    @cached_property
    def entries(self) -> list[m.ExtractEntry]:
        """What the previous extract said, a row for each thing it was about."""
        return self._all(m.ExtractEntry)

    @cached_property
    def suspects(self) -> list[m.Suspect]:
        """Every suspect, those recorded in error too: their numbers are taken and the extract still names them."""
        return self._all(m.Suspect, "number")

    @cached_property
    def complainants(self) -> list[m.Complainant]:
        """Every complainant, in order of appearance."""
        return self._all(m.Complainant, "created_at", "label")

    @cached_property
    def offences(self) -> list[m.Offence]:
        """Every recorded crime."""
        return self._all(m.Offence, "created_at", "id")

    @cached_property
    def allegations(self) -> set[tuple[UUID, UUID]]:
        """(crime, suspect) of every allegation, withdrawn ones too: the extract does not make them again."""
        return {(row.offence_id, row.suspect_id) for row in self._all(m.Allegation)}

    @cached_property
    def people(self) -> dict[str, m.CasePerson]:
        """Role → who has it now."""
        return {row.role: row for row in self._all(m.CasePerson) if row.until is None}

    def of_suspect(self, model: type[Row], suspect: m.Suspect, order: str) -> list[Row]:
        """Return a suspect's rows of one table in order of time; the table is read once a case, and rows to come may be appended."""
        if model not in self._events:
            found: defaultdict[UUID, list[Any]] = defaultdict(list)
            for row in self._all(model, order, "created_at"):
                found[row.suspect_id].append(row)  # type: ignore[attr-defined]
            self._events[model] = found
        return self._events[model][suspect.pk]

    @cached_property
    def bail_events(self) -> dict[UUID, list[m.BailEvent]]:
        """Bail → what happened to it, in order."""
        found: dict[UUID, list[m.BailEvent]] = defaultdict(list)
        for row in self._all(m.BailEvent, "at", "created_at"):
            found[row.bail_id].append(row)
        return found

    def entry(self, suspect: m.Suspect | None = None, complainant: m.Complainant | None = None) -> m.ExtractEntry | None:
        """Return what the previous extract said of the case, of one suspect or of one complainant."""
        wanted = (suspect.pk if suspect else None, complainant.pk if complainant else None)
        return next((row for row in self.entries if (row.suspect_id, row.complainant_id) == wanted), None)

    # -- who is who --------------------------------------------------------------------------------------------------

    def known_suspects(self, folded: Iterable[FoldedSuspect]) -> dict[str, m.Suspect]:
        """Return, by key of the file, the suspects that stand here: by source key, else one typed here of the same name."""
        known = self._by_source_key("suspect", list(folded), self.suspects)
        unclaimed = [row for row in self.suspects if not row.source_key and row.recorded_in_error_at is None]
        for one in folded:
            if one.key in known:
                continue
            match = next((row for row in unclaimed if _same_person(row, one)), None)
            if match is not None:
                unclaimed.remove(match)
                known[one.key] = match
        return known

    def known_complainants(self, folded: Iterable[FoldedComplainant]) -> dict[str, m.Complainant]:
        """Return, by key of the file, the complainants that stand here: by source key, else one logged here, first come first served."""
        known = self._by_source_key("complainant", list(folded), self.complainants)
        unclaimed = [row for row in self.complainants if not row.source_key]
        for one in folded:
            if one.key not in known and unclaimed:
                known[one.key] = unclaimed.pop(0)
        return known

    def _by_source_key(self, kind: str, folded: Sequence[FoldedSuspect | FoldedComplainant], rows: Iterable[Any]) -> dict[str, Any]:
        """Return who is known by the keyed hash of her or his key; else by that of full name and day of birth.

        Somebody who stood in an earlier file without a nominal and has one now is the same person, unless two of the file
        could be.
        """
        by_key: Mapping[str, Any] = {row.source_key: row for row in rows if row.source_key}
        if not by_key:
            return {}
        found = {one.key: row for one in folded if (row := self._hashed(kind, one.key, by_key)) is not None}
        names = Counter(name_key(one.facts) for one in folded)
        taken = {row.pk for row in found.values()}
        for one in folded:
            name = name_key(one.facts)
            row = self._hashed(kind, name, by_key) if one.key not in found and name and names[name] == 1 else None
            if row is not None and row.pk not in taken:
                found[one.key] = row
        return found

    def _hashed(self, kind: str, key: str, by_key: Mapping[str, Any]) -> Any:
        return next((by_key[one] for one in source_keys(self.case.pk, kind, key) if one in by_key), None)


def _same_person(row: m.Suspect, one: FoldedSuspect) -> bool:
    """A suspect typed here is the extract's when surname and forenames are the same and the days of birth do not differ."""
    facts = one.facts
    named = (facts.suspect_surname or "", facts.suspect_forenames or "")
    same_name = (row.surname.casefold(), row.forenames.casefold()) == (named[0].casefold(), named[1].casefold())
    return bool(named[0]) and same_name and (row.date_of_birth is None or facts.suspect_dob in (None, row.date_of_birth))
