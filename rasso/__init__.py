"""The project: settings, addresses, Celery, and the launcher behind `make run`."""

from rasso.celery import app as celery_app

__all__ = ["celery_app"]
