"""What the room of telling adds to the floors below: the act of planning, and its part of a victim's page."""

from collections.abc import Mapping
from typing import Any

from accounts.models import User
from cases.load import side_of
from cases.selectors_told import telling_of
from victims import sections
from victims.pages.places import on_victim
from victims.sight import Seen

ACTS = ("tell", "not-told", "plan-telling")


def register() -> None:
    """Called once from AppConfig.ready()."""
    from victims.acts import telling  # noqa: F401 - the acts add themselves

    sections.register(sections.Section("telling", 15, telling_section, "victims/telling_section.html"))


def telling_section(seen: Seen, user: User) -> Mapping[str, Any]:
    """Return the section: what is still to be told, what is planned, what was told and not told. Nothing sealed is opened."""
    return {
        "telling": telling_of(seen.case, seen.complainant, side=side_of(user)),
        "buttons": on_victim(seen, user, *ACTS, part="telling"),
    }
