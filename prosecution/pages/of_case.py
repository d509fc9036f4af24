"""What stands on the case page between police and CPS: requests, referrals, plans, decisions and meetings, each in a line.

All of it is read by one UNION onto the same columns, whatever the case holds. What the CPS prepares and has not given yet is
not asked for at all for the police: plans not sent, decisions proposed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case, CharField, Count, DateField, DateTimeField, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast, Coalesce

from accounts.models import User
from cases import models as m
from cases.fragments import Fragment
from cases.listing import is_cps
from prosecution import states
from prosecution.models import (
    ActionItem,
    ActionPlan,
    AdviceState,
    AreaTransfer,
    ChargingDecision,
    EarlyAdvice,
    EarlyAdviceNotSought,
    Finalisation,
    Meeting,
    PlanState,
    ProposedDecision,
    Referral,
    ReferralState,
    RefusalChallenge,
    Submission,
)
from prosecution.models.decision import ProposedState
from prosecution.pages.as_sent import GAVE_BACK
from prosecution.pages.of_case_words import Line, MeetingLine, line_of, meeting_of
from prosecution.pages.places import place
from prosecution.permissions import PRINT_FOR_DISCLOSURE

NOT_SENT = (PlanState.DRAFT, PlanState.WAITS_FOR_DCP)
PREPARED = (ProposedState.DRAFT, ProposedState.WAITS, ProposedState.CONFIRMED, ProposedState.SENT_BACK)
MEETINGS_SHOWN = 10


class Row(NamedTuple):
    """One row of any of the tables. What each column means there is said where the table is read."""

    table: str
    id: UUID
    number: int | None
    state: str
    since: datetime
    respond_by: date | None
    name: str
    text: str
    police: int
    cps: int
    times: int


TYPES: Mapping[str, Any] = {
    "number": IntegerField(),
    "state": CharField(),
    "since": DateTimeField(),
    "respond_by": DateField(),
    "name": CharField(),
    "text": CharField(),
    "police": IntegerField(),
    "cps": IntegerField(),
    "times": IntegerField(),
}
EMPTY: Mapping[str, Any] = {"state": "", "name": "", "text": "", "police": 0, "cps": 0, "times": 0}


@dataclass(frozen=True, slots=True)
class Passage:
    """The section: what is open, what ended, and the latest meetings."""

    open: list[Line]
    ended: list[Line]
    meetings: list[MeetingLine]
    more_meetings: int
    print_address: str
    """Where police print the record for the disclosure officer; blank for everybody else."""


def section(case: m.Case, user: User) -> Fragment:
    """Return the section for this reader. One query. Sight of the case has been proved."""
    rows = rows_of(case, cps=is_cps(user))
    lines = [line_of(row) for row in rows if row.table != "Meeting"]
    meetings = [meeting_of(row) for row in rows if row.table == "Meeting"]
    shown = Passage(
        open=[line for line in lines if line.open],
        ended=[line for line in lines if not line.open],
        meetings=meetings[:MEETINGS_SHOWN],
        more_meetings=max(len(meetings) - MEETINGS_SHOWN, 0),
        print_address=place("disclosure_print", case.pk) if PRINT_FOR_DISCLOSURE.holds(user) else "",
    )
    return Fragment("prosecution/of_case.html", {"passage": shown})


def rows_of(case: m.Case, *, cps: bool) -> list[Row]:
    """Return everything, newest first, that one side may know of."""
    first, *others = [
        _advice(case, cps=cps),
        _not_sought(case),
        _referrals(case, cps=cps),
        _plans(case, cps=cps),
        _decisions(case),
        _finalisations(case),
        _transfers(case),
        _meetings(case),
        *([_proposals(case)] if cps else []),
    ]
    return sorted((Row(*row) for row in first.union(*others, all=True)), key=lambda row: (row.since, row.id), reverse=True)


def _cast(rows: QuerySet[Any], **columns: Any) -> QuerySet[Any]:
    """Put a table onto the common columns; a column not named is empty there."""
    shown = {name: Cast(columns.get(name, Value(EMPTY.get(name))), kind) for name, kind in TYPES.items()}
    named = {f"x_{name}": value for name, value in shown.items()}
    table = Cast(Value(rows.model.__name__), CharField())
    cast: QuerySet[Any] = rows.order_by().annotate(x_table=table, **named).values_list("x_table", "id", *named)
    return cast


def sent_or_own(rows: QuerySet[Any], *, cps: bool) -> QuerySet[Any]:
    """Leave out of a list for the CPS what the police have never sent: a draft is their own."""
    return rows.filter(first_submitted_at__isnull=False) if cps else rows


def _state(ready: str, returned: str, *, cps: bool) -> Any:
    """Return the state as a side sees it: for the CPS what came back is returned until it is sent again, ready or not."""
    return Case(When(state=ready, then=Value(returned)), default=F("state"), output_field=CharField()) if cps else F("state")


def _latest(column: str, **of: Any) -> Subquery:
    return Subquery(Submission.objects.filter(**of).order_by("-number").values(column)[:1])


def _review_as_sent(**of: Any) -> Subquery:
    """Return the review asked for when it was sent, of a referral that came back: the CPS sees no other until it is sent again."""
    sent = KeyTextTransform("review_type", KeyTransform("columns", "as_sent"))
    gave_back = Case(When(triage__in=GAVE_BACK, then=sent), output_field=CharField())
    return Subquery(Submission.objects.filter(**of).order_by("-number").annotate(x_sent=gave_back).values("x_sent")[:1])


def _sent_times(**of: Any) -> Coalesce:
    counted = Submission.objects.filter(**of).order_by().values(*of).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def _advice(case: m.Case, *, cps: bool) -> QuerySet[Any]:
    mine = {"advice": OuterRef("pk")}
    challenge = RefusalChallenge.objects.filter(**mine).order_by("-at").values("at")[:1]
    since = Case(
        When(state=AdviceState.READY, then=_latest("triaged_at", **mine) if cps else F("ready_at")),
        When(state=AdviceState.SENT, then=_latest("at", **mine)),
        When(state__in=(AdviceState.RETURNED, AdviceState.REFUSED), then=_latest("triaged_at", **mine)),
        When(state=AdviceState.CHALLENGED, then=Subquery(challenge)),
        When(state=AdviceState.ACCEPTED, then=F("accepted_at")),
        When(state__in=(AdviceState.ADVISED, AdviceState.WITHDRAWN), then=F("ended_at")),
        output_field=DateTimeField(),
    )
    return _cast(
        sent_or_own(EarlyAdvice.objects.filter(case=case), cps=cps),
        number=F("number"),
        state=_state(AdviceState.READY, AdviceState.RETURNED, cps=cps),
        since=Coalesce(since, F("created_at")),
        respond_by=_latest("respond_by", **mine),
        name=Coalesce(F("prosecutor__name"), Value("")),
        text=F("result"),
        times=_sent_times(**mine),
    )


def _not_sought(case: m.Case) -> QuerySet[Any]:
    rows = EarlyAdviceNotSought.objects.filter(case=case)
    return _cast(rows, state=F("reason"), since=F("at"), name=Coalesce(F("created_by__name"), Value("")), text=F("text"))


def _referrals(case: m.Case, *, cps: bool) -> QuerySet[Any]:
    mine = {"referral": OuterRef("pk")}
    on_plan = ActionPlan.objects.filter(**mine, state=PlanState.SET).order_by("-number").values("set_at")[:1]
    since = Case(
        When(state=ReferralState.READY, then=_latest("triaged_at", **mine) if cps else F("ready_at")),
        When(state=ReferralState.SENT, then=_latest("at", **mine)),
        When(state=ReferralState.RETURNED, then=_latest("triaged_at", **mine)),
        When(state=ReferralState.ACCEPTED, then=F("accepted_at")),
        When(state=ReferralState.ON_PLAN, then=Subquery(on_plan)),
        When(state__in=(ReferralState.DECIDED, ReferralState.WITHDRAWN, ReferralState.FINALISED), then=F("ended_at")),
        output_field=DateTimeField(),
    )
    return _cast(
        sent_or_own(Referral.objects.filter(case=case), cps=cps),
        number=F("number"),
        state=_state(ReferralState.READY, ReferralState.RETURNED, cps=cps),
        since=Coalesce(since, F("created_at")),
        respond_by=_latest("respond_by", **mine),
        name=Coalesce(F("prosecutor__name"), Value("")),
        text=Coalesce(_review_as_sent(**mine), F("review_type")) if cps else F("review_type"),
        times=_sent_times(**mine),
    )


def _plans(case: m.Case, *, cps: bool) -> QuerySet[Any]:
    rows = ActionPlan.objects.filter(case=case).exclude(state=PlanState.DISCARDED)
    if not cps:
        rows = rows.filter(set_at__isnull=False)
    since = Case(When(state__in=NOT_SENT, then=F("created_at")), When(state=PlanState.SET, then=F("set_at")), default=F("ended_at"))
    return _cast(
        rows,
        number=F("number"),
        state=F("state"),
        since=Coalesce(since, F("set_at"), F("created_at")),
        name=F("set_by_name"),
        police=_items(Q(state__in=states.WITH_POLICE_ITEMS)),
        cps=_items(Q(state__in=states.WITH_CPS_ITEMS)),
        times=_items(~Q(state__in=states.ENDED_ITEMS)),
    )


def _items(which: Q) -> Coalesce:
    """Return how many items of a plan stand so."""
    counted = ActionItem.objects.filter(which, plan=OuterRef("pk")).order_by().values("plan").annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)


def _decisions(case: m.Case) -> QuerySet[Any]:
    rows = ChargingDecision.objects.filter(case=case)
    return _cast(rows, number=F("suspect__number"), state=F("decision"), since=F("decided_at"), name=F("decided_by_name"), text=F("test"))


def _proposals(case: m.Case) -> QuerySet[Any]:
    rows = ProposedDecision.objects.filter(case=case, state__in=PREPARED)
    since = Coalesce(F("checked_at"), F("proposed_at"), F("created_at"))
    return _cast(rows, number=F("suspect__number"), state=F("state"), since=since, name=F("by__name"), text=F("decision"))


def _finalisations(case: m.Case) -> QuerySet[Any]:
    rows = Finalisation.objects.filter(case=case)
    return _cast(
        rows,
        number=F("referral__number"),
        state=F("state"),
        since=Coalesce(F("reviewed_at"), F("at")),
        name=F("police_owner__name"),
        text=F("because"),
    )


def _transfers(case: m.Case) -> QuerySet[Any]:
    rows = AreaTransfer.objects.filter(case=case, state=m.OfferState.OFFERED)
    return _cast(rows, state=F("state"), since=F("created_at"), name=F("to_area__name"))


def _meetings(case: m.Case) -> QuerySet[Any]:
    return _cast(Meeting.objects.filter(case=case), state=F("how"), since=F("at"), name=F("who"), text=F("agreed"))
