"""The meeting before a decision not to charge: offered, answered by the day, and asked for before the decision is published."""

from datetime import timedelta
from typing import Any

import pytest

from cases import models as m
from core import clock
from core.exceptions import NotAllowed
from core.scope import scope, system
from prosecution.models import NfaMeeting
from prosecution.services.nfa_meetings import answer_nfa_meeting, offer_nfa_meeting
from prosecution.services.publishing import publish_decision
from tests.factories import World, ago
from tests.integration.cases.asking import refused, texts
from tests.integration.prosecution import deciding
from tests.integration.prosecution.deciding import act
from tests.integration.prosecution.making import do, suspect_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(world: World) -> m.Case:
    """A case with the CPS on which no meeting was offered."""
    made = deciding.with_cps(world)
    with scope(system(made.force_id)):
        before = clock.today() - timedelta(days=9)
        NfaMeeting.objects.filter(case=made).update(answer="", answered_at=None, answered_by=None, answer_by=before)
    return made


def offered(world: World, case: m.Case, days: int = 3) -> NfaMeeting:
    """Return the only offer, open until a day from today on."""
    with scope(system(case.force_id)):
        NfaMeeting.objects.filter(case=case).update(answer_by=clock.today() + timedelta(days=days))
        return NfaMeeting.objects.get(case=case)


def only(case: m.Case) -> NfaMeeting:
    with scope(system(case.force_id)):
        return NfaMeeting.objects.get(case=case)


def publish(world: World, case: m.Case) -> Any:
    row = deciding.confirmed(world, case)
    return act(world.prosecutor, publish_decision, case, row, code=15)


def answer(person: Any, case: m.Case, row: NfaMeeting, what: str, **more: Any) -> NfaMeeting:
    return do(person, answer_nfa_meeting, case, nfa_meeting_id=row.pk, answer=what, **{"note": "We spoke", **more})


@pytest.mark.parametrize(("days", "possible"), [(0, False), (1, False), (-1, True)])
def test_the_day_that_was_asked_for_is_the_investigators_to_its_end(world: World, case: m.Case, days: int, possible: bool) -> None:
    offered(world, case, days)
    if not possible:
        with refused("may answer the offer"):
            publish(world, case)
        return
    publish(world, case)
    assert only(case).answer == "no_answer"


def test_without_an_offer_nothing_is_published(world: World, case: m.Case) -> None:
    other = deciding.with_cps(world, reference="52/TEST/3")
    with scope(system(other.force_id)):
        NfaMeeting.objects.filter(case=other).update(suspect=suspect_of(case).pk)
    with refused("Offer the investigator a meeting first"):
        publish(world, other)


def test_a_charge_asks_for_none(world: World, case: m.Case) -> None:
    deciding.published(world, case)


@pytest.mark.parametrize("what", ["held", "declined"])
def test_answered_it_is_published(world: World, case: m.Case, what: str) -> None:
    row = offered(world, case)
    answer(world.investigator, case, row, what, **({"held_at": ago(minutes=5)} if what == "held" else {}))
    publish(world, case)
    assert (only(case).answer, only(case).answered_by) == (what, world.investigator)
    assert texts(case, "nfa_meeting_answered")


@pytest.mark.parametrize(
    ("what", "more", "words", "field"),
    [
        ("", {}, "what came of the offer", "answer"),
        ("no_answer", {}, "what came of the offer", "answer"),
        ("held", {}, "when it was held", "held_at"),
        ("held", {"held_at": ago(days=3)}, "after the meeting was offered", "held_at"),
        ("held", {"held_at": ago(days=-1)}, "in the past", "held_at"),
        ("declined", {"held_at": ago(hours=1)}, "Leave this empty", "held_at"),
        ("declined", {"note": " "}, "why none is wanted", "note"),
    ],
)
def test_bad_answers_are_refused_beside_their_field(
    world: World, case: m.Case, what: str, more: dict[str, Any], words: str, field: str
) -> None:
    with refused(words, field):
        answer(world.investigator, case, offered(world, case), what, **more)


def test_only_the_police_decline(world: World, case: m.Case) -> None:
    with refused("the police record it", "answer"):
        answer(world.prosecutor, case, offered(world, case), "declined")


def test_one_offer_is_open_at_a_time_and_only_a_prosecutor_makes_it(world: World, case: m.Case) -> None:
    given = {"suspect_id": suspect_of(case).pk, "answer_by": clock.today()}
    with refused("offered already"):
        do(world.prosecutor, offer_nfa_meeting, case, **given)
    answer(world.investigator, case, offered(world, case), "declined")
    with refused("from today on", "answer_by"):
        do(world.prosecutor, offer_nfa_meeting, case, **(given | {"answer_by": clock.today() - timedelta(days=1)}))
    for person in (world.investigator, world.supervisor, world.vlo):
        with pytest.raises(NotAllowed):
            do(person, offer_nfa_meeting, case, **given)
    assert do(world.prosecutor, offer_nfa_meeting, case, **given).answer == ""


def test_a_force_and_an_area_may_do_without(world: World, case: m.Case, settings: Any) -> None:
    settings.NFA_MEETING = False
    offered(world, case)
    publish(world, case)
