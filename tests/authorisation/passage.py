"""What goes between police and CPS on the house's own case: a row of each kind, made through the services, for who asks for one row."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from accounts.models import User
from accounts.roles import Role
from cases import models as m
from cases.acts import On
from cases.services.crimes import add_crime
from cases.services.reconcile import keys_of
from cases.services.suspects import add_suspect
from core import clock
from core.scope import scope, system
from prosecution.models import ActionPlan, AdviceQuestion, AdviceSuspect, AreaTransfer, EarlyAdvice, FileItemCode, Referral
from prosecution.services import advice, advice_sending, advice_triage, decisions, item_answers, items, plans, referrals
from prosecution.services.decision_checks import check_decision, propose_decision
from prosecution.services.finalising import finalise
from prosecution.services.item_moves import move_item
from prosecution.services.item_replies import insist_item
from prosecution.services.nfa import draft_nfa
from prosecution.services.nfa_checks import propose_nfa
from prosecution.services.nfa_meetings import offer_nfa_meeting
from prosecution.services.publishing import publish_decision
from prosecution.services.referral_file import Ticked, set_file_items
from prosecution.services.referral_triage import accept_referral
from prosecution.services.review_requests import lodge_review
from prosecution.services.transfers import offer_to_area
from tests.authorisation.house import House
from tests.factories import AVON, KENT, SOUTH_EAST, SOUTH_WEST, acting_as, ago, make_user
from tests.integration.prosecution.deciding import CONDITIONS, NFA
from tests.integration.prosecution.making import ADVICE_TEXTS, FILE_TEXTS, QUESTIONS, item
from tests.integration.prosecution.proposing import SAID

SURNAME = "Fernhollow"
ROWS_OF = {
    On.EARLY_ADVICE: ("early_advice", "sent_advice", "draft_advice", "refused_advice", "challenged_advice", "ready_advice"),
    On.CHARGING_REFERRAL: ("referral", "sent_referral", "draft_referral", "ready_referral", "undecided_referral", "direct_referral"),
    On.AREA_TRANSFER: ("area_transfer",),
    On.ACTION_PLAN: ("action_plan", "draft_plan", "second_plan", "waiting_plan"),
    On.ACTION_ITEM: (
        "set_item",
        "challenged_item",
        "done_item",
        "insisted_item",
        "asked_item",
        "draft_item",
        "cannot_item",
        "escalated_item",
        "victim_item",
    ),
    On.PROPOSED_DECISION: ("proposed_decision", "waiting_decision", "confirmed_decision"),
    On.CHARGING_DECISION: ("charging_decision",),
    On.FINALISATION: ("finalisation",),
    On.PROPOSED_NFA: ("draft_nfa", "waiting_nfa"),
    On.NFA_MEETING: ("nfa_meeting",),
    On.REVIEW_REQUEST: ("review",),
}
"""Kind of target → rows of the house of that kind."""


@dataclass(slots=True)
class Passage:
    """The house, and the key of one row of each kind by its name; items of a plan by the state they are in."""

    house: House
    rows: dict[str, UUID] = field(default_factory=dict)
    suspects: list[m.Suspect] = field(default_factory=list)

    def do(self, who: str, service: Any, **given: Any) -> Any:
        """Call a service on the own case as one of the house's people."""
        actor = self.house.people[who]
        with acting_as(actor):
            return service(actor=actor, case_id=self.house.cases["own"], **given)

    def keep(self, name: str, row: Any) -> Any:
        """Remember a row."""
        self.rows[name] = row.pk
        return row


