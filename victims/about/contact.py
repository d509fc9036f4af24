"""What is said at the foot of the pages about contact with a victim."""

from core.about import register as about

AGREED = "How often, how and by whom is agreed with her or him: Victims’ Code 2020, Right 6. No national rule sets a number of days"
LOOKED = "Opening this page is a look at who she or he is, recorded with its reason. Auditors read that record"


def register() -> None:
    """Add the texts."""
    for name in ("victim_contact", "victim_contact_correct"):
        about(
            name,
            "How she or he is reached without danger comes first, then the number, then the short form. Every attempt is logged, whether "
            "it reached her or him or not. One contact can tell several things: only what you tick counts as told.",
            "A text, an email or a letter counts as the agreed contact only where that was agreed, and never twice running. A contact that "
            "was logged wrongly is corrected by another entry, and both stay.",
            sources=(AGREED, LOOKED),
        )
    about(
        "victim_contacts",
        "Every contact and every attempt, the latest first, corrected ones included. What was said is read by those who are shown who "
        "she or he is; the text to copy holds no name and nothing of what was said.",
        sources=(AGREED,),
    )
    about(
        "victim_safe_contact",
        "How she or he is reached without danger. Whoever makes contact reads it first. While there is no safe way nobody tries, and an "
        "inspector reviews it every 7 days, the way through the ISVA included.",
        sources=("The time of the review is local policy, to be confirmed by the force", LOOKED),
    )
    about(
        "victim_contact_report",
        "How the agreed contact with victims is kept: how much was in time, how late the rest is, who was told in time, and how often we "
        "cancelled on somebody. Contact is counted by its turns: each contact that reached her or him meets one and starts the next.",
        "What happened before the force began with this service is not counted, and the number left out stands beside the figure.",
        sources=(AGREED,),
    )
