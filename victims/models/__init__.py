"""Who a complainant is and what she or he is promised: identity sealed, contact, support, requests. One file a concept."""

from victims.models.appointment import Appointment, Letter
from victims.models.base import VictimRow
from victims.models.contact import (
    Contact,
    ContactAgreement,
    ContactHandover,
    ContactSummary,
    SafeChannelReview,
    SafeContact,
)
from victims.models.isva import IsvaMessage, LinkMatch, LinkRequest, SupportReferral, TellRequest
from victims.models.request import DeviceRequest, InformationRequest
from victims.models.service_name import ServiceName
from victims.models.telling import TellingArrangement
from victims.models.victim import ContactPerson, NeedsAssessment, Victim

__all__ = [
    "Appointment",
    "Contact",
    "ContactAgreement",
    "ContactHandover",
    "ContactPerson",
    "ContactSummary",
    "DeviceRequest",
    "InformationRequest",
    "IsvaMessage",
    "Letter",
    "LinkMatch",
    "LinkRequest",
    "NeedsAssessment",
    "SafeChannelReview",
    "SafeContact",
    "ServiceName",
    "SupportReferral",
    "TellRequest",
    "TellingArrangement",
    "Victim",
    "VictimRow",
]
