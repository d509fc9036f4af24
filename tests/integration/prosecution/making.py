"""Cases between police and CPS to test on: shared and with their people, written directly because the screens have tests of their own."""

from datetime import timedelta
from typing import Any

from cases import models as m
from cases.services.reconcile import keys_of
from core import clock
from core.scope import scope, system
from prosecution.models import ActionItem, ActionPlan, EarlyAdvice, FileItemCode, Referral
from prosecution.services.advice import AdviceTexts, Asked, draft_advice, ready_advice
from prosecution.services.advice_sending import send_advice
from prosecution.services.advice_triage import accept_advice
from prosecution.services.items import NewItem, add_item
from prosecution.services.plans import draft_plan, send_plan
from prosecution.services.referral_file import Ticked, set_file_items
from prosecution.services.referral_triage import accept_referral
from prosecution.services.referrals import draft_referral, ready_referral, send_referral
from tests.factories import SOUTH_WEST, World, ago
from tests.integration.cases.making import do as do
from tests.integration.cases.making import fresh as fresh
from tests.integration.cases.making import make_case
from tests.integration.cases.making import suspect_of as suspect_of

SUSPECTS = ("Smith", "Jones", "Brown")


def police_case(world: World, *, suspects: int = 1, **facts: Any) -> m.Case:
    """Return a case of the police alone: officer, sergeant and inspector have their roles, nobody of the CPS sees it."""
    case = make_case(world.investigator, *SUSPECTS[:suspects], **facts)
    roles = {
        m.CaseRole.OFFICER: world.investigator,
        m.CaseRole.SERGEANT: world.sergeant,
        m.CaseRole.INSPECTOR: world.supervisor,
    }
    return _with_roles(case, roles)


def brought_case(world: World, *, suspects: int = 1, prosecutor: bool = True, **facts: Any) -> m.Case:
    """Return a case shared with South West, with `world.prosecutor` named unless told otherwise. Nothing is asked of the CPS yet."""
    case = police_case(world, suspects=suspects, **facts)
    with scope(system(case.force_id)):
        m.Case.objects.filter(pk=case.pk).update(cps_area_scope=SOUTH_WEST)
    return _with_roles(fresh(case), {m.CaseRole.PROSECUTOR: world.prosecutor} if prosecutor else {})


def _with_roles(case: m.Case, roles: dict[Any, Any]) -> m.Case:
    """Give each person her or his role from yesterday on; one who has it already keeps it."""
    with scope(system(case.force_id)):
        for role, user in roles.items():
            m.CasePerson.objects.filter(case=case, role=role, until__isnull=True).exclude(user=user).update(until=ago(days=1))
            if not m.CasePerson.objects.filter(case=case, role=role, user=user, until__isnull=True).exists():
                m.CasePerson.objects.create(**keys_of(case), user=user, role=role, since=ago(days=1))
    return fresh(case)


FILE_TEXTS: dict[str, Any] = {
    "reference": "52/FILE/1",
    "summary": "The suspect followed the victim from the bus.",
    "victim_views": "She supports the prosecution.",
    "victim_needs": "Screens, and an interpreter.",
}


def drafted_referral(world: World, case: m.Case, *, numbers: tuple[int, ...] = (), **more: Any) -> Referral:
    """Return a referral drafted by the officer with every text, of the suspects of these numbers (none: all) and every crime."""
    with scope(system(case.force_id)):
        people = m.Suspect.objects.filter(case=case, **({"number__in": numbers} if numbers else {}))
        given: dict[str, Any] = {
            "suspects": list(people.values_list("pk", flat=True)),
            "crimes": list(case_crimes(case)),
            "review_type": "28_days",
        }
    given |= {**FILE_TEXTS, "file_sent_on": clock.today(), **more}
    return do(world.investigator, draft_referral, case, **given)


def case_crimes(case: m.Case) -> list[Any]:
    """Return the keys of the recorded crimes of a case, in the scope of the caller."""
    return list(m.Offence.objects.filter(case=case).values_list("pk", flat=True))


def ready_referral_of(world: World, case: m.Case, **more: Any) -> Referral:
    """Return a referral that is complete and waits for the supervisor."""
    row = drafted_referral(world, case, **more)
    items = [Ticked(code, "sent") for code in FileItemCode.values]
    do(world.investigator, set_file_items, case, charging_referral_id=row.pk, items=items)
    do(world.investigator, ready_referral, case, charging_referral_id=row.pk)
    return row


