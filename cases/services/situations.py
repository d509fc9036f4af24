"""Wanted, abroad, in prison elsewhere: put on record and ended by a supervisor. The arrest's due date never moves."""

from datetime import datetime
from uuid import UUID

from accounts.models import User
from cases import models as m
from cases import permissions, policies
from cases.derive.facts import SuspectFacts
from cases.services.changing import Changing, changing
from core.exceptions import NotPossible


def begin_situation(
    *, actor: User, case_id: UUID, suspect_id: UUID, kind: str, since: datetime, note: str, version: int | None = None
) -> m.SuspectSituation:
    """Put on record that a suspect cannot be arrested here and now. The arrest is listed apart and reviewed.

    Raises NotAllowed, NotPossible (in custody, has an outcome, in a situation already, no reason, a time that cannot be), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.SUPERVISE)
        suspect, facts = change.suspect(suspect_id)
        policies.situation_may_begin(facts)
        if kind not in m.SituationKind.values:
            raise NotPossible("Select why the suspect cannot be arrested", field="kind")
        policies.not_before_identified(facts, since, field="since")
        change.not_in_future(since, field="since")
        _not_over_already(facts, since)
        if not note.strip():
            raise NotPossible("Enter the reason and what is being done", field="note")
        _write_ends(change, suspect, facts)
        text = f"{m.SituationKind(kind).label}: {note}"
        change.put_in_timeline("situation_began", at=since, suspect=suspect, text=text)
        return change.add(m.SuspectSituation, suspect=suspect, kind=kind, since=since, note=note)


def _not_over_already(facts: SuspectFacts, since: datetime) -> None:
    """A new one begins after the arrests, interviews and situations on record: those it would otherwise be over with at once."""
    ends = [end for one in facts.situations if (end := facts.situation_ended_at(one)) is not None]
    if any(since <= at for at in [*(arrest.at for arrest in facts.arrests), *facts.interviews]) or any(since < end for end in ends):
        raise NotPossible("Enter a time after the last arrest, interview and earlier situation", field="since")


def _write_ends(change: Changing, suspect: m.Suspect, facts: SuspectFacts) -> None:
    """Write down the ends that followed from an arrest or interview, so that one situation stands at a time."""
    rows = {row.pk: row for row in m.SuspectSituation.objects.filter(case=change.case, suspect=suspect, ended_at__isnull=True)}
    for situation in facts.situations:
        if situation.id in rows:
            row = rows[situation.id]
            row.ended_at, row.ended_note = facts.situation_ended_at(situation), "Arrested or interviewed"
            row.save(update_fields=["ended_at", "ended_note"])


def end_situation(
    *, actor: User, case_id: UUID, suspect_id: UUID, ended_at: datetime, note: str, version: int | None = None
) -> m.SuspectSituation:
    """Put on record that a suspect can be arrested again: the arrest clock stands where it would have.

    Raises NotAllowed, NotPossible (none holds, no reason, before it began, in the future), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.SUPERVISE)
        suspect, facts = change.suspect(suspect_id)
        policies.situation_may_end(facts)
        row = m.SuspectSituation.objects.get(case=change.case, suspect=suspect, ended_at__isnull=True)
        change.not_in_future(ended_at, field="ended_at")
        if ended_at < row.since:
            raise NotPossible("Enter a time after it began", field="ended_at")
        if not note.strip():
            raise NotPossible("Enter what has changed", field="note")
        row.ended_at, row.ended_note = ended_at, note
        row.save(update_fields=["ended_at", "ended_note"])
        change.put_in_timeline("situation_ended", at=ended_at, suspect=suspect, text=note)
        return row
