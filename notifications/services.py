"""The only writers of notices and choices. Who tells the same thing twice tells it once: the key is unique.

A notice is in the inbox as soon as the transaction that tells it is committed. The e-mail beside it is sent by the sweep
(notifications/sending.py); ringing the worker only makes it come sooner.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.http import Http404

from accounts.models import User
from core import clock
from core.exceptions import NotPossible
from core.scope import scope, system
from notifications.hours import after_quiet, next_digest
from notifications.models import Notice, Subscription
from notifications.sight import barred
from notifications.subjects import SUBJECTS, Channel, Subject, of_role

LONGEST_KEY: Final = 110
AS_COVER: Final = "as_cover"
"""The count that marks a notice as told to somebody in another's stead."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing to tell: what it is about, what makes it the same thing, and the numbers and days of its words."""

    subject: Subject
    key: str
    case_id: UUID | None
    counts: dict[str, int | str]


def tell(
    *,
    user: User,
    subject: str,
    key: str,
    case_id: UUID | None = None,
    counts: Mapping[str, int | date] | None = None,
    done_by: User | None = None,
) -> bool:
    """Tell a person something, in the inbox and by e-mail as she or he chose; say whether anybody is told anew.

    `key` says what makes it the same thing within the subject ("2026-11-22", a row's id); the person is added to it here.
    While the person is away, who covers and is there is told too, and gets the e-mail in the person's stead; a cover to
    whose role the subject is never told gets nothing, and the person everything. Who has left is told nothing.
    Whoever is barred from the case is told nothing of it, and covers nobody in it; `done_by` hears as nobody's cover
    what she or he did.
    `counts` are numbers and days: text could name somebody, and raises TypeError. Raises KeyError for no subject and
    ValueError for a key that is empty or longer than 110.
    """
    if not 0 < len(key) <= LONGEST_KEY:
        raise ValueError("a notice has a key of 1 to 110 characters")
    thing = Thing(SUBJECTS[subject], key, case_id, _numbers(counts or {}))
    if not user.is_active:
        return False
    with scope(system(user.agency_id)):
        if barred(user, case_id):
            return False
        cover = _cover_of(user, thing.subject)
        if cover is None or cover == done_by or barred(cover, case_id):
            return _write(thing, user, _channel_of(user, thing.subject))
        own = _write(thing, user, Channel.INBOX)
        return _write(thing, cover, _channel_of(cover, thing.subject), as_cover=True) or own


def mark_read(*, actor: User, notice_id: UUID) -> Notice:
    """Mark one of the actor's own notices as read, and return it. Raises Http404 for one that is not there or not the actor's."""
    notice: Notice | None = Notice.objects.visible_to(actor).filter(pk=notice_id).first()
    if notice is None:
        raise Http404
    if notice.read_at is None:
        notice.read_at = clock.now()
        notice.save(update_fields=["read_at"])
    return notice


def mark_all_read(*, actor: User, newest: UUID) -> int:
    """Mark as read what the actor had been shown: this notice of hers or his and everything older; return how many.

    What came after the page was drawn stays unread. Raises Http404 for a notice that is not there or not the actor's.
    """
    own = Notice.objects.visible_to(actor)
    shown = own.filter(pk=newest).first()
    if shown is None:
        raise Http404
    return int(own.unread().filter(created_at__lte=shown.created_at).update(read_at=clock.now()))


def choose(*, actor: User, channels: Mapping[str, str]) -> None:
    """Keep how the actor wants to be told, by subject. It holds for what is told from now on.

    Raises NotPossible for a subject that the actor's role is not told about, one that is always e-mailed, or no channel.
    """
    own = {subject.key: subject for subject in of_role(actor.role)}
    for key, channel in channels.items():
        if key not in own or own[key].must_email or channel not in Channel.values:
            raise NotPossible("Choose one of the ways offered", field=key)
    rows = [Subscription(user=actor, subject=key, channel=channel, changed_at=clock.now()) for key, channel in channels.items()]
    with transaction.atomic():
        Subscription.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["user", "subject"], update_fields=["channel", "changed_at"]
        )


def _numbers(counts: Mapping[str, int | date]) -> dict[str, int | str]:
    """Return the counts as they are stored, days as ISO text. Raises TypeError for anything that could hold a name."""
    found: dict[str, int | str] = {}
    for name, value in counts.items():
        if isinstance(value, datetime) or not isinstance(value, int | date):
            raise TypeError(f"a notice holds numbers and days, and {name} is neither")
        found[name] = value.isoformat() if isinstance(value, date) else value
    return found


def _cover_of(user: User, subject: Subject) -> User | None:
    """Return who is told in the person's stead today: the cover of an absence, if she or he is there and may be told."""
    today = clock.today()
    if not user.is_away(today) or user.covered_by_id is None:
        return None
    cover = User.objects.get(pk=user.covered_by_id)
    there = cover.may_sign_in and not cover.is_away(today)
    return cover if there and cover.role in subject.roles and cover.agency_id == user.agency_id else None


def _channel_of(user: User, subject: Subject) -> str:
    """Return how the person is told: as the subject demands, else as chosen, else the subject's way; no address, no e-mail."""
    if user.email is None:
        return Channel.INBOX
    if subject.must_email:
        return Channel.EMAIL
    chosen = Subscription.objects.filter(user=user, subject=subject.key).values_list("channel", flat=True).first()
    return str(chosen or subject.channel)


def _write(thing: Thing, user: User, channel: str, *, as_cover: bool = False) -> bool:
    """Insert the notice unless its key is there; say whether it was not. A race is settled by the key's index."""
    notice = Notice(
        key=f"{thing.subject.key}:{thing.key}:{user.pk.hex}",
        agency_id=user.agency_id,
        user=user,
        subject=thing.subject.key,
        case_id=thing.case_id,
        counts={**thing.counts, AS_COVER: 1} if as_cover else thing.counts,
        channel=channel,
        send_after=_send_after(thing.subject, channel, clock.now()),
    )
    Notice.objects.bulk_create([notice], ignore_conflicts=True)
    if not Notice.objects.filter(pk=notice.pk).exists():
        return False
    if channel == Channel.EMAIL and notice.send_after <= clock.now():
        transaction.on_commit(_ring, robust=True)
    return True


def _send_after(subject: Subject, channel: str, now: datetime) -> datetime:
    if channel == Channel.DIGEST:
        return next_digest(now)
    return now if subject.urgent or channel == Channel.INBOX else after_quiet(now)


def _ring() -> None:
    """Tell a worker that something is to be sent. When nobody hears it, the sweep of the next minute sends it."""
    from notifications.tasks import send_notices  # the task calls the sender, which lives above this module

    send_notices.delay()
