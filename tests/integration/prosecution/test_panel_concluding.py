"""What a panel concludes, who reconsiders what it disagrees with, and what it learned, until it is done."""

from datetime import timedelta

import pytest
from django.http import Http404

from accounts.roles import Role
from cases import models as m
from cases.services.reconcile import keys_of
from core import clock
from core.exceptions import NotPossible
from core.scope import scope, system
from prosecution.models import Learning, PanelCase
from prosecution.panels import selectors
from prosecution.panels.services import concluding
from tests.factories import AVON, KENT, World, acting_as, make_user
from tests.integration.prosecution import panelling
from tests.integration.prosecution.panelling import as_member, do, member, opened, organiser, rows_of, submit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("days", "may"), [(1, False), (0, True)])
def test_a_case_is_concluded_when_all_found_or_from_the_day_of_the_meeting(world: World, days: int, may: bool) -> None:
    panel = opened(world, member())
    panelling.hold_today(panel, clock.today() + timedelta(days=days))
    row = rows_of(panel)[0]
    if may:
        do(organiser(world), concluding.conclude, panel, panel_case_id=row.pk, conclusion="agree")
    else:
        with pytest.raises(NotPossible, match="once every member"):
            do(organiser(world), concluding.conclude, panel, panel_case_id=row.pk, conclusion="agree")


def test_to_disagree_refers_and_reverses_nothing(world: World) -> None:
    chair = member()
    panel = opened(world, chair)
    submit(chair, panel, view="disagree")
    pack, row = panelling.pack_of(panel), rows_of(panel)[0]
    as_member(chair, concluding.conclude_as_chair, pack_id=pack.pk, conclusion="disagree", note="The phone was not asked for")
    row = rows_of(panel)[0]
    assert (row.conclusion, row.concluded_by_name) == ("disagree", chair.name)
    with scope(system(AVON)):
        assert m.SuspectOutcome.objects.get(case=row.case_id).reopened_at is None
    third = make_user(AVON, Role.SUPERVISOR, name="Apart")
    do(organiser(world), concluding.refer, panel, panel_case_id=row.pk, email=third.email)
    said = {"reconsideration": "Agreed: the phone is to be asked for", "reopens": True}
    with pytest.raises(NotPossible, match="somebody else"):
        do(organiser(world), concluding.reconsider, panel, panel_case_id=row.pk, **said)
    do(third, concluding.reconsider, panel, panel_case_id=row.pk, **said)
    with scope(system(AVON)):
        outcome = m.SuspectOutcome.objects.get(case=row.case_id)
        assert (outcome.reopened_basis, PanelCase.objects.get(pk=row.pk).reopened) == ("review", True)
    with pytest.raises(NotPossible, match="took part"):  # by opening it again: once is enough
        do(third, concluding.reconsider, panel, panel_case_id=row.pk, **said)


def test_nobody_of_case_or_panel_reconsiders(world: World) -> None:
    on_panel = make_user(AVON, Role.SUPERVISOR, name="On Panel")
    panel = opened(world, member(), on_panel)
    panelling.hold_today(panel)
    row = rows_of(panel)[0]
    do(organiser(world), concluding.conclude, panel, panel_case_id=row.pk, conclusion="disagree", note="No")
    took_part = make_user(AVON, Role.SUPERVISOR, name="Took Part")
    with scope(system(AVON)):
        keys = {**keys_of(row.case), "created_by": took_part}
        m.TimelineEvent.objects.create(**keys, kind="note_added", happened_at=clock.now(), actor_name="x", case_version=9)
    for person in (on_panel, took_part, organiser(world)):
        with pytest.raises(NotPossible, match="somebody else has to reconsider"):
            do(organiser(world), concluding.refer, panel, panel_case_id=row.pk, email=person.email)
    for person in (world.investigator, world.kent_supervisor):
        with pytest.raises(NotPossible, match="Nobody of your agency"):
            do(organiser(world), concluding.refer, panel, panel_case_id=row.pk, email=person.email)


@pytest.mark.parametrize(("days", "late"), [(0, False), (1, True)])
def test_learning_is_overdue_the_day_after(world: World, days: int, late: bool) -> None:
    row = Learning(due_on=clock.today())
    assert selectors.is_overdue(row, clock.today() + timedelta(days=days)) is late


def test_learning_is_done_by_its_owner_or_an_organiser(world: World) -> None:
    panel = opened(world)
    given = {"text": "Ask early", "headings": ["enquiries"], "due_on": clock.today()}
    row = do(organiser(world), concluding.add_learning, panel, email=world.investigator.email, **given)
    done = {"learning_id": row.pk, "done_note": "Briefed the unit", "done_on": clock.today()}
    for person in (world.colleague, make_user(KENT, Role.SUPERVISOR)):
        with acting_as(person), pytest.raises(Http404):
            concluding.learning_done(actor=person, **done)
    with acting_as(world.investigator):
        assert concluding.learning_done(actor=world.investigator, **done).done_on == clock.today()
    with acting_as(organiser(world)), pytest.raises(NotPossible, match="already"):
        concluding.learning_done(actor=organiser(world), **done)


def test_whoever_concludes_second_is_told_who_was_first(world: World) -> None:
    chair = member(name="Chair First")
    panel = opened(world, chair)
    submit(chair, panel)
    as_member(chair, concluding.conclude_as_chair, pack_id=panelling.pack_of(panel).pk, conclusion="agree")
    with pytest.raises(NotPossible, match="Chair First recorded the conclusion already: Agree"):
        do(organiser(world), concluding.conclude, panel, panel_case_id=rows_of(panel)[0].pk, conclusion="disagree", note="No")


def test_only_the_chair_concludes_as_one_and_after_the_own_finding(world: World) -> None:
    chair, other = member(), member()
    panel = opened(world, chair, other)
    submit(other, panel)
    panelling.hold_today(panel)
    pack = panelling.pack_of(panel)
    with pytest.raises(Http404):
        as_member(other, concluding.conclude_as_chair, pack_id=pack.pk, conclusion="agree")
    with pytest.raises(NotPossible, match="own finding first"):
        as_member(chair, concluding.conclude_as_chair, pack_id=pack.pk, conclusion="agree")
