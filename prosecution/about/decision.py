"""What is said at the foot of the pages about charging decisions."""

from core.about import register as about

DG6 = "Director’s Guidance on Charging, 6th edition"
CODE = "Code for Crown Prosecutors: Full Code Test and Threshold Test"


def register() -> None:
    """Add the texts."""
    about(
        "proposed_decision",
        "A decision as a prosecutor prepares it. Only the CPS sees it. Where a second check is due, another prosecutor reads it and "
        "confirms it or sends it back; any change after that takes the second check back.",
        "It is published only when it is planned how each victim it concerns hears of it. Whoever publishes first decides; what a "
        "colleague prepared is kept as it stands.",
        sources=(DG6, CODE, "Second check: local policy, to be confirmed by the CPS Area"),
    )
    about(
        "charging_decision",
        "A decision as it was published. Nobody changes it: a correction is a new decision, after the investigation of the suspect was "
        "reopened. Police count recorded crimes, the CPS counts suspects.",
        sources=(DG6, CODE, "Home Office crime outcomes"),
    )
