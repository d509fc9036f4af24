"""What goes between one client's service and the police, as the service sees it: what it raised, and what it is asked to tell.

A service sees its own alone: what another service of the same client asked, or was asked, is nothing to it. What a request
is about is shown once it was opened, so that "read" is true, and no longer once it went back to the officer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from cases.models.telling import ToldAbout
from victims.messages import choice_words
from victims.models import IsvaMessage, SupportReferral, TellRequest
from victims.models.isva import MessageKind, TellState
from victims.selectors_support import ANSWERED_SETTLES, is_settled, with_reached_since

PLAIN: Final[dict[str, str]] = {
    ToldAbout.CRIME_RECORDED: "The police recorded the report",
    ToldAbout.ARREST: "There was an arrest",
    ToldAbout.INTERVIEW: "There was an interview by the police",
    ToldAbout.RELEASE: "There was a release",
    ToldAbout.BAIL: "Bail was set or changed",
    ToldAbout.BAIL_ENDED: "Bail ended",
    ToldAbout.NFA: "There was a decision not to charge",
    ToldAbout.CHARGE: "There was a decision to charge",
    ToldAbout.HEARING: "There is a date at court",
    ToldAbout.CLOSED: "The prosecution service closed its file for now",
    ToldAbout.NEW_OFFICER: "Another officer looks after the case",
}
"""What is told in plain words, without anybody in it: for the page and for the paper that a client takes home."""
SHOWN: Final = 50
"""How many rows of each kind a page has, the latest ones."""
SOMETHING: Final = "Something to tell your client"
"""Stands for what a request is about, before it is opened and once it went back."""
WITH_THE_ISVA: Final = frozenset({TellState.READ.value, TellState.TOLD.value, TellState.COULD_NOT.value, TellState.ASKS_OFFICER.value})
"""The states in which the words of a request are the ISVA's to read."""


@dataclass(frozen=True, slots=True)
class AskedLine:
    """Something the service raised, and what came of it. `to_mark`: the officer answered, and the ISVA says whether that answers it."""

    id: UUID
    kind: str
    words: str
    text: str
    asked_at: datetime
    answer: str
    answered_at: datetime | None
    settled: str
    to_mark: bool
    may_be_closed: bool
    blocks: bool
    """While it stands no outcome can say that the client does not support the prosecution."""


@dataclass(frozen=True, slots=True)
class ToTellLine:
    """A request to tell. What it is about and its words are shown once it was opened."""

    id: UUID
    about: str
    sent_at: datetime
    state: str
    unread: bool
    waits: bool
    words: str
    may_be_said: str
    safe_when: str


def asked_by(client: SupportReferral) -> Sequence[AskedLine]:
    """Return what the service raised for a client, the latest first. Read while sealed fields are open."""
    rows = IsvaMessage.objects.filter(complainant=client.complainant_id, service_id=client.service_id)
    return [_asked_line(row) for row in with_reached_since(rows).order_by("-asked_at", "id")[:SHOWN]]


def _asked_line(row: Any) -> AskedLine:
    to_mark = row.closed_at is None and row.answered_at is not None and row.kind in ANSWERED_SETTLES
    return AskedLine(
        id=row.pk,
        kind=row.get_kind_display(),
        words=choice_words(row.kind, row.choice, row.number),
        text=str(row.text),
        asked_at=row.asked_at,
        answer=str(row.answer),
        answered_at=row.answered_at,
        settled=_settled(row),
        to_mark=to_mark,
        may_be_closed=not to_mark and not is_settled(row),
        blocks=row.kind == MessageKind.DISPUTES and row.closed_at is None,
    )


def _settled(row: Any) -> str:
    """Return what settled a message in words, or nothing while it waits for somebody."""
    if row.closed_at is not None:
        return "Closed by you" if row.answered_at is None else "Answered"
    if not is_settled(row):
        return ""
    return "Settled: a contact has reached your client since" if row.kind == MessageKind.HEARD_NOTHING else "The officer answered"


def asked_to_tell(client: SupportReferral) -> Sequence[ToTellLine]:
    """Return what this service is asked to tell a client, the latest first. Read while sealed fields are open."""
    return [_to_tell_line(row) for row in TellRequest.objects.filter(referral=client).order_by("-sent_at", "id")[:SHOWN]]


def _to_tell_line(row: TellRequest) -> ToTellLine:
    shown = row.state in WITH_THE_ISVA
    return ToTellLine(
        id=row.pk,
        about=PLAIN[row.about] if shown else SOMETHING,
        sent_at=row.sent_at,
        state=row.get_state_display(),
        unread=row.state == TellState.SENT,
        waits=row.state == TellState.READ,
        words=str(row.words) if shown else "",
        may_be_said=str(row.may_be_said) if shown else "",
        safe_when=str(row.safe_when) if shown else "",
    )
