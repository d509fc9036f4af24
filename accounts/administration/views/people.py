"""`/administration/people/`: the agency's people, one person, and every act about one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts import services
from accounts.access import SignedInRequest, page
from accounts.administration import forms, people_acts, selectors
from accounts.models import User
from accounts.roles import Grade, Role
from accounts.stamps import accreditation_stamp
from accounts.step_up import confirm, stepped_up
from core import clock
from core.components import Link
from core.exceptions import NotAllowed, NotPossible
from core.keyset import BadCursor, Page
from core.vault import SealBroken, seal_word, unseal_word

PEOPLE = "people"


@page(Role.ADMINISTRATOR, methods=("GET", "POST"))
def people(request: SignedInRequest) -> HttpResponse:
    """One page of the agency's people; a search is posted and comes back as a sealed word, so that no name stands in an address."""
    if request.method == "POST":
        return _search(request)
    form, terms = forms.PeopleFilterForm(request.GET, user=request.user), _terms(request)
    if terms is None or not form.is_valid():
        return _list(request, form, terms or "", None, status=400)
    places = {name: request.GET.get(name, "") for name in ("after", "before")}
    try:
        found = selectors.people_page(request.user, form.filters(terms), **places)
    except BadCursor:
        return _list(request, form, terms, None, status=400)
    return _list(request, form, terms, found)


def _search(request: SignedInRequest) -> HttpResponse:
    searched = forms.PeopleSearchForm(request.POST)
    if not searched.is_valid():
        return _list(request, forms.PeopleFilterForm(request.GET, user=request.user), "", None, searched=searched, status=400)
    query = _kept(request)
    if terms := searched.cleaned_data["terms"]:
        query["search"] = seal_word(terms, purpose=_purpose(request.user))
    return redirect(f"{reverse(PEOPLE)}?{query.urlencode()}" if query else reverse(PEOPLE))


def _kept(request: HttpRequest) -> QueryDict:
    """Return the filter of the address, without place in the list and search."""
    query = QueryDict(mutable=True)
    for name in ("show", "role", "unit"):
        if value := request.GET.get(name, ""):
            query[name] = value[:40]
    return query


def _purpose(user: User) -> str:
    return f"people search {user.pk}"


def _terms(request: SignedInRequest) -> str | None:
    """Return what was searched for; None when it cannot be read."""
    sealed = request.GET.get("search", "")
    try:
        return str(unseal_word(sealed, purpose=_purpose(request.user))) if sealed else ""
    except SealBroken:
        return None


def _list(
    request: SignedInRequest,
    form: forms.PeopleFilterForm,
    terms: str,
    found: Page[User] | None,
    *,
    searched: forms.PeopleSearchForm | None = None,
    status: int = 200,
) -> HttpResponse:
    kept = _kept(request).urlencode()
    context = {
        "form": form,
        "search_form": searched or forms.PeopleSearchForm(initial={"terms": terms}),
        "action": f"{reverse(PEOPLE)}?{kept}" if kept else reverse(PEOPLE),
        "page": found,
        "terms": terms,
        "search_token": request.GET.get("search", "") if terms else "",
        "narrowed": bool(terms or kept),
        "unreadable": found is None and not form.errors and searched is None,
    }
    return render(request, "administration/people.html", context, status=status)


