"""Clock settings: who sets them, what is refused, versions, and that what is previewed is what then happens."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from accounts.roles import Role
from cases import models as m
from cases import setting_effect
from cases.derive.clocks import Edition, Length
from cases.selectors import editions_of
from cases.services.applying import apply_setting, progress_of, waiting
from cases.setting_effect import MOST_CASES, NewLength, effect_of
from cases.setting_rules import setting_of
from core import clock
from core.calendar import Unit
from core.exceptions import Conflict, NotAllowed, NotPossible
from core.scope import scope, system
from tests.factories import AVON, KENT, World, acting_as, ago, make_user
from tests.integration.accounts.administering import browser_of, logged
from tests.integration.cases.making import make_case
from tests.integration.cases.setting_making import add, cases_of_all_ages, changed, oversight, running, settings_of

pytestmark = pytest.mark.django_db
SETTINGS = "/administration/settings/"
MEDIUM = f"{SETTINGS}clocks/arrest-medium/"
HOLIDAYS = f"{SETTINGS}bank-holidays/"


@pytest.fixture(autouse=True)
def _own_cache(settings: Settings) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "settings"}}
    cache.clear()


@pytest.fixture
def browser(world: World) -> Client:
    """The administrator's browser, confirmed."""
    return browser_of(world.administrator)


# --- who, and what is refused ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["investigator", "supervisor", "auditor", "cps_manager", "prosecutor"])
def test_only_administrators_set(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        add(getattr(world, who), 5)
    assert settings_of() == []


def test_an_administrator_of_the_cps_sets_nothing_and_is_told_why(world: World) -> None:
    theirs = browser_of(make_user(110, Role.ADMINISTRATOR))
    page = theirs.get(MEDIUM)
    assert page.context["form"] is None
    assert b"Only an administrator of a force" in page.content
    assert theirs.post(MEDIUM, {"amount": "3"}).status_code == 403
    assert theirs.get(f"{HOLIDAYS}new/").status_code == 403
    assert theirs.get(SETTINGS).status_code == 200
    assert theirs.get(HOLIDAYS).status_code == 200


@pytest.mark.parametrize("slug", ["bail_expiry", "detention"])
def test_a_length_that_the_law_sets_cannot_be_changed(world: World, browser: Client, slug: str) -> None:
    with pytest.raises(NotPossible):
        add(world.administrator, 5, slug=slug)
    page = browser.get(f"{SETTINGS}clocks/{slug}/")
    assert page.context["form"] is None
    assert b"The law sets how long" in page.content


@pytest.mark.parametrize(
    ("amount", "unit", "field"),
    [(0, Unit.DAYS, "amount"), (367, Unit.DAYS, "amount"), (5, Unit.HOURS, "unit"), (2, Unit.MONTHS, "unit"), (7, Unit.DAYS, None)],
)
def test_lengths_out_of_range(world: World, amount: int, unit: Unit, field: str | None) -> None:
    if field is None:  # what everybody has may be made the force's own, once
        add(world.administrator, amount, unit=unit)
        field = "amount"
    with pytest.raises(NotPossible) as refused:
        add(world.administrator, amount, unit=unit)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("days", "accepted", "refused"), [(-1, False, True), (-1, True, False), (-400, True, True), (800, False, True), (30, False, False)]
)
def test_the_day_it_is_in_force_from(world: World, days: int, accepted: bool, refused: bool) -> None:
    day = clock.today() + timedelta(days=days)
    if refused:
        with pytest.raises(NotPossible):
            add(world.administrator, 5, day=day, past_accepted=accepted)
    else:
        add(world.administrator, 5, day=day, past_accepted=accepted)


# --- versions --------------------------------------------------------------------------------------------------------------


def test_versions_are_numbered_and_an_own_one_wins(world: World) -> None:
    board = oversight()
    assert [add(world.administrator, 5).version, add(world.administrator, 6).version] == [2, 3]
    assert add(board, 9).version == 2
    today = clock.today()
    with scope(system(AVON)):
        assert editions_of(AVON).in_force("arrest", "medium", today) == (Length(6, Unit.DAYS), 3)
        assert editions_of(KENT).in_force("arrest", "medium", today) == (Length(9, Unit.DAYS), 2)
        assert editions_of(KENT).in_force("arrest", "medium", today - timedelta(days=1)) == (Length(7, Unit.DAYS), 1)
    assert logged(world.auditor, "clock setting added") == 2


def test_a_page_older_than_the_last_version_is_told(world: World) -> None:
    add(world.administrator, 5, latest_seen=1)
    with pytest.raises(Conflict) as told:
        add(world.administrator, 6, latest_seen=1)
    assert told.value.change.who == world.administrator.name


