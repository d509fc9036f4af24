"""What victims of the demonstration were told and said: planned, told, not told, still to be told. Numbers are days before now."""

from datetime import datetime, timedelta
from typing import Final

from cases import models as m
from cases.demonstration import Step, Told, acting
from cases.derive.told_rules import about_of_outcome
from cases.models.telling import Channel, ToldAbout
from cases.services.changing import changing
from cases.services.support import record_support
from cases.services.telling import Thing, open_to_tell, tell, tell_in
from cases.services.telling import not_told as record_not_told
from cases.services.telling_gate import who_hears
from cases.services.telling_plans import plan_telling, record_hearing, tell_suspect
from cases.services.withdrawal import record_talk
from core import clock
from core.scope import scope, system

LATER: Final = timedelta(hours=3)
DAY_HOURS: Final = range(9, 20)
"""Hours of a London day in which somebody is told something."""
MORNING: Final = timedelta(hours=10)


def plan(told: Told, number: int, code: int, at: datetime | None = None) -> None:
    """Plan how each complainant whom the suspect concerns is told of an outcome, where that is asked; 0: nobody was identified."""
    suspect_id = told.suspects[number - 1].pk if number else None
    with scope(system(told.case.force_id)):
        lacking = [one for one in who_hears(told.case, suspect_id, code) if one.lacks]
    for one in lacking:
        told.do(
            "",
            plan_telling,
            complainant_id=one.complainant_id,
            suspect_id=suspect_id,
            about=str(about_of_outcome(code)),
            teller_id=told.people[told.lead].pk,
            how="in_person",
            planned_at=at or told.now,
            her_choice=True,
            isva_warned=True,
            arranged=True,
        )


def planned(number: int, code: int) -> Step:
    """The telling of an outcome that is still to be recorded was planned."""
    return lambda told: plan(told, number, code)


def all_told(days: float = 0, *, but: tuple[str, ...] = ()) -> Step:
    """Each complainant was told, so many days ago, everything that had happened by then, but some kinds of thing."""

    def step(told: Told) -> None:
        at = told.ago(days)
        with scope(system(told.case.force_id)):
            rows = list(m.Complainant.objects.filter(case=told.case).order_by("label"))
            waiting = {row.pk: [one for one in open_to_tell(told.case, row) if one.about not in but and one.at <= at] for row in rows}
        for key, things in waiting.items():
            for how in (Channel.LETTER, Channel.TELEPHONE):
                told_so = [(one.about, one.fact_id) for one in things if by(one.about) == how]
                if told_so:
                    told.do("", tell, complainant_id=key, things=told_so, told_at=at, how=how)

    return step


def by(about: str) -> Channel:
    """Return how the demonstration tells a thing: that the crime was recorded in writing, everything else by telephone."""
    return Channel.LETTER if about == ToldAbout.CRIME_RECORDED else Channel.TELEPHONE


def morning_after(moment: datetime) -> datetime:
    """Return 10am of the London day after a moment."""
    return clock.day_start(clock.london_day(moment) + timedelta(days=1)) + MORNING


def heard_at(happened: datetime, recorded: datetime) -> datetime:
    """Return when somebody hears of a thing: three hours later, by day; of one known by its day alone, the morning after."""
    if happened >= recorded and happened == clock.day_start(clock.london_day(happened)):
        return morning_after(happened)
    at = max(happened, recorded) + LATER
    hour = at.astimezone(clock.LONDON).hour
    if hour in DAY_HOURS:
        return at
    return morning_after(at) if hour >= DAY_HOURS.stop else clock.day_start(clock.london_day(at)) + MORNING


def keep_told(told: Told) -> None:
    """Let each complainant have been told everything by day, soon after it happened, as planned: in one change."""
    actor = told.people[told.lead]
    with acting(actor), changing(told.case.pk, actor=actor) as change:
        for row in m.Complainant.objects.filter(case=told.case).order_by("label"):
            by_time: dict[tuple[datetime, str], list[Thing]] = {}
            way_planned = dict(m.TellingPlan.objects.filter(complainant=row).order_by("at").values_list("about", "how"))
            for one in open_to_tell(told.case, row):
                at = min(heard_at(one.at, told.case.recorded_at), change.now)
                by_time.setdefault((at, way_planned.get(one.about) or by(one.about)), []).append((one.about, one.fact_id))
            for (at, way), things in sorted(by_time.items()):
                tell_in(change, complainant=row, things=things, at=at, how=way)


def not_told(about: str, because: str, *, how: str = "", note: str = "") -> Step:
    """The first complainant was not told one kind of thing."""

    def step(told: Told) -> None:
        row = _first(told)
        with scope(system(told.case.force_id)):
            things = [(one.about, one.fact_id) for one in open_to_tell(told.case, row) if one.about == about]
        told.do("", record_not_told, complainant_id=row.pk, things=things, because=because, how=how, note=note)

    return step


def said(supports: str, days: float, words: str, *, pressure: str = "no", safety: str = "") -> Step:
    """The first complainant said whether she or he supports the prosecution."""

    def step(told: Told) -> None:
        told.do(
            "",
            record_support,
            complainant_id=_first(told).pk,
            supports=supports,
            words=words,
            told_to="The officer in the case",
            how="telephone",
            at=told.ago(days),
            pressure=pressure,
            safety_action=safety,
            offered_support_again=True,
        )

    return step


def spoken(days: float, *reasons: str, statement: bool = False) -> Step:
    """A supervisor spoke with the first complainant, who does not support the prosecution and stays with that."""

    def step(told: Told) -> None:
        told.do(
            "supervisor",
            record_talk,
            complainant_id=_first(told).pk,
            spoke_with="her",
            at=told.ago(days),
            how="in_person",
            supports="does_not",
            reasons=reasons,
            statement=statement,
            statement_on=clock.london_day(told.ago(days)) if statement else None,
        )

    return step


def _first(told: Told) -> m.Complainant:
    with scope(system(told.case.force_id)):
        return m.Complainant.objects.get(case=told.case, label="A")


def suspect_told(number: int, days: float) -> Step:
    """The suspect was told the outcome, after the complainant."""
    return lambda told: told.to(number, "", tell_suspect, at=told.ago(days))


def hearing(number: int, in_days: int, received: float) -> Step:
    """A hearing of a charged suspect is listed."""
    return lambda told: told.to(
        number,
        "",
        record_hearing,
        at=clock.day_start(clock.today(told.now)) + timedelta(days=in_days, hours=10),
        court="Crown Court (invented)",
        received_at=told.ago(received),
    )
