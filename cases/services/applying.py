"""After a setting was added: the clocks it touches are brought in line, case by case, and how far that is can be looked at.

Safe to run twice and at once: everything written is derived. What is lost here is caught by the nightly check of
projections. How far it is stands in the cache (numbers only); the truth is in the clocks themselves.
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.core.cache import cache
from django.db import transaction

from accounts.models import Agency
from accounts.roles import AgencyKind
from audit import context as audit_context
from audit.acts import Act
from audit.services import record
from cases import models as m
from cases.derive.clocks import Edition, Length
from cases.services.reconcile import reconcile
from cases.services.settings import CLOCK
from cases.setting_effect import NewHoliday, NewLength, NewSetting, cases_touched
from core import clock
from core.calendar import Unit
from core.scope import scope, system

log = logging.getLogger("rasso.cases")
KEPT_SECONDS: Final = 7 * 24 * 60 * 60
EVERY: Final = 20


@dataclass(frozen=True, slots=True)
class Progress:
    """How far applying a setting is. `at` is when it ended, in UTC; None while it waits or goes on."""

    done: int = 0
    total: int = 0
    at: datetime | None = None


def waiting(row_id: UUID) -> None:
    """Note that a setting waits for a worker."""
    _note(row_id, Progress())


def progress_of(row_ids: list[UUID]) -> dict[UUID, Progress]:
    """Return how far applying is, for those of the settings that are known to wait, go on or have ended lately."""
    found: dict[str, Any] = cache.get_many([_key(row_id) for row_id in row_ids])
    said = {row_id: found[_key(row_id)] for row_id in row_ids if _key(row_id) in found}
    return {key: Progress(one["done"], one["total"], datetime.fromisoformat(one["at"]) if one["at"] else None) for key, one in said.items()}


def apply_setting(what: str, row_id: UUID) -> int:
    """Bring in line every case that a saved setting touches, each in a transaction of its own; return how many there were.

    Progress and access log count only those that may be spoken of: not a case in which the CPS alone knows of the clock. A setting
    that is not there (its transaction was undone) is passed over.
    """
    found = _read(what, row_id)
    if found is None:
        return 0
    setting, agency_id = found
    forces = _forces(agency_id)
    counted = [(force_id, key) for force_id in forces for key in cases_touched(setting, force_id, counted=True)]
    others = {(force_id, key) for force_id in forces for key in cases_touched(setting, force_id)}.difference(counted)
    wanted = [*counted, *sorted(others)]
    for number, (force_id, key) in enumerate(wanted):
        if number % EVERY == 0:
            _note(row_id, Progress(min(number, len(counted)), len(counted)))
        with transaction.atomic(), scope(system(force_id)):
            case = m.Case.objects.select_for_update().get(pk=key)
            reconcile(case, reason="setting changed", actor_name="System")
    with audit_context.acting_as_system(reason="setting applied"):
        for force_id in {force for force, _ in counted}:
            with scope(system(force_id)):
                cases = [key for force, key in counted if force == force_id]
                record(act=Act.ALTERATION, what="setting applied", owners=(force_id,), row_count=len(cases), purpose=f"setting {row_id}")
    _note(row_id, Progress(len(counted), len(counted), clock.now()))
    log.info("a setting was applied")
    return len(wanted)


def _read(what: str, row_id: UUID) -> tuple[NewSetting, int | None] | None:
    with scope(system(0)):
        if what == CLOCK:
            row = m.ClockSetting.objects.filter(pk=row_id).first()
            return (NewLength(edition_of(row)), row.agency_id) if row else None
        day = m.BankHoliday.objects.filter(pk=row_id).first()
        return (NewHoliday(day.agency_id, day.day, day.closed), day.agency_id) if day else None


def edition_of(row: m.ClockSetting) -> Edition:
    """Return the edition that a row stands for."""
    return Edition(row.kind, row.variant, row.agency_id, row.version, Length(row.amount, Unit(row.unit)), row.in_force_from)


def _forces(agency_id: int | None) -> list[int]:
    if agency_id is not None:
        return [agency_id]
    with scope(system(0)):
        return list(Agency.objects.filter(kind=AgencyKind.POLICE).values_list("pk", flat=True))


def _key(row_id: UUID) -> str:
    return f"rasso.setting.{row_id}"


def _note(row_id: UUID, progress: Progress) -> None:
    at = progress.at.isoformat() if progress.at else ""
    cache.set(_key(row_id), {"done": progress.done, "total": progress.total, "at": at}, KEPT_SECONDS)
