"""The buttons of the case page: the acts of the one table that this person's role and the facts allow now."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from accounts.models import User
from cases import models as m
from cases.acts import ACTS, Act, On
from cases.permissions import WIDENS_SIGHT
from cases.sight import by_emergency_alone
from core.exceptions import NotPossible


@dataclass(frozen=True, slots=True)
class Button:
    """One act as a link. `about` tells buttons of the same words apart for somebody who hears the page."""

    slug: str
    text: str
    href: str
    about: str = ""
    target: UUID | None = None


@dataclass(frozen=True, slots=True)
class Buttons:
    """Makes buttons for one person on one case; none on a case that takes no changes."""

    case: m.Case
    user: User
    went_on: bool = False
    """In another force: the record here takes no more acts."""

    def offered(self, on: On, facts: Any, key: UUID | None = None, about: str = "") -> list[Button]:
        """Return the acts offered on one target, in the order of the table."""
        if self.went_on or self.case.merged_into_id is not None or self.case.recorded_in_error_at is not None:
            return []
        kept_back = WIDENS_SIGHT if by_emergency_alone(self.case) else frozenset()
        return [
            self._button(act, key, about)
            for act in ACTS.values()
            if act.on is on and act.permission not in kept_back and act.offered(self.user, facts) and allows(act, self.case)
        ]

    def _button(self, act: Act, key: UUID | None, about: str) -> Button:
        if key is None:
            address = reverse("case_act", kwargs={"case_id": self.case.pk, "slug": act.slug})
        else:
            address = reverse("case_act_on", kwargs={"case_id": self.case.pk, "slug": act.slug, "target_id": key})
        return Button(act.slug, act.button, address, about, key)


def allows(act: Act, case: m.Case) -> bool:
    """Say whether the case's own row allows the act."""
    try:
        act.of_case(case)
    except NotPossible:
        return False
    return True


def only(buttons: list[Button], *slugs: str) -> list[Button]:
    """Return the buttons of these acts, in the order asked for."""
    by_slug = {button.slug: button for button in buttons}
    return [by_slug[slug] for slug in slugs if slug in by_slug]
