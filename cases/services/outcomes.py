"""How a suspect's part ends and how a recorded crime ends. The acts that open either again are in reopening.py."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from accounts.models import User
from cases import blocks, permissions, policies, twice
from cases import models as m
from cases.derive.facts import SuspectFacts
from cases.derive.planning import undecided
from cases.derive.states import OUTCOMES_NOT_SUPPORTED, OUTCOMES_WITHOUT_SUSPECT
from cases.outcome_codes import CHARGED, OUTCOMES, OUTCOMES_OF_SOMEBODY, OUTCOMES_OF_THE_CPS, OUTCOMES_OF_THE_POLICE, words
from cases.selectors import facts_of
from cases.services.alleged import alleged, crimes_of
from cases.services.changing import Changing, changing
from cases.services.reopening import crime_with_outcome as crime_with_outcome
from cases.services.reopening import reopen as reopen
from cases.services.reopening import reopen_crime as reopen_crime
from cases.services.telling_gate import require_plans
from cases.services.withdrawal_gate import concerned, require_talks
from cases.services.writing import cancel_plan_of, end_live_bail
from core import clock
from core.exceptions import NotPossible


@dataclass(frozen=True, slots=True)
class Ending:
    """An outcome as typed: Home Office code, its day, whose act (blank: by the code), the reasons.

    `looked_at`: a second person has looked at it where one is asked for.
    """

    code: int
    on: date
    side: str = ""
    reasons: str = ""
    looked_at: bool = False


def record_outcome(
    *,
    actor: User,
    case_id: UUID,
    suspect_id: UUID,
    code: int,
    on: date,
    side: str = "",
    reasons: str = "",
    also_crimes: bool = False,
    version: int | None = None,
) -> m.SuspectOutcome:
    """Record the outcome of a suspect: ends her or his clocks, live bail and planned arrest.

    `also_crimes` gives the same outcome to the recorded crimes alleged against nobody else. Raises NotAllowed, Conflict,
    NotPossible (has an outcome, in custody, a code that names no suspect, the wrong side, no reasons, a day that cannot be,
    telling not planned).
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.INVESTIGATE)
        suspect, facts = change.suspect(suspect_id)
        policies.outcome_may_be_recorded(facts)
        ending = Ending(code, on, side, reasons)
        check_ending(change, facts, ending)
        outcome = write_outcome(change, suspect, facts, ending)
        if also_crimes:
            give_to_crimes(change, suspect, ending)
        return outcome


def check_ending(change: Changing, facts: SuspectFacts, ending: Ending, *, field: str = "on", planned: bool = True) -> None:
    """Raise NotPossible for an outcome that contradicts itself or the facts. `field` is where its day was typed.

    Without `planned` no plan of telling is asked: everybody it concerns heard it already, and the caller records that.
    """
    if ending.code not in OUTCOMES:
        raise NotPossible("Select an outcome", field="code")
    if ending.code in OUTCOMES_WITHOUT_SUSPECT:
        raise NotPossible("This outcome says that no suspect was identified", field="code")
    _check_side(ending)
    _check_looked_at(change, ending)
    _check_reasons(ending.code, ending.reasons)
    _check_day(change, ending.on, field=field)
    last = max([facts.identified_at, *(arrest.at for arrest in facts.arrests), *facts.interviews])
    if ending.on < clock.london_day(last):
        raise NotPossible("Enter a day on or after the suspect was identified, last arrested and last interviewed", field=field)
    _check_planned(change, facts, ending, planned)


def _check_planned(change: Changing, facts: SuspectFacts, ending: Ending, planned: bool) -> None:
    """Ask for the plans of telling, and what blocks closing. The importer records what was published long since, and is not asked."""
    if planned:
        require_plans(change, suspect_id=facts.id, code=ending.code, on=ending.on)
    if change.user is not None:
        hers = crimes_of(change.case, facts.id)
        blocks.check(change.case, ending.code, hers.values_list("complainant_id", flat=True))
        require_talks(change, ending.code, ending.on, concerned(change.case, hers))


def _check_looked_at(change: Changing, ending: Ending) -> None:
    """Ask for the second look at what takes no further action, of a person; the importer records what was decided long since."""
    if change.user is not None and not ending.looked_at:
        twice.check(change.case, ending.code)


def _check_side(ending: Ending) -> None:
    if ending.side and ending.side not in m.Side.values:
        raise NotPossible("Select whose decision it was", field="side")
    if ending.code in OUTCOMES_OF_THE_CPS and ending.side == m.Side.POLICE:
        raise NotPossible("This outcome is a decision of the CPS", field="side")
    if ending.code in OUTCOMES_OF_THE_POLICE and ending.side == m.Side.CPS:
        raise NotPossible("This outcome is a decision of the police", field="side")


def _check_reasons(code: int, reasons: str) -> None:
    if code in OUTCOMES_NOT_SUPPORTED and not reasons.strip():
        raise NotPossible("Enter what the victim said, when and to whom, and the reasons", field="reasons")
    if code != CHARGED and not reasons.strip():
        raise NotPossible("Enter the reasons", field="reasons")


