"""Contact with a victim: every contact and every attempt, logged by police or CPS; corrected by another row, never changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from accounts.models import User
from cases import models as m
from cases.listing import is_cps
from cases.models.telling import Channel
from cases.services.changing import Changing, changing
from cases.services.duty import tell_duty_supervisors
from cases.services.telling import Thing, tell_in, withdraw_in
from core import clock
from core.components import london_text
from core.exceptions import NotPossible
from core.words import inside
from victims import permissions
from victims.derive.contact_facts import ONE_WAY
from victims.derive.loading import STANDS_IN
from victims.models import Contact, ContactPerson, ContactSummary
from victims.models.contact import BySide, To
from victims.models.victim import MayBeTold
from victims.selectors_contact import latest_card, standing_contacts
from victims.services.identity import check_shown

SAME_CONTACT: Final = timedelta(minutes=10)
"""How near two contacts by one channel are for the second to be asked whether it is the same one `[DESIGN]`."""
ATTEMPTS: Final = 3
"""So many attempts in a row that did not reach her or him are told to the supervisor."""
NO_CHANNEL: Final = (
    "There is no safe way to reach her or him at present, so nobody tries. An inspector reviews this every 7 days. "
    "Log only a contact that she or he made, or one through the ISVA."
)
NOT_IN_SUMMARY: Final = "What she or he said about the offence belongs in a statement. Delete it here and give the statement’s reference"


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """What somebody says of one contact. `at` aware; `things` it told, `person_id` where it was with a contact person."""

    at: datetime
    channel: str
    reached: bool
    to: str = To.VICTIM
    person_id: UUID | None = None
    things: Sequence[Thing] = ()
    summary: str = ""
    not_told_to: str = ""
    spoke_about_offence: bool = False
    statement_reference: str = ""
    next_agreed_on: date | None = None


def log_contact(
    *, actor: User, case_id: UUID, complainant_id: UUID, said: Logged, another_contact: bool = False, version: int | None = None
) -> Contact:
    """Log a contact or an attempt; what it told meets those clocks too. `another_contact`: not the one somebody logged just before.

    Raises NotAllowed for who is not shown identity, NotPossible beside the field (in the future, before the crime was
    recorded, no safe channel, somebody who may not be told, told by an attempt, words about the offence, logged already),
    Conflict, Http404.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.CONTACT)
        complainant = change.get(m.Complainant, complainant_id)
        check_shown(change)
        _check(change, complainant, said)
        if not another_contact:
            _check_logged_already(complainant, said)
        row = _write(change, complainant, said)
        _escalate(change, complainant)
        return row


def correct_contact(*, actor: User, case_id: UUID, contact_id: UUID, because: str, said: Logged, version: int | None = None) -> Contact:
    """Write what is right of a contact in a row that supersedes it; both stay. What the old one told is taken back and told anew.

    Raises as `log_contact`, and NotPossible for one that was corrected already, an ISVA's own, or no reason.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.CONTACT)
        old = change.get(Contact, contact_id)
        check_shown(change)
        _check_correctable(old, because)
        _check(change, old.complainant, said, corrects=old)
        withdraw_in(change, old.pk)
        row = _write(change, old.complainant, said, supersedes=old, corrected_because=because.strip())
        _escalate(change, old.complainant)
        return row


def may_be_corrected(row: Contact) -> None:
    """Raise NotPossible for a contact that a later row corrects, or that is an ISVA's own."""
    if Contact.objects.filter(supersedes=row).exists():
        raise NotPossible("This contact was corrected already. Correct the one that stands now")
    if row.side == BySide.ISVA:
        raise NotPossible("The ISVA logged this contact")


def _check_correctable(row: Contact, because: str) -> None:
    may_be_corrected(row)
    if not because.strip():
        raise NotPossible("Enter why it is corrected", field="because")


def _check(change: Changing, complainant: m.Complainant, said: Logged, *, corrects: Contact | None = None) -> None:
    """Refuse what cannot have been, what would be unsafe, and what must not be written here."""
    if said.channel not in Channel.values:
        raise NotPossible("Select how", field="channel")
    if said.to not in To.values:
        raise NotPossible("Select with whom", field="to")
    change.not_in_future(said.at)
    if said.at < change.case.recorded_at and (corrects is None or said.at != corrects.at):
        raise NotPossible("Enter a time after the crime was recorded", field="at")
    if corrects is None:
        _check_safe(complainant, said)
    _check_next(change, said)
    _check_words(said)
    person = _person(change, complainant, said)
    _check_telling(said, person)


