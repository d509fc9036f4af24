"""Publishing a decision on a suspect: everything that follows from it, in one transaction, whoever enters it.

What it writes into `cases` (outcome, crimes, bail, release, position) is written in the system scope of the case's force, once
permission and state are proved. The decision itself is a row that nobody changes: a correction is a new decision on a
suspect whose investigation was reopened.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from accounts.models import User
from accounts.roles import Role
from cases import models as m
from cases.derive.facts import SuspectFacts
from cases.models.base import LINE
from cases.outcome_codes import CHARGED
from cases.services.changing import Changing, changing
from cases.services.outcomes import Ending, check_ending, give_to_crimes, write_outcome
from core import clock
from core.exceptions import NotPossible
from core.scope import scope, system
from prosecution import permissions
from prosecution.decision_said import Said, code_of, said_by
from prosecution.models import ChargingDecision, Referral
from prosecution.models import ProposedState as D
from prosecution.policies_decision import may_be_decided, may_be_published
from prosecution.services import downward, whom
from prosecution.services.decision_checks import check_complete
from prosecution.services.decisions import check_undecided, own_of
from prosecution.services.nfa_meetings import check_offered
from prosecution.services.overtaking import overtake

NOT_SUPPORTED: Final = 16


@dataclass(frozen=True, slots=True)
class Decided:
    """What is published beside what the decision says: by whom, when, and what it makes of the outcome."""

    said: Said
    at: datetime
    by_name: str
    code: int | None
    reasons: str = ""
    also_crimes: bool = False
    referral: Referral | None = None
    by_direct: bool = False
    checked_by_name: str = ""
    told_already: bool = False
    """Every complainant heard it already: no plan is asked."""


def publish_decision(
    *,
    actor: User,
    case_id: UUID,
    proposed_decision_id: UUID,
    code: int | None = None,
    reasons: str = "",
    also_crimes: bool = False,
    version: int | None = None,
) -> ChargingDecision:
    """Publish what one prepared. Gives the suspect her or his outcome, unless it asks for further evidence.

    `code`: for no further action on evidence, which Home Office outcome (15, 16 or 13). `reasons`: a line for the record; for 16
    what the victim said, when and to whom. `also_crimes` gives the outcome to the crimes alleged against this suspect alone.
    Raises NotAllowed, Conflict, NotPossible (another’s, decided by somebody first, not confirmed, incomplete, telling not
    planned, what blocks closing).
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.DECIDE)
        row = own_of(change, proposed_decision_id)
        suspect, facts = change.suspect(row.suspect_id)
        check_undecided(change, facts)
        may_be_decided(facts)
        may_be_published(row)
        check_complete(row, change.now)
        check_offered(change, row.decision, facts)
        said = said_by(row)
        decided = Decided(
            said=said, at=change.now, by_name=actor.name, code=code_of(said, code), reasons=reasons.strip(), also_crimes=also_crimes,
            referral=row.referral, by_direct=actor.role == Role.CPS_DIRECT,
            checked_by_name=row.checked_by.name if row.checked_by else "",
        )  # fmt: skip
        row.state = D.PUBLISHED
        row.save(update_fields=["state"])
        return publish_in(change, suspect, facts, decided)


def publish_in(change: Changing, suspect: m.Suspect, facts: SuspectFacts, decided: Decided) -> ChargingDecision:
    """Write a decision and all that follows from it, inside a change. The caller has asked permission, state and completeness.

    Raises NotPossible (what `check_ending` refuses: a day before the last arrest, telling not planned, what blocks closing).
    """
    outcome = _end(change, suspect, facts, decided) if decided.code is not None else None
    row = change.add(
        ChargingDecision,
        suspect=suspect,
        referral=decided.referral,
        decided_at=decided.at,
        decided_by_name=decided.by_name,
        by_direct=decided.by_direct,
        checked_by_name=decided.checked_by_name,
        outcome=outcome,
        **decided.said.columns,
    )
    change.put_in_timeline("decision_published", at=decided.at, suspect=suspect, text=in_a_line(row))
    others = overtake(change.case, [suspect.pk])
    whom.tell_all(change, [one.by for one in others], "decision_overtaken", row.pk)
    whom.tell_all(change, whom.officer(change), "decision_published", row.pk)
    return row


def in_a_line(row: ChargingDecision) -> str:
    """Return a published decision in a line: what, on which test, with which offences, by CPS Direct where it was."""
    parts = [row.get_decision_display(), row.get_test_display()]
    if row.charges:
        parts.append(", ".join(row.charges))
    if row.by_direct:
        parts.append("CPS Direct")
    return ". ".join([*parts, f"Decided by {row.decided_by_name}"])


def _end(change: Changing, suspect: m.Suspect, facts: SuspectFacts, decided: Decided) -> m.SuspectOutcome:
    """Give the suspect the outcome, with what ends with it: custody, bail, a planned arrest, where she or he stands with the CPS."""
    code = decided.code or 0
    ending = Ending(code, clock.london_day(decided.at), m.Side.CPS, _line(decided, code), looked_at=True)
    with scope(system(change.case.force_id)):
        check_ending(change, facts, ending, field="decided_at", planned=not decided.told_already)
        _end_custody(change, suspect, facts, decided.at, charged=code == CHARGED)
        outcome = write_outcome(change, suspect, facts, ending, at=decided.at)
        if decided.also_crimes:
            give_to_crimes(change, suspect, ending)
    downward.place(change, [suspect], None, at=decided.at)
    return outcome


def _line(decided: Decided, code: int) -> str:
    """Return the reasons as the record of the outcome keeps them: a line, by the reasons for the victim where none was typed."""
    if code == NOT_SUPPORTED and not decided.reasons:
        raise NotPossible("Enter what the victim said, when and to whom", field="reasons")
    text = decided.reasons or decided.said.reasons_for_victim
    return text if len(text) <= LINE else f"{text[: LINE - 1]}…"


def _end_custody(change: Changing, suspect: m.Suspect, facts: SuspectFacts, at: datetime, *, charged: bool) -> None:
    """Detention without charge ends with the decision. In the system scope of the case's force.

    Whoever is charged may be held for court, so that is no release, and the victim is told of the charge alone.
    """
    latest = facts.latest_arrest()
    if latest is None or not latest.in_custody:
        return
    if at < latest.at:
        raise NotPossible("Enter a time after the arrest", field="decided_at")
    arrest = change.get(m.Arrest, latest.id)
    arrest.released_at, arrest.released_to = at, m.ReleasedTo.CHARGED if charged else m.ReleasedTo.OUTCOME
    arrest.save(update_fields=["released_at", "released_to"])
    if not charged:
        change.put_in_timeline("released", at=at, suspect=suspect, text=m.ReleasedTo.OUTCOME.label)
