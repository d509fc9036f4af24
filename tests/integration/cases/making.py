"""Cases to test on, made by the services that the screens use, each with its actor's own scope."""

from collections.abc import Callable
from typing import Any, TypeVar

from accounts.models import User
from cases import models as m
from cases.services.arrests import record_arrest
from cases.services.logging import NewCrime, NewSuspect, log_case
from cases.services.reconcile import keys_of
from core import clock
from core.scope import scope, system
from tests.factories import acting_as, ago

Result = TypeVar("Result")


def do(actor: User, service: Callable[..., Result], case: m.Case, **arguments: Any) -> Result:
    """Call a service as a person, for the case."""
    with acting_as(actor):
        return service(actor=actor, case_id=case.pk, **arguments)


def make_case(actor: User, *names: str, reference: str = "52/TEST/1", identified_days: float = 9, **facts: Any) -> m.Case:
    """Log a case recorded ten days ago, with a complainant, a crime, and a suspect for each surname."""
    suspects = [NewSuspect(name, "Test", identified_at=ago(days=identified_days)) for name in names]
    given: dict[str, Any] = {"recorded_at": ago(days=10), "risk": "medium", "crimes": [NewCrime("19C")], "suspects": suspects, **facts}
    with acting_as(actor):
        return log_case(actor=actor, crime_reference=reference, **given)


def suspect_of(case: m.Case, number: int = 1) -> m.Suspect:
    """Return a suspect of the case."""
    with scope(system(case.force_id)):
        return m.Suspect.objects.get(case=case, number=number)


def plan_tellings(case: m.Case) -> None:
    """Plan how each complainant is told of a charge or of no further action, about every suspect her or his crimes name, and nobody."""
    with scope(system(case.force_id)):
        row = m.Case.objects.get(pk=case.pk)
        teller = _teller(row)
        named = m.Allegation.objects.filter(case=row, withdrawn_at__isnull=True).values_list("offence__complainant_id", "suspect_id")
        for complainant_id, suspect_id in [
            *named,
            *((key, None) for key in m.Complainant.objects.filter(case=row).values_list("pk", flat=True)),
        ]:
            for about in ("told_nfa", "told_charge") if suspect_id else ("told_nfa",):
                m.TellingPlan.objects.create(
                    **keys_of(row),
                    complainant_id=complainant_id,
                    suspect_id=suspect_id,
                    about=about,
                    teller=teller,
                    how="in_person",
                    planned_at=clock.now(),
                    arranged=True,
                )


def _teller(case: m.Case) -> User:
    """Return somebody with a role on the case; where nobody has one, its gatekeeper from now on."""
    row = m.CasePerson.objects.filter(case=case, until__isnull=True).select_related("user").order_by("since").first()
    if row is not None:
        return row.user
    user = User.objects.filter(agency_id=case.force_id).order_by("pk")[0]
    m.CasePerson.objects.create(**keys_of(case), user=user, role="gatekeeper")
    return user


def arrest(actor: User, case: m.Case, *, days: float = 1, number: int = 1) -> m.Arrest:
    """Record an arrest this many days ago."""
    return do(actor, record_arrest, case, suspect_id=suspect_of(case, number).pk, at=ago(days=days))


def fresh(case: m.Case) -> m.Case:
    """Return the case as the database has it now."""
    with scope(system(case.force_id)):
        return m.Case.objects.get(pk=case.pk)


def sees(user: User, case: m.Case) -> bool:
    """Say whether a person sees the case, in her or his own scope."""
    with acting_as(user):
        return bool(m.Case.objects.visible_to(user).filter(pk=case.pk).exists())


def timeline(case: m.Case) -> list[str]:
    """Return the kinds of what happened, in order."""
    with scope(system(case.force_id)):
        return list(m.TimelineEvent.objects.filter(case=case).order_by("case_version", "created_at").values_list("kind", flat=True))
