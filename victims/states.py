"""The states of what goes between police and support services: every pair, who may, and whom it is told. Pure tables.

The services ask them before they write; docs/states.md prints them.
"""

from cases import steps
from cases.steps import Step as Step
from cases.steps import Table
from cases.steps import leads as leads
from victims import permissions as p
from victims.models.isva import LinkAnswer, ReferralState, TellState

OFFICERS = "police who see the case"
CLIENTS_ISVA = "the client’s ISVA, her or his cover, or the service’s manager"
WHO_ENDS = "whoever records that consent was withdrawn"
NOBODY = "nobody: it stands on the victim’s page and on the timeline"

REFERRAL: Table = (
    Step(None, ReferralState.OFFERED, OFFICERS, p.REFER, NOBODY),
    Step(None, ReferralState.ACCEPTED, f"{OFFICERS}, at once or by confirming a link", p.REFER, "the managers of the service"),
    Step(None, ReferralState.DECLINED, OFFICERS, p.REFER, "nobody: the clock asks again after 28 days"),
    Step(ReferralState.OFFERED, ReferralState.ACCEPTED, OFFICERS, p.REFER, "the managers of the service"),
    Step(ReferralState.OFFERED, ReferralState.DECLINED, OFFICERS, p.REFER, "nobody: the clock asks again after 28 days"),
    Step(ReferralState.ACCEPTED, ReferralState.ENDED, f"{OFFICERS}, or {CLIENTS_ISVA}", None, "the other side: officer, or ISVA"),
)
"""A referral to support. Ended: consent was withdrawn; the service sees nothing of her or him from then on."""

TELL: Table = (
    Step(None, TellState.SENT, OFFICERS, p.ANSWER_ISVA, "the ISVA, her or his cover, or the service’s managers where nobody is allocated"),
    Step(TellState.SENT, TellState.READ, CLIENTS_ISVA, p.SEE_CLIENTS, NOBODY),
    Step(TellState.SENT, TellState.RETURNED, "time: unread after 4 working hours", None, "the officer in the case, else the inspector"),
    Step(TellState.SENT, TellState.TAKEN_BACK, OFFICERS, p.ANSWER_ISVA, NOBODY),
    Step(TellState.READ, TellState.TAKEN_BACK, OFFICERS, p.ANSWER_ISVA, NOBODY),
    Step(TellState.SENT, TellState.WITHDRAWN, WHO_ENDS, None, NOBODY),
    Step(TellState.READ, TellState.WITHDRAWN, WHO_ENDS, None, NOBODY),
    Step(TellState.READ, TellState.TOLD, CLIENTS_ISVA, p.SEE_CLIENTS, "the officer in the case, else the inspector"),
    Step(TellState.READ, TellState.COULD_NOT, CLIENTS_ISVA, p.SEE_CLIENTS, "the officer in the case, else the inspector"),
    Step(TellState.READ, TellState.ASKS_OFFICER, CLIENTS_ISVA, p.SEE_CLIENTS, "the officer in the case, else the inspector"),
)
"""A request that an ISVA tell her or his client something. The duty to tell is the police's until it is told."""

LINK: Table = (
    Step(
        None,
        LinkAnswer.WAITING,
        "the service asks; the system finds the case",
        p.SEE_CLIENTS,
        "the officer in the case, else the inspector",
    ),
    Step(LinkAnswer.WAITING, LinkAnswer.CONFIRMED, f"{OFFICERS}, after asking the victim", p.REFER, "the managers of the service"),
    Step(LinkAnswer.WAITING, LinkAnswer.DECLINED, OFFICERS, p.REFER, "nobody: a service is never told what exists"),
)
"""A service’s request to be linked to a client, for each case and complainant it could be about."""

TABLES: dict[str, Table] = {
    "Referral to support": REFERRAL,
    "Request that an ISVA tell": TELL,
    "Link to a client": LINK,
}
LABELS = steps.labels_of(ReferralState, TellState, LinkAnswer)


def step(table: Table, before: str | None, after: str) -> Step:
    """Return the step between two states. Raises NotPossible where none leads there."""
    return steps.step(table, before, after, LABELS)
