"""The acts that open an outcome again: of a suspect, of a recorded crime, and what a victim who supports again opens by itself."""

from uuid import UUID

from accounts.models import User
from cases import models as m
from cases import permissions, policies
from cases.derive.states import OUTCOMES_NOT_SUPPORTED
from cases.models.telling import Supports
from cases.outcome_codes import CHARGED, words
from cases.services.alleged import alleged, crimes_of
from cases.services.changing import Changing, changing
from core.exceptions import NotPossible
from core.scope import scope, system


def reopen(*, actor: User, case_id: UUID, suspect_id: UUID, basis: str, reason: str, version: int | None = None) -> m.SuspectOutcome:
    """Reopen the investigation of a suspect, and take back the outcomes of crimes that rested on it.

    The only act that ends an outcome. New evidence needs a supervisor. Raises NotAllowed, NotPossible (no outcome, no
    reason, a complainant who never stopped supporting, or who is not on record as supporting again), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.INVESTIGATE)
        suspect, facts = change.suspect(suspect_id)
        policies.has_an_outcome(facts)
        outcome = m.SuspectOutcome.objects.get(case=change.case, suspect=suspect, reopened_at__isnull=True)
        _check_basis(change, actor, outcome, basis, reason)
        _open(change, suspect, outcome, basis, reason)
        for crime in crimes_of(change.case, suspect.pk).filter(outcome_code__isnull=False):
            if not _charged_with_another(crime, suspect):
                _take_back(change, crime, f"{suspect}: {reason}")
        return outcome


def _open(change: Changing, suspect: m.Suspect, outcome: m.SuspectOutcome, basis: str, reason: str) -> None:
    outcome.reopened_at, outcome.reopened_basis, outcome.reopened_reason = change.now, basis, reason
    outcome.save(update_fields=["reopened_at", "reopened_basis", "reopened_reason"])
    change.put_in_timeline("outcome_reopened", suspect=suspect, text=f"{m.ReopenBasis(basis).label}: {reason}")


def _check_basis(change: Changing, actor: User, outcome: m.SuspectOutcome, basis: str, reason: str) -> None:
    if basis not in m.ReopenBasis.values:
        raise NotPossible("Select on what basis", field="basis")
    if not reason.strip():
        raise NotPossible("Enter the reason", field="reason")
    if basis == m.ReopenBasis.NEW_EVIDENCE:
        permissions.SUPERVISE.check(actor)
    if basis == m.ReopenBasis.SUPPORTS_AGAIN:
        if outcome.code not in OUTCOMES_NOT_SUPPORTED:
            raise NotPossible("The outcome was not that the complainant does not support the prosecution", field="basis")
        _check_supports(change, outcome)


def _check_supports(change: Changing, outcome: m.SuspectOutcome) -> None:
    """What she or he says is recorded first: that opens it by itself, unless an extract said so."""
    hers = crimes_of(change.case, outcome.suspect_id).values("complainant")
    said = m.SupportChange.objects.filter(case=change.case, complainant__in=hers).order_by("complainant", "-at", "-created_at")
    if Supports.SUPPORTS not in said.distinct("complainant").values_list("supports", flat=True):
        raise NotPossible("Record first that she or he supports the prosecution again. That reopens it", field="basis")


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


def crime_with_outcome(crime: m.Offence) -> None:
    """A policy: only an outcome is taken back. Raises NotPossible."""
    if crime.outcome_code is None:
        raise NotPossible("This crime has no outcome.")


def closed_unsupported(complainant: m.Complainant) -> tuple[list[m.SuspectOutcome], list[m.Offence]]:
    """Return what ended because a complainant did not support the prosecution: of suspects, and of her or his crimes."""
    hers = m.Offence.objects.filter(case=complainant.case_id, complainant=complainant)
    against = m.Allegation.objects.filter(offence__in=hers, withdrawn_at__isnull=True).values("suspect")
    outcomes = m.SuspectOutcome.objects.filter(
        case=complainant.case_id,
        suspect__in=against,
        code__in=OUTCOMES_NOT_SUPPORTED,
        reopened_at__isnull=True,
        suspect__recorded_in_error_at__isnull=True,
    )
    crimes = hers.filter(outcome_code__in=OUTCOMES_NOT_SUPPORTED).select_related("complainant")
    return list(outcomes.select_related("suspect").order_by("suspect__number")), list(crimes.order_by("created_at", "id"))


def open_what_was_unsupported(change: Changing, complainant: m.Complainant) -> int:
    """Open again what ended because she or he did not support the prosecution; return how many outcomes that were.

    Her or his words open it, whoever of police or CPS heard them: no permission to investigate is asked, and no review of a
    decision. Crimes of others stay closed: they said nothing. Nothing is opened for an extract.
    """
    if change.user is None:
        return 0
    reason = f"Victim {complainant.label} supports the prosecution again"
    with scope(system(change.case.force_id)):
        outcomes, crimes = closed_unsupported(complainant)
        for outcome in outcomes:
            _open(change, outcome.suspect, outcome, m.ReopenBasis.SUPPORTS_AGAIN, reason)
        for crime in crimes:
            _take_back(change, crime, reason)
    return len(outcomes) + len(crimes)


def open_on_review(change: Changing, outcome: m.SuspectOutcome, reason: str) -> None:
    """Open what a review overturned, with the outcomes of crimes that rested on it, in the system scope of the case's force.

    No permission to investigate is asked: whoever reviews took no part in the case, and has asked her or his own permission.
    """
    suspect = outcome.suspect
    with scope(system(change.case.force_id)):
        _open(change, suspect, outcome, m.ReopenBasis.REVIEW, reason)
        for crime in crimes_of(change.case, suspect.pk).filter(outcome_code__isnull=False):
            if not _charged_with_another(crime, suspect):
                _take_back(change, crime, f"{suspect}: {reason}")


def open_crime_on_review(change: Changing, crime: m.Offence, reason: str) -> None:
    """Take back the outcome of a recorded crime that a review overturned, in the system scope of the case's force."""
    with scope(system(change.case.force_id)):
        _take_back(change, crime, f"{m.ReopenBasis.REVIEW.label}: {reason}")


def _charged_with_another(crime: m.Offence, suspect: m.Suspect) -> bool:
    """Whether the crime stays charged: somebody else it is alleged against has been."""
    others = [key for key in alleged(crime) if key != suspect.pk]
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
