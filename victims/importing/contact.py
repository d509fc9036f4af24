"""Agreed contact and the last contact that reached the victim, from the extract.

A number of days is an agreement; without one there is none and no clock. What was agreed on screen stands, and a
difference is listed. Of contacts the later one wins by itself: the extract adds the one it tells of, unless one of that
day is known here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from cases import models as m
from cases.extract.values import Moment
from cases.importing.takers import Column, Heard
from cases.importing.taking import Taking
from cases.services.changing import Changing
from core import clock
from victims.models import Contact, ContactAgreement

INTERVAL, METHOD, LAST = "contact_interval_days", "contact_method", "last_contact_at"
COLUMNS: Final = {
    INTERVAL: Column("Contact agreed every (days)", identifies=False),
    METHOD: Column("Contact agreed by", identifies=False),
    LAST: Column("Last contact that reached the victim", identifies=False),
}
CHANNELS: Final = {
    "home phone": m.Channel.TELEPHONE,
    "mobile": m.Channel.TELEPHONE,
    "email": m.Channel.EMAIL,
    "post": m.Channel.LETTER,
    "via ISVA": m.Channel.VIA_ISVA,
}
"""The extract's words → a channel. "Via police" says who and not how: no channel. Who owes the contact stays the police."""

BECAUSE: Final = "The force’s extract says so"


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the extract says was agreed."""

    days: int
    channel: str


def agreed(heard: Heard) -> Agreed | None:
    """Return what the extract says was agreed, None where it names no number of days."""
    days = heard.facts.contact_interval_days
    return None if days is None else Agreed(days, CHANNELS.get(heard.facts.contact_method or "", ""))


def take_agreement(taking: Taking, heard: Heard, stands: ContactAgreement | None) -> None:
    """Write the agreement where there is none or the extract's own stands; else list what differs."""
    said = agreed(heard)
    if said is None:
        return
    same_channel = stands is not None and said.channel in ("", stands.channel)
    if stands is not None and stands.interval_days == said.days and same_channel:
        return
    if stands is None or stands.imported:
        _write_agreement(taking, heard, said, stands)
        return
    if stands.interval_days != said.days:
        here = "opted out" if stands.opted_out else str(stands.interval_days)
        taking.disagree(INTERVAL, here=here, extract=str(said.days), complainant=heard.complainant)
    if not same_channel and not stands.opted_out:
        words = [str(m.Channel(channel).label) if channel else "" for channel in (stands.channel, said.channel)]
        taking.disagree(METHOD, here=words[0], extract=words[1], complainant=heard.complainant)


def _write_agreement(taking: Taking, heard: Heard, said: Agreed, before: ContactAgreement | None) -> None:
    """From the day the crime was recorded, since the extract has no other; a changed one from today."""
    day = clock.london_day(taking.case.recorded_at if before is None else taking.now)
    channel = said.channel or (before.channel if before else "")
    facts = {"interval_days": said.days, "channel": channel, "starts_on": day, "agreed_on": day, "imported": True}
    taking.add(ContactAgreement, complainant=heard.complainant, **facts)
    if not taking.fresh:
        _say(taking, heard, f"Contact agreed every {said.days} days")


def take_contact(taking: Taking, heard: Heard, contacts: Sequence[Contact]) -> None:
    """Add the contact, or correct the extract's own where it says an earlier day than before; both stay."""
    said = heard.facts.last_contact_at
    reached = [row for row in contacts if row.reached]
    if said is None or any(clock.london_day(row.at) == said.day for row in reached):
        return
    ours = [row for row in reached if row.imported]
    taken_back = bool(ours) and said.before(Moment(ours[-1].at, day_only=False))
    corrects: dict[str, Any] = {"supersedes": ours[-1], "corrected_because": BECAUSE} if taken_back else {}
    taking.add(Contact, complainant=heard.complainant, at=said.at, reached=True, imported=True, **corrects)
    if not taking.fresh:
        _say(taking, heard, f"Last contact {said.day.day} {said.day:%B %Y}")


def _say(taking: Taking, heard: Heard, text: str) -> None:
    taking.happened("extract_changed", complainant=heard.complainant, text=text)


def standing_agreements(taking: Taking) -> dict[UUID, ContactAgreement]:
    """Return the latest agreement of each complainant of the case."""
    rows = ContactAgreement.objects.filter(case=taking.case).order_by("created_at")
    return {row.complainant_id: row for row in rows}


def standing_contacts(taking: Taking) -> dict[UUID, list[Contact]]:
    """Return the contacts of each complainant of the case that no later row corrects, in order of time."""
    rows = list(Contact.objects.filter(case=taking.case).order_by("at", "created_at"))
    corrected = {row.supersedes_id for row in rows}
    found: dict[UUID, list[Contact]] = {}
    for row in rows:
        if row.pk not in corrected:
            found.setdefault(row.complainant_id, []).append(row)
    return found


def answer_agreement(change: Changing, row: m.Disagreement, take: bool) -> None:
    """Agree what the extract says from today on, where it is taken; the other half of the agreement stays."""
    if not take or row.complainant is None:
        return
    stands = ContactAgreement.objects.filter(complainant=row.complainant).order_by("created_at").last()
    channels = {str(channel.label): channel.value for channel in m.Channel}
    days = int(row.extract) if row.column == INTERVAL else stands.interval_days if stands else None
    channel = channels[row.extract] if row.column == METHOD else stands.channel if stands else ""
    if days is None:
        return
    today = clock.london_day(change.now)
    facts = {"interval_days": days, "channel": channel, "by": stands.by if stands else "officer", "starts_on": today, "agreed_on": today}
    change.add(ContactAgreement, complainant=row.complainant, imported=True, **facts)
