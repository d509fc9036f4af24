"""Upkeep of the access log."""

from celery import shared_task

from audit import services


@shared_task(name="audit.make_partitions")  # type: ignore[untyped-decorator, unused-ignore]
def make_partitions(**_: object) -> None:
    """Daily: make the partitions of the coming months. Safe to run at any time and twice."""
    services.make_partitions()