def pass_between(house: House) -> Passage:
    """Ask advice, refer, plan, decide, offer: each on suspects of its own, so that one thing does not end another."""
    made = Passage(house)
    for letter in "abcdefghijkl":
        given = {"surname": f"{SURNAME}{letter}", "forenames": "Invented", "identified_at": ago(days=20)}
        made.suspects.append(made.do("investigator", add_suspect, **given))
    with scope(system(AVON)):
        victim = m.Complainant.objects.filter(case=house.cases["own"]).order_by("label")[0]
    made.do("investigator", add_crime, code="19C", complainant_id=victim.pk, suspect_ids=[one.pk for one in made.suspects])
    _advice(made)
    _plan(made)
    _decisions(made)
    _finalised(made)
    _no_further_action(made)
    _review(made)
    made.keep("draft_referral", _drafted(made, 4))
    made.keep("ready_referral", _ready(made, 7))
    made.keep("sent_referral", _sent(made, 5, review_type="red"))
    _second_plans(made)
    _with_direct(made)
    _transfers(made)
    return made


def _advice(made: Passage) -> None:
    """One that a prosecutor has, with the draft of a plan; one refused; one that waits for triage; one not sent."""
    first = made.keep("early_advice", _asked(made, 0))
    who = made.house.people["prosecutor"]
    made.do("cps-manager", advice_triage.accept_advice, early_advice_id=first.pk, prosecutor_id=who.pk)
    draft = made.keep("draft_plan", made.do("prosecutor", plans.draft_advice_plan, early_advice_id=first.pk, item=item()))
    with scope(system(AVON)):
        made.keep("draft_item", draft.items.get())
    refused = made.keep("refused_advice", _asked(made, 2))
    challenged = made.keep("challenged_advice", _asked(made, 3))
    for row in (refused, challenged):
        made.do("cps-manager", advice_triage.refuse_advice, early_advice_id=row.pk, reason="too_early")
    made.do("supervisor", advice_sending.challenge_refusal, early_advice_id=challenged.pk, because="The issue is new")
    made.keep("sent_advice", _asked(made, 1))
    made.keep("draft_advice", _asking(made, 6))
    _ready_advice(made)


def _ready_advice(made: Passage) -> None:
    """One that waits for the sergeant. Written directly: the services keep one unsent request at a time, and there is a draft."""
    with scope(system(AVON)):
        case = m.Case.objects.get(pk=made.house.cases["own"])
        row = EarlyAdvice.objects.create(
            **keys_of(case), number=90, state="ready", ready_at=clock.now(), ready_by=made.house.people["investigator"],
            **ADVICE_TEXTS.stripped(),
        )  # fmt: skip
        AdviceSuspect.objects.create(**keys_of(case), advice=row, suspect=made.suspects[7])
        AdviceQuestion.objects.create(**keys_of(case), advice=row, number=1, text=QUESTIONS[0])
    made.keep("ready_advice", row)


def _asking(made: Passage, number: int) -> EarlyAdvice:
    asked = advice.Asked(suspect_ids=[made.suspects[number].pk], texts=ADVICE_TEXTS, questions=QUESTIONS)
    row: EarlyAdvice = made.do("investigator", advice.draft_advice, asked=asked)
    return row


def _asked(made: Passage, number: int) -> EarlyAdvice:
    row = _asking(made, number)
    made.do("investigator", advice.ready_advice, early_advice_id=row.pk)
    made.do("sergeant", advice_sending.send_advice, early_advice_id=row.pk)
    return row


def _drafted(made: Passage, number: int, *, review_type: str = "28_days") -> Referral:
    with scope(system(AVON)):
        crimes = list(m.Offence.objects.filter(case=made.house.cases["own"]).values_list("pk", flat=True))
    given = {"suspects": [made.suspects[number].pk], "crimes": crimes, "review_type": review_type, "file_sent_on": clock.today()}
    row: Referral = made.do("investigator", referrals.draft_referral, **given, **FILE_TEXTS)
    return row


def _ready(made: Passage, number: int, *, review_type: str = "28_days") -> Referral:
    row = _drafted(made, number, review_type=review_type)
    key: dict[str, Any] = {"charging_referral_id": row.pk}
    made.do("investigator", set_file_items, **key, items=[Ticked(code, "sent") for code in FileItemCode.values])
    made.do("investigator", referrals.ready_referral, **key)
    return row


