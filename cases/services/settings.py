"""Adding an edition of a clock's length, or a bank holiday. Nothing is changed or taken away: later rows win over earlier ones.

An administrator of a force sets for the force, one of an oversight body for everybody. Clocks of a case follow the
settings of the force it belongs to, so no other agency sets any.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max, Q

from accounts.models import User
from accounts.roles import AgencyKind, Role
from audit.acts import Act
from audit.services import record
from cases import models as m
from cases import setting_rules
from cases.derive.clocks import FIRST_EDITION, Length
from cases.selectors import editions_of, working_days_of
from core import clock
from core.calendar import Unit, WorkingDays, england_and_wales
from core.exceptions import Change, Conflict, NotAllowed, NotPossible
from core.scope import scope, system

Ring = Callable[[str, UUID], None]
CLOCK, HOLIDAY = "clock", "holiday"
LONGEST_AHEAD: Final = timedelta(days=731)
LONGEST_BACK: Final = timedelta(days=366)
ONLY_FORCES = "The clocks of a case follow the settings of the police force it belongs to. Only an administrator of a force sets them."


def may_set(user: User) -> bool:
    """Say whether somebody may add settings: an administrator of a police force or of an oversight body."""
    return user.is_active and user.role == Role.ADMINISTRATOR and user.agency.kind in (AgencyKind.POLICE, AgencyKind.OVERSIGHT)


def sets_for(user: User) -> int | None:
    """Return the agency that this person sets for; None is everybody. Raises NotAllowed for who may not set."""
    if not may_set(user):
        raise NotAllowed(ONLY_FORCES)
    return user.agency_id if user.agency.kind == AgencyKind.POLICE else None


def add_clock_setting(
    *,
    actor: User,
    setting: setting_rules.Setting,
    length: Length,
    in_force_from: date,
    source_note: str,
    ring: Ring,
    latest_seen: int | None = None,
    past_accepted: bool = False,
) -> m.ClockSetting:
    """Add an edition of a clock's length, in force from a London day on, and have the clocks it touches reconciled on commit.

    A past day needs `past_accepted`: the person has seen what changes. `latest_seen` is the version that the page showed
    as the latest. Raises NotAllowed; Conflict when somebody added an edition since; NotPossible for a clock whose length
    the law sets, a length that is in force already, or a day out of range.
    """
    agency_id = sets_for(actor)
    check_day(in_force_from, past_accepted=past_accepted, field="in_force_from")
    kind, variant = str(setting.clock.kind), setting.variant
    with scope(system(actor.agency_id)):
        _lock(f"{kind} {variant} {agency_id}")
        version = _next_version(kind, variant, agency_id, latest_seen)
        check_clock(actor, setting, length, in_force_from)
        row = m.ClockSetting.objects.create(
            kind=kind,
            variant=variant,
            agency_id=agency_id,
            version=version,
            amount=length.amount,
            unit=length.unit,
            in_force_from=in_force_from,
            source_note=source_note,
            created_by=actor,
        )
        record(act=Act.ALTERATION, what="clock setting added", owners=(actor.agency_id,), purpose=f"setting {row.pk}")
        transaction.on_commit(lambda: ring(CLOCK, row.pk), robust=True)
    return row


def set_by(agency_id: int | None) -> Q:
    """Return which rows were set for this agency itself, or (None) for everybody."""
    return Q(agency__isnull=True) if agency_id is None else Q(agency_id=agency_id)


def check_clock(actor: User, setting: setting_rules.Setting, length: Length, in_force_from: date) -> None:
    """Raise NotPossible, beside the field, for a length this clock cannot have, or a day out of range.

    So too for a length in force already on that day for whom the actor sets; but an agency may set its own to what
    everybody has, which then stays when everybody's changes. Raises NotAllowed for who may not set.
    """
    agency_id = sets_for(actor)
    if (found := setting_rules.fault(setting, length)) is not None:
        raise NotPossible(found[0], field=found[1] or None)
    check_day(in_force_from, past_accepted=True, field="in_force_from")
    same = m.ClockSetting.objects.filter(set_by(agency_id), kind=setting.clock.kind, variant=setting.variant)
    own = same.filter(in_force_from__lte=in_force_from).order_by("-in_force_from", "-version").first()
    standing = Length(own.amount, Unit(own.unit)) if own else setting.first if agency_id is None else None
    if standing == length:
        raise NotPossible("This is the length in force on that day already.", field="amount")


def _next_version(kind: str, variant: str, agency_id: int | None, latest_seen: int | None) -> int:
    rows = m.ClockSetting.objects.filter(set_by(agency_id), kind=kind, variant=variant)
    latest = rows.aggregate(latest=Max("version"))["latest"] or FIRST_EDITION
    if latest_seen is not None and latest_seen != latest:
        last = rows.select_related("created_by").get(version=latest)
        raise Conflict(
            Change(who=last.created_by.name if last.created_by else "Somebody", what=f"added version {latest}", at=last.created_at)
        )
    return int(latest) + 1


def add_bank_holiday(
    *, actor: User, day: date, closed: bool, name: str, source_note: str, ring: Ring, past_accepted: bool = False
) -> m.BankHoliday:
    """Make a day a bank holiday, or (not `closed`) say that one is none, and have working-day clocks reconciled on commit.

    Raises NotAllowed; NotPossible for a weekend, for what stands so already, and for a past day without consent.
    """
    agency_id = sets_for(actor)
    check_day(day, past_accepted=past_accepted, field="day")
    with scope(system(actor.agency_id)):
        _lock(f"bank holiday {day} {agency_id}")
        check_holiday(working_days_for(agency_id), day, closed=closed)
        row = m.BankHoliday.objects.create(
            agency_id=agency_id, day=day, closed=closed, name=name, source_note=source_note, created_by=actor
        )
        what = "bank holiday added" if closed else "bank holiday taken out"
        record(act=Act.ALTERATION, what=what, owners=(actor.agency_id,), purpose=f"bank holiday {row.pk}")
        transaction.on_commit(lambda: ring(HOLIDAY, row.pk), robust=True)
    return row


def working_days_for(agency_id: int | None) -> WorkingDays:
    """Return the working days as an agency counts them; None: as everybody does who has added nothing."""
    if agency_id is not None:
        return working_days_of(agency_id)
    rows = m.BankHoliday.objects.filter(agency__isnull=True).order_by("created_at").values_list("day", "closed")
    return england_and_wales().corrected(rows)


def check_holiday(working: WorkingDays, day: date, *, closed: bool) -> None:
    """Raise NotPossible, beside the day, for a weekend and for what stands so already."""
    if day.weekday() >= 5:
        raise NotPossible("This day is at a weekend: it is no working day already.", field="day")
    if closed and day in working.holidays:
        raise NotPossible("This day is a bank holiday already.", field="day")
    if not closed and day not in working.holidays:
        raise NotPossible("This day is not a bank holiday.", field="day")


def check_day(day: date, *, past_accepted: bool, field: str) -> None:
    """Raise NotPossible, beside the field, for a day too far off, and for a past one that was not agreed to."""
    today = clock.today()
    if not today - LONGEST_BACK <= day <= today + LONGEST_AHEAD:
        raise NotPossible("The day must be within the last year or the next two years.", field=field)
    if day < today and not past_accepted:
        raise NotPossible("This day is past. Look at what would change, and agree to it, before it is saved.", field=field)


def length_in_force(user: User, setting: setting_rules.Setting, on: date) -> tuple[Length, int] | None:
    """Return length and version in force on a London day for whom this person looks; None where the law computes it."""
    if setting.first is None:
        return None
    return editions_of(user.agency_id).in_force(str(setting.clock.kind), setting.variant, on)


def _lock(name: str) -> None:
    """Let one person at a time set this one thing, until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext(%s), 3)", [f"cases.setting {name}"])
