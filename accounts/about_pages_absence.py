"""What the pages of absence say about themselves."""

from core.about import register as add


def register() -> None:
    """Add them."""
    add(
        "away_list",
        "Who is away, from when until when, and who covers. Whoever covers acts for the person on those days, the first and the "
        "last included, and is told what falls due.",
        "Cover is not passed on: somebody who covers and is away too is not covered by a third.",
    )
    add("away", "An absence without a last day lasts until it is ended here. Cover ends with the absence.")
