"""Requests for information and for devices: masked on the victim's page, with their texts on pages of their own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.http import Http404
from django.urls import reverse

from accounts.models import User
from cases import models as m
from cases.acts import ACTS, On
from cases.derive.clocks import Kind
from cases.pages.buttons import Button
from core.components import SummaryRow, day_text, london_text
from core.words import inside
from victims.models import DeviceRequest, InformationRequest
from victims.models.request import RecordsOf
from victims.pages.places import on_row, on_victim, victim_page
from victims.request_facts import facts_of
from victims.request_gates import open_gates, that_apply
from victims.services.consulting import Reason, consulting
from victims.sight import Seen

PART: Final = "requests"


@dataclass(frozen=True, slots=True)
class RequestCard:
    """One request on the victim's page: nothing of what it says."""

    heading: str
    state: str
    colour: str
    words: Sequence[str]
    address: str
    buttons: Sequence[Button] = ()


@dataclass(frozen=True, slots=True)
class GateLine:
    """One gate on the page of a request."""

    asks: str
    passed: bool
    open: str
    button: Button | None


def section(seen: Seen, user: User) -> Mapping[str, Any]:
    """Return what the section shows. Three queries: requests, devices, days that were moved."""
    requests = InformationRequest.objects.filter(case=seen.case, complainant=seen.complainant).select_related(
        "line_of_enquiry", "approved_by"
    )
    devices = DeviceRequest.objects.filter(case=seen.case, complainant=seen.complainant).order_by("-created_at")
    moved = moved_returns(seen.case)
    return {
        "requests": [_request(seen, row) for row in requests.order_by("-created_at")],
        "devices": [_device(seen, user, row, moved) for row in devices],
        "buttons": on_victim(seen, user, "draft-information-request", "ask-for-device", part=PART),
        "identity": seen.identity,
    }


def moved_returns(case: m.Case) -> Mapping[UUID, m.DeadlineOverride]:
    """Return the last day to which the return of each device was moved. One query."""
    rows = m.DeadlineOverride.objects.filter(case=case, kind=Kind.DEVICE_RETURN, moved_to__isnull=False).order_by("at")
    return {row.subject_id: row for row in rows}


def _request(seen: Seen, row: InformationRequest) -> RequestCard:
    state, colour = state_of(row)
    address = reverse("information_request", args=[seen.complainant.pk, row.pk]) if seen.identity else ""
    return RequestCard(row.get_records_display(), state, colour, _said(row), address)


def state_of(row: InformationRequest) -> tuple[str, str]:
    """Return how a request stands, in words, and the colour of its tag."""
    if row.withdrawn_at is not None:
        return "Withdrawn", "grey"
    if row.answered_at is not None:
        return "Answered", "green"
    if row.sent_at is not None:
        return "Sent, not answered", "blue"
    if open_gates(facts_of(row)):
        return "Draft, cannot be sent yet", "orange"
    return "Draft, may be sent", "blue"


def _said(row: InformationRequest) -> list[str]:
    """Return what may be read of a request without it being opened."""
    lines = [f"Drafted {london_text(row.created_at)}"]
    if row.notice_to == "withheld":
        lines.append("Notice withheld")
    elif row.notice_given_at is not None:
        lines.append(f"Notice to {inside(row.get_notice_to_display())} {london_text(row.notice_given_at)}")
    if row.approved_by is not None:
        lines.append(f"{'Approved' if row.approved_at else 'Refused'} by {row.approved_by.name}")
    if row.sent_at is not None:
        lines.append(f"Sent {london_text(row.sent_at)}")
    if row.answered_at is not None:
        lines.append(f"Answered {london_text(row.answered_at)}")
    return lines


def _device(seen: Seen, user: User, row: DeviceRequest, moved: Mapping[UUID, m.DeadlineOverride]) -> RequestCard:
    state, colour = device_state(row)
    address = reverse("device_request", args=[seen.complainant.pk, row.pk]) if seen.identity else ""
    buttons = on_row(seen, user, On.DEVICE_REQUEST, row, "device", address=victim_page(seen), part=PART)
    return RequestCard("Device", state, colour, device_said(row, moved.get(row.pk)), address, buttons)


def device_state(row: DeviceRequest) -> tuple[str, str]:
    """Return how a request for a device stands, in words, and the colour of its tag."""
    if row.refused_at is not None:
        return "Refused", "grey"
    if row.returned_at is not None:
        return "Given back", "green"
    if row.withdrawn_at is not None:
        return ("Agreement withdrawn: give it back", "red") if row.taken_at is not None else ("Agreement withdrawn", "grey")
    if row.taken_at is not None:
        return "With us", "orange"
    if row.agreed_at is not None:
        return "Agreed", "blue"
    return ("Notice given", "blue") if row.notice_given_at is not None else ("No notice yet", "orange")


