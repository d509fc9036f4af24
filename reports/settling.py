"""Buttons of a report's rows: links to acts of the one table, which lead back to the report they were pressed on."""

from collections.abc import Iterable
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from accounts.models import User
from cases.acts import ACTS, On
from cases.back import PARAMETER
from core.components import Link

WORDS = {"extend-bail": "Extend bail", "end-bail": "End bail", "resume-bail": "Bail runs again", "assign-person": "Allocate"}
"""What an act is called where no card of the suspect stands around its button."""


def act_links(user: User, slugs: Iterable[str], case_id: UUID, target_id: UUID | None, *, about: str, back: str) -> tuple[Link, ...]:
    """Return links to the acts that this person's role may do, in the order given; `back` is the address to return to.

    An act on the case needs no target. Whether the facts still allow an act is asked when its page is opened.
    """
    return tuple(
        Link(
            WORDS.get(slug) or ACTS[slug].button, f"{_address(slug, case_id, target_id)}?{urlencode({PARAMETER: back})}", hidden_text=about
        )
        for slug in slugs
        if ACTS[slug].permission.holds(user)
    )


def _address(slug: str, case_id: UUID, target_id: UUID | None) -> str:
    if ACTS[slug].on is On.CASE:
        return reverse("case_act", kwargs={"case_id": case_id, "slug": slug})
    return reverse("case_act_on", kwargs={"case_id": case_id, "slug": slug, "target_id": target_id})
