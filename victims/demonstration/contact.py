"""Contact in the demonstration: agreements, contacts, some overdue, one victim without a safe channel, one who opted out.

Invented, and made by the services that the screens use. Safe to run again: a case with an agreement is left as it is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from accounts.demonstration import FORCE
from accounts.models import User
from audit import context as audit_context
from cases import models as m
from cases.demonstration import People, acting
from cases.services.roles import assign_person
from cases.services.telling import Thing, may_be_told_by, open_to_tell
from core import clock
from core.scope import scope, system
from victims.models import ContactAgreement
from victims.services.agreements import agree_contact, hand_over_contact
from victims.services.contacts import Logged, log_contact
from victims.services.safe_contact import keep_safe_contact, review_safe_channel

CARD: dict[str, Any] = {
    "no_safe_channel": False,
    "channels": ["telephone", "text"],
    "never": "ring before 10, and never the landline",
    "times": "Weekdays 10 to 12",
    "code_word": "Heron",
    "voicemail": "no",
    "who_may_pick_up": "Her sister",
}


@dataclass(frozen=True, slots=True)
class Kept:
    """How contact was kept in one case: agreed every so many days, reached and tried so many days ago."""

    reference: str
    days: int | None
    reached: tuple[float, ...] = ()
    tried: tuple[float, ...] = ()
    channel: str = "telephone"
    by: str = "officer"
    unsafe: bool = False
    tells: bool = True
    """Whether the last contact told everything that was to be told by then."""


STORIES = (
    Kept("52/DEMO/01", 7, (9, 3)),
    Kept("52/DEMO/02", 14, (), (3, 2, 1)),
    Kept("52/DEMO/04", 7, (20, 12), tells=False),
    Kept("52/DEMO/05", 14, (18,), (2,)),
    Kept("52/DEMO/06", 28, (10, 4), by="solo"),
    Kept("52/DEMO/07", 28, (50, 33)),
    Kept("52/DEMO/08", None, (20,)),
    Kept("52/DEMO/11", 28, (8,)),
    Kept("52/DEMO/13", 14, unsafe=True),
    Kept("52/DEMO/17", 28, (20,)),
    Kept("52/DEMO/20", 28, (5,)),
    Kept("52/DEMO/22", 28, (14,)),
    Kept("52/DEMO/25", 28, (40, 21)),
    Kept("52/DEMO/28", 28, (22,)),
    Kept("52/DEMO/31", 28, (9,)),
    Kept("52/DEMO/33", 28, (26,)),
    Kept("52/DEMO/35", 28, (24,)),
    Kept("52/DEMO/38", 28, (33,)),
    Kept("52/DEMO/42", 28, (95,)),
)
"""Numbers are days before now."""

LIAISON, HANDED_OVER = "52/DEMO/06", "52/DEMO/38"
"""A sexual offences liaison officer is the victim's contact; after the charge it is the CPS's victim liaison officer."""


def make_contact() -> None:
    """Make it, once the demonstration's people and cases are there. Raises ImproperlyConfigured unless settings.DEMO is on."""
    if not settings.DEMO:
        raise ImproperlyConfigured("Contact in the demonstration is made only where RASSO_DEMO is on.")
    people = People()
    with audit_context.acting_as_system(reason="demonstration"):
        for story in STORIES:
            with transaction.atomic():
                _tell(people, story)


def _tell(people: People, story: Kept) -> None:
    """Tell one story, unless the case is not there or contact was agreed in it before."""
    with scope(system(FORCE)):
        case = m.Case.objects.filter(force_id=FORCE, crime_reference=story.reference).first()
        complainant = m.Complainant.objects.filter(case=case, label="A").first() if case else None
        done = complainant is None or ContactAgreement.objects.filter(complainant=complainant).exists()
    if case is None or complainant is None or done:
        return
    inspector = people["supervisor"]

    def act(service: Callable[..., Any], **facts: Any) -> None:
        _as(inspector, service, case, complainant, **facts)

    if story.reference in (LIAISON, HANDED_OVER):
        _name(people, case, story.reference)
    _agree(act, case, story)
    card = {"no_safe_channel": True, "never": "ring: he answers her telephone"} if story.unsafe else CARD
    for days in sorted((*story.reached, *story.tried), reverse=True):
        at = clock.now() - timedelta(days=days)
        if at > case.recorded_at:
            act(log_contact, said=_said(story, days, at, case, complainant))
    act(keep_safe_contact, **card)
    if story.reference == HANDED_OVER:
        act(hand_over_contact, to="vlo", agreed_on=clock.today(), agreed_with_victim=True)
    if story.unsafe:
        act(review_safe_channel, isva_route_tried=True, decision="Ask again through the ISVA next week")


def _said(story: Kept, days: float, at: datetime, case: m.Case, complainant: m.Complainant) -> Logged:
    """Return what is said of one contact; the last one that reached her told what there was to tell."""
    if days not in story.reached:
        return Logged(at=at, channel=story.channel, reached=False)
    things: tuple[Thing, ...] = ()
    if story.tells and days == min(story.reached):
        with scope(system(FORCE)):
            waiting = [one for one in open_to_tell(case, complainant) if one.at <= at and may_be_told_by(one.about, story.channel)]
        things = tuple((one.about, one.fact_id) for one in waiting)
    return Logged(at=at, channel=story.channel, reached=True, things=things, summary="Told what happens next")


def _name(people: People, case: m.Case, reference: str) -> None:
    """Name who is to be her contact beside the officer in the case."""
    by, person, role = ("supervisor", "investigator2", m.CaseRole.LIAISON) if reference == LIAISON else (
        "cps-manager", "vlo", m.CaseRole.VICTIM_LIAISON
    )  # fmt: skip
    actor = people[by]
    with acting(actor):
        assign_person(actor=actor, case_id=case.pk, user_id=people[person].pk, role=role)


def _agree(act: Callable[..., None], case: m.Case, story: Kept) -> None:
    """Agree contact on the day after the crime was recorded, or opt out today."""
    today = clock.today()
    day = min(clock.london_day(case.recorded_at) + timedelta(days=1), today)
    given: dict[str, Any] = {"channel": "telephone", "by": story.by, "starts_on": day, "agreed_on": day}
    if story.days is None:
        given |= {"interval_days": None, "opted_out": True, "own_reason": "Wants to hear only when something is decided"}
    else:
        given |= {"interval_days": story.days}
    act(agree_contact, **given)


def _as(person: User, service: Callable[..., Any], case: m.Case, complainant: m.Complainant, **facts: Any) -> None:
    with acting(person):
        service(actor=person, case_id=case.pk, complainant_id=complainant.pk, **facts)
