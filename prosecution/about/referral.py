"""What is said at the foot of the pages of a referral, of what is with CPS Direct, and of cases between Areas."""

from core.about import register as about

GUIDANCE = "Director’s Guidance on Charging, 6th edition (DG6): red 3 hours, green priority 5 and green 28 calendar days"
BAIL = "Police and Criminal Evidence Act 1984 s.47ZL: bail stands still while the case is with the CPS for a charging decision"
STANDARD = "National File Standard: the 13 items that triage checks"
LOCAL = "The triage target is local policy, to be confirmed by force and Area"


def register() -> None:
    """Add the texts."""
    about(
        "referral",
        "A referral of one or more suspects for a charging decision, which police and CPS read alike: what was sent of the file, what the "
        "victim says and needs, every submission and what triage made of it, and whose move it is. It holds no evidence.",
        "A return later than the triage target, and a reason for a second return that was there the first time already, count against "
        "whoever returned it.",
        sources=(GUIDANCE, STANDARD, BAIL, LOCAL),
    )
    about(
        "with_direct",
        "Red referrals of this Area that are with CPS Direct at present: the reference and since when, and nothing else. The case is the "
        "Area’s again when CPS Direct has decided or gives it back.",
        sources=("CPS Direct takes custody cases outside the Area’s hours",),
    )
    for name in ("transfer_list", "transfer", "transfer_accept", "transfer_decline"):
        about(
            name,
            "A case offered to another CPS Area, with its reference, risk, force and the reason. Nothing else of it shows before it is "
            "accepted, and until then the Area that has it owes everything.",
            "Accepted, it goes on in the other Area with every clock as it runs, and the prosecutor named there has what was open.",
            sources=("Service design: the sender owes until the receiver accepts",),
        )
