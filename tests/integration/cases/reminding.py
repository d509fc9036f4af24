"""Deadlines to be reminded of, made as rows where the test wants them, and what the two sweeps make of them."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from accounts.models import User
from cases import models as m
from cases.reminding.sweep import plan_reminders
from core import clock
from core.scope import scope, system
from notifications import pulse
from notifications.models import Heartbeat, Notice, Reminder
from notifications.reminders import hand_over_waiting
from tests.factories import AVON
from tests.integration.notifications.making import stand_at
from tests.integration.reports.making import london, make_case

LONG_AGO = "2026-01-01 09:00"


def began(since: str | datetime = LONG_AGO) -> None:
    """Let this service have reminded people since then."""
    at = london(since) if isinstance(since, str) else since
    with scope(system(0)):
        Heartbeat.objects.update_or_create(name=pulse.REMINDERS_BEGAN, defaults={"at": at})


def deadline(case: m.Case, due_on: str, *, kind: str = "interview_by", made: str = LONG_AGO, **facts: Any) -> m.Deadline:
    """Add a running deadline due at the end of a London day, as reconcile would have left it."""
    day = date.fromisoformat(due_on)
    due = {"due_at": facts.pop("due_at", clock.day_start(day + timedelta(days=1))), "due_on": day}
    with scope(system(case.force_id)):
        row: m.Deadline = m.Deadline.objects.create(
            case=case, force_id=case.force_id, cps_area_scope=case.cps_area_scope, kind=kind, created_at=london(made),
            subject_id=facts.pop("subject_id", uuid4()), owes=facts.pop("owes", "police"), started_at=london(made), setting_version=1,
            **due, first_due_at=due["due_at"], first_due_on=day, **facts,
        )  # fmt: skip
    return row


def change(row: m.Deadline, **facts: Any) -> None:
    """Change a deadline, as reconcile does."""
    with scope(system(row.force_id)):
        m.Deadline.objects.filter(pk=row.pk).update(**facts)


def case_of(officer: User | None = None, **facts: Any) -> m.Case:
    """Make a case with an officer and nothing else that runs."""
    case = make_case(officer=None, **facts)
    if officer is not None:
        name(case, officer)
    return case


def name(case: m.Case, user: User, role: str = "officer") -> m.CasePerson:
    """Give somebody a role on a case, without matching the case to its facts."""
    with scope(system(case.force_id)):
        row: m.CasePerson = m.CasePerson.objects.create(
            case=case, force_id=case.force_id, cps_area_scope=case.cps_area_scope, user=user, role=role, since=case.recorded_at
        )
    return row


def planned(**only: Any) -> list[tuple[str, UUID]]:
    """Return step and person of every reminder that is not dropped."""
    with scope(system(0)):
        rows = Reminder.objects.filter(dropped_at__isnull=True, **only).order_by("made_at", "step", "user_id")
        return list(rows.values_list("step", "user_id"))


def dropped() -> list[tuple[str, str]]:
    """Return step and reason of every reminder that was dropped."""
    with scope(system(0)):
        return list(Reminder.objects.exclude(dropped_because="").order_by("made_at", "id").values_list("step", "dropped_because"))


def told(user: User | None = None) -> list[tuple[str, int]]:
    """Return subject and number of every reminder in the inbox, or in one person's."""
    with scope(system(AVON)):
        rows = Notice.objects.filter(subject__startswith="reminder_").order_by("created_at", "subject", "id")
        rows = rows if user is None else rows.filter(user=user)
        return [(row.subject, row.counts["number"]) for row in rows]


def sweep(monkeypatch: pytest.MonkeyPatch, text: str) -> datetime:
    """Let it be this time in London, and let both sweeps run as beat asks each minute."""
    moment = stand_at(monkeypatch, text)
    plan_reminders()
    hand_over_waiting()
    return moment
