"""`manage.py overdue_contacts`: the victims whose agreed contact is late, force by force, as a table or as CSV."""

from argparse import ArgumentParser
from dataclasses import dataclass
from typing import Any

from django.core.management.base import BaseCommand, CommandError

import audit.services
from accounts.models import Agency
from audit.acts import Act
from audit.context import acting_as_system
from cases.commanding import day_of, forces_of, table
from cases.exports import MARKING, csv_text, day
from core.exceptions import NotPossible
from core.scope import scope, system
from core.seen import Seen
from victims.reports import OverdueContact, Reach, late, rows_of

CSV_COLUMNS = ("marking", "force", "crime_reference", "victim", "unit", "officer", "agreed_days", "last_contact", "due", "days_late")
HEADINGS = ("Case", "Victim", "Unit", "Officer", "Agreed days", "Last contact", "Due", "Days late")


@dataclass(frozen=True, slots=True)
class Found:
    """What one force owes: in open cases or closed ones, as asked for, and how many of the others."""

    rows: list[OverdueContact]
    others: int


class Command(BaseCommand):
    """List overdue contact with victims: open cases, or closed ones with --closed. Each listing goes into the access log."""

    help = "List victims whose agreed contact is overdue, longest overdue first. No list names anybody."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take --force, --as-of, --csv and --closed."""
        parser.add_argument("--force", metavar="CODE", help="2-digit code of a police force, for example 52; all forces when left out")
        parser.add_argument("--as-of", metavar="DATE", help="seen from the start of this day, for example 2026-11-22; now when left out")
        parser.add_argument("--csv", action="store_true", help="print comma-separated values")
        parser.add_argument("--closed", action="store_true", help="list contact still owed in closed cases instead of open ones")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the list. Raises CommandError in plain words for an unknown force or a day that is none."""
        seen = Seen.on(day_of(options["as_of"]))
        found = {force: read(force, seen, closed=options["closed"]) for force in forces_of(options["force"])}
        if options["csv"]:
            records = [(MARKING, force.code, *record(row)) for force, one in found.items() for row in one.rows]
            self.stdout.write(csv_text(CSV_COLUMNS, records, line_end="\n"), ending="")
            return
        shown = {force: one for force, one in found.items() if one.rows or one.others or options["force"]}
        for force, one in shown.items():
            self.stdout.write(f"{force.name} ({force.code}), OFFICIAL-SENSITIVE")
            for line in table([HEADINGS, *(record(row) for row in one.rows)]) if one.rows else []:
                self.stdout.write(f"  {line}")
            self._totals(one, closed=options["closed"])
        if not shown:
            self.stdout.write("No contact is overdue in any force.")

    def _totals(self, found: Found, *, closed: bool) -> None:
        here, there = ("closed", "open") if closed else ("open", "closed")
        self.stdout.write(f"  {len(found.rows):,} overdue in {here} cases")
        how = "without --closed" if closed else "with --closed"
        self.stdout.write(f"  {found.others:,} overdue in {there} cases, listed {how}\n")


def read(force: Agency, seen: Seen, *, closed: bool) -> Found:
    """Read one force's rows under its system scope, and write down that they were handed out. Raises CommandError for too many."""
    with acting_as_system(reason="overdue_contacts"), scope(system(force.pk)):
        clocks = late(Reach.of_force(force.pk), seen)
        try:
            rows = rows_of(clocks.filter(open=not closed), seen)
        except NotPossible as error:
            raise CommandError(f"{force.name}: {error.reason}") from error
        if rows:
            audit.services.record(
                act=Act.DISCLOSURE,
                what="overdue contacts, command",
                case_ids=list(dict.fromkeys(row.case_id for row in rows)),
                owners=[force.pk],
                row_count=len(rows),
                recipients="whoever ran the command on the server",
            )
        return Found(rows, clocks.filter(open=closed).count())


def record(row: OverdueContact) -> tuple[str, ...]:
    """Return one record after marking and force, in the order of CSV_COLUMNS: nothing in it says who anybody is."""
    return (
        row.reference,
        row.label,
        row.unit,
        row.officer,
        "" if row.agreed_days is None else str(row.agreed_days),
        day(row.last_contact_on),
        day(row.due_on),
        str(row.days_late),
    )
