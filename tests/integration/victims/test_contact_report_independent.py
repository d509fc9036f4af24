"""The report of contact against an independent computation: rows drawn at random, counted once more by plain Python."""

import random
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from accounts.models import Agency, User
from cases import models as m
from cases.derive.clocks import Kind, Owes
from core import clock
from core.scope import scope, system
from tests.factories import AVON, World
from tests.integration.victims.booking import event
from victims.models import Appointment, Contact, ContactAgreement
from victims.report_figures import At, figures_of
from victims.report_turns import Kept
from victims.reports import Reach

pytestmark = pytest.mark.django_db
NOW = clock.day_start(date(2026, 11, 22)) + timedelta(hours=15)
TODAY = date(2026, 11, 22)
LIVE = date(2026, 2, 1)
TOLD = {Kind.TOLD_ARREST: "told_arrest", Kind.TOLD_NFA: "told_nfa"}


@dataclass
class Drawn:
    """What was drawn, as plain values beside the database."""

    cases: list[m.Case] = field(default_factory=list)
    people: list[m.Complainant] = field(default_factory=list)
    unit: dict[Any, str] = field(default_factory=dict)
    officer: dict[Any, str] = field(default_factory=dict)
    closed: set[Any] = field(default_factory=set)
    clocks: list[m.Deadline] = field(default_factory=list)
    agreements: list[ContactAgreement] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    appointments: list[Appointment] = field(default_factory=list)


def moment(chance: random.Random, days: float) -> datetime:
    """A moment up to so many days before now."""
    return NOW - timedelta(days=chance.uniform(0, days))


def draw(world: World, chance: random.Random) -> Drawn:
    """Draw cases, some closed, some without a unit or an officer, with everything the report counts."""
    drawn, taken = Drawn(), event(world)
    with scope(system(AVON)):
        Agency.objects.filter(pk=AVON).update(live_from=LIVE)
        for number in range(40):
            _case(world, chance, drawn, number)
        for _ in range(500):
            drawn.clocks.append(_clock(chance, drawn))
        for _ in range(120):
            _beside(world, chance, drawn, taken)
        m.Deadline.objects.bulk_create(drawn.clocks)
        ContactAgreement.objects.bulk_create(drawn.agreements)
        Contact.objects.bulk_create(drawn.contacts)
        Appointment.objects.bulk_create(drawn.appointments)
    return drawn


def _case(world: World, chance: random.Random, drawn: Drawn, number: int) -> None:
    unit = chance.choice([world.north, world.south, None])
    stage = chance.choice(["investigating", "with_cps", "no_further_action"])
    recorded = NOW - timedelta(days=400 - number)
    case = m.Case.objects.create(
        force_id=AVON, crime_reference=f"DRAWN/{number}", recorded_at=recorded, risk="medium", unit=unit, stage=stage
    )
    row = m.Complainant.objects.create(case=case, force_id=AVON, label="A")
    officer = chance.choice([world.investigator, world.colleague, None])
    if officer is not None:
        m.CasePerson.objects.create(case=case, force_id=AVON, user=officer, role="officer")
    m.CasePerson.objects.create(case=case, force_id=AVON, user=world.supervisor, role="officer", since=recorded, until=NOW)
    drawn.cases.append(case)
    drawn.people.append(row)
    drawn.unit[case.pk] = unit.name if unit else "No unit"
    drawn.officer[case.pk] = officer.name if officer else "Not allocated"
    if stage == "no_further_action":
        drawn.closed.add(case.pk)


def keys(row: m.Complainant) -> dict[str, Any]:
    return {"case_id": row.case_id, "force_id": AVON, "complainant": row}


def _clock(chance: random.Random, drawn: Drawn) -> m.Deadline:
    row = chance.choice(drawn.people)
    due_on = TODAY - timedelta(days=chance.randint(-20, 500))
    due_at = clock.day_start(due_on + timedelta(days=1))
    met = chance.choice([None, due_at, due_at - timedelta(seconds=1), due_at + timedelta(days=chance.uniform(-20, 40))])
    stopped = {"met_at": met} if chance.random() < 0.8 else {"ended_at": met}
    return m.Deadline(
        **{name: value for name, value in keys(row).items() if name != "complainant"},
        complainant_id=row.pk,
        kind=chance.choice([Kind.VICTIM_CONTACT] * 3 + list(TOLD)),
        subject_id=uuid4(),
        owes=Owes.POLICE,
        started_at=due_at - timedelta(days=28),
        due_at=due_at,
        due_on=due_on,
        first_due_at=due_at,
        first_due_on=due_on,
        setting_version=1,
        cancelled=chance.random() < 0.1,
        paused_since=NOW if chance.random() < 0.05 else None,
        **stopped,
    )


