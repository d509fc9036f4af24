"""Readers of the pages of events that take officers: the list, one event, who can be taken."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Q
from django.http import Http404

from accounts.absence import away_words
from accounts.models import User
from accounts.roles import WORKS_CASES_POLICE
from cases import models as m
from cases.planned import SORTS, Answered, Planned, Sort, to_answer
from core import clock
from core.keyset import Order, Page, page_of

PAGE_SIZE = 25
COMING, PAST = "coming", "past"
NO_UNIT = "No unit"


@dataclass(frozen=True, slots=True)
class Line:
    """One event of the list."""

    row: m.Abstraction
    officers: int
    waiting: int


def list_of(user: User, when: str, *, after: str = "", before: str = "") -> Page[Line]:
    """Return a page of events: those not over, the next first; or those over, the latest first.

    Two queries and one for each sort of planned thing. Raises BadCursor.
    """
    past = when == PAST
    rows = m.Abstraction.objects.visible_to(user).current().filter(**{"ends_at__lte" if past else "ends_at__gt": clock.now()})
    order = Order("starts_at", f"abstractions {when}", user.pk, descending=past)
    return page_of(rows, order, PAGE_SIZE, after=after, before=before).shown_as(lambda found: _lines(user, found))


def _lines(user: User, rows: Sequence[m.Abstraction]) -> list[Line]:
    keys = [row.pk for row in rows]
    counted = m.AbstractionOfficer.objects.filter(abstraction__in=keys).values_list("abstraction").annotate(number=Count("pk"))
    officers, waiting = dict(counted), to_answer(user, keys)
    return [Line(row, officers.get(row.pk, 0), waiting.get(row.pk, 0)) for row in rows]


def latest_or_404(user: User, entry_id: UUID) -> m.Abstraction:
    """Return the edition of an entry that counts. Raises Http404 for none of this person's force."""
    rows = m.Abstraction.objects.visible_to(user).current().filter(Q(pk=entry_id) | Q(first_id=entry_id))
    found = rows.select_related("created_by").first()
    if found is None or found.entry_id != entry_id:
        raise Http404
    return found  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One planned thing that waits for an answer, with its sort."""

    sort: Sort
    planned: Planned

    @property
    def prefix(self) -> str:
        """The prefix of its fields on the page."""
        return f"{self.sort.slug}-{self.planned.key}"


def waiting_of(user: User, row: m.Abstraction) -> list[Waiting]:
    """Return what waits for an answer, of every sort, the earliest first."""
    found = [Waiting(sort, planned) for sort in SORTS.values() for planned in sort.find(user, row)]
    return sorted(found, key=lambda one: (one.planned.at, str(one.planned.key)))


def answered_of(user: User, row: m.Abstraction) -> list[tuple[str, Answered]]:
    """Return what has been answered for, of every sort, the earliest first."""
    found = [(sort.label, one) for sort in SORTS.values() for one in sort.answered(user, row)]
    return sorted(found, key=lambda pair: (pair[1].planned.at, str(pair[1].planned.key)))


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who can be taken, and when she or he is away."""

    key: str
    name: str
    away: str
    ticked: bool = False


@dataclass(slots=True)
class Group:
    """The officers of a unit."""

    key: str
    name: str
    officers: list[Officer] = field(default_factory=list)
    ticked: bool = False

    @property
    def any_ticked(self) -> bool:
        """Whether the group is shown open."""
        return self.ticked or any(one.ticked for one in self.officers)


def officers_of(row: m.Abstraction) -> list[Group]:
    """Return the officers that an event takes, by unit."""
    return _grouped(
        list(User.objects.filter(pk__in=row.officers.values("user")).select_related("unit").order_by("unit__name", "name", "id"))
    )


def can_be_taken(user: User, row: m.Abstraction | None = None) -> list[User]:
    """Return the officers of the force who work cases, and whom the event takes already, by unit and name. One query."""
    works = Q(role__in=WORKS_CASES_POLICE, is_active=True)
    if row is not None:
        works |= Q(pk__in=row.officers.values("user"))
    return list(User.objects.visible_to(user).filter(works).select_related("unit").order_by("unit__name", "name", "id"))


def groups_of(people: Sequence[User], *, ticked: frozenset[str], units: frozenset[str], find: str) -> list[Group]:
    """Return the officers by unit, those ticked marked; narrowed to a part of a name, what is ticked stays in sight."""
    wanted = " ".join(find.casefold().split())
    shown = [one for one in people if not wanted or wanted in one.name.casefold() or str(one.pk) in ticked]
    groups = _grouped(shown, ticked)
    for group in groups:
        group.ticked = bool(group.key) and group.key in units
    return groups


def _grouped(people: Sequence[User], ticked: frozenset[str] = frozenset()) -> list[Group]:
    groups: dict[str, Group] = {}
    today = clock.today()
    for one in people:
        key = str(one.unit_id or "")
        group = groups.setdefault(key, Group(key, one.unit.name if one.unit else NO_UNIT))
        group.officers.append(Officer(str(one.pk), one.name, away_words(one, today), str(one.pk) in ticked))
    return list(groups.values())


def editions(row: m.Abstraction) -> list[m.Abstraction]:
    """Return every edition of the entry, the latest first, with who entered it and how many officers it took."""
    rows = m.Abstraction.objects.filter(Q(pk=row.entry_id) | Q(first_id=row.entry_id)).select_related("created_by")
    return list(rows.annotate(taken=Count("officers")).order_by("-edition"))
