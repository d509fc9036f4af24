"""What changed on a case since a person last looked at it: the marks of lists, and the list near the top of the case page.

What counts is what stands on the timeline, and notes of the reader's own agency; never one's own acts. A note private to
the other agency is on no timeline and in a table that this side cannot read, so it neither counts nor shows.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, Subquery

from accounts.models import User
from accounts.roles import WORKS_CASES_CPS
from cases import models as m
from cases.timeline import words

SHOWN = 20
"""How many changes the case page lists before it points to the timeline."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that somebody else did."""

    at: datetime
    actor: str
    words: str
    about: str
    text: str


@dataclass(frozen=True, slots=True)
class Since:
    """What a visitor of the case page is told. `last_looked` is None on a first visit, until somebody else changes something in it."""

    last_looked: datetime | None
    changes: list[Changed]
    cut: bool = False


def _cps(user: User) -> bool:
    return user.role in WORKS_CASES_CPS


def own_note(user: User) -> type[m.BaseNote]:
    """Return the table of notes that only this person's side reads."""
    return m.CpsNote if _cps(user) else m.PoliceNote


def changed_for(user: User) -> Q:
    """Return the condition on cases "somebody else changed it since I looked"; false for a case never looked at."""
    look = m.CaseLook.objects.filter(user=user, case=OuterRef(OuterRef("pk")))
    events = m.TimelineEvent.objects.filter(case=OuterRef("pk"), case_version__gt=Subquery(look.values("version")[:1]))
    notes = own_note(user)._default_manager.filter(case=OuterRef("pk"), created_at__gt=Subquery(look.values("at")[:1]))
    return Q(Exists(events.exclude(created_by=user))) | Q(Exists(notes.exclude(created_by=user)))


def changed_among(user: User, keys: Collection[UUID]) -> frozenset[UUID]:
    """Return those of these cases, all seen by the caller, that others changed since the person looked. One query."""
    return frozenset(m.Case.objects.filter(pk__in=keys).filter(changed_for(user)).values_list("pk", flat=True))


def changes_since(case: m.Case, user: User, look: m.CaseLook | None) -> Since:
    """Return what others changed since the visit before this one, newest first; on a first visit, since its first look. Two queries."""
    version, at = (look.before_version, look.before_at or look.created_at) if look else (case.version, None)
    rows = m.TimelineEvent.objects.filter(case=case, case_version__gt=version).exclude(created_by=user)
    rows = rows.annotate(suspect_number=F("suspect__number"), label=F("complainant__label")).order_by("-case_version", "-created_at")
    notes = own_note(user)._default_manager.filter(case=case, created_at__gt=at or case.created_at).exclude(created_by=user)
    found = [_event(row) for row in rows[: SHOWN + 1]]
    own = [
        Changed(
            row.created_at, row.author_name, "added a note for the CPS alone" if _cps(user) else "added a note for the police alone", "", ""
        )
        for row in notes.order_by("-created_at")[: SHOWN + 1]
    ]
    everything = sorted([*found, *own], key=lambda one: one.at, reverse=True)
    if look is None or (look.before_at is None and not everything):
        return Since(None, [])
    return Since(at, everything[:SHOWN], len(everything) > SHOWN)


def _event(row: m.TimelineEvent) -> Changed:
    number, label = getattr(row, "suspect_number", None), getattr(row, "label", None)
    about = ", ".join(part for part in (f"suspect {number}" if number else "", f"complainant {label}" if label else "") if part)
    return Changed(row.created_at, row.actor_name, words(row.kind), about, row.text)
