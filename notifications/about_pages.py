"""What is said at the foot of the pages of the inbox."""

from core import about


def register() -> None:
    """Add the texts of this app's pages."""
    about.register(
        "inbox",
        "What you were told, newest first. Nothing leaves it: what you have read stays, without its mark. A case is named only while "
        "you may see it.",
        "You are reminded of what you owe before it is due, on the day and when it is over; once each, one line for a case. What is long "
        "overdue is brought to whoever supervises it.",
        "While you are away and somebody covers for you, she or he is told as well, and gets the email in your place.",
        sources=("Local policy, to be confirmed by the force: no rule says how officers are reminded",),
    )
    about.register(
        "inbox_settings",
        "How you are told about each thing, beside the inbox. Your choice holds for what comes from now on.",
        "Some things are always sent by email at once, because somebody must look without delay.",
        "Between 7pm and 7am, and at weekends, no email is sent unless the thing cannot wait.",
        sources=("Quiet hours are this service’s own choice, so that a private telephone does not light up at night",),
    )
