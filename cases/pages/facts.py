"""The facts of suspects from the rows that the case page has loaded anyway, so that nothing is read twice."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from uuid import UUID

from cases import models as m
from cases.derive.facts import ArrestFact, BailEventFact, BailFact, OutcomeFact, Position, SituationFact, SuspectFacts
from cases.derive.turn_spells import Stay
from cases.pages.rows import Happened, Rows

Of = Callable[[type[m.CaseRow]], list[Happened]]
"""The rows of a table for one suspect, in order of time."""


def suspect_facts(rows: Rows) -> dict[UUID, SuspectFacts]:
    """Return suspect → facts, the same as `cases.selectors.facts_of` gives."""
    happened: dict[tuple[str, UUID | None], list[Happened]] = defaultdict(list)
    for row in rows.happened:
        happened[row.source, row.suspect_id].append(row)
    bails = bail_facts(rows.bails, rows.bail_events)

    def of(key: UUID) -> Of:
        return lambda model: happened[model.__name__, key]

    return {suspect.pk: _facts(suspect, of(suspect.pk), bails) for suspect in rows.suspects}


def stays_of(rows: Rows) -> list[Stay]:
    """Return every stay of the case's suspects with the CPS, on an action plan or finalised."""
    found = (row for row in rows.happened if row.source == m.CpsPosition.__name__ and row.suspect_id is not None)
    return [Stay(row.suspect_id, row.code, row.at, row.until) for row in found if row.suspect_id is not None]


def bail_facts(bails: Iterable[m.Bail], events: Iterable[m.BailEvent]) -> dict[UUID, tuple[UUID, BailFact]]:
    """Return bail → (suspect, facts), in order of grant."""
    by_bail: dict[UUID, list[BailEventFact]] = defaultdict(list)
    for event in events:
        by_bail[event.bail_id].append(BailEventFact(event.kind, event.at, event.months, event.own_end_on, event.ended_to, event.pk))
    return {
        bail.pk: (
            bail.suspect_id,
            BailFact(
                bail.pk,
                bail.granted_at,
                bail.authority,
                bail.arrest.at if bail.arrest else None,
                bail.own_end_on,
                bail.passed_at_import,
                tuple(by_bail[bail.pk]),
            ),
        )
        for bail in bails
    }


def _facts(suspect: m.Suspect, of: Of, bails: dict[UUID, tuple[UUID, BailFact]]) -> SuspectFacts:
    positions = [row for row in of(m.CpsPosition) if row.until is None]
    approved = [row.until for row in of(m.ArrestDecision) if row.code == m.ArrestDecision.Answer.APPROVED and row.until]
    return SuspectFacts(
        id=suspect.pk,
        identified_at=suspect.identified_at,
        arrests=tuple(ArrestFact(row.id, row.at, row.imported, row.until, row.code, row.began, row.number) for row in of(m.Arrest)),
        interviews=tuple(row.at for row in of(m.Interview)),
        interview_ids=tuple(row.id for row in of(m.Interview)),
        no_arrest=tuple(sorted(approved)),
        situations=tuple(SituationFact(row.id, row.code, row.at, row.until) for row in of(m.SuspectSituation)),
        bails=tuple(facts for suspect_id, facts in bails.values() if suspect_id == suspect.pk),
        outcomes=tuple(
            OutcomeFact(row.number or 0, row.on, row.until, row.id, row.code, row.other) for row in of(m.SuspectOutcome) if row.on
        ),
        position=Position(positions[-1].code) if positions else Position.NONE,
        position_id=positions[-1].id if positions else None,
        position_since=positions[-1].at if positions else None,
    )
