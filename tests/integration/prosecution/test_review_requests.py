"""A victim asks for a review: taken as she or he asked, kept whole and sealed, seen by the review unit alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import Http404

from accounts.models import User
from accounts.roles import Role
from cases import models as m
from cases.services.reconcile import keys_of
from core import clock
from core.calendar import england_and_wales
from core.exceptions import NotPossible
from core.scope import scope, system
from core.sealedfield import NotOpened, opening
from prosecution.models import ProposedDecision, ReviewRequest
from prosecution.models import ReviewState as V
from prosecution.pages.review_request import seen_by
from prosecution.part_taken import Part
from prosecution.review_window import window
from prosecution.selectors_part import SOURCES, parts_in, sees_request
from prosecution.services.review_results import answer_out_of_scope, decide_review, propose_out_of_scope
from prosecution.services.review_work import acknowledge_review, allocate_review, lengthen_review
from tests.factories import AVON, SOUTH_WEST, World, acting_as, ago, make_user
from tests.integration.cases.making import make_case, timeline
from tests.integration.prosecution import reviewing as r
from tests.integration.prosecution.making import fresh, suspect_of
from tests.integration.prosecution.reviewing import DECIDED, OUT, ReviewUnit, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(world: World) -> ReviewUnit:
    return r.make_review_unit("police")


@pytest.fixture
def case(world: World) -> m.Case:
    return r.decided_case(world)


def sees(person: User, row: ReviewRequest) -> bool:
    """Say whether somebody sees a request, by the list and by the act alike."""
    with acting_as(person):
        listed = seen_by(person).filter(pk=row.pk).exists()
        found = ReviewRequest.objects.filter(pk=row.pk).first()
        assert (found is not None and sees_request(person, found)) == listed
    return listed


def test_what_she_said_is_kept_whole_and_sealed(world: World, case: m.Case, unit: ReviewUnit) -> None:
    text = "They never asked the neighbour.\n" * 300
    row = r.again(r.lodged(world, case, grounds=text))
    with pytest.raises(NotOpened):
        str(row.grounds)
    with opening("test"):
        assert row.grounds == text.strip()
    assert (row.side, row.eligible, row.eligibility_code, row.scheme) == ("police", True, "police_decided", "npcc")
    assert "review_asked" in timeline(case)


def test_the_review_unit_sees_it_and_whoever_entered_it_does_not(world: World, case: m.Case, unit: ReviewUnit) -> None:
    row = r.lodged(world, case)
    assert sees(unit.reviewer, row)
    for person in (world.investigator, world.supervisor, world.supervisor2, world.sergeant):
        assert not sees(person, row)
    assert not sees(r.make_review_unit("cps").reviewer, row)


def test_a_request_about_the_cps_that_an_officer_receives_goes_to_the_cps(world: World, unit: ReviewUnit) -> None:
    case, crown = r.decided_case(world, "cps"), r.make_review_unit("cps")
    row = r.lodged(world, case, by=world.investigator)
    assert sees(crown.reviewer, row)
    assert not sees(unit.reviewer, row)
    with acting_as(unit.reviewer):
        assert not ReviewRequest.objects.exists(), "no row of the other side’s, by the database"
    assert r.again(row).eligibility_code == "cps_decided"
    assert {one.owes for one in [*r.clocks(case), *r.clocks(case, "vrr_acknowledge")]} == {"cps"}


@pytest.mark.parametrize("role", list(m.CaseRole))
def test_nobody_who_has_or_had_any_role_on_the_case_sees_it_or_reviews_it(world: World, case: m.Case, unit: ReviewUnit, role: str) -> None:
    row = r.lodged(world, case)
    for until in (None, ago(days=1)):
        person = make_user(AVON, Role.SUPERVISOR, unit=unit.reviewer.unit)
        with scope(system(AVON)):
            m.CasePerson.objects.filter(case=case, role=role, until__isnull=True).update(until=clock.now())
            m.CasePerson.objects.create(**keys_of(case), user=person, role=role, since=ago(days=2), until=until)
        assert not sees(person, row)
        with pytest.raises(Http404):
            work(person, acknowledge_review, case, row)
        if until is None:
            work(unit.reviewer, acknowledge_review, case, row)
        with pytest.raises(NotPossible, match="took no part"):
            work(unit.reviewer, allocate_review, case, row, reviewer_id=person.pk)


def test_nobody_who_decided_checked_or_supervised_sees_it(world: World, case: m.Case, unit: ReviewUnit) -> None:
    row = r.lodged(world, case)
    with scope(system(AVON)):
        keys, suspect = keys_of(case), suspect_of(case)
        by: dict[str, Any] = {}
        by["outcome"] = make_user(AVON, Role.SUPERVISOR, unit=unit.reviewer.unit)
        m.SuspectOutcome.objects.filter(case=case).update(created_by=by["outcome"])
        by["review"] = make_user(AVON, Role.SUPERVISOR, unit=unit.reviewer.unit)
        m.SupervisorReview.objects.create(**keys, created_by=by["review"], of="case", at=ago(days=5), direction="Ask the neighbour")
        by["crime"] = make_user(AVON, Role.SUPERVISOR, unit=unit.reviewer.unit)
        m.TimelineEvent.objects.create(
            **keys, created_by=by["crime"], kind="crime_outcome", happened_at=ago(days=5), actor_name="X", case_version=case.version
        )
        by["arrest"] = make_user(AVON, Role.SUPERVISOR, unit=unit.reviewer.unit)
        assert suspect is not None
    for what in ("outcome", "review", "crime"):
        assert not sees(by[what], row), what
        with pytest.raises(Http404):
            work(by[what], acknowledge_review, case, row)
    assert sees(by["arrest"], row), "whoever did nothing does"


@pytest.mark.parametrize("column", ["by", "checked_by"])
def test_no_prosecutor_who_proposed_or_checked_reviews(world: World, column: str) -> None:
    case, crown = r.decided_case(world, "cps"), r.make_review_unit("cps")
    row = r.lodged(world, case, by=world.prosecutor)
    person = make_user(SOUTH_WEST, Role.CPS_MANAGER, unit=crown.reviewer.unit)
    assert sees(person, row)
    given = {"by": world.prosecutor, column: person}
    with scope(system(AVON)):
        ProposedDecision.objects.create(
            **keys_of(case), suspect=suspect_of(case), test="full_code", decision="nfa_evidential", state="published", **given
        )
        parts = parts_in(case.pk, "cps")
    assert parts[person.pk] == {Part.PROPOSED if column == "by" else Part.CHECKED}
    assert not sees(person, row)
    with pytest.raises(Http404):
        work(person, acknowledge_review, case, row)


def test_every_part_is_read_from_somewhere() -> None:
    assert {source.part for source in SOURCES} == set(Part)


def test_late_is_taken_with_the_reason_and_the_last_day_is_in_time(world: World, case: m.Case, unit: ReviewUnit) -> None:
    case = r.decided_case(world, days=150, reference="52/TEST/2", recorded_at=ago(days=170), identified_days=160)
    reached = 140
    r.reasons_reached(case, reached)
    span = window("police", clock.today() - timedelta(days=reached))
    assert span is not None
    after = (clock.today() - span.until).days
    with pytest.raises(NotPossible, match="taken all the same") as refused:
        r.lodged(world, case, days_ago=after - 1)
    assert refused.value.field == "late_because"
    row = r.again(r.lodged(world, case, days_ago=after - 1, late_because="She was in hospital"))
    assert (row.late, row.late_because) == (True, "She was in hospital")


def test_the_last_day_is_not_late(world: World, unit: ReviewUnit) -> None:
    case = r.decided_case(world, days=150, reference="52/TEST/3", recorded_at=ago(days=170), identified_days=160)
    r.reasons_reached(case, 140)
    span = window("police", clock.today() - timedelta(days=140))
    assert span is not None
    row = r.again(r.lodged(world, case, days_ago=(clock.today() - span.until).days, late_because="Not needed"))
    assert (row.late, row.late_because) == (False, "")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"days_ago": -1}, "received_on"),
        ({"days_ago": 21}, "received_on"),
        ({"asked_by": "neighbour"}, "asked_by"),
        ({"grounds": "x" * 20_001}, "grounds"),
        ({"expedited": True}, "expedited"),
        ({"decision_id": "00000000-0000-0000-0000-000000000000"}, "decision_id"),
    ],
)
def test_bad_input_is_refused_beside_its_field(world: World, case: m.Case, more: dict[str, Any], field: str) -> None:
    with pytest.raises(NotPossible) as refused:
        r.lodged(world, case, **more)
    assert refused.value.field == field
    with scope(system(AVON)):
        assert not ReviewRequest.objects.exists()


def test_a_second_request_about_the_same_decision_waits_for_the_first(world: World, case: m.Case, unit: ReviewUnit) -> None:
    r.lodged(world, case)
    with pytest.raises(NotPossible, match="asked for already") as refused:
        r.lodged(world, case)
    assert refused.value.field == "decision_id"


def test_after_it_was_upheld_the_table_names_the_way_left(world: World, case: m.Case, unit: ReviewUnit) -> None:
    r.in_state(world, case, unit, V.UPHELD)
    row = r.again(r.lodged(world, case))
    assert (row.number, row.eligible, row.eligibility_code) == (2, False, "reviewed_before")
    assert row.way_left


def test_without_an_interview_it_is_outside_by_the_table_and_taken_all_the_same(world: World, unit: ReviewUnit) -> None:
    row = r.again(r.lodged(world, r.decided_case(world, interviewed=False)))
    assert (row.eligible, row.eligibility_code) == (False, "not_interviewed")
    assert row.state == V.ASKED


def test_a_unit_sees_a_restricted_case_for_its_review(world: World, case: m.Case, unit: ReviewUnit) -> None:
    with scope(system(AVON)):
        m.Case.objects.filter(pk=case.pk).update(restricted=True)
    row = r.lodged(world, case)
    assert sees(unit.reviewer, row)
    work(unit.reviewer, acknowledge_review, case, row)


def test_only_the_reviewer_decides_and_nobody_answers_the_own_proposal(world: World, case: m.Case, unit: ReviewUnit) -> None:
    row = r.in_state(world, case, unit, V.ALLOCATED)
    with pytest.raises(NotPossible, match="has this review"):
        work(unit.second, decide_review, case, row, result="upheld", **DECIDED)
    work(unit.reviewer, propose_out_of_scope, case, row, **OUT)
    with pytest.raises(NotPossible, match="another person"):
        work(unit.reviewer, answer_out_of_scope, case, row, confirm=True, reasons_for_victim="Not covered")


def test_the_second_of_two_is_told_who_was_first_and_when(world: World, case: m.Case, unit: ReviewUnit) -> None:
    row = r.in_state(world, case, unit, V.WITHDRAWN)
    with pytest.raises(NotPossible) as refused:
        work(unit.second, acknowledge_review, case, row)
    assert unit.reviewer.name in refused.value.reason
    assert "withdrawn" in refused.value.reason


def test_what_the_unit_does_moves_no_version_and_no_timeline_until_it_ends(world: World, case: m.Case, unit: ReviewUnit) -> None:
    row = r.lodged(world, case)
    before, said = fresh(case).version, timeline(case)
    work(unit.reviewer, acknowledge_review, case, row)
    work(unit.reviewer, allocate_review, case, row, reviewer_id=unit.reviewer.pk)
    work(unit.reviewer, lengthen_review, case, row, longer_until=clock.today() + timedelta(days=90), longer_because="A second force")
    assert (fresh(case).version, timeline(case)) == (before, said)
    (met,) = r.clocks(case, "vrr_acknowledge")
    assert met.met_at is not None
    (due,) = r.clocks(case)
    assert due.due_on == clock.today() + timedelta(days=90)
    assert due.first_due_on < due.due_on
    work(unit.reviewer, decide_review, case, row, result="upheld", **DECIDED)
    assert "review_completed" in timeline(case)
    assert fresh(case).version == before + 1
    with scope(system(AVON)):
        (said_of,) = m.TimelineEvent.objects.filter(case=case, kind="review_completed").values_list("text", flat=True)
    assert DECIDED["result_note"] not in said_of


def test_a_crime_for_which_nobody_was_named_is_outside_by_the_table_and_opened_when_overturned(world: World, unit: ReviewUnit) -> None:
    case = make_case(world.investigator, reference="52/TEST/4")
    with scope(system(AVON)):
        m.Offence.objects.filter(case=case).update(outcome_code=18, outcome_on=clock.today() - timedelta(days=3))
        crime = m.Offence.objects.get(case=case)
    row = r.again(r.lodged(world, case, decision_id=crime.pk))
    assert (row.eligible, row.eligibility_code, row.offence_id, row.outcome_id) == (False, "no_suspect", crime.pk, None)
    work(unit.reviewer, acknowledge_review, case, row)
    work(unit.reviewer, allocate_review, case, row, reviewer_id=unit.reviewer.pk)
    work(unit.reviewer, decide_review, case, row, result="overturned", **DECIDED)
    with scope(system(AVON)):
        assert m.Offence.objects.get(pk=crime.pk).outcome_code is None


def test_before_no_evidence_only_in_an_area_of_the_pilot_and_within_twenty_days(world: World, settings: Any) -> None:
    case, crown = r.decided_case(world, "cps", code=1), r.make_review_unit("cps")
    settings.VRR_EXPEDITED_AREAS = {}
    with pytest.raises(NotPossible) as refused:
        r.lodged(world, case, by=world.vlo, expedited=True)
    assert refused.value.field == "decision_id"
    settings.VRR_EXPEDITED_AREAS = {SOUTH_WEST: clock.today()}
    with pytest.raises(NotPossible) as refused:
        r.lodged(world, case, by=world.vlo)
    assert refused.value.field == "expedited"
    row = r.again(r.lodged(world, case, by=world.vlo, expedited=True))
    assert (row.expedited, row.eligible, row.eligibility_code) == (True, True, "before_no_evidence")
    (due,) = r.clocks(case)
    assert due.due_on == england_and_wales().add_working_days(row.received_on, 20)
    for service, more in ((acknowledge_review, {}), (allocate_review, {"reviewer_id": crown.reviewer.pk})):
        work(crown.reviewer, service, case, row, **more)
    work(crown.reviewer, decide_review, case, row, result="overturned", **DECIDED)
    assert r.outcome_of(case).reopened_at is None, "the charge goes on"
