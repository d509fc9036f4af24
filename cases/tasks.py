"""What the worker does for cases: imports, and what keeps them going. Tasks carry ids only and may run twice."""

from pathlib import Path
from uuid import UUID

from celery import shared_task
from django.conf import settings

from accounts.models import Agency
from accounts.roles import AgencyKind
from cases import models as m
from cases.importing.folder import import_folder as import_from
from cases.importing.runs import carry_out, lost_runs, wipe_expired
from cases.reminding import sweep
from cases.services import applying
from cases.services.cover import tell_covers as tell_those_who_cover
from cases.services.refresh import refresh_force

HOURS = 60 * 60


@shared_task(name="cases.run_import", time_limit=4 * HOURS, ignore_result=True)  # type: ignore[untyped-decorator, unused-ignore]
def run_import(import_run_id: str, force_id: int) -> None:
    """Carry out one import, or go on with it. A second delivery of the same ends at once while the first is at it."""
    carry_out(UUID(import_run_id), force_id)


@shared_task(name="cases.sweep_imports", ignore_result=True)  # type: ignore[untyped-decorator, unused-ignore]
def sweep_imports(**_: object) -> None:
    """Each minute: hand lost imports to a worker again; close those whose file is gone."""
    for force_id in forces():
        for run_id in lost_runs(force_id):
            run_import.delay(str(run_id), force_id)


@shared_task(name="cases.wipe_expired_imports", ignore_result=True)  # type: ignore[untyped-decorator, unused-ignore]
def wipe_expired_imports(**_: object) -> None:
    """Every ten minutes: wipe uploaded files and refused records that are older than 24 hours."""
    for force_id in forces():
        wipe_expired(force_id)


@shared_task(name="cases.import_folder", time_limit=6 * HOURS, ignore_result=True)  # type: ignore[untyped-decorator, unused-ignore]
def import_folder(**_: object) -> None:
    """Nightly: import what the forces have put into the watched folder, where one is set."""
    if settings.IMPORT_FOLDER not in ("", "-"):
        import_from(Path(settings.IMPORT_FOLDER))


@shared_task(name="cases.refresh_projections", time_limit=6 * HOURS, ignore_result=True)  # type: ignore[untyped-decorator, unused-ignore]
def refresh_projections(**_: object) -> None:
    """Just after midnight in London: match stage, words and deadlines of every open case to the new day."""
    for force_id in forces():
        refresh_force(force_id)


@shared_task(name="cases.apply_setting", time_limit=6 * HOURS, ignore_result=True)  # type: ignore[untyped-decorator, unused-ignore]
def apply_setting(what: str, row_id: str) -> None:
    """Bring the clocks that a new setting touches in line. Safe to run twice; what is lost is caught by the nightly check."""
    applying.apply_setting(what, UUID(row_id))


def ring_setting(what: str, row_id: UUID) -> None:
    """Tell a worker that a setting is to be applied."""
    applying.waiting(row_id)
    apply_setting.delay(what, str(row_id))


def forces() -> list[int]:
    """Return every police force."""
    return list(Agency.objects.filter(kind=AgencyKind.POLICE).values_list("pk", flat=True))


def ring(run: m.ImportRun) -> None:
    """Tell a worker that an import waits."""
    run_import.delay(str(run.pk), run.force_id)


@shared_task(name="cases.tell_covers", ignore_result=True)  # type: ignore[untyped-decorator, unused-ignore]
def tell_covers(**_: object) -> None:
    """Every ten minutes: tell whoever covers for somebody that it has begun."""
    tell_those_who_cover()


@shared_task(name="cases.plan_reminders", ignore_result=True)  # type: ignore[untyped-decorator, unused-ignore]
def plan_reminders(**_: object) -> None:
    """Each minute: write down which reminders the running deadlines ask for by now."""
    sweep.plan_reminders()
