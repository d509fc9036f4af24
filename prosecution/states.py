"""The states of what goes between police and CPS: every pair, who may, and whom it is told. Pure tables.

The services ask them before they write; docs/states.md prints them; every pair and role is tested from here.
"""

from cases import steps
from cases.models import OfferState
from cases.steps import Step as Step
from cases.steps import Table
from cases.steps import leads as leads
from prosecution import permissions as p
from prosecution.models.advice import AdviceState as A
from prosecution.models.decision import ProposedState as D
from prosecution.models.finalisation import Finalisation
from prosecution.models.plan import ItemState as I
from prosecution.models.plan import PlanState as P
from prosecution.models.referral import ReferralState as R
from prosecution.states_review import LABELS as REVIEW_LABELS
from prosecution.states_review import NAME as REVIEW_NAME
from prosecution.states_review import REVIEW

F = Finalisation.State

POLICE = "police who see the case"
SERGEANT = "a sergeant or supervisor"
INSPECTOR = "a supervisor"
MANAGER = "the Area’s legal manager, or CPS Direct for what is with it"
PROSECUTOR = "a prosecutor who sees the case"
DCP = "the Area’s legal manager, as District Crown Prosecutor"
TIME = "time"

NOBODY = "nobody: it stands on the case and in the list of whoever owes the next step"
OFFICER = "the officer in the case, else the inspector"
MANAGERS = "the Area’s legal managers, or CPS Direct"
NAMED = "the prosecutor named"

ADVICE: Table = (
    Step(None, A.DRAFT, POLICE, p.ASK_ADVICE, NOBODY),
    Step(A.DRAFT, A.READY, POLICE, p.ASK_ADVICE, "the sergeant of the case"),
    Step(A.READY, A.DRAFT, SERGEANT, p.SIGN_OFF, OFFICER),
    Step(A.READY, A.SENT, SERGEANT, p.SIGN_OFF, MANAGERS),
    Step(A.SENT, A.ACCEPTED, MANAGER, p.TRIAGE, f"{NAMED}, and {OFFICER}"),
    Step(A.SENT, A.RETURNED, MANAGER, p.TRIAGE, OFFICER),
    Step(A.SENT, A.REFUSED, MANAGER, p.TRIAGE, OFFICER),
    Step(A.RETURNED, A.READY, POLICE, p.ASK_ADVICE, "the sergeant of the case"),
    Step(A.REFUSED, A.CHALLENGED, INSPECTOR, p.CHALLENGE_REFUSAL, MANAGERS),
    Step(A.CHALLENGED, A.REFUSED, MANAGER, p.TRIAGE, "the inspector who challenged"),
    Step(A.CHALLENGED, A.ACCEPTED, MANAGER, p.TRIAGE, f"{NAMED}, and the inspector who challenged"),
    Step(A.ACCEPTED, A.ADVISED, PROSECUTOR, p.ADVISE, OFFICER),
    Step(A.DRAFT, A.WITHDRAWN, POLICE, p.WITHDRAW, NOBODY),
    Step(A.READY, A.WITHDRAWN, POLICE, p.WITHDRAW, NOBODY),
    Step(A.SENT, A.WITHDRAWN, POLICE, p.WITHDRAW, MANAGERS),
    Step(A.RETURNED, A.WITHDRAWN, POLICE, p.WITHDRAW, NOBODY),
    Step(A.REFUSED, A.WITHDRAWN, POLICE, p.WITHDRAW, NOBODY),
    Step(A.ACCEPTED, A.WITHDRAWN, POLICE, p.WITHDRAW, NAMED),
)
"""A request for early advice."""

REFERRAL: Table = (
    Step(None, R.DRAFT, POLICE, p.REFER, NOBODY),
    Step(R.DRAFT, R.READY, POLICE, p.REFER, "the sergeant and the inspector of the case"),
    Step(R.READY, R.DRAFT, SERGEANT, p.SIGN_OFF, OFFICER),
    Step(R.READY, R.SENT, SERGEANT, p.SIGN_OFF, MANAGERS),
    Step(R.SENT, R.ACCEPTED, MANAGER, p.TRIAGE, f"{NAMED}, and {OFFICER}"),
    Step(R.SENT, R.RETURNED, MANAGER, p.TRIAGE, OFFICER),
    Step(R.RETURNED, R.READY, POLICE, p.REFER, "the sergeant and the inspector of the case"),
    Step(R.ACCEPTED, R.ON_PLAN, PROSECUTOR, p.PLAN, OFFICER),
    Step(R.ON_PLAN, R.ACCEPTED, "whoever settles the last item", None, NAMED),
    Step(R.ACCEPTED, R.DECIDED, "whoever publishes the last decision, or records the last outcome", None, OFFICER),
    Step(R.ON_PLAN, R.DECIDED, "whoever publishes the last decision, or records the last outcome", None, OFFICER),
    Step(R.SENT, R.DECIDED, "whoever enters the last decision of CPS Direct, or records the last outcome", None, OFFICER),
    Step(R.RETURNED, R.DECIDED, "whoever records the last outcome", None, NOBODY),
    Step(R.DECIDED, R.ACCEPTED, "whoever records that she or he supports the prosecution again", None, NOBODY),
    Step(R.ON_PLAN, R.FINALISED, DCP, p.FINALISE, "the police owner named"),
    Step(R.FINALISED, R.ON_PLAN, INSPECTOR, p.REOPEN_FINALISED, f"{NAMED}, and {MANAGERS}"),
    Step(R.DRAFT, R.WITHDRAWN, POLICE, p.WITHDRAW, NOBODY),
    Step(R.READY, R.WITHDRAWN, POLICE, p.WITHDRAW, NOBODY),
    Step(R.SENT, R.WITHDRAWN, POLICE, p.WITHDRAW, MANAGERS),
    Step(R.RETURNED, R.WITHDRAWN, POLICE, p.WITHDRAW, NOBODY),
)
"""A referral for a charging decision."""