def _sent(made: Passage, number: int, *, review_type: str = "28_days") -> Referral:
    row = _ready(made, number, review_type=review_type)
    said = {"supervisor_comments": "Read and agreed", "to": "area"}
    made.do("supervisor", referrals.send_referral, charging_referral_id=row.pk, **said)
    return row


def _accepted(made: Passage, number: int) -> Referral:
    row = _sent(made, number)
    made.do("cps-manager", accept_referral, charging_referral_id=row.pk, prosecutor_id=made.house.people["prosecutor"].pk)
    return row


def _plan(made: Passage) -> None:
    """A plan with an item in each of the states that somebody answers."""
    referral = made.keep("referral", _accepted(made, 1))
    plan = made.keep("action_plan", made.do("prosecutor", plans.draft_plan, charging_referral_id=referral.pk, item=item()))
    names = ("set_item", "challenged_item", "done_item", "insisted_item", "asked_item", "cannot_item", "escalated_item", "victim_item")
    with scope(system(AVON)):
        first = plan.items.get()
    more = [item(action=f"Ask for the {name.replace('_', ' ')}") for name in names[1:-1]]
    more.append(item(action="Ask the victim for the telephone", looks_at_victim=True, effect_on_victim="She was asked once"))
    found = [first, *(made.do("prosecutor", items.add_item, action_plan_id=plan.pk, item=one) for one in more)]
    made.do("prosecutor", plans.send_plan, action_plan_id=plan.pk)
    for name, row in zip(names, found, strict=True):
        made.keep(name, row)
    _answers(made)


def _second_plans(made: Passage) -> None:
    """Two plans as after a first one that was answered: a draft, and one that waits for the District Crown Prosecutor."""
    for number, name in ((8, "second_plan"), (9, "waiting_plan")):
        plan = made.keep(name, made.do("prosecutor", plans.draft_plan, charging_referral_id=_accepted(made, number).pk, item=item()))
        with scope(system(AVON)):
            ActionPlan.objects.filter(pk=plan.pk).update(second=True)
    made.do("prosecutor", plans.send_plan_to_dcp, action_plan_id=made.rows["waiting_plan"])


def _with_direct(made: Passage) -> None:
    """A red referral that says that it is with CPS Direct. Written directly: the case itself stays in sight of the Area's people here."""
    row = made.keep("direct_referral", _sent(made, 10, review_type="red"))
    with scope(system(AVON)):
        Referral.objects.filter(pk=row.pk).update(direct_since=clock.now(), home_area_id=SOUTH_WEST)


def _answers(made: Passage) -> None:
    for name in ("challenged_item", "insisted_item", "escalated_item"):
        made.do("investigator", item_answers.challenge_item, action_item_id=made.rows[name], because="Already on file")
    for name in ("insisted_item", "escalated_item"):
        made.do("prosecutor", insist_item, action_item_id=made.rows[name], because="It is not")
    made.do("supervisor", item_answers.escalate_item, action_item_id=made.rows["escalated_item"], because="It is")
    made.do("investigator", item_answers.item_cannot, action_item_id=made.rows["cannot_item"], why="The company has nothing left")
    made.do("investigator", item_answers.item_done, action_item_id=made.rows["done_item"], what="Asked for and sent", reference="52/1")
    for days in (60, 80):  # the second one waits for the other side
        later = clock.today() + timedelta(days=days)
        made.do("investigator", move_item, action_item_id=made.rows["asked_item"], to=later, because="The laboratory is late")


