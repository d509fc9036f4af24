"""Support services in the demonstration: clients with consent, questions, a request to tell, a victim who has heard nothing, a link.

Invented, and made by the services that the screens use. Safe to run again: a complainant with a referral is left as she or he is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from accounts.demonstration import FORCE, OTHER_SERVICE, SERVICE
from accounts.models import Agency
from audit import context as audit_context
from cases import models as m
from cases.demonstration import People, acting
from core import clock
from core.scope import scope, system
from victims.models import LinkRequest, SupportReferral
from victims.services import linking, messages, tell_requests
from victims.services.allocating import allocate_client
from victims.services.referrals import answer_referral, refer_to_support

SCOPE = "That the service sees what she was told, contacts and appointments"
ASKED = timedelta(days=3)
NOT_ASKED = ("52/DEMO/04", "52/DEMO/08", "52/DEMO/17", "52/DEMO/31", "52/DEMO/51")
"""Where nobody has thought of support: somebody owes it."""
LINKED = "52/DEMO/11"
"""The case that the link is asked for: its client came to the service herself."""


@dataclass(frozen=True, slots=True)
class Client:
    """One client of the demonstration: which case, which service, allocated or not, what is going on."""

    reference: str
    service: str = SERVICE
    allocated: bool = True
    going_on: str = ""


CLIENTS = (
    Client("52/DEMO/01", going_on="question"),
    Client("52/DEMO/02", going_on="heard-nothing"),
    Client("52/DEMO/21", going_on="tell"),
    Client("52/DEMO/05", going_on="choice"),
    Client("52/DEMO/06", going_on="dispute"),
    Client("52/DEMO/07", going_on="answered"),
    Client("52/DEMO/09", allocated=False),
    Client("52/DEMO/12", service=OTHER_SERVICE),
)


def make_support() -> None:
    """Make it, once the demonstration's people and cases are there. Raises ImproperlyConfigured unless settings.DEMO is on."""
    if not settings.DEMO:
        raise ImproperlyConfigured("Support in the demonstration is made only where RASSO_DEMO is on.")
    people = People()
    with audit_context.acting_as_system(reason="demonstration"):
        for client in CLIENTS:
            with transaction.atomic():
                _make(people, client)
        _link(people)
        for reference in _not_asked():
            with transaction.atomic():
                _declined(people, reference)


def _not_asked() -> list[str]:
    """Return the cases of some days whose complainants nobody has asked about support yet, but for the few left like that."""
    with scope(system(FORCE)):
        cases = m.Case.objects.filter(force_id=FORCE, crime_reference__startswith="52/DEMO/", merged_into__isnull=True)
        cases = cases.filter(recorded_at__lt=clock.now() - ASKED - timedelta(days=2)).exclude(crime_reference__in=NOT_ASKED)
        cases = cases.exclude(pk__in=SupportReferral.objects.values("case"))
        return list(cases.order_by("crime_reference").values_list("crime_reference", flat=True))


def _declined(people: People, reference: str) -> None:
    """Let each complainant of a case have been asked, a few days ago, and have said no for now."""
    officer = people["supervisor"]
    with scope(system(FORCE)):
        case = m.Case.objects.get(force_id=FORCE, crime_reference=reference)
        asked = list(m.Complainant.objects.filter(case=case).order_by("label"))
    with acting(officer), clock.telling_of(clock.now() - ASKED):
        for complainant in asked:
            refer_to_support(actor=officer, case_id=case.pk, complainant_id=complainant.pk, answer="declined")


