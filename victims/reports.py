"""Overdue contact: which victims should have heard from us and did not, over cases that the caller may see or count.

Times are those of the facts, so "seen from the start of a day" is a condition. No row holds who anybody is: a case's
reference and a letter. Contact owed in closed cases is counted apart: it is owed all the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import DateField, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest

from accounts.models import User
from accounts.roles import KIND_OF_ROLE
from cases import models as m
from cases.derive.clocks import Kind
from cases.derive.states import OPEN_STAGES
from core import clock
from core.exceptions import NotPossible
from core.scope import Kind as ScopeKind
from core.seen import Seen
from victims.models import Contact, ContactAgreement, SafeContact

MOST_ROWS = 10_000
"""The most rows that are put in a file at once."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The cases a report is drawn from, and the columns that lead to them quickest (the owner's index)."""

    cases: QuerySet[Any]
    owner: Q
    names_events: bool = True
    """Whether the reader's side may read which event took an officer: the CPS reads the reason alone."""

    @classmethod
    def counted_by(cls, user: User) -> "Reach":
        """Cases this person may count: an analyst's whole force, everybody else's own sight."""
        cps = KIND_OF_ROLE[user.role] is ScopeKind.CPS
        column = "cps_area_scope" if cps else "force_id"
        return cls(m.Case.objects.counted_by(user), Q(**{column: user.agency_id}), names_events=not cps)

    @classmethod
    def of_force(cls, force_id: int) -> "Reach":
        """Every case of one force. For commands, inside its system scope."""
        return cls(m.Case.objects.filter(force_id=force_id), Q(force_id=force_id))

    def narrowed(self, *, unit: str = "", officer: str = "") -> "Reach":
        """Return the cases of one unit, or of one officer in the case, today's."""
        cases = self.cases.filter(unit_id=unit) if unit else self.cases
        if officer:
            cases = cases.filter(Exists(m.CasePerson.objects.filter(case=OuterRef("pk"), user_id=officer, **OFFICER)))
        return replace(self, cases=cases)


OFFICER: dict[str, Any] = {"role": m.CaseRole.OFFICER, "until__isnull": True}


@dataclass(frozen=True, slots=True)
class OverdueContact:
    """One victim whose agreed contact is late. Days are London days; `agreed_days` empty for a day that was promised."""

    case_id: UUID
    reference: str
    label: str
    unit: str
    officer: str
    agreed_days: int | None
    last_contact_on: date | None
    due_on: date
    days_late: int


def late(reach: Reach, seen: Seen) -> QuerySet[Any]:
    """Return the contact clocks that ran past their due date and do not stand still for want of a safe channel, each with `open`."""
    card = SafeContact.objects.filter(seen.happened("at"), complainant=OuterRef("complainant_id")).order_by("-at", "-created_at")
    clocks = m.Deadline.objects.filter(
        reach.owner,
        seen.not_yet("met_at"),
        seen.not_yet("ended_at"),
        kind=Kind.VICTIM_CONTACT,
        cancelled=False,
        due_at__lte=seen.at,
        case__in=reach.cases,
    )
    marked = clocks.annotate(unsafe=Subquery(card.values("no_safe_channel")[:1]))
    rows = marked.filter(Q(unsafe__isnull=True) | Q(unsafe=False))
    counted: QuerySet[Any] = rows.annotate(open=Exists(_open_then(seen).filter(pk=OuterRef("case_id"))))
    return counted


def _open_then(seen: Seen) -> QuerySet[Any]:
    """Return the cases that were open then: those open now, and those whose last outcome came on that day or after it."""
    is_open = Q(stage__in=OPEN_STAGES)
    cases: QuerySet[Any] = m.Case.objects.all()
    if seen.as_of is None:
        return cases.filter(is_open)
    suspects = m.SuspectOutcome.objects.filter(case=OuterRef("pk"), reopened_at__isnull=True).values("case")
    crimes = m.Offence.objects.filter(case=OuterRef("pk")).values("case")
    last = Greatest(
        Subquery(suspects.annotate(last=Max("on")).values("last"), output_field=DateField()),
        Subquery(crimes.annotate(last=Max("outcome_on")).values("last"), output_field=DateField()),
    )
    gone = Q(recorded_in_error_at__isnull=False) | Q(merged_into__isnull=False)
    found: QuerySet[Any] = cases.annotate(last_outcome_on=last).filter(is_open | Q(last_outcome_on__gte=seen.as_of) & ~gone)
    return found


def rows_of(clocks: QuerySet[Any], seen: Seen) -> list[OverdueContact]:
    """Read clocks as rows, the longest overdue first, in one query. Raises NotPossible for more than MOST_ROWS.

    Each fact beside is a look-up by key and none a join: tables just filled by an import have not been measured.
    """
    case = m.Case.objects.filter(pk=OuterRef("case_id"))
    officer = m.CasePerson.objects.filter(case=OuterRef("case_id"), **OFFICER)
    began = Q() if seen.as_of is None else Q(starts_on__lt=seen.as_of)
    agreed = ContactAgreement.objects.filter(began, complainant=OuterRef("complainant_id"))
    corrected = Contact.objects.filter(supersedes=OuterRef("pk"))
    reached = Contact.objects.filter(seen.happened("at"), ~Exists(corrected), complainant=OuterRef("complainant_id"), reached=True)
    described = clocks.annotate(
        reference=Subquery(case.values("crime_reference")),
        unit=Subquery(case.values("unit__name")),
        label=Subquery(m.Complainant.objects.filter(pk=OuterRef("complainant_id")).values("label")),
        officer=Subquery(officer.values("user__name")[:1]),
        agreed_days=Subquery(agreed.order_by("-created_at").values("interval_days")[:1]),
        last_at=Subquery(reached.exclude(side="isva").order_by("-at").values("at")[:1]),
    )
    found = list(
        described.order_by("due_at", "id").values("case_id", "reference", "label", "unit", "officer", "agreed_days", "last_at", "due_on")[
            : MOST_ROWS + 1
        ]
    )
    if len(found) > MOST_ROWS:
        raise NotPossible(f"There are more than {MOST_ROWS:,} victims here. Choose a unit or an officer.")
    rows = [_row(one, seen) for one in found]
    return sorted(rows, key=lambda one: (one.due_on, one.reference, one.label))


def _row(found: Mapping[str, Any], seen: Seen) -> OverdueContact:
    return OverdueContact(
        case_id=found["case_id"],
        reference=found["reference"],
        label=found["label"],
        unit=found["unit"] or "",
        officer=found["officer"] or "",
        agreed_days=found["agreed_days"],
        last_contact_on=clock.london_day(found["last_at"]) if found["last_at"] else None,
        due_on=found["due_on"],
        days_late=max((seen.today - found["due_on"]).days, 0),
    )
