"""What is said at the foot of the pages about no further action."""

from core.about import register as about

LOCAL = "Second person and her or his rank: local policy, to be confirmed by the force"
CODES = "Home Office crime outcomes"


def register() -> None:
    """Add the texts."""
    about(
        "proposed_nfa",
        "No further action as an officer proposes it. Only the police of the force see it. Another person of the rank that the force "
        "asks for reads it, then confirms it, which records the outcome at once, or sends it back.",
        "Other cases of the same suspect are found by the link to a person and by the PNC ID. Of another force the page says only that "
        "it has a case, and whom to ask.",
        sources=(CODES, LOCAL, "Victims’ Code 2020, Right 6"),
    )
