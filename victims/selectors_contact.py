"""Readers of contact with a victim: card, agreement, contacts that no later row corrects. The caller has proved sight."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from cases import models as cases
from victims.models import Contact, ContactAgreement, ContactHandover, ContactSummary, SafeContact


def latest_card(complainant: cases.Complainant) -> SafeContact | None:
    """Return the safe-contact card that stands, still sealed."""
    return SafeContact.objects.filter(complainant=complainant).order_by("-at", "-created_at").first()


def latest_agreement(complainant: cases.Complainant) -> ContactAgreement | None:
    """Return the agreement entered last, which stands or is about to."""
    return ContactAgreement.objects.filter(complainant=complainant).order_by("-created_at", "-id").first()


def latest_handover(complainant: cases.Complainant) -> ContactHandover | None:
    """Return the last handover of contact."""
    return ContactHandover.objects.filter(complainant=complainant).select_related("user").order_by("-at", "-created_at").first()


def every_contact(complainant: cases.Complainant) -> QuerySet[Any]:
    """Return every contact, corrected ones included, each with `corrected`: whether a later row says otherwise."""
    later = Contact.objects.filter(supersedes=OuterRef("pk"))
    rows: QuerySet[Any] = Contact.objects.filter(complainant=complainant).annotate(corrected=Exists(later))
    return rows


def standing_contacts(complainant: cases.Complainant) -> QuerySet[Any]:
    """Return the contacts that no later row corrects, in order of time."""
    return every_contact(complainant).filter(corrected=False).order_by("at", "created_at")


def contact_of_case(contact_id: UUID) -> Contact | None:
    """Return one contact, whosever it is: the caller proves sight of its complainant next."""
    return Contact.objects.filter(pk=contact_id).first()


def summary_of(contact: Contact) -> ContactSummary | None:
    """Return what was said in a contact, still sealed."""
    return ContactSummary.objects.filter(contact=contact).first()
