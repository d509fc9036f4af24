"""What the rows of several reports say of whose they are: reference, suspect, unit, officer in the case."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from cases import models as m

WHO = ("case_id", "force_id", "reference", "number", "surname", "forenames", "unit_id", "unit", "officer_id", "officer")
"""The columns that `with_who` gives a row, its own keys among them."""


def with_case(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Add to rows of a case's tables the case's reference and unit, and the officer, each a look-up by key and none a join."""
    case = m.Case.objects.filter(pk=OuterRef("case_id"))
    officer = m.CasePerson.objects.filter(case=OuterRef("case_id"), role=m.CaseRole.OFFICER, until__isnull=True)
    described: QuerySet[Any] = rows.annotate(
        reference=Subquery(case.values("crime_reference")),
        unit_id=Subquery(case.values("unit_id")),
        unit=Subquery(case.values("unit__name")),
        officer_id=Subquery(officer.values("user_id")[:1]),
        officer=Subquery(officer.values("user__name")[:1]),
    )
    return described


def with_who(rows: QuerySet[Any], *, suspect: str = "suspect_id") -> QuerySet[Any]:
    """Add to rows of a case's tables the case's reference and unit, the suspect's number and name, and the officer.

    Unit and officer are today's. Each is a look-up by key and none a join (see reports.arrests).
    """
    who = m.Suspect.objects.filter(pk=OuterRef(suspect))
    described: QuerySet[Any] = with_case(rows).annotate(
        number=Subquery(who.values("number")),
        surname=Subquery(who.values("surname")),
        forenames=Subquery(who.values("forenames")),
    )
    return described
