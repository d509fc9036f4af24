"""What is said at the foot of the page about a request for early advice."""

from core.about import register as about


def register() -> None:
    """Add the texts."""
    about(
        "early_advice",
        "A request to the CPS for early advice: what it says part by part, its questions and their answers, how often it was asked and "
        "returned, and how long each step took. The age counts from the first time it was sent and never stops.",
        "It holds no evidence and does not take the place of the MG3: each part is copied from here.",
        sources=(
            "Director’s Guidance on Charging, 6th edition, paras 7.7 to 7.9: what a request contains, refusal and challenge",
            "CPS to inspectors, 2021: considered in every rape case, and the reason for not asking recorded",
            "CPS National Operating Model for Adult Rape Prosecution, July 2023: early advice within 21 days",
        ),
    )
