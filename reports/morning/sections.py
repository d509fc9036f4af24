"""The one table of what the morning holds, in the order in which it is looked at."""

from datetime import timedelta
from urllib.parse import urlencode

from django.urls import reverse

from reports.bail.clocks import FORTNIGHT, LAPSED, PASSED
from reports.morning import says, sources
from reports.morning.entries import OF_A_CASE, Section
from reports.morning.look import Look
from reports.morning.sections_prosecution import PROSECUTION


def _list(url_name: str, look: Look, **query: str) -> str:
    asked = urlencode({**({"unit": look.unit} if look.unit else {}), **query})
    return reverse(url_name) + (f"?{asked}" if asked else "")


def _fortnight(look: Look) -> str:
    last = look.today + timedelta(days=FORTNIGHT)
    days = {f"{name}_{part}": str(getattr(day, part)) for name, day in (("first", look.today), ("last", last)) for part in _PARTS}
    return _list("bail_diary", look, state="running", **days)


_PARTS = ("day", "month", "year")

SECTIONS: dict[str, Section] = {
    section.slug: section
    for section in (
        Section(
            "custody",
            "Red custody",
            sources.in_custody,
            says.custody,
            acts=("record-release", "extend-detention", "enter-detention"),
            target="suspect_id",
            columns=("suspect_id", "at", "due_at", "hours"),
        ),
        Section(
            "not-told",
            "Victim not told of a release or of bail",
            sources.not_told,
            says.not_told,
            acts=("tell",),
            target="complainant_id",
            columns=("complainant_id", "label", "about", "not_told_because"),
        ),
        Section(
            "overdue-arrests",
            "Overdue arrests",
            sources.overdue_arrests,
            says.arrest,
            acts=("record-arrest", "record-attempt", "record-delay"),
            target="suspect_id",
            columns=("suspect_id", "first_due_on", "reason"),
            elsewhere=lambda look: _list("overdue_arrests", look),
        ),
        Section(
            "bail-lapsed",
            "Bail lapsed",
            sources.bail_lapsed,
            says.lapsed,
            acts=("end-bail", "extend-bail"),
            target="bail_id",
            columns=("bail_id", "due_on"),
            elsewhere=lambda look: _list("bail_diary", look, state=LAPSED),
        ),
        Section(
            "bail-fortnight",
            "Bail answering this fortnight",
            sources.bail_soon,
            says.bail,
            acts=("extend-bail", "end-bail"),
            target="bail_id",
            columns=("bail_id", "due_on"),
            on_bail=True,
            elsewhere=_fortnight,
        ),
        Section(
            "bail-passed",
            "Bail date passed, not answered",
            sources.bail_passed,
            says.passed,
            acts=("answer-passed-bail",),
            target="bail_id",
            columns=("bail_id", "due_on"),
            on_bail=True,
            elsewhere=lambda look: _list("bail_diary", look, state=PASSED),
        ),
        Section(
            "no-arrest",
            "Decisions not to arrest, waiting",
            sources.decisions,
            says.decision,
            acts=("answer-no-arrest",),
            target="id",
            columns=("asked_by", "created_by_id"),
            checked_by_another=True,
        ),
        Section(
            "corrections",
            "Corrections, waiting",
            sources.corrections,
            says.correction,
            acts=("answer-correction",),
            target="id",
            columns=("asked_by", "created_by_id", "table", "field"),
            checked_by_another=True,
        ),
        *PROSECUTION,
        Section(
            "reviews",
            "Reviews due",
            sources.reviews,
            says.review,
            acts=("review-case", "review-suspect"),
            target="suspect_id",
            columns=("suspect_id", "kind", "due_at", "due_on"),
        ),
        Section(
            "named",
            "Named, but no suspect recorded",
            sources.named,
            says.recorded,
            acts=("add-suspect",),
            who=OF_A_CASE,
        ),
        Section(
            "unallocated",
            "Unallocated cases",
            sources.unallocated,
            says.recorded,
            acts=("assign-person",),
            who=OF_A_CASE,
        ),
        Section(
            "away",
            "Away without cover, with something due this week",
            sources.away,
            says.away,
            who=(),
            columns=("name", "agency_id", "unit__name", "away_from", "away_to", "covered_by_id", "things_due"),
        ),
        Section(
            "emergency",
            "Emergency access in the last 24 hours",
            sources.emergencies,
            says.emergency,
            columns=("asked_by", "visible"),
        ),
    )
}
"""Slug → part of the morning."""
