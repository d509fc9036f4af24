"""Decisions in the demonstration: short words for calls of the services. Numbers are days before now."""

from typing import Any, Final

from accounts.scopes import scope_of
from cases.demonstration import Step, Told
from cases.demonstration.telling import morning_after
from cases.demonstration.telling import plan as plan_telling
from core import clock
from core.scope import scope
from prosecution import models as pm
from prosecution.decision_said import EVIDENTIAL, NFA_DECISIONS
from prosecution.demonstration.times import OTHER, PROSECUTOR, at, day
from prosecution.services import decision_checks, decisions, direct_decisions, meetings, nfa_meetings, publishing

REASONS: Final = (
    "I have looked at everything the police found. The law asks whether a court is more likely than not to be sure. "
    "I know that this decision affects you, and you have a right to ask for it to be reviewed."
)


def prepared(number: int, days: float, decision: str, *, who: str = PROSECUTOR, propose: bool = False, **said: Any) -> Step:
    """A prosecutor prepared a decision on a suspect, and proposed it for a second check."""

    def what(told: Told) -> None:
        row = told.to(number, who, decisions.prepare_decision, **_given(decision, said))
        if propose:
            told.do(who, decision_checks.propose_decision, proposed_decision_id=row.pk)

    return at(days, what)


def _given(decision: str, said: dict[str, Any]) -> dict[str, Any]:
    charge = decision == pm.DecisionType.CHARGE
    given: dict[str, Any] = {
        "test": pm.Test.FULL_CODE,
        "decision": decision,
        "reason_code": pm.ReasonCode.A if charge else pm.ReasonCode.K,
        "charges": ["19C"] if charge else [],
        "principal_offence": "19C" if charge else "",
        "undermining": pm.Undermining.NO,
        "views_considered": "Read in the referral and spoken about with the officer.",
        "cps_reference": "",
        "reasons_for_victim": "" if charge else REASONS,
        "analysis_in_cms": True,
    }
    return given | ({} if charge else BESIDE) | said


BESIDE: Final[dict[str, Any]] = {
    "enquiries_not_done": "None is left that could change this.",
    "alternatives": [pm.Alternative.NONE_FITS],
    "alternatives_note": "Looked at with the officer: no order fits without more.",
    "others_considered": True,
}
"""What a decision not to charge says beside its reasons."""


def confirmed(days: float, *, who: str = OTHER) -> Step:
    """A second prosecutor confirmed the decision."""

    def what(told: Told) -> None:
        row = _proposed(told)
        told.do(who, decision_checks.check_decision, proposed_decision_id=row.pk, confirm=True, note="I agree.")

    return at(days, what)


def published(number: int, days: float, code: int, *, who: str = PROSECUTOR, reasons: str = "", crimes: bool = True) -> Step:
    """It was planned how each victim hears of it, and the decision was published."""

    def what(told: Told) -> None:
        plan_telling_now(told, number, code)
        row = _proposed(told)
        if row.decision in NFA_DECISIONS:
            offered_a_meeting(told, row, who)
        told.do(
            who,
            publishing.publish_decision,
            proposed_decision_id=row.pk,
            code=code if code in EVIDENTIAL else None,
            reasons=reasons,
            also_crimes=crimes,
        )

    return at(days, what)


def offered_a_meeting(told: Told, row: pm.ProposedDecision, who: str) -> None:
    """A meeting was offered to the investigator before a decision not to charge; none was wanted."""
    offered = told.do(who, nfa_meetings.offer_nfa_meeting, suspect_id=row.suspect_id, answer_by=clock.today())
    told.do("", nfa_meetings.answer_nfa_meeting, nfa_meeting_id=offered.pk, answer="declined", note="We spoke about it last week.")


def plan_telling_now(told: Told, number: int, code: int) -> None:
    """Plan that each victim hears of the decision the morning after the time that is being told."""
    now, told.now = told.now, clock.now()
    try:
        plan_telling(told, number, code, morning_after(told.now))
    finally:
        told.now = now


def _proposed(told: Told) -> Any:
    with scope(scope_of(told.people[PROSECUTOR])):
        return pm.ProposedDecision.objects.filter(case=told.case).latest("created_at")


def decided_by_direct(number: int, days: float) -> Step:
    """CPS Direct charged at night; the officer entered it."""

    def what(told: Told) -> None:
        plan_telling_now(told, number, 1)
        told.to(
            number,
            "",
            direct_decisions.enter_direct_decision,
            decided_at=clock.now(),
            decided_by="CPS Direct, night duty",
            test=pm.Test.THRESHOLD,
            decision=pm.DecisionType.CHARGE,
            reason_code=pm.ReasonCode.A,
            charges=["19C"],
            review_on=day(14),
            cps_reference="CD/0007",
        )

    return at(days, what)


def met(days: float, agreed: str) -> Step:
    """Officer and prosecutor spoke, and what they agreed is recorded."""

    def what(told: Told) -> None:
        told.do("", meetings.record_meeting, at=clock.now(), how="call", who="The officer in the case and the prosecutor", agreed=agreed)

    return at(days, what)
