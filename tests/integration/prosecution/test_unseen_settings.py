"""Setting the length of a second check, or a bank holiday, tells no administrator and no auditor that a decision is being prepared."""

from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from pytest_django import Settings

from cases import models as m
from cases.derive.clocks import Edition, Length
from cases.services.applying import apply_setting, progress_of
from cases.setting_effect import Effect, NewHoliday, NewLength, effect_of
from core import clock
from core.calendar import Unit
from core.scope import scope, system
from prosecution.models import ProposedState as D
from tests.factories import AVON, World, acting_as
from tests.integration.accounts.administering import browser_of, logged
from tests.integration.accounts.administering import date as sent_date
from tests.integration.cases.setting_making import add, add_day, running, working_day
from tests.integration.prosecution import deciding

pytestmark = pytest.mark.django_db
SLUG = "second_check"


@pytest.fixture(autouse=True)
def _own_cache(settings: Settings) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "unseen settings"}}
    cache.clear()


@pytest.fixture
def case(world: World) -> m.Case:
    """A case on which a decision waits for its second check."""
    found = deciding.with_cps(world)
    deciding.in_state(world, found, D.WAITS)
    assert len(running(kind="second_check")) == 1
    return found


def counted(world: World, new: NewLength | NewHoliday) -> Effect:
    with acting_as(world.administrator):
        return effect_of(new, own_agency_id=AVON, force_id=AVON)


def due(case: m.Case) -> datetime:
    with scope(system(case.force_id)):
        return m.Deadline.objects.get(case=case, kind="second_check").due_at


def test_a_second_check_is_counted_for_nobody_before_it_is_set(world: World, case: m.Case) -> None:
    edition = Edition("second_check", "", AVON, 2, Length(9, Unit.WORKING_DAYS), clock.today() - timedelta(days=300))
    assert counted(world, NewLength(edition)) == Effect()


def test_a_bank_holiday_counts_the_clocks_that_police_may_know_of_alone(world: World, case: m.Case) -> None:
    day, before, checks = working_day(1), running(), running(kind="second_check")
    found = counted(world, NewHoliday(AVON, day, True))
    apply_setting("holiday", add_day(world.administrator, day).pk)
    after = running()
    moved = {key for key in before if after[key] != before[key]}
    assert checks.keys() <= moved, "the second check follows it as every clock does"
    assert found.changed == len(moved - checks.keys())


def test_it_is_applied_all_the_same_and_nothing_says_to_how_many(world: World, case: m.Case) -> None:
    before = due(case)
    row = add(world.administrator, 9, slug=SLUG, unit=Unit.WORKING_DAYS, day=clock.today() - timedelta(days=300), past_accepted=True)
    assert apply_setting("clock", row.pk) == 1
    assert due(case) > before
    done = progress_of([row.pk])[row.pk]
    assert (done.done, done.total) == (0, 0)
    assert done.at is not None
    assert logged(world.auditor, "setting applied") == 0


def test_the_preview_says_what_it_leaves_out(world: World, case: m.Case) -> None:
    day = clock.today() - timedelta(days=300)
    typed = {"amount": "9", "unit": "working_days", "source_note": "Policy 1/2026", "latest": "1", **sent_date("in_force_from", day)}
    answer = browser_of(world.administrator).post(f"/administration/settings/clocks/{SLUG}/", typed)
    text = answer.content.decode()
    assert answer.context["effect"] == Effect()
    assert "No running clock that is counted would be due at another time" in text
    assert "Second checks of decisions are not counted" in text
    arrests = typed | {"unit": "days"}
    assert (
        "not counted"
        not in browser_of(world.administrator).post("/administration/settings/clocks/arrest-medium/", arrests).content.decode()
    )
