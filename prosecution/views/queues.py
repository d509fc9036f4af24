"""`/prosecution/mine/`, `/prosecution/triage/`, `/prosecution/overview/`: the desks of prosecutor and legal manager."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

import audit.services
from accounts.access import SignedInRequest, page
from accounts.roles import Role
from audit.acts import Act
from core.keyset import page_asked_for
from prosecution.desk.look import Look
from prosecution.desk.queues import MINE, OVERVIEW, TRIAGE, Queue, address_of, rows_of, section_page
from prosecution.desk.rows import Row, cases_shown
from prosecution.pages.queue import name_of, page_of

PROSECUTES = (Role.PROSECUTOR, Role.CPS_MANAGER, Role.CPS_DIRECT)
TRIAGES = (Role.CPS_MANAGER, Role.CPS_DIRECT)
MANAGES = (Role.CPS_MANAGER,)


@page(*PROSECUTES)
def mine(request: SignedInRequest) -> HttpResponse:
    """Show what the reader owes, by date, with what else waits for her or him."""
    return _queue(request, MINE)


@page(*PROSECUTES)
def mine_section(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show all of one part of it."""
    return _section(request, MINE, slug)


@page(*TRIAGES)
def triage(request: SignedInRequest) -> HttpResponse:
    """Show the submissions that wait for triage: custody and red on top, then by age since the first submission."""
    return _queue(request, TRIAGE)


@page(*TRIAGES)
def triage_section(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show all of one part of it."""
    return _section(request, TRIAGE, slug)


@page(*MANAGES)
def overview(request: SignedInRequest) -> HttpResponse:
    """Show what is late or about to be, what waits for the manager, and who has how much."""
    return _queue(request, OVERVIEW)


@page(*MANAGES)
def overview_section(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show all of one part of it."""
    return _section(request, OVERVIEW, slug)


def _queue(request: SignedInRequest, queue: Queue) -> HttpResponse:
    shown = page_of(queue, request.user, _person(request, queue))
    _record(queue, rows_of(shown.sections))
    return render(request, "prosecution/queues/queue.html", {"page": shown})


def _section(request: SignedInRequest, queue: Queue, slug: str) -> HttpResponse:
    """Draw one section. Raises Http404 for a section, or a place in it, that is none."""
    section = queue.section(slug)
    if section is None:
        raise Http404
    look = Look.of(request.user, _person(request, queue))
    address = address_of(queue, look)
    shown = page_asked_for(request.GET, partial(section_page, queue, section, look, address))
    _record(queue, shown.rows)
    context = {"queue": queue, "section": section, "page": shown, "address": address, "filtered": look.person, "person": name_of(look)}
    return render(request, "prosecution/queues/section.html", context)


def _person(request: SignedInRequest, queue: Queue) -> UUID | None:
    """Return the prosecutor whose work alone is asked for, on the manager's overview. Raises Http404 for what is no key."""
    sent = request.GET.get("prosecutor", "")
    if queue is not OVERVIEW or not sent:
        return None
    try:
        return UUID(sent)
    except ValueError:
        raise Http404 from None


def _record(queue: Queue, rows: list[Row]) -> None:
    """Write down which cases were shown: no row of the log, no page."""
    cases = cases_shown(rows)
    audit.services.record(
        act=Act.CONSULTATION,
        what=f"queue: {queue.title}",
        case_ids=list(cases),
        owners={case.force_id for case in cases.values()},
        row_count=len(rows),
    )
