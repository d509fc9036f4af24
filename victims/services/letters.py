"""The register of letters to a victim: written, read by a second person, the route checked as safe, sent.

The letter itself is kept in the force's or the Area's own system.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Final
from uuid import UUID

from accounts.models import User
from cases import models as m
from cases.models.telling import Channel
from cases.services.changing import changing
from cases.services.written_reasons import reach_in
from core import clock
from core.exceptions import NotAllowed, NotPossible
from victims import permissions
from victims.models import Letter
from victims.models.appointment import LetterKind
from victims.sight import identity_shown

NOT_SHOWN: Final = "Only people who are shown who the victim is check the route of a letter."


def enter_letter(
    *,
    actor: User,
    case_id: UUID,
    complainant_id: UUID,
    kind: str,
    written_at: datetime,
    reference: str = "",
    version: int | None = None,
) -> Letter:
    """Enter a letter in the register. Raises NotAllowed, NotPossible (no such kind, a time to come), Conflict, Http404."""
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.WRITE_LETTERS)
        complainant = change.get(m.Complainant, complainant_id)
        if kind not in LetterKind.values:
            raise NotPossible("Select what the letter says", field="kind")
        change.not_in_future(written_at, field="written_at")
        row = change.add(Letter, complainant=complainant, kind=kind, written_at=written_at, reference=reference.strip())
        change.put_in_timeline("letter_entered", at=written_at, complainant=complainant, text=row.get_kind_display())
        return row


def second_read(*, actor: User, case_id: UUID, letter_id: UUID, version: int | None = None) -> Letter:
    """Record that one has read a letter that somebody else wrote. Raises NotAllowed, NotPossible (one's own, read, sent), Conflict."""
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.WRITE_LETTERS)
        row = change.get(Letter, letter_id)
        waits_for_reading(row)
        if row.created_by_id == actor.pk:
            raise NotPossible("You entered this letter: somebody else has to read it.")
        row.second_read_at, row.second_read_by = change.now, actor
        row.save(update_fields=["second_read_at", "second_read_by"])
        change.put_in_timeline("letter_read", complainant=row.complainant, text=row.get_kind_display())
        return row


def check_route(*, actor: User, case_id: UUID, letter_id: UUID, route: str, version: int | None = None) -> Letter:
    """Record by which route a letter goes safely. The route is sealed.

    Raises NotAllowed for who is not shown identity, NotPossible (sent, no route), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.WRITE_LETTERS)
        row = change.get(Letter, letter_id)
        if not identity_shown(actor, change.case):
            raise NotAllowed(NOT_SHOWN)
        not_sent(row)
        if not route.strip():
            raise NotPossible("Enter the route by which the letter goes safely", field="route")
        row.route, row.route_checked_at, row.route_checked_by = route.strip(), change.now, actor
        row.save(update_fields=["route", "route_checked_at", "route_checked_by"])
        change.put_in_timeline("letter_route_checked", complainant=row.complainant, text=row.get_kind_display())
        return row


def send_letter(*, actor: User, case_id: UUID, letter_id: UUID, sent_on: date, version: int | None = None) -> Letter:
    """Mark a letter as sent. Impossible while the second reading or the route is open.

    Raises NotAllowed, NotPossible (a gate open, sent already, a day to come, or before reading, checking or writing), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.WRITE_LETTERS)
        row = change.get(Letter, letter_id)
        may_go(row)
        if sent_on > clock.london_day(change.now):
            raise NotPossible("Enter a day that is not after today", field="sent_on")
        gates = [moment for moment in (row.written_at, row.second_read_at, row.route_checked_at) if moment is not None]
        if sent_on < clock.london_day(max(gates)):
            raise NotPossible("Enter a day on or after the second reading and the check of the route", field="sent_on")
        row.sent_on = sent_on
        row.save(update_fields=["sent_on"])
        change.put_in_timeline("letter_sent", complainant=row.complainant, text=row.get_kind_display())
        return row


def letter_reached(
    *,
    actor: User,
    case_id: UUID,
    letter_id: UUID,
    facts: Collection[UUID],
    reached_on: date,
    known_by: str,
    version: int | None = None,
) -> list[m.WrittenReasons]:
    """Record that a letter of no further action reached the victim: the written reasons for these decisions with it.

    Raises NotAllowed, Conflict, NotPossible (not sent, another sort of letter, before it was sent, and what `reach_in` refuses).
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.WRITE_LETTERS)
        row = change.get(Letter, letter_id)
        may_have_reached(row)
        if row.sent_on is not None and reached_on < row.sent_on:
            raise NotPossible("Enter a day on or after the letter was sent", field="reached_on")
        return reach_in(
            change, complainant=row.complainant, facts=facts, reached_on=reached_on, how=Channel.LETTER, known_by=known_by,
            letter_id=row.pk,
        )  # fmt: skip


def may_have_reached(row: Letter) -> None:
    """A policy: a letter of no further action that was sent says the reasons in writing. Raises NotPossible."""
    if row.kind != LetterKind.NO_FURTHER_ACTION:
        raise NotPossible("This letter says no reasons for taking no further action.")
    if row.sent_on is None:
        raise NotPossible("This letter has not been sent.")


def not_sent(row: Letter) -> None:
    """A policy: a letter that was sent stays as it is. Raises NotPossible."""
    if row.sent_on is not None:
        raise NotPossible("This letter was sent.")


def waits_for_reading(row: Letter) -> None:
    """A policy: a letter is read once before it goes. Raises NotPossible."""
    not_sent(row)
    if row.second_read_at is not None:
        raise NotPossible("A second person has read this letter.")


def open_steps(row: Letter) -> tuple[str, ...]:
    """Return what is still to be done before a letter goes, in words."""
    steps = (("second reading", row.second_read_at), ("check of the route", row.route_checked_at))
    return tuple(words for words, done in steps if done is None)


def may_go(row: Letter) -> None:
    """A policy: nothing goes unread or by a route nobody checked. Raises NotPossible saying which is open."""
    not_sent(row)
    if missing := open_steps(row):
        raise NotPossible(f"This letter cannot be sent yet. Still open: {' and '.join(missing)}.")
