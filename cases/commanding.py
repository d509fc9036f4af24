"""What commands that list something of each force have alike: the day and the force asked for, and columns of text."""

from collections.abc import Iterable
from datetime import date

from django.core.management.base import CommandError

from accounts.models import Agency
from accounts.roles import AgencyKind

WRONG_USE = 2
"""The exit status for an argument that cannot be used, as for one that argparse refuses."""


def day_of(text: str | None) -> date | None:
    """Return the day given, None for none. Raises CommandError."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{text!r} is no day. Write it as year-month-day, for example 2026-11-22.", returncode=WRONG_USE) from None


def forces_of(code: str | None) -> list[Agency]:
    """Return the force of a code, or every force in order of its code. Raises CommandError for an unknown one."""
    forces = Agency.objects.filter(kind=AgencyKind.POLICE).order_by("pk")
    if code is None:
        return list(forces)
    found = list(forces.filter(pk=int(code))) if code.isascii() and code.isdigit() and len(code) <= 4 else []
    if not found:
        raise CommandError(f"No police force has the code {code!r}. Give its 2-digit code, for example 52.", returncode=WRONG_USE)
    return found


def table(lines: Iterable[tuple[str, ...]]) -> list[str]:
    """Return lines of cells with every column as wide as its widest cell."""
    rows = list(lines)
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
