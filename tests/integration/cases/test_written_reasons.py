"""That written reasons reached a complainant: what is recorded, its clock, and letters that were received."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import models as m
from cases.services.outcomes import record_crime_outcome, record_outcome, reopen, reopen_crime
from cases.services.telling import not_told
from cases.services.written_reasons import reasons_reached, take_back_reasons
from core import clock
from core.exceptions import NotAllowed
from core.scope import scope, system
from tests.factories import AVON, World
from tests.integration.cases.asking import deadline, live_since, refused, texts
from tests.integration.cases.making import do, fresh, make_case, plan_tellings, suspect_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nfa_at_once")]
SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _live(world: World) -> None:
    """The force went live a month ago: what was decided since is owed."""
    live_since(AVON, days=30)


def she(case: m.Case) -> m.Complainant:
    with scope(system(case.force_id)):
        return m.Complainant.objects.get(case=case)


def ended(world: World, code: int = 15, days: int = 2, *, reference: str = "52/TEST/1", **more: Any) -> tuple[m.Case, m.SuspectOutcome]:
    """Return a case whose suspect got an outcome some days ago."""
    case = make_case(world.investigator, "Invented", reference=reference)
    plan_tellings(case)
    on = clock.today() - timedelta(days=days)
    given = {"suspect_id": suspect_of(case).pk, "code": code, "on": on, "reasons": "Tested", **more}
    return case, do(world.investigator, record_outcome, case, **given)


def reached(person: User, case: m.Case, *facts: Any, **more: Any) -> list[m.WrittenReasons]:
    given = {"reached_on": clock.today(), "how": "letter", "known_by": "She said so on the telephone", **more}
    return do(person, reasons_reached, case, complainant_id=she(case).pk, facts=list(facts), **given)


def test_it_meets_its_clock_on_the_day(world: World) -> None:
    case, outcome = ended(world)
    assert (deadline(case, "written_reasons").met_at, deadline(case, "written_reasons").owes) == (None, "police")
    day = clock.today() - timedelta(days=1)
    (row,) = reached(world.investigator, case, outcome.pk, reached_on=day)
    assert (row.fact_id, row.side, row.letter_id) == (outcome.pk, "police", None)
    assert deadline(case, "written_reasons").met_at == clock.day_start(day)
    assert texts(case, "written_reasons")


@pytest.mark.parametrize(("code", "there"), [(15, True), (21, True), (10, True), (22, False), (5, False)])
def test_only_no_further_action_owes_reasons_in_writing(world: World, code: int, there: bool) -> None:
    case, _ = ended(world, code)
    with scope(system(case.force_id)):
        assert m.Deadline.objects.filter(case=case, kind="written_reasons", cancelled=False).exists() is there


@pytest.mark.parametrize(
    ("more", "words", "field"),
    [
        ({"how": "telephone"}, "in writing", "how"),
        ({"known_by": " "}, "how it is known", "known_by"),
        ({"reached_on": clock.today() + timedelta(days=1)}, "in the past", "reached_on"),
        ({"reached_on": clock.today() - timedelta(days=3)}, "after the decision", "reached_on"),
    ],
)
def test_bad_input_is_refused_beside_its_field(world: World, more: dict[str, Any], words: str, field: str) -> None:
    case, outcome = ended(world)
    with refused(words, field):
        reached(world.investigator, case, outcome.pk, **more)


def test_what_is_not_owed_is_not_there_and_nothing_twice(world: World) -> None:
    case, outcome = ended(world)
    with refused("which decision", "facts"):
        reached(world.investigator, case)
    with refused("which decision", "facts"):
        reached(world.investigator, case, case.pk)
    reached(world.investigator, case, outcome.pk)
    with refused("recorded already", "facts"):
        reached(world.colleague, case, outcome.pk)


def test_taken_back_the_clock_runs_again(world: World) -> None:
    case, outcome = ended(world)
    reached(world.investigator, case, outcome.pk)
    with refused("why", "reason"):
        do(world.investigator, take_back_reasons, case, complainant_id=she(case).pk, fact=outcome.pk, reason="")
    do(world.investigator, take_back_reasons, case, complainant_id=she(case).pk, fact=outcome.pk, reason="The letter came back")
    assert deadline(case, "written_reasons").met_at is None
    reached(world.investigator, case, outcome.pk)


def test_reopened_it_ends_and_decided_not_to_tell_it_ends_too(world: World) -> None:
    case, outcome = ended(world)
    things = [("told_nfa", outcome.pk)]
    do(world.investigator, not_told, case, complainant_id=she(case).pk, things=things, because="asked_not", note="Her words")
    assert deadline(case, "written_reasons").ended_at is not None
    case, outcome = ended(world, reference="52/TEST/9")
    do(world.investigator, reopen, case, suspect_id=suspect_of(case).pk, basis="review", reason="Overturned")
    assert deadline(case, "written_reasons").ended_at is not None


def test_a_crime_reopened_and_ended_anew_owes_anew(world: World) -> None:
    case = make_case(world.investigator)
    plan_tellings(case)
    with scope(system(case.force_id)):
        crime = m.Offence.objects.get(case=case)
    before = clock.today() - timedelta(days=3)
    do(world.investigator, record_crime_outcome, case, offence_id=crime.pk, code=18, on=before, reasons="Nobody named")
    reached(world.investigator, case, crime.pk, reached_on=before)
    do(world.supervisor, reopen_crime, case, offence_id=crime.pk, reason="A new witness")
    do(world.investigator, record_crime_outcome, case, offence_id=crime.pk, code=18, on=clock.today(), reasons="Nobody named")
    assert deadline(case, "written_reasons").met_at is None
    reached(world.investigator, case, crime.pk)
    assert deadline(case, "written_reasons").met_at is not None


def test_who_sees_nothing_records_nothing(world: World) -> None:
    from django.http import Http404

    case, outcome = ended(world)
    for person in (world.kent, world.prosecutor, world.isva):
        with pytest.raises(Http404):
            reached(person, case, outcome.pk)
    with pytest.raises((NotAllowed, Http404)):
        reached(world.analyst, case, outcome.pk)


def test_the_form_offers_what_is_owed(world: World, sign_in: SignIn) -> None:
    case, outcome = ended(world)
    form = reverse("case_act_on", kwargs={"case_id": case.pk, "slug": "reasons-reached", "target_id": she(case).pk})
    client = sign_in(world.investigator)
    assert "Suspect 1: 15, evidential" in client.get(form).content.decode()
    day = clock.today()
    sent = {
        "version": fresh(case).version, "facts": [str(outcome.pk)], "reached_on_day": day.day, "reached_on_month": day.month,
        "reached_on_year": day.year, "how": "letter", "known_by": "Signed for",
    }  # fmt: skip
    bad = client.post(form, {**sent, "known_by": ""})
    assert "How is it known" in bad.content.decode()
    assert client.post(form, sent).status_code == 302
    assert deadline(case, "written_reasons").met_at is not None


def test_it_stands_among_what_the_case_needs_with_its_button(world: World, sign_in: SignIn) -> None:
    case, _ = ended(world)
    page = sign_in(world.investigator).get(reverse("case_page", args=[case.pk])).content.decode()
    assert "Written reasons reached Victim A" in page
