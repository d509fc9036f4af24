"""How contact with each victim of a case stands: when the next is due in words, when she or he was last reached, who owes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q

from accounts.models import User
from cases import models as m
from cases.derive.clocks import Kind
from cases.derive.due import DueWords, in_words
from cases.derive.states import Status
from cases.fragments import Fragment
from core import clock
from core.components import london_text
from victims.models import Contact, ContactAgreement, SafeContact
from victims.pages.places import on_victim
from victims.selectors_contact import latest_handover
from victims.sight import Seen

ACTS = ("agree-contact", "hand-over-contact", "review-safe-channel")
HISTORY = 10
"""So many agreements stand on the victim's page."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Contact with one victim in words. `due` None: none is owed, and `why` says why."""

    due: DueWords | None
    why: str
    last_reached: str
    unsafe: bool


@dataclass(frozen=True, slots=True)
class Agreed:
    """One agreement as its history shows it; her or his own reason stays sealed."""

    what: str
    how: str
    by: str
    agreed_on: date
    starts_on: date
    imported: bool
    has_reason: bool


def standing_of(case: m.Case, keys: Sequence[UUID], now: datetime) -> dict[UUID, Standing]:
    """Return how contact with each of these complainants stands, in four queries."""
    running = m.Deadline.objects.filter(
        case=case, kind=Kind.VICTIM_CONTACT, cancelled=False, met_at__isnull=True, ended_at__isnull=True, complainant__in=keys
    )
    dues = {row.complainant_id: row for row in running}
    reached = _last_reached(case)
    agreed = {row.complainant_id: row for row in ContactAgreement.objects.filter(case=case).order_by("created_at")}
    cards = dict(SafeContact.objects.filter(case=case).order_by("at", "created_at").values_list("complainant_id", "no_safe_channel"))
    return {key: _standing(dues.get(key), agreed.get(key), reached.get(key), cards.get(key, False), now) for key in keys}


def _last_reached(case: m.Case) -> dict[UUID, datetime]:
    later = Contact.objects.filter(supersedes=OuterRef("pk"))
    rows = Contact.objects.filter(~Q(side="isva"), ~Q(Exists(later)), case=case, reached=True, to="victim")
    return dict(rows.values_list("complainant_id").annotate(last=Max("at")))


def _standing(due: m.Deadline | None, agreed: ContactAgreement | None, reached: datetime | None, unsafe: bool, now: datetime) -> Standing:
    why = ""
    if unsafe:
        why = "No safe way to reach her or him at present: an inspector reviews it every 7 days"
    elif agreed is None:
        why = "No contact agreed"
    elif due is None:
        why = "She or he does not want to be contacted" if agreed.opted_out else "Not due"
    words = None if unsafe or due is None else in_words(due, now)
    return Standing(words, why, london_text(reached) if reached else "Not yet", unsafe)


def contact_beside(case: m.Case, user: User) -> Mapping[UUID, Fragment]:
    """Return what the case page shows of contact beside every complainant."""
    keys = list(m.Complainant.objects.filter(case=case).values_list("pk", flat=True))
    found = standing_of(case, keys, clock.now())
    return {key: Fragment("victims/contact_on_case.html", {"standing": found[key]}) for key in keys}


def contact_section(seen: Seen, user: User) -> Mapping[str, Any]:
    """Return the section of a victim's page: how contact stands, what was agreed before, who is her or his contact."""
    standing = standing_of(seen.case, [seen.complainant.pk], clock.now())[seen.complainant.pk]
    unwanted = set() if standing.unsafe else {"review-safe-channel"}
    if not m.Suspect.objects.filter(case=seen.case, status=Status.CHARGED).exists():
        unwanted.add("hand-over-contact")
    slugs = [slug for slug in ACTS if slug not in unwanted]
    return {
        "standing": standing,
        "agreements": _history(seen),
        "handover": latest_handover(seen.complainant),
        "buttons": on_victim(seen, user, *slugs, part="contact"),
        "shown": seen.identity,
    }


def _history(seen: Seen) -> list[Agreed]:
    rows = ContactAgreement.objects.filter(case=seen.case, complainant=seen.complainant).order_by("-created_at", "-id")
    return [_agreed(row) for row in rows[:HISTORY]]


def _agreed(row: ContactAgreement) -> Agreed:
    days = row.interval_days
    return Agreed(
        what="Opted out" if days is None else "Every day" if days == 1 else f"Every {days} days",
        how=row.get_channel_display() if row.channel else "No preference",
        by=row.get_by_display(),
        agreed_on=row.agreed_on,
        starts_on=row.starts_on,
        imported=row.imported,
        has_reason=row.opted_out or (days or 0) > 56,
    )
