"""By which force, unit and officer something is counted, as they are today: two of one name are two all the same."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from cases import models as m
from victims.reports import OFFICER


class Dimension(Enum):
    """A way of dividing: the columns of `located` that make its key, the name, and what tells two of one name apart."""

    FORCE = ("force_id", "at_force", "force_id", "")
    UNIT = ("at_unit", "unit_name", "at_force", "No unit")
    OFFICER = ("at_officer", "officer_name", "officer_number", "Not allocated")

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that one group shares."""
        return tuple(dict.fromkeys(self.value[:3]))

    def key(self, found: Mapping[str, Any]) -> "Place":
        """Return the place that a group of rows belongs to."""
        key, name, more, nothing = self.value
        return Place(found[key], found[name] or nothing, str(found[more] or ""))


@dataclass(frozen=True, slots=True)
class Place:
    """One force, unit or officer; a key of None is none. `more` tells two of one name apart."""

    key: Any
    name: str
    more: str


def located(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return rows of cases, each with its force, and the case's unit and officer of today."""
    case = m.Case.objects.filter(pk=OuterRef("case_id"))
    officer = m.CasePerson.objects.filter(case=OuterRef("case_id"), **OFFICER)
    found: QuerySet[Any] = rows.order_by().annotate(
        at_force=F("force__name"),
        at_unit=Subquery(case.values("unit_id")),
        unit_name=Subquery(case.values("unit__name")),
        at_officer=Subquery(officer.values("user_id")[:1]),
        officer_name=Subquery(officer.values("user__name")[:1]),
        officer_number=Subquery(officer.values("user__collar_number")[:1]),
    )
    return found


EVERY_COLUMN = tuple(dict.fromkeys(column for dimension in Dimension for column in dimension.columns))


def named(places: Iterable[Place]) -> dict[Place, str]:
    """Return a name for each place, with what tells it apart where another has the same."""
    places = list(places)
    names = [place.name for place in places]
    return {place: f"{place.name} ({place.more})" if names.count(place.name) > 1 and place.more else place.name for place in places}
