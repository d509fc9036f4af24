"""What is said at the foot of the pages of the daily runs."""

from core import about


def register() -> None:
    """Add the texts."""
    seen = "Figures are seen from the start of the day, London time: what was due the day before and not done is overdue."
    about.register(
        "daily_runs",
        "One run for each day, made at 6am and never changed. It keeps counts, and no names.",
        seen,
        "A day that was missed is made up later. Figures that are known of a present day only are then left empty, and nobody is told.",
        sources=(
            "Lengths of the clocks: the page of clocks, each with its source",
            "Local policy, to be confirmed by the force: the daily report",
        ),
    )
    about.register(
        "daily_run",
        "What stood that morning. The list names the suspects as their cases do now, in those cases alone that you may see; a case that "
        "was closed, transferred or corrected since still counts in that day’s figures.",
        seen,
        sources=("Local policy, to be confirmed by the force: the time in which a suspect is to be arrested",),
    )
