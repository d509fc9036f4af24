"""How a suspect's part ends, how a recorded crime ends, and the acts that open either again."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from cases import blocks, permissions, policies
from cases import models as m
from cases.derive.facts import SuspectFacts
from cases.derive.planning import undecided
from cases.derive.states import OUTCOMES_NOT_SUPPORTED, OUTCOMES_WITHOUT_SUSPECT
from cases.outcome_codes import CHARGED, OUTCOMES, OUTCOMES_OF_SOMEBODY, OUTCOMES_OF_THE_CPS, OUTCOMES_OF_THE_POLICE, words
from cases.selectors import facts_of
from cases.services.changing import Changing, changing
from cases.services.telling_gate import require_plans
from cases.services.writing import cancel_plan_of, end_live_bail
from core import clock
from core.exceptions import NotPossible


@dataclass(frozen=True, slots=True)
class Ending:
    """An outcome as typed: Home Office code, its day, whose act (blank: by the code), the reasons."""

    code: int
    on: date
    side: str = ""
    reasons: str = ""


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
        alleged = m.Offence.objects.filter(case=change.case, allegations__suspect=facts.id, allegations__withdrawn_at__isnull=True)
        blocks.check(change.case, ending.code, alleged.values_list("complainant_id", flat=True))


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
    for crime in _crimes_of(change, suspect).filter(outcome_code__isnull=True):
        if set(_alleged(crime)) == {suspect.pk}:
            _write_crime_outcome(change, crime, ending.code, ending.on, ending.reasons)


def _crimes_of(change: Changing, suspect: m.Suspect) -> QuerySet[m.Offence]:
    return m.Offence.objects.filter(case=change.case, allegations__suspect=suspect, allegations__withdrawn_at__isnull=True)


def _alleged(crime: m.Offence) -> list[UUID]:
    """The suspects a crime is alleged against, those recorded in error left out."""
    rows = m.Allegation.objects.filter(offence=crime, withdrawn_at__isnull=True, suspect__recorded_in_error_at__isnull=True)
    return list(rows.values_list("suspect_id", flat=True))


def record_crime_outcome(
    *, actor: User, case_id: UUID, offence_id: UUID, code: int, on: date, reasons: str = "", version: int | None = None
) -> m.Offence:
    """Record the outcome of one recorded crime: these are what the police count.

    Raises NotAllowed, Conflict, NotPossible (has one, a code that its suspects contradict, no reasons, a day that cannot be,
    telling not planned).
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.INVESTIGATE)
        crime = change.get(m.Offence, offence_id)
        crime_without_outcome(crime)
        if code not in OUTCOMES:
            raise NotPossible("Select an outcome", field="code")
        alleged = _alleged(crime)
        _check_named(code, named=bool(alleged))
        _check_reasons(code, reasons)
        _check_day(change, on)
        for suspect_id in undecided(change.facts().suspects, alleged):
            require_plans(change, suspect_id=suspect_id, code=code, on=on, complainant_id=crime.complainant_id)
        blocks.check(change.case, code, {crime.complainant_id})
        return _write_crime_outcome(change, crime, code, on, reasons)


def undecided_of(case: m.Case, crime: m.Offence) -> list[UUID | None]:
    """Return whose decision closing a crime publishes: suspects without an outcome, or None. The caller has proved sight of the case."""
    return undecided(facts_of(case).suspects, _alleged(crime))


def crime_without_outcome(crime: m.Offence) -> None:
    """A policy: a crime has one outcome at a time. Raises NotPossible."""
    if crime.outcome_code is not None:
        raise NotPossible("This crime has an outcome already. Take that back first.")


def crime_with_outcome(crime: m.Offence) -> None:
    """A policy: only an outcome is taken back. Raises NotPossible."""
    if crime.outcome_code is None:
        raise NotPossible("This crime has no outcome.")


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


def reopen(*, actor: User, case_id: UUID, suspect_id: UUID, basis: str, reason: str, version: int | None = None) -> m.SuspectOutcome:
    """Reopen the investigation of a suspect, and take back the outcomes of crimes that rested on it.

    The only act that ends an outcome. New evidence needs a supervisor. Raises NotAllowed, NotPossible (no outcome, no
    reason, a complainant who never stopped supporting), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.INVESTIGATE)
        suspect, facts = change.suspect(suspect_id)
        policies.has_an_outcome(facts)
        outcome = m.SuspectOutcome.objects.get(case=change.case, suspect=suspect, reopened_at__isnull=True)
        _check_basis(actor, outcome, basis, reason)
        outcome.reopened_at, outcome.reopened_basis, outcome.reopened_reason = change.now, basis, reason
        outcome.save(update_fields=["reopened_at", "reopened_basis", "reopened_reason"])
        change.put_in_timeline("outcome_reopened", suspect=suspect, text=f"{m.ReopenBasis(basis).label}: {reason}")
        for crime in _crimes_of(change, suspect).filter(outcome_code__isnull=False):
            if not _charged_with_another(crime, suspect):
                _take_back(change, crime, f"{suspect}: {reason}")
        return outcome


def _check_basis(actor: User, outcome: m.SuspectOutcome, basis: str, reason: str) -> None:
    if basis not in m.ReopenBasis.values:
        raise NotPossible("Select on what basis", field="basis")
    if not reason.strip():
        raise NotPossible("Enter the reason", field="reason")
    if basis == m.ReopenBasis.NEW_EVIDENCE:
        permissions.SUPERVISE.check(actor)
    if basis == m.ReopenBasis.SUPPORTS_AGAIN and outcome.code not in OUTCOMES_NOT_SUPPORTED:
        raise NotPossible("The outcome was not that the complainant does not support the prosecution", field="basis")


def reopen_crime(*, actor: User, case_id: UUID, offence_id: UUID, reason: str, version: int | None = None) -> m.Offence:
    """Take back the outcome of one recorded crime, for example when somebody is identified after all.

    Raises NotAllowed, NotPossible (none, no reason), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.SUPERVISE)
        crime = change.get(m.Offence, offence_id)
        crime_with_outcome(crime)
        if not reason.strip():
            raise NotPossible("Enter the reason", field="reason")
        return _take_back(change, crime, reason)


def _charged_with_another(crime: m.Offence, suspect: m.Suspect) -> bool:
    """Whether the crime stays charged: somebody else it is alleged against has been."""
    others = [key for key in _alleged(crime) if key != suspect.pk]
    return (
        crime.outcome_code == CHARGED
        and m.SuspectOutcome.objects.filter(suspect__in=others, code=CHARGED, reopened_at__isnull=True).exists()
    )


def _take_back(change: Changing, crime: m.Offence, reason: str) -> m.Offence:
    text = f"{crime.code}: {words(crime.outcome_code)}. {reason}" if crime.outcome_code else crime.code
    crime.outcome_code = crime.outcome_on = None
    crime.save(update_fields=["outcome_code", "outcome_on"])
    change.put_in_timeline("crime_outcome_reopened", complainant=crime.complainant, text=text)
    return crime
