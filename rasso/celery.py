"""Celery: a doorbell. The broker holds ids only; what is owed is a row in the database."""

import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import beat_init, worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rasso.settings.production")  # the safe one; every command names its own

app = Celery("rasso")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# In code, so that it is reviewed. Every job brings things up to now, so a missed or doubled tick does no harm. London time.
app.conf.beat_schedule = {
    "projections": {"task": "cases.refresh_projections", "schedule": crontab(hour=0, minute=5)},
    "log partitions": {"task": "audit.make_partitions", "schedule": crontab(hour=2, minute=10)},
    "old sessions": {"task": "accounts.delete_expired_sessions", "schedule": crontab(hour=2, minute=20)},
    "watched folder": {"task": "cases.import_folder", "schedule": crontab(hour=2, minute=30)},
    "lost imports": {"task": "cases.sweep_imports", "schedule": 60.0},
    "old uploads": {"task": "cases.wipe_expired_imports", "schedule": 600.0},
}


@worker_init.connect(weak=False)
@beat_init.connect(weak=False)
def look_before_serving(**_: Any) -> None:
    """In production, end at once when the database login or the sign-ins in the database are unsafe."""
    from rasso.startup import refuse_if_unsafe  # Django is not set up when this module is imported

    refuse_if_unsafe()
