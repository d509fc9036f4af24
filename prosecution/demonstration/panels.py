"""Scrutiny panels in the demonstration: one of the force with packs at its members, one of the Area whose sample is drawn."""

from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from accounts.models import User
from accounts.scopes import scope_of
from audit import context as audit_context
from cases.demonstration import People, acting
from core import clock
from core.exceptions import NotPossible
from core.scope import Kind, scope
from prosecution.models import Heading, Pack, Panel, PanelCase
from prosecution.panels.frame import frame
from prosecution.panels.services import choosing, finding, organising, redacting

TITLE: Final = "Rape scrutiny panel, decisions to take no further action"
ORGANISER, AREA_ORGANISER = "reviewer", "cps-reviewer"
MEMBERS: Final = (("panel", "chair"), ("isva2", "isva"), ("prosecutor2", "cps"))
CASES: Final = 3
YEAR: Final = timedelta(days=365)


def make_panels() -> None:
    """Make the panels that are not there yet. Safe to run again. Raises ImproperlyConfigured unless settings.DEMO is on."""
    if not settings.DEMO:
        raise ImproperlyConfigured("The demonstration's panels are made only where RASSO_DEMO is on.")
    with audit_context.acting_as_system(reason="demonstration"):
        people = People()
        for key, make in ((ORGANISER, _with_members), (AREA_ORGANISER, _drawn)):
            with transaction.atomic(), acting(people[key]):
                if not Panel.objects.exists():
                    make(people, people[key])


def _planned(actor: User, ahead: int) -> dict[str, Any]:
    panel = organising.organise(actor=actor, title=TITLE, held_on=clock.today() + timedelta(days=ahead))
    return {"actor": actor, "panel_id": panel.pk}


def _drawn(people: People, actor: User) -> None:
    """Plan the Area's panel and draw its sample, where there is something to draw from."""
    known = _planned(actor, 30)
    organising.add_member(**known, email=str(people["panel"].email), capacity="local")
    try:
        with transaction.atomic():
            today = clock.today()
            choosing.draw_sample(**known, decided_from=today - YEAR, decided_to=today, size=CASES, seed="demonstration")
    except NotPossible:
        return  # nothing was decided yet


def _with_members(people: People, actor: User) -> None:
    """Bring the force's panel as far as packs with the members, one finding submitted."""
    known = _planned(actor, 14)
    for key, capacity in MEMBERS:
        organising.add_member(**known, email=str(people[key].email), capacity=capacity)
        with _reading(people[key]):
            finding.declare(actor=people[key], panel_id=known["panel_id"])
    _choose(known, actor)
    rows = list(PanelCase.objects.filter(panel=known["panel_id"]))
    for row in rows:
        redacting.confirm_pack(**known, panel_case_id=row.pk, texts={})
    if not rows:
        return
    organising.send_packs(**known)
    pack = Pack.objects.filter(panel=known["panel_id"]).order_by("number")[0]
    said: dict[str, str] = {Heading.SUSPECT_FOCUS: "The enquiries look at the suspect first.", Heading.LETTERS: "Plain, and sent in time."}
    member = people["isva2"]
    with _reading(member):
        finding.submit_finding(actor=member, pack_id=pack.pk, texts=said, view="learning")


def _choose(known: dict[str, Any], actor: User) -> None:
    """Choose the first decisions of the past year in whose case the organiser took no part."""
    today, chosen = clock.today(), 0
    for outcome in frame(actor.agency, today - YEAR, today).filter(reopened_at__isnull=True).select_related("case", "suspect"):
        given: dict[str, Any] = {"reference": outcome.case.crime_reference, "suspect_number": outcome.suspect.number}
        try:
            with transaction.atomic():
                choosing.choose_by_hand(**known, **given, because="Asked for by the panel")
        except NotPossible:
            continue  # she or he took part
        chosen += 1
        if chosen == CASES:
            return


def _reading(person: User) -> Any:
    """Run a block as a member, in the kind of panels."""
    return scope(scope_of(person, Kind.PANEL))
