"""Cases to test on, made by the services that the screens use, each with its actor's own scope."""

from collections.abc import Callable
from typing import Any, TypeVar

from accounts.models import User
from cases import models as m
from cases.services.arrests import record_arrest
from cases.services.logging import NewCrime, NewSuspect, log_case
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
