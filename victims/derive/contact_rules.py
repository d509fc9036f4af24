"""The clocks of contact: the agreed contact itself, agreeing again, and the inspector's review while there is no safe channel. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from cases.derive.clock_rules import Turns
from cases.derive.clocks import CLOCKS, Editions, Kind, Owes, Wanted, due_of
from cases.derive.clocks import register as register_rule
from cases.derive.facts import CaseFacts
from core import clock
from victims.derive.contact_facts import NAME, VictimContact
from victims.derive.contact_turns import turns_of

LONG_INTERVAL: Final = 56
"""Days: an interval above this, or opting out, needs her or his own reason and is asked about again."""

CPS_CONTACT: Final = "vlo"
"""The one to whom a handover moves the duty to the CPS; Witness Care is police and CPS together, and police owe."""


def contact_facts(case: CaseFacts) -> Mapping[UUID, VictimContact]:
    """Return what is known of each complainant's contact, by complainant."""
    found: Mapping[UUID, VictimContact] = case.beside.get(NAME, {})
    return found


def contact_clocks(case: CaseFacts, editions: Editions) -> Iterator[Wanted]:
    """Yield the clocks of contact of every complainant of the case."""
    for key, known in contact_facts(case).items():
        yield from _victim_contact(case, key, known)
        yield from _agreement_again(key, known, editions)
        yield from _safe_channel_review(key, known, editions)


def _victim_contact(case: CaseFacts, complainant_id: UUID, known: VictimContact) -> Iterator[Wanted]:
    """One clock a turn, numbered in order of time. Closing the case ends none: she or he is owed contact until it is agreed otherwise."""
    unsafe = known.no_safe_channel_since()
    for number, turn in enumerate(turns_of(case.recorded_at, known)):
        yield Wanted(
            Kind.VICTIM_CONTACT,
            complainant_id,
            complainant_id=complainant_id,
            sequence=number,
            started_at=turn.started_at,
            due=turn.due,
            first_due=turn.first_due,
            eased_at=turn.eased_at,
            owes=_owes(case, known, turn.met_at or turn.ended_at),
            met_at=turn.met_at,
            ended_at=turn.ended_at,
            paused_since=max(unsafe, turn.started_at) if unsafe and turn.running else None,
        )


def _owes(case: CaseFacts, known: VictimContact, at: datetime | None) -> Owes:
    """Return who owed contact at a moment (None: now): police, until contact was handed to the named victim liaison officer."""
    handed = [one for one in known.handovers if at is None or one.at <= at]
    last = max(handed, key=lambda one: one.at, default=None)
    return Owes.CPS if last is not None and last.to == CPS_CONTACT and case.brought else Owes.POLICE


def _agreement_again(complainant_id: UUID, known: VictimContact, editions: Editions) -> Iterator[Wanted]:
    """Opted out, or more than 56 days: asked again after 90 days, met by the next agreement, whatever it says."""
    agreements = sorted(known.agreements, key=lambda one: (one.made_at, one.id))
    for number, agreed in enumerate(agreements):
        if agreed.interval_days is not None and agreed.interval_days <= LONG_INTERVAL:
            continue
        started = clock.day_start(agreed.agreed_on)
        after = agreements[number + 1] if number + 1 < len(agreements) else None
        due, version = due_of(Kind.AGREEMENT_AGAIN, "", started, editions)
        yield Wanted(
            Kind.AGREEMENT_AGAIN,
            agreed.id,
            complainant_id=complainant_id,
            started_at=started,
            due=due,
            owes=CLOCKS[Kind.AGREEMENT_AGAIN].owes,
            setting_version=version,
            met_at=max(clock.day_start(after.agreed_on), started) if after else None,
        )


def _safe_channel_review(complainant_id: UUID, known: VictimContact, editions: Editions) -> Iterator[Wanted]:
    """While there is no safe channel an inspector reviews, again and again."""
    reviews = [(at, None) for at in known.reviews]
    turns = Turns(Kind.SAFE_CHANNEL_REVIEW, complainant_id, None, lambda turn: "")
    for one in turns.wanted(known.without_safe_channel(), reviews, editions):
        yield replace(one, complainant_id=complainant_id)


def register() -> None:
    """Add these clocks to the table's rules, with what they are derived from."""
    from victims.derive.loading import load_contact

    register_rule(NAME, contact_clocks, load_contact)
