"""My clients: what a support service's people see of those who consented, read under their own kind alone.

Next contact due first. Names are opened for the rows shown, once the access log says so; a search by name opens the own
clients', never more, and never travels in an address.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

import audit.services
from accounts.models import User
from accounts.roles import Role
from audit.acts import Act
from cases import models as cases
from core import clock
from core.blindindex import normal_name
from core.calendar import FAR_FUTURE_AT
from core.keyset import Order, Page, page_of
from core.sealedfield import opening
from victims.models import IsvaMessage, LinkRequest, SupportReferral, TellRequest, Victim
from victims.models.isva import TellState
from victims.selectors_support import ANSWERED_SETTLES

SIZE: Final = 25
MOST_BY_NAME: Final = 500
"""How many clients' names one page opens, where it is sorted or searched by name."""
MOST_WAITING: Final = 10
"""How many clients for whom something waits stand above the list."""
BEYOND: Final = FAR_FUTURE_AT
"""Stands for "no contact is owed" in the order: after everybody to whom one is."""
INSTANT: Final = timedelta(microseconds=1)
PURPOSE: Final = "victim: referral"
NO_NAME: Final = "Name not recorded"


@dataclass(frozen=True, slots=True)
class ClientLine:
    """One client in the list. `name` is the only thing that was sealed."""

    id: UUID
    name: str
    reference: str
    officer: str
    next_contact_on: date | None
    overdue: bool
    isva: str
    to_read: int
    to_say: int
    to_mark: int
    own: bool


def clients_of(user: User) -> QuerySet[Any]:
    """Return a person's clients with when contact is due, as `due`, for lists."""
    due = Victim.objects.filter(complainant_id=OuterRef("complainant_id")).values("next_contact_due_at")[:1]
    rows = SupportReferral.objects.visible_to(user).select_related("isva")
    dated: QuerySet[Any] = rows.annotate(due=Coalesce(Subquery(due), Value(BEYOND)))
    return dated


def page_of_clients(user: User, *, after: str = "", before: str = "", waiting: bool = False) -> Page[ClientLine]:
    """Return one page, next contact due first; `waiting`: those to be allocated alone. Five queries. Raises BadCursor."""
    rows = clients_of(user)
    rows = rows.filter(isva__isnull=True) if waiting else rows
    name = "clients to allocate" if waiting else "clients"
    found = page_of(rows, Order("due", name, user.pk), SIZE, after=after, before=before)
    return found.shown_as(lambda shown: lines_of(shown, user))


def clients_by_name(user: User, words: str = "") -> tuple[list[ClientLine], bool]:
    """Return own clients by surname, those alone whose name holds the words; and whether there are more than are looked at."""
    rows = list(clients_of(user).order_by("due", "id")[: MOST_BY_NAME + 1])
    lines = lines_of(rows[:MOST_BY_NAME], user)
    wanted = normal_name(words)
    kept = [line for line in lines if wanted in normal_name(line.name)] if wanted else lines
    return sorted(kept, key=lambda line: normal_name(line.name).split()[::-1]), len(rows) > MOST_BY_NAME


def what_waits(user: User) -> list[ClientLine]:
    """Return the own clients for whom something waits: to be told, to be said what happened, an answer of the officer. Six queries."""
    to_tell = TellRequest.objects.filter(referral=OuterRef("pk"), state__in=(TellState.SENT, TellState.READ))
    answered = _answered().filter(complainant=OuterRef("complainant_id"), service=OuterRef("service_id"))
    rows = clients_of(user).filter(Exists(to_tell) | Exists(answered)).order_by("due", "id")
    return lines_of(list(rows[:MOST_WAITING]), user, what="clients for whom something waits")


def lines_of(rows: Sequence[SupportReferral], user: User, *, what: str = "list of clients") -> list[ClientLine]:
    """Return the lines of these clients, in five queries and one row of the access log."""
    names = names_of(rows)
    officers = officers_of({row.case_id for row in rows})
    to_read = _numbers(TellRequest.objects.filter(referral__in=rows, state=TellState.SENT))
    to_say = _numbers(TellRequest.objects.filter(referral__in=rows, state=TellState.READ))
    to_mark = _numbers(
        _answered().filter(complainant__in=[row.complainant_id for row in rows], service__in={row.service_id for row in rows})
    )
    record(rows, what)
    now = clock.now()
    return [
        ClientLine(
            id=row.complainant_id,
            name=names.get(row.complainant_id, NO_NAME),
            reference=row.crime_reference,
            officer=officers.get(row.case_id, ""),
            next_contact_on=None if _due(row) == BEYOND else last_day(_due(row)),
            overdue=_due(row) <= now,
            isva=row.isva.name if row.isva else "",
            to_read=to_read.get(row.complainant_id, 0),
            to_say=to_say.get(row.complainant_id, 0),
            to_mark=to_mark.get(row.complainant_id, 0),
            own=row.isva_id == user.pk,
        )
        for row in rows
    ]


def _answered() -> QuerySet[Any]:
    """Return what an officer answered and the ISVA has not marked yet. A dispute is never marked: it stands until it is closed."""
    return IsvaMessage.objects.filter(kind__in=ANSWERED_SETTLES, answered_at__isnull=False, closed_at__isnull=True)


def _numbers(rows: QuerySet[Any]) -> dict[UUID, int]:
    """Return how many rows there are, by complainant."""
    return dict(rows.values_list("complainant").annotate(number=Count("pk")).values_list("complainant", "number"))


def _due(row: Any) -> datetime:
    due: datetime = row.due
    return due


def last_day(due_at: datetime) -> date:
    """Return the last London day that is in time for a due moment, which is the start of the day after."""
    return clock.london_day(due_at - INSTANT)


def names_of(rows: Sequence[SupportReferral]) -> dict[UUID, str]:
    """Return the names of these clients, by complainant. One query."""
    with opening(PURPOSE):
        found = Victim.objects.filter(complainant__in=[row.complainant_id for row in rows])
        return {one.complainant_id: name for one in found if (name := f"{one.forenames} {one.surname}".strip())}


def officers_of(case_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return who is officer in each case. One query."""
    rows = cases.CasePerson.objects.filter(case__in=case_ids, role=cases.CaseRole.OFFICER, until__isnull=True)
    return dict(rows.order_by("since").values_list("case", "user__name"))


def record(rows: Sequence[SupportReferral], what: str) -> None:
    """Write in the access log whom a page names: one row for the service and each force."""
    owners = {row.force_id for row in rows}
    audit.services.record(
        act=Act.CONSULTATION, what=what, case_ids=[row.case_id for row in rows], owners=owners, row_count=len(rows), purpose=PURPOSE
    )


def waiting_to_be_allocated(user: User) -> int:
    """Return how many clients of the service nobody is allocated to; none for an ISVA, who sees her or his own alone."""
    if user.role != Role.ISVA_MANAGER:
        return 0
    return int(SupportReferral.objects.visible_to(user).filter(isva__isnull=True).count())


def isvas_of(user: User) -> list[User]:
    """Return the ISVAs of a manager's service."""
    return list(User.objects.filter(agency_id=user.agency_id, role=Role.ISVA, is_active=True).order_by("name", "pk"))


def links_asked(user: User) -> list[LinkRequest]:
    """Return the links that a person asked for, a manager those of the service, the latest first.

    What came of one is seen among the clients, never here.
    """
    rows = LinkRequest.objects.filter(service_id=user.agency_id).select_related("force", "asked_by").defer("client_name")
    rows = rows if user.role == Role.ISVA_MANAGER else rows.filter(asked_by=user)
    return list(rows.order_by("-asked_at", "id")[:SIZE])