def _make(people: People, client: Client) -> None:
    with scope(system(FORCE)):
        case = m.Case.objects.filter(force_id=FORCE, crime_reference=client.reference).first()
        complainant = m.Complainant.objects.filter(case=case, label="A").first() if case else None
        referrals = SupportReferral.objects.filter(complainant=complainant) if complainant else SupportReferral.objects.none()
        offered = referrals.filter(state="offered").first()
        done = referrals.exclude(state="offered").exists()
    if case is None or complainant is None or done:
        return
    officer = people["supervisor"]
    service = Agency.objects.get(name=client.service)
    answer: dict[str, Any] = {
        "answer": "accepted", "service_id": service.pk, "consent_scope": SCOPE, "consent_given_on": clock.today(),
        "consent_witnessed_by": "The interviewing officer",
    }  # fmt: skip
    with acting(officer):
        if offered is not None:
            answer_referral(actor=officer, case_id=case.pk, referral_id=offered.pk, **answer)
        else:
            refer_to_support(actor=officer, case_id=case.pk, complainant_id=complainant.pk, **answer)
    if client.service == SERVICE and client.allocated:
        with acting(people["isva-manager"]):
            allocate_client(actor=people["isva-manager"], complainant_id=complainant.pk, isva_id=people["isva"].pk)
        GOING_ON[client.going_on](people, case, complainant)


def _nothing(people: People, case: m.Case, complainant: m.Complainant) -> None:
    """Nothing is going on."""


def _question(people: People, case: m.Case, complainant: m.Complainant) -> None:
    with acting(people["isva"]):
        messages.ask_officer(
            actor=people["isva"], complainant_id=complainant.pk, subject="safety", text="Has the visit about the locks been booked?"
        )


def _answered(people: People, case: m.Case, complainant: m.Complainant) -> None:
    """Ask something that the officer has answered: the ISVA says whether that answers it."""
    isva, officer = people["isva"], people["supervisor"]
    with acting(isva):
        row = messages.ask_officer(
            actor=isva, complainant_id=complainant.pk, subject="property", text="When does she get her telephone back?"
        )
    with acting(officer):
        answer = "The laboratory has had it since Monday. I will say by Friday when it comes back."
        messages.answer_isva(actor=officer, case_id=case.pk, message_id=row.pk, answer=answer)


def _dispute(people: People, case: m.Case, complainant: m.Complainant) -> None:
    with acting(people["isva"]):
        text = "She was asked with her family in the room. She wants to be asked again, alone."
        messages.dispute_withdrawal(actor=people["isva"], complainant_id=complainant.pk, text=text)


def _heard_nothing(people: People, case: m.Case, complainant: m.Complainant) -> None:
    with acting(people["isva"]):
        messages.say_heard_nothing(actor=people["isva"], complainant_id=complainant.pk, text="She expected a call last week.")


def _choice(people: People, case: m.Case, complainant: m.Complainant) -> None:
    with acting(people["isva"]):
        messages.pass_on_choice(actor=people["isva"], complainant_id=complainant.pk, choice="interval", days=14)


def _tell(people: People, case: m.Case, complainant: m.Complainant) -> None:
    """Ask for the first thing that is still to be told, where there is one."""
    officer = people["supervisor"]
    with acting(officer):
        things = tell_requests.told_by_isva(case, complainant)
        referral = SupportReferral.objects.get(complainant=complainant, state="accepted")
        if things:
            tell_requests.ask_isva_to_tell(
                actor=officer,
                case_id=case.pk,
                referral_id=referral.pk,
                thing=things[0].key,
                words="We have reached the step that I promised to tell you about. I will ring you on Thursday to explain it.",
                may_be_said="She can ask me anything by text before then.",
                safe_when="Only when she is on her own.",
            )


GOING_ON: dict[str, Callable[[People, m.Case, m.Complainant], None]] = {
    "": _nothing,
    "question": _question,
    "answered": _answered,
    "dispute": _dispute,
    "heard-nothing": _heard_nothing,
    "choice": _choice,
    "tell": _tell,
}


def _link(people: People) -> None:
    """Ask for one link, once, and let the system find its case."""
    isva = people["isva"]
    with transaction.atomic(), acting(isva):
        if LinkRequest.objects.filter(service_id=isva.agency_id).exists():
            return
        linking.ask_for_link(
            actor=isva,
            force_id=FORCE,
            crime_reference=LINKED,
            client_name="Philippa Somersby-Demo",
            consent_scope=SCOPE,
            consent_given_on=clock.today(),
            consent_signed=True,
        )
    linking.match_links(FORCE)
