"""The outcome from the extract: facts first, outcome last. It settles every suspect and crime that the file names.

A fact dated after the outcome never reopens it: only a reopening act does. An outcome or a reopening entered here is
never undone by an earlier one of the extract.
"""

from datetime import date

from cases import models as m
from cases.importing.people import People
from cases.importing.taking import Taking
from cases.outcome_codes import OUTCOMES_OF_THE_CPS, words
from core import clock

OUTCOME_COLUMNS = frozenset({"outcome_code", "outcome_on"})


def take_outcome(people: People) -> None:
    """Write the outcome to suspects and crimes: all when it changed, else only to those who are new here."""
    facts = people.folded.facts
    if facts.outcome_code is None or facts.outcome_on is None:
        return
    changed = bool(people.case_changed & OUTCOME_COLUMNS)
    if not changed and not people.new:
        return
    for key, suspect in people.suspects.items():
        if (changed or key in people.new) and suspect.recorded_in_error_at is None:
            _settle_suspect(people, suspect, facts.outcome_code, facts.outcome_on)
    named = {row.pk for key, row in people.complainants.items() if changed or key in people.new}
    crimes = [row for row in people.standing.offences if row.complainant_id in named]
    for crime in crimes:
        _settle_crime(people.taking, crime, facts.outcome_code, facts.outcome_on)
    if crimes and not people.suspects:
        people.taking.happened("crime_outcome", at=clock.day_start(facts.outcome_on), text=words(facts.outcome_code))


def _settle_suspect(people: People, suspect: m.Suspect, code: int, on: date) -> None:
    taking = people.taking
    rows = people.standing.of_suspect(m.SuspectOutcome, suspect, "created_at")
    stands = next((row for row in rows if row.reopened_at is None), None)
    reopened = max((clock.london_day(row.reopened_at) for row in rows if row.reopened_at), default=None)
    if stands is not None and (stands.code, stands.on) == (code, on):
        return
    if stands is None and (reopened is None or on >= reopened):
        side = m.Side.CPS if code in OUTCOMES_OF_THE_CPS else m.Side.POLICE
        taking.add(m.SuspectOutcome, suspect=suspect, code=code, on=on, side=side, imported=True)
        taking.happened("outcome_recorded", at=clock.day_start(on), suspect=suspect, text=words(code))
        _end_with_it(people, suspect, on)
    elif stands is None:
        taking.disagree("outcome_code", here="reopened", extract=outcome_text(code, on), suspect=suspect)
    elif taking.entered_here(stands, "code") or taking.entered_here(stands, "on"):
        taking.disagree("outcome_code", here=outcome_text(stands.code, stands.on), extract=outcome_text(code, on), suspect=suspect)
    else:
        _correct(taking, stands, {"code": code, "on": on}, suspect)


def _end_with_it(people: People, suspect: m.Suspect, on: date) -> None:
    """End what an outcome ends: bail granted before it, and a planned arrest."""
    taking, standing = people.taking, people.standing
    for bail in standing.of_suspect(m.Bail, suspect, "granted_at")[-1:]:
        ended = any(event.kind == m.BailEventKind.ENDED for event in standing.bail_events[bail.pk])
        if not ended and clock.london_day(bail.granted_at) <= on:
            at = max(clock.day_start(on), bail.granted_at)
            event = taking.add(m.BailEvent, bail=bail, kind=m.BailEventKind.ENDED, at=at, ended_to=m.EndedTo.OUTCOME)
            standing.bail_events[bail.pk].append(event)
    for plan in standing.of_suspect(m.PlannedArrest, suspect, "planned_for"):
        if plan.state == m.PlannedArrest.State.PLANNED:
            taking.alter(plan, state=m.PlannedArrest.State.CANCELLED, ended_because="The suspect has an outcome")


def _settle_crime(taking: Taking, crime: m.Offence, code: int, on: date) -> None:
    if crime.outcome_code is None or crime.outcome_on is None:
        taking.alter(crime, outcome_code=code, outcome_on=on)
    elif (crime.outcome_code, crime.outcome_on) != (code, on):
        if taking.person_did("crime_outcome") or taking.entered_here(crime, "outcome_code"):
            taking.disagree("outcome_code", here=outcome_text(crime.outcome_code, crime.outcome_on), extract=outcome_text(code, on))
        else:
            _correct(taking, crime, {"outcome_code": code, "outcome_on": on}, None)


def _correct(taking: Taking, row: m.SuspectOutcome | m.Offence, values: dict[str, int | date], suspect: m.Suspect | None) -> None:
    for name, value in values.items():
        if getattr(row, name) != value:
            taking.correct(row, name, value, column="outcome_code", suspect=suspect)


def outcome_text(code: int, on: date) -> str:
    """Code and day as one text: "16 2026-08-27"."""
    return f"{code} {on.isoformat()}"
