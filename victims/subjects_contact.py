"""What people are told about contact with victims: that something waits, never about whom."""

from typing import Final

from accounts.roles import Role
from notifications import subjects
from notifications.subjects import Channel, Subject

SUBJECTS: Final = (
    Subject(
        key="attempts_without_reaching",
        label="Three attempts in a row did not reach a victim",
        heading="Three attempts in a row did not reach a victim",
        text="Look at how she or he is reached safely, and decide with the officer what to try next. The case shows the attempts.",
        url_name="case_page",
        roles=frozenset({Role.SUPERVISOR, Role.SERGEANT, Role.INVESTIGATOR}),
        channel=Channel.EMAIL,
        otherwise="home",
    ),
)


def register() -> None:
    """Add the subjects."""
    subjects.add(*SUBJECTS)
