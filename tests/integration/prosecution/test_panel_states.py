"""Every state of a panel × everything that may be done × every role, from the tables: allowed succeeds, the rest is refused."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import Http404

from accounts.models import User
from cases import models as m
from core import clock
from core.exceptions import NotAllowed, NotPossible
from core.scope import scope, system
from prosecution import states_panel
from prosecution.models import Panel, PanelCase, PanelMember
from prosecution.models import PanelState as P
from prosecution.panels import policies
from prosecution.panels.acts import ACTS
from prosecution.panels.frame import Rule
from prosecution.panels.permissions import ORGANISE
from prosecution.panels.services import choosing, concluding, finding, organising, redacting
from tests.factories import AVON, World
from tests.integration.prosecution import panelling
from tests.integration.prosecution.panelling import as_member, decided, do, member, organiser

pytestmark = pytest.mark.django_db

PERIOD: dict[str, Any] = {"decided_from": clock.today() - timedelta(days=30), "decided_to": clock.today()}
Done = Callable[[User, Panel], Any]


def first_case(panel: Panel) -> Any:
    with scope(system(AVON)):
        row = PanelCase.objects.filter(panel=panel).first()
        return row.pk if row else None


def some_member(panel: Panel) -> Any:
    with scope(system(AVON)):
        row = PanelMember.objects.filter(panel=panel).first()
        return row.pk if row else None


OF_ORGANISERS: dict[str, Done] = {
    "change": lambda who, panel: do(who, organising.change_panel, panel, title="Other", held_on=clock.today()),
    "add-member": lambda who, panel: do(who, organising.add_member, panel, email=member().email, capacity="local"),
    "member-left": lambda who, panel: do(who, organising.member_left, panel, member_id=some_member(panel)),
    "draw": lambda who, panel: do(who, choosing.draw_sample, panel, **PERIOD, size=9),
    "by-rule": lambda who, panel: do(who, choosing.choose_by_rule, panel, **PERIOD, rule=Rule(code=16)),
    "by-hand": lambda who, panel: do(who, choosing.choose_by_hand, panel, reference="52/PANEL/9", because="x"),
    "leave-out": lambda who, panel: do(who, choosing.leave_out, panel, panel_case_id=first_case(panel), because="x"),
    "confirm-pack": lambda who, panel: do(who, redacting.confirm_pack, panel, panel_case_id=first_case(panel), texts={}),
    "send": lambda who, panel: do(who, organising.send_packs, panel),
    "conclude": lambda who, panel: do(who, concluding.conclude, panel, panel_case_id=first_case(panel), conclusion="agree"),
    "add-learning": lambda who, panel: do(
        who, concluding.add_learning, panel, text="x", headings=[], email=organiser_email(panel), due_on=clock.today()
    ),
    "close": lambda who, panel: do(who, organising.close_panel, panel),
    "call-off": lambda who, panel: do(who, organising.call_off, panel),
}
LEADS: dict[tuple[str, P], P] = {
    ("draw", P.PLANNED): P.CHOSEN, ("by-rule", P.PLANNED): P.CHOSEN, ("by-hand", P.PLANNED): P.CHOSEN, ("leave-out", P.CHOSEN): P.PLANNED,
    ("send", P.CHOSEN): P.OPEN, ("close", P.OPEN): P.CLOSED, ("call-off", P.PLANNED): P.CALLED_OFF, ("call-off", P.CHOSEN): P.CALLED_OFF,
}  # fmt: skip
"""What leads into another state; everything else leaves the panel as it was."""
PEOPLE = ("investigator", "sergeant", "supervisor2", "analyst", "prosecutor", "cps_manager", "vlo", "kent_supervisor", "isva")


def organiser_email(panel: Panel) -> str:
    with scope(system(AVON)):
        return str(panel.created_by.email) if panel.created_by else ""


def ready(world: World, state: P) -> Panel:
    """Return a panel in a state, with all that any act asks for: a declared member, a confirmed pack, an answer to every case."""
    chair = member()
    decided(world, reference="52/PANEL/9", name="Ninth", code=16)
    panel = panelling.in_state(world, state, chair)
    if state == P.CHOSEN:
        as_member(chair, finding.declare, panel_id=panel.pk)
        panelling.confirm(world, panel)
    if state == P.OPEN:
        panelling.hold_today(panel)
    return panelling.again(panel)


def test_the_tables_know_the_same_acts() -> None:
    own = {"declare", "conflict", "find"}
    assert set(policies.POSSIBLE) - own - {"reconsider"} == set(OF_ORGANISERS)
    assert {act.state or act.slug for act in ACTS.values()} == set(OF_ORGANISERS) | {"reconsider"}
    led = {(before, after) for (_, before), after in LEADS.items()}
    assert led == {(step.before, step.after) for step in states_panel.PANEL if step.before is not None}
    assert all(P(before) in policies.POSSIBLE[name] for name, before in LEADS)


@pytest.mark.parametrize("state", list(P))
@pytest.mark.parametrize("name", sorted(OF_ORGANISERS))
def test_every_act_in_every_state(world: World, name: str, state: P) -> None:
    panel = ready(world, state)
    if name == "close" and state == P.OPEN:
        do(organiser(world), concluding.conclude, panel, panel_case_id=first_case(panel), conclusion="agree")
    if policies.possible(name, state):
        OF_ORGANISERS[name](organiser(world), panel)
        assert panelling.again(panel).state == LEADS.get((name, state), state)
    else:
        with pytest.raises(NotPossible):
            OF_ORGANISERS[name](organiser(world), panel)
        assert panelling.again(panel).state == state
        assert panelling.again(panel).version == panel.version


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("name", sorted(OF_ORGANISERS))
def test_every_act_by_every_role(world: World, name: str, who: str) -> None:
    """Another agency's is nothing; the own agency's is refused to whoever does not organise; ISVAs and analysts see nothing either way."""
    person: User = getattr(world, who)
    state = next(one for one in P if one in policies.POSSIBLE[name])
    panel = ready(world, state)
    if name == "close":
        do(world.supervisor, concluding.conclude, panel, panel_case_id=first_case(panel), conclusion="agree")
        panel = panelling.again(panel)
    if person.agency_id == AVON and ORGANISE.holds(person):
        OF_ORGANISERS[name](person, panel)
        return
    with pytest.raises((Http404, NotAllowed)) as refused:
        OF_ORGANISERS[name](person, panel)
    assert (refused.type is NotAllowed) == (person.agency_id == AVON)
    assert panelling.again(panel).version == panel.version


OF_MEMBERS: dict[str, Callable[[User, Panel], Any]] = {
    "declare": lambda who, panel: as_member(who, finding.declare, panel_id=panel.pk),
    "conflict": lambda who, panel: as_member(who, finding.step_back, pack_id=panelling.pack_of(panel).pk, because="x"),
    "find": lambda who, panel: panelling.submit(who, panel),
}


@pytest.mark.parametrize("state", list(P))
@pytest.mark.parametrize("name", sorted(OF_MEMBERS))
def test_every_act_of_a_member_in_every_state(world: World, name: str, state: P) -> None:
    chair = member()
    panel = panelling.in_state(world, state, chair)
    if name == "declare" and state in {P.OPEN, P.CLOSED}:
        with scope(system(AVON)):
            PanelMember.objects.filter(panel=panel).update(declared_at=None)
    if name != "declare" and state not in {P.OPEN, P.CLOSED}:
        assert not policies.possible(name, state), "there is no pack yet"
        return
    if policies.possible(name, state):
        OF_MEMBERS[name](chair, panel)
    else:
        with pytest.raises(NotPossible):
            OF_MEMBERS[name](chair, panel)


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("name", sorted(OF_MEMBERS))
def test_nobody_who_is_no_member_acts_as_one(world: World, name: str, who: str) -> None:
    panel = panelling.opened(world)
    with pytest.raises(Http404):
        OF_MEMBERS[name](getattr(world, who), panel)


def test_outcomes_stay_as_they_are_whatever_a_panel_does(world: World) -> None:
    panel = panelling.in_state(world, P.CLOSED, member())
    with scope(system(AVON)):
        assert not m.SuspectOutcome.objects.filter(reopened_at__isnull=False).exists()
        assert panel.closed_at is not None
