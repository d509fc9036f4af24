"""What somebody had typed when her or his session ran out: kept sealed for a day, for that person and that page only.

The browser sends it once, while the session still lives, and asks for it when the page is opened again. Nothing of it is
ever shown to anybody else, read by another feature, or put in a log.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from django.db.models import QuerySet

from accounts.models import Draft, User
from core import clock
from core.exceptions import NotPossible
from core.scope import Kind, Scope, scope
from core.vault import SealBroken, keyed_hash, keyed_hashes, seal, unseal

NO_DRAFT: Final = "rasso_no_draft"
"""In a session once its person is known to have nothing kept: pages then need not ask."""
KEPT_HOURS: Final = 24
MOST_BYTES: Final = 100_000
MOST_FIELDS, LONGEST_NAME, LONGEST_PLACE = 400, 200, 500
NEVER: Final = ("csrf", "password", "token", "otp")
"""Parts of names of fields that are never kept, whatever the browser sends."""
PURPOSE: Final = "place of a draft"


@dataclass(frozen=True, slots=True)
class Kept:
    """What was typed: for each form of the page its key, and names and values of its fields. `saved_at` in UTC."""

    forms: list[dict[str, Any]]
    saved_at: datetime


def keep_draft(*, actor: User, place: str, text: str) -> None:
    """Keep what was typed on a page (JSON, as static/js/drafts.js writes it) in the place of what was kept before.

    Raises NotPossible for what is no page of this service, too long, or not of this form.
    """
    forms = _read(text)
    place = _checked(place)
    data = json.dumps(forms, separators=(",", ":")).encode()
    hashed = keyed_hash(place, about=PURPOSE)
    _of(actor, place).exclude(place=hashed).delete()  # kept under a key from before
    row = Draft(id=uuid4(), user=actor, place=hashed, sealed=seal(data, about=_about(actor, place)), saved_at=clock.now())
    # One statement: a page open in two windows sends twice at the same moment, and the later one stands.
    Draft.objects.bulk_create([row], update_conflicts=True, unique_fields=["user", "place"], update_fields=["sealed", "saved_at"])


def draft_of(actor: User, place: str) -> Kept | None:
    """Return what this person had typed on a page in the last day, or None. Raises NotPossible for what is no page."""
    place = _checked(place)
    row = _of(actor, place).filter(saved_at__gt=_oldest()).first()
    if row is None:
        return None
    try:
        return Kept(json.loads(unseal(bytes(row.sealed), about=_about(actor, place))), row.saved_at)
    except SealBroken:
        return None


def has_any(actor: User) -> bool:
    """Say whether anything is kept for this person."""
    return Draft.objects.filter(user=actor, saved_at__gt=_oldest()).exists()


def discard_draft(*, actor: User, place: str) -> None:
    """Delete what was kept of a page, if anything. Raises NotPossible for what is no page."""
    _of(actor, _checked(place)).delete()


def delete_old_drafts() -> int:
    """Delete what was kept longer than a day, everybody's. For the hourly task; returns how many."""
    with scope(Scope(kind=Kind.SYSTEM)):
        return Draft.objects.filter(saved_at__lte=_oldest()).delete()[0]


def _oldest() -> datetime:
    return clock.now() - timedelta(hours=KEPT_HOURS)


def _of(actor: User, place: str) -> QuerySet[Draft]:
    return Draft.objects.filter(user=actor, place__in=keyed_hashes(place, about=PURPOSE))


def _about(actor: User, place: str) -> str:
    return f"draft of {actor.pk} at {place}"


def _checked(place: str) -> str:
    if not place.startswith("/") or len(place) > LONGEST_PLACE or not place.isprintable():
        raise NotPossible("This is no page of the service")
    return place


def _read(text: str) -> list[dict[str, Any]]:
    """Return the forms, with nothing in them but keys, names and values. Raises NotPossible."""
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise NotPossible("This is too long to keep")
    try:
        forms = [_form(one) for one in json.loads(text)]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise NotPossible("This could not be read") from None
    kept = [one for one in forms if one["fields"]]
    if not kept or sum(len(one["fields"]) for one in kept) > MOST_FIELDS:
        raise NotPossible("There is nothing to keep")
    return kept


def _form(sent: dict[str, Any]) -> dict[str, Any]:
    key, fields = sent["key"], sent["fields"]
    if not isinstance(key, str) or len(key) > LONGEST_PLACE:
        raise ValueError
    return {"key": key, "fields": [_field(name, value) for name, value in fields if not _secret(name)]}


def _field(name: Any, value: Any) -> list[str]:
    if not isinstance(name, str) or not isinstance(value, str) or not 0 < len(name) <= LONGEST_NAME:
        raise ValueError
    return [name, value]


def _secret(name: Any) -> bool:
    return isinstance(name, str) and any(part in name.casefold() for part in NEVER)
