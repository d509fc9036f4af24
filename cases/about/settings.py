"""What "About this page" says on the settings pages."""

from core.about import register as about

ONLY_FORCES = (
    "Clocks of a case follow the settings of the force it belongs to. An oversight body sets for every force that has set nothing itself."
)
KEEPS = (
    "A clock keeps the version in force on the day it started. A version from a past day "
    "reaches clocks that run already, and needs your agreement."
)
NEVER_CHANGED = "No version is ever changed or taken away. To undo one, add another. Each names where it comes from and who added it."


def register() -> None:
    """Register the texts."""
    about("settings", "How long each clock runs for your agency today, and the bank holidays that working days pass over.", ONLY_FORCES)
    about(
        "clock_setting",
        KEEPS,
        NEVER_CHANGED,
        "Before it is saved you see how many running clocks would be due at another time: counts only, no case.",
        sources=("Each version names its own source. Lengths that the law sets cannot be changed.",),
    )
    about(
        "bank_holidays",
        "The bank holidays of England and Wales as your agency counts them. Four months before the "
        "list ends, this page and the service’s health check say so.",
        sources=("GOV.UK, list of bank holidays", "Banking and Financial Dealings Act 1971"),
    )
    about(
        "bank_holiday_new",
        "Adds a day that the list lacks, for example one proclaimed lately, or says that a listed day is worked.",
        NEVER_CHANGED,
        ONLY_FORCES,
    )
