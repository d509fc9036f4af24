"""Suspects, complainants, recorded crimes and which is alleged against whom, from the extract."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from cases import models as m
from cases.extract.fold import Entity, FoldedCase, FoldedSuspect
from cases.extract.records import SuspectFacts
from cases.extract.values import Moment
from cases.importing.events import EVENT_COLUMNS, Events, agrees
from cases.importing.said import PAIRS, Hashes, changed, remembered, source_keys
from cases.importing.standing import Standing
from cases.importing.takers import Heard
from cases.importing.taking import Taking
from cases.services.complainants import label_of

NAME_NOT_GIVEN: Final = "Name not given"
RELATIONSHIPS: Final = {str(label).lower(): value for value, label in m.Relationship.choices} | {
    "ex-partner": m.Relationship.EX_PARTNER,
    "person in position of trust": m.Relationship.PROFESSIONAL,
}
"""The extract's words → a Relationship; other words are kept as they are."""

PLAIN: Final = {
    "suspect_surname": "surname",
    "suspect_forenames": "forenames",
    "suspect_dob": "date_of_birth",
    "suspect_pnc_id": "pnc_id",
}
CRIME: Final = {"offence_code": "code", "offence_description": "description", "offence_from": "from_on", "offence_to": "to_on"}


@dataclass
class People:
    """The people and crimes of one case while it is taken in. `created` and `known` are by key of the file."""

    taking: Taking
    standing: Standing
    folded: FoldedCase
    said: Mapping[Entity, Hashes]
    case_changed: frozenset[str]
    suspects: dict[str, m.Suspect] = field(default_factory=dict)
    complainants: dict[str, m.Complainant] = field(default_factory=dict)
    new: set[str] = field(default_factory=set)

    def take(self) -> None:
        """Take the people first, then the crimes between them."""
        self._take_complainants()
        self._take_suspects()
        self._take_crimes()
        if self.new or PAIRS in self.case_changed:
            self._take_allegations()

    # -- complainants ------------------------------------------------------------------------------------------------

    def _take_complainants(self) -> None:
        self.complainants = self.standing.known_complainants(self.folded.complainants)
        if not self.folded.complainants:
            self._take_the_unnamed()
        number = len(self.standing.complainants)
        for one in self.folded.complainants:
            key = source_keys(self.taking.case.pk, "complainant", one.key)[0]
            row = self.complainants.get(one.key)
            if row is None:
                row = self.taking.add(m.Complainant, label=label_of(number), source_key=key)
                number += 1
                self.complainants[one.key] = row
                self.new.add(one.key)
                self._say("complainant_added", complainant=row)
            elif row.source_key not in source_keys(self.taking.case.pk, "complainant", one.key):
                self.taking.alter(row, source_key=key)
                self.taking.happened("extract_changed", complainant=row, text="The extract names this complainant")

    def _take_the_unnamed(self) -> None:
        """A file that names no victim still tells of a crime against somebody, known here by the label alone."""
        if self.taking.fresh:
            self.complainants[""] = self.taking.add(m.Complainant, label=label_of(0))
        else:
            unnamed = [row for row in self.standing.complainants[:1] if not row.source_key]
            self.complainants |= dict.fromkeys([""], unnamed[0]) if unnamed else {}

    def _say(self, kind: str, **event: Any) -> None:
        """Say on the timeline who came; of a case that is new here its first entry says it."""
        if not self.taking.fresh:
            self.taking.happened(kind, **event)

    def heard(self) -> Iterator[Heard]:
        """Give what the file says of each complainant that apps above store, where it changed, and remember it."""
        for one in self.folded.complainants:
            row, now = self.complainants[one.key], self.said[Entity("complainant", one.key)]
            entry = None if one.key in self.new else self.standing.entry(complainant=row)
            before = entry.hashes if entry else {}
            if which := changed(now, before):
                remember(self.taking, entry, now, complainant=row)
                yield Heard(row, one.facts, which, new=one.key in self.new, before=before)

    # -- suspects ----------------------------------------------------------------------------------------------------

    def _take_suspects(self) -> None:
        self.suspects = self.standing.known_suspects(self.folded.suspects)
        self._persons = self.taking.places.persons(self._nominals())
        number = max((row.number for row in self.standing.suspects), default=0)
        for one in self.folded.suspects:
            now = self.said[Entity("suspect", one.key)]
            row = self.suspects.get(one.key)
            if row is None:
                number += 1
                self._new_suspect(one, number, now)
            elif row.recorded_in_error_at is None:
                self._known_suspect(row, one, now)

    def _nominals(self) -> list[str]:
        """Nominals that are wanted: of suspects who are new here or whose nominal is new."""
        return [
            one.facts.suspect_nominal or "" for one in self.folded.suspects if one.key not in self.suspects or self._nominal_changed(one)
        ]

    def _nominal_changed(self, one: FoldedSuspect) -> bool:
        return "suspect_nominal" in changed(self.said[Entity("suspect", one.key)], self._before(self.suspects[one.key]))

    def _before(self, row: m.Suspect) -> dict[str, str]:
        entry = self.standing.entry(row)
        return entry.hashes if entry else {}

    def _new_suspect(self, one: FoldedSuspect, number: int, now: Hashes) -> None:
        facts = one.facts
        row = self.taking.add(
            m.Suspect,
            number=number,
            source_key=source_keys(self.taking.case.pk, "suspect", one.key)[0],
            person=self._persons.get(facts.suspect_nominal or ""),
            surname=facts.suspect_surname or facts.suspect_forenames or NAME_NOT_GIVEN,
            forenames=(facts.suspect_forenames or "") if facts.suspect_surname else "",
            date_of_birth=facts.suspect_dob,
            pnc_id=facts.suspect_pnc_id or "",
            relationship=relationship_of(facts),
            identified_at=facts.suspect_identified_at.at,
        )
        self.suspects[one.key] = row
        self.new.add(one.key)
        self.taking.add(m.ExtractEntry, suspect=row, hashes=remembered(now, {}))
        self._say("suspect_added", at=row.identified_at, suspect=row)
        Events(self.taking, self.standing, row, facts).take(EVENT_COLUMNS)

    def _known_suspect(self, row: m.Suspect, one: FoldedSuspect, now: Hashes) -> None:
        before = self._before(row)
        which = changed(now, before)
        hashes = source_keys(self.taking.case.pk, "suspect", one.key)
        if row.source_key not in hashes:
            self.taking.alter(row, source_key=hashes[0])
            self.taking.happened("extract_changed", suspect=row, text="The extract names this suspect")
        if not which:
            return
        self._state_facts(row, one.facts, which)
        if which & EVENT_COLUMNS:
            Events(self.taking, self.standing, row, one.facts).take(which)
        remember(self.taking, self.standing.entry(row), now, suspect=row)

    def _state_facts(self, row: m.Suspect, facts: SuspectFacts, which: frozenset[str]) -> None:
        name = row.full_name
        for column in PLAIN.keys() & which:
            self.taking.state(row, PLAIN[column], getattr(facts, column), column=column, suspect=row)
        if "suspect_relationship" in which:
            self.taking.state(row, "relationship", relationship_of(facts), column="suspect_relationship", suspect=row)
        if "suspect_nominal" in which and (person := self._persons.get(facts.suspect_nominal or "")) is not None:
            self.taking.state(row, "person", person, column="suspect_nominal", suspect=row)
        if "suspect_identified_at" in which:
            state_moment(self.taking, row, "identified_at", facts.suspect_identified_at, column="suspect_identified_at", suspect=row)
        if row.full_name != name:
            self.taking.renamed.append(row)

    # -- crimes ------------------------------------------------------------------------------------------------------

    def _take_crimes(self) -> None:
        """One recorded crime a complainant. What stands is read only where the crime or the complainant is another than before."""
        for key, complainant in self.complainants.items():
            if key not in self.new and not self.case_changed & CRIME.keys():
                continue
            crimes = [row for row in self.standing.offences if row.complainant_id == complainant.pk]
            if crimes:
                self._state_crime(self._the_extracts(crimes))
            else:
                self._new_crime(complainant)

    def _new_crime(self, complainant: m.Complainant) -> None:
        facts = self.folded.facts
        row = self.taking.add(
            m.Offence,
            complainant=complainant,
            code=facts.offence_code,
            description=facts.offence_description or "",
            from_on=facts.offence_from,
            to_on=facts.offence_to,
        )
        self.standing.offences.append(row)
        self._say("crime_added", complainant=complainant, text=facts.offence_code)

    def _the_extracts(self, crimes: list[m.Offence]) -> m.Offence:
        """Of several crimes of one complainant the one that the extract gave, or that has its code; else the first."""
        ours = [row for row in crimes if row.created_by_id is None] or [row for row in crimes if row.code == self.folded.facts.offence_code]
        return (ours or crimes)[0]

    def _state_crime(self, crime: m.Offence) -> None:
        for column in CRIME.keys() & self.case_changed:
            name = CRIME[column]
            if name == "description" and self.taking.entered_here(crime, name) and crime.description:
                continue  # the description is not read for meaning: what stands here is as good
            self.taking.state(crime, name, getattr(self.folded.facts, column), column=column)

    def _take_allegations(self) -> None:
        """As the records pair them; a suspect whom no record pairs with anybody is alleged in every crime, assumed."""
        crime_of = {row.complainant_id: row for row in reversed(self.standing.offences)}
        paired = {suspect for suspect, _ in self.folded.pairs}
        pairs = [
            *self.folded.pairs,
            *((one.key, key) for one in self.folded.suspects if one.key not in paired for key in self.complainants),
        ]
        for suspect_key, complainant_key in pairs:
            crime, suspect = crime_of[self.complainants[complainant_key].pk], self.suspects[suspect_key]
            if suspect.recorded_in_error_at is None and (crime.pk, suspect.pk) not in self.standing.allegations:
                self.standing.allegations.add((crime.pk, suspect.pk))
                assumed = self.folded.assumed or suspect_key not in paired
                self.taking.add(m.Allegation, offence=crime, suspect=suspect, assumed=assumed)


def relationship_of(facts: SuspectFacts) -> str:
    """Return the Relationship that the extract's words mean, or the words themselves."""
    words = facts.suspect_relationship or ""
    return str(RELATIONSHIPS.get(words.lower(), words))


def state_moment(taking: Taking, row: Any, name: str, said: Moment, *, column: str, suspect: m.Suspect | None = None) -> None:
    """State a time, unless what stands tells the same day or minute."""
    if not agrees(getattr(row, name), said):
        taking.state(row, name, said.at, column=column, suspect=suspect)


def remember(taking: Taking, entry: m.ExtractEntry | None, now: Hashes, **of: m.Suspect | m.Complainant) -> None:
    """Keep what the extract says now of the case, of a `suspect` or of a `complainant`: the same file changes nothing next time."""
    if entry is None:
        taking.add(m.ExtractEntry, hashes=remembered(now, {}), **of)
    elif changed(now, entry.hashes):
        taking.alter(entry, hashes=remembered(now, entry.hashes))
