"""The states of no further action as the police propose it, and of the meeting before the CPS decides so. Pure tables."""

from cases.steps import Step, Table, labels_of
from prosecution import permissions as p
from prosecution.models.nfa import NfaState as N
from prosecution.states import NOBODY, POLICE

CHECKER = "another person of the rank that the force asks for"
PROPOSER = "whoever proposed it"

NFA: Table = (
    Step(None, N.DRAFT, POLICE, p.PROPOSE_NFA, NOBODY),
    Step(N.DRAFT, N.WAITS, PROPOSER, p.PROPOSE_NFA, "the inspector of the case, else the supervisors of its unit"),
    Step(N.SENT_BACK, N.WAITS, PROPOSER, p.PROPOSE_NFA, "the inspector of the case, else the supervisors of its unit"),
    Step(N.WAITS, N.CONFIRMED, CHECKER, p.CHECK_NFA, PROPOSER),
    Step(N.WAITS, N.SENT_BACK, CHECKER, p.CHECK_NFA, PROPOSER),
    Step(N.WAITS, N.DRAFT, f"{PROPOSER}, who changes it", p.PROPOSE_NFA, NOBODY),
    *(
        Step(before, N.DISCARDED, f"{PROPOSER}, or a supervisor", p.PROPOSE_NFA, "whoever proposed it, where it was a supervisor")
        for before in (N.DRAFT, N.WAITS, N.SENT_BACK)
    ),
    *(Step(before, N.OVERTAKEN, "whoever records an outcome first", None, PROPOSER) for before in (N.DRAFT, N.WAITS, N.SENT_BACK)),
)
"""No further action, proposed by the police. The outcome is written when it is confirmed, in the same transaction."""

TABLES: dict[str, Table] = {"No further action, proposed by the police": NFA}
LABELS: dict[str, dict[str, str]] = {"No further action, proposed by the police": labels_of(N)}
