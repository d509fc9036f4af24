"""`/filters/`: the filters that somebody has kept under names."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render

from accounts import saved_filters
from accounts.access import EVERYBODY, SignedInRequest, page
from accounts.forms_filters import RenameFilterForm, SaveFilterForm
from accounts.services.filters import delete_filter, keep_filter, rename_filter
from core.exceptions import NotPossible


@page(*EVERYBODY)
def filter_list(request: SignedInRequest) -> HttpResponse:
    """Show everything the person has kept, by list."""
    return render(request, "accounts/filters/list.html", {"shelves": saved_filters.shelves_for(request.user)})


@page(*EVERYBODY, methods=("POST",))
def filter_save(request: SignedInRequest) -> HttpResponse:
    """Keep the filter that was sent and go back to the list, narrowed so. Raises Http404 for no such list."""
    form = SaveFilterForm(request.POST)
    if not form.is_valid():
        return render(request, "accounts/filters/save.html", {"form": form}, status=400)
    cleaned = form.cleaned_data
    listed = saved_filters.page_for(cleaned["list"], request.user)
    query = QueryDict(cleaned["query"])
    try:
        kept = keep_filter(actor=request.user, page=listed, name=cleaned["name"], query=query, replace=cleaned["replace"])
    except NotPossible as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
        context = {"form": form, "taken": refused.field == "name", "back": f"{listed.address}?{listed.kept_of(query)}"}
        return render(request, "accounts/filters/save.html", context, status=400)
    messages.success(request, f"Filter saved as “{kept.name}”.")
    return redirect(f"{listed.address}?{kept.query}")


@page(*EVERYBODY, methods=("GET", "POST"))
def filter_rename(request: SignedInRequest, filter_id: UUID) -> HttpResponse:
    """Give one of the person's own filters another name."""
    one = saved_filters.filter_of(request.user, filter_id)
    form = RenameFilterForm(request.POST if request.method == "POST" else None, initial={"name": one.name})
    if form.is_valid():
        try:
            rename_filter(actor=request.user, key=filter_id, name=form.cleaned_data["name"])
        except NotPossible as refused:
            form.add_error("name", refused.reason)
        else:
            messages.success(request, "Filter renamed.")
            return redirect("filter_list")
    return render(request, "accounts/filters/rename.html", {"form": form, "name": one.name}, status=400 if form.errors else 200)


@page(*EVERYBODY, methods=("GET", "POST"))
def filter_delete(request: SignedInRequest, filter_id: UUID) -> HttpResponse:
    """Ask, then take one of the person's own filters away."""
    one = saved_filters.filter_of(request.user, filter_id)
    if request.method == "POST":
        name = delete_filter(actor=request.user, key=filter_id)
        messages.success(request, f"Filter “{name}” deleted.")
        return redirect("filter_list")
    return render(request, "accounts/filters/delete.html", {"name": one.name})
