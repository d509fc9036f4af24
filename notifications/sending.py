"""The sweep: e-mails for what is due, one message a person however much waits, each row claimed by one worker.

The inbox is exactly once (a unique key). The e-mail is at least once: a row is marked sent in the transaction that
claimed it, after the mail server took the message, so a worker that dies in between leaves the row unsent and the next
one sends again. A second "something waits" does no harm, one that never comes does; and both carry the same Message-ID,
by which mail programs show one. A server that is down costs one try of one person a sweep, and no row is lost.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from email.utils import parseaddr
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Final
from uuid import UUID, uuid5

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection
from django.db.models import Min
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from core import clock
from core.scope import scope, system
from notifications.hours import after_quiet, is_quiet
from notifications.models import Notice
from notifications.querysets import NoticeQuerySet
from notifications.subjects import SUBJECTS, Channel

log = logging.getLogger("rasso.notices")

EMAIL_SUBJECT: Final = "You have something to look at"
MOST_PEOPLE: Final = 500
"""How many people one sweep writes to; the next one, a minute later, goes on."""
MOST_TRIES: Final = 24
LONGEST_WAIT: Final = timedelta(hours=1)
ALL_AGENCIES: Final = 0
"""The system sees every agency's notices (notifications/grants.py), so the scope names none."""


class ServerDown(Exception):
    """The mail server took nothing from us: whoever else is due waits for the next sweep."""


def send_due() -> int:
    """Send everything that is due, and return to how many people. Safe to run at any time, twice, and side by side."""
    sent = 0
    for user_id in _people_due(clock.now()):
        try:
            sent += _send_to(user_id)
        except ServerDown:
            break
    return sent


def _due(now: datetime) -> NoticeQuerySet:
    """Return the rows due; in quiet hours the urgent ones alone, whatever time they were put off to."""
    rows: NoticeQuerySet = Notice.objects.waiting(now)
    if is_quiet(now):
        rows = rows.filter(subject__in=[key for key, subject in SUBJECTS.items() if subject.urgent])
    return rows


def _people_due(now: datetime) -> list[UUID]:
    """Return who is due, the longest waiting first."""
    with scope(system(ALL_AGENCIES)):
        people = _due(now).values("user_id").annotate(first=Min("send_after")).order_by("first", "user_id")
        return [row["user_id"] for row in people[:MOST_PEOPLE]]


def _send_to(user_id: UUID) -> int:
    """Claim one person's due rows and send one message; return 1 if one was sent. Raises ServerDown, rows put off."""
    with scope(system(ALL_AGENCIES)):
        if not _alone_with(user_id):
            return 0
        now = clock.now()
        rows = list(_due(now).filter(user_id=user_id).select_for_update(skip_locked=True).order_by("created_at", "id"))
        person = User.objects.get(pk=user_id)
        unread = [row for row in rows if row.read_at is None] if person.may_sign_in else []
        _not_needed([row for row in rows if row not in unread])
        fault = _send(person, unread) if unread else None
        if fault is None:
            Notice.objects.filter(pk__in=[row.pk for row in unread]).update(sent_at=clock.now())
        else:
            _put_off(unread, now)
    if fault is None:
        return 1 if unread else 0
    log.warning("the mail server did not take a message", extra={"fault": type(fault).__name__})
    if isinstance(fault, SMTPRecipientsRefused):
        return 0
    raise ServerDown


def _alone_with(user_id: UUID) -> bool:
    """Claim the person for this transaction, so that two workers never send her or him half a message each."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"notices of {user_id}"])
        row = cursor.fetchone()
    return bool(row and row[0])


def _not_needed(rows: Sequence[Notice]) -> None:
    """Leave in the inbox what needs no e-mail any more: it was read meanwhile, or the person has left."""
    if rows:
        Notice.objects.filter(pk__in=[row.pk for row in rows]).update(channel=Channel.INBOX)


def _put_off(rows: Sequence[Notice], now: datetime) -> None:
    """Try again after one, two, four … minutes, at most an hour, never in quiet hours; after MOST_TRIES give up."""
    for row in rows:
        again = now + min(timedelta(minutes=2 ** min(row.tries, 10)), LONGEST_WAIT)
        subject = SUBJECTS.get(row.subject)
        row.tries += 1
        row.send_after = again if subject is not None and subject.urgent else after_quiet(again)
        row.failed_at = now if row.tries >= MOST_TRIES else None
    Notice.objects.bulk_update(rows, ["tries", "send_after", "failed_at"])


def _send(person: User, rows: Sequence[Notice]) -> Exception | None:
    """Hand one message over, and return what went wrong, if anything."""
    try:
        message(str(person.email), rows).send()
    except (SMTPException, OSError) as fault:
        return fault
    return None


def message(address: str, rows: Sequence[Notice]) -> EmailMessage:
    """Return the e-mail: the same words for everything, how many things wait, and where. Nothing of what they are about."""
    words = {"count": len(rows), "address": f"{settings.SERVICE_ADDRESS}{reverse('inbox')}"}
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    same = uuid5(rows[0].pk, "".join(row.pk.hex for row in rows))
    return EmailMessage(
        subject=EMAIL_SUBJECT,
        body=render_to_string("notifications/email/waiting.txt", words),
        to=[address],
        headers={"Message-ID": f"<{same}@{domain}>", "Auto-Submitted": "auto-generated"},
    )
