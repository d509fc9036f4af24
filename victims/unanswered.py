"""Appointments that have begun and of which nobody has said whether they were kept: rows of the worklist."""

from typing import Any

from django.db.models import QuerySet

from cases.acts import On
from cases.pages.needs import Finder, Need
from cases.worklist.reach import Reach
from cases.worklist.sources import QUESTION, Source
from cases.worklist.sources import register as register_source
from core import clock
from core.components import london_text
from victims.models import Appointment
from victims.planned_appointments import standing


def _find(reach: Reach) -> QuerySet[Any]:
    rows = standing().filter(case__in=reach.with_clocks(), starts_at__lte=clock.now())
    return rows.defer("place").select_related("complainant").order_by("starts_at", "id")


def _describe(finder: Finder, row: Appointment) -> Need:
    about = f"{row.get_purpose_display().lower()} of Victim {row.complainant.label}"
    return Need(
        f"Victim {row.complainant.label}: {row.get_purpose_display().lower()} on {london_text(row.starts_at)}: kept or cancelled?",
        buttons=finder.buttons.offered(On.APPOINTMENT, row, row.pk, about),
    )


def register() -> None:
    """Add the source. Officers answer; the CPS books no appointments."""
    register_source(Source("appointment", QUESTION, "Appointments: kept or cancelled?", _find, _describe))
