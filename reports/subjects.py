"""What people are told by reports."""

from typing import Final

from accounts.roles import Role
from notifications import subjects
from notifications.subjects import Channel, Subject

DAILY_REPORT: Final = "daily_report"


def register() -> None:
    """Add the subjects."""
    subjects.add(
        Subject(
            key=DAILY_REPORT,
            label="The daily report of your force",
            heading="Daily report, {day}",
            text="Overdue arrests: {overdue}, of them high risk {overdue_high} and critically overdue {critical}. "
            "Bail lapsed: {bail_lapsed}. Reviews overdue: {reviews_overdue}. Waiting for approval: {approvals}.",
            url_name="today",
            otherwise="overdue_arrests",
            roles=frozenset({Role.SUPERVISOR}),
            channel=Channel.EMAIL,
        )
    )
