"""From where on a pattern of looking is worth an auditor's eye. One table, each number with its reason.

[DESIGN]: no source sets these numbers. They are chosen so that a day's ordinary work stays below them, and they prove
nothing: an auditor looks, asks, and writes down what was found.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Threshold:
    """What is measured, the number, and why it is this one. A pattern is found when the number is reached."""

    what: str
    value: int
    why: str


BACK_DAYS = Threshold(
    "Days of the own log that say what is usual",
    60,
    "Two months of a person's own log say what is usual for her or him, leave and courses included.",
)
OWN_NAME_CASES = Threshold(
    "Cases or searches with the own surname",
    1,
    "One case with a person of one's own surname is enough to ask; each case is asked about once.",
)
NIGHT_BEGINS = Threshold("Hour at which the night begins", 22, "London time. Late turns end at 22:00.")
NIGHT_ENDS = Threshold("Hour at which the night ends", 6, "London time. Early turns begin at 6:00 or later.")
OUT_OF_HOURS_LOOKS = Threshold(
    "Looks at night or over a weekend, in a day",
    5,
    "One case page and what belongs to it is four looks or fewer: a call-out about one case stays below.",
)
OUT_OF_HOURS_USUAL_DAYS = Threshold(
    "Earlier days with such looks from which on they are usual",
    3,
    "Somebody who looked at night or over a weekend on three days of the last sixty works such turns.",
)
VOLUME_CASES = Threshold("Cases opened in a day", 40, "Twice what a supervisor opens on a morning of reviews of a unit of twenty cases.")
VOLUME_TIMES_MEDIAN = Threshold(
    "Times the own usual day", 3, "Three times the person's own ordinary day: heavy users are measured by themselves."
)
DENIALS_A_DAY = Threshold(
    "Refusals in a day", 5, "A bookmark to a case that has moved gives one or two refusals, seldom three; five is a search for something."
)

TABLE = (
    BACK_DAYS, OWN_NAME_CASES, NIGHT_BEGINS, NIGHT_ENDS, OUT_OF_HOURS_LOOKS, OUT_OF_HOURS_USUAL_DAYS, VOLUME_CASES,
    VOLUME_TIMES_MEDIAN, DENIALS_A_DAY,
)  # fmt: skip
"""All of them, for the page that explains them."""
