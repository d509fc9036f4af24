"""The acts on a suspect through their pages: shown, refused beside the field, done."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from cases import models as m
from cases.acts import Act, On
from cases.acts import bail as acts_bail
from cases.acts import suspect as acts_suspect
from cases.services import arrests, bails, decisions, detention, outcomes, plans, situations
from cases.services.sharing import bring_to_area
from core import clock
from core.scope import scope, system
from tests.factories import World, ago
from tests.integration.cases.asking import status
from tests.integration.cases.making import do, fresh, make_case, plan_tellings, suspect_of

pytestmark = pytest.mark.usefixtures("nfa_at_once")

SignIn = Callable[[User], Client]
ALL = (*acts_suspect.ARREST, *acts_suspect.PLANS, *acts_suspect.DECISIONS, *acts_bail.BAIL, *acts_bail.OUTCOMES)


def prepared(world: World, act: Act) -> tuple[m.Case, Any]:
    """Return a case in which this act is possible, and the row it is done to."""
    case = make_case(world.investigator, "Invented")
    prepare = PREPARED.get(act.slug) or PREPARED.get(act.on)
    row = prepare(world, case) if prepare else None
    return case, row or (None if act.on is On.CASE else suspect_of(case))


def held(world: World, case: m.Case) -> None:
    do(world.investigator, arrests.record_arrest, case, suspect_id=suspect_of(case).pk, at=ago(hours=10))


def detained(world: World, case: m.Case) -> None:
    held(world, case)
    do(world.investigator, detention.enter_detention, case, suspect_id=suspect_of(case).pk, began_at=ago(hours=9))


def released(world: World, case: m.Case, to: str = "under_investigation") -> None:
    held(world, case)
    do(world.investigator, arrests.record_release, case, suspect_id=suspect_of(case).pk, at=ago(hours=5), to=to)


def on_bail(world: World, case: m.Case) -> m.Bail:
    released(world, case, "bail")
    with scope(system(case.force_id)):
        return m.Bail.objects.get(case=case)


def brought_on_bail(world: World, case: m.Case) -> m.Bail:
    bail = on_bail(world, case)
    do(world.investigator, bring_to_area, case)
    return bail


def standing_still(world: World, case: m.Case) -> m.Bail:
    bail = brought_on_bail(world, case)
    do(world.investigator, bails.suspend_bail, case, bail_id=bail.pk, at=ago(hours=4))
    return bail


def passed(world: World, case: m.Case) -> m.Bail:
    bail = on_bail(world, case)
    with scope(system(case.force_id)):
        m.Bail.objects.filter(pk=bail.pk).update(imported=True, passed_at_import=True, own_end_on=clock.today())
    return bail


def planned(world: World, case: m.Case) -> m.PlannedArrest:
    later = clock.now() + timedelta(days=3)
    return do(world.investigator, plans.plan_arrest, case, suspect_id=suspect_of(case).pk, planned_for=later)


def proposed(world: World, case: m.Case) -> m.ArrestDecision:
    return do(world.investigator, decisions.propose_no_arrest, case, suspect_id=suspect_of(case).pk, rationale="x", protection="x")


def crime(world: World, case: m.Case) -> m.Offence:
    with scope(system(case.force_id)):
        return m.Offence.objects.get(case=case)


def crime_ended(world: World, case: m.Case) -> m.Offence:
    key = crime(world, case).pk
    plan_tellings(case)
    return do(world.investigator, outcomes.record_crime_outcome, case, offence_id=key, code=15, on=clock.today(), reasons="x")


def settled(world: World, case: m.Case) -> None:
    plan_tellings(case)
    do(world.investigator, outcomes.record_outcome, case, suspect_id=suspect_of(case).pk, code=15, on=clock.today(), reasons="x")


def wanted(world: World, case: m.Case) -> None:
    key = suspect_of(case).pk
    do(world.supervisor, situations.begin_situation, case, suspect_id=key, kind="wanted", since=ago(days=1), note="x")


PREPARED: dict[str, Callable[[World, m.Case], Any]] = {
    "record-release": held,
    "enter-detention": held,
    "extend-detention": detained,
    "grant-bail": released,
    "suspend-bail": brought_on_bail,
    "resume-bail": standing_still,
    "answer-passed-bail": passed,
    "reopen": settled,
    "reopen-crime": crime_ended,
    "end-situation": wanted,
    On.BAIL: on_bail,
    On.PLAN: planned,
    On.DECISION: proposed,
    On.OFFENCE: crime,
}
"""How to come to a case in which an act is possible: by its address, else by what it is done to."""


def address(case: m.Case, act: Act, row: Any) -> str:
    return f"/cases/{case.pk}/{act.slug}/" + (f"{row.pk}/" if row is not None else "")


@pytest.mark.parametrize("act", ALL, ids=lambda act: act.slug)
def test_every_page_is_shown_and_a_form_sent_empty_is_refused_beside_its_fields(world: World, sign_in: SignIn, act: Act) -> None:
    case, row = prepared(world, act)
    browser = sign_in(world.supervisor)
    shown = browser.get(address(case, act, row))
    version = fresh(case).version
    sent = browser.post(address(case, act, row), {"version": version})

    assert shown.status_code == 200, shown.content.decode()[:2000]
    assert act.title in shown.content.decode()
    assert sent.status_code in {400, 302}
    if sent.status_code == 302:
        assert act.slug == "vary-bail" or fresh(case).version > version


def act_of(slug: str) -> Act:
    return next(act for act in ALL if act.slug == slug)


def test_a_release_on_bail_by_its_page(world: World, sign_in: SignIn) -> None:
    act = act_of("record-release")
    case, row = prepared(world, act)
    shown = sign_in(world.investigator).get(address(case, act, row)).content.decode()
    join = next(sign for sign in "-_" if f'name="at{sign}day"' in shown)
    at = ago(hours=1).astimezone(clock.LONDON)
    typed = {f"at{join}{part}": value for part, value in (("day", at.day), ("month", at.month), ("year", at.year), ("time", f"{at:%H:%M}"))}
    bail = {"to": "bail", "authority": "custody_officer", "conditions": "Stay away", "victim_views_sought": "on"}
    bail |= {"telling_A_said": "tried", "telling_A_how": "telephone"}
    sent = sign_in(world.investigator).post(address(case, act, row), {**typed, **bail, "version": fresh(case).version})

    assert sent.status_code == 302, sent.content.decode()[:3000]
    assert status(case) == "on_bail"


def test_an_extension_offers_the_next_step_with_its_end(world: World, sign_in: SignIn) -> None:
    act = act_of("extend-bail")
    case, row = prepared(world, act)
    shown = sign_in(world.investigator).get(address(case, act, row)).content.decode()

    assert "6 months, by an inspector or above: until" in shown
    assert "9 months" not in shown


def test_a_role_that_may_not_is_told_who_may(world: World, sign_in: SignIn) -> None:
    act = act_of("begin-situation")
    case, row = prepared(world, act)

    assert sign_in(world.investigator).get(address(case, act, row)).status_code == 403
    assert sign_in(world.kent).get(address(case, act, row)).status_code == 404
