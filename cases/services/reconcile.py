"""The last step of every service: make deadlines, stage, status and the other projections match the facts.

Runs inside the system scope of the case's force: people have no right to write a deadline or a projection, whatever
their kind. Idempotent, and equal to a rebuild from nothing, because all of it is derived from facts.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db.models import Max

from cases import models as m
from cases.derive.clocks import Owes, Wanted, wanted
from cases.derive.facts import CaseFacts
from cases.derive.states import case_stage, standing, suspect_status, turns
from cases.models.base import LINE
from cases.selectors import editions_of
from cases.selectors_telling import everything_of
from cases.services.projections import Key, project
from core import clock

WRITTEN = (
    "owes", "suspect_id", "complainant_id", "started_at", "due_at", "due_on", "first_due_at", "first_due_on", "eased_at",
    "paused_since", "met_at", "ended_at", "cancelled", "setting_version",
)  # fmt: skip


def reconcile(
    case: m.Case, *, reason: str, actor_name: str, now: datetime | None = None, version: int | None = None, facts: CaseFacts | None = None
) -> CaseFacts:
    """Match everything derived of one case to its facts. The caller holds the case's lock and a system scope.

    `version` is the case's new version after a change by somebody; what time alone changes gives none. `facts` are handed
    in by a writer who knows all of them, which is the importer of a new case alone.
    """
    moment = now or clock.now()
    facts = replace(facts or everything_of(case), as_of=moment)
    found = wanted(facts, editions_of(case.force_id))
    _match_deadlines(case, found)
    changes = _project_suspects(case, facts, moment)
    changes += _project_case(case, facts, found, moment, case.version if version is None else version)
    _write_changes(case, changes, reason, actor_name)
    project(case, facts, found)
    return facts


def _values(one: Wanted) -> dict[str, object]:
    first = one.first_due or one.due
    return {
        "owes": one.owes,
        "suspect_id": one.suspect_id,
        "complainant_id": one.complainant_id,
        "started_at": one.started_at,
        "due_at": one.due.due_at,
        "due_on": one.due.due_on,
        "first_due_at": first.due_at,
        "first_due_on": first.due_on,
        "eased_at": one.eased_at,
        "paused_since": one.paused_since,
        "met_at": one.met_at,
        "ended_at": one.ended_at,
        "cancelled": False,
        "setting_version": one.setting_version,
    }


def _match_deadlines(case: m.Case, found: Mapping[Key, Wanted]) -> None:
    """Insert what is missing, change what differs, cancel what no fact asks for, revive what one asks for again."""
    standing_rows = {(row.kind, row.subject_id, row.sequence): row for row in m.Deadline.objects.filter(case=case)}
    missing = [
        m.Deadline(**keys_of(case), kind=one.kind, subject_id=one.subject_id, sequence=one.sequence, **_values(one))
        for key, one in found.items()
        if key not in standing_rows
    ]
    changed = []
    for key, row in standing_rows.items():
        values = _values(found[key]) if key in found else {"cancelled": True}
        if any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            changed.append(row)
    if missing:
        m.Deadline.objects.bulk_create(missing)
    if changed:
        m.Deadline.objects.bulk_update(changed, WRITTEN)


def keys_of(case: m.Case) -> dict[str, object]:
    """Return the columns that every row of this case carries."""
    return {"case": case, "force_id": case.force_id, "cps_area_scope": case.cps_area_scope}


def _project_suspects(case: m.Case, facts: CaseFacts, now: datetime) -> list[m.StatusChange]:
    """Write each suspect's status where it changed, and return the changes."""
    rows = {row.pk: row for row in m.Suspect.objects.filter(case=case, recorded_in_error_at__isnull=True)} if facts.suspects else {}
    changes = []
    for suspect in facts.suspects:
        row, status = rows[suspect.id], suspect_status(suspect, now)
        if row.status != status:
            changes.append(m.StatusChange(**keys_of(case), suspect=row, from_state=row.status, to_state=status))
            row.status = status
    if changes:
        m.Suspect.objects.bulk_update([change.suspect for change in changes if change.suspect], ["status"])
    return changes


def _project_case(case: m.Case, facts: CaseFacts, found: Mapping[Key, Wanted], now: datetime, version: int) -> list[m.StatusChange]:
    """Write stage, words, turn and next due days of the case where they changed, and return the change of stage."""
    before, (police, cps) = case.stage, turns(facts, now)
    projected = {
        "stage": case_stage(facts, now),
        "standing": standing(facts, now)[:LINE],
        "turn_police": police,
        "turn_cps": cps,
        "next_due_police": _next_due(found, Owes.POLICE),
        "next_due_cps": _next_due(found, Owes.CPS),
        "version": version,
    }
    changed = [name for name, value in projected.items() if getattr(case, name) != value]
    for name in changed:
        setattr(case, name, projected[name])
    if changed:
        case.save(update_fields=changed)
    return [m.StatusChange(**keys_of(case), from_state=before, to_state=case.stage)] if "stage" in changed else []


def _write_changes(case: m.Case, changes: list[m.StatusChange], reason: str, actor_name: str) -> None:
    """Append the changes of status, numbered on from the last one of the case."""
    if not changes:
        return
    last = m.StatusChange.objects.filter(case=case).aggregate(last=Max("sequence"))["last"] or 0
    for number, change in enumerate(changes, start=last + 1):
        change.sequence, change.reason, change.actor_name = number, reason, actor_name
    m.StatusChange.objects.bulk_create(changes)


def _next_due(found: Mapping[Key, Wanted], owes: Owes) -> datetime:
    running = (
        one.due.due_at
        for one in found.values()
        if one.owes == owes and one.met_at is None and one.ended_at is None and one.paused_since is None
    )
    return min(running, default=m.NOTHING_DUE)
