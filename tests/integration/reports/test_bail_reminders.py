"""Reminders of bail: at 28, 14, 7 and 2 days, once each, naming the authority needed next."""

from datetime import date, timedelta

import pytest

from core import clock
from core.scope import scope, system
from notifications.models import Notice
from notifications.subjects import SUBJECTS
from reports.bail.reminders import remind, step_reached
from tests.factories import AVON, World
from tests.integration.reports.making import london
from tests.integration.reports.test_bail_diary import bail, event

pytestmark = pytest.mark.django_db


def told() -> list[tuple[str, int]]:
    with scope(system(AVON)):
        return [
            (row.subject, row.counts["left"]) for row in Notice.objects.filter(subject__startswith="bail_ends").order_by("created_at", "id")
        ]


@pytest.mark.parametrize(("left", "step"), [(29, None), (28, 28), (15, 28), (14, 14), (8, 14), (7, 7), (3, 7), (2, 2), (0, 2), (-1, None)])
def test_the_steps_of_reminding(left: int, step: int | None) -> None:
    assert step_reached(left) == step


def test_each_step_is_told_once_and_names_who_is_needed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: london("2026-10-01 06:00"))
    row = bail("2026-12-20", unit=world.north, officer=world.investigator)
    ends = date(2026, 12, 20)
    for left in (29, 28, 28, 20, 14, 6):
        with scope(system(AVON)):
            remind(AVON, ends - timedelta(days=left))
    assert told() == [("bail_ends_inspector", 28), ("bail_ends_inspector", 14), ("bail_ends_inspector", 6)]
    subject = SUBJECTS["bail_ends_inspector"]
    assert "6 months in all needs an inspector or above" in subject.text.format(day="20 December", left=28, months=6)

    event(row, "extended", "2026-10-01 05:00", authority="inspector", months=6, conditions_met=True, representations="x")
    with scope(system(AVON)):
        remind(AVON, date(2027, 3, 18))
    assert told()[3:] == [("bail_ends_superintendent", 2)]


def test_bail_that_stands_still_or_is_nobodys_reminds_nobody(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: london("2026-12-01 06:00"))
    event(bail("2026-12-20", unit=world.north, officer=world.investigator), "suspended", "2026-11-12 09:00")
    bail("2026-12-20", unit=world.north)
    with scope(system(AVON)):
        remind(AVON, date(2026, 12, 18))
    assert told() == []
