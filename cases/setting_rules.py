"""What an agency may set about a clock: which lengths, in which units, within which limits. Pure.

A clock whose length the law sets (bail, detention) has none in the table and cannot be changed. A clock keeps the edition
in force at its start (design section 3), so a change reaches running clocks only when it is in force from a past day.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from cases.derive.clocks import CLOCKS, Clock, Length
from core.calendar import Unit

VARIANT_WORDS: dict[tuple[str, str], str] = {
    ("arrest", "high"): "high risk",
    ("arrest", "medium"): "medium risk",
    ("arrest", "standard"): "standard risk",
    ("situation_review", "wanted"): "wanted",
    ("situation_review", "abroad"): "abroad",
    ("situation_review", "prison"): "in prison elsewhere",
    ("supervisor_review", "first"): "first",
    ("supervisor_review", "second"): "second",
    ("supervisor_review", "later"): "later ones",
}
UNIT_WORDS: dict[Unit, tuple[str, str]] = {
    Unit.MINUTES: ("minute", "minutes"),
    Unit.HOURS: ("hour", "hours"),
    Unit.DAYS: ("calendar day", "calendar days"),
    Unit.WORKING_DAYS: ("working day", "working days"),
    Unit.MONTHS: ("month", "months"),
}
MOST: dict[Unit, int] = {Unit.MINUTES: 1_440, Unit.HOURS: 720, Unit.DAYS: 366, Unit.WORKING_DAYS: 260, Unit.MONTHS: 12}
"""The longest a clock may be set to, in each unit: about a year, a month for hours, a day for minutes."""
MONTHS_FROM_DAYS = 28


@dataclass(frozen=True, slots=True)
class Setting:
    """One length that can be looked at: a clock and its variant ('' where there is one)."""

    clock: Clock
    variant: str

    @property
    def slug(self) -> str:
        """What it is called in an address."""
        return f"{self.clock.kind}-{self.variant}" if self.variant else str(self.clock.kind)

    @property
    def title(self) -> str:
        """What it is called on a page."""
        label = str(self.clock.kind.label)
        words = VARIANT_WORDS.get((str(self.clock.kind), self.variant), self.variant)
        return f"{label}: {words}" if words else label

    @property
    def first(self) -> Length | None:
        """The first edition's length; None where the law computes it."""
        return self.clock.lengths.get(self.variant)

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units that make sense for it: days and working days for all, hours or minutes for short ones, months for long ones."""
        if self.first is None:
            return ()
        also: tuple[Unit, ...] = ()
        if self.first.unit in (Unit.MINUTES, Unit.HOURS):
            also = tuple(dict.fromkeys((self.first.unit, Unit.HOURS)))
        elif self.first.unit is Unit.MONTHS or (self.first.unit is Unit.DAYS and self.first.amount >= MONTHS_FROM_DAYS):
            also = (Unit.MONTHS,)
        return (*also, Unit.DAYS, Unit.WORKING_DAYS)


def settings() -> Iterator[Setting]:
    """Yield every setting of the table of clocks, in its order; one without a length for a clock that the law computes."""
    for clock in CLOCKS.values():
        for variant in clock.lengths or ("",):
            yield Setting(clock, variant)


def setting_of(slug: str) -> Setting | None:
    """Return the setting of an address, or None."""
    return next((one for one in settings() if one.slug == slug), None)


def in_words(length: Length) -> str:
    """Return a length as "28 calendar days", "1 month"."""
    one, many = UNIT_WORDS[length.unit]
    return f"{length.amount} {one if length.amount == 1 else many}"


def fault(setting: Setting, length: Length) -> tuple[str, str] | None:
    """Return why a clock cannot have this length, with the field it is about; None when it can."""
    if setting.first is None:
        return "The law sets how long this clock runs. It cannot be changed here.", ""
    if length.unit not in setting.units:
        return "Choose one of the units offered for this clock.", "unit"
    if not 1 <= length.amount <= MOST[length.unit]:
        return f"Enter a number from 1 to {MOST[length.unit]}.", "amount"
    return None
