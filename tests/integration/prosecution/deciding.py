"""Decisions to test on: suspects with the CPS, and decisions prepared, put and brought into each state by the services themselves."""

from collections.abc import Callable
from typing import Any

from accounts.models import User
from cases import models as m
from cases.services.reconcile import keys_of
from core import clock
from core.scope import scope, system
from prosecution.models import ChargingDecision, NfaMeeting, ProposedDecision, Referral, ReferralState, ReferralSuspect
from prosecution.models import ProposedState as D
from prosecution.services.decision_checks import check_decision, propose_decision
from prosecution.services.decisions import change_decision, discard_decision, prepare_decision
from prosecution.services.publishing import publish_decision
from tests.factories import AVON, SOUTH_WEST, World, ago, make_user
from tests.integration.cases.making import plan_tellings
from tests.integration.prosecution.making import brought_case, do, suspect_of

CHARGE: dict[str, Any] = {
    "test": "full_code", "decision": "charge", "charges": ["19C", "20A"], "principal_offence": "19C", "undermining": "no",
    "views_considered": "By letter, and the prosecutor met her or him", "cps_reference": "52AB0000126",
}  # fmt: skip
NFA: dict[str, Any] = {
    "test": "full_code", "decision": "nfa_evidential", "undermining": "no", "views_considered": "By letter",
    "reasons_for_victim": "There is not enough evidence for a court to be sure", "enquiries_not_done": "None is left",
    "alternatives": ["none_fits"], "alternatives_note": "No conviction and no pattern", "others_considered": True,
}  # fmt: skip
PUBLIC_INTEREST = NFA | {"decision": "nfa_public_interest"}
FURTHER: dict[str, Any] = {"test": "full_code", "decision": "further_evidence"}
DISPOSAL = NFA | {"decision": "non_conviction", "disposal": 22}
CONDITIONS = tuple(f"Because {number}" for number in range(1, 6))


def with_cps(world: World, *, suspects: int = 1, planned: bool = True, **facts: Any) -> m.Case:
    """Return a case whose suspects are all with the CPS under one accepted referral; telling is planned unless told otherwise.

    The investigator was offered a meeting about each and wants none.
    """
    case = brought_case(world, suspects=suspects, **facts)
    with scope(system(case.force_id)):
        referral = Referral.objects.create(
            **keys_of(case), number=1, state=ReferralState.ACCEPTED, prosecutor=world.prosecutor, first_submitted_at=ago(days=2),
            accepted_at=ago(days=1),
        )  # fmt: skip
        for suspect in m.Suspect.objects.filter(case=case):
            ReferralSuspect.objects.create(**keys_of(case), referral=referral, suspect=suspect, sent_at=ago(days=2))
            m.CpsPosition.objects.create(**keys_of(case), suspect=suspect, position=m.Position.WITH_CPS, since=ago(days=2))
            NfaMeeting.objects.create(
                **keys_of(case), suspect=suspect, offered_at=ago(days=1), offered_by=world.prosecutor, answer_by=clock.today(),
                answer=NfaMeeting.Answer.DECLINED, answered_at=ago(hours=20), answered_by=world.investigator,
            )  # fmt: skip
    if planned:
        plan_tellings(case)
    return case


def prepared(world: World, case: m.Case, *, by: User | None = None, number: int = 1, **said: Any) -> ProposedDecision:
    """Return a draft on a suspect, a complete charge unless told otherwise."""
    return do(by or world.prosecutor, prepare_decision, case, suspect_id=suspect_of(case, number).pk, **(said or CHARGE))


def act(person: User, service: Callable[..., Any], case: m.Case, row: ProposedDecision | ChargingDecision, **more: Any) -> Any:
    """Call a service on a decision as a person."""
    key = "proposed_decision_id" if isinstance(row, ProposedDecision) else "charging_decision_id"
    return do(person, service, case, **{key: row.pk}, **more)


def proposed(world: World, case: m.Case, **said: Any) -> ProposedDecision:
    """Return no further action on the evidence that waits for a second prosecutor."""
    row = prepared(world, case, **(said or NFA))
    act(world.prosecutor, propose_decision, case, row)
    return row


def confirmed(world: World, case: m.Case, **said: Any) -> ProposedDecision:
    """Return the same, confirmed by the manager."""
    row = proposed(world, case, **said)
    act(world.cps_manager, check_decision, case, row, confirm=True)
    return row


def published(world: World, case: m.Case, *, number: int = 1, **said: Any) -> ChargingDecision:
    """Return a published decision that needs no second check."""
    row = prepared(world, case, number=number, **(said or CHARGE))
    return act(world.prosecutor, publish_decision, case, row)  # type: ignore[no-any-return]


def in_state(world: World, case: m.Case, state: D, *, said: dict[str, Any] = NFA) -> ProposedDecision:
    """Return the prosecutor's decision in a state, brought there by the services."""
    row = prepared(world, case, **said)
    if state in {D.WAITS, D.CONFIRMED, D.SENT_BACK}:
        act(world.prosecutor, propose_decision, case, row)
    if state in {D.CONFIRMED, D.SENT_BACK}:
        act(world.cps_manager, check_decision, case, row, confirm=state == D.CONFIRMED, note="Read the third statement again")
    if state == D.PUBLISHED:
        act(world.prosecutor, change_decision, case, row, **CHARGE)
        act(world.prosecutor, publish_decision, case, row)
    if state == D.OVERTAKEN:
        other = prepared(world, case, by=world.cps_manager, **CHARGE)
        act(world.cps_manager, publish_decision, case, other)
    if state == D.DISCARDED:
        act(world.prosecutor, discard_decision, case, row)
    return again(row)


def again(row: ProposedDecision) -> ProposedDecision:
    """Return a decision as the database has it now."""
    with scope(system(AVON)):
        return ProposedDecision.objects.select_related("checked_by", "by").get(pk=row.pk)


def decisions(case: m.Case) -> list[ChargingDecision]:
    """Return the published decisions of a case in order."""
    with scope(system(case.force_id)):
        return list(ChargingDecision.objects.filter(case=case).select_related("outcome", "suspect").order_by("created_at"))


def colleague(role: Any) -> User:
    """Return one more person of South West."""
    return make_user(SOUTH_WEST, role)


def position(case: m.Case, number: int = 1) -> str:
    """Return where a suspect stands with the CPS, "" for nowhere."""
    with scope(system(case.force_id)):
        row = m.CpsPosition.objects.filter(suspect=suspect_of(case, number), until__isnull=True).first()
    return row.position if row else ""


def today() -> Any:
    """Return today in London."""
    return clock.today()