def _check_day(change: Changing, on: date, *, field: str = "on") -> None:
    if on > clock.today(change.now):
        raise NotPossible("The day must be today or in the past", field=field)
    if on < clock.london_day(change.case.recorded_at):
        raise NotPossible("Enter a day on or after the crime was recorded", field=field)


def write_outcome(
    change: Changing, suspect: m.Suspect, facts: SuspectFacts, ending: Ending, *, at: datetime | None = None
) -> m.SuspectOutcome:
    """Write the outcome and what ends with it: live bail and a planned arrest. `at` is its moment on that day, where known."""
    by_code = m.Side.CPS if ending.code in OUTCOMES_OF_THE_CPS else m.Side.POLICE
    at = at or happened_at(change, ending.on)
    end_live_bail(change, suspect, facts, at=at, to=m.EndedTo.OUTCOME)
    cancel_plan_of(change, suspect, "The suspect has an outcome")
    outcome = change.add(
        m.SuspectOutcome, suspect=suspect, code=ending.code, on=ending.on, side=ending.side or by_code, reasons=ending.reasons
    )
    change.put_in_timeline("outcome_recorded", at=at, suspect=suspect, text=_said(ending.code, ending.reasons))
    return outcome


def happened_at(change: Changing, on: date) -> datetime:
    """Return the moment an act of a day is put at: now for today, else the start of that day."""
    return change.now if on == clock.today(change.now) else clock.day_start(on)


def _said(code: int, reasons: str) -> str:
    return f"{words(code)}: {reasons}" if reasons else words(code)


def give_to_crimes(change: Changing, suspect: m.Suspect, ending: Ending) -> None:
    """Give a suspect's outcome to the crimes without one that are alleged against this suspect alone."""
    for crime in crimes_of(change.case, suspect.pk).filter(outcome_code__isnull=True):
        if set(alleged(crime)) == {suspect.pk}:
            _write_crime_outcome(change, crime, ending.code, ending.on, ending.reasons)


def record_crime_outcome(
    *, actor: User, case_id: UUID, offence_id: UUID, code: int, on: date, reasons: str = "", version: int | None = None
) -> m.Offence:
    """Record the outcome of one recorded crime: these are what the police count.

    Raises NotAllowed, Conflict, NotPossible (has one, a code that its suspects contradict, no reasons, a day that cannot be,
    telling not planned).
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.INVESTIGATE)
        return end_crime(change, change.get(m.Offence, offence_id), Ending(code, on, reasons=reasons))


def end_crime(change: Changing, crime: m.Offence, ending: Ending) -> m.Offence:
    """Write the outcome of a recorded crime inside a change. The caller has asked the permission. Raises as `record_crime_outcome`."""
    crime_without_outcome(crime)
    code = ending.code
    if code not in OUTCOMES:
        raise NotPossible("Select an outcome", field="code")
    against = alleged(crime)
    _check_named(code, named=bool(against))
    if not _ended_alike(change, against, code):
        _check_looked_at(change, ending)
    _check_reasons(code, ending.reasons)
    _check_day(change, ending.on)
    for suspect_id in undecided(change.facts().suspects, against):
        require_plans(change, suspect_id=suspect_id, code=code, on=ending.on, complainant_id=crime.complainant_id)
    blocks.check(change.case, code, {crime.complainant_id})
    require_talks(change, code, ending.on, [crime.complainant])
    return _write_crime_outcome(change, crime, code, ending.on, ending.reasons)


def _ended_alike(change: Changing, against: list[UUID], code: int) -> bool:
    """Say whether a crime only follows its suspects, who all have this very outcome: it was looked at with theirs."""
    standing = {one.id: one.standing_outcome() for one in change.facts().suspects}
    return bool(against) and all((outcome := standing.get(key)) is not None and outcome.code == code for key in against)


def undecided_of(case: m.Case, crime: m.Offence) -> list[UUID | None]:
    """Return whose decision closing a crime publishes: suspects without an outcome, or None. The caller has proved sight of the case."""
    return undecided(facts_of(case).suspects, alleged(crime))


def crime_without_outcome(crime: m.Offence) -> None:
    """A policy: a crime has one outcome at a time. Raises NotPossible."""
    if crime.outcome_code is not None:
        raise NotPossible("This crime has an outcome already. Take that back first.")


def _check_named(code: int, *, named: bool) -> None:
    """14 and 18 say that nobody was identified; a charge, 15 and 16 and the like that somebody was."""
    if code in OUTCOMES_WITHOUT_SUSPECT and named:
        raise NotPossible("This outcome says that no suspect was identified, and this crime is alleged against one", field="code")
    if code in OUTCOMES_OF_SOMEBODY and not named:
        raise NotPossible("This outcome needs a suspect, and this crime is alleged against nobody", field="code")


def _write_crime_outcome(change: Changing, crime: m.Offence, code: int, on: date, reasons: str) -> m.Offence:
    crime.outcome_code, crime.outcome_on = code, on
    crime.save(update_fields=["outcome_code", "outcome_on"])
    change.put_in_timeline(
        "crime_outcome", at=happened_at(change, on), complainant=crime.complainant, text=f"{crime.code}: {_said(code, reasons)}"
    )
    return crime