def _decisions(made: Passage) -> None:
    """One decided on the Threshold Test; on another suspect one in draft and one that waits for a second prosecutor."""
    _accepted(made, 2)
    made.keep("undecided_referral", _accepted(made, 3))
    with scope(system(AVON)):
        case = m.Case.objects.get(pk=made.house.cases["own"])
        for complainant in m.Complainant.objects.filter(case=case):
            m.TellingPlan.objects.create(
                **keys_of(case), complainant=complainant, suspect=made.suspects[2], about="told_charge",
                teller=made.house.people["investigator"], how="in_person", planned_at=clock.now(), arranged=True,
            )  # fmt: skip
    charge = {
        "test": "threshold", "decision": "charge", "charges": ["19C"], "principal_offence": "19C", "undermining": "no",
        "views_considered": "By letter", "conditions": CONDITIONS, "review_on": clock.today() + timedelta(days=14),
    }  # fmt: skip
    prepared = made.do("prosecutor", decisions.prepare_decision, suspect_id=made.suspects[2].pk, **charge)
    made.keep("charging_decision", made.do("prosecutor", publish_decision, proposed_decision_id=prepared.pk))
    others = {"prosecutor": "proposed_decision", "prosecutor2": "waiting_decision", "cps-manager": "confirmed_decision"}
    for who, name in others.items():
        made.keep(name, made.do(who, decisions.prepare_decision, suspect_id=made.suspects[3].pk, **NFA))
        if name != "proposed_decision":
            made.do(who, propose_decision, proposed_decision_id=made.rows[name])
    made.do("prosecutor", check_decision, proposed_decision_id=made.rows["confirmed_decision"], confirm=True)


def _finalised(made: Passage) -> None:
    referral = _accepted(made, 6)
    plan = made.do("prosecutor", plans.draft_plan, charging_referral_id=referral.pk, item=item())
    made.do("prosecutor", plans.send_plan, action_plan_id=plan.pk)
    owner = made.house.people["investigator"]
    given = {"because": "No answer for 90 days", "bail_reviewed": "Nobody is on bail", "police_owner_id": owner.pk}
    made.keep("finalisation", made.do("cps-manager", finalise, action_plan_id=plan.pk, **given))


def _no_further_action(made: Passage) -> None:
    """One drafted by the police, one that waits for a second person; a meeting that the CPS offered."""
    made.keep("draft_nfa", made.do("investigator", draft_nfa, suspect_id=made.suspects[0].pk, **SAID))
    made.keep("waiting_nfa", made.do("investigator", draft_nfa, suspect_id=made.suspects[6].pk, **SAID))
    made.do("investigator", propose_nfa, proposed_nfa_id=made.rows["waiting_nfa"])
    made.keep("nfa_meeting", made.do("prosecutor", offer_nfa_meeting, suspect_id=made.suspects[3].pk, answer_by=clock.today()))


def _review(made: Passage) -> None:
    """A victim asks for a review of what the police decided on a suspect. The outcome is written directly: nothing else hangs on it."""
    with scope(system(AVON)):
        case = m.Case.objects.get(pk=made.house.cases["own"])
        victim = m.Complainant.objects.filter(case=case).order_by("label")[0]
        ended = {"code": 15, "on": clock.today(), "side": "police", "created_by": made.house.people["investigator"]}
        outcome = m.SuspectOutcome.objects.create(**keys_of(case), suspect=made.suspects[11], **ended)
    asked = {"received_on": clock.today(), "asked_by": "herself", "own_words": True, "grounds": "Nobody asked the neighbour"}
    made.keep("review", made.do("investigator", lodge_review, complainant_id=victim.pk, decision_id=outcome.pk, **asked))


def _transfers(made: Passage) -> None:
    """The own case is offered to South East; Kent's case is offered here, by a manager who is none of the house's people."""
    offered = made.do("cps-manager", offer_to_area, area_id=SOUTH_EAST, reason="The suspect lives there")
    made.keep("area_transfer", offered)
    manager: User = make_user(SOUTH_EAST, Role.CPS_MANAGER)
    with acting_as(manager):
        row: AreaTransfer = offer_to_area(
            actor=manager, case_id=made.house.cases["other_force"], area_id=SOUTH_WEST, reason="The victim lives there"
        )
    with scope(system(KENT)):
        made.rows["incoming"] = row.transfer_key
