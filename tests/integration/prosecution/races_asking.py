"""Two at one moment who send, triage, advise, take back, or let a case go to another Area."""

from functools import partial
from typing import Any

from accounts.models import User
from accounts.roles import Role
from cases import models as m
from core.scope import scope, system
from prosecution.models import ActionPlan, AreaTransfer, IncomingTransfer, Referral, Submission
from prosecution.services import advice_answers, advice_sending, advice_triage, plans, referral_triage, referrals, transfers
from prosecution.services.advice import ready_advice
from tests.factories import AVON, SOUTH_EAST, SOUTH_WEST, World, acting_as, make_user
from tests.integration.prosecution import making
from tests.integration.prosecution.making import do, fresh, item
from tests.integration.prosecution.racing import Check, Steps, rows, second, told
from tests.integration.racing import one_was_told


def one_sending(case: m.Case, results: list[Any]) -> None:
    one_was_told(results)
    assert rows(Submission, case) == 1


def send_advice(world: World, reference: str) -> tuple[m.Case, Steps, Check]:
    case = making.police_case(world, reference=reference)
    row = making.drafted_advice(world, case)
    do(world.investigator, ready_advice, case, early_advice_id=row.pk)
    step = partial(do, service=advice_sending.send_advice, case=case, early_advice_id=row.pk)
    return case, (partial(step, world.sergeant), partial(step, world.supervisor)), partial(one_sending, case)


def one_prosecutor(case: m.Case, results: list[Any]) -> None:
    one_was_told(results)
    assert rows(m.CasePerson, case, role=m.CaseRole.PROSECUTOR, until__isnull=True) == 1
    assert rows(Submission, case, triage="accepted") == 1


def accept_advice(world: World, reference: str) -> tuple[m.Case, Steps, Check]:
    case, other = making.police_case(world, reference=reference), second(world)
    key = {"early_advice_id": making.asked(world, case).pk}
    steps = (
        partial(do, world.cps_manager, advice_triage.accept_advice, case, **key, prosecutor_id=world.prosecutor.pk),
        partial(do, other, advice_triage.accept_advice, case, **key, prosecutor_id=other.pk),
    )
    return case, steps, partial(one_prosecutor, case)


def give_advice(world: World, reference: str) -> tuple[m.Case, Steps, Check]:
    case = making.police_case(world, reference=reference)
    row = making.accepted_advice(world, case)
    given: dict[str, Any] = {"early_advice_id": row.pk, "answers": {1: "Yes", 2: "No"}, "result": "advised"}
    step = partial(do, service=advice_answers.give_advice, case=case, **given)
    return case, (partial(step, world.prosecutor), partial(step, second(world))), told


def one_referral_sent(case: m.Case, results: list[Any]) -> None:
    one_sending(case, results)
    assert rows(m.CpsPosition, case, until__isnull=True) == rows(m.CpsPosition, case) == 1


def send_referral(world: World, reference: str) -> tuple[m.Case, Steps, Check]:
    case = making.police_case(world, reference=reference)
    given: dict[str, Any] = {"charging_referral_id": making.ready_referral_of(world, case).pk, "supervisor_comments": "Read"}
    step = partial(do, service=referrals.send_referral, case=case, **given)
    return case, (partial(step, world.sergeant), partial(step, world.supervisor)), partial(one_referral_sent, case)


def accept_referral(world: World, reference: str) -> tuple[m.Case, Steps, Check]:
    case, other = making.police_case(world, reference=reference), second(world)
    key = {"charging_referral_id": making.sent_referral(world, case).pk}
    steps = (
        partial(do, world.cps_manager, referral_triage.accept_referral, case, **key, prosecutor_id=world.prosecutor.pk),
        partial(do, other, referral_triage.accept_referral, case, **key, prosecutor_id=other.pk),
    )
    return case, steps, partial(one_prosecutor, case)


def accept_and_withdraw(world: World, reference: str) -> tuple[m.Case, Steps, Check]:
    case = making.police_case(world, reference=reference)
    key = {"charging_referral_id": making.sent_referral(world, case).pk}
    steps = (
        partial(do, world.cps_manager, referral_triage.accept_referral, case, **key, prosecutor_id=world.prosecutor.pk),
        partial(do, world.investigator, referrals.withdraw_referral, case, **key, reason="Not yet"),
    )

    def check(results: list[Any]) -> None:
        accepted = one_was_told(results) is results[1]
        assert rows(Referral, case, state="accepted" if accepted else "withdrawn") == 1
        assert rows(m.CpsPosition, case, until__isnull=True) == int(accepted) == int(fresh(case).brought)

    return case, steps, check


def offered(world: World, reference: str) -> tuple[m.Case, AreaTransfer, User]:
    """Return a case offered to South East, and a manager there: the same one in every round."""
    case = making.police_case(world, reference=reference)
    making.accepted_referral(world, case)
    row = do(world.cps_manager, transfers.offer_to_area, case, area_id=SOUTH_EAST, reason="It happened there")
    found = User.objects.filter(agency=SOUTH_EAST, role=Role.CPS_MANAGER).first()
    return case, row, found or make_user(SOUTH_EAST, Role.CPS_MANAGER)


def accepts(manager: User, row: AreaTransfer, prosecutor: User) -> m.Case:
    with acting_as(manager):
        return transfers.accept_area_offer(actor=manager, transfer_id=row.transfer_key, prosecutor_id=prosecutor.pk)


def all_there(case: m.Case, row: AreaTransfer) -> None:
    """Check that the case is South East's with every row, and that both rows of the offer say the same."""
    assert fresh(case).cps_area_scope == SOUTH_EAST
    assert rows(Referral, case, cps_area_scope=SOUTH_EAST) == 1
    assert rows(m.TimelineEvent, case) == rows(m.TimelineEvent, case, cps_area_scope=SOUTH_EAST)
    with scope(system(AVON)):
        assert IncomingTransfer.objects.get(pk=row.transfer_key).state == AreaTransfer.objects.get(pk=row.pk).state == "accepted"


def accept_transfer(world: World, reference: str) -> tuple[m.Case, Steps, Check]:
    case, row, manager = offered(world, reference)
    step = partial(accepts, manager, row, world.other_area)

    def check(results: list[Any]) -> None:
        one_was_told(results)
        all_there(case, row)

    return case, (step, step), check


def accept_transfer_and_plan(world: World, reference: str) -> tuple[m.Case, Steps, Check]:
    """A plan is drafted while the case goes: it goes with it, or was refused; it is never left behind."""
    case, row, manager = offered(world, reference)
    with scope(system(AVON)):
        key = Referral.objects.get(case=case).pk
    steps = (
        partial(accepts, manager, row, world.other_area),
        partial(do, world.prosecutor, plans.draft_plan, case, charging_referral_id=key, item=item()),
    )

    def check(results: list[Any]) -> None:
        assert not isinstance(results[0], Exception)
        all_there(case, row)
        assert rows(ActionPlan, case, cps_area_scope=SOUTH_EAST) == int(not isinstance(results[1], Exception))

    return case, steps, check


def withdrawn_transfer(world: World, reference: str) -> tuple[m.Case, Steps, Check]:
    case, row, manager = offered(world, reference)
    steps = (
        partial(accepts, manager, row, world.other_area),
        partial(do, world.cps_manager, transfers.withdraw_area_offer, case, area_transfer_id=row.pk, reason="We keep it"),
    )

    def check(results: list[Any]) -> None:
        gone = one_was_told(results) is results[1]
        assert fresh(case).cps_area_scope == (SOUTH_EAST if gone else SOUTH_WEST)

    return case, steps, check
