"""A case goes to another force: offered, answered once, gone with every clock it had, and read-only where it came from."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps

from accounts.models import Agency
from cases import models as m
from cases.grants import GRANTS
from cases.services.access import restrict
from cases.services.arrests import record_attempt, record_interview, record_release
from cases.services.bails import extend_bail
from cases.services.copying import GOES, STAYS
from cases.services.corrections import answer_correction, correct_fact
from cases.services.decisions import answer_no_arrest, propose_no_arrest
from cases.services.detention import enter_detention
from cases.services.enquiries import end_enquiry, open_enquiry
from cases.services.notes import add_note, add_police_note
from cases.services.offers import decline_offer, offer_to_force
from cases.services.outcomes import record_outcome
from cases.services.plans import plan_arrest, record_delay
from cases.services.refresh import refresh_force
from cases.services.reviews import review_case
from cases.services.roles import assign_person
from cases.services.sharing import bring_to_area
from cases.services.situations import begin_situation
from cases.services.telling import not_told, tell
from core import clock
from core.scope import scope, system
from notifications.models import Notice
from tests.factories import AVON, KENT, World, acting_as, ago
from tests.integration.cases.asking import count, live_since, refused, texts
from tests.integration.cases.making import arrest, do, fresh, make_case, plan_tellings, sees, suspect_of, timeline
from tests.integration.cases.offering import REFERENCE, accept, clocks, kent_unit, new_officer, offer, second_of_kent, states
from tests.integration.cases.telling import her, things
from tests.properties.invariants import holds

pytestmark = pytest.mark.usefixtures("nfa_at_once")

Told = list[tuple[UUID, str]]


def told(world: World) -> Told:
    """Return who has been told what, as the inboxes have it."""
    with scope(system(AVON)):
        return list(Notice.objects.order_by("created_at").values_list("user_id", "subject"))


def full(world: World) -> m.Case:
    """Return a case in which every kind of clock of an investigation runs or ran."""
    case = make_case(world.investigator, "Loose", "Bailed", "Held", "Gone", "Unarrested", "Done", identified_days=9)
    live_since(AVON, days=300)
    key = {number: suspect_of(case, number).pk for number in range(1, 7)}
    do(world.investigator, record_attempt, case, suspect_id=key[1], at=ago(days=3), what_happened="Not at home")
    do(world.investigator, record_delay, case, suspect_id=key[1], reason="health")
    do(world.investigator, plan_arrest, case, suspect_id=key[1], planned_for=ago(days=-2))
    arrest(world.investigator, case, days=5, number=2)
    do(world.investigator, record_interview, case, suspect_id=key[2], at=ago(days=4.9), manner="after_arrest")
    released = {"to": "bail", "conditions": "No contact", "victim_views_sought": True}
    do(world.investigator, record_release, case, suspect_id=key[2], at=ago(days=4.5), **released)
    arrest(world.investigator, case, days=0.2, number=3)
    do(world.investigator, enter_detention, case, suspect_id=key[3], began_at=ago(days=0.1))
    do(world.supervisor, begin_situation, case, suspect_id=key[4], kind="abroad", since=ago(days=2), note="Left")
    no_arrest = do(world.investigator, propose_no_arrest, case, suspect_id=key[5], rationale="Unwell", protection="In hospital")
    do(world.supervisor, answer_no_arrest, case, decision_id=no_arrest.pk, approve=True, note="Agreed")
    plan_tellings(case)
    do(world.investigator, record_outcome, case, suspect_id=key[6], code=15, on=clock.today(), reasons="Evidential difficulties")
    do(world.supervisor, review_case, case, direction="Arrest him", next_review_on=clock.today() + timedelta(days=2))
    lowered = do(world.investigator, correct_fact, case, table="case", row_id=case.pk, field="risk", new="standard", reason="Moved away")
    do(world.supervisor, answer_correction, case, correction_id=lowered.pk, approve=True, note="Agreed")
    first, *others = things(case, "told_arrest")
    told_of = {"complainant_id": her(case).pk, "told_at": ago(days=0.1), "how": "telephone"}
    do(world.investigator, tell, case, things=[first], contact_id=uuid4(), **told_of)
    do(world.investigator, not_told, case, complainant_id=her(case).pk, things=others, because="asked_not")
    done = do(world.investigator, open_enquiry, case, focus="suspect", what="Phone")
    do(world.investigator, end_enquiry, case, enquiry_id=done.pk, state="done", result="Nothing on it")
    do(world.investigator, open_enquiry, case, focus="circumstances", what="Cameras")
    do(world.investigator, add_note, case, text="Shared with both")
    do(world.investigator, add_police_note, case, text="For us alone")
    return fresh(case)


def test_every_clock_goes_on_as_it_ran(world: World) -> None:
    case = full(world)
    live_since(KENT, days=1)
    before = clocks(case)
    assert {row[1] for row in before} >= {
        "arrest", "bail_expiry", "detention", "situation_review", "interview_by", "supervisor_review"
    }  # fmt: skip
    assert any(row[9] is not None for row in before), "one clock was eased, and stays so in the report"
    found = accept(world.kent_supervisor, offer(world, case), world.kent)
    assert clocks(found.case) == before
    assert (new_officer(case), new_officer(found.case)) == ([], ["A"])
    holds(found.case.pk, KENT)
    holds(case.pk, AVON)


def test_the_same_clocks_after_the_nightly_check_and_a_first_case_of_the_force(world: World) -> None:
    case = full(world)
    before = clocks(case)
    found = accept(world.kent_supervisor, offer(world, case), world.kent)
    with scope(system(KENT)):
        assert Agency.objects.get(pk=KENT).live_from == clock.today()
    make_case(world.kent, "Other", reference="46/OWN/1")
    refresh_force(KENT)
    assert clocks(found.case) == before


def test_facts_go_with_their_times_and_what_is_the_forces_own_stays(world: World) -> None:
    case = full(world)
    found = accept(world.kent_supervisor, offer(world, case), world.kent, unit_id=kent_unit().pk)
    new = found.case
    assert (new.crime_reference, new.recorded_at, new.risk, new.unit) == (REFERENCE, case.recorded_at, case.risk, kent_unit())
    for model, which in GOES.items():
        with scope(system(AVON)):
            left = model._default_manager.filter(which, case=case).exclude(pk__in=_of_handing_over(case)).count()
        assert count(model, new) == left, model.__name__
    stay = (m.Note, m.PlannedArrest, m.CaseAccess, m.Exclusion, m.CpsPosition)
    assert [count(model, new) for model in stay] == [0] * len(stay)
    with scope(system(KENT)):
        assert list(m.LineOfEnquiry.objects.filter(case=new).values_list("what", flat=True)) == ["Cameras"]
        assert set(m.Suspect.objects.filter(case=new).values_list("number", "surname")) == {
            (number, suspect_of(case, number).surname) for number in range(1, 7)
        }
        assert m.SuspectNameKey.objects.filter(case=new, key="n:bailed").exists()
        assert not m.Suspect.objects.filter(case=new, person__isnull=False).exists()
    with acting_as(world.kent):
        assert not m.PoliceNote.objects.filter(case=new).exists()
    assert found.warning.startswith(world.kent.name)
    assert timeline(new)[0] == "came_from_force"
    assert "stay with Avon" in texts(new, "came_from_force")[0]


def _of_handing_over(case: m.Case) -> list[Any]:
    """Return the keys of outcomes that the handing over itself wrote."""
    return list(m.SuspectOutcome.objects.filter(case=case, code=20).values_list("pk", flat=True))


def test_the_sender_keeps_a_record_that_takes_no_changes(world: World) -> None:
    case = full(world)
    accept(world.kent_supervisor, offer(world, case), world.kent)
    with acting_as(world.supervisor):
        outcomes = dict(m.SuspectOutcome.objects.filter(case=case).values_list("suspect__number", "code"))
        assert outcomes == {1: 20, 2: 20, 3: 20, 4: 20, 5: 20, 6: 15}
        assert set(m.SuspectOutcome.objects.filter(case=case).values_list("on", flat=True)) == {clock.today()}
        assert set(m.Offence.objects.filter(case=case).values_list("outcome_code", "outcome_on")) == {(20, clock.today())}
        assert not m.CasePerson.objects.filter(case=case, until__isnull=True).exists()
        assert not m.PlannedArrest.objects.filter(case=case, state="planned").exists()
        assert not m.Deadline.objects.filter(case=case, met_at=None, ended_at=None, cancelled=False).exists()
        link = m.CaseLink.objects.get(case=case)
        assert (link.way, link.other_force_id, link.other_reference) == ("to", KENT, REFERENCE)
    assert not fresh(case).open
    assert sees(world.investigator, case)
    for service, arguments in (
        (add_note, {"text": "x"}),
        (add_police_note, {"text": "x"}),
        (record_attempt, {"suspect_id": suspect_of(case).pk, "at": ago(days=1), "what_happened": "x"}),
        (bring_to_area, {}),
        (offer_to_force, {"force_id": KENT, "reason": "x"}),
    ):
        who = world.supervisor if service is offer_to_force else world.investigator
        with refused("went on in another force"):
            do(who, service, case, **arguments)


def test_before_it_is_accepted_the_other_force_sees_the_offer_and_nothing_else(world: World) -> None:
    case = full(world)
    offered = offer(world, case)
    with acting_as(world.kent_supervisor):
        row = m.IncomingOffer.objects.visible_to(world.kent_supervisor).get()
        assert (row.crime_reference, row.risk, row.from_force_id, row.reason) == (case.crime_reference, case.risk, AVON, offered.reason)
        assert row.identified_at == suspect_of(case).identified_at
        assert row.case_id is None
        for model in apps.get_app_config("cases").get_models():
            read = GRANTS.get(model._meta.db_table, {}).get("rasso_police")
            if read and "SELECT" in read.commands and model is not m.IncomingOffer:
                assert not model._default_manager.exists(), model.__name__
    with acting_as(world.kent):
        assert not m.IncomingOffer.objects.visible_to(world.kent).exists()
    with acting_as(world.supervisor):
        assert not m.IncomingOffer.objects.exists()
    assert not sees(world.kent_supervisor, case)
    assert states(offered) == ("offered", "offered")


def test_who_is_told(world: World) -> None:
    case, second = make_case(world.investigator, "Invented"), second_of_kent()
    do(world.sergeant, assign_person, case, user_id=world.supervisor2.pk, role="inspector")
    offered = offer(world, case)
    offers = {(person.pk, "case_offered") for person in (world.kent_supervisor, second)}
    assert set(told(world)) == {*offers, (world.supervisor2.pk, "case_handed_over")}  # the inspector was told of the role
    accept(second, offered, world.kent)
    answered = {(person.pk, "offer_answered") for person in (world.supervisor, world.supervisor2)}
    assert {one for one in told(world) if one[1] == "offer_answered"} == answered
    with scope(system(AVON)):
        of_case = {("case_handed_over", case.pk), ("offer_answered", case.pk)}
        assert set(Notice.objects.values_list("subject", "case_id")) == {("case_offered", None), *of_case}


def test_a_declined_offer_comes_back_with_its_reason_and_may_be_made_again(world: World) -> None:
    case = make_case(world.investigator, "Invented")
    offered = offer(world, case)
    with acting_as(world.kent_supervisor):
        decline_offer(actor=world.kent_supervisor, offer_id=offered.offer_key, reason="It happened in Essex")
    assert states(offered) == ("declined", "declined")
    assert texts(case, "offer_declined") == ["Kent Police: It happened in Essex"]
    assert (world.supervisor.pk, "offer_answered") in told(world)
    assert fresh(case).open
    assert states(offer(world, case)) == ("offered", "offered")


def test_a_restricted_case_arrives_restricted_and_somebody_can_still_read_what_stayed(world: World) -> None:
    case = make_case(world.investigator, "Invented")
    do(world.supervisor, restrict, case, because="An officer is involved")
    new = accept(world.kent_supervisor, offer(world, case), world.kent).case
    other = second_of_kent()
    assert new.restricted
    assert [sees(who, new) for who in (world.kent_supervisor, world.kent, other)] == [True, True, False]
    assert [sees(who, case) for who in (world.supervisor, world.investigator, world.supervisor2)] == [True, False, False]


def test_it_may_go_on_to_a_third_force_and_come_back(world: World) -> None:
    case = make_case(world.investigator, "Invented")
    first = accept(world.kent_supervisor, offer(world, case), world.kent).case
    back = do(world.kent_supervisor, offer_to_force, first, force_id=AVON, reason="It was here after all")
    second = accept(world.supervisor, back, world.investigator, crime_reference="52/TEST/9").case
    with scope(system(AVON)):
        assert m.CaseLink.objects.get(case=second).other_reference == REFERENCE


def test_every_case_table_goes_or_stays() -> None:
    written = {*GOES, *STAYS}
    there = {model for model in apps.get_app_config("cases").get_models() if issubclass(model, m.CaseRow)}
    assert written == there
    assert not {*GOES} & {*STAYS}


def test_bail_extended_keeps_its_new_end(world: World) -> None:
    case = full(world)
    with acting_as(world.investigator):
        bail = m.Bail.objects.get(case=case)
    do(
        world.supervisor, extend_bail, case, bail_id=bail.pk, authority="inspector", conditions_met=True,
        representations="Invited, nothing said", at=ago(days=0.01),
    )  # fmt: skip
    before = clocks(case)
    assert clocks(accept(world.kent_supervisor, offer(world, case), world.kent).case) == before
    assert isinstance(before[0][6], date)
