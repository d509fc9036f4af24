"""The words of reminders: how many things of a case are due and when; what they are is said by the case page alone."""

from typing import Final

from accounts.roles import WORKS_CASES_CPS, WORKS_CASES_POLICE, WORKS_WITH_CLIENTS, Role
from notifications import subjects
from notifications.subjects import Channel, Subject

EVERY_OWNER: Final = WORKS_CASES_POLICE | WORKS_CASES_CPS | WORKS_WITH_CLIENTS | {Role.AUDITOR}
ABOVE: Final = frozenset({Role.SERGEANT, Role.SUPERVISOR, Role.CPS_MANAGER, Role.CPS_DIRECT, Role.ISVA_MANAGER, Role.AUDITOR})

SUBJECTS: Final = (
    Subject(
        key="reminder_soon",
        label="Something of yours is due soon",
        heading="Due by {day}",
        text="Due soon here: {number}. The first is due on {day}. The page says what is needed.",
        url_name="case_page",
        roles=EVERY_OWNER,
        channel=Channel.DIGEST,
        otherwise="home",
    ),
    Subject(
        key="reminder_today",
        label="Something of yours is due today",
        heading="Due on {day}",
        text="To be done on {day}: {number}. The page says what is needed.",
        url_name="case_page",
        roles=EVERY_OWNER,
        channel=Channel.DIGEST,
        otherwise="home",
    ),
    Subject(
        key="reminder_overdue",
        label="Something of yours is overdue",
        heading="Overdue since {day}",
        text="Overdue here: {number}. The first was due on {day}. If it was done, record it; if it cannot be done yet, say why.",
        url_name="case_page",
        roles=EVERY_OWNER,
        channel=Channel.EMAIL,
        otherwise="home",
    ),
    Subject(
        key="reminder_chaser",
        label="Something the other side asked of you some time ago",
        heading="Asked for a month ago or more",
        text="Still owed here: {number}. The first is due on {day}. Answer it, or say by when it will be done.",
        url_name="case_page",
        roles=WORKS_CASES_POLICE | WORKS_CASES_CPS,
        channel=Channel.EMAIL,
        otherwise="home",
    ),
    Subject(
        key="reminder_escalated",
        label="Something that others owe is critically overdue",
        heading="Critically overdue since {day}",
        text="Critically overdue here: {number}. The first was due on {day}. It needs your decision: who does it, and by when.",
        url_name="case_page",
        roles=ABOVE,
        channel=Channel.EMAIL,
        otherwise="home",
    ),
)


def register() -> None:
    """Add the subjects."""
    subjects.add(*SUBJECTS)


def subject_of(step: str) -> str:
    """Return the key of the subject of a step: soon_7 and soon_2 are told in the same words."""
    return f"reminder_{step.partition('_')[0]}"
