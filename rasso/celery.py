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
MINUTELY = {"expires": 55}
"""The next one does the same: what no worker took within the minute is dropped, not piled up."""
# In code, so that it is reviewed. Every job brings things up to now, so a missed or doubled tick does no harm. London time.
app.conf.beat_schedule = {
    "projections": {"task": "cases.refresh_projections", "schedule": crontab(hour=0, minute=5)},
    "log partitions": {"task": "audit.make_partitions", "schedule": crontab(hour=2, minute=10)},
    "old sessions": {"task": "accounts.delete_expired_sessions", "schedule": crontab(hour=2, minute=20)},
    "old drafts": {"task": "accounts.delete_old_drafts", "schedule": crontab(minute=40)},
    "watched folder": {"task": "cases.import_folder", "schedule": crontab(hour=2, minute=30)},
    "daily runs": {"task": "reports.daily_runs", "schedule": crontab(hour=6, minute=0)},
    "missing daily runs": {"task": "reports.daily_runs", "schedule": 60.0, "options": MINUTELY},
    "notices": {"task": "notifications.send_notices", "schedule": 60.0, "options": MINUTELY},
    "reminders to plan": {"task": "cases.plan_reminders", "schedule": 60.0, "options": MINUTELY},
    "reminders to hand over": {"task": "notifications.hand_over_reminders", "schedule": 60.0, "options": MINUTELY},
    "support services": {"task": "victims.sweep_support", "schedule": 60.0, "options": MINUTELY},
    "items of action plans": {"task": "prosecution.settle_items", "schedule": 600.0},
    "sign of life": {"task": "notifications.sign_of_life", "schedule": 60.0, "options": MINUTELY},
    "patterns of looking": {"task": "reports.find_patterns", "schedule": crontab(hour=3, minute=10)},
    "cover that begins": {"task": "cases.tell_covers", "schedule": 600.0},
    "lost imports": {"task": "cases.sweep_imports", "schedule": 60.0},
    "old uploads": {"task": "cases.wipe_expired_imports", "schedule": 600.0},
}


@worker_init.connect(weak=False)
@beat_init.connect(weak=False)
def look_before_serving(**_: Any) -> None:
    """In production, end at once when the database login or the sign-ins in the database are unsafe."""
    from rasso.startup import refuse_if_unsafe  # Django is not set up when this module is imported

    refuse_if_unsafe()
