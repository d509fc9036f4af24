"""The reports there are, each with a sentence: `/reports/` lists those that a reader's role opens."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, resolve, reverse

from accounts.access import access_of
from reports.permissions import COUNTS_ARRESTS

READERS = COUNTS_ARRESTS
"""Who has a report to read."""


@dataclass(frozen=True, slots=True)
class Report:
    """One report: the name of its address, its title, what it answers in a sentence, and its place (lowest first)."""

    url_name: str
    title: str
    sentence: str
    order: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A report as the list shows it."""

    title: str
    sentence: str
    href: str


_reports: dict[str, Report] = {}


def register(report: Report) -> None:
    """Add a report; one for the same address replaces the one before. Apps above this one add theirs in AppConfig.ready()."""
    _reports[report.url_name] = report


def reports_for(role: str) -> list[Listed]:
    """Return the reports that this role opens, in order. An address that is not mounted is left out."""
    found = []
    for report in sorted(_reports.values(), key=lambda one: (one.order, one.title)):
        try:
            address = reverse(report.url_name)
        except NoReverseMatch:
            continue
        access = access_of(resolve(address).func)
        if access is not None and role in access.roles:
            found.append(Listed(report.title, report.sentence, address))
    return found


def register_all() -> None:
    """Add this app's reports."""
    for order, (url_name, title, sentence) in enumerate(
        (
            ("overdue_arrests", "Overdue arrests", "Which suspects should have been arrested by now, for how long, and why not."),
            ("bail_diary", "Bail diary", "Who answers bail when, under which conditions, and whose authority is needed next."),
            ("victim_contact_report", "Contact with victims", "How much agreed contact was in time, and who was told in time."),
            ("load_report", "Live cases of each person", "How many live cases each person has, weighted by stage and risk."),
            (
                "abstraction_report",
                "Officers taken for other duties",
                "The hours that events took, and the arrests and appointments they delayed.",
            ),
            ("turns_report", "Turns of police and CPS", "How many cases are with police and CPS, and for how long each side holds them."),
            (
                "attrition_report",
                "Victims who do not support the prosecution",
                "At what stage, why, how soon after the report, and whether a supervisor spoke with her or him.",
            ),
            (
                "nfa_report",
                "No further action",
                "Why and when it ended, what the second check made of it, who was told in time, and what reviews and panels found.",
            ),
            ("returns_report", "Returns and why", "What was returned between police and CPS, for which reasons, and how old requests are."),
            ("daily_runs", "Daily reports", "What was found each morning at 6am, as counts."),
        ),
        start=1,
    ):  # fmt: skip
        register(Report(url_name, title, sentence, order * 10))
