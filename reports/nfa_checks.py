"""Second checks of decisions not to charge: how often one was asked for in a time, and what each came to. The own side's alone.

A proposal may wait more than once: sent back, changed, put forward again. Each time counts, by the London day on which it was put
forward. That is read from the versions of what was proposed, which no police officer and no prosecutor reads: in the system
scope of each force, narrowed to the cases that the reader may count, and only as counts.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet

from cases import models as m
from core.scope import scope, system
from prosecution.models import DecisionType
from prosecution.models.nfa import NfaState
from reports.abstraction import Span

WAITS, CONFIRMED, SENT_BACK, TAKEN_BACK = "waits", "confirmed", "sent_back", "taken_back"
WORDS: Final = {
    CONFIRMED: "Confirmed",
    SENT_BACK: "Sent back",
    WAITS: "Waiting for the second person",
    TAKEN_BACK: "Taken back, or overtaken, before anybody answered",
}
NFA_DECISIONS: Final = frozenset({DecisionType.NFA_EVIDENTIAL, DecisionType.NFA_PUBLIC_INTEREST})
Seen = tuple[UUID, str, str | None, bool]
"""A version: of which proposal, its state, what it decides (of the police: nothing), whether it was put forward in the time."""


def checks(cases: QuerySet[m.Case], span: Span, side: str, forces: Iterable[int]) -> Counter[str]:
    """Return how many times a second check was asked for in the time, by what it came to. One query for each force."""
    name, decides = ("ProposedNfaVersion", None) if side == m.Side.POLICE else ("ProposedDecisionVersion", "decision")
    versions: Any = apps.get_model("prosecution", name)._default_manager
    found: Counter[str] = Counter()
    for force_id in forces:
        with scope(system(force_id)):
            rows = versions.filter(case__in=cases, pgh_created_at__gte=span.starts_at).order_by("pgh_created_at", "pgh_id")
            columns = ("pgh_obj_id", "state", "proposed_at", *([decides] if decides else []))
            read = list(rows.values_list(*columns))
        found += answers(
            (key, state, what[0] if what else None, proposed_at is not None and span.starts_at <= proposed_at < span.ends_at)
            for key, state, proposed_at, *what in read
        )
    return found


def answers(versions: Iterable[Seen]) -> Counter[str]:
    """Return what each time that a proposal waited came to, from the versions in order of time. Pure."""
    found: Counter[str] = Counter()
    waiting: dict[UUID, bool] = {}
    for key, state, decision, within in versions:
        if state == NfaState.WAITS:
            waiting[key] = within and (decision is None or decision in NFA_DECISIONS)
        elif waiting.pop(key, False):
            found[state if state in {CONFIRMED, SENT_BACK} else TAKEN_BACK] += 1
    found[WAITS] += sum(waiting.values())
    return +found
