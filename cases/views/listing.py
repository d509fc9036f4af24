"""`/cases/`: the cases somebody sees, filtered, sorted, paged, and found by reference or name."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

import audit.services
from accounts import saved_filters
from accounts.access import SignedInRequest, page
from accounts.models import User
from audit.acts import Act
from cases import listing, permissions, search
from cases import models as m
from cases.forms.listing import NOT_OFFERED, FilterForm, SearchForm, without
from cases.rows import lines_of
from core.components import Link
from core.fieldviews import SummaryError
from core.keyset import BadCursor, Page
from core.vault import SealBroken, seal_word, unseal_word


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for, as far as it can be read."""

    filters: FilterForm
    terms: str
    searched: SearchForm
    problem: str = ""


@page(*permissions.EVERYONE_ON_CASES, methods=("GET", "POST"))
def case_list(request: SignedInRequest) -> HttpResponse:
    """Show one page of the list; a search is posted and comes back as a sealed word in the address."""
    if request.method == "POST":
        return _search(request)
    asked = _asked(request)
    if asked.problem or not asked.filters.is_valid():
        return _show(request, asked, None, status=400)
    try:
        found = _found(request, asked)
    except BadCursor:
        return _show(
            request,
            Asked(asked.filters, asked.terms, asked.searched, "The place in the list could not be read. Start again from the first page."),
            None,
            status=400,
        )
    audit.services.record(
        act=Act.CONSULTATION,
        what="case search" if asked.terms else "case list",
        case_ids=[case.pk for case in found.rows],
        owners={case.force_id for case in found.rows},
        row_count=len(found.rows),
        search_terms=asked.terms,
    )
    return _show(request, asked, found)


def _search(request: SignedInRequest) -> HttpResponse:
    """Seal what was typed and go to the list with it, keeping the filter that the form's own address carries."""
    form = SearchForm(request.POST)
    if not form.is_valid():
        return _show(request, Asked(FilterForm(request.GET, user=request.user), "", form), None, status=400)
    query = QueryDict(without(request.GET, "search")[1:], mutable=True)
    query["search"] = seal_word(form.cleaned_data["terms"], purpose=_purpose(request.user))
    return redirect(f"{reverse('case_list')}?{query.urlencode()}")


def _purpose(user: User) -> str:
    return f"case search {user.pk}"


def _asked(request: SignedInRequest) -> Asked:
    form = FilterForm(request.GET, user=request.user)
    places = [request.GET.getlist(name) for name in ("after", "before", "search")]
    if any(len(values) > 1 for values in places) or (request.GET.get("after") and request.GET.get("before")):
        return Asked(form, "", SearchForm(), NOT_OFFERED)
    sealed = request.GET.get("search", "")
    try:
        terms = str(unseal_word(sealed, purpose=_purpose(request.user))) if sealed else ""
    except SealBroken:
        return Asked(form, "", SearchForm(), "This search belongs to somebody else or could not be read. Search again.")
    return Asked(form, terms, SearchForm(initial={"terms": terms}))


def _found(request: HttpRequest, asked: Asked) -> Page[m.Case]:
    user, filters = asked.filters.user, asked.filters.filters()
    if asked.terms:
        return search.find(user, filters, asked.terms)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    return listing.page_of(user, filters, asked.filters.sorted_by(), after=after, before=before)


def _show(request: SignedInRequest, asked: Asked, found: Page[m.Case] | None, *, status: int = 200) -> HttpResponse:
    user = request.user
    narrowed = bool(asked.terms) or (asked.filters.is_valid() and asked.filters.filters().any)
    context: dict[str, Any] = {
        "form": asked.filters,
        "search_form": asked.searched,
        "action": f"{reverse('case_list')}{without(request.GET, 'search')}",
        "problem": asked.problem,
        "problems": [SummaryError(asked.problem, "#filter")] if asked.problem else [],
        "page": found,
        "lines": lines_of(found, user) if found else [],
        "chips": _chips(request, asked),
        "narrowed": narrowed,
        "is_cps": listing.is_cps(user),
        "may_log": permissions.INVESTIGATE.holds(user),
        "views": _views(request, user),
        "shelf": saved_filters.shelf_for(request, "case_list"),
        "clear": reverse("case_list"),
        "search_token": request.GET.get("search", "") if asked.terms else "",
        "first_page": without(request.GET, "after"),
    }
    return render(request, "cases/list.html", context, status=status)


def _chips(request: SignedInRequest, asked: Asked) -> list[tuple[str, str]]:
    searched = [(f"Search: {asked.terms}", without(request.GET, "search"))] if asked.terms else []
    return [*searched, *asked.filters.chips()]


def _views(request: SignedInRequest, user: User) -> list[Link]:
    """Return the questions asked most, as links into the same list."""
    address, now = reverse("case_list"), request.GET.urlencode()
    questions = [
        ("All cases", ""),
        ("Your cases", f"officer={user.pk}"),
        ("Overdue", f"overdue={listing.ANY}"),
        ("Not allocated", "only=unallocated"),
        ("No decision on arrest", "only=no_decision"),
        ("Changed since you looked", "only=changed"),
    ]
    return [Link(text=words, href=f"{address}?{query}" if query else address, active=now == query) for words, query in questions]
