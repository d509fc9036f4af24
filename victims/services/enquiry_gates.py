"""The gate of a line of enquiry about a victim: written downwards by what stands on it, and by nothing and nobody else.

The case shows whether the conditions of the law are met (Police, Crime, Sentencing and Courts Act 2022, ss.37-44F) and knows
neither the request nor the device.
"""

from uuid import UUID

from django.db.models import Q

from cases import models as m
from cases.services.changing import Changing
from cases.services.enquiries import ENDS
from core.exceptions import NotPossible
from victims.models import DeviceRequest, InformationRequest
from victims.request_facts import facts_of
from victims.request_gates import open_gates


def enquiry_about_the_victim(change: Changing, enquiry_id: UUID) -> m.LineOfEnquiry:
    """Return the line of enquiry on which something is asked for. Raises NotPossible for one that has ended or looks elsewhere, Http404."""
    row = change.get(m.LineOfEnquiry, enquiry_id)
    if row.focus != m.Focus.VICTIM or row.state in ENDS:
        raise NotPossible("Select a line of enquiry about the victim that has not ended", field="enquiry_id")
    return row


def keep_in_step(change: Changing, enquiry: m.LineOfEnquiry) -> None:
    """Write whether everything that stands on this line of enquiry meets its conditions; where nothing stands on it, it is open."""
    passed = [*_requests(change, enquiry), *_devices(change, enquiry)]
    gate = m.Gate.MET if passed and all(passed) else m.Gate.OPEN
    if enquiry.gate != gate:
        enquiry.gate = gate
        enquiry.save(update_fields=["gate"])


def _requests(change: Changing, enquiry: m.LineOfEnquiry) -> list[bool]:
    """Say of each request that was not withdrawn whether no gate is open. What was sent had passed them all."""
    rows = InformationRequest.objects.filter(case=change.case, line_of_enquiry=enquiry, withdrawn_at__isnull=True)
    return [row.sent_at is not None or not open_gates(facts_of(row)) for row in rows.select_related("line_of_enquiry")]


def _devices(change: Changing, enquiry: m.LineOfEnquiry) -> list[bool]:
    """Say of each request for a device that goes on whether she or he agreed, after the notice. Refused or withdrawn, nothing stands."""
    stopped = Q(refused_at__isnull=False) | Q(withdrawn_at__isnull=False)
    rows = DeviceRequest.objects.filter(case=change.case, line_of_enquiry=enquiry).exclude(stopped)
    return [row.notice_given_at is not None and row.agreed_at is not None for row in rows]
