"""`/victims/find/`: a victim found by whole values, in the own force, among the cases that the searcher sees."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

import audit.services
from accounts.access import SignedInRequest, page
from accounts.models import User
from audit.acts import Act
from core.vault import SealBroken, seal_word, unseal_word
from victims import permissions
from victims.finding import MOST, Terms
from victims.finding import find as found_by
from victims.forms.finding import FindForm

PROBLEM = "This search belongs to somebody else or could not be read. Search again."


@page(*permissions.FIND_VICTIM.roles, methods=("GET", "POST"))
def find(request: SignedInRequest) -> HttpResponse:
    """Ask for what is known; what was typed is posted and comes back as a sealed word in the address, as a case search does."""
    if request.method == "POST":
        form = FindForm(request.POST)
        if not form.is_valid():
            return render(request, "victims/find.html", {"form": form}, status=400)
        query = QueryDict(mutable=True)
        query["search"] = seal_word(form.terms().as_word(), purpose=_purpose(request.user))
        return redirect(f"{reverse('victim_find')}?{query.urlencode()}")
    sealed = request.GET.getlist("search")
    if not sealed:
        return render(request, "victims/find.html", {"form": FindForm()})
    try:
        terms = Terms.from_word(unseal_word(sealed[0], purpose=_purpose(request.user))) if len(sealed) == 1 else None
    except SealBroken:
        terms = None
    if terms is None:
        return render(request, "victims/find.html", {"form": FindForm(), "problem": PROBLEM}, status=400)
    return _found(request, terms)


def _found(request: SignedInRequest, terms: Terms) -> HttpResponse:
    """Show references and labels. The access log's row says which cases were shown, and the hash of what was looked for."""
    rows = found_by(request.user, terms)
    audit.services.record(
        act=Act.CONSULTATION,
        what="victim search",
        case_ids=[row.case_id for row in rows],
        owners={row.force_id for row in rows},
        row_count=len(rows),
        search_terms=terms.text(),
    )
    return render(request, "victims/find.html", {"form": FindForm(), "searched": True, "rows": rows, "cut": len(rows) == MOST})


def _purpose(user: User) -> str:
    return f"victim search {user.pk}"
