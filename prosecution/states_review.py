"""The states of a victim's request for a review: every pair, who may, and whom it is told. Pure."""

from cases import steps
from cases.steps import Step, Table
from prosecution import permissions as p
from prosecution.models.review import ReviewState as V

ANYBODY = "whoever receives it, of police or CPS; or her or his ISVA"
UNIT = "the review unit of the side that decided, nobody who took part"
REVIEWER = "the reviewer"
SECOND = "another person of the review unit"
NOBODY = "nobody: it stands in the list of the review unit"
OFFICER = "the officer in the case, else the inspector; for the CPS the prosecutor too"

REVIEW: Table = (
    Step(None, V.ASKED, ANYBODY, p.LODGE_REVIEW, "the review unit of the side that decided"),
    Step(V.ASKED, V.ACKNOWLEDGED, UNIT, p.REVIEW, NOBODY),
    Step(V.ACKNOWLEDGED, V.ALLOCATED, UNIT, p.REVIEW, "the reviewer"),
    Step(V.ALLOCATED, V.ALLOCATED, UNIT, p.REVIEW, "the reviewer"),
    Step(V.ALLOCATED, V.UPHELD, REVIEWER, p.REVIEW, OFFICER),
    Step(V.ALLOCATED, V.OVERTURNED, REVIEWER, p.REVIEW, OFFICER),
    *(Step(before, V.OUT_PROPOSED, UNIT, p.REVIEW, "the others of the review unit") for before in (V.ASKED, V.ACKNOWLEDGED, V.ALLOCATED)),
    Step(V.OUT_PROPOSED, V.OUT_OF_SCOPE, SECOND, p.REVIEW, OFFICER),
    *(Step(V.OUT_PROPOSED, after, SECOND, p.REVIEW, "whoever proposed it") for after in (V.ASKED, V.ACKNOWLEDGED, V.ALLOCATED)),
    *(
        Step(before, V.WITHDRAWN, f"{UNIT}, on her or his own word", p.REVIEW, OFFICER)
        for before in (V.ASKED, V.ACKNOWLEDGED, V.ALLOCATED, V.OUT_PROPOSED)
    ),
)
"""A request for a review. Sent back, it stands where it stood: received, acknowledged, or with a reviewer."""

NAME = "Victim’s request for a review"
LABELS = steps.labels_of(V)


def step(before: str | None, after: str) -> Step:
    """Return the step between two states. Raises NotPossible, saying how it stands, where none leads there."""
    return steps.step(REVIEW, before, after, LABELS)
