"""The demonstration of the passage between police and CPS: made once, in its own time, with something in every queue."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from accounts.demonstration import AREA, FORCE, make_sign_ins
from cases import models as m
from cases.derive.clocks import Kind
from core import clock
from core.scope import scope, system
from prosecution import models as pm
from prosecution.demonstration import make_passage
from prosecution.demonstration.stories import STORIES


def of(model: type[Any]) -> Any:
    """Return the rows of a table of the force, in the system scope that is open."""
    return model.objects.filter(force_id=FORCE)


def test_it_is_made_once_and_something_stands_in_every_queue(db: None, settings: Settings) -> None:
    settings.DEMO = True
    make_sign_ins()
    make_passage()
    with scope(system(FORCE)):
        before = [of(model).count() for model in (m.Case, pm.EarlyAdvice, pm.Referral, pm.ActionItem, pm.ChargingDecision)]
    make_passage()
    with scope(system(FORCE)):
        after = [of(model).count() for model in (m.Case, pm.EarlyAdvice, pm.Referral, pm.ActionItem, pm.ChargingDecision)]
        running = of(m.Deadline).filter(met_at=None, ended_at=None, cancelled=False)
        late = set(running.filter(due_at__lte=clock.now()).values_list("kind", flat=True))
        states = set(of(pm.EarlyAdvice).values_list("state", flat=True)), set(of(pm.Referral).values_list("state", flat=True))
        held = set(of(m.Case).filter(cps_area_scope=AREA).values_list("stage", flat=True))
    assert before == after
    assert before[0] == len(STORIES)
    assert {Kind.TRIAGE, Kind.EARLY_ADVICE_RESPONSE, Kind.CHARGING_REVIEW, Kind.ACTION_ITEM, Kind.FINALISE_PROPOSED} <= late
    assert states[0] >= {"draft", "sent", "returned", "challenged", "accepted", "advised"}
    assert states[1] >= {"draft", "sent", "accepted", "on_plan", "decided", "finalised"}
    assert held >= {"charged", "no_further_action", "with_cps", "awaiting_police", "administratively_finalised"}


def test_it_is_told_in_its_own_time(db: None, settings: Settings) -> None:
    settings.DEMO = True
    make_sign_ins()
    make_passage()
    with scope(system(FORCE)):
        days = {clock.london_day(at) for at in of(pm.Submission).values_list("at", flat=True)}
        logged = of(m.TimelineEvent).filter(kind="case_logged", case__crime_reference="52/DEMO/72").get()
    assert len(days) > 10, "submissions of many days"
    assert (clock.today() - clock.london_day(logged.created_at)).days >= 157


def test_victims_hear_of_decisions_by_day_after_them_and_as_planned(db: None, settings: Settings) -> None:
    settings.DEMO = True
    make_sign_ins()
    make_passage()
    decided = ("52/DEMO/71", "52/DEMO/72", "52/DEMO/73")
    with scope(system(FORCE)):
        rows = list(of(m.Told).filter(case__crime_reference__in=decided, about__in=[Kind.TOLD_CHARGE, Kind.TOLD_NFA]))
        decisions = dict(of(pm.ChargingDecision).values_list("case", "decided_at"))
        plans = {row.case_id: row for row in of(m.TellingPlan)}
    assert len(rows) >= len(decided)
    for row in rows:
        assert row.told_at > decisions[row.case_id]
        assert 9 <= row.told_at.astimezone(clock.LONDON).hour < 20
        assert (row.told_at, row.how) == (plans[row.case_id].planned_at, "in_person")


def test_none_is_made_outside_the_demonstration(db: None, settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(ImproperlyConfigured):
        make_passage()
