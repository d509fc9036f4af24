"""What this app writes into `cases`: where a suspect stands with the CPS, and bail that stands still meanwhile.

Nobody of the CPS has a right to write these tables: they are written in the system scope of the case's force, inside the same
transaction, by services that have asked permission and state. Nothing here asks either.
"""

from collections.abc import Iterable
from datetime import datetime

from cases import models as m
from cases.derive.facts import SuspectFacts
from cases.services.changing import Changing
from cases.services.writing import last_of, write_bail_event
from core.scope import scope, system


def place(change: Changing, suspects: Iterable[m.Suspect], position: m.Position | None, *, at: datetime) -> None:
    """Let each suspect stand with the CPS, with the police on an action plan, finalised, or (None) in no position, from a time on."""
    with scope(system(change.case.force_id)):
        standing = {row.suspect_id: row for row in m.CpsPosition.objects.filter(case=change.case, until__isnull=True)}
        for suspect in suspects:
            row = standing.get(suspect.pk)
            if row is not None and row.position == position:
                continue
            if row is not None:
                row.until = max(at, row.since)
                row.save(update_fields=["until"])
            if position is not None:
                change.add(m.CpsPosition, suspect=suspect, position=position, since=max(at, row.since) if row else at)


def suspend_bail(change: Changing, suspect: m.Suspect, facts: SuspectFacts, *, at: datetime) -> bool:
    """Let the live bail of a suspect stand still while the case is with the CPS (PACE s.47ZL). Says whether there was any."""
    bail = facts.live_bail()
    if bail is None or bail.suspended_since is not None or bail.lapsed(at) or bail.passed_not_known:
        return False
    with scope(system(change.case.force_id)):
        write_bail_event(change, bail.id, suspect, m.BailEventKind.SUSPENDED, at=max(at, last_of(bail)))
    return True


def run_bail_again(change: Changing, suspect: m.Suspect, facts: SuspectFacts, *, at: datetime) -> bool:
    """Let bail that stood still run again: the police are asked for more (PACE s.47ZL). Says whether there was any."""
    bail = facts.live_bail()
    if bail is None or bail.suspended_since is None:
        return False
    with scope(system(change.case.force_id)):
        write_bail_event(change, bail.id, suspect, m.BailEventKind.RUNNING_AGAIN, at=max(at, last_of(bail)))
    return True
