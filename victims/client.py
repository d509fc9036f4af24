"""One client as her or his support service sees it: what she or he was told, when, by whom; contact; needs; what is asked.

Read under the ISVA's own kind, whose grants leave out suspects, evidence, summaries of contact, contact persons and letters.
Nothing here says about which suspect something was, nor what crime.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from cases import models as cases
from core import clock
from core.sealedfield import opening
from core.words import inside
from victims.agreed import agreed_in_words
from victims.client_asked import PLAIN, SHOWN, AskedLine, ToTellLine, asked_by, asked_to_tell
from victims.clients import NO_NAME, PURPOSE, last_day, names_of, record
from victims.measures import in_words
from victims.models import Appointment, Contact, ContactAgreement, NeedsAssessment, SafeContact, SupportReferral, Victim
from victims.models.contact import BySide, To, Voicemail
from victims.selectors_support import away_in_words


@dataclass(frozen=True, slots=True)
class ToldLine:
    """One thing that the client was told."""

    words: str
    at: datetime
    by: str
    how: str


@dataclass(frozen=True, slots=True)
class Card:
    """How the client is reached safely, opened for one look."""

    no_safe_channel: bool
    never: str
    times: str
    code_word: str
    voicemail: str
    who_may_pick_up: str
    channels: str


@dataclass(frozen=True, slots=True)
class ClientPage:
    """Everything that the page of one client shows."""

    client: SupportReferral
    name: str
    officer: str
    liaison: str
    isva_away: str
    next_contact_on: date | None
    overdue: bool
    last_reached_at: datetime | None
    agreement: ContactAgreement | None
    agreed: str
    told: Sequence[ToldLine]
    contacts: Sequence[Contact]
    appointments: Sequence[Appointment]
    needs: Sequence[tuple[str, str]]
    card: Card | None
    asked: Sequence[AskedLine]
    to_tell: Sequence[ToTellLine]


def page_of_client(client: SupportReferral, *, what: str = "client") -> ClientPage:
    """Return the page of a client whose sight has been proved, in ten queries and one row of the access log."""
    record([client], what)
    key = client.complainant_id
    people = list(cases.CasePerson.objects.filter(case=client.case_id, until__isnull=True).select_related("user").order_by("since"))
    officer = next((one.user for one in people if one.role == cases.CaseRole.OFFICER), None)
    liaison = next((one.user for one in people if one.role == cases.CaseRole.LIAISON), None)
    victim = Victim.objects.filter(complainant=key).only("next_contact_due_at", "last_reached_at").first()
    due = victim.next_contact_due_at if victim else None
    agreement = ContactAgreement.objects.filter(complainant=key).order_by("-created_at").defer("own_reason").first()
    with opening(PURPOSE):
        return ClientPage(
            client=client,
            name=names_of([client]).get(key, NO_NAME),
            officer=officer.name if officer else "",
            liaison=liaison.name if liaison else "",
            isva_away=away_in_words(client.isva),
            next_contact_on=last_day(due) if due else None,
            overdue=due is not None and due <= clock.now(),
            last_reached_at=victim.last_reached_at if victim else None,
            agreement=agreement,
            agreed=agreed_in_words(agreement),
            told=told_lines(key, officer),
            contacts=_contacts(client),
            appointments=_appointments(key),
            needs=_needs(key),
            card=_card(key),
            asked=asked_by(client),
            to_tell=asked_to_tell(client),
        )


def told_lines(complainant_id: UUID, officer: User | None) -> list[ToldLine]:
    """Return what a client was told, the latest first: no suspect, no crime, only that it happened and who told."""
    rows = cases.Told.objects.filter(complainant=complainant_id, withdrawn_at__isnull=True, not_told_because="", told_at__isnull=False)
    found = rows.order_by("-told_at", "id").only("about", "told_at", "how", "side", "created_by")[:SHOWN]
    return [ToldLine(PLAIN[row.about], row.told_at, _teller(row, officer), row.get_how_display()) for row in found if row.told_at]


def _teller(row: cases.Told, officer: User | None) -> str:
    agency = str(cases.Side(row.side).label)
    return f"{agency}, the officer in the case" if officer is not None and row.created_by_id == officer.pk else agency


def _contacts(client: SupportReferral) -> list[Contact]:
    """Return the contacts with her or him as they stand corrected: when, how, whether reached. What was said is nowhere here.

    Those of police and CPS, and the own service's: that another service is in contact, or that somebody near her or him was
    spoken to, is not this service's to know.
    """
    corrected = Contact.objects.filter(supersedes=OuterRef("pk"))
    rows = Contact.objects.filter(complainant=client.complainant_id, to=To.VICTIM).exclude(Exists(corrected))
    seen = Q(side__in=(BySide.POLICE, BySide.CPS)) | Q(created_by__agency=client.service_id)
    return list(rows.filter(seen).only("at", "channel", "reached", "side").order_by("-at", "id")[:SHOWN])


def _appointments(complainant_id: UUID) -> list[Appointment]:
    """Return the appointments with their places opened: what was opened stays readable on its row."""
    rows = Appointment.objects.filter(complainant=complainant_id).defer("reason_note").select_related("with_user")
    found = list(rows.order_by("-starts_at", "id")[:SHOWN])
    for row in found:
        _ = row.place
    return found


def _needs(complainant_id: UUID) -> list[tuple[str, str]]:
    row = NeedsAssessment.objects.filter(complainant=complainant_id).order_by("-assessed_at").first()
    if row is None:
        return []
    said = [
        ("Interpreter", row.interpreter_language),
        ("Intermediary", "Yes" if row.intermediary else ""),
        ("Special measures", in_words(row.special_measures)),
        ("Interviewer", row.get_interviewer_gender_display() if row.interviewer_gender else ""),
        ("Communication", str(row.communication)),
        ("Therapy", "She or he was told that it need not wait" if row.told_therapy_need_not_wait else ""),
    ]
    return [(words, value) for words, value in said if value]


def _card(complainant_id: UUID) -> Card | None:
    row = SafeContact.objects.filter(complainant=complainant_id).order_by("-at").first()
    if row is None:
        return None
    channels = ", ".join(inside(str(cases.Channel(one).label)) for one in row.channels if one in cases.Channel.values)
    return Card(
        no_safe_channel=row.no_safe_channel,
        never=str(row.never),
        times=str(row.times),
        code_word=str(row.code_word),
        voicemail=str(Voicemail(row.voicemail).label),
        who_may_pick_up=str(row.who_may_pick_up),
        channels=channels,
    )


def coming(appointments: Sequence[Appointment]) -> list[Appointment]:
    """Return the appointments that are still to come, the next one first."""
    now = clock.now()
    return sorted((one for one in appointments if one.starts_at > now and one.cancelled_at is None), key=lambda one: one.starts_at)
