"""The two extracts that ship with the tests, whole: every figure that an independent reading gives."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import Q

from cases import models as m
from core import clock
from core.scope import scope, system
from tests.factories import AVON, KENT

DATA = Path(__file__).parents[2] / "data"
SEEN_FROM = date(2026, 11, 22)


def overdue(force_id: int, seen_from: date) -> int:
    """Arrests overdue as seen from the start of a day, by the rows alone."""
    at = clock.seen_from(seen_from)
    running = (Q(met_at__isnull=True) | Q(met_at__gte=at)) & (Q(ended_at__isnull=True) | Q(ended_at__gte=at))
    return m.Deadline.objects.filter(running, force_id=force_id, kind="arrest", started_at__lt=at, due_at__lte=at, cancelled=False).count()


@pytest.mark.slow
@pytest.mark.django_db
def test_the_clean_extract_gives_what_an_independent_reading_gives() -> None:
    """1,200 cases, 1,144 suspects, 1,259 complainants, 169 arrests overdue."""
    said = StringIO()
    call_command("import_rms", str(DATA / "rms-extract.csv"), force="52", as_of=SEEN_FROM, stdout=said)
    with scope(system(AVON)):
        assert (m.Case.objects.count(), m.Suspect.objects.count(), m.Complainant.objects.count()) == (1200, 1144, 1259)
        assert overdue(AVON, SEEN_FROM) == 169
    assert "1,200 created, 0 updated, 0 unchanged" in said.getvalue()


@pytest.mark.slow
@pytest.mark.django_db
def test_the_dirty_extract_gives_what_an_independent_reading_gives() -> None:
    """465 records, 29 refused, 3 repeated, 38 arrests overdue."""
    said, errors = StringIO(), StringIO()
    call_command("import_rms", str(DATA / "rms-extract-dirty.csv"), force="46", as_of=SEEN_FROM, stdout=said, stderr=errors)
    assert said.getvalue().splitlines() == [
        "Records read: 465",
        "Cases: 380 created, 0 updated, 0 unchanged",
        "Suspects: 351 created, 0 updated, 0 unchanged",
        "Complainants: 401 created, 0 updated, 0 unchanged",
        "Records repeated: 3",
        "Records refused: 29",
    ]
    assert len(errors.getvalue().splitlines()) == 29
    with scope(system(KENT)):
        assert overdue(KENT, SEEN_FROM) == 38