def device_said(row: DeviceRequest, moved: m.DeadlineOverride | None) -> list[str]:
    """Return what happened, in order, without anything that is sealed."""
    steps = (
        ("Notice given", row.notice_given_at), ("Agreed", row.agreed_at), ("Refused", row.refused_at), ("Taken", row.taken_at),
        ("Agreement withdrawn", row.withdrawn_at), ("Given back", row.returned_at),
    )  # fmt: skip
    lines = [f"{words} {london_text(at)}" for words, at in steps if at is not None]
    if row.due_back_on is not None:
        lines.append(f"Due back by the end of {day_text(row.due_back_on)}")
    if moved is not None and moved.moved_to is not None:
        lines.append(f"Moved to {day_text(moved.moved_to)}: {moved.reason}. Lateness counts from the first day")
    return lines


def request_or_404(seen: Seen, key: UUID) -> InformationRequest:
    """Return one of the complainant's requests. Raises Http404 for none."""
    rows = InformationRequest.objects.filter(case=seen.case, complainant=seen.complainant, pk=key)
    row: InformationRequest | None = rows.select_related("line_of_enquiry", "approved_by", "created_by").first()
    if row is None:
        raise Http404
    return row


def device_or_404(seen: Seen, key: UUID) -> DeviceRequest:
    """Return one of the complainant's requests for a device. Raises Http404 for none."""
    rows = DeviceRequest.objects.filter(case=seen.case, complainant=seen.complainant, pk=key)
    row: DeviceRequest | None = rows.select_related("line_of_enquiry", "created_by").first()
    if row is None:
        raise Http404
    return row


def request_page(seen: Seen, user: User, row: InformationRequest) -> dict[str, Any]:
    """Return the page of a request with its texts, once the look is logged. The caller has proved `seen.identity`."""
    with consulting(seen.case, reason=Reason.REQUEST, what="request for information"):
        texts = _texts(row)
    address = reverse("information_request", args=[seen.complainant.pk, row.pk])
    buttons = on_row(seen, user, On.INFORMATION_REQUEST, row, "", address=address, part="gates")
    by_slug = {button.slug: button for button in buttons}
    facts = facts_of(row)
    missing = open_gates(facts)
    lines = [
        GateLine(gate.asks, gate not in missing, gate.open, by_slug.get(gate.settled_by) if gate in missing else None)
        for gate in that_apply(facts)
    ]
    state, colour = state_of(row)
    return {
        "row": row, "texts": texts, "gates": lines, "open": len(missing), "state": state, "colour": colour, "said": _said(row),
        "buttons": buttons, "send_words": ACTS["send-information-request"].button,
        "is_draft": row.sent_at is None and row.withdrawn_at is None,
    }  # fmt: skip


def _texts(row: InformationRequest) -> list[SummaryRow]:
    found = [
        ("Holder", row.holder),
        ("What is asked for", row.wanted),
        ("Line of enquiry about the victim", row.line_of_enquiry.what),
        ("Why it is reasonable", row.reasonable_because),
        ("Why the holder is believed to have it", row.holder_has_it_because),
        ("Why it is necessary", row.necessary_because),
        ("Why it is proportionate", row.proportionate_because),
        ("Less intrusive means considered", row.less_intrusive_means),
        ("How it will be handled", row.how_handled),
    ]
    if row.records == RecordsOf.COUNSELLING:
        found.append(("Substantial probative value", row.substantial_probative_value))
        found.append(("What the supervisor said", row.approval_note))
    if row.notice_to == "withheld":
        found.append(("Why the notice is withheld", row.notice_withheld_because))
    return [SummaryRow(words, text or "Not filled in yet") for words, text in found]


def device_page(seen: Seen, user: User, row: DeviceRequest) -> dict[str, Any]:
    """Return the page of a request for a device with its texts, once the look is logged. The caller has proved `seen.identity`."""
    with consulting(seen.case, reason=Reason.REQUEST, what="request for a device"):
        texts = [
            SummaryRow("Device", row.device),
            SummaryRow("What is sought", row.scope),
            SummaryRow("Reason", row.reason),
            SummaryRow("Line of enquiry about the victim", row.line_of_enquiry.what),
            SummaryRow("Why it is necessary and proportionate", row.necessary_because),
            SummaryRow("Less intrusive means considered", row.less_intrusive_means),
            SummaryRow("How it will be handled", row.how_handled),
            SummaryRow("How it was made sure that nobody pressed", row.agreed_freely_because or "Not agreed yet"),
        ]
    address = reverse("device_request", args=[seen.complainant.pk, row.pk])
    state, colour = device_state(row)
    return {
        "row": row, "texts": texts, "state": state, "colour": colour, "said": device_said(row, moved_returns(seen.case).get(row.pk)),
        "buttons": on_row(seen, user, On.DEVICE_REQUEST, row, "", address=address, part="device"),
    }  # fmt: skip