PLAN: Table = (
    Step(None, P.DRAFT, PROSECUTOR, p.PLAN, NOBODY),
    Step(P.DRAFT, P.WAITS_FOR_DCP, PROSECUTOR, p.PLAN, MANAGERS),
    Step(P.DRAFT, P.SET, PROSECUTOR, p.PLAN, OFFICER),
    Step(P.WAITS_FOR_DCP, P.SET, DCP, p.APPROVE_PLAN, OFFICER),
    Step(P.WAITS_FOR_DCP, P.DRAFT, DCP, p.APPROVE_PLAN, NAMED),
    Step(P.DRAFT, P.DISCARDED, PROSECUTOR, p.PLAN, NOBODY),
    Step(P.SET, P.ANSWERED, "whoever settles the last item", None, NAMED),
    *(Step(before, P.ENDED, "whoever records the last outcome", None, NOBODY) for before in (P.DRAFT, P.WAITS_FOR_DCP, P.SET)),
    Step(P.SET, P.FINALISED, DCP, p.FINALISE, "the police owner named"),
    Step(P.FINALISED, P.SET, INSPECTOR, p.REOPEN_FINALISED, NAMED),
)
"""An action plan."""

ITEM: Table = (
    Step(None, I.DRAFT, PROSECUTOR, p.PLAN, NOBODY),
    Step(None, I.SET, "whoever reports part of an item as done: the rest", p.ANSWER_ITEM, NAMED),
    Step(I.DRAFT, I.SET, "whoever sends the plan", None, OFFICER),
    Step(I.SET, I.ACCEPTED, POLICE, p.ANSWER_ITEM, NOBODY),
    Step(I.SET, I.CHALLENGED, POLICE, p.ANSWER_ITEM, NAMED),
    Step(I.ACCEPTED, I.CHALLENGED, POLICE, p.ANSWER_ITEM, NAMED),
    Step(I.CHALLENGED, I.DROPPED, PROSECUTOR, p.PLAN, OFFICER),
    Step(I.CHALLENGED, I.ACCEPTED, PROSECUTOR, p.PLAN, OFFICER),
    Step(I.CHALLENGED, I.INSISTED, PROSECUTOR, p.PLAN, OFFICER),
    Step(I.INSISTED, I.ACCEPTED, POLICE, p.ANSWER_ITEM, NOBODY),
    Step(I.INSISTED, I.ESCALATED, INSPECTOR, p.ESCALATE_ITEM, MANAGERS),
    Step(I.ESCALATED, I.DROPPED, "inspector or District Crown Prosecutor", p.RESOLVE_ITEM, f"{OFFICER}, and {NAMED}"),
    Step(I.ESCALATED, I.ACCEPTED, "inspector or District Crown Prosecutor", p.RESOLVE_ITEM, f"{OFFICER}, and {NAMED}"),
    *(Step(before, I.DONE, POLICE, p.ANSWER_ITEM, NAMED) for before in (I.SET, I.ACCEPTED, I.INSISTED)),
    *(Step(before, I.CANNOT, POLICE, p.ANSWER_ITEM, NAMED) for before in (I.SET, I.ACCEPTED, I.INSISTED)),
    Step(I.DONE, I.SETTLED, f"{PROSECUTOR}; or {TIME}, after 3 working days", p.PLAN, OFFICER),
    Step(I.DONE, I.ACCEPTED, PROSECUTOR, p.PLAN, OFFICER),
    Step(I.CANNOT, I.DROPPED, PROSECUTOR, p.PLAN, OFFICER),
    Step(I.CANNOT, I.INSISTED, PROSECUTOR, p.PLAN, OFFICER),
)
"""An item of an action plan. Accepted again from "done": the CPS did not take it as done."""

