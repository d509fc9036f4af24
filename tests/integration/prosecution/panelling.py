"""Panels to test on: decisions to take no further action, and panels brought into each state by the services themselves."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from accounts.models import User
from accounts.roles import Grade, Role
from accounts.scopes import scope_of
from cases import models as m
from cases.services.reconcile import keys_of
from core import clock
from core.scope import Kind, scope, system
from prosecution.models import Heading, Pack, Panel, PanelCase, PanelState, ProposedNfa
from prosecution.panels.services import choosing, concluding, finding, organising, redacting
from tests.factories import AVON, SERVICE, World, acting_as, make_user
from tests.integration.cases.making import make_case, suspect_of

SAID: dict[str, str] = {Heading.ENQUIRIES: "The phone was never asked for", Heading.LANGUAGE: "Plain"}
CLEAN = {"reasons": "The accounts differ on consent", "summary": "They had met once before"}


def decided(world: World, *, reference: str = "52/PANEL/1", name: str = "Quillfeather", code: int = 15, **more: Any) -> m.Case:
    """Return a case of world.investigator's whose suspect has an outcome of the police, proposed by her or him, checked by the sergeant."""
    case = make_case(world.investigator, name, reference=reference, unit_id=world.north.pk)
    with scope(system(case.force_id)):
        outcome = m.SuspectOutcome.objects.create(
            **{**keys_of(case), **more.pop("keys", {})}, suspect=suspect_of(case), code=code, on=more.pop("on", clock.today()),
            side=m.Side.POLICE, reasons=more.pop("reasons", "Not enough evidence"), created_by=world.sergeant,
        )  # fmt: skip
        ProposedNfa.objects.create(
            **keys_of(case), suspect=outcome.suspect, code=code, state="confirmed", by=world.investigator, checked_by=world.sergeant,
            proposed_at=clock.now(), checked_at=clock.now(), outcome=outcome, reasons=more.pop("why", f"{name} was named by DC Oakhill"),
        )  # fmt: skip
    return case


def organiser(world: World) -> User:
    """Return a supervisor who took no part in anything."""
    return world.supervisor2


def member(role: Role = Role.PANEL_MEMBER, agency: int = SERVICE, name: str = "") -> User:
    """Return one more person."""
    return make_user(agency, role, name=name, grade=Grade.NONE)


def do(person: User, service: Callable[..., Any], panel: Panel, **more: Any) -> Any:
    """Call an organiser's service as a person."""
    with acting_as(person):
        return service(actor=person, panel_id=panel.pk, **more)


def reads(person: User) -> Any:
    """Run a block in the kind of panels, as pages of members are answered."""
    return scope(scope_of(person, Kind.PANEL))


def as_member(person: User, service: Callable[..., Any], **more: Any) -> Any:
    """Call a member's service as a person, in the kind of panels."""
    with acting_as(person), reads(person):
        return service(actor=person, **more)


def planned(world: World, *, by: User | None = None, held_in: int = 14) -> Panel:
    """Return a panel that is planned."""
    person = by or organiser(world)
    with acting_as(person):
        return organising.organise(actor=person, title="Autumn panel", held_on=clock.today() + timedelta(days=held_in))


def with_member(world: World, panel: Panel, person: User, capacity: str = "local", *, declares: bool = True) -> None:
    """Put somebody on the panel, who declares that there is no conflict."""
    do(organiser(world), organising.add_member, panel, email=person.email, capacity=capacity)
    if declares:
        as_member(person, finding.declare, panel_id=panel.pk)


def chosen(world: World, panel: Panel | None = None, *cases: m.Case) -> Panel:
    """Return a panel with these cases, or one made here, chosen by hand."""
    panel = panel or planned(world)
    for case in cases or (decided(world),):
        do(organiser(world), choosing.choose_by_hand, panel, reference=case.crime_reference, because="A complaint about how it was told")
    return again(panel)


def confirm(world: World, panel: Panel, **texts: str) -> list[Pack]:
    """Confirm every pack of a panel."""
    return [do(organiser(world), redacting.confirm_pack, panel, panel_case_id=row.pk, texts={**CLEAN, **texts}) for row in rows_of(panel)]


def opened(world: World, *people: User, panel: Panel | None = None, cases: tuple[m.Case, ...] = ()) -> Panel:
    """Return a panel whose packs are with these members (or one made here); the first is the chair."""
    panel = panel or planned(world)
    for place, person in enumerate(people or (member(),)):
        with_member(world, panel, person, "chair" if place == 0 else "local")
    chosen(world, panel, *cases)
    confirm(world, panel)
    do(organiser(world), organising.send_packs, panel)
    return again(panel)


def in_state(world: World, state: PanelState, *people: User) -> Panel:
    """Return a panel in a state."""
    if state in {PanelState.OPEN, PanelState.CLOSED}:
        panel = opened(world, *people)
        if state == PanelState.CLOSED:
            hold_today(panel)
            for row in rows_of(panel):
                do(organiser(world), concluding.conclude, panel, panel_case_id=row.pk, conclusion="agree")
            do(organiser(world), organising.close_panel, panel)
        return again(panel)
    panel = planned(world)
    for place, person in enumerate(people):
        with_member(world, panel, person, "chair" if place == 0 else "local", declares=False)
    if state == PanelState.CHOSEN:
        chosen(world, panel)
    if state == PanelState.CALLED_OFF:
        do(organiser(world), organising.call_off, panel)
    return again(panel)


def hold_today(panel: Panel, day: date | None = None) -> None:
    """Bring the day of the meeting to today, or to another."""
    with scope(system(AVON)):
        Panel.objects.filter(pk=panel.pk).update(held_on=day or clock.today())


def again(panel: Panel) -> Panel:
    """Return a panel as the database has it now."""
    with scope(system(AVON)):
        return Panel.objects.select_related("agency").get(pk=panel.pk)


def rows_of(panel: Panel) -> list[PanelCase]:
    """Return the cases of a panel as the database has them now."""
    with scope(system(AVON)):
        rows = PanelCase.objects.filter(panel=panel, left_out_at__isnull=True)
        return list(rows.select_related("pack", "case", "outcome__suspect").order_by("created_at", "pk"))


def pack_of(panel: Panel, number: int = 1) -> Pack:
    """Return a pack of a panel as the database has it now."""
    with scope(system(AVON)):
        return Pack.objects.get(panel=panel, number=number)


def submit(person: User, panel: Panel, number: int = 1, *, view: str = "agree", **texts: str) -> Any:
    """Submit a finding as a member."""
    return as_member(person, finding.submit_finding, pack_id=pack_of(panel, number).pk, texts=texts or SAID, view=view)
