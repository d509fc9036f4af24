"""The inbox: read a page of it, open a notice, mark as read, choose how to be told."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

import audit.services
from accounts.access import EVERYBODY, SignedInRequest, page
from audit.acts import Act
from core.keyset import Page, page_asked_for
from notifications import selectors, services
from notifications.forms import ChannelsForm, ReadForm


@page(*EVERYBODY)
def inbox(request: SignedInRequest) -> HttpResponse:
    """Show the reader's notices, newest first. Raises Http404 for a place that is none."""
    shown = page_asked_for(request.GET, partial(selectors.inbox_of, request.user))
    record(shown)
    return render(request, "notifications/inbox.html", {"page": shown, "any_unread": any(row.unread for row in shown.rows)})


@page(*EVERYBODY, methods=("POST",))
def open_notice(request: SignedInRequest, notice_id: UUID) -> HttpResponse:
    """Mark a notice as read and lead to the page that settles it, or back where there is none."""
    entry = selectors.entry_of(request.user, services.mark_read(actor=request.user, notice_id=notice_id))
    return redirect(entry.href or "inbox")


@page(*EVERYBODY, methods=("POST",))
def read_notice(request: SignedInRequest, notice_id: UUID) -> HttpResponse:
    """Mark one notice as read."""
    services.mark_read(actor=request.user, notice_id=notice_id)
    return redirect("inbox")


@page(*EVERYBODY, methods=("POST",))
def read_all_notices(request: SignedInRequest) -> HttpResponse:
    """Mark as read everything that the page had shown, and what is older. Raises Http404 for a page that showed nothing."""
    form = ReadForm(request.POST)
    if not form.is_valid():
        raise Http404
    count = services.mark_all_read(actor=request.user, newest=form.cleaned_data["newest"])
    messages.success(request, f"{count} marked as read.")
    return redirect("inbox")


@page(*EVERYBODY, methods=("GET", "POST"))
def inbox_settings(request: SignedInRequest) -> HttpResponse:
    """Ask how the reader wants to be told about each subject of her or his role, and keep the answer."""
    form = ChannelsForm(request.POST or None, channels=selectors.channels_of(request.user))
    if request.method == "POST" and form.is_valid():
        services.choose(actor=request.user, channels=form.cleaned_data)
        messages.success(request, "Your choices were saved.")
        return redirect("inbox")
    return render(request, "notifications/settings.html", {"form": form}, status=400 if form.errors else 200)


def record(shown: Page[selectors.Entry]) -> None:
    """Write down which cases the page names."""
    cases = {row.case_id: row.case for row in shown.rows if row.case is not None and row.case_id is not None}
    if cases:
        owners = {case.force_id for case in cases.values()}
        audit.services.record(act=Act.CONSULTATION, what="inbox", case_ids=list(cases), owners=owners, row_count=len(cases))
