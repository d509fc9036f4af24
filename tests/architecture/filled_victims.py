"""A row in every table of victims for one complainant of a filled case, each under a kind that may write it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from accounts.models import Agency, User
from cases import models as cases
from core import clock
from core.scope import Kind, Scope, scope, system
from tests.factories import SERVICE, ago
from victims import models as m

Keys = dict[str, Any]
GIVEN_ON = clock.today() - timedelta(days=20)


def add(model: Any, **facts: Any) -> Any:
    """Insert one row."""
    return model.objects.create(**facts)


def fill_victim(keys: Keys, complainant: cases.Complainant, officer: User, *, service_id: int = SERVICE) -> m.SupportReferral:
    """Fill every table for one complainant, a live client of a service; return the referral by which she or he is one."""
    force_id = int(keys["force_id"])
    with scope(system(force_id)):
        referral = _support(keys, complainant, service_id)
        _asked(keys, complainant, referral, service_id)
    with scope(Scope(kind=Kind.POLICE, force_id=force_id, agency_id=force_id)):
        _person(keys, complainant, officer)
        _contact(keys, complainant)
        _work(keys, complainant, officer)
    return referral


def _support(keys: Keys, complainant: cases.Complainant, service_id: int) -> m.SupportReferral:
    Agency.objects.get_or_create(pk=service_id, defaults={"kind": "support", "name": f"Service {service_id}"})
    consent = {"consent_scope": "x", "consent_given_on": GIVEN_ON}
    client = {"complainant": complainant, "state": "accepted", "service_id": service_id, "offered_at": ago(days=21)}
    referral: m.SupportReferral = add(m.SupportReferral, **keys, **consent, **client)
    return referral


def _asked(keys: Keys, complainant: cases.Complainant, referral: m.SupportReferral, service_id: int) -> None:
    """What goes between police and service; the service asks for a link itself."""
    asked: Keys = {"service_id": service_id, "force_id": keys["force_id"], "crime_reference": "x", "client_name": "x", "consent_scope": "x"}
    link = add(m.LinkRequest, **asked, consent_given_on=GIVEN_ON, consent_signed=True, asked_by=keys["created_by"])
    add(m.ServiceName, force_id=keys["force_id"], name="x", service_id=service_id, matched_by=keys["created_by"])
    about = {**keys, "complainant": complainant}
    add(m.LinkMatch, **about, request=link)
    add(m.TellRequest, **about, referral=referral, about="told_arrest", fact_id=uuid4(), words="x")
    add(m.IsvaMessage, **about, kind="question", service_id=service_id, text="x")


def _person(keys: Keys, complainant: cases.Complainant, officer: User) -> None:
    about = {**keys, "complainant": complainant}
    add(m.Victim, **about, surname="Invented")
    add(m.ContactPerson, **about, kind="parent", name="Invented")
    add(m.NeedsAssessment, **about, communication="x")
    add(m.SafeContact, **about, never="x")
    add(m.SafeChannelReview, **about, decision="x")


def _contact(keys: Keys, complainant: cases.Complainant) -> None:
    about = {**keys, "complainant": complainant}
    add(m.ContactAgreement, **about, interval_days=14, channel="telephone", starts_on=GIVEN_ON, agreed_on=GIVEN_ON)
    add(m.ContactHandover, **about, to="officer", agreed_on=GIVEN_ON)
    add(m.TellingArrangement, **about, plan_id=uuid4(), companion="x")
    contact = add(m.Contact, **about, at=ago(days=2), channel="telephone", reached=True)
    add(m.ContactSummary, **about, contact=contact, text="x")


def _work(keys: Keys, complainant: cases.Complainant, officer: User) -> None:
    about = {**keys, "complainant": complainant}
    add(m.Appointment, **about, purpose="update", starts_at=clock.now(), with_user=officer)
    add(m.Letter, **about, kind="update", written_at=ago(days=3))
    line = cases.LineOfEnquiry.objects.filter(case=keys["case"]).first()
    add(m.InformationRequest, **about, records="medical", holder="x", wanted="x", line_of_enquiry=line)
    add(m.DeviceRequest, **about, device="x", scope="x", reason="x", line_of_enquiry=line)
