"""Bank holidays, and the pages on which settings are previewed, saved and looked at."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from cases import setting_effect, tasks
from cases.selectors import working_days_of
from cases.services.applying import apply_setting
from cases.setting_effect import effect_of
from core import clock
from core.calendar import Unit, england_and_wales
from core.exceptions import NotPossible
from core.scope import scope, system
from tests.factories import AVON, KENT, World, acting_as
from tests.integration.accounts.administering import browser_of, logged
from tests.integration.accounts.administering import date as sent_date
from tests.integration.cases.setting_making import (
    add,
    add_day,
    cases_of_all_ages,
    changed,
    days_of,
    oversight,
    running,
    settings_of,
    working_day,
)

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


# --- bank holidays ---------------------------------------------------------------------------------------------------------


def test_days_are_added_and_taken_out_for_the_own_force_alone(world: World) -> None:
    day = working_day()
    add_day(world.administrator, day)
    with scope(system(AVON)):
        assert not working_days_of(AVON).is_working_day(day)
        assert working_days_of(KENT).is_working_day(day)
    add_day(world.administrator, day, closed=False)
    with scope(system(AVON)):
        assert working_days_of(AVON).is_working_day(day)
    assert logged(world.auditor, "bank holiday added") == logged(world.auditor, "bank holiday taken out") == 1


def test_what_stands_so_already_is_refused(world: World) -> None:
    listed = next(day for day in sorted(england_and_wales().holidays) if day > clock.today())
    saturday = clock.today() + timedelta(days=(5 - clock.today().weekday()) % 7)
    past = england_and_wales().add_working_days(clock.today() - timedelta(days=20), 1)
    for day, closed in (
        (listed, True),
        (working_day(), False),
        (saturday, True),
        (past, True),
        (clock.today() + timedelta(days=900), True),
    ):
        with pytest.raises(NotPossible) as refused:
            add_day(world.administrator, day, closed=closed)
        assert refused.value.field == "day", (day, closed)
    add_day(world.administrator, listed, closed=False)
    with scope(system(AVON)):
        assert working_days_of(AVON).is_working_day(listed)


@pytest.mark.parametrize("everybody", [False, True])
@pytest.mark.parametrize("own_first", [False, True])
def test_a_holiday_previewed_is_what_happens(world: World, everybody: bool, own_first: bool) -> None:
    add(world.administrator, 10, unit=Unit.WORKING_DAYS, day=clock.today() - timedelta(days=300), past_accepted=True)
    cases_of_all_ages(world)
    day, actor = working_day(), oversight() if everybody else world.administrator
    if own_first and everybody:
        # The force itself has said that this day, then taken out again, is worked: that still wins.
        for closed in (True, False):
            add_day(world.administrator, day, closed=closed)
    before, agency_id = running(), None if everybody else AVON
    with acting_as(actor):
        new = setting_effect.NewHoliday(agency_id, day, True)
        found = effect_of(new, own_agency_id=actor.agency_id, force_id=agency_id)
    apply_setting("holiday", add_day(actor, day).pk)
    assert changed(before, running()) == (found.earlier, found.later, found.becomes_overdue, found.no_longer_overdue)
    assert (found.later > 0) is not (own_first and everybody)
    with acting_as(actor):
        back = effect_of(setting_effect.NewHoliday(agency_id, day, False), own_agency_id=actor.agency_id, force_id=agency_id)
    assert back.earlier == found.later


# --- pages -----------------------------------------------------------------------------------------------------------------


def typed(amount: int, day: date, **more: str) -> dict[str, str]:
    return {"amount": str(amount), "unit": "days", "source_note": "Policy 1/2026", "latest": "1", **sent_date("in_force_from", day), **more}


def test_a_setting_is_previewed_then_saved_then_applied(
    world: World, browser: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases_of_all_ages(world)
    rung: list[tuple[str, str]] = []
    monkeypatch.setattr(tasks.apply_setting, "delay", lambda what, row_id: rung.append((what, row_id)))
    day = clock.today() - timedelta(days=300)
    shown = browser.post(MEDIUM, typed(3, day))
    assert shown.status_code == 200
    assert (shown.context["effect"].earlier, shown.context["effect"].becomes_overdue) == (5, 1)
    assert b"52/SET" not in shown.content, "counts, and no case"
    carried = dict(shown.context["carried"])
    assert settings_of() == []
    refused = browser.post(MEDIUM, {**carried, "confirmed": "on"})
    assert refused.status_code == 400
    assert "past_accepted" in refused.context["form"].errors
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post(MEDIUM, {**carried, "confirmed": "on", "past_accepted": "on"}).status_code == 302
    (row,) = settings_of()
    assert (row.amount, row.agency_id, row.version, row.created_by_id) == (3, AVON, 2, world.administrator.pk)
    assert rung == [("clock", str(row.pk))]
    assert "Applying" in browser.get(MEDIUM).content.decode()
    tasks.apply_setting(*rung[0])
    text = browser.get(MEDIUM).content.decode()
    assert "Applied" in text
    assert "Policy 1/2026" in text
    assert "version 2" in browser.get(SETTINGS).content.decode()
    assert "Arrest: medium risk" in browser.get("/administration/").content.decode()
    again = browser.post(MEDIUM, {**typed(4, clock.today()), "confirmed": "on"})
    assert again.status_code == 409, "the page showed version 1 as the latest"


def test_a_bank_holiday_is_previewed_then_saved(world: World, browser: Client) -> None:
    sent = {"closed": "yes", "name": "Jubilee", "source_note": "Proclamation", **sent_date("day", working_day())}
    shown = browser.post(f"{HOLIDAYS}new/", sent)
    assert shown.status_code == 200
    assert days_of() == []
    assert browser.post(f"{HOLIDAYS}new/", {**dict(shown.context["carried"]), "confirmed": "on"}).status_code == 302
    assert [row.agency_id for row in days_of()] == [AVON]
    assert "Jubilee" in browser.get(HOLIDAYS).content.decode()
    assert browser.post(f"{HOLIDAYS}new/", sent).status_code == 400, "it is one already"


@pytest.mark.parametrize("slug", ["nonsense", "arrest", "arrest-none", "detention-x"])
def test_a_clock_that_is_none(browser: Client, slug: str) -> None:
    assert browser.get(f"{SETTINGS}clocks/{slug}/").status_code == 404
    assert browser.post(f"{SETTINGS}clocks/{slug}/", {}).status_code == 404


BAD = ["", "x", "-1", "0", "1e9", "99999999999999999999", "2.5", "\x00", "<b>", "٣", "1" * 400]


@pytest.mark.parametrize("value", BAD)
def test_bad_input_is_refused(browser: Client, value: str) -> None:
    good, day = typed(3, clock.today()), {"closed": "yes", "name": "x", "source_note": "x", **sent_date("day", working_day())}
    for address, sent, names in ((MEDIUM, good, list(good)), (f"{HOLIDAYS}new/", day, list(day))):
        for name in names:
            answer = browser.post(address, {**sent, name: value, "confirmed": "on"})
            assert answer.status_code in {302, 400, 409}, (name, value)
    assert all(1 <= row.amount <= 366 for row in settings_of())


def test_the_pages_cost_the_same_however_many_versions_there_are(world: World, browser: Client) -> None:
    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        return len(queries)

    addresses = (SETTINGS, MEDIUM, HOLIDAYS, "/administration/")
    for address in addresses:
        cost(address)
    before = [cost(address) for address in addresses]
    for amount in range(20, 28):
        add(world.administrator, amount)
    for step in range(3, 24, 4):
        add_day(world.administrator, working_day(step))
    assert [cost(address) for address in addresses] == before
