"""`manage.py overdue_arrests`: the suspects whose arrest is late, force by force, as a table or as CSV."""

from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

import audit.services
from accounts.models import Agency
from audit.acts import Act
from audit.context import acting_as_system
from cases import models as m
from cases.commanding import day_of, forces_of, table
from core.exceptions import NotPossible
from core.scope import scope, system
from reports.arrests import Reach, late
from reports.exports import OVERDUE_COLUMNS, csv_text, overdue_record
from reports.overdue import OverdueArrest, all_of
from reports.seen import Seen

CSV_COLUMNS = (OVERDUE_COLUMNS[0], "force", OVERDUE_COLUMNS[1], "suspect_nominal", *OVERDUE_COLUMNS[2:])
"""As in the file from the screen, with the force's code and its own number of the suspect, by which its systems know her or him."""

TABLE = ("crime_reference", "suspect_number", "risk", "identified", "first_due", "days_over", "reason", "event", "officer", "unit")
HEADINGS = ("Case", "Suspect", "Risk", "Identified", "First due", "Days over", "Reason for delay", "Event", "Officer", "Unit")


class Command(BaseCommand):
    """List overdue arrests. Works on one force at a time, as every task does; each listing goes into the access log."""

    help = "List suspects who should have been arrested and were not, longest overdue first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take --force, --as-of and --csv."""
        parser.add_argument("--force", metavar="CODE", help="2-digit code of a police force, for example 52; all forces when left out")
        parser.add_argument("--as-of", metavar="DATE", help="seen from the start of this day, for example 2026-11-22; now when left out")
        parser.add_argument("--csv", action="store_true", help="print comma-separated values")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the list. Raises CommandError in plain words for an unknown force or a day that is none."""
        seen = Seen.on(day_of(options["as_of"]))
        found = {force: read(force, seen) for force in forces_of(options["force"])}
        if options["csv"]:
            records = (record(force, row, nominals) for force, (rows, nominals) in found.items() for row in rows)
            self.stdout.write(csv_text(CSV_COLUMNS, records, line_end="\n"), ending="")
            return
        shown = {force: rows for force, (rows, _) in found.items() if rows or options["force"]}
        for force, rows in shown.items():
            self.stdout.write(f"{force.name} ({force.code}), OFFICIAL-SENSITIVE")
            for line in table([HEADINGS, *(cells(row) for row in rows)]) if rows else []:
                self.stdout.write(f"  {line}")
            self.stdout.write(f"  {len(rows):,} overdue\n")
        if not shown:
            self.stdout.write("No arrest is overdue in any force.")


Read = tuple[list[OverdueArrest], dict[UUID, str | None]]


def read(force: Agency, seen: Seen) -> Read:
    """Read one force's rows, and the force's own numbers of those suspects, under its system scope.

    Writes down that they were handed out. Raises CommandError for too many.
    """
    with acting_as_system(reason="overdue_arrests"), scope(system(force.pk)):
        try:
            rows = all_of(late(Reach.of_force(force.pk), seen), seen)
        except NotPossible as error:
            raise CommandError(f"{force.name}: {error.reason}") from error
        if rows:
            audit.services.record(
                act=Act.DISCLOSURE,
                what="overdue arrests, command",
                case_ids=list(dict.fromkeys(row.case_id for row in rows)),
                owners=[force.pk],
                row_count=len(rows),
                recipients="whoever ran the command on the server",
            )
        suspects = m.Suspect.objects.filter(pk__in=[row.suspect_id for row in rows])
        return rows, dict(suspects.values_list("pk", "person__nominal"))


def record(force: Agency, row: OverdueArrest, nominals: Mapping[UUID, str | None]) -> tuple[str, ...]:
    """Return one record of the CSV, in the order of CSV_COLUMNS."""
    marking, reference, *rest = overdue_record(row)
    return (marking, force.code, reference, nominals.get(row.suspect_id) or "", *rest)


def cells(row: OverdueArrest) -> tuple[str, ...]:
    """Return what the table shows of a row, in the order of its headings."""
    named = dict(zip(OVERDUE_COLUMNS, overdue_record(row), strict=True))
    return tuple(named[name] for name in TABLE)
