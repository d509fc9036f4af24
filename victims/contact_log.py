"""Every contact with a victim, the latest first, corrected ones in their place; with what each told and a text to copy."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from accounts.models import User
from cases import models as m
from cases.pages.buttons import Button
from cases.sight import record_consultation
from core import clock
from core.components import day_text, london_text
from core.keyset import Order, Page, page_of
from victims import permissions
from victims.models import Contact, ContactSummary
from victims.models.contact import BySide
from victims.selectors_contact import every_contact
from victims.services.consulting import Reason, consulting
from victims.sight import Seen

ON_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """One contact as the log shows it. `said`: the summary opened, for those who are shown identity."""

    key: UUID
    at: datetime
    channel: str
    to: str
    reached: bool
    by: str
    side: str
    told: tuple[str, ...]
    next_agreed_on: date | None
    corrected: bool
    corrected_because: str
    imported: bool
    logged: datetime | None = None
    """When it was entered, where that was on another day than it happened."""
    said: str = ""
    not_told_to: str = ""
    statement_reference: str = ""
    copy: str = ""
    buttons: Sequence[Button] = ()


def log_of(seen: Seen, reader: User, *, after: str = "", before: str = "") -> Page[Entry]:
    """Return one page, and write the one row of the access log for it: a look where summaries are opened. Raises BadCursor."""
    rows = every_contact(seen.complainant).filter(case=seen.case).select_related("created_by")
    found = page_of(rows, Order("at", "contacts", reader.pk, descending=True), ON_A_PAGE, after=after, before=before)
    if not seen.identity:
        record_consultation(seen.case, "contact log")
        return found.shown_as(lambda page: _entries(seen, reader, page, {}))
    with consulting(seen.case, reason=Reason.CONTACT, what="contact log"):
        return found.shown_as(lambda page: _entries(seen, reader, page, _summaries(page)))


def _summaries(rows: Sequence[Contact]) -> dict[UUID, ContactSummary]:
    return {one.contact_id: one for one in ContactSummary.objects.filter(contact__in=[row.pk for row in rows])}


def _entries(seen: Seen, reader: User, rows: Sequence[Contact], summaries: Mapping[UUID, ContactSummary]) -> list[Entry]:
    told: dict[UUID | None, list[str]] = defaultdict(list)
    for one in m.Told.objects.filter(case=seen.case, contact_id__in=[row.pk for row in rows], withdrawn_at__isnull=True).order_by("at"):
        told[one.contact_id].append(str(one.get_about_display()))
    return [_entry(seen, reader, row, told[row.pk], summaries.get(row.pk)) for row in rows]


def _entry(seen: Seen, reader: User, row: Contact, told: Sequence[str], summary: ContactSummary | None) -> Entry:
    things = tuple(dict.fromkeys(told))
    return Entry(
        key=row.pk,
        at=row.at,
        channel=row.get_channel_display() if row.channel else "Way not recorded",
        to=row.get_to_display(),
        reached=row.reached,
        by=row.created_by.name if row.created_by else "The force’s extract",
        side=row.get_side_display(),
        told=things,
        next_agreed_on=row.next_agreed_on,
        corrected=row.corrected,  # type: ignore[attr-defined]
        corrected_because=row.corrected_because,
        imported=row.imported,
        logged=row.created_at if clock.london_day(row.created_at) != clock.london_day(row.at) else None,
        said=summary.text if summary else "",
        not_told_to=summary.not_told_to if summary else "",
        statement_reference=summary.statement_reference if summary else "",
        copy=text_to_copy(seen, row, things),
        buttons=_buttons(seen, reader, row),
    )


def _buttons(seen: Seen, reader: User, row: Contact) -> list[Button]:
    """Offer the correction of a contact that stands, to those who log contacts."""
    may = seen.identity and not row.corrected and row.side != BySide.ISVA and permissions.CONTACT.holds(reader)  # type: ignore[attr-defined]
    if not may:
        return []
    href = reverse("victim_contact_correct", args=[row.pk])
    return [Button("correct-contact", "Correct", href, f"contact of {london_text(row.at)}", row.pk)]


def text_to_copy(seen: Seen, row: Contact, told: Sequence[str]) -> str:
    """Return a contact as a text for the force's occurrence log: times in London, by label alone, and nothing of what was said."""
    lines = [
        f"{seen.case.crime_reference}, Victim {seen.complainant.label}",
        f"{'Contact' if row.reached else 'Attempt that did not reach her or him'}: {london_text(row.at)}",
        f"How: {row.get_channel_display() if row.channel else 'not recorded'}. With: {row.get_to_display()}",
    ]
    if told:
        lines.append(f"Told: {'; '.join(told)}")
    if row.next_agreed_on:
        lines.append(f"Next contact agreed for {day_text(row.next_agreed_on)}")
    return "\n".join(lines)
