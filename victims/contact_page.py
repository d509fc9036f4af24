"""What stands before whoever contacts a victim: the safe-contact card in words, what nobody may ever tell, then the numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.models.telling import Channel
from victims.models import ContactPerson, SafeContact, Victim
from victims.selectors_contact import latest_card
from victims.sight import Seen


@dataclass(frozen=True, slots=True)
class Beside:
    """A contact person as whoever telephones must know her or him; `number` as in the form."""

    number: int
    kind: str
    name: str
    may_be_told: str
    never: str
    telephone: str
    may_answer: bool


@dataclass(frozen=True, slots=True)
class Card:
    """The card opened for one look. Without a safe channel there is no number on it."""

    recorded: bool
    unsafe: bool
    never: str
    times: str
    code_word: str
    voicemail: str
    who_may_pick_up: str
    letters: str
    channels: tuple[str, ...]
    numbers: tuple[tuple[str, str], ...]
    people: tuple[Beside, ...]

    @property
    def nevers(self) -> list[Beside]:
        """The contact persons who must never be told something."""
        return [one for one in self.people if one.never]


def card_of(seen: Seen) -> Card:
    """Return the card. Called inside `consulting`: three queries, and what is sealed is opened."""
    card = latest_card(seen.complainant)
    victim = Victim.objects.filter(case=seen.case, complainant=seen.complainant).first()
    people = ContactPerson.objects.filter(case=seen.case, complainant=seen.complainant, ended_at__isnull=True).order_by("created_at")
    unsafe = card is not None and card.no_safe_channel
    return Card(
        recorded=card is not None,
        unsafe=unsafe,
        never=card.never if card else "",
        times=card.times if card else "",
        code_word=card.code_word if card else "",
        voicemail=card.get_voicemail_display() if card else "",
        who_may_pick_up=card.who_may_pick_up if card else "",
        letters=card.safe_route_for_letters if card else "",
        channels=_channels(card),
        numbers=() if unsafe else _numbers(victim),
        people=tuple(_beside(number, row, unsafe) for number, row in enumerate(people, 1)),
    )


def _channels(card: SafeContact | None) -> tuple[str, ...]:
    sent: Sequence[str] = card.channels if card else ()
    return tuple(str(Channel(one).label) for one in sent if one in Channel.values)


def _numbers(victim: Victim | None) -> tuple[tuple[str, str], ...]:
    if victim is None:
        return ()
    found = (("Mobile", victim.mobile_telephone), ("Home", victim.home_telephone), ("Email", victim.email))
    return tuple((label, value) for label, value in found if value)


def _beside(number: int, row: ContactPerson, unsafe: bool) -> Beside:
    return Beside(
        number=number,
        kind=row.get_kind_display(),
        name=row.name,
        may_be_told=row.get_may_be_told_display(),
        never=row.never_tell,
        telephone="" if unsafe else row.telephone,
        may_answer=row.may_answer_telephone,
    )
