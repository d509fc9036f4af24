"""The sign of life of the scheduler: written by its task, missed after five minutes, and never a reason to say no."""

from datetime import timedelta

import pytest
from django.test import Client

from core import clock
from notifications import pulse
from notifications.models import Heartbeat
from notifications.tasks import sign_of_life
from rasso import health
from rasso.celery import app

pytestmark = pytest.mark.django_db
WORDS = next(words for words, check in health.WISHED.items() if check is pulse.scheduler_is_alive)


def test_never_then_fresh_then_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    assert pulse.scheduler_is_alive() is False
    sign_of_life()
    sign_of_life()
    assert pulse.scheduler_is_alive() is True
    assert Heartbeat.objects.count() == 1
    at = Heartbeat.objects.get().at
    monkeypatch.setattr(clock, "now", lambda: at + timedelta(minutes=5))
    assert pulse.scheduler_is_alive() is True
    monkeypatch.setattr(clock, "now", lambda: at + timedelta(minutes=5, microseconds=1))
    assert pulse.scheduler_is_alive() is False


def test_readiness_warns_in_the_log_and_still_says_yes(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.content) == (200, b"ready\n")
    assert any(WORDS in record.getMessage() and record.levelname == "WARNING" for record in caplog.records)
    sign_of_life()
    caplog.clear()
    client.get("/health/ready")
    assert not any(WORDS in record.getMessage() for record in caplog.records)


def test_beat_asks_each_minute_and_the_doorbell_writes_no_sign() -> None:
    """A ring by a web process must not hide a beat that stands still."""
    entries = app.conf.beat_schedule
    assert entries["sign of life"]["task"] == sign_of_life.name
    assert entries["sign of life"]["schedule"] == entries["notices"]["schedule"] == 60.0
    from notifications.tasks import send_notices

    send_notices()
    assert not Heartbeat.objects.exists()
