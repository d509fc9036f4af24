"""Contact in the demonstration: agreements, contacts, some overdue, one victim without a safe channel, one who opted out.

Invented, and made by the services that the screens use. Safe to run again: a case with an agreement is left as it is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from accounts.demonstration import FORCE
from accounts.models import User
from audit import context as audit_context
from cases import models as m
from cases.demonstration import People, acting
from core import clock
from core.scope import scope, system
from victims.models import ContactAgreement
from victims.services.agreements import agree_contact
from victims.services.contacts import Logged, log_contact
from victims.services.safe_contact import keep_safe_contact, review_safe_channel

CARD: dict[str, Any] = {
    "no_safe_channel": False,
    "channels": ["telephone", "text"],
    "never": "Never ring before 10, and never the landline",
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
    unsafe: bool = False


STORIES = (
    Kept("52/DEMO/01", 7, (9, 3)),
    Kept("52/DEMO/02", 14, (), (3, 2, 1)),
    Kept("52/DEMO/04", 7, (20, 12)),
    Kept("52/DEMO/05", 14, (18,), (2,)),
    Kept("52/DEMO/06", 28, (10, 4)),
    Kept("52/DEMO/07", 28, (50, 33)),
    Kept("52/DEMO/08", None),
    Kept("52/DEMO/13", 14, unsafe=True),
)
"""Numbers are days before now."""


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

    _agree(act, case, story)
    card = {"no_safe_channel": True, "never": "Never ring: he answers her telephone"} if story.unsafe else CARD
    for days in sorted((*story.reached, *story.tried), reverse=True):
        at = clock.now() - timedelta(days=days)
        if at > case.recorded_at:
            reached = days in story.reached
            act(
                log_contact, said=Logged(at=at, channel=story.channel, reached=reached, summary="Told what happens next" if reached else "")
            )
    act(keep_safe_contact, **card)
    if story.unsafe:
        act(review_safe_channel, isva_route_tried=True, decision="Ask again through the ISVA next week")


def _agree(act: Callable[..., None], case: m.Case, story: Kept) -> None:
    """Agree contact on the day after the crime was recorded, or opt out today."""
    today = clock.today()
    day = min(clock.london_day(case.recorded_at) + timedelta(days=1), today)
    given: dict[str, Any] = {"channel": "telephone", "by": "officer", "starts_on": day, "agreed_on": day}
    if story.days is None:
        given |= {"interval_days": None, "opted_out": True, "own_reason": "Wants to hear only when something is decided"}
    else:
        given |= {"interval_days": story.days}
    act(agree_contact, **given)


def _as(person: User, service: Callable[..., Any], case: m.Case, complainant: m.Complainant, **facts: Any) -> None:
    with acting(person):
        service(actor=person, case_id=case.pk, complainant_id=complainant.pk, **facts)