DECISION: Table = (
    Step(None, D.DRAFT, PROSECUTOR, p.DECIDE, NOBODY),
    Step(D.DRAFT, D.WAITS, PROSECUTOR, p.DECIDE, "the Area’s legal managers"),
    Step(D.SENT_BACK, D.WAITS, PROSECUTOR, p.DECIDE, "the Area’s legal managers"),
    Step(D.WAITS, D.CONFIRMED, "another prosecutor of the right grade", p.CHECK, "the prosecutor who proposed it"),
    Step(D.WAITS, D.SENT_BACK, "another prosecutor of the right grade", p.CHECK, "the prosecutor who proposed it"),
    Step(D.DRAFT, D.PUBLISHED, PROSECUTOR, p.DECIDE, OFFICER),
    Step(D.CONFIRMED, D.PUBLISHED, PROSECUTOR, p.DECIDE, OFFICER),
    *(Step(before, D.DRAFT, PROSECUTOR, p.DECIDE, NOBODY) for before in (D.WAITS, D.CONFIRMED)),
    *(Step(before, D.DISCARDED, PROSECUTOR, p.DECIDE, NOBODY) for before in (D.DRAFT, D.WAITS, D.CONFIRMED, D.SENT_BACK)),
    *(
        Step(before, D.OVERTAKEN, "whoever decides first", None, "whoever prepared the other")
        for before in (D.DRAFT, D.WAITS, D.CONFIRMED, D.SENT_BACK)
    ),
)
"""A decision on a suspect, as it is prepared. Published straight from a draft only where no second check is due; a draft again
once it is changed while it waits or after it was confirmed: what was looked at was something else."""

TRANSFER: Table = (
    Step(None, OfferState.OFFERED, "the legal manager of the Area that has the case", p.TRANSFER, "the legal managers of the other Area"),
    Step(OfferState.OFFERED, OfferState.WITHDRAWN, "the legal manager of the Area that has the case", p.TRANSFER, NOBODY),
    Step(OfferState.OFFERED, OfferState.DECLINED, "a legal manager of the Area it was offered to", p.TRANSFER, "who offered it"),
    Step(
        OfferState.OFFERED,
        OfferState.ACCEPTED,
        "a legal manager of the Area it was offered to",
        p.TRANSFER,
        f"who offered it, and {OFFICER}",
    ),
)
"""A case offered to another Area."""

FINALISATION: Table = (
    Step(None, F.STANDS, DCP, p.FINALISE, "the police owner named"),
    Step(F.STANDS, F.CONFIRMED, INSPECTOR, p.REOPEN_FINALISED, NOBODY),
    Step(F.STANDS, F.REOPENED, INSPECTOR, p.REOPEN_FINALISED, f"{NAMED}, and {MANAGERS}"),
    Step(F.CONFIRMED, F.REOPENED, INSPECTOR, p.REOPEN_FINALISED, f"{NAMED}, and {MANAGERS}"),
)
"""An administrative finalisation."""

TABLES: dict[str, Table] = {
    "Request for early advice": ADVICE,
    "Referral for a charging decision": REFERRAL,
    "Action plan": PLAN,
    "Item of an action plan": ITEM,
    "Decision on a suspect, in preparation": DECISION,
    "Case offered to another Area": TRANSFER,
    "Administrative finalisation": FINALISATION,
    REVIEW_NAME: REVIEW,
}
LABELS: dict[str, dict[str, str]] = {
    "Request for early advice": steps.labels_of(A),
    "Referral for a charging decision": steps.labels_of(R),
    "Action plan": steps.labels_of(P),
    "Item of an action plan": steps.labels_of(I),
    "Decision on a suspect, in preparation": steps.labels_of(D),
    "Case offered to another Area": steps.labels_of(OfferState),
    "Administrative finalisation": steps.labels_of(F),
    REVIEW_NAME: REVIEW_LABELS,
}
_NAMES = {id(table): name for name, table in TABLES.items()}

OPEN_ADVICE = frozenset({A.DRAFT, A.READY, A.SENT, A.RETURNED, A.REFUSED, A.CHALLENGED, A.ACCEPTED})
OPEN_REFERRAL = frozenset({R.DRAFT, R.READY, R.SENT, R.RETURNED, R.ACCEPTED, R.ON_PLAN})
WITH_POLICE_ITEMS = frozenset({I.SET, I.ACCEPTED, I.INSISTED})
WITH_CPS_ITEMS = frozenset({I.CHALLENGED, I.DONE, I.CANNOT})
ENDED_ITEMS = frozenset({I.SETTLED, I.DROPPED})


def step(table: Table, before: str | None, after: str) -> Step:
    """Return the step between two states. Raises NotPossible, saying how it stands, where none leads there."""
    return steps.step(table, before, after, LABELS[_NAMES[id(table)]])
