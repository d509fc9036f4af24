"""All accepted records of one case folded into one: the last value wins, a blank never erases."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Final, Literal, NamedTuple, TypeVar

from cases.extract.records import CaseFacts, Record, SuspectFacts, VictimFacts
from cases.extract.values import canonical

Facts = TypeVar("Facts", CaseFacts, SuspectFacts, VictimFacts)
_SEPARATOR: Final = "\x1f"  # no cell can hold it


class Entity(NamedTuple):
    """What a column is about. `key` is empty for the case, else the person's key in the case."""

    kind: Literal["case", "suspect", "complainant"]
    key: str


@dataclass(frozen=True, slots=True)
class FoldedSuspect:
    """One suspect of the case and all that the file says."""

    key: str
    facts: SuspectFacts


@dataclass(frozen=True, slots=True)
class FoldedComplainant:
    """One complainant of the case and all that the file says."""

    key: str
    facts: VictimFacts


@dataclass(frozen=True, slots=True)
class FoldedCase:
    """One case as the file gives it; people in order of first appearance.

    `pairs` are (suspect key, complainant key) that stand in one record. With `assumed` the case
    has several of either, and which crime is against whom must be confirmed by a person.
    """

    crime_reference: str
    facts: CaseFacts
    suspects: tuple[FoldedSuspect, ...]
    complainants: tuple[FoldedComplainant, ...]
    pairs: tuple[tuple[str, str], ...]
    assumed: bool


class _Identity(NamedTuple):
    nominal: str
    name: str

    @property
    def key(self) -> str:
        return f"nominal:{self.nominal}" if self.nominal else f"name:{self.name}"


def fold(records: Sequence[Record]) -> FoldedCase:
    """Fold the accepted records of one case, given in file order; there is at least one."""
    as_suspect = _keys(_suspect_identity(r.suspect) for r in records if r.suspect)
    as_victim = _keys(_victim_identity(r.victim) for r in records if r.victim)
    case = records[0].case
    suspects: dict[str, SuspectFacts] = {}
    victims: dict[str, VictimFacts] = {}
    pairs: dict[tuple[str, str], None] = {}
    for record in records:
        case = merged(case, record.case)
        if record.suspect:
            suspect = as_suspect[_suspect_identity(record.suspect)]
            suspects[suspect] = merged(suspects.get(suspect, record.suspect), record.suspect)
        if record.victim:
            victim = as_victim[_victim_identity(record.victim)]
            victims[victim] = merged(victims.get(victim, record.victim), record.victim)
        if record.suspect and record.victim:
            pairs[suspect, victim] = None
    return FoldedCase(
        crime_reference=case.crime_reference,
        facts=case,
        suspects=tuple(FoldedSuspect(key, facts) for key, facts in suspects.items()),
        complainants=tuple(FoldedComplainant(key, facts) for key, facts in victims.items()),
        pairs=tuple(pairs),
        assumed=len(suspects) > 1 or len(victims) > 1,
    )


def merged(earlier: Facts, later: Facts) -> Facts:
    """The later facts over the earlier, where they are not blank."""
    stated = {field.name: value for field in fields(later) if (value := getattr(later, field.name)) is not None}
    return replace(earlier, **stated)


def column_values(folded: FoldedCase) -> dict[tuple[Entity, str], str]:
    """(entity, column) → one text for the value, whichever way it was written; blanks left out.

    This is what the keyed hash of the previous extract is made of: the same value gives the same
    text in every file, and a column that the file leaves blank says nothing and is not here.
    """
    values = _texts(Entity("case", ""), folded.facts)
    for suspect in folded.suspects:
        values |= _texts(Entity("suspect", suspect.key), suspect.facts)
    for complainant in folded.complainants:
        values |= _texts(Entity("complainant", complainant.key), complainant.facts)
    return values


def _texts(entity: Entity, facts: CaseFacts | SuspectFacts | VictimFacts) -> dict[tuple[Entity, str], str]:
    texts = {field.name: canonical(getattr(facts, field.name)) for field in fields(facts)}
    return {(entity, column): text for column, text in texts.items() if text}


def _suspect_identity(facts: SuspectFacts) -> _Identity:
    name = _name(facts.suspect_surname, facts.suspect_forenames, facts.suspect_dob)
    return _Identity((facts.suspect_nominal or "").upper(), name)


def _victim_identity(facts: VictimFacts) -> _Identity:
    name = _name(facts.victim_surname, facts.victim_forenames, facts.victim_dob)
    return _Identity((facts.victim_nominal or "").upper(), name)


def name_key(facts: SuspectFacts | VictimFacts) -> str:
    """Return the key somebody had who stood in an earlier file without a nominal; empty unless full name and day of birth are known."""
    identity = _suspect_identity(facts) if isinstance(facts, SuspectFacts) else _victim_identity(facts)
    return _Identity("", identity.name).key if identity.name and all(identity.name.split(_SEPARATOR)) else ""


def _name(surname: str | None, forenames: str | None, born: date | None) -> str:
    if surname is None and forenames is None and born is None:
        return ""
    return _SEPARATOR.join((canonical(surname), canonical(forenames), canonical(born))).casefold()


def _keys(identities: Iterable[_Identity]) -> Mapping[_Identity, str]:
    """The key of each person: the nominal; without one, the name and day of birth.

    Whoever stands without a nominal in one record and, by the same full name and day of birth,
    with exactly one nominal in another is one person, known by the nominal.
    """
    distinct = list(dict.fromkeys(identities))
    nominals: dict[str, set[str]] = {}
    for identity in distinct:
        if identity.nominal and all(identity.name.split(_SEPARATOR)):
            nominals.setdefault(identity.name, set()).add(identity.nominal)

    def key(identity: _Identity) -> str:
        namesakes = nominals.get(identity.name, set())
        if not identity.nominal and len(namesakes) == 1:
            return _Identity(next(iter(namesakes)), identity.name).key
        return identity.key

    return {identity: key(identity) for identity in distinct}
