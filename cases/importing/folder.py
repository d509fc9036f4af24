"""The watched folder: files named FORCE-anything.csv (52-extract.csv) are imported at night, each once."""

import logging
import re
from pathlib import Path
from typing import Final

from cases import models as m
from cases.extract.reader import Extract
from cases.extract.refused import RefusedWriter
from cases.extract.scan import FileRefused
from cases.importing.run import force_of
from cases.importing.runs import State, carry_out, open_run
from core import clock
from core.exceptions import NotPossible
from core.scope import scope, system

NAME: Final = re.compile(r"(?P<force>[0-9]{2})-.+\.csv", re.IGNORECASE)
REFUSED_ENDING: Final = ".refused.csv"
log = logging.getLogger("rasso.imports")


def import_folder(folder: Path) -> int:
    """Import every file of the folder that was not imported before; return how many were.

    The refused records of a file stand beside it, in the same name with `.refused.csv`, for the force to mend.
    """
    imported = 0
    for path in sorted(folder.iterdir()):
        named = NAME.fullmatch(path.name)
        if named is None or path.name.lower().endswith(REFUSED_ENDING) or not path.is_file():
            continue
        try:
            imported += import_path(path, force_of(named["force"]).pk)
        except NotPossible as refusal:
            log.warning("a file of the watched folder waits", extra={"force": named["force"], "because": refusal.reason})
    return imported


def import_path(path: Path, force_id: int) -> bool:
    """Import one file unless it was before. Returns whether it was imported now."""
    with path.open("rb") as stream:
        run, wanted = open_run(force_id, stream, clock.today())
        if not wanted:
            return False
        try:
            with Extract(stream, as_of=run.as_of or clock.today()) as extract:
                write_refused(extract, path)
        except FileRefused as refused:
            with scope(system(force_id)):
                m.ImportRun.objects.filter(pk=run.pk).update(state=State.REFUSED, problem=refused.reason[:250], ended_at=clock.now())
            return False
        carry_out(run.pk, force_id, source=stream)
    return True


def write_refused(extract: Extract, path: Path) -> None:
    """Write the refused records beside the file they came in; no file when there are none."""
    writer: RefusedWriter | None = None
    beside = path.with_name(path.stem + REFUSED_ENDING)
    with beside.open("wb") as stream:
        beside.chmod(0o600)
        for batch in extract.cases():
            for refused in batch.refused:
                writer = writer or RefusedWriter(stream, extract.header)
                writer.write(refused)
    if writer is None:
        beside.unlink()
