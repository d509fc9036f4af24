"""Whose desk it is: the reader, the moment, the cases in sight, and the prosecutor whose work a manager asks about."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce

from accounts.models import User
from accounts.roles import Role
from cases import models as m
from cases.derive.clocks import Kind
from cases.listing import running_deadlines
from cases.querysets import standing_in_for
from core import clock

UNDATED = Value(m.NOTHING_DUE, output_field=DateTimeField())


@dataclass(frozen=True, slots=True)
class Look:
    """One person's look at one moment. `person`: the prosecutor whose work alone is asked for."""

    user: User
    now: datetime
    person: UUID | None = None

    @classmethod
    def of(cls, user: User, person: UUID | None = None) -> "Look":
        """Look now."""
        return cls(user, clock.now(), person)

    def cases(self) -> QuerySet[Any]:
        """Return the keys of the cases this person sees."""
        rows: QuerySet[Any] = m.Case.objects.visible_to(self.user).order_by().values("pk")
        return rows

    @property
    def direct(self) -> bool:
        """Whether the reader is CPS Direct, which works as one team on what is with it."""
        return self.user.role == Role.CPS_DIRECT

    def own(self, path: str = "") -> Q:
        """Return the condition that the prosecutor named on what `path` leads to is the reader, or somebody covered today."""
        if self.direct:
            return Q()
        return Q(**{f"{path}prosecutor__in": standing_in_for(self.user)})

    def is_own(self, prosecutor: UUID | None) -> bool:
        """Say whether the reader is the prosecutor named; a manager looks at the work of others to give it to somebody else."""
        return prosecutor == self.user.pk or self.user.role != Role.CPS_MANAGER

    def of_person(self, path: str = "") -> Q:
        """Return the condition that it is the work of the prosecutor asked for; true where nobody is."""
        return Q(**{f"{path}prosecutor": self.person}) if self.person else Q()


def part(look: Look, rows: QuerySet[Any], sort_at: Combinable) -> QuerySet[Any]:
    """Return rows of cases in sight as table, key and the moment they are ordered by; no moment comes last."""
    table = Cast(Value(rows.model.__name__), output_field=CharField())
    found: QuerySet[Any] = rows.filter(case__in=look.cases()).order_by().annotate(sort_at=Coalesce(sort_at, UNDATED), x_table=table)
    return found.values("x_table", "id", "sort_at")


def due_of_subject(kind: Kind) -> Subquery:
    """Return when the clock of this kind that is about the row itself is due."""
    return Subquery(_running(kind).filter(subject_id=OuterRef("pk")).values("due_at")[:1])


def due_of_suspects(kind: Kind, suspects: QuerySet[Any]) -> Subquery:
    """Return when the first clock of this kind is due that is about one of these suspects of the row's case."""
    return Subquery(_running(kind).filter(suspect__in=suspects).values("due_at")[:1])


def in_custody() -> Exists:
    """Return the condition that somebody of the row's case is in custody with the clock running."""
    return Exists(_running(Kind.DETENTION))


def _running(kind: Kind) -> QuerySet[m.Deadline]:
    return running_deadlines().filter(case=OuterRef("case"), kind=kind).order_by("due_at")


def first_of(*columns: str) -> Combinable:
    """Return the first of these columns that is filled."""
    return Coalesce(*(F(name) for name in columns), output_field=DateTimeField())
