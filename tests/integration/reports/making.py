"""Cases for the reports, made as facts under the system scope and reconciled, as every service leaves them."""

import itertools
from datetime import datetime
from typing import Any

from accounts.models import User
from cases import models as m
from cases.services.reconcile import reconcile
from core import clock
from core.scope import scope, system
from tests.factories import AVON

_numbers = itertools.count(1)


def london(text: str) -> datetime:
    """Return the moment of a London wall clock, for example "2026-10-25 00:30"."""
    return clock.as_utc(datetime.fromisoformat(text).replace(tzinfo=clock.LONDON))


def make_case(*, force_id: int = AVON, risk: str = "high", officer: User | None = None, **facts: Any) -> m.Case:
    """Make a case recorded long ago."""
    with scope(system(force_id)):
        reference = facts.pop("crime_reference", f"T/{next(_numbers)}")
        case = m.Case.objects.create(
            force_id=force_id, crime_reference=reference, risk=risk, **{"recorded_at": london("2020-01-01 09:00"), **facts}
        )
        if officer is not None:
            add(case, m.CasePerson, user=officer, role=m.CaseRole.OFFICER, since=case.recorded_at)
        return case


def add(case: m.Case, model: type[Any], **facts: Any) -> Any:
    """Add one fact to a case and reconcile it."""
    with scope(system(case.force_id)):
        row = model(case=case, force_id=case.force_id, cps_area_scope=case.cps_area_scope, **facts)
        row.save(force_insert=True)
        reconcile(case, reason="test", actor_name="test")
        return row


def add_suspect(case: m.Case, identified: str, *, number: int = 1, surname: str = "Invented", forenames: str = "Abel") -> m.Suspect:
    """Add a suspect identified at a London time."""
    suspect: m.Suspect = add(case, m.Suspect, number=number, surname=surname, forenames=forenames, identified_at=london(identified))
    return suspect


def overdue_suspect(identified: str, *, surname: str = "Invented", **facts: Any) -> m.Suspect:
    """Make a case of its own with one suspect."""
    return add_suspect(make_case(**facts), identified, surname=surname)


def correct(case: m.Case, field: str, *, row_id: Any, old: str, new: str, at: datetime) -> None:
    """Change a fact as `correct_fact` does, at a time of the test's choosing."""
    with scope(system(case.force_id)):
        if field == "risk":
            case.risk = new
            case.save(update_fields=["risk"])
        else:
            m.Suspect.objects.filter(pk=row_id).update(**{field: datetime.fromisoformat(new)})
    table = "case" if field == "risk" else "suspect"
    add(case, m.FactCorrection, table=table, row_id=row_id, field=field, old=old, new=new, reason="test", made_at=at)
