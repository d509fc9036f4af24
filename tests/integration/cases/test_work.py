"""Notes, enquiries, reviews, moved dates, complainants, crimes: each done, each refused."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.http import Http404

from cases import models as m
from cases.services.arrests import record_release
from cases.services.complainants import add_complainant, change_needs, label_of
from cases.services.crimes import add_crime, confirm_allegation, withdraw_allegation
from cases.services.enquiries import change_enquiry, end_enquiry, open_enquiry
from cases.services.logging import NewCrime
from cases.services.named import answer_named
from cases.services.notes import add_cps_note, add_note, add_police_note
from cases.services.outcomes import record_outcome
from cases.services.overrides import cannot_be_met, move_deadline
from cases.services.reviews import review_case, review_suspect
from cases.services.sharing import bring_to_area
from cases.services.situations import begin_situation
from core import clock
from core.exceptions import NotAllowed, NotPossible
from core.scope import scope, system
from tests.factories import AVON, World, acting_as, ago
from tests.integration.cases.making import arrest, do, fresh, make_case, plan_tellings, suspect_of, timeline

pytestmark = pytest.mark.usefixtures("nfa_at_once")


def in_days(number: int) -> Any:
    return clock.today() + timedelta(days=number)


def running(case: m.Case, kind: str) -> m.Deadline:
    with scope(system(AVON)):
        return m.Deadline.objects.get(case=case, kind=kind, met_at__isnull=True, ended_at__isnull=True, cancelled=False)


# notes


def test_a_shared_note_is_read_by_both_and_private_ones_by_their_own(world: World) -> None:
    case = make_case(world.investigator)
    do(world.investigator, bring_to_area, case)
    do(world.prosecutor, add_note, case, text="For both")
    version, events = fresh(case).version, timeline(case)
    do(world.investigator, add_police_note, case, text="For the police")
    do(world.prosecutor, add_cps_note, case, text="For the CPS")
    assert (fresh(case).version, timeline(case)) == (version, events)
    with acting_as(world.investigator):
        assert m.Note.objects.get(case=case).author_name == world.prosecutor.name
        assert m.PoliceNote.objects.count() == 1
        with pytest.raises(ProgrammingError), transaction.atomic():
            m.CpsNote.objects.count()
    with acting_as(world.prosecutor):
        assert m.CpsNote.objects.count() == 1
        with pytest.raises(ProgrammingError), transaction.atomic():
            m.PoliceNote.objects.count()


def test_nobody_writes_the_other_agencys_notes(world: World) -> None:
    case = make_case(world.investigator)
    do(world.investigator, bring_to_area, case)
    with pytest.raises(NotAllowed):
        do(world.prosecutor, add_police_note, case, text="x")
    with pytest.raises(NotAllowed):
        do(world.investigator, add_cps_note, case, text="x")
    with pytest.raises(Http404):
        do(world.other_area, add_cps_note, case, text="x")


# named


def test_named_is_answered_and_not_taken_back_beside_a_suspect(world: World) -> None:
    case = make_case(world.investigator)
    do(world.investigator, answer_named, case, named="yes")
    assert fresh(case).named == "yes"
    for named in ("yes", "perhaps"):
        with pytest.raises(NotPossible):
            do(world.investigator, answer_named, case, named=named)
    other = make_case(world.investigator, "Invented", reference="52/TEST/2")
    with pytest.raises(NotPossible):
        do(world.investigator, answer_named, other, named="no")


# complainants and crimes


def test_labels_run_from_a_and_are_never_used_again(world: World) -> None:
    assert [label_of(number) for number in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]
    case = make_case(world.investigator)
    assert do(world.investigator, add_complainant, case).label == "B"


def test_needs_change_and_say_so_in_words(world: World) -> None:
    case = make_case(world.investigator)
    with acting_as(world.investigator):
        row = m.Complainant.objects.get(case=case)
    needs = {"needs_interpreter": True, "needs_intermediary": False, "needs_special_measures": False}
    do(world.investigator, change_needs, case, complainant_id=row.pk, entitlement="standard", **needs)
    with acting_as(world.investigator):
        assert m.TimelineEvent.objects.get(kind="needs_changed").text == "needs interpreter, standard rights"
    with pytest.raises(NotPossible):
        do(world.investigator, change_needs, case, complainant_id=row.pk, **needs)
    with pytest.raises(NotPossible):
        do(world.investigator, change_needs, case, complainant_id=row.pk, entitlement="royal", **needs)


def test_a_crime_is_added_alleged_confirmed_and_withdrawn(world: World) -> None:
    case = make_case(world.investigator, "Invented", "Made-Up", crimes=[NewCrime("19C"), NewCrime("20A")])
    first, second = suspect_of(case, 1), suspect_of(case, 2)
    with acting_as(world.investigator):
        person = m.Complainant.objects.get(case=case)
        assumed = m.Offence.objects.get(case=case, code="19C")
    crime = do(world.investigator, add_crime, case, complainant_id=person.pk, code="22A", suspect_ids=[first.pk])
    for refused_pair in ((crime.pk, first.pk),):
        with pytest.raises(NotPossible):
            do(world.investigator, confirm_allegation, case, offence_id=refused_pair[0], suspect_id=refused_pair[1])
    assert not do(world.investigator, confirm_allegation, case, offence_id=assumed.pk, suspect_id=first.pk).assumed
    assert do(world.investigator, confirm_allegation, case, offence_id=crime.pk, suspect_id=second.pk).suspect_id == second.pk
    assert do(
        world.investigator, withdraw_allegation, case, offence_id=assumed.pk, suspect_id=second.pk, reason="Was elsewhere"
    ).withdrawn_at
    with pytest.raises(NotPossible):
        do(world.investigator, withdraw_allegation, case, offence_id=assumed.pk, suspect_id=second.pk, reason="Again")
    assert do(world.investigator, confirm_allegation, case, offence_id=assumed.pk, suspect_id=second.pk).withdrawn_at is None
    with pytest.raises(NotPossible):
        do(world.investigator, add_crime, case, complainant_id=person.pk, code="99Z")
    with pytest.raises(Http404):
        do(world.investigator, add_crime, case, complainant_id=first.pk, code="22A")


# enquiries


def test_a_line_of_enquiry_is_opened_changed_and_ended(world: World) -> None:
    case = make_case(world.investigator, "Invented")
    row = do(world.investigator, open_enquiry, case, focus="suspect", what="Phone", suspect_id=suspect_of(case).pk)
    assert row.gate == "not_needed"
    do(world.colleague, change_enquiry, case, enquiry_id=row.pk, what="Phones", necessity="", state="going_on", expected_on=in_days(9))
    for state, result, field in (("done", " ", "result"), ("going_on", "x", "state")):
        with pytest.raises(NotPossible) as refused:
            do(world.investigator, end_enquiry, case, enquiry_id=row.pk, state=state, result=result)
        assert refused.value.field == field
    do(world.investigator, end_enquiry, case, enquiry_id=row.pk, state="done", result="Nothing found")
    with pytest.raises(NotPossible):
        do(world.investigator, end_enquiry, case, enquiry_id=row.pk, state="done", result="Again")
    assert timeline(case)[-3:] == ["enquiry_opened", "enquiry_changed", "enquiry_ended"]


def test_looking_at_the_victim_says_why_and_shows_the_gate(world: World) -> None:
    case = make_case(world.investigator)
    with pytest.raises(NotPossible) as refused:
        do(world.investigator, open_enquiry, case, focus="victim", what="Messages")
    assert refused.value.field == "necessity"
    row = do(world.investigator, open_enquiry, case, focus="victim", what="Messages", necessity="No other way")
    assert row.gate == "open"
    stands = {"what": "Messages", "necessity": "No other way", "state": "going_on", "expected_on": None}
    assert do(world.investigator, change_enquiry, case, enquiry_id=row.pk, **stands).gate == "open"
    for focus, state, field in (("nobody", "going_on", "focus"), ("suspect", "done", "state")):
        with pytest.raises(NotPossible) as refused:
            do(world.investigator, open_enquiry, case, focus=focus, what="x", state=state)
        assert refused.value.field == field


# reviews


def test_a_review_meets_the_clock_and_asks_for_the_next_sooner(world: World) -> None:
    case = make_case(world.investigator, recorded_at=ago(days=1))
    with pytest.raises(NotPossible) as refused:
        do(world.supervisor, review_case, case, direction="x", next_review_on=in_days(8))
    assert refused.value.field == "next_review_on"
    do(
        world.supervisor,
        review_case,
        case,
        direction="Arrest",
        direction_to=world.investigator.pk,
        direction_by=in_days(2),
        next_review_on=in_days(3),
    )
    assert running(case, "supervisor_review").due_on == in_days(3)
    do(world.supervisor2, review_case, case, direction="Done", next_review_on=in_days(27))
    for arguments, field in (
        ({"next_review_on": in_days(0)}, "next_review_on"),
        ({"direction_by": in_days(-1)}, "direction_by"),
        ({"direction_to": world.kent.pk}, "direction_to"),
    ):
        with pytest.raises(NotPossible) as refused:
            do(world.supervisor, review_case, case, direction="x", **arguments)
        assert refused.value.field == field
    with pytest.raises(NotAllowed):
        do(world.sergeant, review_case, case, direction="x")


def test_a_situation_and_a_release_under_investigation_are_reviewed(world: World) -> None:
    case = make_case(world.investigator, "Invented", "Made-Up", "Third")
    wanted, released, neither = (suspect_of(case, number).pk for number in (1, 2, 3))
    do(world.supervisor, begin_situation, case, suspect_id=wanted, kind="wanted", since=ago(days=3), note="Circulated")
    arrest(world.investigator, case, days=2, number=2)
    do(world.investigator, record_release, case, suspect_id=released, at=ago(days=1), to="under_investigation")
    assert do(world.supervisor, review_suspect, case, suspect_id=wanted, direction="Try again").of == "situation"
    assert running(case, "situation_review").due_on == in_days(7)
    assert do(world.supervisor, review_suspect, case, suspect_id=released, direction="Finish it").of == "under_investigation"
    with pytest.raises(NotPossible):
        do(world.supervisor, review_suspect, case, suspect_id=neither, direction="x")
    plan_tellings(case)
    do(world.investigator, record_outcome, case, suspect_id=released, code=15, on=clock.today(), reasons="Evidential difficulties")
    with pytest.raises(NotPossible):
        do(world.supervisor, review_suspect, case, suspect_id=released, direction="x")


# due dates


def test_a_movable_date_moves_and_the_first_stays_beside_it(world: World) -> None:
    case = make_case(world.investigator, "Invented", recorded_at=ago(seconds=1))
    review, arrest_clock = running(case, "supervisor_review"), running(case, "arrest")
    do(world.supervisor, move_deadline, case, deadline_id=review.pk, moved_to=in_days(9), reason="Bank holiday")
    moved = running(case, "supervisor_review")
    assert (moved.due_on, moved.first_due_on) == (in_days(9), review.due_on)
    with pytest.raises(NotPossible):
        do(world.supervisor, move_deadline, case, deadline_id=arrest_clock.pk, moved_to=in_days(9), reason="x")
    for day in (in_days(0), in_days(200)):
        with pytest.raises(NotPossible) as refused:
            do(world.supervisor, move_deadline, case, deadline_id=review.pk, moved_to=day, reason="x")
        assert refused.value.field == "moved_to"
    with pytest.raises(NotAllowed):
        do(world.investigator, move_deadline, case, deadline_id=review.pk, moved_to=in_days(9), reason="x")


def test_why_a_date_cannot_be_met_moves_nothing(world: World) -> None:
    case = make_case(world.investigator, "Invented")
    before = running(case, "arrest")
    do(world.investigator, cannot_be_met, case, deadline_id=before.pk, because="No officers")
    assert running(case, "arrest").due_at == before.due_at
    arrest(world.investigator, case)
    with pytest.raises(NotPossible):
        do(world.investigator, cannot_be_met, case, deadline_id=before.pk, because="No officers")
