"""Assessing needs: what follows for the label, the clock of it, and agreeing contact afresh with somebody who reached 18."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid5

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from cases import models as m
from cases.services.complainants import change_needs
from cases.services.reconcile import reconcile
from cases.services.refresh import refresh_force
from core import clock
from core.exceptions import NotAllowed, NotPossible
from core.scope import scope, system
from core.sealedfield import NotOpened, opening
from tests.factories import AVON, World
from tests.integration.cases.asking import live_since
from tests.integration.cases.making import do, fresh, make_case, timeline
from tests.integration.victims.knowing import complainant_of, known_case
from victims.derive.needs_rules import first_of_next_month
from victims.models import ContactAgreement, NeedsAssessment
from victims.services.needs import assess_needs

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db
ENHANCED = {"entitlement": "enhanced", "enhanced_because": "Victim of the most serious crime"}


def assess(actor: User, case: m.Case, **needs: Any) -> NeedsAssessment:
    """Assess the needs of complainant A."""
    return do(actor, assess_needs, case, complainant_id=complainant_of(case).pk, **{**ENHANCED, **needs})


def clocks(case: m.Case, kind: str) -> list[m.Deadline]:
    """Return a complainant's deadlines of a kind, in turn."""
    with scope(system(AVON)):
        rows = m.Deadline.objects.filter(case=case, kind=kind, cancelled=False)
        return list(rows.order_by("sequence", "started_at"))


def test_what_is_needed_goes_down_to_the_label(world: World) -> None:
    case = make_case(world.investigator)
    assess(world.investigator, case, interpreter_language="Welsh", special_measures=["live_link", "screens", "intermediary"])
    label = complainant_of(case)
    assert (label.needs_interpreter, label.needs_intermediary, label.needs_special_measures) == (True, True, True)
    with scope(system(AVON)):
        row = NeedsAssessment.objects.get(case=case)
    assert (row.special_measures, row.intermediary) == (["screens", "live_link", "intermediary"], True)
    assess(world.investigator, case)
    label = complainant_of(case)
    assert (label.needs_interpreter, label.needs_intermediary, label.needs_special_measures) == (False, False, False)
    assert timeline(case).count("needs_assessed") == 2


def test_another_entitlement_is_kept_for_the_clocks_of_telling(world: World) -> None:
    case = make_case(world.investigator)
    assess(world.investigator, case, entitlement="standard", enhanced_because="typed before")
    with scope(system(AVON)):
        kept = m.FactCorrection.objects.get(case=case, table="complainant", field="entitlement")
        assert NeedsAssessment.objects.get(case=case).enhanced_because == ""
    assert (kept.old, kept.new, complainant_of(case).entitlement) == ("enhanced", "standard", "standard")


def test_how_to_communicate_is_sealed_and_kept_until_somebody_says_otherwise(world: World) -> None:
    case = make_case(world.investigator)
    texts = []
    for given in ({"communication": "Large print"}, {}, {"communication_ended": True}):
        row = assess(world.investigator, case, **given)
        with scope(system(AVON)), opening("test"):
            texts.append(NeedsAssessment.objects.get(pk=row.pk).communication)
    assert texts == ["Large print", "Large print", ""]
    with scope(system(AVON)), pytest.raises(NotOpened):
        _ = NeedsAssessment.objects.filter(case=case)[0].communication


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"entitlement": ""}, "entitlement"),
        ({"enhanced_because": " "}, "enhanced_because"),
        ({"special_measures": ["nonsense"]}, "special_measures"),
        ({"interviewer_gender": "any"}, "interviewer_gender"),
    ],
    ids=["entitlement", "why", "measure", "gender"],
)
def test_what_cannot_be_is_refused_beside_its_field(world: World, given: dict[str, Any], field: str) -> None:
    case = make_case(world.investigator)
    with pytest.raises(NotPossible) as refused:
        assess(world.investigator, case, **given)
    assert refused.value.field == field


def test_the_form_begins_with_what_stands_and_shows_nothing_sealed(world: World, sign_in: SignIn) -> None:
    case = make_case(world.investigator)
    assess(world.investigator, case, interpreter_language="Welsh", special_measures=["screens"], communication="Large print")
    address = f"/cases/{case.pk}/assess-needs/{complainant_of(case).pk}/"
    text = sign_in(world.investigator).get(address).content.decode()
    assert 'value="Welsh"' in text
    assert text.count("checked") == 3
    assert "Large print" not in text
    bad = {"entitlement": "enhanced", "interpreter_language": "a" * 101, "special_measures": "zzz", "version": str(fresh(case).version)}
    answer = sign_in(world.investigator).post(address, bad)
    assert answer.status_code == 400
    for words in ("must be 100 characters or fewer", "Select special measures asked for or agreed"):
        assert words in answer.content.decode()
    del bad["special_measures"]
    assert sign_in(world.investigator).post(address, {**bad, "interpreter_language": ""}).status_code == 400
    sent = {**bad, "interpreter_language": "", "enhanced_because": "Under 18"}
    assert sign_in(world.investigator).post(address, sent).status_code == 302


