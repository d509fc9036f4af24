"""What the contact log gives the disclosure officer's print: that there was a contact, by which channel, with whom, by whom.

The summary is sealed and is never read here, nor who the victim or a contact person is.
"""

from collections.abc import Iterable

from accounts.models import User
from cases import disclosure
from cases import models as m
from cases.disclosure import Entry
from core.words import inside
from victims.models import Contact


def register() -> None:
    """Called once from AppConfig.ready()."""
    disclosure.register("contacts", contacts, instead_of=("contacted", "contact_tried"))


def contacts(case: m.Case, user: User) -> Iterable[Entry]:
    """Return every contact and attempt, corrected ones too. One query. Sight of the case has been proved."""
    rows = Contact.objects.filter(case=case).select_related("complainant", "created_by")
    for row in rows:
        yield Entry(row.at, "Contact log", _words(row), row.created_by.name if row.created_by else "", str(row.pk), row.created_at)


def _words(row: Contact) -> str:
    channel = str(row.get_channel_display()) if row.channel else "Way not recorded"
    came = "reached" if row.reached else "not reached"
    said = (
        f"Victim {row.complainant.label}: {inside(channel)}, with {inside(str(row.get_to_display()))}, {came}. By {row.get_side_display()}."
    )
    corrected = f" Corrects an earlier entry: {row.corrected_because}." if row.corrected_because else ""
    return said + corrected + (" Taken from the extract." if row.imported else "")
