"""What is said at the foot of the desks of prosecutor and legal manager, and of the disclosure officer's print."""

from typing import Final

from core.about import register as about

GUIDANCE: Final = "Director’s Guidance on Charging, 6th edition: red 3 hours, green priority 5 and green 28 calendar days"
ADVICE: Final = "CPS National Operating Model for Adult Rape Prosecution, July 2023: early advice within 21 days"
LOOKED: Final = "Every look at these cases is recorded. Auditors read that record"


def register() -> None:
    """Add the texts."""
    for name in ("prosecution_mine", "prosecution_mine_section"):
        about(
            name,
            "What you owe, by the day or hour it is due: custody first, then charging decisions, early advice and reviews of charges on "
            "the Threshold Test. Under them stand items on which the police wait for you and decisions that need a second prosecutor.",
            "Whom you cover today counts as you. The end of bail and of custody stands beside your own date.",
            sources=(GUIDANCE, ADVICE, LOOKED),
        )
    for name in ("prosecution_triage", "prosecution_triage_section"):
        about(
            name,
            "What the police sent and nobody has triaged. Custody and red come first, by when they are due; everything else by its age "
            "since the first submission, which a return does not begin anew.",
            sources=("The times for triage are local policy, to be confirmed by force and Area", LOOKED),
        )
    for name in ("prosecution_overview", "prosecution_overview_section"):
        about(
            name,
            "What is late or due within a week, second checks, second action plans, challenges, plans that the police have had for 28 days "
            "and more, and who has how much. A name in the table of load opens everything that person has, to give it to somebody else.",
            "28, 56 and 90 days are when more people are told of a plan; they are local policy, to be confirmed by the Area.",
            sources=(GUIDANCE, ADVICE, LOOKED),
        )
    about(
        "disclosure_print",
        "The record of the case for the disclosure officer: contacts, what the victim was told, notes that you may read, meetings and the "
        "timeline, numbered in order of time, with a column for the item of the schedule. What was said in a contact is kept apart.",
        "A row keeps its number unless something earlier is written down later: the sheet says when it was printed.",
        sources=("Criminal Procedure and Investigations Act 1996, Part I and its code of practice", LOOKED),
    )