def sent_referral(world: World, case: m.Case, *, to: str = "area", **more: Any) -> Referral:
    """Return a referral that was sent to the Area of the force, or straight to CPS Direct, and waits for triage."""
    row = ready_referral_of(world, case, **more)
    do(world.supervisor, send_referral, case, charging_referral_id=row.pk, supervisor_comments="Read and agreed", to=to)
    return row


def accepted_referral(world: World, case: m.Case, **more: Any) -> Referral:
    """Return a referral that `world.prosecutor` has."""
    row = sent_referral(world, case, **more)
    do(world.cps_manager, accept_referral, case, charging_referral_id=row.pk, prosecutor_id=world.prosecutor.pk)
    return row


ADVICE_TEXTS = AdviceTexts(
    summary="One suspect, known to the victim.",
    enquiries_done="- Account taken: recorded.",
    enquiries_going_on="- Phone of the suspect: to show contact that evening, by 1 March 2027.",
    enquiries_contemplated="None.",
    issues="Consent.",
    explanation="Says that it was consensual.",
    key_evidence="Account, first complaint.",
    may_need_disclosing="Nothing known so far.",
    support_needs="Victim A: interpreter.",
)
QUESTIONS = ("Is the suspect’s phone a reasonable line of enquiry?", "Is there enough on consent?")


def drafted_advice(world: World, case: m.Case, **more: Any) -> EarlyAdvice:
    """Return a request for early advice drafted by the officer about the first suspect, with every part and two questions."""
    given: dict[str, Any] = {"suspect_ids": [suspect_of(case).pk], "texts": ADVICE_TEXTS, "questions": QUESTIONS, **more}
    return do(world.investigator, draft_advice, case, asked=Asked(**given))


def asked(world: World, case: m.Case, **more: Any) -> EarlyAdvice:
    """Return a request for early advice that was sent and waits for triage; the case is shared with South West by it."""
    row = drafted_advice(world, case, **more)
    do(world.investigator, ready_advice, case, early_advice_id=row.pk)
    do(world.sergeant, send_advice, case, early_advice_id=row.pk)
    return row


def accepted_advice(world: World, case: m.Case, **more: Any) -> EarlyAdvice:
    """Return a request for early advice that is with `world.prosecutor`."""
    row = asked(world, case, **more)
    do(world.cps_manager, accept_advice, case, early_advice_id=row.pk, prosecutor_id=world.prosecutor.pk)
    return row


def item(**more: Any) -> NewItem:
    """Return an item as typed: essential, about every suspect, agreed for two weeks from now."""
    given: dict[str, Any] = {
        "action": "Ask the suspect’s phone company for call data of that evening",
        "justification": "Contact before and after is in dispute",
        "reasonable_because": "The suspect denies any contact",
        "proportionate_because": "One evening, one number",
        "weight": "essential",
        "agreed_on": clock.today() + timedelta(days=14),
    }
    return NewItem(**(given | more))


def drafted_plan(world: World, case: m.Case, *items: NewItem, referral: Referral | None = None, **more: Any) -> ActionPlan:
    """Return the draft of a plan of a referral that `world.prosecutor` has (made here where none is given), with these items or one."""
    referral = referral or accepted_referral(world, case, **more)
    first, *rest = items or (item(),)
    plan = do(world.prosecutor, draft_plan, case, charging_referral_id=referral.pk, item=first)
    for one in rest:
        do(world.prosecutor, add_item, case, action_plan_id=plan.pk, item=one)
    return plan


def plan_set(world: World, case: m.Case, *items: NewItem, **more: Any) -> ActionPlan:
    """Return a plan that `world.prosecutor` sent to the police."""
    plan = drafted_plan(world, case, *items, **more)
    sent = do(world.prosecutor, send_plan, case, action_plan_id=plan.pk)
    sent.case = case
    return sent


def item_of(plan: ActionPlan, number: int = 1) -> ActionItem:
    """Return an item of a plan as the database has it now."""
    with scope(system(plan.force_id)):
        rows = ActionItem.objects.select_related("plan").exclude(state="draft", settled_at__isnull=False)
        return rows.get(plan=plan.pk, number=number)


def referral_of(plan: ActionPlan) -> Referral:
    """Return the referral of a plan as the database has it now."""
    with scope(system(plan.force_id)):
        return Referral.objects.get(plans=plan.pk)
