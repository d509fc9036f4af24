"""Outcomes 14 and 16: only after a supervisor other than the officer spoke with her or him or the ISVA, or recorded why not."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F
from django.http import Http404

from cases import models as m
from cases.acts import ACTS
from cases.services.changing import changing
from cases.services.logging import NewCrime
from cases.services.outcomes import Ending, check_ending, end_crime, write_outcome
from cases.services.withdrawal import record_talk
from core import clock
from core.exceptions import Conflict, NotAllowed
from core.scope import scope, system
from tests.factories import AVON, World, acting_as, ago
from tests.integration.cases.asking import count, live_since, refused, texts
from tests.integration.cases.making import fresh, make_case, plan_tellings, suspect_of
from tests.integration.cases.withdrawing import HER, ISVA, NOBODY, complainant_of, said, talk

pytestmark = pytest.mark.django_db
LACKS_TALK = "A supervisor who is not the officer in the case speaks with Victim A"
LACKS_WORDS = "Record first that Victim A does not support"


@pytest.fixture
def case(world: World) -> m.Case:
    made = make_case(world.investigator, "Invented")
    plan_tellings(made)
    return made


def end(world: World, case: m.Case, code: int = 16, *, days: int = 0) -> m.SuspectOutcome:
    """Give the suspect an outcome as whoever publishes one does, looked at twice."""
    ending = Ending(code, clock.today() - timedelta(days=days), "police", "She told DC Invented", looked_at=True)
    with acting_as(world.investigator), changing(case.pk, actor=world.investigator) as change:
        suspect, facts = change.suspect(suspect_of(case).pk)
        check_ending(change, facts, ending)
        return write_outcome(change, suspect, facts, ending)


def end_the_crime(world: World, case: m.Case, code: int) -> m.Offence:
    """Give the crime an outcome in the same manner."""
    with acting_as(world.investigator), changing(case.pk, actor=world.investigator) as change:
        crime = m.Offence.objects.get(case=case)
        return end_crime(change, crime, Ending(code, clock.today(), reasons="She told DC Invented", looked_at=True))


def test_sixteen_asks_for_her_words_then_for_the_talk(world: World, case: m.Case) -> None:
    with refused(LACKS_WORDS, "code"):
        end(world, case)
    said(world.investigator, case)
    with refused(LACKS_TALK, "code"):
        end(world, case)
    talk(world.supervisor, case)
    assert end(world, case).code == 16


@pytest.mark.parametrize("how", [HER, ISVA, NOBODY], ids=["her", "isva", "nobody"])
def test_with_her_with_the_isva_or_why_not(world: World, case: m.Case, how: dict[str, Any]) -> None:
    said(world.investigator, case)
    assert talk(world.supervisor, case, **how).still_ends
    assert end(world, case).code == 16


def test_fourteen_of_a_crime_asks_the_same(world: World) -> None:
    case = make_case(world.investigator, named="no")
    plan_tellings(case)
    with refused(LACKS_WORDS, "code"):
        end_the_crime(world, case, 14)
    said(world.investigator, case)
    with refused(LACKS_TALK, "code"):
        end_the_crime(world, case, 14)
    talk(world.supervisor, case)
    assert end_the_crime(world, case, 14).outcome_code == 14


@pytest.mark.parametrize("code", [15, 21, 5])
def test_no_other_outcome_asks_for_it(world: World, case: m.Case, code: int) -> None:
    assert end(world, case, code).code == code


@pytest.mark.parametrize(("seconds", "holds"), [(-1, False), (0, True), (1, True)])
def test_the_talk_comes_after_the_last_time_she_said_so(world: World, case: m.Case, seconds: int, holds: bool) -> None:
    said(world.investigator, case, at=ago(hours=9))
    talk(world.supervisor, case, at=(moment := ago(hours=2)))
    said(world.investigator, case, at=moment - timedelta(seconds=seconds))
    if holds:
        assert end(world, case).code == 16
    else:
        with refused(LACKS_TALK, "code"):
            end(world, case)


@pytest.mark.parametrize("later", ["supports", "undecided"])
def test_what_she_says_last_stands(world: World, case: m.Case, later: str) -> None:
    said(world.investigator, case)
    talk(world.supervisor, case)
    said(world.investigator, case, later, at=ago(hours=1))
    with refused(LACKS_WORDS, "code"):
        end(world, case)


def test_nothing_is_asked_of_an_outcome_from_before_the_force_went_live(world: World, case: m.Case) -> None:
    live_since(AVON, days=3)
    with refused(LACKS_WORDS, "code"):
        end(world, case, days=3)
    assert end(world, case, days=4).code == 16


def test_each_victim_of_a_suspect_is_asked_about(world: World) -> None:
    crimes = [NewCrime("19C"), NewCrime("20A", complainant=1)]
    case = make_case(world.investigator, "Invented", complainants=2, crimes=crimes)
    plan_tellings(case)
    for label in ("A", "B"):
        with refused(f"Record first that Victim {label}", "code"):
            end(world, case)
        said(world.investigator, case, label=label)
        talk(world.supervisor, case, label=label)
    assert end(world, case).code == 16


def test_whose_crime_ended_otherwise_is_not_asked_about(world: World) -> None:
    """Outcome 15 of B's crime says that B supports; the suspect's says that A does not."""
    crimes = [NewCrime("19C"), NewCrime("20A", complainant=1)]
    case = make_case(world.investigator, "Invented", complainants=2, crimes=crimes)
    plan_tellings(case)
    with scope(system(AVON)):
        m.Offence.objects.filter(case=case, complainant__label="B").update(outcome_code=15, outcome_on=clock.today())
    said(world.investigator, case)
    talk(world.supervisor, case)
    assert end(world, case).code == 16


@pytest.mark.parametrize(
    ("more", "words", "field"),
    [
        (HER | {"spoke_with": "x"}, "whom you spoke with", "spoke_with"),
        (HER | {"at": ago(hours=4)}, "after she or he last said", "at"),
        (HER | {"at": clock.now() + timedelta(hours=2)}, "in the past", "at"),
        (HER | {"how": ""}, "how you spoke", "how"),
        (NOBODY | {"not_because": " "}, "why nobody", "not_because"),
        (NOBODY | {"supports": "supports"}, "Nobody was spoken with", "supports"),
        (HER | {"supports": ""}, "says now", "supports"),
        (HER | {"reasons": []}, "at least one reason", "reasons"),
        (HER | {"reasons": ["x"]}, "from the list", "reasons"),
        (HER | {"reasons": ["fear"]}, "her or his safety", "note"),
        (HER | {"reasons": ["pressure"], "note": " "}, "her or his safety", "note"),
        (HER | {"supports": "supports", "reasons": []}, "own words", "words"),
        (HER | {"statement": True}, "day of the statement", "statement_on"),
        (HER | {"statement": True, "statement_on": clock.today() + timedelta(days=1)}, "today or in the past", "statement_on"),
        (HER | {"statement": True, "statement_on": clock.today() - timedelta(days=11)}, "crime was recorded", "statement_on"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(world: World, case: m.Case, more: dict[str, Any], words: str, field: str) -> None:
    said(world.investigator, case)
    version = fresh(case).version
    with refused(words, field):
        talk(world.supervisor, case, **more)
    assert (count(m.WithdrawalTalk, case), fresh(case).version) == (0, version)


def test_it_is_kept_with_stage_reasons_and_statement(world: World, case: m.Case) -> None:
    said(world.investigator, case)
    on = clock.today() - timedelta(days=10)
    more = {"reasons": ["fear", "court", "fear"], "note": "An alarm", "statement": True, "statement_on": on}
    row = talk(world.supervisor, case, **(HER | more))
    assert (row.stage, row.reasons, row.statement_on, row.by_id) == ("investigating", ["fear", "court"], on, world.supervisor.pk)
    assert texts(case, "withdrawal_talk") == ["The victim. Support does not go on. Statement taken"]


@pytest.mark.parametrize("who", ["investigator", "colleague", "sergeant", "prosecutor", "cps_manager", "vlo"])
def test_nobody_but_a_supervisor_holds_it(world: World, case: m.Case, who: str) -> None:
    with scope(system(AVON)):
        m.Case.objects.filter(pk=case.pk).update(cps_area_scope=world.prosecutor.agency_id)
    said(world.investigator, case)
    with pytest.raises(NotAllowed, match="Only a supervisor"):
        talk(getattr(world, who), case)


@pytest.mark.parametrize("who", ["kent_supervisor", "other_area", "isva", "analyst"])
def test_out_of_sight_it_is_nothing(world: World, case: m.Case, who: str) -> None:
    said(world.investigator, case)
    with acting_as(getattr(world, who)), pytest.raises(Http404):
        record_talk(
            actor=getattr(world, who), case_id=case.pk, complainant_id=complainant_of(case).pk, at=ago(hours=1), **HER
        )  # fmt: skip


@pytest.mark.parametrize("role", ["officer", "second_officer"])
def test_the_officer_does_not_hold_it_nor_who_was_since_she_said_so(world: World, case: m.Case, role: str) -> None:
    said(world.investigator, case)
    with scope(system(AVON)):
        row = m.Case.objects.get(pk=case.pk)
        m.CasePerson.objects.filter(case=row, role=role, until__isnull=True).update(until=F("since"))
        person = m.CasePerson.objects.create(
            case=row, force_id=AVON, cps_area_scope=row.cps_area_scope, user=world.supervisor, role=role, since=ago(hours=20)
        )
    with refused("Another supervisor"):
        talk(world.supervisor, case)
    with scope(system(AVON)):
        m.CasePerson.objects.filter(pk=person.pk).update(until=ago(hours=2))
    with refused("Another supervisor"):
        talk(world.supervisor, case)
    assert talk(world.supervisor2, case).still_ends
    with scope(system(AVON)):
        m.CasePerson.objects.filter(pk=person.pk).update(until=ago(hours=4))
    assert talk(world.supervisor, case).still_ends


def test_it_is_about_somebody_who_said_so(world: World, case: m.Case) -> None:
    with refused("not on record"):
        talk(world.supervisor, case)
    said(world.investigator, case, "undecided")
    with refused("not on record"):
        talk(world.supervisor, case)


def test_of_two_at_once_one_wins_and_the_other_is_told(world: World, case: m.Case) -> None:
    said(world.investigator, case)
    version = fresh(case).version
    talk(world.supervisor, case, **HER, version=version)
    with pytest.raises(Conflict) as caught:
        talk(world.supervisor2, case, **HER, version=version)
    assert caught.value.change.who == world.supervisor.name


@pytest.mark.parametrize(("now", "still"), [("supports", False), ("undecided", False)])
def test_what_is_new_in_the_talk_is_her_own_words(world: World, case: m.Case, now: str, still: bool) -> None:
    said(world.investigator, case)
    row = talk(world.supervisor, case, **(HER | {"supports": now, "words": "I have thought about it", "reasons": []}))
    assert row.still_ends is still
    with scope(system(AVON)):
        latest = m.SupportChange.objects.filter(case=case).order_by("-at").first()
    assert latest is not None
    assert (latest.supports, latest.words, latest.told_to) == (now, "I have thought about it", world.supervisor.name)
    with refused(LACKS_WORDS, "code"):
        end(world, case)


def test_withdrawing_and_the_talk_close_nothing(world: World, case: m.Case) -> None:
    said(world.investigator, case)
    talk(world.supervisor, case)
    assert fresh(case).stage == "investigating"
    assert ACTS["record-withdrawal-talk"].permission.name == "withdrawal_talk"
