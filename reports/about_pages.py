"""What is said at the foot of the reports about overdue arrests and of the list of reports."""

from core.about import register as about

POLICY = (
    "How soon an arrest is due: local policy, to be confirmed by the force. No law or national rule sets a time (HMICFRS, 22 August 2024)"
)


def register() -> None:
    """Add the texts."""
    about(
        "reports",
        "The reports that your role opens. Each counts only cases that you may see, or may count.",
    )
    about(
        "overdue_arrests",
        "Suspects who have been identified, whose arrest was due before now, who have been neither arrested nor interviewed under "
        "caution, and for whom nobody has approved a decision not to arrest. The longest overdue stand first.",
        "Days count from the first date that was due: a reason for delay, a lower risk or a later identification does not make a "
        "case look younger. People who are wanted, abroad or in prison elsewhere are listed apart.",
        "The chart counts the same suspects on each Monday of the last 12 months. Opening the page, printing it and taking it away as a "
        "file are each recorded.",
        sources=(POLICY, "Arrest: Police and Criminal Evidence Act 1984, Code G"),
    )
    about(
        "held_up_arrests",
        "Suspects whose arrest clock stands still because they are wanted, abroad or in prison elsewhere. The first due date is kept: when "
        "the situation ends, the clock stands where it would have stood.",
        sources=(POLICY,),
    )
