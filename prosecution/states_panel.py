"""The states of a scrutiny panel: every pair, who may, and whom it is told. Pure tables, as prosecution/states.py has them."""

from cases import steps
from cases.steps import Step, Table
from prosecution.models.panel import PanelState as P
from prosecution.panels.permissions import ORGANISE

ORGANISER = "a supervisor of the force, or a legal manager of the Area, that organises it"
MEMBERS = "the members: it stands on their first page"
NOBODY = "nobody: it stands on the panel’s page"

PANEL: Table = (
    Step(None, P.PLANNED, ORGANISER, ORGANISE, NOBODY),
    Step(P.PLANNED, P.CHOSEN, f"{ORGANISER}: the first case", ORGANISE, NOBODY),
    Step(P.CHOSEN, P.PLANNED, f"{ORGANISER}: the last case is left out", ORGANISE, NOBODY),
    Step(P.CHOSEN, P.OPEN, ORGANISER, ORGANISE, MEMBERS),
    Step(P.OPEN, P.CLOSED, f"{ORGANISER}, once every case is concluded", ORGANISE, MEMBERS),
    Step(P.PLANNED, P.CALLED_OFF, ORGANISER, ORGANISE, MEMBERS),
    Step(P.CHOSEN, P.CALLED_OFF, ORGANISER, ORGANISE, MEMBERS),
)
"""A meeting of a scrutiny panel. Once packs are with the members it is brought to its end: what was read cannot be unread."""

TABLES: dict[str, Table] = {"Scrutiny panel": PANEL}
LABELS: dict[str, dict[str, str]] = {"Scrutiny panel": steps.labels_of(P)}


def step(before: str | None, after: str) -> Step:
    """Return the step between two states of a panel. Raises NotPossible, saying how it stands, where none leads there."""
    return steps.step(PANEL, before, after, LABELS["Scrutiny panel"])
