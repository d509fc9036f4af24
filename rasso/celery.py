"""Celery: a doorbell. The broker holds ids only; what is owed is a row in the database."""

import os
from typing import Any

from celery import Celery
from celery.signals import beat_init, worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rasso.settings.production")  # the safe one; every command names its own

app = Celery("rasso")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect(weak=False)
@beat_init.connect(weak=False)
def look_before_serving(**_: Any) -> None:
    """In production, end at once when the database login or the sign-ins in the database are unsafe."""
    from rasso.startup import refuse_if_unsafe  # Django is not set up when this module is imported

    refuse_if_unsafe()
