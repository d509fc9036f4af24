"""Readers of the settings pages: every clock with the length in force, its history, and the bank holidays to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

import audit.services
from accounts.models import User
from audit.acts import Act
from cases import models as m
from cases.derive.clocks import FIRST_EDITION, Length
from cases.selectors import editions_of
from cases.services.applying import Progress, progress_of
from cases.services.settings import set_by, sets_for, working_days_for
from cases.setting_effect import Effect, NewSetting, effect_of
from cases.setting_rules import Setting, in_words, setting_of, settings
from core import clock
from core.calendar import Unit, england_and_wales
from core.components import day_text

SHOWN_AHEAD: Final = timedelta(days=731)
MOST_LATELY: Final = 5


@dataclass(frozen=True, slots=True)
class SettingLine:
    """One clock in the list: the length in force today, whose edition it is, and what comes next."""

    setting: Setting
    length: str
    version: int
    whose: str
    coming: str = ""


@dataclass(frozen=True, slots=True)
class EditionLine:
    """One edition in the history of a clock. The first has no row; `waits` and `progress` speak of applying it."""

    version: int
    length: str
    whose: str
    in_force_from: date | None
    source: str
    who: str = ""
    added_at: object = None
    progress: Progress | None = None
    in_force: bool = False


def setting_or_404(slug: str) -> Setting:
    """Return the setting of an address. Raises Http404."""
    found = setting_of(slug)
    if found is None:
        raise Http404
    return found


def rows_for(user: User) -> QuerySet[m.ClockSetting]:
    """Return the editions that matter to an agency: everybody's and its own."""
    return m.ClockSetting.objects.filter(Q(agency_id=user.agency_id) | Q(agency__isnull=True))


def setting_lines(user: User) -> list[SettingLine]:
    """Return every clock with the length in force today for this agency, in three queries."""
    today, editions, rows = clock.today(), editions_of(user.agency_id), list(rows_for(user).order_by("in_force_from", "version"))
    lines = []
    for setting in settings():
        kind = str(setting.clock.kind)
        if setting.first is None:
            lines.append(SettingLine(setting, "", 0, ""))
            continue
        length, version = editions.in_force(kind, setting.variant, today)
        own = [row for row in rows if (row.kind, row.variant) == (kind, setting.variant)]
        current = [row for row in own if row.in_force_from <= today]
        coming = next((row for row in own if row.in_force_from > today), None)
        lines.append(
            SettingLine(
                setting,
                in_words(length),
                version,
                _whose(version, any(row.agency_id for row in current)),
                f"{in_words(_length(coming))} from {day_text(coming.in_force_from)}" if coming else "",
            )
        )
    return lines


def _length(row: m.ClockSetting) -> Length:
    return Length(row.amount, Unit(row.unit))


def _whose(version: int, own: bool) -> str:
    if version == FIRST_EDITION:
        return "As the tracker comes"
    return "Your agency’s own" if own else "For everybody"


def latest_version(user: User, setting: Setting) -> int:
    """Return the latest version in the row of editions that this person adds to."""
    rows = m.ClockSetting.objects.filter(set_by(sets_for(user)), kind=setting.clock.kind, variant=setting.variant)
    return max(rows.values_list("version", flat=True), default=FIRST_EDITION)


def history(user: User, setting: Setting) -> list[EditionLine]:
    """Return the editions of one clock, the latest first, the first edition last; each with who added it, when and why."""
    rows = rows_for(user).filter(kind=setting.clock.kind, variant=setting.variant).select_related("created_by")
    found = sorted(rows, key=lambda row: (row.agency_id is not None, row.in_force_from, row.version), reverse=True)
    progress = progress_of([row.pk for row in found])
    today, standing = clock.today(), next((row.pk for row in found if row.in_force_from <= clock.today()), None)
    lines = [
        EditionLine(
            row.version,
            in_words(_length(row)),
            "Your agency" if row.agency_id else "Everybody",
            row.in_force_from,
            row.source_note,
            row.created_by.name if row.created_by else "",
            row.created_at,
            progress.get(row.pk),
            row.pk == standing and row.in_force_from <= today,
        )
        for row in found
    ]
    if setting.first is not None:
        lines.append(
            EditionLine(FIRST_EDITION, in_words(setting.first), "Everybody", None, setting.clock.source, in_force=standing is None)
        )
    return lines


