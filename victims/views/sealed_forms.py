"""A form of sealed values: filled in only after the look was logged, kept as typed when it is refused, by one service."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.access import SignedInRequest
from cases.sight import see_or_404
from core.exceptions import Change, Conflict, NotPossible
from core.forms import VersionedForm
from victims.services.consulting import Reason, consulting
from victims.sight import Seen, see_complainant_or_404

Make = Callable[..., VersionedForm]


@dataclass(frozen=True, slots=True)
class SealedForm:
    """One such form: how it is made, what fills it (read once the look is logged), the service, and its words."""

    title: str
    make: Make
    fill: Callable[[], dict[str, Any]]
    do: Callable[[VersionedForm], object]
    done: str
    what: str


def shown_or_404(request: SignedInRequest, complainant_id: Any) -> Seen:
    """Return the complainant to whom somebody who is shown identity sees her or him. Raises Http404 for everybody else."""
    seen = see_complainant_or_404(request.user, complainant_id)
    if not seen.identity:
        raise Http404
    return seen


def answer(request: SignedInRequest, seen: Seen, asked: SealedForm) -> HttpResponse:
    """Show the form, or do what was sent and go back to the victim's page. One row in the access log for each showing."""
    if request.method != "POST":
        with consulting(seen.case, reason=Reason.IDENTITY, what=asked.what):
            initial = asked.fill()
        return _show(request, seen, asked, asked.make(initial={**initial, "version": seen.case.version}))
    form = asked.make(request.POST)
    change, status = None, 400
    if form.is_valid():
        try:
            asked.do(form)
        except NotPossible as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
        except Conflict as conflict:
            change, status = conflict.change, 409
            form = _again(request, seen, asked)
        else:
            messages.success(request, asked.done)
            return redirect("victim_page", seen.complainant.pk)
    with consulting(seen.case, reason=Reason.IDENTITY, what=asked.what):
        return _show(request, seen, asked, form, change, status)


def _again(request: SignedInRequest, seen: Seen, asked: SealedForm) -> VersionedForm:
    """Give back what was typed with the version that stands now: sending it again is a choice."""
    sent = request.POST.copy()
    sent["version"] = str(see_or_404(request.user, seen.case.pk).version)
    return asked.make(sent)


def _show(
    request: SignedInRequest, seen: Seen, asked: SealedForm, form: VersionedForm, change: Change | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "title": asked.title,
        "form": form,
        "fields": getattr(form, "shown", form),
        "change": change,
        "seen": seen,
        "back": reverse("victim_page", args=[seen.complainant.pk]),
    }
    return render(request, "victims/form.html", context, status=status)
