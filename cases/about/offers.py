"""What is said at the foot of the pages of offers between forces and of a case's notes."""

from core import about

OUTCOME_20 = "Home Office Crime Recording Rules, outcome 20: transferred to another body"
REVEAL = "Criminal Procedure and Investigations Act 1996 Code of Practice; Attorney General’s Guidelines on Disclosure 2024"


def register() -> None:
    """Register the texts."""
    for name in ("offer_list", "offer", "offer_accept", "offer_decline"):
        about.register(
            name,
            "A case that belongs to another force is offered to it, with its reference, risk and dates and the reason. Nothing else of it "
            "shows before it is accepted, and until then the force that has it owes everything.",
            "Accepted, it goes on in the other force with every clock as it runs. Where it came from, every suspect and every recorded "
            "crime without an outcome gets outcome 20 of that day, and the record can only be read.",
            sources=(OUTCOME_20,),
        )
    about.register(
        "case_notes",
        "Shared notes are read by everybody on the case, of the police and of the CPS. Notes of one agency are shown to nobody of the "
        "other; that there is one shows nowhere either.",
        "Whoever may read a note, relevant material in it must still be revealed to the prosecutor.",
        sources=(REVEAL,),
    )
    about.register(
        "case_notes_print",
        "The notes that you may read, for paper. Printing them is recorded as a disclosure, which auditors of your agency see.",
        sources=(REVEAL,),
    )
