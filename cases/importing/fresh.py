"""The facts of a case that is new here, from the rows about to be written: what would be read back, unread.

A test holds the two against each other over whole extracts.
"""

from datetime import date
from typing import Any, TypeVar

from cases import models as m
from cases.derive.clocks import beside
from cases.derive.facts import ArrestFact, BailEventFact, BailFact, CaseFacts, ComplainantFacts, CrimeFact, OutcomeFact, SuspectFacts
from cases.importing.takers import TAKERS
from cases.importing.taking import Taking

Row = TypeVar("Row", bound=m.CaseRow)


def facts_of_new(taking: Taking, live_from: date | None) -> CaseFacts:
    """Return the facts of a case of which nothing stands yet but what this import writes."""
    case = taking.case
    offences = _rows(taking, m.Offence)
    return CaseFacts(
        id=case.pk,
        force_id=case.force_id,
        recorded_at=case.recorded_at,
        risk=case.risk,
        live_from=live_from,
        suspects=tuple(_suspect(taking, row) for row in _rows(taking, m.Suspect)),
        offences=tuple(row.outcome_code for row in offences),
        offences_closed_on=max((row.outcome_on for row in offences if row.outcome_on), default=None),
        complainants=tuple(_complainant(taking, row) for row in _rows(taking, m.Complainant)),
        beside=beside(case, TAKERS.fresh_facts(taking)),
    )


def _rows(taking: Taking, model: type[Row], suspect: m.Suspect | None = None) -> list[Row]:
    rows: list[Any] = taking.added.get(model, [])
    return [row for row in rows if suspect is None or row.suspect_id == suspect.pk]


def _complainant(taking: Taking, row: m.Complainant) -> ComplainantFacts:
    named = frozenset(one.suspect_id for one in _rows(taking, m.Allegation) if one.offence.complainant_id == row.pk)
    naming = {one.offence_id for one in _rows(taking, m.Allegation)}
    own = [one for one in _rows(taking, m.Offence) if one.complainant_id == row.pk and one.pk not in naming]
    nameless = tuple(CrimeFact(one.pk, one.outcome_code, one.outcome_on) for one in own)
    return ComplainantFacts(row.pk, row.label, row.entitlement, taking.case.recorded_at, named, nameless=nameless)


def _suspect(taking: Taking, suspect: m.Suspect) -> SuspectFacts:
    arrests = sorted(_rows(taking, m.Arrest, suspect), key=lambda row: row.at)
    interviews = sorted(_rows(taking, m.Interview, suspect), key=lambda row: row.at)
    return SuspectFacts(
        id=suspect.pk,
        identified_at=suspect.identified_at,
        arrests=tuple(ArrestFact(row.pk, row.at, row.imported, row.released_at, row.released_to) for row in arrests),
        interviews=tuple(row.at for row in interviews),
        interview_ids=tuple(row.pk for row in interviews),
        bails=tuple(
            BailFact(
                row.pk,
                row.granted_at,
                row.authority,
                row.arrest.at if row.arrest else None,
                row.own_end_on,
                row.passed_at_import,
                _bail_events(taking, row),
            )
            for row in _rows(taking, m.Bail, suspect)
        ),
        outcomes=tuple(OutcomeFact(row.code, row.on, None, row.pk, row.side) for row in _rows(taking, m.SuspectOutcome, suspect)),
    )


def _bail_events(taking: Taking, bail: m.Bail) -> tuple[BailEventFact, ...]:
    rows = [row for row in _rows(taking, m.BailEvent) if row.bail_id == bail.pk]
    return tuple(BailEventFact(row.kind, row.at, ended_to=row.ended_to, id=row.pk) for row in rows)
