"""What the worker does for reports. Tasks carry nothing and may run twice."""

from celery import shared_task

from audit import context as audit_context
from reports.daily.runs import bring_up_to_date


@shared_task(name="reports.daily_runs", ignore_result=True)  # type: ignore[untyped-decorator, unused-ignore]
def daily_runs(**_: object) -> None:
    """At 06:00 in London and each minute after: make the daily runs that are missing, and tell supervisors who were not told."""
    with audit_context.acting_as_system(reason="daily run"):
        bring_up_to_date()