def preview(user: User, setting: NewSetting) -> Effect:
    """Return what a setting would do to running clocks: of the own force, or of every force for who sets for everybody."""
    force_id = sets_for(user)
    found = effect_of(setting, own_agency_id=user.agency_id, force_id=force_id)
    audit.services.record(act=Act.CONSULTATION, what="effect of a setting counted", owners=(user.agency_id,), row_count=found.changed)
    return found


@dataclass(frozen=True, slots=True)
class HolidayLine:
    """One day in the list of bank holidays."""

    day: date
    name: str
    source: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Holidays:
    """The bank holidays to come as this agency counts them, what was added or taken out, and how long the list is good for."""

    coming: Sequence[HolidayLine]
    changes: Sequence[tuple[m.BankHoliday, Progress | None]]
    known_until: date
    warning: bool


def holidays(user: User) -> Holidays:
    """Return the page of bank holidays, in three queries."""
    today, listed = clock.today(), england_and_wales()
    mine = m.BankHoliday.objects.filter(Q(agency_id=user.agency_id) | Q(agency__isnull=True)).select_related("created_by")
    changes = list(mine.order_by("-created_at", "-id"))
    names = {row.day: row for row in reversed(changes) if row.closed}
    working = working_days_for(user.agency_id)
    coming = [
        HolidayLine(
            day,
            names[day].name if day in names and day not in listed.holidays else listed_names().get(day, "Bank holiday"),
            names[day].source_note if day in names and day not in listed.holidays else "GOV.UK list of bank holidays",
            day in names and day not in listed.holidays,
        )
        for day in sorted(working.holidays)
        if today <= day <= today + SHOWN_AHEAD
    ]
    progress = progress_of([row.pk for row in changes])
    shown = [(row, progress.get(row.pk)) for row in changes]
    return Holidays(coming, shown, listed.known_until, listed.warning_due(today))


@lru_cache(maxsize=1)
def listed_names() -> dict[date, str]:
    """Return what the list in the program calls each of its days."""
    from govuk_bank_holidays.bank_holidays import BankHolidays  # type: ignore[import-untyped, unused-ignore]

    rows = BankHolidays(use_cached_holidays=True).get_holidays(BankHolidays.ENGLAND_AND_WALES)
    return {row["date"]: str(row["title"]) for row in rows}


def lately(user: User) -> list[tuple[UUID, str, str, object]]:
    """Return the settings added last, of either sort: key, words, who, when; the latest first."""
    clocks = rows_for(user).select_related("created_by").order_by("-created_at")[:MOST_LATELY]
    days = m.BankHoliday.objects.filter(Q(agency_id=user.agency_id) | Q(agency__isnull=True)).select_related("created_by")
    found: list[tuple[UUID, str, str, object]] = []
    for row in clocks:
        setting = next((one for one in settings() if (str(one.clock.kind), one.variant) == (row.kind, row.variant)), None)
        title = setting.title if setting else row.kind
        found.append((row.pk, f"{title}, {in_words(_length(row))}", row.created_by.name if row.created_by else "", row.created_at))
    for day in days.order_by("-created_at")[:MOST_LATELY]:
        words = f"{day_text(day.day)} {'is' if day.closed else 'is not'} a bank holiday"
        found.append((day.pk, words, day.created_by.name if day.created_by else "", day.created_at))
    return sorted(found, key=lambda one: str(one[3]), reverse=True)[:MOST_LATELY]