def _check_safe(complainant: m.Complainant, said: Logged) -> None:
    """While there is no safe channel nobody tries; what she or he began, or the ISVA passed on, is logged."""
    card = latest_card(complainant)
    if card is None or not card.no_safe_channel:
        return
    if not said.reached or said.channel in ONE_WAY:
        raise NotPossible(NO_CHANNEL, field="reached")


def _check_next(change: Changing, said: Logged) -> None:
    if said.next_agreed_on is None:
        return
    if not said.reached:
        raise NotPossible("A next day is agreed only in a contact that reached her or him", field="next_agreed_on")
    today = clock.london_day(change.now)
    if not today <= said.next_agreed_on <= today + timedelta(days=365):
        raise NotPossible("Enter a day from today, within a year", field="next_agreed_on")


def _check_words(said: Logged) -> None:
    """What she or he says about the offence is evidence: it stands in a statement, and the summary stays empty."""
    if not said.spoke_about_offence:
        return
    if said.summary.strip():
        raise NotPossible(NOT_IN_SUMMARY, field="summary")
    if not said.statement_reference.strip():
        raise NotPossible("Enter the reference of the statement or of the note of first account", field="statement_reference")


def _person(change: Changing, complainant: m.Complainant, said: Logged) -> ContactPerson | None:
    if said.to != To.PERSON:
        return None
    people = ContactPerson.objects.filter(case=change.case, complainant=complainant, ended_at__isnull=True)
    row = people.filter(pk=said.person_id).first() if said.person_id else None
    if row is None:
        raise NotPossible("Select which contact person", field="person_id")
    return row


def _check_telling(said: Logged, person: ContactPerson | None) -> None:
    """Only what reached her or him, or who stands in for her or him, told anything."""
    if not said.things:
        return
    if not said.reached:
        raise NotPossible("An attempt that did not reach her or him told nothing", field="things")
    if said.to == To.ISVA:
        raise NotPossible("Telling the ISVA tells the victim nothing. Ask the ISVA to tell, or tell her or him yourself", field="things")
    if person is not None and (person.kind not in STANDS_IN or person.may_be_told != MayBeTold.EVERYTHING):
        raise NotPossible("This person may not be told this for her or him", field="things")


def _check_logged_already(complainant: m.Complainant, said: Logged) -> None:
    """Two people may log one conversation: the second is told who logged what and when, and says whether it is another."""
    near = [
        row
        for row in standing_contacts(complainant).select_related("created_by")
        if row.channel == said.channel and row.side != BySide.ISVA and abs(row.at - said.at) <= SAME_CONTACT
    ]
    if near:
        last = near[-1]
        who = last.created_by.name if last.created_by else "The force’s extract"
        what = f"{inside(last.get_channel_display())}, {'reached' if last.reached else 'not reached'}, {london_text(last.at)}"
        raise NotPossible(
            f"{who} logged a contact already: {what}. If yours is another one, tick “This is another contact”", field="another_contact"
        )


def _write(change: Changing, complainant: m.Complainant, said: Logged, **more: Any) -> Contact:
    row = change.add(
        Contact,
        complainant=complainant,
        at=said.at,
        channel=said.channel,
        to=said.to,
        person_id=said.person_id if said.to == To.PERSON else None,
        reached=said.reached,
        side=BySide.CPS if change.user is not None and is_cps(change.user) else BySide.POLICE,
        next_agreed_on=said.next_agreed_on,
        **more,
    )
    if said.summary or said.not_told_to or said.spoke_about_offence:
        change.add(
            ContactSummary,
            complainant=complainant,
            contact=row,
            text=said.summary,
            not_told_to=said.not_told_to,
            spoke_about_offence=said.spoke_about_offence,
            statement_reference=said.statement_reference,
        )
    kind = "contact_corrected" if more else "contacted" if said.reached else "contact_tried"
    change.put_in_timeline(kind, at=said.at, complainant=complainant, text=f"{row.get_channel_display()}. {row.get_to_display()}")
    if said.things:
        tell_in(change, complainant=complainant, things=said.things, at=said.at, how=said.channel, contact_id=row.pk)
    return row


def _escalate(change: Changing, complainant: m.Complainant) -> None:
    """Tell the supervisor, once a series, that three attempts in a row reached nobody."""
    series: list[Contact] = []
    for row in reversed(standing_contacts(complainant)):
        if row.side == BySide.ISVA:
            continue
        if row.reached:
            break
        series.append(row)
    if len(series) >= ATTEMPTS:
        tell_duty_supervisors(change, "attempts_without_reaching", series[-1].pk)
