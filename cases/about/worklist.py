"""What stands at the foot of the worklist, the pages of its short forms, and the passed bails."""

from core.about import register as about

LIST = (
    "This list shows what the cases need now. Nobody writes tasks: each row follows from the facts on the case, and goes when the fact "
    "that settles it is recorded. “My cases” are those you have a role on, and those of people you stand in for today.",
    "Overdue means that the due date has passed; critically overdue, that it passed longer ago than the clock’s own limit. Soon is within "
    "the first reminder of the clock. Giving a reason for delay stops no clock.",
)
SOURCES = (
    "Clocks and their sources: the table of clocks, part of this service",
    "Order and groups of this list: design of this service, to be confirmed by the force",
)


def register() -> None:
    """Add the texts."""
    for name in ("home", "worklist_act", "worklist_act_on"):
        about(name, *LIST, sources=SOURCES)
