"""The one table of what people are told about: the words in the inbox, and how it is sent unless somebody chose otherwise.

A notice holds a subject, counts and ids; its words are put together from this table when somebody reads it. E-mail says
that something waits in the service, and nothing that would tell a bystander what it is about. Apps above add their own
subjects by `add()` in AppConfig.ready().
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import models

from accounts.roles import Role


class Channel(models.TextChoices):
    """How somebody is told beside the inbox, which always has it."""

    INBOX = "inbox", "Inbox only"
    DIGEST = "digest", "One e-mail a day"
    EMAIL = "email", "E-mail at once"


@dataclass(frozen=True, slots=True)
class Subject:
    """One row of the table.

    `heading` and `text` are templates of str.format over the notice's counts; `url_name` leads to the page that settles
    it (with `case_id` where the notice has one), `otherwise` where that address is not mounted. `must_email`: nobody can
    turn the e-mail off. `urgent`: e-mailed in quiet hours too.
    """

    key: str
    label: str
    heading: str
    text: str
    url_name: str
    roles: Collection[Role]
    channel: Channel = Channel.INBOX
    must_email: bool = False
    urgent: bool = False
    otherwise: str = ""


SUBJECTS: dict[str, Subject] = {}


def add(*subjects: Subject) -> None:
    """Add rows to the table; one with the same key replaces the one before."""
    for subject in subjects:
        SUBJECTS[subject.key] = subject


def of_role(role: str) -> list[Subject]:
    """Return what people in a role are told about, in the order of the words."""
    return sorted((subject for subject in SUBJECTS.values() if role in subject.roles), key=lambda subject: subject.label)