def test_the_page_shows_needs_and_keeps_communication_for_those_shown_identity(world: World, sign_in: SignIn) -> None:
    case, complainant = known_case(world)
    assess(world.investigator, case, special_measures=["recorded_cross"], communication="Large print")
    text = sign_in(world.colleague).get(f"/victims/{complainant.pk}/").content.decode()
    assert "Cross-examination recorded before the trial (section 28)" in text
    assert "Large print" not in text
    shown = sign_in(world.investigator).post(f"/victims/{complainant.pk}/shown/", {"reason": "court"})
    assert "Large print" in shown.content.decode()


def test_the_cps_assesses_no_needs(world: World) -> None:
    case = make_case(world.investigator)
    with scope(system(AVON)):
        m.Case.objects.filter(pk=case.pk).update(cps_area_scope=110)
    with pytest.raises(NotAllowed):
        assess(world.prosecutor, case)


def test_needs_are_due_in_two_working_days_met_by_an_assessment_and_due_again_when_changed(world: World) -> None:
    live_since(AVON, days=400)
    case = make_case(world.investigator)
    (first,) = clocks(case, "needs_assessment")
    assert (first.started_at, first.met_at, first.owes) == (case.recorded_at, None, "police")
    assert first.due_at > case.recorded_at
    row = assess(world.investigator, case)
    (first,) = clocks(case, "needs_assessment")
    assert first.met_at == row.assessed_at
    needs = {"needs_interpreter": True, "needs_intermediary": False, "needs_special_measures": False}
    do(world.investigator, change_needs, case, complainant_id=complainant_of(case).pk, **needs)
    first, second = clocks(case, "needs_assessment")
    assert (second.met_at, second.sequence) == (None, 1)
    assert second.started_at > row.assessed_at
    again = assess(world.supervisor, case, interpreter_language="Welsh")
    assert [one.met_at for one in clocks(case, "needs_assessment")] == [row.assessed_at, again.assessed_at]


def agree(case: m.Case, on: date) -> None:
    """Agree contact with complainant A on a day, and bring the clocks in line."""
    with scope(system(AVON)):
        locked = m.Case.objects.select_for_update().get(pk=case.pk)
        keys = {"case": locked, "force_id": AVON, "complainant": m.Complainant.objects.get(case=locked)}
        ContactAgreement.objects.create(**keys, interval_days=14, channel="telephone", starts_on=on, agreed_on=on)
        reconcile(locked, reason="test", actor_name="test")


def test_who_reached_18_is_asked_anew_and_the_clock_does_not_tell_the_day(world: World) -> None:
    live_since(AVON, days=400)
    today = clock.today()
    birthday = today - timedelta(days=70)
    case, complainant = known_case(world, date_of_birth=birthday.replace(year=birthday.year - 18, day=9))
    birthday = birthday.replace(day=9)
    assert clocks(case, "agreement_again") == []
    agree(case, birthday - timedelta(days=100))
    (asked,) = clocks(case, "agreement_again")
    assert asked.subject_id == uuid5(complainant.pk, "18")
    assert clock.london_day(asked.started_at).day == 1
    assert clock.london_day(asked.started_at) > birthday
    assert asked.met_at is None
    agree(case, today)
    (asked,) = clocks(case, "agreement_again")
    assert asked.met_at is not None


def test_an_agreement_made_since_the_birthday_needs_no_other(world: World) -> None:
    live_since(AVON, days=400)
    born = clock.today().replace(year=clock.today().year - 18, day=1) - timedelta(days=60)
    case, _ = known_case(world, date_of_birth=born)
    agree(case, born.replace(year=born.year + 18) + timedelta(days=1))
    assert clocks(case, "agreement_again") == []


def test_the_night_after_which_it_begins_opens_it_and_no_night_before(world: World) -> None:
    """Nobody has to touch the case: the nightly check brings it, at London midnight of the first of the next month."""
    live_since(AVON, days=400)
    birthday = first_of_next_month(clock.today()).replace(day=20)
    case, _ = known_case(world, date_of_birth=birthday.replace(year=birthday.year - 18))
    agree(case, clock.today())
    begins = clock.day_start(first_of_next_month(birthday))
    for moment, found in ((begins - timedelta(seconds=1), []), (begins, [begins]), (begins + timedelta(days=3), [begins])):
        with time_machine.travel(moment, tick=False):
            refresh_force(AVON)
        assert [one.started_at for one in clocks(case, "agreement_again")] == found, moment


def test_who_is_not_18_yet_has_no_such_clock(world: World) -> None:
    live_since(AVON, days=400)
    case, _ = known_case(world, date_of_birth=clock.today() - timedelta(days=17 * 365))
    agree(case, clock.today() - timedelta(days=2))
    assert clocks(case, "agreement_again") == []
