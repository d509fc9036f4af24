"""A panel that a CPS Area organises: of its own decisions, whatever the force; and panels under races."""

from datetime import timedelta
from typing import Any

import pytest

from accounts.models import User
from accounts.roles import Role
from cases import models as m
from cases.services.reconcile import keys_of
from core import clock
from core.exceptions import NotPossible
from core.scope import scope, system
from prosecution.models import Panel, PanelCase, SharedFinding
from prosecution.panels.services import choosing, concluding, finding, organising, redacting
from tests.factories import AVON, SOUTH_WEST, World, acting_as, make_user
from tests.integration.prosecution import panelling
from tests.integration.prosecution.making import brought_case, suspect_of
from tests.integration.prosecution.panelling import SAID, as_member, do, member
from tests.integration.racing import ROUNDS, at_once, one_was_told

PERIOD = {"decided_from": clock.today() - timedelta(days=30), "decided_to": clock.today()}


def decided_by_the_cps(world: World) -> m.Case:
    """Return a case whose suspect the Area decided not to charge."""
    case = brought_case(world)
    with scope(system(AVON)):
        m.SuspectOutcome.objects.create(
            **{**keys_of(case), "created_by": world.prosecutor}, suspect=suspect_of(case), code=15, on=clock.today(), side=m.Side.CPS,
            reasons="Not enough",
        )  # fmt: skip
    return case


@pytest.mark.django_db
def test_an_area_looks_at_its_own_decisions(world: World) -> None:
    case = decided_by_the_cps(world)
    panelling.decided(world)  # the police's own, in a case that the Area does not have
    me, chair = world.cps_manager, member()
    with acting_as(me):
        panel = organising.organise(actor=me, title="Area panel", held_on=clock.today())
    do(me, organising.add_member, panel, email=chair.email, capacity="chair")
    do(me, organising.add_member, panel, email=world.prosecutor.email, capacity="cps")
    do(me, choosing.draw_sample, panel, **PERIOD, size=5)
    with acting_as(me):
        row = PanelCase.objects.get(panel=panel)
    assert (row.case_id, row.agency_id) == (case.pk, SOUTH_WEST)
    for person in (chair, world.prosecutor):
        as_member(person, finding.declare, panel_id=panel.pk)
    do(me, redacting.confirm_pack, panel, panel_case_id=row.pk, texts={})
    do(me, organising.send_packs, panel)
    pack_id = _pack(me, panel)
    as_member(chair, finding.submit_finding, pack_id=pack_id, texts=SAID, view="disagree")
    as_member(chair, concluding.conclude_as_chair, pack_id=pack_id, conclusion="disagree", note="Ask for the phone")
    other = make_user(SOUTH_WEST, Role.CPS_MANAGER)
    do(me, concluding.refer, panel, panel_case_id=row.pk, email=other.email)
    said: dict[str, Any] = {"panel_case_id": row.pk, "reconsideration": "To be looked at again"}
    with pytest.raises(NotPossible, match="The police open a decision again"):
        do(other, concluding.reconsider, panel, **said, reopens=True)
    assert do(other, concluding.reconsider, panel, **said).reopened is False
    with acting_as(world.supervisor):
        assert not PanelCase.objects.exists(), "what the Area organises is no row of the force’s"
        assert not Panel.objects.exists()


def _pack(me: Any, panel: Panel) -> Any:
    with acting_as(me):
        return PanelCase.objects.get(panel=panel).pack_id


def test_races_of_a_panel(committed: str) -> None:
    """Submitted twice, concluded twice at one moment: one wins, the other is told, nothing is there twice."""
    world = World.make()
    chair, other = member(), member()
    for number in range(ROUNDS):
        _race(world, chair, other, panelling.decided(world, reference=f"52/RACE/{number}", name="Racer"))


def _race(world: World, chair: User, other: User, case: m.Case) -> None:
    panel = panelling.opened(world, chair, other, cases=(case,))
    row, pack = panelling.rows_of(panel)[0], panelling.pack_of(panel)
    panelling.submit(chair, panel)
    given = {"pack_id": pack.pk, "texts": SAID, "view": "agree"}
    one_was_told(at_once(*(lambda: as_member(other, finding.submit_finding, **given) for _ in range(2))))
    with scope(system(AVON)):
        assert SharedFinding.objects.filter(pack=pack).count() == 2
    concluded = at_once(
        lambda: do(panelling.organiser(world), concluding.conclude, panel, panel_case_id=row.pk, conclusion="agree"),
        lambda: as_member(chair, concluding.conclude_as_chair, pack_id=pack.pk, conclusion="learning", note="Early"),
    )
    assert "recorded the conclusion already" in str(one_was_told(concluded))
