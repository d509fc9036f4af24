"""The worklist at `/`, and the short forms in its rows: the same acts, forms and services as on the page of an act."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

import audit.services
from accounts.access import SignedInRequest, page
from audit.acts import Act
from cases import permissions
from cases.listing import is_cps
from cases.views.doing import Asked as AskedAct
from cases.views.doing import Outcome, answer, prove
from cases.worklist.asked import Asked, asked_of
from cases.worklist.listing import Work, work_of
from cases.worklist.reach import views_of
from core.components import Link

PART = "form"


@dataclass(frozen=True, slots=True)
class Opened:
    """The row whose short form is open."""

    asked: AskedAct
    outcome: Outcome
    key: str
    action: str
    cancel: str


def show(request: SignedInRequest) -> HttpResponse:
    """Show the worklist. The address of the service itself leads here for people who work cases."""
    return _show(request, asked_of(request.user, request.GET), None)


@page(*permissions.EVERYONE_ON_CASES, methods=("GET", "POST"))
def on_case(request: SignedInRequest, case_id: UUID, slug: str) -> HttpResponse:
    """Open or send the short form of an act on the case itself."""
    return _act(request, case_id, slug, None)


@page(*permissions.EVERYONE_ON_CASES, methods=("GET", "POST"))
def on_target(request: SignedInRequest, case_id: UUID, slug: str, target_id: UUID) -> HttpResponse:
    """Open or send the short form of an act on something of the case."""
    return _act(request, case_id, slug, target_id)


def _act(request: SignedInRequest, case_id: UUID, slug: str, target_id: UUID | None) -> HttpResponse:
    """Prove and answer as every act's page does, then draw the list with the form in its row, or the form alone for a script."""
    proved = prove(request, case_id, slug, target_id)
    if proved.act.page:
        return redirect(proved.act.page, target_id)
    outcome, asked = answer(request, proved), asked_of(request.user, request.GET)
    place = asked.address(row=asked.at, n="" if asked.number is None else str(asked.number))
    if outcome.done:
        return redirect(f"{place}#said")
    opened = Opened(proved, outcome, asked.at, request.get_full_path(), f"{place}#{asked.at}" if asked.at else place)
    if request.method == "GET" and request.GET.get("part") == PART:
        return render(request, "worklist/form.html", {"opened": opened, "form": outcome.form}, status=outcome.status)
    return _show(request, asked, opened)


def _show(request: SignedInRequest, asked: Asked, opened: Opened | None) -> HttpResponse:
    work = work_of(request.user, asked)
    audit.services.record(
        act=Act.CONSULTATION,
        what="worklist",
        case_ids=list(work.cases),
        owners={case.force_id for case in work.cases.values()},
        row_count=len(work.cases),
    )
    context: dict[str, Any] = {
        "work": work,
        "asked": asked,
        "views": _views(request, asked),
        "opened": opened,
        "orphan": opened is not None and all(row.key != opened.key for row in work.rows),
        "form": opened.outcome.form if opened else None,
        "is_cps": is_cps(request.user),
        "may_log": permissions.INVESTIGATE.holds(request.user),
        "contents": _contents(work),
        "open_groups": [group.key for group in work.groups if group.holds(work.said_at) or group.holds(opened.key if opened else asked.at)],
        "wider": _wider(request, asked),
        "every": Asked(asked.view, asked.first).address(),
        "only_changed": Asked(asked.view, asked.first, changed=True).address(),
        "first_page": Asked(asked.view, asked.first, asked.changed).address(),
    }
    return render(request, "worklist/list.html", context, status=opened.outcome.status if opened else 200)


def _views(request: SignedInRequest, asked: Asked) -> list[Link]:
    """Return whose cases may be looked at, and the one filter, as links into the same list."""
    views = [
        Link(text=words, href=Asked(view, asked.first, asked.changed).address(), active=view is asked.view)
        for view, words in views_of(request.user).items()
    ]
    return views if len(views) > 1 else []


def _wider(request: SignedInRequest, asked: Asked) -> str:
    """Return the words of the widest view, or "" when the page shows it already."""
    view, words = list(views_of(request.user).items())[-1]
    return "" if view is asked.view else words


def _contents(work: Work) -> list[Link]:
    if len(work.groups) < 2:
        return []
    whole = not work.next_address and not any(group.more for group in work.groups)
    return [Link(text=f"{group.title} ({len(group.rows)})" if whole else group.title, href=f"#{group.key}") for group in work.groups]
