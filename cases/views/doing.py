"""Doing an act, whatever page its form stands on: sight, role, target, facts, form, service, in that one order.

The page of an act and the row of a list both ask `prove` and then `answer`; only how the outcome is drawn differs.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.urls import reverse

from accounts.access import SignedInRequest
from cases import models as m
from cases import policies, targets
from cases.acts import ACTS, Act, On
from cases.pages.about import about, in_view
from cases.pages.sections import anchor
from cases.sight import check_lasting, record_consultation, see_or_404
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

    @property
    def about(self) -> str:
        """What it is done to, in a few words."""
        return about(self.act, self.target)

    @property
    def in_view(self) -> list[tuple[str, str]]:
        """The facts that somebody who decides must have before the eyes."""
        return in_view(self.act, self.target)

    def form(self, request: SignedInRequest, data: Any = None) -> VersionedForm:
        """Return the act's form, empty with the version shown, or with what was sent."""
        initial: dict[str, Any] = {"version": self.case.version}
        for name in getattr(self.act.form, "link_fills", ()):
            if name in request.GET:
                initial[name] = request.GET[name]
        return self.act.form(data, initial=initial, case=self.case, target=self.target, user=request.user)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of asking: done; or a form to show, empty or sent back; or the reason why there is none."""

    form: VersionedForm | None = None
    done: bool = False
    status: int = 200
    refused: str = ""
    change: Change | None = None
    never: str = ""
    """Beside a change: why sending it again cannot succeed as the case stands now; "" where it may."""
    made: str = ""
    """The page of what was made, where it has one."""


def prove(request: SignedInRequest, case_id: UUID, slug: str, target_id: UUID | None) -> Asked:
    """Prove sight, act, role and target, in this order. Raises Http404 and NotAllowed, which the middleware answers."""
    case = see_or_404(request.user, case_id)
    act = ACTS.get(slug)
    if act is None:
        raise Http404
    act.permission.check(request.user)
    check_lasting(case, act.permission)
    return Asked(case, act, targets.load_seen(case, act, target_id, request.user))


def answer(request: SignedInRequest, asked: Asked) -> Outcome:
    """Ask the facts, then give the form, or do what was sent. What was done is said by a message."""
    outcome = _answer(request, asked)
    if not outcome.done:
        record_consultation(asked.case, "form of an act, sent back" if outcome.status >= 400 else "form of an act")
    return outcome


def _answer(request: SignedInRequest, asked: Asked) -> Outcome:
    try:
        policies.case_takes_changes(asked.case)
        asked.act.of_case(asked.case)
        if request.method != "POST" or not asked.act.keeps_typed:
            asked.act.when(targets.facts_for(asked.case, asked.act, asked.target))
    except NotPossible as refused:
        return Outcome(status=400, refused=refused.reason)
    if request.method == "POST":
        return _do(request, asked)
    return Outcome(asked.form(request))


def _do(request: SignedInRequest, asked: Asked) -> Outcome:
    form = asked.form(request, request.POST)
    if not form.is_valid():
        return Outcome(form, status=400)
    if form.asks_again():  # type: ignore[attr-defined]
        return Outcome(form)
    key = {} if asked.act.on is On.CASE else {f"{asked.act.on}_id": asked.target.pk}
    arguments = form.service_arguments()  # type: ignore[attr-defined]
    try:
        said = asked.act.service(actor=request.user, case_id=asked.case.pk, version=form.cleaned_data["version"], **key, **arguments)
    except NotPossible as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
        return Outcome(form, status=400)
    except Conflict as conflict:
        return _again(request, asked, conflict.change)
    messages.success(request, asked.act.said(said))
    if warning := asked.act.warned(said):
        messages.warning(request, warning)
    return Outcome(done=True, made=asked.act.made(said) if asked.act.made else "")


def _again(request: SignedInRequest, asked: Asked, change: Change) -> Outcome:
    """Give back what was typed with what somebody else changed and the version that stands now: sending it again is a choice."""
    case = see_or_404(request.user, asked.case.pk)
    sent = request.POST.copy()
    sent["version"] = str(case.version)
    return Outcome(asked.form(request, sent), status=409, change=change, never=_never(case, asked))


def _never(case: m.Case, asked: Asked) -> str:
    """Return why the act is not possible any longer as the case stands now; "" where it is."""
    try:
        policies.case_takes_changes(case)
        asked.act.of_case(case)
        target = targets.load(case, asked.act, None if asked.act.on is On.CASE else asked.target.pk)
        asked.act.when(targets.facts_for(case, asked.act, target))
    except NotPossible as refused:
        return refused.reason
    except Http404:
        return "It is not there any longer."
    return ""


def still_seen(request: SignedInRequest, case: m.Case) -> bool:
    """Say whether the person still sees the case: an act may restrict it or move it away."""
    try:
        see_or_404(request.user, case.pk)
    except Http404:
        return False
    return True
