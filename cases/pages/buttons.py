"""The buttons of the case page: the acts of the one table that this person's role and the facts allow now."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from accounts.models import User
from cases import models as m
from cases.acts import ACTS, Act, On
from cases.back import PARAMETER
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
    own_page: bool = False
    """It leads to a page of its own: no list opens its form in a row."""


@dataclass(frozen=True, slots=True)
class Buttons:
    """Makes buttons for one person on one case; none on a case that takes no changes."""

    case: m.Case
    user: User
    went_on: bool = False
    """In another force: the record here takes no more acts."""
    shown: bool = False
    """The person is shown who the victims of the case are."""
    back: str = ""
    """The page that an act with a page of its own comes back to, where that is not the page it would come back to anyway."""

    def offered(
        self, on: On, facts: Any, key: UUID | None = None, about: str = "", *, among: Collection[str] | None = None
    ) -> list[Button]:
        """Return the acts offered on one target, in the order of the table; `among` asks about these alone."""
        if self.went_on or self.case.merged_into_id is not None or self.case.recorded_in_error_at is not None:
            return []
        kept_back = WIDENS_SIGHT if by_emergency_alone(self.case) else frozenset()
        return [
            self._button(act, key, about, facts)
            for act in ACTS.values()
            if act.on is on
            and (among is None or act.slug in among)
            and act.permission not in kept_back
            and (self.shown or not act.shown)
            and act.offered(self.user, facts)
            and allows(act, self.case)
        ]

    def _button(self, act: Act, key: UUID | None, about: str, facts: Any) -> Button:
        if key is None:
            address = reverse("case_act", kwargs={"case_id": self.case.pk, "slug": act.slug})
        elif act.page:
            address = reverse(act.page, args=[key]) + (f"?{urlencode({PARAMETER: self.back})}" if self.back else "")
        else:
            address = reverse("case_act_on", kwargs={"case_id": self.case.pk, "slug": act.slug, "target_id": key})
        return Button(act.slug, act.named(facts) if act.named else act.button, address, about, key, bool(act.page))


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
