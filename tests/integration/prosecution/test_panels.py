"""A scrutiny panel from plan to close: who may organise it, how cases are chosen, who took part, what is concluded and learned."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import Http404

from cases import models as m
from core import clock
from core.exceptions import Conflict, NotAllowed, NotPossible
from core.scope import scope, system
from prosecution.models import PackConflict, Panel, PanelCase, PanelState, SharedFinding
from prosecution.panels import sampling, selectors
from prosecution.panels.frame import Rule
from prosecution.panels.services import choosing, concluding, finding, organising, redacting
from tests.factories import AVON, World, acting_as
from tests.integration.prosecution import panelling
from tests.integration.prosecution.panelling import as_member, decided, do, member, opened, organiser, planned, rows_of, submit

pytestmark = pytest.mark.django_db


def period(**more: Any) -> dict[str, Any]:
    return {"decided_from": clock.today() - timedelta(days=30), "decided_to": clock.today(), **more}


def test_from_plan_to_close(world: World) -> None:
    chair, other = member(name="Chair One"), member(name="Local Two")
    panel = opened(world, chair, other)
    assert panel.state == PanelState.OPEN
    submit(chair, panel)
    submit(other, panel, view="disagree")
    row = rows_of(panel)[0]
    do(organiser(world), concluding.conclude, panel, panel_case_id=row.pk, conclusion="learning", note="Ask for phones early")
    due = clock.today() + timedelta(days=10)
    do(
        organiser(world), concluding.add_learning, panel, text="Phones are asked for in the first week", headings=["enquiries"],
        email=world.investigator.email, due_on=due, pack_number=1,
    )  # fmt: skip
    do(organiser(world), organising.close_panel, panel)
    with acting_as(organiser(world)):
        year = selectors.year_of(organiser(world), panel.held_on.year)
    assert (year.panels, year.cases, dict(year.conclusions)) == (1, 1, {"Agree": 0, "Agree, with learning": 1, "Disagree": 0})
    assert ("Enquiries", 2, 1) in year.headings
    assert (year.learning, year.done, year.overdue) == (1, 0, 0)


def test_only_supervisors_and_legal_managers_organise(world: World) -> None:
    for name in ("investigator", "sergeant", "prosecutor", "vlo"):
        person = getattr(world, name)
        with acting_as(person), pytest.raises(NotAllowed):
            organising.organise(actor=person, title="x", held_on=clock.today())
    with acting_as(world.cps_manager):
        assert organising.organise(actor=world.cps_manager, title="Area", held_on=clock.today()).agency_id == world.cps_manager.agency_id


def test_a_panel_of_another_agency_is_nothing(world: World) -> None:
    panel = planned(world)
    for person in (world.kent_supervisor, world.cps_manager):
        with pytest.raises(Http404):
            do(person, organising.call_off, panel)


def test_two_at_once_the_second_is_told_who_and_when(world: World) -> None:
    panel = planned(world)
    do(organiser(world), organising.change_panel, panel, title="Winter panel", held_on=panel.held_on, version=panel.version)
    with pytest.raises(Conflict) as lost:
        do(world.supervisor, organising.change_panel, panel, title="Spring panel", held_on=panel.held_on, version=panel.version)
    assert lost.value.change.who == organiser(world).name
    assert panelling.again(panel).title == "Winter panel"


def test_the_sample_is_drawn_again_from_its_seed(world: World) -> None:
    cases = [decided(world, reference=f"52/S/{number}", name=f"Name{chr(65 + number)}") for number in range(6)]
    charged = decided(world, reference="52/S/charged", code=1)
    old = decided(world, reference="52/S/old", on=clock.today() - timedelta(days=31), name="Older")
    panel = planned(world)
    do(organiser(world), choosing.draw_sample, panel, **period(size=3, seed="autumn"))
    panel = panelling.again(panel)
    with scope(system(AVON)):
        keys = [str(key) for key in m.SuspectOutcome.objects.filter(case__in=[case.pk for case in cases]).values_list("pk", flat=True)]
    assert (panel.state, panel.seed, panel.frame_size, panel.frame_digest) == (PanelState.CHOSEN, "autumn", 6, sampling.digest(keys))
    assert {str(row.outcome_id) for row in rows_of(panel)} == set(sampling.draw("autumn", keys, 3))
    assert not {row.case_id for row in rows_of(panel)} & {charged.pk, old.pk}
    with acting_as(organiser(world)):
        assert selectors.drawn_again(panel) is True
    with pytest.raises(NotPossible, match="already"):
        do(organiser(world), choosing.draw_sample, panel, **period(size=3))
    decided(world, reference="52/S/later", name="Later")
    with acting_as(organiser(world)):
        assert selectors.drawn_again(panel) is None, "what it was drawn from has changed, and that is said"


def test_the_period_holds_its_first_and_last_day(world: World) -> None:
    first = decided(world, reference="52/P/1", on=clock.today() - timedelta(days=5))
    last = decided(world, reference="52/P/2", on=clock.today() - timedelta(days=2), name="Second")
    decided(world, reference="52/P/3", on=clock.today() - timedelta(days=6), name="Before")
    decided(world, reference="52/P/4", on=clock.today() - timedelta(days=1), name="After")
    panel = planned(world)
    start, end = clock.today() - timedelta(days=5), clock.today() - timedelta(days=2)
    do(organiser(world), choosing.draw_sample, panel, decided_from=start, decided_to=end, size=9)
    assert {row.case_id for row in rows_of(panel)} == {first.pk, last.pk}


def test_a_restricted_case_is_in_no_frame(world: World) -> None:
    case = decided(world)
    with scope(system(AVON)):
        m.Case.objects.filter(pk=case.pk).update(restricted=True, restricted_because="Known here")
    with pytest.raises(NotPossible, match="No decision"):
        do(organiser(world), choosing.draw_sample, planned(world), **period(size=1))


@pytest.mark.parametrize(("longer_than", "found"), [(9, True), (10, False)])
def test_by_rule_over_days(world: World, longer_than: int, found: bool) -> None:
    """The case was recorded ten days before its decision: more than nine, not more than ten."""
    decided(world)
    panel = planned(world)
    rule = Rule(code=15, unit_id=world.north.pk, longer_than=longer_than)
    if found:
        do(organiser(world), choosing.choose_by_rule, panel, **period(rule=rule))
        assert [row.chosen_by for row in rows_of(panel)] == ["rule"]
    else:
        with pytest.raises(NotPossible):
            do(organiser(world), choosing.choose_by_rule, panel, **period(rule=rule))


def test_by_rule_sent_back_whatever_became_of_it(world: World) -> None:
    case, other = decided(world), decided(world, reference="52/PANEL/2", name="Another")
    with scope(system(AVON)):
        from prosecution.models import ProposedNfa

        row = ProposedNfa.objects.get(case=case)
        for state in ("sent_back", "confirmed"):
            row.state = state
            row.save(update_fields=["state"])
    panel = planned(world)
    do(organiser(world), choosing.choose_by_rule, panel, **period(rule=Rule(sent_back=True)))
    assert {row.case_id for row in rows_of(panel)} == {case.pk}
    assert other.pk not in {row.case_id for row in rows_of(panel)}
    with pytest.raises(NotPossible, match="at least one"):
        do(organiser(world), choosing.choose_by_rule, panel, **period(rule=Rule()))


def test_by_hand_needs_a_reason_and_a_case_that_is_seen(world: World) -> None:
    case = decided(world)
    panel = planned(world)
    for given, words in (({"because": " "}, "Enter why"), ({"reference": "52/NONE"}, "You see no case")):
        with pytest.raises(NotPossible, match=words):
            do(organiser(world), choosing.choose_by_hand, panel, **{"reference": case.crime_reference, "because": "x", **given})


TOOK_PART = ("investigator", "sergeant")


@pytest.mark.parametrize("part", ["role", "proposed", "checked", "recorded", "timeline", "review"])
def test_nobody_organises_what_she_or_he_took_part_in(world: World, part: str) -> None:
    """A supervisor who took a part, whichever, chooses, redacts, leaves out, concludes and reconsiders nothing of the case."""
    from cases.services.reconcile import keys_of
    from prosecution.models import ProposedNfa, ReviewRequest

    case, me = decided(world), world.supervisor
    panel = panelling.chosen(world, None, case)
    with scope(system(AVON)):
        if part == "role":
            m.CasePerson.objects.create(**keys_of(case), user=me, role="gatekeeper", until=clock.now(), since=case.recorded_at)
        elif part in {"proposed", "checked"}:
            ProposedNfa.objects.filter(case=case).update(**{"by" if part == "proposed" else "checked_by": me})
        elif part == "recorded":
            m.SuspectOutcome.objects.filter(case=case).update(created_by=me)
        elif part == "timeline":
            keys = {**keys_of(case), "created_by": me}
            m.TimelineEvent.objects.create(**keys, kind="note_added", happened_at=clock.now(), actor_name=me.name, case_version=9)
        else:
            ReviewRequest.objects.create(
                **keys_of(case), number=1, complainant=m.Complainant.objects.get(case=case), side="police", received_on=clock.today(),
                outcome=m.SuspectOutcome.objects.get(case=case), asked_by="herself", own_words=True, scheme="police", eligible=True,
                eligibility_code="x", reviewer=me,
            )  # fmt: skip
    row = rows_of(panel)[0]
    acts: tuple[tuple[Any, dict[str, Any]], ...] = (
        (redacting.confirm_pack, {"texts": {}}),
        (choosing.leave_out, {"because": "x"}),
    )
    for service, more in acts:
        with pytest.raises(NotPossible, match="took part"):
            do(me, service, panel, panel_case_id=row.pk, **more)
    with pytest.raises(NotPossible, match="took part"):
        do(me, choosing.choose_by_hand, planned(world), reference=case.crime_reference, because="x")


@pytest.mark.parametrize("who", TOOK_PART)
def test_nobody_sits_on_what_she_or_he_took_part_in(world: World, who: str) -> None:
    person, chair = getattr(world, who), member()
    panel = opened(world, chair, person, cases=(decided(world),))
    pack = panelling.pack_of(panel)
    for service, more in ((finding.keep_finding, {"texts": {}}), (finding.submit_finding, {"texts": panelling.SAID, "view": "agree"})):
        with pytest.raises(Http404):
            as_member(person, service, pack_id=pack.pk, **more)
    with scope(system(AVON)):
        assert PackConflict.objects.get(pack=pack).user_id == person.pk
    submit(chair, panel)  # and whoever has a conflict is not waited for
    do(organiser(world), concluding.conclude, panel, panel_case_id=rows_of(panel)[0].pk, conclusion="agree")


def test_who_joins_later_gets_no_pack_of_what_she_or_he_took_part_in(world: World) -> None:
    panel = opened(world)
    panelling.with_member(world, panel, world.sergeant, "police")
    with pytest.raises(Http404):
        submit(world.sergeant, panel)


def test_packs_do_not_go_out_before_everything_is_there(world: World) -> None:
    panel = panelling.chosen(world)
    person = member()

    def refused(words: str) -> None:
        with pytest.raises(NotPossible, match=words):
            do(organiser(world), organising.send_packs, panel)

    refused("no members")
    panelling.with_member(world, panel, person, declares=False)
    refused("no chair")
    do(organiser(world), organising.member_left, panel, member_id=_member_of(panel, person))
    panelling.with_member(world, panel, person, "chair", declares=False)
    refused("declared before packs open")
    as_member(person, finding.declare, panel_id=panel.pk, declared="I know the unit")
    refused("redaction of every pack")
    panelling.confirm(world, panel)
    do(organiser(world), organising.send_packs, panel)


def _member_of(panel: Panel, person: Any) -> Any:
    from prosecution.models import PanelMember

    with scope(system(AVON)):
        return PanelMember.objects.get(panel=panel, user=person).pk


def test_what_is_left_out_stays_on_record_and_goes_to_nobody(world: World) -> None:
    person = member()
    one, two = decided(world), decided(world, reference="52/PANEL/2", name="Another")
    panel = panelling.chosen(world, None, one, two)
    panelling.with_member(world, panel, person, "chair")
    panelling.confirm(world, panel)
    first = rows_of(panel)[0]
    do(organiser(world), choosing.leave_out, panel, panel_case_id=first.pk, because="Heard by another panel")
    do(organiser(world), organising.send_packs, panel)
    with scope(system(AVON)):
        row = PanelCase.objects.select_related("pack").get(pk=first.pk)
    assert row.left_out_because == "Heard by another panel"
    assert row.pack is not None
    assert row.pack.sent_at is None
    with pytest.raises(Http404):
        as_member(person, finding.keep_finding, pack_id=row.pack.pk, texts={})
    with scope(system(AVON)):
        assert not SharedFinding.objects.exists()
