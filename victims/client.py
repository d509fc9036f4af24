"""One client as her or his support service sees it: what she or he was told, when, by whom; contact; needs; what is asked.

Read under the ISVA's own kind, whose grants leave out suspects, evidence, summaries of contact, contact persons and letters.
Nothing here says about which suspect something was, nor what crime.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef

from accounts.models import User
from cases import models as cases
from cases.models.telling import ToldAbout
from core import clock
from core.sealedfield import opening
from victims.clients import NO_NAME, PURPOSE, last_day, names_of, record
from victims.measures import in_words
from victims.messages import choice_words
from victims.models import (
    Appointment,
    Contact,
    ContactAgreement,
    IsvaMessage,
    NeedsAssessment,
    SafeContact,
    SupportReferral,
    TellRequest,
    Victim,
)
from victims.models.contact import AgreedBy, BySide, Voicemail
from victims.models.isva import MessageKind, TellState

PLAIN: Final[dict[str, str]] = {
    ToldAbout.CRIME_RECORDED: "The police recorded what you reported",
    ToldAbout.ARREST: "There was an arrest",
    ToldAbout.INTERVIEW: "There was an interview by the police",
    ToldAbout.RELEASE: "There was a release",
    ToldAbout.BAIL: "Bail was set or changed",
    ToldAbout.BAIL_ENDED: "Bail ended",
    ToldAbout.NFA: "There was a decision to take no further action",
    ToldAbout.CHARGE: "There was a decision to charge",
    ToldAbout.HEARING: "There is a date at court",
    ToldAbout.CLOSED: "The prosecution service closed its file for now",
    ToldAbout.NEW_OFFICER: "Another officer looks after the case",
}
"""What was told in plain words, without anybody in it: for the page and for the paper that a client takes home."""
SHOWN: Final = 50
"""How many rows of each kind a page has, the latest ones."""


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
class AskedLine:
    """Something the service raised, and what came of it."""

    id: UUID
    kind: str
    words: str
    text: str
    asked_at: datetime
    answer: str
    answered_at: datetime | None
    settled: str
    may_be_closed: bool


@dataclass(frozen=True, slots=True)
class ToTellLine:
    """A request to tell. Its words are shown once it was opened."""

    id: UUID
    about: str
    sent_at: datetime
    state: str
    unread: bool
    waits: bool
    words: str
    may_be_said: str
    safe_when: str


@dataclass(frozen=True, slots=True)
class ClientPage:
    """Everything that the page of one client shows."""

    client: SupportReferral
    name: str
    officer: str
    next_contact_on: date | None
    last_reached_at: datetime | None
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
    officer = next((one for one in people if one.role == cases.CaseRole.OFFICER), None)
    victim = Victim.objects.filter(complainant=key).only("next_contact_due_at", "last_reached_at").first()
    due = victim.next_contact_due_at if victim else None
    with opening(PURPOSE):
        return ClientPage(
            client=client,
            name=names_of([client]).get(key, NO_NAME),
            officer=officer.user.name if officer else "",
            next_contact_on=last_day(due) if due else None,
            last_reached_at=victim.last_reached_at if victim else None,
            agreed=_agreed(key),
            told=told_lines(key, officer.user if officer else None),
            contacts=_contacts(key),
            appointments=_appointments(key),
            needs=_needs(key),
            card=_card(key),
            asked=_asked(client),
            to_tell=_to_tell(key),
        )


def told_lines(complainant_id: UUID, officer: User | None) -> list[ToldLine]:
    """Return what a client was told, the latest first: no suspect, no crime, only that it happened and who told."""
    rows = cases.Told.objects.filter(complainant=complainant_id, withdrawn_at__isnull=True, not_told_because="", told_at__isnull=False)
    found = rows.order_by("-told_at", "id").only("about", "told_at", "how", "side", "created_by")[:SHOWN]
    return [ToldLine(PLAIN[row.about], row.told_at, _teller(row, officer), row.get_how_display()) for row in found if row.told_at]


def _teller(row: cases.Told, officer: User | None) -> str:
    agency = str(cases.Side(row.side).label)
    return f"{agency}, the officer in the case" if officer is not None and row.created_by_id == officer.pk else agency


def _agreed(complainant_id: UUID) -> str:
    row = ContactAgreement.objects.filter(complainant=complainant_id).order_by("-created_at").defer("own_reason").first()
    if row is None:
        return "Nothing is agreed yet"
    if row.opted_out:
        return "She or he asked not to be contacted"
    channel = f", {row.get_channel_display().lower()}" if row.channel else ""
    return f"Every {row.interval_days} {'day' if row.interval_days == 1 else 'days'}{channel}, by: {AgreedBy(row.by).label.lower()}"


def _contacts(complainant_id: UUID) -> list[Contact]:
    """Return the contacts as they stand corrected: when, how, whether it reached her or him. What was said is nowhere here."""
    corrected = Contact.objects.filter(supersedes=OuterRef("pk"))
    rows = Contact.objects.filter(complainant=complainant_id).exclude(Exists(corrected))
    return list(rows.only("at", "channel", "reached", "side", "to").order_by("-at", "id")[:SHOWN])


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
    channels = ", ".join(str(cases.Channel(one).label).lower() for one in row.channels if one in cases.Channel.values)
    return Card(
        no_safe_channel=row.no_safe_channel,
        never=str(row.never),
        times=str(row.times),
        code_word=str(row.code_word),
        voicemail=str(Voicemail(row.voicemail).label),
        who_may_pick_up=str(row.who_may_pick_up),
        channels=channels,
    )


def _asked(client: SupportReferral) -> list[AskedLine]:
    rows = IsvaMessage.objects.filter(complainant=client.complainant_id, service_id=client.service_id)
    reached = Contact.objects.filter(
        complainant=OuterRef("complainant"), at__gt=OuterRef("asked_at"), reached=True, to="victim", side__in=(BySide.POLICE, BySide.CPS)
    ).exclude(Exists(Contact.objects.filter(supersedes=OuterRef("pk"))))
    found = rows.annotate(reached_since=Exists(reached)).order_by("-asked_at", "id")[:SHOWN]
    return [_asked_line(row) for row in found]


def _asked_line(row: IsvaMessage) -> AskedLine:
    settled = ""
    if row.closed_at is not None:
        settled = "Closed"
    elif row.kind == MessageKind.HEARD_NOTHING and getattr(row, "reached_since", False):
        settled = "Settled: a contact has reached your client since"
    elif row.answered_at is not None:
        settled = "Answered"
    return AskedLine(
        id=row.pk,
        kind=row.get_kind_display(),
        words=choice_words(row.kind, row.choice, row.number),
        text=str(row.text),
        asked_at=row.asked_at,
        answer=str(row.answer),
        answered_at=row.answered_at,
        settled=settled,
        may_be_closed=row.closed_at is None and not (settled and row.kind != MessageKind.DISPUTES),
    )


def _to_tell(complainant_id: UUID) -> list[ToTellLine]:
    rows = TellRequest.objects.filter(complainant=complainant_id).order_by("-sent_at", "id")[:SHOWN]
    return [_to_tell_line(row) for row in rows]


def _to_tell_line(row: TellRequest) -> ToTellLine:
    unread = row.state == TellState.SENT
    opened = row.read_at is not None
    return ToTellLine(
        id=row.pk,
        about=PLAIN[row.about],
        sent_at=row.sent_at,
        state=row.get_state_display(),
        unread=unread,
        waits=row.state == TellState.READ,
        words=str(row.words) if opened else "",
        may_be_said=str(row.may_be_said) if opened else "",
        safe_when=str(row.safe_when) if opened else "",
    )


def coming(appointments: Sequence[Appointment]) -> list[Appointment]:
    """Return the appointments that are still to come, the next one first."""
    now = clock.now()
    return sorted((one for one in appointments if one.starts_at > now and one.cancelled_at is None), key=lambda one: one.starts_at)
