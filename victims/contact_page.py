"""What stands before whoever contacts a victim: the safe-contact card in words, what nobody may ever tell, then the numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.models.telling import Channel
from cases.selectors_told import Planned, plans_of
from victims.models import ContactPerson, SafeContact, Victim
from victims.near_suspect import SuspectNames, may_be_told, never_told
from victims.selectors_contact import latest_card
from victims.selectors_telling import arrangements_of
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
class Arranged:
    """A plan of telling that stands, with who is with her or him and where the letter goes."""

    plan: Planned
    companion: str
    letter_route: str


@dataclass(frozen=True, slots=True)
class Card:
    """The card opened for one look. Without a safe channel there is no number on it."""

    recorded: bool
    unsafe: bool
    never: str
    """A sentence that begins with "Never"; empty where nothing was said."""
    times: str
    code_word: str
    voicemail: str
    who_may_pick_up: str
    letters: str
    channels: tuple[str, ...]
    numbers: tuple[tuple[str, str], ...]
    people: tuple[Beside, ...]
    plans: tuple[Arranged, ...]

    @property
    def nevers(self) -> list[Beside]:
        """The contact persons who must never be told something."""
        return [one for one in self.people if one.never]


def card_of(seen: Seen) -> Card:
    """Return the card. Called inside `consulting`: a fixed number of queries, and what is sealed is opened."""
    card = latest_card(seen.complainant)
    victim = Victim.objects.filter(case=seen.case, complainant=seen.complainant).first()
    people = ContactPerson.objects.filter(case=seen.case, complainant=seen.complainant, ended_at__isnull=True).order_by("created_at")
    suspects = SuspectNames.of(seen.case)
    unsafe = card is not None and card.no_safe_channel
    return Card(
        recorded=card is not None,
        unsafe=unsafe,
        never=never_sentence(card.never) if card else "",
        times=card.times if card else "",
        code_word=card.code_word if card else "",
        voicemail=card.get_voicemail_display() if card else "",
        who_may_pick_up=card.who_may_pick_up if card else "",
        letters=card.safe_route_for_letters if card else "",
        channels=_channels(card),
        numbers=() if unsafe else _numbers(victim),
        people=tuple(_beside(number, row, unsafe, suspects) for number, row in enumerate(people, 1)),
        plans=_arranged(seen),
    )


def _arranged(seen: Seen) -> tuple[Arranged, ...]:
    plans = plans_of(seen.case, seen.complainant)
    beside = arrangements_of([plan.id for plan in plans]) if plans else {}
    return tuple(
        Arranged(plan, row.companion if row else "", row.letter_route if row else "") for plan in plans for row in [beside.get(plan.id)]
    )


def never_sentence(typed: str) -> str:
    """Return what must never be done as a sentence that cannot be read the wrong way round, however it was typed."""
    rest = typed.strip()
    first, _, others = rest.partition(" ")
    if first.casefold().rstrip(":,") == "never":
        rest = others.strip()
    return f"Never {rest[:1].lower()}{rest[1:]}" if rest else ""


def _channels(card: SafeContact | None) -> tuple[str, ...]:
    sent: Sequence[str] = card.channels if card else ()
    return tuple(str(Channel(one).label) for one in sent if one in Channel.values)


def _numbers(victim: Victim | None) -> tuple[tuple[str, str], ...]:
    if victim is None:
        return ()
    found = (("Mobile", victim.mobile_telephone), ("Home", victim.home_telephone), ("Email", victim.email))
    return tuple((label, value) for label, value in found if value)


def _beside(number: int, row: ContactPerson, unsafe: bool, suspects: SuspectNames) -> Beside:
    return Beside(
        number=number,
        kind=row.get_kind_display(),
        name=row.name,
        may_be_told=may_be_told(row, suspects),
        never=never_told(row, suspects),
        telephone="" if unsafe else row.telephone,
        may_answer=row.may_answer_telephone,
    )
