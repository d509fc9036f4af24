"""Imports that are kept track of: uploaded or found in the watched folder, previewed, started, carried out, wiped."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, BinaryIO, Final
from uuid import UUID

from django.db import IntegrityError, OperationalError, transaction
from django.http import Http404

import audit.services
from accounts.models import Agency, User
from audit.acts import Act
from cases import models as m
from cases import permissions
from cases.extract.reader import Extract
from cases.extract.scan import FileRefused
from cases.importing.lock import alone
from cases.importing.preview import digest_of, preview
from cases.importing.run import Importing, tally_as_json, tally_from
from core import clock
from core.exceptions import NotPossible
from core.scope import scope, system
from core.vault import SealBroken, seal, unseal

KEPT: Final = timedelta(hours=24)
State = m.ImportRun.State
RUNNING_STATES: Final = (State.WAITING, State.RUNNING)
CONSTRAINT: Final = "a_force_imports_one_file_at_a_time"
FAULT: Final = "A fault stopped the import. The cases before it are complete. Start it again to go on."
Ring = Callable[[m.ImportRun], None]


class Overtaken(Exception):
    """Another worker is carrying out the same import: this one leaves it alone."""


def upload(*, actor: User, data: bytes) -> m.ImportRun:
    """Check an extract and keep it, sealed, for 24 hours; nothing is imported. Raises NotAllowed, NotPossible (no extract)."""
    permissions.IMPORT.check(actor)
    today, now = clock.today(), clock.now()
    try:
        found = preview(io.BytesIO(data), force_id=actor.agency_id, as_of=today)
    except FileRefused as refused:
        raise NotPossible(refused.reason, field="file") from refused
    run = m.ImportRun(
        force_id=actor.agency_id,
        state=State.PREVIEWED,
        uploaded_by=actor,
        as_of=today,
        file_digest=digest_of(io.BytesIO(data)),
        forget_at=now + KEPT,
        counts={"preview": found.as_json()},
        cases_total=found.batches,
    )
    run.file_sealed = seal(data, about=about(run, "file"))
    if found.refused_file:
        run.refused_sealed = seal(found.refused_file, about=about(run, "refused"))
    run.save(force_insert=True)
    audit.services.record(act=Act.COLLECTION, what="extract uploaded", row_count=found.tally.read)
    return run


def start(*, actor: User, run_id: UUID, ring: Ring) -> m.ImportRun:
    """Start a checked import, or one that stopped before its end. `ring` tells the worker, once this is committed.

    Raises NotAllowed, Http404, NotPossible: not the uploader, the file is gone, or the force is importing already.
    """
    permissions.IMPORT.check(actor)
    run: m.ImportRun | None = runs_of(actor).filter(pk=run_id).select_for_update().first()
    if run is None:
        raise Http404
    if run.uploaded_by_id != actor.pk:
        raise NotPossible("Only whoever uploaded the file can start its import.")
    if run.state not in (State.PREVIEWED, State.FAILED):
        raise NotPossible("This import has been started already.")
    if run.file_sealed is None or run.forget_at <= clock.now():
        raise NotPossible("The file has been deleted, as every uploaded file is after 24 hours. Upload it again.")
    other = running(actor.agency_id)
    if other is not None:
        raise NotPossible(said_of(other))
    run.state, run.problem, run.ended_at = State.WAITING, "", None
    try:
        with transaction.atomic():
            run.save(update_fields=["state", "problem", "ended_at"])
    except IntegrityError as error:
        if CONSTRAINT not in str(error):
            raise
        raise NotPossible("Another import of this force was started a moment ago.") from error
    transaction.on_commit(lambda: ring(run), robust=True)
    return run


def running(force_id: int) -> m.ImportRun | None:
    """Return the force's import that is waiting or running, if any, with who started it."""
    return (
        m.ImportRun.objects.filter(force_id=force_id, state__in=RUNNING_STATES)
        .select_related("uploaded_by")
        .defer("file_sealed", "refused_sealed")
        .first()
    )


def said_of(run: m.ImportRun) -> str:
    """Say who imports what since when."""
    at = (run.started_at or run.created_at).astimezone(clock.LONDON)
    who = run.uploaded_by.name if run.uploaded_by else "The watched folder"
    return f"{who} started an import of this force on {at.day} {at:%B %Y at %H:%M}. Wait until it has ended."


def runs_of(user: User) -> Any:
    """Return the imports that this person may know of: those of the own force."""
    return m.ImportRun.objects.filter(force_id=user.agency_id)


def refused_file(*, actor: User, run_id: UUID) -> bytes:
    """Return the refused records as a file, to the uploader only; the disclosure is logged. Raises NotAllowed, Http404."""
    permissions.IMPORT.check(actor)
    run = runs_of(actor).filter(pk=run_id, uploaded_by=actor, refused_sealed__isnull=False, forget_at__gt=clock.now()).first()
    if run is None:
        raise Http404
    try:
        data = unseal(run.refused_sealed, about=about(run, "refused"))
    except SealBroken as broken:
        raise NotPossible("The refused records cannot be read any longer. Upload the extract again.") from broken
    audit.services.record(act=Act.DISCLOSURE, what="refused records", row_count=run.counts["preview"]["refused"], recipients=actor.name)
    return data


