"""Requests for a review to test on: decisions not to charge of either side, review units, and requests in each state by the services."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from accounts.models import Unit, User
from accounts.roles import Grade, Role
from cases import models as m
from cases.services.reconcile import keys_of, reconcile
from core import clock
from core.scope import Kind, Scope, scope, system
from prosecution.models import ReviewRequest
from prosecution.models import ReviewState as V
from prosecution.services.review_requests import lodge_review
from prosecution.services.review_results import answer_out_of_scope, decide_review, propose_out_of_scope, withdraw_review
from prosecution.services.review_work import acknowledge_review, allocate_review
from tests.factories import AVON, SOUTH_WEST, World, ago, make_user
from tests.integration.prosecution.making import brought_case, do, fresh, police_case, suspect_of

GROUNDS = "Nobody asked the neighbour who heard it"
DECIDED: dict[str, Any] = {"result_note": "The neighbour was never asked", "reasons_for_victim": "We looked at it again"}
OUT: dict[str, Any] = {"result_note": "Nobody was interviewed", "way_left": "She or he can complain"}


@dataclass
class ReviewUnit:
    """The review unit of a side: a reviewer and a colleague, neither of whom took part in anything."""

    reviewer: User
    second: User


def make_review_unit(side: str) -> ReviewUnit:
    """Make the review unit of Avon and Somerset, or of the South West."""
    agency, role = (AVON, Role.SUPERVISOR) if side == "police" else (SOUTH_WEST, Role.CPS_MANAGER)
    with scope(Scope(kind=Kind.SYSTEM, force_id=agency, agency_id=agency)):
        unit, _ = Unit.objects.get_or_create(agency_id=agency, name="Test review unit", defaults={"reviews": True})
    return ReviewUnit(*(make_user(agency, role, unit=unit, grade=Grade.INSPECTOR) for _ in range(2)))


def decided_case(world: World, side: str = "police", *, interviewed: bool = True, code: int = 15, days: int = 20, **facts: Any) -> m.Case:
    """Return a case whose one suspect was not charged, so many days ago, by the supervisor or the prosecutor."""
    case = brought_case(world, **facts) if side == "cps" else police_case(world, **facts)
    suspect = suspect_of(case)
    with scope(system(case.force_id)):
        keys = {**keys_of(case), "created_by": world.supervisor if side == "police" else world.prosecutor}
        if interviewed:
            m.Interview.objects.create(**keys_of(case), suspect=suspect, at=ago(days=days + 1), manner="voluntary")
        m.SuspectOutcome.objects.create(**keys, suspect=suspect, code=code, on=_day(-days), side=side, reasons="Not enough evidence")
        m.Offence.objects.filter(case=case).update(outcome_code=code, outcome_on=_day(-days))
        reconcile(fresh(case), reason="outcome_recorded", actor_name="Test")
    return fresh(case)


def _day(days: int) -> Any:
    return clock.today() + timedelta(days=days)


def reasons_reached(case: m.Case, days_ago: int, side: str = "police") -> None:
    """Say that written reasons reached the complainant so many days ago."""
    with scope(system(case.force_id)):
        m.WrittenReasons.objects.create(
            **keys_of(case), complainant=complainant_of(case), fact_id=outcome_of(case).pk, reached_on=_day(-days_ago), how="letter",
            side=side, known_by="She said so",
        )  # fmt: skip


def outcome_of(case: m.Case) -> m.SuspectOutcome:
    """Return the latest outcome of the suspect."""
    with scope(system(case.force_id)):
        return m.SuspectOutcome.objects.filter(case=case).order_by("-created_at")[0]


def complainant_of(case: m.Case) -> m.Complainant:
    """Return complainant A."""
    with scope(system(case.force_id)):
        return m.Complainant.objects.get(case=case, label="A")


def lodged(world: World, case: m.Case, *, by: User | None = None, days_ago: int = 0, **more: Any) -> ReviewRequest:
    """Return a request about the decision on the suspect, taken by the officer unless told otherwise."""
    more.setdefault("decision_id", None)
    more["decision_id"] = more["decision_id"] or outcome_of(case).pk
    given: dict[str, Any] = {
        "received_on": _day(-days_ago), "asked_by": "herself", "own_words": True, "grounds": GROUNDS,
    } | more  # fmt: skip
    return do(by or world.investigator, lodge_review, case, complainant_id=complainant_of(case).pk, **given)


def work(person: User, service: Any, case: m.Case, row: ReviewRequest, **more: Any) -> Any:
    """Call a service on a request as a person."""
    return do(person, service, case, review_request_id=row.pk, **more)


def in_state(world: World, case: m.Case, unit: ReviewUnit, state: V) -> ReviewRequest:
    """Return a request in a state, brought there by the services; whoever reviews is `unit.reviewer`."""
    row = lodged(world, case)
    if state in {V.ACKNOWLEDGED, V.ALLOCATED, V.UPHELD, V.OVERTURNED, V.OUT_PROPOSED, V.OUT_OF_SCOPE}:
        work(unit.reviewer, acknowledge_review, case, row)
    if state in {V.ALLOCATED, V.UPHELD, V.OVERTURNED}:
        work(unit.reviewer, allocate_review, case, row, reviewer_id=unit.reviewer.pk)
    if state in {V.UPHELD, V.OVERTURNED}:
        work(unit.reviewer, decide_review, case, row, result=state, **DECIDED)
    if state in {V.OUT_PROPOSED, V.OUT_OF_SCOPE}:
        work(unit.reviewer, propose_out_of_scope, case, row, **OUT)
    if state == V.OUT_OF_SCOPE:
        work(unit.second, answer_out_of_scope, case, row, confirm=True, reasons_for_victim="The scheme does not cover it")
    if state == V.WITHDRAWN:
        work(unit.reviewer, withdraw_review, case, row, result_note="She told the unit on the telephone")
    return again(row)


def again(row: ReviewRequest) -> ReviewRequest:
    """Return a request as the database has it now."""
    with scope(system(AVON)):
        return ReviewRequest.objects.select_related("reviewer", "proposed_by").get(pk=row.pk)


def clocks(case: m.Case, kind: str = "vrr_complete") -> list[m.Deadline]:
    """Return the clocks of a kind of a case."""
    with scope(system(case.force_id)):
        return list(m.Deadline.objects.filter(case=case, kind=kind, cancelled=False).order_by("started_at"))
