"""What the worker does for auditors. It may run twice."""

from celery import shared_task

from audit import context as audit_context
from reports.auditing.patterns import find_patterns as find


@shared_task(name="reports.find_patterns", time_limit=2 * 60 * 60, ignore_result=True)  # type: ignore[untyped-decorator, unused-ignore]
def find_patterns(**_: object) -> None:
    """Nightly: look for patterns in the access log of the last seven days, so that a night without a worker loses nothing."""
    with audit_context.acting_as_system(reason="patterns of looking"):
        find()
