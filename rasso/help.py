"""What the help pages show: which there are, and the one table of clocks in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from accounts.models import User
from accounts.roles import Role
from cases.derive.clocks import CLOCKS, FIRST_EDITION, Clock, Editions, Length
from cases.derive.states import Risk
from cases.selectors import editions_of
from core import clock
from core.calendar import Unit

WORDS: dict[Unit, tuple[str, str]] = {
    Unit.DAYS: ("day", "days"),
    Unit.WORKING_DAYS: ("working day", "working days"),
    Unit.MINUTES: ("minute", "minutes"),
    Unit.HOURS: ("hour", "hours"),
    Unit.MONTHS: ("month", "months"),
}
VARIANTS = {
    **{risk.value: f"{risk.label} risk" for risk in Risk},
    "wanted": "Wanted",
    "abroad": "Abroad",
    "prison": "In prison elsewhere",
    "first": "First review",
    "second": "Second review",
    "later": "Each later review",
}
COMPUTED = "Worked out from what was authorised"


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One help page: its title, what it says in a sentence, its address."""

    title: str
    sentence: str
    href: str


@dataclass(frozen=True, slots=True)
class ClockInWords:
    """One clock as people read it. `lengths`: for what, and how long today; `own` where they are not the first edition."""

    ident: str
    name: str
    starts: str
    stops: str
    lengths: tuple[tuple[str, str], ...]
    own: bool
    owes: str
    reminders: str
    critical: str
    before_live: bool
    source: str


LISTED = (
    ("help_clocks", "Clocks and deadlines", "What starts each clock, what stops it, how long it runs, who owes it, and its source."),
    ("help_keys", "Keyboard keys", "The keys that do on the keyboard what the buttons do."),
    ("filter_list", "Saved filters", "The filters that you have saved for lists: open, rename or delete them."),
)  # fmt: skip
"""Help pages by the name of their address. One that is not mounted is left out."""


def pages(user: User) -> list[HelpPage]:
    """Return the help pages that this person reaches. Panel members have no clocks and read no setting."""
    found = []
    for url_name, title, sentence in LISTED:
        if url_name == "help_clocks" and user.role == Role.PANEL_MEMBER:
            continue
        try:
            found.append(HelpPage(title, sentence, reverse(url_name)))
        except NoReverseMatch:
            continue
    return found


def clocks_for(user: User) -> list[ClockInWords]:
    """Return every clock with the lengths in force today for a person's agency, in the order of the table: two queries."""
    editions = editions_of(user.agency_id)
    return [_in_words(row, editions) for row in CLOCKS.values()]


def _in_words(row: Clock, editions: Editions) -> ClockInWords:
    today = clock.today()
    in_force = [(variant, *editions.in_force(row.kind, variant, today)) for variant in row.lengths]
    return ClockInWords(
        ident=row.kind.value,
        name=str(row.kind.label),
        starts=_sentence(row.starts),
        stops=_sentence(row.stops),
        lengths=tuple((VARIANTS.get(variant, variant), _length(length)) for variant, length, _ in in_force) or (("", COMPUTED),),
        own=any(version != FIRST_EDITION for *_, version in in_force),
        owes=str(row.owes.label),
        reminders=_reminders(row),
        critical="At once" if row.critical_after == 0 else f"{row.critical_after} days after it was due",
        before_live=row.before_live,
        source=row.source,
    )


def _length(length: Length) -> str:
    one, many = WORDS[length.unit]
    return f"{length.amount:,} {one if length.amount == 1 else many}"


def _reminders(row: Clock) -> str:
    if not row.reminders:
        return "None"
    chased = f"; chased {_and(row.chasers)} months after it started" if row.chasers else ""
    return f"{_and(row.reminders)} {'day' if row.reminders == (1,) else 'days'} before{chased}"


def _and(numbers: tuple[int, ...]) -> str:
    *first, last = _texts(numbers)
    return f"{', '.join(first)} and {last}" if first else last


def _texts(numbers: tuple[int, ...]) -> Iterator[str]:
    return (str(number) for number in numbers)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
