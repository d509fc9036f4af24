"""A decision that CPS Direct made, entered afterwards by police or Area in one short form.

It settles what a decision made here settles. It needs no referral: by night the case may not have been on the record yet. A case
that no Area has seen is brought to its Area with it.
"""

from datetime import date, datetime
from uuid import UUID

from accounts.models import User
from cases import models as m
from cases.derive.told_rules import about_of_outcome
from cases.models.telling import Channel
from cases.services.changing import Changing, changing
from cases.services.telling import tell_in
from cases.services.telling_before import concerned
from core import clock
from core.exceptions import NotPossible
from prosecution import permissions
from prosecution.decision_said import Given, Said, code_of, missing, tidy
from prosecution.models import ChargingDecision, DecisionType, Referral, ReviewType
from prosecution.policies_decision import direct_may_be_entered, second_check_is_due
from prosecution.services.decisions import check_first, referral_of
from prosecution.services.publishing import Decided, publish_in
from prosecution.services.submissions import share

ASKED_AFTERWARDS = frozenset({"charges", "disposal", "review_on"})
"""What is asked of a decision entered afterwards, of all that is asked of one made here."""


def enter_direct_decision(
    *,
    actor: User,
    case_id: UUID,
    suspect_id: UUID,
    decided_at: datetime,
    decided_by: str,
    test: str,
    decision: str,
    reason_code: str = "",
    charges: list[str] | None = None,
    disposal: int | None = None,
    code: int | None = None,
    review_on: date | None = None,
    cps_reference: str = "",
    reasons: str = "",
    also_crimes: bool = False,
    told_at: datetime | None = None,
    how: str = "",
    area_id: int | None = None,
    version: int | None = None,
) -> ChargingDecision:
    """Enter a decision of CPS Direct: who made it, when, what. The suspect gets the outcome, unless it asks for further evidence.

    Either it is planned how each complainant hears of it, or all of them were told already (`told_at`, `how`). `area_id` names the
    Area of a case that is not shared yet, where its force works with several. Raises NotAllowed, Conflict, NotPossible (decided
    already, a time to come, something missing, telling neither planned nor done, no Area).
    """
    said = tidy(
        Given(
            test=test, decision=decision, reason_code=reason_code, charges=charges or [], disposal=disposal, review_on=review_on,
            cps_reference=cps_reference, principal_offence=(charges or [""])[0] if decision == DecisionType.CHARGE else "",
        )
    )  # fmt: skip
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.ENTER_DIRECT)
        suspect, facts = change.suspect(suspect_id)
        check_first(change, facts)
        direct_may_be_entered(facts)
        change.not_in_future(decided_at, field="decided_at")
        _check(said, decided_by, decided_at, told_at, how)
        referral = referral_of(change.case, suspect.pk)
        _check_second_check(said, referral)
        share(change, area_id)
        decided = Decided(
            said=said, at=decided_at, by_name=decided_by.strip(), code=code_of(said, code), reasons=reasons.strip(),
            also_crimes=also_crimes, referral=referral, by_direct=True, told_already=told_at is not None,
        )  # fmt: skip
        row = publish_in(change, suspect, facts, decided)
        if told_at is not None:
            _tell(change, row, told_at, how)
        return row


def _check_second_check(said: Said, referral: Referral | None) -> None:
    """Refuse what would go past the second check: the Area's own referral is decided there, by one prosecutor and another.

    CPS Direct decides what is red, and charges whoever is held by night, whatever was referred before.
    """
    if referral is not None and referral.review_type != ReviewType.RED and second_check_is_due(said.decision, by_direct=False):
        raise NotPossible(
            f"Referral {referral.number} is not red: the Area decides it, and a second prosecutor looks at this decision.", field="decision"
        )


def _check(said: Said, decided_by: str, decided_at: datetime, told_at: datetime | None, how: str) -> None:
    if not decided_by.strip():
        raise NotPossible("Enter who decided", field="decided_by")
    for name, reason in missing(said, clock.london_day(decided_at)):
        if name in ASKED_AFTERWARDS:
            raise NotPossible(reason, field=name)
    _check_told(said, decided_at, told_at, how)


def _check_told(said: Said, decided_at: datetime, told_at: datetime | None, how: str) -> None:
    if told_at is None:
        if how:
            raise NotPossible("Enter when they were told, or leave both empty", field="told_at")
        return
    if how not in Channel.values:
        raise NotPossible("Select how they were told", field="how")
    if not said.settles:
        raise NotPossible("Leave this empty: further evidence gives nothing to tell", field="told_at")
    if told_at < decided_at:
        raise NotPossible("Enter a time after the decision", field="told_at")


def _tell(change: Changing, row: ChargingDecision, told_at: datetime, how: str) -> None:
    """Write that every complainant whom the suspect concerns was told the outcome."""
    outcome = row.outcome
    if outcome is None:
        return
    thing = (str(about_of_outcome(outcome.code)), outcome.pk)
    for key, _ in concerned(change.case, row.suspect_id):
        tell_in(change, complainant=change.get(m.Complainant, key), things=[thing], at=told_at, how=how)
