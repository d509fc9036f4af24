"""Everything the rows of a desk say, loaded by table in a fixed number of queries, however many rows there are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from accounts.models import User
from cases import models as m
from cases.derive.clocks import Kind
from cases.pages.many import by_case, finders_of
from cases.pages.needs import Finder
from prosecution.desk.prepared import prepared_on
from prosecution.models import (
    ActionItem,
    ActionPlan,
    AdviceSuspect,
    ChargingDecision,
    EarlyAdvice,
    ItemEvent,
    ProposedDecision,
    Referral,
    ReferralSuspect,
    RefusalChallenge,
    Submission,
)

Key = tuple[str, UUID]
TABLES: Mapping[str, tuple[Any, tuple[str, ...]]] = {
    one.__name__: (one, related)
    for one, related in (
        (Referral, ("prosecutor__unit",)),
        (EarlyAdvice, ("prosecutor__unit",)),
        (Submission, ("advice", "referral")),
        (RefusalChallenge, ("advice__prosecutor", "created_by")),
        (ChargingDecision, ("suspect", "referral__prosecutor__unit")),
        (ProposedDecision, ("suspect", "by__unit", "referral")),
        (ActionPlan, ("referral__prosecutor", "advice__prosecutor")),
        (ActionItem, ("suspect", "plan__referral__prosecutor", "plan__advice__prosecutor")),
    )
}
"""Table → its model, and what is read with each row."""
CLOCKS_SHOWN = (
    Kind.CHARGING_REVIEW, Kind.EARLY_ADVICE_RESPONSE, Kind.THRESHOLD_REVIEW, Kind.TRIAGE, Kind.SECOND_CHECK, Kind.ACTION_CHALLENGE,
    Kind.ACTION_ITEM, Kind.FINALISE_PROPOSED, Kind.BAIL_EXPIRY, Kind.DETENTION,
)  # fmt: skip
"""The kinds of clock that stand in a row: its own, and bail and detention beside it."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What has been read. Suspects of a referral or request by its key, in order of their numbers."""

    rows: Mapping[Key, Any]
    finders: Mapping[UUID, Finder]
    clocks: Mapping[UUID, list[m.Deadline]]
    suspects: Mapping[UUID, list[m.Suspect]]
    said: Mapping[UUID, str]
    """What was said last of an item, by its key."""
    prepared: Mapping[UUID, list[ProposedDecision]]
    """Decisions that are being prepared, by suspect."""

    def clock(self, case_id: UUID, kind: Kind, *, subject: UUID | None = None, suspects: Iterable[UUID] = ()) -> m.Deadline | None:
        """Return the running clock of a kind that is due first, about this subject or one of these suspects."""
        wanted = set(suspects)
        found = [
            one
            for one in self.clocks.get(case_id, [])
            if one.kind == kind and one.paused_since is None and (one.subject_id == subject or one.suspect_id in wanted)
        ]
        return min(found, key=lambda one: one.due_at, default=None)

    @property
    def cases(self) -> dict[UUID, m.Case]:
        """The cases shown, by key."""
        return {row.case_id: row.case for row in self.rows.values()}


def load(keys: Iterable[Key], user: User) -> Loaded:
    """Read the rows with these keys and what stands beside them. The caller has narrowed the keys to cases in sight."""
    wanted: dict[str, list[UUID]] = defaultdict(list)
    for table, key in keys:
        wanted[table].append(key)
    rows: dict[Key, Any] = {}
    for table, (model, related) in TABLES.items():
        found = model._default_manager.filter(pk__in=wanted[table]).select_related("case__force", "case__unit", *related)
        rows.update({(table, row.pk): row for row in found})
    for row in rows.values():
        if isinstance(row, ChargingDecision):
            row.was_reviewed = False  # type: ignore[attr-defined]  # only those not yet reviewed stand on a desk
    cases = {row.case_id: row.case for row in rows.values()}
    running = m.Deadline.objects.filter(
        case__in=list(cases), kind__in=CLOCKS_SHOWN, met_at__isnull=True, ended_at__isnull=True, cancelled=False
    )
    return Loaded(
        rows, finders_of(cases.values(), user), by_case(running), _suspects(rows.values()), _said(wanted["ActionItem"]), prepared_on(cases)
    )


def _suspects(rows: Iterable[Any]) -> dict[UUID, list[m.Suspect]]:
    """Return request or referral → its suspects. Two queries."""
    cases = {row.case_id for row in rows}
    found: dict[UUID, list[m.Suspect]] = defaultdict(list)
    named = {"case__in": list(cases), "removed_at__isnull": True, "suspect__recorded_in_error_at__isnull": True}
    for one in ReferralSuspect.objects.filter(**named).select_related("suspect").order_by("suspect__number"):
        found[one.referral_id].append(one.suspect)
    for asked in AdviceSuspect.objects.filter(**named).select_related("suspect").order_by("suspect__number"):
        found[asked.advice_id].append(asked.suspect)
    return found


def _said(items: list[UUID]) -> dict[UUID, str]:
    events = ItemEvent.objects.filter(item__in=items).exclude(text="").order_by("at", "created_at")
    return {event.item_id: f"{event.get_what_display()}: {event.text}" for event in events}
