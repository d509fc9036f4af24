"""The clock of the second look at no further action that the police propose: from putting it forward until it is answered. Pure rule.

It is the police's alone: the CPS may not learn that anything is proposed, so it never sees the clock (`Deadline.objects.shown_to`, and
the database's own policy).
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.apps import apps

from cases.derive.clocks import Editions, Kind, Wanted
from cases.derive.facts import CaseFacts
from prosecution.derive.wanting import wanted
from prosecution.models.nfa import NfaState

NAME: Final = "nfa"
CHECKED: Final = frozenset({NfaState.CONFIRMED, NfaState.SENT_BACK})


@dataclass(frozen=True, slots=True)
class NfaFact:
    """One time that a proposal waited for a second person: since when, and how that ended."""

    id: UUID
    suspect_id: UUID | None
    proposed_at: datetime
    checked_at: datetime | None = None
    ended_at: datetime | None = None


def nfa_clocks(case: CaseFacts, editions: Editions) -> Iterator[Wanted]:
    """Yield one clock for each time that a proposal waited; of a suspect recorded in error none."""
    facts: tuple[NfaFact, ...] = case.beside.get(NAME) or ()
    people = {suspect.id for suspect in case.suspects}
    turns: defaultdict[UUID, int] = defaultdict(int)
    for one in facts:
        if one.suspect_id is None or one.suspect_id in people:
            yield wanted(
                Kind.NFA_CHECK,
                one.id,
                one.proposed_at,
                editions,
                suspect=one.suspect_id,
                sequence=turns[one.id],
                met=one.checked_at,
                ended=one.ended_at,
            )
            turns[one.id] += 1


def load(case: Any) -> tuple[NfaFact, ...]:
    """Return every time that a proposal waited, from its versions. One query. Called in the system scope of the case's force."""
    versions: Any = apps.get_model("prosecution", "ProposedNfaVersion")._default_manager
    rows = versions.filter(case=case).order_by("pgh_created_at", "pgh_id")
    found: list[NfaFact] = []
    waiting: dict[UUID, NfaFact] = {}
    columns = ("pgh_obj_id", "suspect_id", "proposed_at", "checked_at", "state", "pgh_created_at")
    for key, suspect_id, proposed_at, checked_at, state, at in rows.values_list(*columns):
        if state == NfaState.WAITS and proposed_at is not None:
            waiting[key] = NfaFact(key, suspect_id, proposed_at)
        elif key in waiting:
            checked = checked_at if state in CHECKED else None
            found.append(replace(waiting.pop(key), checked_at=checked, ended_at=None if checked else at))
    return tuple(sorted([*found, *waiting.values()], key=lambda one: (one.proposed_at, str(one.id))))


def register() -> None:
    """Tell the importer what this rule is given for a case that is new here: nothing."""
    from cases.importing.takers import TAKERS, Taker

    TAKERS.register(Taker(name=NAME, columns={}, tables=(), take=_nothing, answer=_nothing, fresh_facts={NAME: lambda taking: ()}))


def _nothing(*about: Any) -> None:
    """The extract says nothing of what is proposed: no column is taken, and none is answered."""
