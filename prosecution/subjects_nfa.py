"""What people are told about no further action: that something waits or was answered, never what was said or about whom."""

from typing import Final

from accounts.roles import WORKS_CASES_POLICE
from cases.permissions import SERGEANTS_UP
from notifications import subjects
from prosecution.subject_words import PROSECUTORS, about_case

NFA: Final = (
    about_case(
        "nfa_waits",
        "No further action waits for a second person",
        "No further action waits for you",
        "Read it on its page, then confirm it or send it back.",
        roles=SERGEANTS_UP,
    ),
    about_case(
        "nfa_sent_back",
        "No further action that you proposed came back",
        "No further action came back to you",
        "Its page says why. Change it and put it forward again, or discard it.",
        roles=WORKS_CASES_POLICE,
    ),
    about_case(
        "nfa_confirmed",
        "No further action that you proposed was confirmed",
        "No further action was confirmed",
        "The outcome is recorded. The victim is told as it is planned, and gets the reasons in writing.",
        roles=WORKS_CASES_POLICE,
    ),
    about_case(
        "nfa_discarded",
        "A supervisor discarded no further action that you proposed",
        "No further action was discarded",
        "Its text is kept on its page.",
        roles=WORKS_CASES_POLICE,
    ),
    about_case(
        "nfa_overtaken",
        "An outcome came before no further action that you proposed",
        "An outcome came before your proposal",
        "The case says which. Your text is kept on its page.",
        roles=WORKS_CASES_POLICE,
    ),
    about_case(
        "nfa_meeting_offered",
        "The CPS offers a meeting before it decides not to charge",
        "A prosecutor offers you a meeting",
        "Before a decision not to charge. The case says by when to answer.",
        roles=WORKS_CASES_POLICE,
    ),
    about_case(
        "nfa_meeting_answered",
        "The investigator answers your offer of a meeting",
        "Your offer of a meeting was answered",
        "The case says what came of it.",
        roles=PROSECUTORS,
    ),
)  # fmt: skip


def register() -> None:
    """Add them."""
    subjects.add(*NFA)
