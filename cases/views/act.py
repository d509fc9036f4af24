"""Every act on a case, by one view over the one table of acts: sight, role, target, facts, form, service, back to the case."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.access import SignedInRequest, page
from cases import models as m
from cases import permissions, policies, targets
from cases.acts import ACTS, Act, On
from cases.pages.about import about, in_view
from cases.pages.sections import anchor
from cases.sight import record_consultation, see_or_404
from core.exceptions import Change, Conflict, NotPossible
from core.forms import VersionedForm


@dataclass(frozen=True, slots=True)
class Asked:
    """One act on one target of one case, all three proved."""

    case: m.Case
    act: Act
    target: Any

    @property
    def back(self) -> str:
        """The place on the case page that shows what the act is about."""
        return f"{reverse('case_page', args=[self.case.pk])}#{anchor(self.act, self.target)}"

    def form(self, request: SignedInRequest, data: Any = None) -> VersionedForm:
        """Return the act's form, empty with the version shown, or with what was sent."""
        return self.act.form(data, initial={"version": self.case.version}, case=self.case, target=self.target, user=request.user)


@page(*permissions.EVERYONE_ON_CASES, methods=("GET", "POST"))
def on_case(request: SignedInRequest, case_id: UUID, slug: str) -> HttpResponse:
    """Do an act on the case itself."""
    return _answer(request, case_id, slug, None)


@page(*permissions.EVERYONE_ON_CASES, methods=("GET", "POST"))
def on_target(request: SignedInRequest, case_id: UUID, slug: str, target_id: UUID) -> HttpResponse:
    """Do an act on something of the case: a suspect, a bail, a line of enquiry."""
    return _answer(request, case_id, slug, target_id)


def _answer(request: SignedInRequest, case_id: UUID, slug: str, target_id: UUID | None) -> HttpResponse:
    """Prove everything in the one order; raises Http404 and NotAllowed, which the middleware answers."""
    case = see_or_404(request.user, case_id)
    act = ACTS.get(slug)
    if act is None:
        raise Http404
    act.permission.check(request.user)
    asked = Asked(case, act, targets.load(case, act, target_id))
    try:
        policies.case_takes_changes(case)
        act.when(targets.facts_for(case, act, asked.target))
    except NotPossible as refused:
        return _show(request, asked, None, status=400, refused=refused.reason)
    if request.method == "POST":
        return _do(request, asked)
    record_consultation(case, "form of an act")
    return _show(request, asked, asked.form(request))


def _do(request: SignedInRequest, asked: Asked) -> HttpResponse:
    form = asked.form(request, request.POST)
    if not form.is_valid():
        return _show(request, asked, form, status=400)
    key = {} if asked.act.on is On.CASE else {f"{asked.act.on}_id": asked.target.pk}
    arguments = form.service_arguments()  # type: ignore[attr-defined]
    try:
        said = asked.act.service(actor=request.user, case_id=asked.case.pk, version=form.cleaned_data["version"], **key, **arguments)
    except NotPossible as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
        return _show(request, asked, form, status=400)
    except Conflict as conflict:
        return _again(request, asked, conflict.change)
    messages.success(request, asked.act.said(said))
    if isinstance(said, str) and said:
        messages.warning(request, said)  # what a service warns of, such as a missing accreditation
    return redirect(asked.back if _still_seen(request, asked.case) else reverse("case_list"))


def _still_seen(request: SignedInRequest, case: m.Case) -> bool:
    """Say whether the person still sees the case: an act may restrict it or move it away."""
    try:
        see_or_404(request.user, case.pk)
    except Http404:
        return False
    return True


def _again(request: SignedInRequest, asked: Asked, change: Change) -> HttpResponse:
    """Show what somebody else changed, with what was typed and the version that stands now: sending it again is a choice."""
    case = see_or_404(request.user, asked.case.pk)
    sent = request.POST.copy()
    sent["version"] = str(case.version)
    return _show(request, asked, asked.form(request, sent), status=409, change=change)


def _show(request: SignedInRequest, asked: Asked, form: VersionedForm | None, *, status: int = 200, **more: Any) -> HttpResponse:
    if status >= 400:
        record_consultation(asked.case, "form of an act, sent back")
    context = {"case": asked.case, "act": asked.act, "form": form, "back": asked.back, **more}
    context |= {"about": about(asked.act, asked.target), "in_view": in_view(asked.act, asked.target)}
    return render(request, "cases/act.html", context, status=status)