def about(run: m.ImportRun, what: str) -> str:
    """What the sealed bytes of a run are bound to."""
    return f"cases_importrun|{run.force_id}|{run.pk}|{what}"


# -- carrying out ------------------------------------------------------------------------------------------------------


def carry_out(run_id: UUID, force_id: int, *, source: BinaryIO | None = None) -> None:
    """Carry out an import that waits or stopped half way; whole cases only, from where it stopped. Safe to call twice.

    `source` is the file where it is not kept sealed (the watched folder). A database that goes away leaves the import
    running, to be taken up again; any other failure stops it, with what is done so far kept.
    """
    with alone(force_id) as free:
        if not free:
            return
        run = _begin(run_id, force_id)
        if run is None:
            return
        ending: tuple[str, str] | None = (State.FAILED, FAULT)
        try:
            _carry_out(run, source)
            ending = (State.DONE, "")
        except (OperationalError, Overtaken):
            ending = None
            raise
        except (FileRefused, SealBroken) as fault:
            ending = (State.FAILED, str(fault))
        finally:
            if ending is not None:
                _end(run, *ending)


def _begin(run_id: UUID, force_id: int) -> m.ImportRun | None:
    with scope(system(force_id)):
        run = m.ImportRun.objects.filter(pk=run_id, force_id=force_id, state__in=RUNNING_STATES).select_for_update().first()
        if run is None:
            return None
        run.state, run.started_at = State.RUNNING, run.started_at or clock.now()
        run.save(update_fields=["state", "started_at"])
        return run


def _carry_out(run: m.ImportRun, source: BinaryIO | None) -> None:
    if source is None:
        if run.file_sealed is None:
            raise FileRefused("The file has been deleted. Upload it again.")
        source = io.BytesIO(unseal(bytes(run.file_sealed), about=about(run, "file")))

    def in_step(importing: Importing) -> None:
        """In the case's own transaction: it counts as done exactly when it is, and for one worker only."""
        counts = {**run.counts, "tally": tally_as_json(importing.tally)}
        before = m.ImportRun.objects.filter(pk=run.pk, state=State.RUNNING, cases_done=importing.done - 1)
        if not before.update(cases_done=importing.done, counts=counts):
            raise Overtaken

    importing = Importing(
        force=Agency.objects.get(pk=run.force_id),
        as_of=run.as_of or clock.today(),
        tally=tally_from(run.counts.get("tally", {})),
        done=run.cases_done,
        in_step=in_step,
    )
    with Extract(source, as_of=importing.as_of) as extract:
        importing.run(extract, lambda refused: None)


def _end(run: m.ImportRun, state: str, problem: str) -> None:
    with scope(system(run.force_id)):
        m.ImportRun.objects.filter(pk=run.pk, state=State.RUNNING).update(state=state, problem=problem[:250], ended_at=clock.now())


def lost_runs(force_id: int) -> list[UUID]:
    """Return the imports that wait or run while nobody is at them; one whose file is gone is closed as stopped."""
    with alone(force_id) as free:
        if not free:
            return []
        with scope(system(force_id)):
            rows = m.ImportRun.objects.filter(force_id=force_id, state__in=RUNNING_STATES)
            rows.filter(file_sealed__isnull=True).update(
                state=State.FAILED, ended_at=clock.now(), problem="The import stopped before its end. What it had taken in is complete."
            )
            return list(rows.filter(file_sealed__isnull=False).values_list("pk", flat=True))


def wipe_expired(force_id: int) -> int:
    """Wipe files and refused records whose 24 hours are over; return how many. Safe to run at any time and twice."""
    with scope(system(force_id)):
        due = m.ImportRun.objects.filter(force_id=force_id, forget_at__lte=clock.now())
        return int(due.exclude(file_sealed__isnull=True, refused_sealed__isnull=True).update(file_sealed=None, refused_sealed=None))


def open_run(force_id: int, stream: BinaryIO, as_of: date) -> tuple[m.ImportRun, bool]:
    """Return the run of a file that was put into the watched folder, and whether there is anything left to do.

    A file is imported once, by its digest; one that stopped half way goes on. Raises NotPossible while the force imports
    something else.
    """
    digest = digest_of(stream)
    with scope(system(force_id)):
        rows = m.ImportRun.objects.filter(force_id=force_id, file_digest=digest)
        done = rows.filter(state__in=(State.DONE, State.REFUSED)).first()
        if done is not None:
            return done, False
        other = running(force_id)
        if other is not None and other.file_digest != digest:
            raise NotPossible(said_of(other))
        run = rows.filter(uploaded_by__isnull=True, state=State.FAILED).first() or m.ImportRun(
            force_id=force_id, as_of=as_of, file_digest=digest, forget_at=clock.now() + KEPT
        )
        run.state, run.problem = State.WAITING, ""
        run.save()
        return run, True