@page(Role.ADMINISTRATOR)
def person(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """One person: standing, sign-in, accreditations, what is held, and what can be done."""
    found = selectors.person_or_404(request.user, person_id)
    shown = selectors.person_view(found)
    context = {
        "shown": shown,
        "person_shown": found,
        "acts": people_acts.offered_to(request.user, found, has_factor=bool(shown.factors)),
        "own": found.pk == request.user.pk,
        "away": found.is_away(clock.today()),
        "today": clock.today(),
        "crumbs": _crumbs(),
    }
    return render(request, "administration/person.html", context)


@page(Role.ADMINISTRATOR, methods=("GET", "POST"))
@stepped_up
def person_new(request: SignedInRequest) -> HttpResponse:
    """Add a person, and invite her or him when there is an address."""
    form = forms.NewPersonForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        confirm(request)
        if (added := _added(request, form)) is not None:
            messages.success(request, "The person was added." + (" The invitation is on its way." if added.email else ""))
            return redirect("person", person_id=added.pk)
    context = {"form": form, "title": "Add a person", "button": "Add the person", "back": reverse(PEOPLE), "crumbs": _crumbs()}
    return render(request, "administration/form.html", context, status=400 if form.is_bound else 200)


def _added(request: SignedInRequest, form: forms.NewPersonForm) -> User | None:
    """Return the person added, or None with the refusal beside its field."""
    said = form.cleaned_data
    try:
        added = services.create_person(
            actor=request.user,
            agency=request.user.agency,
            name=said["name"],
            role=Role(said["role"]),
            unit=form.chosen_unit(),
            grade=Grade(said["grade"]),
            collar_number=said.get("collar_number", ""),
        )
        if said["email"]:
            added = services.invite(actor=request.user, person=added, email=said["email"], sign_in_url=_sign_in_url(request))
    except NotPossible as refused:
        _beside(form, refused)
        return None
    return added


@page(Role.ADMINISTRATOR, methods=("GET", "POST"))
@stepped_up
def person_act(request: SignedInRequest, person_id: UUID, act: str) -> HttpResponse:
    """One act about one person. Raises Http404 for a person of another agency, and for an act that is none."""
    found, what = selectors.person_or_404(request.user, person_id), people_acts.ACTS.get(act)
    if what is None:
        raise Http404
    if (act, what) not in people_acts.offered_to(request.user, found):
        raise NotAllowed(
            "You cannot change your own role or standing. Ask another administrator."
            if found.pk == request.user.pk
            else "This cannot be done as things stand with this person."
        )
    form = what.make_form(request.POST if request.method == "POST" else None, user=request.user, person=found)
    if request.method == "POST" and form.is_valid():
        confirm(request)
        try:
            what.service(people_acts.Call(request.user, found, form, _sign_in_url(request)))
        except NotPossible as refused:
            _beside(form, refused)
        else:
            messages.success(request, what.done)
            return redirect("person", person_id=found.pk)
    context: dict[str, Any] = {
        "form": form,
        "title": what.title,
        "button": what.button,
        "warning": what.warning,
        "explained": people_acts.EXPLAINED.get(act, ()),
        "held": getattr(form, "held", []),
        "about": found.name,
        "back": reverse("person", kwargs={"person_id": found.pk}),
        "crumbs": _crumbs(),
    }
    return render(request, "administration/form.html", context, status=400 if form.is_bound else 200)


@page(Role.ADMINISTRATOR, methods=("GET", "POST"))
@stepped_up
def accreditation_end(request: SignedInRequest, person_id: UUID, accreditation_id: UUID) -> HttpResponse:
    """Say from which day an accreditation no longer counts."""
    found = selectors.person_or_404(request.user, person_id)
    held = selectors.accreditation_or_404(found, accreditation_id)
    initial = {"seen": accreditation_stamp(held), "expires_on": held.expires_on}
    form = forms.EndAccreditationForm(request.POST if request.method == "POST" else None, initial=initial, user=request.user)
    if request.method == "POST" and form.is_valid():
        confirm(request)
        try:
            services.end_accreditation(
                actor=request.user, accreditation=held, expires_on=form.cleaned_data["expires_on"], seen=form.cleaned_data["seen"]
            )
        except NotPossible as refused:
            _beside(form, refused)
        else:
            messages.success(request, "The accreditation was changed.")
            return redirect("person", person_id=found.pk)
    context = {
        "form": form,
        "title": "When this accreditation expires",
        "button": "Save",
        "explained": (held.get_kind_display(),),
        "about": found.name,
        "back": reverse("person", kwargs={"person_id": found.pk}),
        "crumbs": _crumbs(),
    }
    return render(request, "administration/form.html", context, status=400 if form.is_bound else 200)


def _beside(form: forms.SeenForm, refused: NotPossible) -> None:
    """Put a refusal beside its field, or above the form where it has none."""
    form.add_error(refused.field if refused.field in form.fields else None, refused.reason)


def _sign_in_url(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("account_login"))


def _crumbs() -> list[Link]:
    return [Link(text="Administration", href=reverse("administration")), Link(text="People", href=reverse(PEOPLE))]