def _beside(world: World, chance: random.Random, drawn: Drawn, taken: m.Abstraction) -> None:
    row = chance.choice(drawn.people)
    opted = chance.random() < 0.3
    if chance.random() < 0.4:
        drawn.agreements.append(
            ContactAgreement(
                **keys(row),
                interval_days=None if opted else 28,
                opted_out=opted,
                by="officer",
                starts_on=TODAY,
                agreed_on=TODAY,
                created_at=moment(chance, 300),
            )
        )
    contact = Contact(
        **keys(row),
        at=moment(chance, 450),
        channel="telephone",
        reached=chance.random() < 0.3,
        side=chance.choice(["police", "police", "isva"]),
    )
    drawn.contacts.append(contact)
    if chance.random() < 0.2:
        right = Contact(**keys(row), at=contact.at, channel="text", reached=True, supersedes=contact, corrected_because="Typed wrongly")
        drawn.contacts.append(right)
    by = chance.choice(["us", "us", "her", ""])
    reason = chance.choice(["abstraction", "sickness", "room"]) if by == "us" else ""
    drawn.appointments.append(
        Appointment(
            **keys(row),
            purpose="statement",
            starts_at=NOW,
            with_user=world.investigator,
            cancelled_by=by,
            reason=reason,
            cancelled_at=moment(chance, 450) if by else None,
            abstraction=taken if reason == "abstraction" else None,
        )
    )


# --- the same once more, by plain Python ----------------------------------------------------------------------------------


def rank(days: list[int], share: float) -> int | None:
    """The smallest value that this share does not exceed, by counting."""
    return next((one for one in sorted(days) if sum(other <= one for other in days) >= share * len(days)), None)


def kept(name: str, clocks: Iterable[m.Deadline]) -> Kept:
    """In time, late, and how late, one clock after the other."""
    in_time, late = 0, []
    for one in clocks:
        if one.met_at is not None and one.met_at < one.due_at:
            in_time += 1
        else:
            late.append((clock.london_day(one.met_at or one.ended_at or NOW) - one.due_on).days)
    return Kept(name, in_time, len(late), rank(late, 0.5), rank(late, 0.9))


def counts(one: m.Deadline) -> bool:
    """Due within the 365 days and over, not taken back, not standing still, and owed on its day."""
    if one.cancelled or one.paused_since is not None or not TODAY - timedelta(days=365) <= one.due_on < TODAY:
        return False
    return one.met_at is not None or one.ended_at is None or one.ended_at >= one.due_at


def runs_late(one: m.Deadline) -> bool:
    """Agreed contact that is overdue now, whenever it was due."""
    return one.kind == Kind.VICTIM_CONTACT and not one.cancelled and one.met_at is None and one.ended_at is None and one.due_at <= NOW


def by(drawn: Drawn, place: Callable[[Any], str]) -> dict[str, tuple[Any, ...]]:
    """Everything that stands in a row, by the words of a place."""
    turns = [one for one in drawn.clocks if one.kind == Kind.VICTIM_CONTACT and counts(one) and one.due_on >= LIVE]
    last = {row.pk: [one for one in drawn.agreements if one.complainant_id == row.pk] for row in drawn.people}
    agreed: Counter[str] = Counter()
    without: Counter[str] = Counter()
    for row in drawn.people:
        if row.case_id not in drawn.closed:
            latest = max(last[row.pk], key=lambda one: one.created_at, default=None)
            agreed[place(row.case_id)] += latest is not None and not latest.opted_out
            without[place(row.case_id)] += latest is None
    tried = Counter(place(one.case_id) for one in attempts(drawn))
    off = Counter(place(one.case_id) for one in cancelled(drawn))
    overdue = Counter(place(one.case_id) for one in drawn.clocks if runs_late(one) and one.case_id not in drawn.closed)
    names = {place(one.case_id) for one in turns} | set(overdue) | set(agreed) | set(tried) | set(off)
    rows = {name: kept(name, [one for one in turns if place(one.case_id) == name]) for name in names}
    return {name: (rows[name], overdue[name], agreed[name], without[name], tried[name], off[name]) for name in names}


