"""What tests of settings are made with: editions, bank holidays, cases of all ages, and what their clocks say."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from accounts.models import Agency, User
from accounts.roles import Role
from cases import models as m
from cases.derive.clocks import Length
from cases.services.settings import add_bank_holiday, add_clock_setting
from cases.setting_rules import setting_of
from core import clock
from core.calendar import Unit, england_and_wales
from core.scope import scope, system
from tests.factories import AVON, World, acting_as, ago, make_user
from tests.integration.cases.making import make_case


def nobody(what: str, row_id: UUID) -> None:
    """Ring no worker."""


def oversight() -> User:
    """The administrator of an oversight body."""
    with scope(system(AVON)):
        Agency.objects.get_or_create(pk=2001, defaults={"kind": "oversight", "name": "Test board"})
    return make_user(2001, Role.ADMINISTRATOR)


def settings_of(force_id: int = AVON) -> list[m.ClockSetting]:
    """Return every edition there is, the oldest first."""
    with scope(system(force_id)):
        return list(m.ClockSetting.objects.order_by("created_at"))


def days_of(force_id: int = AVON) -> list[m.BankHoliday]:
    """Return every bank holiday added or taken out."""
    with scope(system(force_id)):
        return list(m.BankHoliday.objects.order_by("created_at"))


def add(
    actor: User, amount: int, *, slug: str = "arrest-medium", unit: Unit = Unit.DAYS, day: date | None = None, **more: Any
) -> m.ClockSetting:
    setting = setting_of(slug)
    assert setting is not None
    with acting_as(actor):
        return add_clock_setting(
            actor=actor,
            setting=setting,
            length=Length(amount, unit),
            in_force_from=day or clock.today(),
            source_note="Test",
            ring=nobody,
            **more,
        )


def running(force_id: int = AVON, **by: Any) -> dict[UUID, datetime]:
    """Return when each running clock of a force is due."""
    with scope(system(force_id)):
        rows = m.Deadline.objects.filter(force_id=force_id, met_at__isnull=True, ended_at__isnull=True, cancelled=False, **by)
        return dict(rows.values_list("pk", "due_at"))


def changed(before: dict[UUID, datetime], after: dict[UUID, datetime]) -> tuple[int, int, int, int]:
    """Return how many are due earlier, later, have become overdue, are overdue no longer."""
    now, pairs = clock.now(), [(before[key], after[key]) for key in before]
    assert before.keys() == after.keys()
    return (
        sum(new < old for old, new in pairs),
        sum(new > old for old, new in pairs),
        sum(new <= now < old for old, new in pairs),
        sum(old <= now < new for old, new in pairs),
    )


def cases_of_all_ages(world: World) -> None:
    for number, days in enumerate((1, 5, 8, 20, 40), start=1):
        make_case(world.investigator, "Invented", reference=f"52/SET/{number}", identified_days=days, recorded_at=ago(days=days + 1))
    make_case(world.kent, "Invented", reference="46/SET/1", identified_days=5, recorded_at=ago(days=6))


def working_day(after: int = 3) -> date:
    working, day = england_and_wales(), clock.today() + timedelta(days=after)
    return day if working.is_working_day(day) else working.add_working_days(day, 1)


def add_day(actor: User, day: date, *, closed: bool = True, accepted: bool = False) -> m.BankHoliday:
    with acting_as(actor):
        return add_bank_holiday(
            actor=actor, day=day, closed=closed, name="Test day", source_note="Test", ring=nobody, past_accepted=accepted
        )
