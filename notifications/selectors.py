"""Readers of notices: the inbox, its unread figure, and each person's choices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.urls import NoReverseMatch, reverse

from accounts.models import User
from accounts.scopes import scope_of
from core import scope
from core.components import day_text
from core.keyset import Order, Page, page_of
from notifications.models import Notice, Subscription
from notifications.services import AS_COVER
from notifications.sight import CaseSeen, cases_seen
from notifications.subjects import SUBJECTS, Subject, of_role

PAGE_SIZE: Final = 25
MOST_UNREAD: Final = 100
"""Counted no further: the bar then says "99+"."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A notice as its reader sees it: words, the case if she or he still sees it, and the page that settles it."""

    id: UUID
    created_at: datetime
    unread: bool
    heading: str
    text: str
    href: str
    case: CaseSeen | None
    case_id: UUID | None
    case_hidden: bool
    as_cover: bool


def inbox_of(user: User, *, after: str = "", before: str = "") -> Page[Entry]:
    """Return one page of the person's notices, newest first: two queries. Raises BadCursor."""
    order = Order("created_at", "inbox", user.pk, descending=True, key_descending=False)
    found = page_of(Notice.objects.visible_to(user), order, PAGE_SIZE, after=after, before=before)
    return found.shown_as(lambda rows: _entries(user, rows))


def entry_of(user: User, notice: Notice) -> Entry:
    """Return one notice as its reader sees it."""
    return _entries(user, [notice])[0]


def unread_of(user: User) -> int | None:
    """Return how many notices the person has not read (at most MOST_UNREAD); None where the database may not be asked.

    It may be inside the person's own scope and as long as the transaction stands: not on sign-in pages, nor on the page
    that is drawn after a failure.
    """
    if scope.current() != scope_of(user) or not _answers():
        return None
    return int(Notice.objects.visible_to(user).unread()[:MOST_UNREAD].count())


def channels_of(user: User) -> list[tuple[Subject, str]]:
    """Return what the person's role is told about and how she or he is told: one query."""
    chosen = dict(Subscription.objects.visible_to(user).values_list("subject", "channel"))
    return [
        (subject, str(subject.channel if subject.must_email else chosen.get(subject.key, subject.channel)))
        for subject in of_role(user.role)
    ]


def _answers() -> bool:
    """Say whether the transaction stands: after a failed statement the server answers nothing until it is rolled back."""
    if not connection.in_atomic_block or connection.needs_rollback or connection.connection is None:
        return False
    return bool(connection.connection.info.transaction_status.name == "INTRANS")


def _entries(user: User, notices: Sequence[Notice]) -> list[Entry]:
    seen = cases_seen(user, {notice.case_id for notice in notices if notice.case_id})
    return [_entry(notice, seen) for notice in notices]


def _entry(notice: Notice, seen: Mapping[UUID, CaseSeen]) -> Entry:
    subject = SUBJECTS.get(notice.subject)
    case = seen.get(notice.case_id) if notice.case_id else None
    words = Words(notice.counts)
    return Entry(
        id=notice.pk,
        created_at=notice.created_at,
        unread=notice.read_at is None,
        heading=subject.heading.format_map(words) if subject else "Something that is no longer told",
        text=subject.text.format_map(words) if subject else "",
        href=_address(subject, notice.case_id, case) if subject else "",
        case=case,
        case_id=notice.case_id,
        case_hidden=notice.case_id is not None and case is None,
        as_cover=bool(notice.counts.get(AS_COVER)),
    )


class Words(dict[str, Any]):
    """The counts of a notice as its words need them: days written out, and what is missing said to be."""

    def __init__(self, counts: Mapping[str, Any]) -> None:
        super().__init__({name: day_text(date.fromisoformat(value)) if isinstance(value, str) else value for name, value in counts.items()})

    def __missing__(self, name: str) -> str:
        return "not known"


def _address(subject: Subject, case_id: UUID | None, case: CaseSeen | None) -> str:
    """Return the page that settles it: never one of a case that the reader does not see."""
    for name in filter(None, (subject.url_name, subject.otherwise)):
        if case_id is not None and case is not None and (address := _reversed(name, {"case_id": case_id})):
            return address
        if address := _reversed(name, {}):
            return address
    return ""


def _reversed(name: str, places: Mapping[str, UUID]) -> str:
    try:
        return reverse(name, kwargs=dict(places))
    except NoReverseMatch:
        return ""