# --- preview and what then happens -----------------------------------------------------------------------------------------


LENGTHS = [
    ("arrest-medium", 3, Unit.DAYS, -366), ("arrest-medium", 14, Unit.DAYS, -366), ("arrest-medium", 5, Unit.WORKING_DAYS, -10),
    ("arrest-medium", 3, Unit.DAYS, 0), ("arrest-high", 3, Unit.DAYS, -366), ("supervisor_review-first", 24, Unit.HOURS, -30),
    ("supervisor_review-first", 10, Unit.WORKING_DAYS, -366), ("supervisor_review-later", 5, Unit.DAYS, -366),
]  # fmt: skip


@pytest.mark.parametrize(("slug", "amount", "unit", "days"), LENGTHS)
def test_what_is_previewed_is_what_happens(world: World, slug: str, amount: int, unit: Unit, days: int) -> None:
    cases_of_all_ages(world)
    before, elsewhere, day = running(), running(KENT), clock.today() + timedelta(days=days)
    setting = setting_of(slug)
    assert setting is not None
    with acting_as(world.administrator):
        edition = Edition(str(setting.clock.kind), setting.variant, AVON, 2, Length(amount, unit), day)
        found = effect_of(NewLength(edition), own_agency_id=AVON, force_id=AVON)
    assert running() == before, "a preview writes nothing"
    apply_setting("clock", add(world.administrator, amount, slug=slug, unit=unit, day=day, past_accepted=True).pk)
    assert changed(before, running()) == (found.earlier, found.later, found.becomes_overdue, found.no_longer_overdue)
    assert running(KENT) == elsewhere, "no other force's clocks move"
    assert found.complete


def test_some_of_these_changes_do_change_something(world: World) -> None:
    cases_of_all_ages(world)
    before = running()
    apply_setting("clock", add(world.administrator, 3, day=clock.today() - timedelta(days=300), past_accepted=True).pk)
    earlier, later, overdue, _ = changed(before, running())
    assert (earlier, later, overdue) == (5, 0, 1)


def test_running_clocks_keep_the_version_they_started_with(world: World) -> None:
    cases_of_all_ages(world)
    before = running()
    row = add(world.administrator, 3)
    assert apply_setting("clock", row.pk) == 0
    assert running() == before
    fresh = make_case(world.investigator, "Newcomer", reference="52/SET/9", identified_days=0, recorded_at=ago(hours=2))
    with scope(system(AVON)):
        deadline = m.Deadline.objects.get(case=fresh, kind="arrest")
    assert (deadline.setting_version, deadline.due_on) == (2, clock.london_day(deadline.started_at) + timedelta(days=3))


def test_everybodys_setting_reaches_every_force_that_has_none(world: World) -> None:
    cases_of_all_ages(world)
    board, day = oversight(), clock.today() - timedelta(days=100)
    apply_setting("clock", add(world.administrator, 9, day=day, past_accepted=True).pk)
    own, kent = running(), running(KENT)
    with acting_as(board):
        edition = Edition("arrest", "medium", None, 2, Length(4, Unit.DAYS), day)
        found = effect_of(NewLength(edition), own_agency_id=2001, force_id=None)
    assert (found.changed, found.cases) == (1, 6)
    apply_setting("clock", add(board, 4, day=day, past_accepted=True).pk)
    assert running() == own
    assert changed(kent, running(KENT))[0] == 1


def test_applying_twice_changes_nothing_more_and_says_how_far_it_is(world: World) -> None:
    cases_of_all_ages(world)
    row = add(world.administrator, 3, day=clock.today() - timedelta(days=300), past_accepted=True)
    assert progress_of([row.pk]) == {}
    waiting(row.pk)
    assert progress_of([row.pk])[row.pk].at is None
    assert apply_setting("clock", row.pk) == 5
    after, done = running(), progress_of([row.pk])[row.pk]
    assert (done.done, done.total) == (5, 5)
    assert done.at is not None
    assert apply_setting("clock", row.pk) == 5
    assert running() == after
    assert logged(world.auditor, "setting applied") == 2


def test_more_cases_than_are_counted_are_said(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    cases_of_all_ages(world)
    monkeypatch.setattr(setting_effect, "MOST_CASES", 2)
    edition = Edition("arrest", "medium", AVON, 2, Length(3, Unit.DAYS), clock.today() - timedelta(days=300))
    with acting_as(world.administrator):
        found = effect_of(NewLength(edition), own_agency_id=AVON, force_id=AVON)
    assert (found.complete, found.cases, found.looked_at, found.changed) == (False, 5, 2, 2)
    assert MOST_CASES >= 100
