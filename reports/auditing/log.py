"""The access log as an auditor reads it: narrowed, paged, one row with what else belongs to it, and as records of a file.

Every read begins with the rows that the auditor's own agency is entitled to; row-level security says the same again.
No name of a suspect or a victim is in the log, and none is put beside it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.http import Http404

from accounts.models import Agency, User
from audit.acts import Act
from audit.models import AccessLog, AccessLogQuerySet
from cases.timeline import VERBS
from core import clock
from core.keyset import Order, Page, page_of
from reports.auditing.references import references

PAGE_SIZE = 50
CASES_SHOWN = 3
CASES_OF_A_ROW = 200
RELATED_SHOWN = 50
MOST_EXPORTED = 10_000
ROW_NUMBER = re.compile(r"[0-9]{1,18}", re.ASCII)
ROLES = {"system": "System"}
REQUEST_LASTS = timedelta(minutes=5)
"""Rows of one request lie no further apart: the database ends a statement after 15 seconds and an idle one after a minute."""
SESSION_LASTS = timedelta(hours=12)
"""No session is longer (settings.SESSION_ABSOLUTE_SECONDS)."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the log is narrowed to: London days, both included, and what else was chosen. Empty is everything."""

    since: date
    until: date
    person: UUID | None = None
    case_ids: Sequence[UUID] = ()
    act: str = ""
    route: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row in words."""

    id: int
    at: datetime
    time: str
    who: str
    who_id: UUID | None
    role: str
    agency: str
    act: str
    is_denial: bool
    what: str
    page: str
    cases: list[str]
    more: int
    row_count: int | None
    purpose: str
    recipients: str
    searched: bool
    request_id: UUID
    session: str


def log_of(auditor: User) -> AccessLogQuerySet:
    """Return the rows that the auditor's agency is entitled to."""
    return AccessLog.objects.of_agency(auditor.agency_id)


def narrowed(auditor: User, chosen: Chosen) -> QuerySet[AccessLog]:
    """Return the rows that the filter leaves."""
    wanted = Q(at__gte=clock.day_start(chosen.since), at__lt=clock.day_start(chosen.until + timedelta(days=1)))
    if chosen.person:
        wanted &= Q(actor_id=chosen.person)
    if chosen.case_ids:
        wanted &= Q(case_ids__overlap=list(chosen.case_ids))
    if chosen.act:
        wanted &= Q(act=chosen.act)
    if chosen.route:
        wanted &= Q(route=chosen.route)
    return light(log_of(auditor).filter(wanted))


def light(rows: QuerySet[AccessLog], cases: int = CASES_SHOWN) -> QuerySet[AccessLog]:
    """Read of each row the first cases and how many there are: a file handed out may name thousands."""
    return rows.defer("case_ids").annotate(first_cases=F(f"case_ids__0_{cases}"), number_of_cases=F("case_ids__len"))


def page_of_log(auditor: User, chosen: Chosen, *, after: str, before: str) -> Page[Line]:
    """Return one page, newest first, in three queries. Raises BadCursor."""
    order = Order("at", "access log", auditor.pk, descending=True)
    found = page_of(narrowed(auditor, chosen), order, PAGE_SIZE, after=after, before=before)
    return found.shown_as(lambda rows: lines(auditor, rows))


def exported(auditor: User, chosen: Chosen) -> list[Line]:
    """Return the rows for a file, newest first: at most one more than may be handed out, which says that there are too many."""
    rows = light(narrowed(auditor, chosen), CASES_SHOWN * 5)
    return lines(auditor, list(rows.order_by("-at", "-id")[: MOST_EXPORTED + 1]))


def lines(auditor: User, rows: Sequence[Any]) -> list[Line]:
    """Put rows read by `light` into words, in two queries whatever their number."""
    known = references(auditor, (key for row in rows for key in row.first_cases or ()))
    agencies = dict(Agency.objects.filter(pk__in={row.actor_agency_id for row in rows if row.actor_agency_id}).values_list("pk", "name"))
    return [_line(auditor, row, known, agencies) for row in rows]


def _line(auditor: User, row: Any, known: dict[UUID, str], agencies: dict[int, str]) -> Line:
    first = list(row.first_cases or ())
    return Line(
        id=row.pk,
        at=row.at,
        time=row.at.astimezone(clock.LONDON).strftime("%H:%M:%S.%f")[:-3],
        who=row.actor_name,
        who_id=row.actor_id,
        role=role_words(row.actor_role),
        agency="" if row.actor_agency_id in {None, auditor.agency_id} else agencies.get(row.actor_agency_id, "Another agency"),
        act=str(Act(row.act).label),
        is_denial=row.act == Act.DENIAL,
        what=what_words(row.what),
        page=route_words(row.route),
        cases=[known.get(key, "not of your agency") for key in first],
        more=max(0, (row.number_of_cases or 0) - len(first)),
        row_count=row.row_count,
        purpose=row.purpose,
        recipients=row.recipients,
        searched=bool(row.search_hash),
        request_id=row.request_id,
        session=row.session_hash,
    )


def role_words(role: str) -> str:
    """Return the words for a role as the log has it."""
    from accounts.roles import Role

    return ROLES.get(role) or (str(Role(role).label) if role in Role.values else role)


def route_words(route: str) -> str:
    """Return the name of an address in words: "case page" for case_page. The system's reason stays as it is."""
    words = route.replace("_", " ")
    return words[:1].upper() + words[1:]


def what_words(what: str) -> str:
    """Return what was done, in words: the verbs of the timeline where those were recorded, else as it was recorded."""
    words = ", ".join(VERBS.get(part, part) for part in what.split(", "))
    return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class Detail:
    """One row with everything it says, and what belongs to it."""

    line: Line
    case_ids: list[UUID]
    of_request: list[Line]
    of_session: list[Line]
    session_cut: bool


def detail(auditor: User, number: str) -> Detail:
    """Return one row, the others of its request, and those of its session. Five queries. Raises Http404."""
    if not ROW_NUMBER.fullmatch(number):
        raise Http404
    row: Any = light(log_of(auditor), CASES_OF_A_ROW).filter(pk=int(number)).first()
    if row is None:
        raise Http404
    same_request = Q(request_id=row.request_id, at__range=(row.at - REQUEST_LASTS, row.at + REQUEST_LASTS))
    others = list(light(log_of(auditor)).filter(same_request).exclude(pk=row.pk)[:RELATED_SHOWN])
    session = list(_of_session(auditor, row)[: RELATED_SHOWN + 1])
    drawn = lines(auditor, [row, *others, *session])
    first, rest = drawn[0], drawn[1:]
    of_session = rest[len(others) :]
    return Detail(first, list(row.first_cases or ()), rest[: len(others)], of_session[:RELATED_SHOWN], len(of_session) > RELATED_SHOWN)


def _of_session(auditor: User, row: Any) -> QuerySet[AccessLog]:
    """Return the other rows of the same signed-in browser, newest first; none where no browser was signed in."""
    if not row.session_hash:
        return log_of(auditor).none()
    same = Q(actor_id=row.actor_id, session_hash=row.session_hash, at__range=(row.at - SESSION_LASTS, row.at + SESSION_LASTS))
    return light(log_of(auditor)).filter(same).exclude(request_id=row.request_id)


def people_of(auditor: User) -> list[tuple[str, str]]:
    """Return the people of the auditor's agency as choices, those who have left included."""
    rows = User.objects.visible_to(auditor).order_by("name", "id").values_list("pk", "name", "is_active")
    return [(str(key), name if active else f"{name} (left)") for key, name, active in rows]
