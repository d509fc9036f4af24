"""What tests of services ask of a case: refusals with their field, status, deadlines."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import models

from accounts.models import Agency
from cases import models as m
from core import clock
from core.exceptions import NotPossible
from core.scope import scope, system
from tests.integration.cases.making import suspect_of


@contextmanager
def refused(words: str, field: str | None = None) -> Iterator[None]:
    """Expect NotPossible with these words, beside this field."""
    with pytest.raises(NotPossible, match=words) as caught:
        yield
    assert caught.value.field == field


def status(case: m.Case, number: int = 1) -> str:
    """Return a suspect's status as projected."""
    return suspect_of(case, number).status


def deadline(case: m.Case, kind: str) -> m.Deadline:
    """Return the latest clock of a kind that facts ask for."""
    with scope(system(case.force_id)):
        found: m.Deadline | None = (
            m.Deadline.objects.filter(case=case, kind=kind, cancelled=False).order_by("started_at", "sequence").last()
        )
    assert found is not None, f"no clock of kind {kind}"
    return found


def count(model: type[models.Model], case: m.Case) -> int:
    """Return how many rows of a table the case has."""
    with scope(system(case.force_id)):
        return model._default_manager.filter(case=case).count()


def texts(case: m.Case, kind: str) -> list[str]:
    """Return what the timeline says of a kind of event."""
    with scope(system(case.force_id)):
        return list(m.TimelineEvent.objects.filter(case=case, kind=kind).order_by("case_version").values_list("text", flat=True))


def live_since(force_id: int, *, days: int) -> None:
    """Let the force have gone live this long ago, so that clocks of facts before today are owed."""
    with scope(system(force_id)):
        Agency.objects.filter(pk=force_id).update(live_from=clock.today() - timedelta(days=days))
