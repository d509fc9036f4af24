"""Bringing a case to the CPS and taking it back: every table follows, and sight follows at once."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connections, transaction

from accounts.models import Agency, Unit
from accounts.roles import Role
from cases import models as m
from cases.services.abstraction import answer_plan, enter_abstraction
from cases.services.access import exclude, grant_access
from cases.services.arrests import record_attempt, record_interview, record_release
from cases.services.bails import record_breach
from cases.services.corrections import correct_fact
from cases.services.decisions import propose_no_arrest
from cases.services.detention import enter_detention
from cases.services.enquiries import open_enquiry
from cases.services.notes import add_cps_note, add_note, add_police_note
from cases.services.outcomes import record_outcome
from cases.services.overrides import cannot_be_met
from cases.services.plans import plan_arrest, record_delay
from cases.services.reviews import review_case
from cases.services.roles import assign_person
from cases.services.sharing import bring_to_area, unshare
from cases.services.situations import begin_situation
from cases.services.support import record_support
from cases.services.telling_plans import tell_suspect
from core import clock
from core.exceptions import NotAllowed, NotPossible
from core.scope import Kind, Scope, scope, system
from tests.factories import AVON, KENT, SOUTH_EAST, SOUTH_WEST, World, acting_as, ago, make_user
from tests.integration.cases.making import arrest, do, fresh, make_case, plan_tellings, sees, suspect_of, timeline
from tests.integration.cases.telling import her, told

pytestmark = pytest.mark.usefixtures("nfa_at_once")

MET, LONDON_NORTH, LONDON_SOUTH = 1, 104, 105


def everything(world: World) -> m.Case:
    """Return a case with a row in every table that a person of the force writes."""
    case = make_case(world.investigator, "Invented", "Made-Up", "Third", "Fourth")
    first, second, third, fourth = (suspect_of(case, number).pk for number in (1, 2, 3, 4))
    planned = do(world.investigator, plan_arrest, case, suspect_id=first, planned_for=ago(days=-2))
    with acting_as(world.supervisor):
        event = enter_abstraction(
            actor=world.supervisor, event="Invented event", starts_at=ago(days=1), ends_at=ago(days=-5), officer_ids=[world.investigator.pk]
        )
    do(world.supervisor, answer_plan, case, abstraction_id=event.pk, plan_id=planned.pk, answer="cancelled")
    do(world.investigator, record_attempt, case, suspect_id=first, at=ago(days=3), what_happened="Not at home")
    do(world.investigator, propose_no_arrest, case, suspect_id=first, rationale="Unwell", protection="In hospital")
    arrested(world, case, second, third)
    do(world.supervisor, begin_situation, case, suspect_id=fourth, kind="abroad", since=ago(days=2), note="Left")
    do(world.investigator, record_delay, case, suspect_id=first, reason="health")
    plan_tellings(case)
    do(world.investigator, record_outcome, case, suspect_id=second, code=15, on=clock.today(), reasons="Evidential difficulties")
    said(world, case, second)
    about_the_case(world, case)
    written_by_the_system(world, case, fourth)
    with acting_as(world.investigator):
        m.CaseLook.objects.create(case=case, force_id=AVON, user=world.investigator, version=1, before_version=1)
    return case


def arrested(world: World, case: m.Case, second: UUID, third: UUID) -> None:
    """Arrest two suspects: one goes on bail and breaches it, one is in detention."""
    arrest(world.investigator, case, days=5, number=2)
    do(world.investigator, record_interview, case, suspect_id=second, at=ago(days=4.9), manner="after_arrest")
    do(
        world.investigator,
        record_release,
        case,
        suspect_id=second,
        at=ago(days=4.5),
        to="bail",
        conditions="No contact",
        victim_views_sought=True,
    )
    with acting_as(world.investigator):
        bail = m.Bail.objects.get(case=case)
    do(world.investigator, record_breach, case, bail_id=bail.pk, at=ago(days=2), note="Came to the house")
    arrest(world.investigator, case, days=0.2, number=3)
    do(world.investigator, enter_detention, case, suspect_id=third, began_at=ago(days=0.1))


def said(world: World, case: m.Case, suspect_id: UUID) -> None:
    """Write what the suspect and the victim were told, and what she said."""
    because = "The suspect’s solicitor was in the room"
    do(world.supervisor, tell_suspect, case, suspect_id=suspect_id, at=clock.now(), before_her_because=because)
    told(world, case, "told_nfa", told_at=clock.now())
    words = {"words": "I want this to go on.", "told_to": "The officer", "how": "telephone", "at": ago(hours=1), "pressure": "no"}
    do(world.investigator, record_support, case, complainant_id=her(case).pk, supports="supports", **words)


def about_the_case(world: World, case: m.Case) -> None:
    """Write what belongs to the case as a whole."""
    do(world.investigator, open_enquiry, case, focus="suspect", what="Phone")
    do(world.supervisor, review_case, case, direction="Arrest him")
    do(world.investigator, correct_fact, case, table="case", row_id=case.pk, field="risk", new="high", reason="New information")
    with acting_as(world.investigator):
        running = m.Deadline.objects.filter(case=case, kind="arrest", met_at__isnull=True, ended_at__isnull=True).first()
        assert running is not None
    do(world.investigator, cannot_be_met, case, deadline_id=running.pk, because="No officers")
    do(world.supervisor, grant_access, case, user_id=world.other_unit.pk, purpose="Helps", until=clock.today())
    do(world.supervisor, exclude, case, user_id=world.supervisor2.pk, reason="Knows the suspect")
    do(world.investigator, add_note, case, text="Shared")
    do(world.investigator, add_police_note, case, text="For us")


def written_by_the_system(world: World, case: m.Case, suspect_id: UUID) -> None:
    """Write what only the system writes, and what comes from other rooms."""
    with scope(system(AVON)):
        keys: dict[str, Any] = {"case": case, "force_id": AVON}
        m.CpsPosition.objects.create(**keys, suspect_id=suspect_id, position="with_cps", since=ago(days=3), until=ago(days=2))
        m.Hearing.objects.create(**keys, suspect_id=suspect_id, at=ago(days=-9), court="Crown Court", received_at=ago(days=1))
        she = m.Complainant.objects.get(case=case)
        said = m.SupportChange.objects.filter(case=case)[0]
        m.WithdrawalTalk.objects.create(
            **keys, complainant=she, support_change=said, by=world.supervisor, at=ago(hours=1), spoke_with="her", still_ends=False,
            statement=False, stage="investigating",
        )  # fmt: skip
        m.WrittenReasons.objects.create(
            **keys, complainant=she, fact_id=suspect_id, reached_on=clock.today(), how="letter", side="police", known_by="She said so"
        )
        m.ExtractEntry.objects.create(**keys)
        m.Disagreement.objects.create(**keys, column="risk")
        m.CaseOffer.objects.create(**keys, to_force_id=KENT, reason="Happened there")
        m.CaseLink.objects.create(**keys, way="from", other_force_id=KENT, other_reference="46/1", since=ago(days=3))
        access = m.EmergencyAccess.objects.create(**keys, user=world.other_unit, reason="Danger", until=clock.now() + timedelta(hours=4))
        m.EmergencyReview.objects.create(**keys, access=access, answer="justified", note="Danger")


def areas_by_table(case: m.Case) -> dict[str, set[int]]:
    """Return table → the Areas that its rows of the case carry, versions included.

    Read as the owner, for whom row-level security is lifted inside a transaction that is rolled back.
    """
    found = {}
    with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
        for model in apps.get_app_config("cases").get_models():
            columns = {field.column for field in model._meta.local_concrete_fields}
            if "cps_area_scope" not in columns:
                continue
            table = model._meta.db_table
            key = next(column for column in ("case_id", "pgh_obj_id", "id") if column in columns)
            cursor.execute(f'alter table "{table}" no force row level security')
            cursor.execute(f'select distinct cps_area_scope from "{table}" where {key} = %s', [case.pk])
            found[table] = {row[0] for row in cursor.fetchall()}
        transaction.set_rollback(True, "owner")
    return found


def test_every_child_table_follows_the_case_and_comes_back(committed: str) -> None:
    world = World.make()
    case = everything(world)
    do(world.investigator, bring_to_area, case)
    do(world.cps_manager, assign_person, case, user_id=world.prosecutor.pk, role="prosecutor")
    do(world.prosecutor, add_cps_note, case, text="For the CPS")
    there = areas_by_table(case)
    assert sorted(table for table, areas in there.items() if not areas) == []
    assert {table: areas for table, areas in there.items() if areas != {SOUTH_WEST}} == {}
    do(world.supervisor, unshare, case, reason="Brought too early")
    assert {table: areas for table, areas in areas_by_table(case).items() if areas != {0}} == {}


def test_the_area_sees_the_case_at_once_and_no_more_when_it_is_taken_back(world: World) -> None:
    case = make_case(world.investigator, "Invented")
    assert not sees(world.prosecutor, case)
    do(world.investigator, bring_to_area, case)
    assert [sees(who, case) for who in (world.prosecutor, world.cps_manager, world.vlo)] == [True, True, True]
    assert [sees(who, case) for who in (world.other_area, world.cps_direct, world.isva, world.kent)] == [False, False, False, False]
    with acting_as(world.prosecutor):
        assert m.Suspect.objects.get(case=case).surname == "Invented"
        assert m.Deadline.objects.filter(case=case).exists()
        assert m.SuspectNameKey.objects.filter(key="n:invented").exists()
    do(world.cps_manager, assign_person, case, user_id=world.vlo.pk, role="vlo")
    do(world.investigator, unshare, case, reason="Brought too early")
    assert not sees(world.prosecutor, case)
    with acting_as(world.prosecutor):
        assert not m.Suspect.objects.exists()
        assert not m.TimelineEvent.objects.exists()
    with acting_as(world.investigator):
        assert not m.CasePerson.objects.filter(role="vlo", until__isnull=True).exists()
    assert timeline(case)[-1] == "unshared"


def test_a_case_is_brought_once_and_taken_back_only_when_it_is_there(world: World) -> None:
    case = make_case(world.investigator)
    with pytest.raises(NotPossible):
        do(world.investigator, unshare, case, reason="Any")
    do(world.investigator, bring_to_area, case)
    with pytest.raises(NotPossible):
        do(world.investigator, bring_to_area, case)
    with pytest.raises(NotAllowed):
        do(world.cps_manager, unshare, case, reason="Any")


def test_another_area_than_the_mapped_one_is_refused(world: World) -> None:
    case = make_case(world.investigator)
    with pytest.raises(NotPossible) as refused:
        do(world.investigator, bring_to_area, case, area_id=SOUTH_EAST)
    assert refused.value.field == "area_id"
    assert fresh(case).cps_area_scope == 0


def test_the_metropolitan_police_names_the_area_or_its_unit_does(world: World) -> None:
    officer = make_user(MET, Role.INVESTIGATOR)
    case = make_case(officer, reference="01/TEST/1")
    for area_id in (None, KENT, 115, 999):
        with pytest.raises(NotPossible) as refused:
            do(officer, bring_to_area, case, area_id=area_id)
        assert refused.value.field == "area_id"
    do(officer, bring_to_area, case, area_id=LONDON_NORTH)
    assert fresh(case).cps_area_scope == LONDON_NORTH
    with scope(Scope(kind=Kind.SYSTEM, force_id=MET, agency_id=MET)):
        unit = Unit.objects.create(agency_id=MET, name="Test south", cps_area=Agency.objects.get(pk=LONDON_SOUTH))
    second = make_case(officer, reference="01/TEST/2", unit_id=unit.pk)
    do(officer, bring_to_area, second)
    assert fresh(second).cps_area_scope == LONDON_SOUTH


def test_a_case_with_the_cps_stays_there(world: World) -> None:
    case = make_case(world.investigator, "Invented")
    do(world.investigator, bring_to_area, case)
    with scope(system(AVON)):
        m.CpsPosition.objects.create(
            case=case, force_id=AVON, cps_area_scope=SOUTH_WEST, suspect=suspect_of(case), position="with_cps", since=ago(days=1)
        )
    with pytest.raises(NotPossible):
        do(world.investigator, unshare, case, reason="Any")
