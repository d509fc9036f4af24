"""The page of every act on a case, by one view over the one table of acts; it returns to the case, or to the list one came from."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.access import SignedInRequest, page
from cases import permissions
from cases.acts import ACTS, On
from cases.back import PARAMETER, came_from
from cases.comparing import compared
from cases.consequences import consequences
from cases.forms.leading import ON, THEN
from cases.sight import record_consultation
from cases.views.doing import Asked, answer, prove, still_seen


@page(*permissions.EVERYONE_ON_CASES, methods=("GET", "POST"))
def on_case(request: SignedInRequest, case_id: UUID, slug: str) -> HttpResponse:
    """Do an act on the case itself."""
    return _answer(request, case_id, slug, None)


@page(*permissions.EVERYONE_ON_CASES, methods=("GET", "POST"))
def on_target(request: SignedInRequest, case_id: UUID, slug: str, target_id: UUID) -> HttpResponse:
    """Do an act on something of the case: a suspect, a bail, a line of enquiry."""
    return _answer(request, case_id, slug, target_id)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _goes_on(request: SignedInRequest, asked: Asked) -> str:
    """Return the address of the act that this one was in the way of; nothing for what is no such act. That page proves its target."""
    act = ACTS.get(request.GET.get(THEN, ""))
    target = _key(request.GET.get(ON, ""))
    if act is None or act.on is On.CASE or target is None:
        return ""
    address = reverse("case_act_on", kwargs={"case_id": asked.case.pk, "slug": act.slug, "target_id": target})
    back = request.GET.get(PARAMETER, "")
    return f"{address}?{urlencode({PARAMETER: back})}" if back else address


def _answer(request: SignedInRequest, case_id: UUID, slug: str, target_id: UUID | None) -> HttpResponse:
    asked = prove(request, case_id, slug, target_id)
    if asked.act.page:
        return redirect(asked.act.page, target_id)
    place, outcome = came_from(request), answer(request, asked)
    if outcome.done:
        if then := _goes_on(request, asked):
            return redirect(then)
        if outcome.made and not (place and place.is_list):
            return redirect(outcome.made)
        if place:
            return redirect(place.address)
        return redirect(asked.back if still_seen(request, asked.case) else reverse("case_list"))
    context = {
        "asked": asked,
        "case": asked.case,
        "act": asked.act,
        "form": outcome.form,
        "refused": outcome.refused,
        "change": outcome.change,
        "never": outcome.never,
        "about": asked.about,
        "in_view": asked.in_view,
        "back": place.address if place else asked.back,
        "back_words": place.words if place else "the case",
        "case_address": asked.back,
        "follows": consequences(asked.act, asked.case, request.user) if outcome.form else [],
    }
    leads = getattr(outcome.form, "leads", ())
    if place and leads:
        back = urlencode({PARAMETER: place.address})
        outcome.form.leads = [(words, f"{address}&{back}") for words, address in leads]  # type: ignore[union-attr]
    other = getattr(outcome.form, "other", None)
    if other is not None:
        record_consultation(other, "cases compared")
        context["compared"] = compared(asked.case, other)
    return render(request, "cases/act.html", context, status=outcome.status)
