"""`/hand-over/`: many cases from one person to others, looked at once more before it is done."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

import audit.services
from accounts.access import SignedInRequest, page
from accounts.roles import Role
from audit.acts import Act
from cases import handover as read
from cases.accredited import INVESTIGATIVE_ROLES
from cases.colleagues import Colleague
from cases.forms.handover import CaseForm, ChooseForm, FromForm
from cases.handover import Held, Holding
from cases.services.handover import Handed, Move, hand_over_all
from core.fieldviews import SummaryError, summary_errors

HANDS_OVER = (Role.SERGEANT, Role.SUPERVISOR, Role.CPS_MANAGER)
Rows = list[tuple[Held, CaseForm]]


@page(*HANDS_OVER)
def hand_over(request: SignedInRequest) -> HttpResponse:
    """Choose from whom; then which cases, which roles and to whom."""
    people = read.people_of(request.user)
    if not request.GET.get("person"):
        return render(request, "cases/handover/from.html", {"form": FromForm(people=people)})
    form = FromForm(request.GET, people=people)
    if not form.is_valid():
        return render(request, "cases/handover/from.html", {"form": form}, status=400)
    holding = read.held_by(request.user, form.cleaned_data["person"])
    return _choose(request, holding, ChooseForm(holding=holding, people=people))


@page(*HANDS_OVER, methods=("POST",))
def hand_over_from(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Show each chosen case with who gets it and what that person lacks; and hand over once that has been confirmed."""
    holding, people = read.held_by(request.user, person_id), read.people_of(request.user)
    sure = "sure" in request.POST
    form = ChooseForm(_still_held(request.POST, holding) if sure else request.POST, holding=holding, people=people)
    if not form.is_valid():
        return _choose(request, holding, form, status=400)
    keys = set(form.cleaned_data["to_ids"])
    receivers = [one for one in people if one.key in keys]
    chosen = form.chosen()
    if not sure:
        proposed = read.shared_out(chosen, receivers)
        rows = [(one, CaseForm(prefix=one.key, receivers=receivers, initial=_first(one, proposed))) for one in chosen]
        return _confirm(request, holding, form, rows, receivers)
    rows = [(one, CaseForm(request.POST, prefix=one.key, receivers=receivers)) for one in chosen]
    if sum(not row.is_valid() for _, row in rows):  # every one is judged, so that all errors are shown at once
        return _confirm(request, holding, form, rows, receivers, status=400)
    moves = [Move(held.case.pk, row.cleaned_data["to_id"], row.cleaned_data["note"], row.cleaned_data["version"]) for held, row in rows]
    done = hand_over_all(actor=request.user, from_id=holding.person.pk, roles=form.cleaned_data["roles"], moves=moves)
    _tell(request, done, {held.case.pk: held.case.crime_reference for held, _ in rows}, _left_out(request, form))
    return redirect(f"{reverse('hand_over')}?person={person_id}")


def _still_held(sent: QueryDict, holding: Holding) -> QueryDict:
    """Return what was confirmed without the cases and roles that went to somebody else meanwhile: those are told, not judged."""
    kept = sent.copy()
    cases, roles = {held.key for held in holding.cases}, {value for value, _ in holding.roles}
    kept.setlist("case_ids", [key for key in sent.getlist("case_ids") if key in cases])
    kept.setlist("roles", [role for role in sent.getlist("roles") if role in roles])
    return kept


def _first(held: Held, proposed: dict[str, str]) -> dict[str, object]:
    return {"to_id": proposed[held.key], "version": held.case.version}


def _left_out(request: SignedInRequest, form: ChooseForm) -> int:
    """Return how many of the cases that were confirmed are no longer the person's: somebody else was quicker."""
    sent = {name.removesuffix("-to_id") for name in request.POST if name.endswith("-to_id")}
    return len(sent - {held.key for held in form.chosen()})


def _tell(request: SignedInRequest, done: list[Handed], references: dict[UUID, str], left_out: int) -> None:
    """Say how many were handed over, and of each that was not, why."""
    number = sum(1 for one in done if not one.reason)
    if number:
        messages.success(request, f"{number} {'case' if number == 1 else 'cases'} handed over.")
    for one in done:
        if one.reason:
            messages.warning(request, f"{references[one.move.case_id]} was not handed over. {one.reason}")
    if left_out:
        words = "1 case was" if left_out == 1 else f"{left_out} cases were"
        messages.warning(request, f"{words} not handed over: the person has no such role there any longer.")


def _choose(request: SignedInRequest, holding: Holding, form: ChooseForm, *, status: int = 200) -> HttpResponse:
    _consulted(holding.cases, "cases to hand over")
    return render(request, "cases/handover/choose.html", {"holding": holding, "form": form, "most": read.MOST}, status=status)


def _confirm(
    request: SignedInRequest, holding: Holding, form: ChooseForm, rows: Rows, receivers: list[Colleague], *, status: int = 200
) -> HttpResponse:
    _consulted([held for held, _ in rows], "cases to hand over, each")
    asks = INVESTIGATIVE_ROLES & set(form.cleaned_data["roles"])
    context = {
        "holding": holding,
        "chosen": form.cleaned_data,
        "rows": rows,
        "errors": [SummaryError(f"{held.case.crime_reference}: {e.text}", e.href) for held, row in rows for e in summary_errors(row)],
        "receivers": receivers,
        "warnings": [one.warning for one in receivers if asks and one.warning],
    }
    return render(request, "cases/handover/confirm.html", context, status=status)


def _consulted(cases: list[Held], what: str) -> None:
    owners = {held.case.force_id for held in cases}
    audit.services.record(act=Act.CONSULTATION, what=what, case_ids=[held.case.pk for held in cases], owners=owners, row_count=len(cases))
