"""`manage.py import_rms FILE --force CODE [--dry-run] [--errors FILE] [--as-of DATE]`: take a force's extract in."""

import argparse
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from cases.extract.reader import Extract
from cases.extract.records import Refused
from cases.extract.refused import RefusedWriter
from cases.extract.scan import FileRefused
from cases.importing.lock import alone
from cases.importing.run import Importing, force_of
from cases.importing.runs import running, said_of
from core import clock
from core.exceptions import NotPossible
from core.scope import scope, system

REFUSED_SHOWN = 40


def day(text: str) -> date:
    """Read the day of --as-of."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("a day is written 2026-11-22") from None


class Command(BaseCommand):
    """Case by case, each whole or not at all: run it again after an interruption and it completes."""

    help = "Take in a force's records-management extract. The same file again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, the force, and what to do with it."""
        parser.add_argument("file", help="the extract: CSV in UTF-8")
        parser.add_argument("--force", required=True, metavar="CODE", help="the force's 2-digit code, for example 52")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done and write nothing to the database")
        parser.add_argument("--errors", metavar="FILE", help="write the refused records, with reasons, to this file")
        parser.add_argument("--as-of", type=day, metavar="DATE", help="take this day for today where a day may not be in the future")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import the file and say what became of it. Raises CommandError for a file that is refused or a force that imports already."""
        try:
            force = force_of(options["force"])
            with Extract(options["file"], as_of=options["as_of"] or clock.today()) as extract, alone(force.pk) as free:
                if not free:
                    raise CommandError(_busy(force.pk))
                importing = Importing(force=force, as_of=options["as_of"] or clock.today())
                with ExitStack() as stack:
                    report = stack.enter_context(self._refused(extract, options["errors"]))
                    if options["dry_run"]:
                        stack.enter_context(rolled_back())
                    importing.run(extract, report)
        except (FileRefused, NotPossible) as refused:
            raise CommandError(f"Nothing was imported. {refused.reason}") from refused
        lines = importing.tally.lines()
        if options["dry_run"]:
            lines.insert(0, "Dry run: nothing was written")
        self.stdout.write("\n".join(lines))

    @contextmanager
    def _refused(self, extract: Extract, path: str | None) -> Iterator[Any]:
        """Give what takes a refused record: the first ones are said, all are written to the file that was asked for."""
        said = 0
        with ExitStack() as stack:
            writer = RefusedWriter(stack.enter_context(private_file(path)), extract.header) if path else None

            def report(refused: Refused) -> None:
                nonlocal said
                said += 1
                if said <= REFUSED_SHOWN:
                    column = f", {refused.column}" if refused.column else ""
                    self.stderr.write(f"Record {refused.number}, line {refused.line}{column}: {refused.reason}")
                if writer is not None:
                    writer.write(refused)

            yield report
        if said > REFUSED_SHOWN:
            self.stderr.write(
                f"and {said - REFUSED_SHOWN:,} more refused records" + ("" if path else ": write them to a file with --errors")
            )


def private_file(path: str) -> BinaryIO:
    """Open a file for writing that only its owner reads. Raises CommandError when it cannot be written."""
    try:
        return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
    except OSError as error:
        raise CommandError(f"The file for refused records cannot be written: {error.strerror}") from error


@contextmanager
def rolled_back() -> Iterator[None]:
    """Run the block in one transaction and let all of it go."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _busy(force_id: int) -> str:
    with scope(system(force_id)):
        run = running(force_id)
    return said_of(run) if run else "Another import of this force is running. Wait until it has ended."
