"""What is said at the foot of the page of an action plan."""

from core.about import register as about


def register() -> None:
    """Add the text."""
    about(
        "action_plan",
        "What the CPS asks the police to do before it decides, and all that either side said to it. Lateness counts from the date first "
        "agreed; later dates stand beside it. “Done” takes effect when the CPS accepts it or 3 working days pass.",
        "The first move of a date takes effect with its reason; the second needs the other side, a third inspector and District Crown "
        "Prosecutor. A second plan after a full file goes to the District Crown Prosecutor before the police see it.",
        sources=(
            "Director’s Guidance on Charging, 6th edition: why each item is needed",
            "CPS answer to inspectors, 2021: a second plan in a rape case is reviewed by the District Crown Prosecutor",
            "Police and Criminal Evidence Act 1984, s.47ZL: bail stands still with the CPS and runs again on an action plan",
            "Chasers at 1 and 2 months; 28, 56 and 90 days are local policy, to be confirmed by force and Area",
        ),
    )