def attempts(drawn: Drawn) -> list[Contact]:
    corrected = {one.supersedes_id for one in drawn.contacts}
    since = clock.day_start(TODAY - timedelta(days=365))
    return [one for one in drawn.contacts if not one.reached and one.side != "isva" and one.pk not in corrected and one.at >= since]


def cancelled(drawn: Drawn) -> list[Appointment]:
    since = clock.day_start(TODAY - timedelta(days=365))
    return [one for one in drawn.appointments if one.cancelled_by == "us" and one.cancelled_at is not None and one.cancelled_at >= since]


def shown(rows: Iterable[At]) -> dict[str, tuple[Any, ...]]:
    """A table of the report, in the same form."""
    return {
        one.name: (
            Kept(one.name, one.in_time, one.late, one.median, one.ninetieth),
            one.overdue,
            one.agreed,
            one.not_agreed,
            one.attempts,
            one.cancelled,
        )
        for one in rows
    }


@pytest.mark.parametrize("seed", [1, 2])
def test_every_figure_is_what_counting_by_hand_gives(world: World, seed: int) -> None:
    drawn = draw(world, random.Random(seed))
    with scope(system(AVON)):
        found = figures_of(Reach.of_force(AVON), NOW)
        force = Agency.objects.get(pk=AVON).name
    turns = [one for one in drawn.clocks if one.kind == Kind.VICTIM_CONTACT and counts(one)]
    live = [one for one in turns if one.due_on >= LIVE]
    assert found.contact == kept("All", live)
    assert found.contact.total > 50, "a test of nothing would prove nothing"
    assert found.left_out == len(turns) - len(live) > 0
    assert found.left_out_cases == sum(one.recorded_at < clock.day_start(LIVE) for one in drawn.cases) > 0
    assert shown(found.by_force) == by(drawn, lambda _: force)
    assert shown(found.by_unit) == by(drawn, lambda key: drawn.unit[key])
    assert shown(found.by_officer or []) == by(drawn, lambda key: drawn.officer[key])
    months = sorted({f"{one.due_on:%Y-%m}" for one in live})
    assert found.by_month == [kept(name, [one for one in live if f"{one.due_on:%Y-%m}" == name]) for name in months]
    told = [kept("", [one for one in drawn.clocks if one.kind == kind and counts(one)]) for kind in TOLD]
    assert [(one.in_time, one.late, one.median, one.ninetieth) for one in found.told] == [
        (one.in_time, one.late, one.median, one.ninetieth) for one in told
    ]
    assert found.overdue == sum(runs_late(one) and one.case_id not in drawn.closed for one in drawn.clocks) > 0
    assert found.attempts == len(attempts(drawn))
    events = Counter("Festival" if one.abstraction_id else one.get_reason_display() for one in cancelled(drawn))
    assert dict(found.cancelled) == dict(events)
    assert found.cancelled_in_all == sum(events.values())


def test_without_a_day_on_which_the_force_began_nothing_is_left_out(world: World) -> None:
    drawn = draw(world, random.Random(3))
    with scope(system(AVON)):
        Agency.objects.filter(pk=AVON).update(live_from=None)
        found = figures_of(Reach.of_force(AVON), NOW)
    assert found.contact == kept("All", [one for one in drawn.clocks if one.kind == Kind.VICTIM_CONTACT and counts(one)])
    assert (found.live_from, found.left_out, found.left_out_cases) == (None, 0, 0)


def test_one_unit_and_one_officer_narrow_every_figure(world: World) -> None:
    drawn = draw(world, random.Random(4))
    with scope(system(AVON)):
        north = figures_of(Reach.of_force(AVON).narrowed(unit=str(world.north.pk)), NOW)
        officer: User = world.investigator
        own = figures_of(Reach.of_force(AVON).narrowed(officer=str(officer.pk)), NOW)
    assert shown(north.by_unit) == {"Test North": by(drawn, lambda key: drawn.unit[key])["Test North"]}
    assert shown(own.by_officer or []) == {officer.name: by(drawn, lambda key: drawn.officer[key])[officer.name]}
