"""The figures of the report of returns. A number that is None is kept back from whoever counts and sees no case."""

from dataclasses import dataclass

from reports.turns import Figure

Number = int | None


@dataclass(slots=True)
class Tally:
    """How many sendings there were and what triage made of them. None: kept back."""

    sent: Number = 0
    waiting: Number = 0
    accepted: Number = 0
    at_first: Number = 0
    firsts: Number = 0
    """First sendings that were accepted, returned or refused: what `at_first` is a share of."""
    returned: Number = 0
    """Red rejections among them."""
    red_rejected: Number = 0
    again: Number = 0
    present_before: Number = 0
    late: Number = 0
    against: Number = 0
    """Returns that count against the CPS, each once."""
    refused: Number = 0
    withdrawn: Number = 0


@dataclass(frozen=True, slots=True)
class Why:
    """The coded reasons for one outcome, the most frequent first, and how many sendings gave them; one may give several."""

    title: str
    of: Number
    reasons: list[tuple[str, Number]]


@dataclass(frozen=True, slots=True)
class Returns:
    """The report. Every tally by kind; of a unit, a force or a month both kinds together."""

    by_kind: dict[str, Tally]
    why: list[Why]
    by_place: list[tuple[str, Tally]]
    by_month: list[tuple[str, Tally]]
    open_ages: dict[str, Figure]
    settled_ages: dict[str, Figure]
    small: bool
    owners: frozenset[int]
    cases: int


def share(number: Number, of: Number) -> Number:
    """Return a share in whole per cent, a half counted up; None where either is kept back, or there is nothing to be a share of."""
    return None if number is None or not of else (200 * number + of) // (2 * of)
