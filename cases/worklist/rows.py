"""One row of the worklist: the case, what it needs, when, whose move it is, and the acts whose short form opens in the row."""

from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from cases import models as m
from cases.back import PARAMETER
from cases.derive.clocks import Owes
from cases.pages.buttons import Button
from cases.pages.needs import Finder, Need
from cases.worklist.asked import Asked
from cases.worklist.ranks import of_supervisors

SHOWN = 3
"""How many acts stand in a row at once; the others open under "More"."""
EXTRAS = ("review-case", "assign-person", "name-cps-person", "add-note", "add-police-note", "add-cps-note")
"""Acts on the case that every row carries after those that settle it, for whoever may do them."""


@dataclass(frozen=True, slots=True)
class Found:
    """A row before its place in the list is known. `key` is stable while the row stands, and says nothing."""

    key: str
    case: m.Case
    need: Need
    group: str
    owner: str = ""
    standing_in: bool = False
    buttons: list[Button] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Row:
    """A row in its place."""

    key: str
    number: int
    case: m.Case
    need: Need
    owner: str
    standing_in: bool
    changed: bool
    acts: list[Button]
    more: list[Button]


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose move it is. `covered`: somebody whom the reader stands in for today."""

    name: str
    covered: bool = False


def key_of(name: str, pk: UUID) -> str:
    """Return the name of a row in addresses: short, because a page has hundreds of links."""
    return f"{name}-{pk.hex[:12]}"


def found(name: str, pk: UUID, finder: Finder, need: Need, group: str, owner: Owner) -> Found:
    """Return a row with all that its case offers."""
    have = {button.slug for button in need.buttons}
    extras = [button for button in finder.case(*EXTRAS) if button.slug not in have]
    return Found(key_of(name, pk), finder.rows.case, need, group, owner.name, owner.covered, [*need.buttons, *extras])


def owner_of_clock(finder: Finder, row: m.Deadline, covered: frozenset[UUID]) -> Owner:
    """Return who owes what a clock waits for: prosecutor, officer in the case, or the inspector where only supervisors may settle it."""
    if row.owes == Owes.CPS:
        return holder(finder, m.CaseRole.PROSECUTOR, "No prosecutor", covered)
    if row.kind in of_supervisors():
        return holder(finder, m.CaseRole.INSPECTOR, "A supervisor", covered)
    return holder(finder, m.CaseRole.OFFICER, "Not allocated", covered)


def holder(finder: Finder, role: str, otherwise: str, covered: frozenset[UUID]) -> Owner:
    """Return who has a role on the case, or the words for nobody."""
    person = next((one for one in finder.rows.people if one.role == role), None)
    return Owner(person.user.name, person.user_id in covered) if person else Owner(otherwise)


def placed(one: Found, number: int, asked: Asked, changed: frozenset[UUID]) -> Row:
    """Return the row in its place, each act with the address that opens its short form here."""
    buttons = [_here(button, one, number, asked) for button in one.buttons]
    return Row(one.key, number, one.case, one.need, one.owner, one.standing_in, one.case.pk in changed, buttons[:SHOWN], buttons[SHOWN:])


def _here(button: Button, one: Found, number: int, asked: Asked) -> Button:
    if button.own_page:
        return replace(button, href=f"{button.href}?{urlencode({PARAMETER: asked.address()})}")
    return Button(button.slug, button.text, act_address(one.case.pk, button.slug, button.target, asked, one.key, number), button.about)


def act_address(case_id: UUID, slug: str, target: UUID | None, asked: Asked, key: str, number: int) -> str:
    """Return the address that opens an act's short form in a row of the list as it is now."""
    places: dict[str, Any] = {"case_id": case_id, "slug": slug}
    name = "worklist_act"
    if target is not None:
        places, name = {**places, "target_id": target}, "worklist_act_on"
    return f"{reverse(name, kwargs=places)}{asked.query(row=key, n=str(number))}#{key}"
