"""What the clocks of contact are derived from: agreements, contacts, safe-contact cards, reviews, handovers. Pure values."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from cases.models.telling import Channel

NAME: Final = "victims"
"""The name under which these facts stand beside those of a case (`CaseFacts.beside`); the importer's taker bears it too."""

ONE_WAY: Final = frozenset({Channel.TEXT.value, Channel.EMAIL.value, Channel.LETTER.value})
"""Channels by which something is sent and nobody hears whether it arrived."""


@dataclass(frozen=True, slots=True)
class AgreementFact:
    """What was agreed: every so many days (None: opted out), by which channel and by whom, from which London day on.

    `made_at` is when it was entered here, which nobody chooses: what it changes is judged from then.
    """

    id: UUID
    made_at: datetime
    starts_on: date
    agreed_on: date
    interval_days: int | None
    channel: str = ""
    by: str = ""

    def names(self, channel: str) -> bool:
        """Say whether it names a channel; what is agreed to go through the ISVA is agreed by that channel."""
        return self.channel == channel or (channel == Channel.VIA_ISVA and self.by == "isva")


@dataclass(frozen=True, slots=True)
class ContactFact:
    """One contact or attempt that no later row corrects. `stands_in`: it was with a person who stands in for the victim."""

    id: UUID
    at: datetime
    channel: str
    to: str
    reached: bool
    side: str
    imported: bool = False
    stands_in: bool = False
    next_agreed_on: date | None = None


@dataclass(frozen=True, slots=True)
class CardFact:
    """A safe-contact card: whether there is any safe channel from then on."""

    at: datetime
    safe: bool


@dataclass(frozen=True, slots=True)
class HandoverFact:
    """Who became the victim's contact, and from when."""

    at: datetime
    to: str


@dataclass(frozen=True, slots=True)
class VictimContact:
    """All that the clocks of contact know of one complainant. The order of the tuples does not matter."""

    agreements: tuple[AgreementFact, ...] = ()
    contacts: tuple[ContactFact, ...] = ()
    cards: tuple[CardFact, ...] = ()
    reviews: tuple[datetime, ...] = ()
    handovers: tuple[HandoverFact, ...] = ()

    def without_safe_channel(self) -> tuple[tuple[datetime, datetime | None], ...]:
        """Return from when until when there was no safe channel (None: still), in order."""
        spells: list[tuple[datetime, datetime | None]] = []
        since: datetime | None = None
        for card in sorted(self.cards, key=lambda one: (one.at, one.safe)):
            if not card.safe and since is None:
                since = card.at
            elif card.safe and since is not None:
                spells.append((since, card.at))
                since = None
        return (*spells, (since, None)) if since is not None else tuple(spells)

    def no_safe_channel_since(self) -> datetime | None:
        """Return since when there has been no safe channel, if there is none now."""
        spells = self.without_safe_channel()
        return spells[-1][0] if spells and spells[-1][1] is None else None

    def last_reached_at(self) -> datetime | None:
        """Return when police or CPS last reached the victim, or who stands in for her or him."""
        reached = (one.at for one in self.contacts if one.reached and one.side != "isva" and (one.to == "victim" or one.stands_in))
        return max(reached, default=None)
