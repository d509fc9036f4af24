"""Requests for early advice in every state, and every act that leads from one state to another, for tests of the table."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from accounts.models import User
from cases import models as m
from core import clock
from core.scope import scope, system
from prosecution.models import AdviceQuestion, EarlyAdvice
from prosecution.models import AdviceState as S
from prosecution.services import advice, advice_answers, advice_sending, advice_triage
from prosecution.services.submissions import Reason
from tests.factories import World
from tests.integration.prosecution.making import QUESTIONS, do, drafted_advice

ANSWERS: Final = {1: "Yes.", 2: "Not yet."}
Acting = Callable[[World, m.Case, EarlyAdvice], Any]


def ready(world: World, case: m.Case, row: EarlyAdvice) -> Any:
    return do(world.investigator, advice.ready_advice, case, early_advice_id=row.pk)


def send(world: World, case: m.Case, row: EarlyAdvice) -> Any:
    return do(world.sergeant, advice_sending.send_advice, case, early_advice_id=row.pk)


def send_back(world: World, case: m.Case, row: EarlyAdvice) -> Any:
    return do(world.sergeant, advice_sending.return_advice_draft, case, early_advice_id=row.pk, reason="Say more")


def withdraw(world: World, case: m.Case, row: EarlyAdvice) -> Any:
    return do(world.investigator, advice_sending.withdraw_advice, case, early_advice_id=row.pk, reason="Not needed")


def accept(world: World, case: m.Case, row: EarlyAdvice) -> Any:
    return do(world.cps_manager, advice_triage.accept_advice, case, early_advice_id=row.pk, prosecutor_id=world.prosecutor.pk)


def give_back(world: World, case: m.Case, row: EarlyAdvice) -> Any:
    day = clock.today() + timedelta(days=3)
    reasons = [Reason("issues", "Which issues?")]
    return do(world.cps_manager, advice_triage.return_advice, case, early_advice_id=row.pk, reasons=reasons, respond_by=day)


def refuse(world: World, case: m.Case, row: EarlyAdvice) -> Any:
    return do(world.cps_manager, advice_triage.refuse_advice, case, early_advice_id=row.pk, reason="too_early")


def challenge(world: World, case: m.Case, row: EarlyAdvice) -> Any:
    return do(world.supervisor, advice_sending.challenge_refusal, case, early_advice_id=row.pk, because="The issue is new")


def uphold(world: World, case: m.Case, row: EarlyAdvice) -> Any:
    return do(world.cps_manager, advice_triage.answer_challenge, case, early_advice_id=row.pk, accept=False, note="It is not")


def accept_after_all(world: World, case: m.Case, row: EarlyAdvice) -> Any:
    key = world.prosecutor.pk
    return do(world.cps_manager, advice_triage.answer_challenge, case, early_advice_id=row.pk, accept=True, prosecutor_id=key)


def advise(world: World, case: m.Case, row: EarlyAdvice) -> Any:
    given = {"answers": ANSWERS, "result": "advised"}
    return do(world.prosecutor, advice_answers.give_advice, case, early_advice_id=row.pk, **given)


ACTS: Final[dict[str, tuple[Acting, frozenset[tuple[S, S]]]]] = {
    "ready-advice": (ready, frozenset({(S.DRAFT, S.READY), (S.RETURNED, S.READY)})),
    "send-advice": (send, frozenset({(S.READY, S.SENT)})),
    "return-advice-draft": (send_back, frozenset({(S.READY, S.DRAFT)})),
    "accept-advice": (accept, frozenset({(S.SENT, S.ACCEPTED)})),
    "return-advice": (give_back, frozenset({(S.SENT, S.RETURNED)})),
    "refuse-advice": (refuse, frozenset({(S.SENT, S.REFUSED)})),
    "challenge-refusal": (challenge, frozenset({(S.REFUSED, S.CHALLENGED)})),
    "answer-challenge: no": (uphold, frozenset({(S.CHALLENGED, S.REFUSED)})),
    "answer-challenge: yes": (accept_after_all, frozenset({(S.CHALLENGED, S.ACCEPTED)})),
    "give-advice": (advise, frozenset({(S.ACCEPTED, S.ADVISED)})),
    "withdraw-advice": (
        withdraw,
        frozenset((one, S.WITHDRAWN) for one in (S.DRAFT, S.READY, S.SENT, S.RETURNED, S.REFUSED, S.ACCEPTED)),
    ),
}
"""Act → how it is done by somebody who may, and the pairs of states it leads between."""

WAYS: Final[dict[S, tuple[Acting, ...]]] = {
    S.DRAFT: (),
    S.READY: (ready,),
    S.SENT: (ready, send),
    S.RETURNED: (ready, send, give_back),
    S.REFUSED: (ready, send, refuse),
    S.CHALLENGED: (ready, send, refuse, challenge),
    S.ACCEPTED: (ready, send, accept),
    S.ADVISED: (ready, send, accept, advise),
    S.WITHDRAWN: (ready, send, accept, withdraw),
}
"""How a request comes into each state; withdrawn only when the case is shared, so that both sides can be asked."""


def in_state(world: World, case: m.Case, state: S) -> EarlyAdvice:
    """Return a request in a state, brought there by the services."""
    row = drafted_advice(world, case)
    for way in WAYS[state]:
        way(world, case, row)
    return again(row)


def again(row: EarlyAdvice) -> EarlyAdvice:
    """Return the request as the database has it now."""
    with scope(system(row.force_id)):
        return EarlyAdvice.objects.get(pk=row.pk)


def questions(row: EarlyAdvice) -> list[AdviceQuestion]:
    """Return every question that was ever asked in a request, taken out or not."""
    with scope(system(row.force_id)):
        return list(AdviceQuestion.objects.filter(advice=row).order_by("number"))


def form_of(row: EarlyAdvice, user: User) -> dict[str, Any]:
    """Return what the form of a change sends when everything stays as it is."""
    with scope(system(row.force_id)):
        version = m.Case.objects.get(pk=row.case_id).version
        suspects = [str(key) for key in row.suspects.filter(removed_at__isnull=True).values_list("suspect_id", flat=True)]
    names = ("summary", "enquiries_done", "enquiries_going_on", "enquiries_contemplated", "issues", "explanation", "key_evidence")
    texts = {name: getattr(row, name) for name in (*names, "may_need_disclosing", "support_needs", "method")}
    return {**texts, "suspects": suspects, "questions": "\n".join(QUESTIONS), "version": version}
