"""Whose turn many cases were when, read at once: what their pages say, from the same rows and by the same rules."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from cases import models as m
from cases.derive.facts import CaseFacts, OutcomeFact, SuspectFacts
from cases.derive.states import Stage
from cases.derive.turn_spells import Spell, Stay, spells_of


class Recorded(Protocol):
    """What must be known of a case."""

    @property
    def id(self) -> UUID:
        """Its key."""

    @property
    def recorded_at(self) -> datetime:
        """From when on somebody held it."""

    @property
    def stage(self) -> str:
        """Its stage, as it was derived last."""


def spells_in(cases: Iterable[Recorded], among: Any, now: datetime) -> dict[UUID, tuple[Spell, ...]]:
    """Return case → its spells, in three queries. `among`: the same cases, as keys or as a queryset.

    Of a closed case the last spell ends with its last suspect, not with a crime that got its outcome later.
    """
    stays: Mapping[UUID, list[Stay]] = defaultdict(list)
    positions = m.CpsPosition.objects.filter(case__in=among).order_by("since")
    for case_id, key, position, since, until in positions.values_list("case_id", "suspect_id", "position", "since", "until"):
        stays[case_id].append(Stay(key, position, since, until))
    outcomes: Mapping[UUID, list[OutcomeFact]] = defaultdict(list)
    settled = m.SuspectOutcome.objects.filter(case__in=among).order_by("created_at")
    for key, code, on, reopened_at in settled.values_list("suspect_id", "code", "on", "reopened_at"):
        outcomes[key].append(OutcomeFact(code, on, reopened_at))
    suspects: Mapping[UUID, list[SuspectFacts]] = defaultdict(list)
    people = m.Suspect.objects.filter(case__in=among, recorded_in_error_at__isnull=True).order_by("number")
    for case_id, key, identified_at in people.values_list("case_id", "id", "identified_at"):
        suspects[case_id].append(SuspectFacts(key, identified_at, outcomes=tuple(outcomes[key])))
    found = {}
    for case in cases:
        facts = CaseFacts(case.id, 0, case.recorded_at, "", None, tuple(suspects[case.id]))
        found[case.id] = spells_of(facts, stays[case.id], now, stage=Stage(case.stage))
    return found
