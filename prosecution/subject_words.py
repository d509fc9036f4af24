"""How a subject about a case is written: every notice of this app leads to the case it is about."""

from typing import Final

from accounts.roles import Role
from notifications.subjects import Channel, Subject

MANAGERS: Final = frozenset({Role.CPS_MANAGER, Role.CPS_DIRECT})
PROSECUTORS: Final = frozenset({Role.PROSECUTOR, Role.CPS_MANAGER, Role.CPS_DIRECT})


def about_case(key: str, label: str, heading: str, text: str, *, roles: frozenset[Role], channel: Channel = Channel.EMAIL) -> Subject:
    """Return a subject whose notice leads to the case."""
    return Subject(key=key, label=label, heading=heading, text=text, url_name="case_page", roles=roles, channel=channel, otherwise="home")
