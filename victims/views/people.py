"""`/victims/<complainant>/people/…`: adding and changing contact persons."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse

from accounts.access import SignedInRequest, page
from core.forms import VersionedForm
from victims import permissions
from victims.forms.people import ContactPersonForm, values_of
from victims.identity_page import person_of
from victims.services.people import add_contact_person, change_contact_person
from victims.sight import Seen
from victims.views.sealed_forms import SealedForm, answer, shown_or_404


@page(*permissions.KEEP_IDENTITY.roles, methods=("GET", "POST"))
def add(request: SignedInRequest, complainant_id: UUID) -> HttpResponse:
    """Add a contact person."""
    seen = shown_or_404(request, complainant_id)
    asked = SealedForm(
        title="Add a contact person",
        make=_form_of(seen),
        fill=dict,
        do=lambda form: add_contact_person(complainant_id=complainant_id, **_arguments(request, seen, form)),
        done="Contact person added.",
        what="form of a contact person",
    )
    return answer(request, seen, asked)


@page(*permissions.KEEP_IDENTITY.roles, methods=("GET", "POST"))
def change(request: SignedInRequest, complainant_id: UUID, person_id: UUID) -> HttpResponse:
    """Change what is known of a contact person."""
    seen = shown_or_404(request, complainant_id)
    person = person_of(seen, person_id)
    if person is None:
        raise Http404
    asked = SealedForm(
        title="Change a contact person",
        make=_form_of(seen),
        fill=lambda: values_of(person),
        do=lambda form: change_contact_person(contact_person_id=person_id, **_arguments(request, seen, form)),
        done="Contact person changed.",
        what="form of a contact person",
    )
    return answer(request, seen, asked)


def _form_of(seen: Seen) -> Any:
    def make(*args: Any, **kwargs: Any) -> ContactPersonForm:
        return ContactPersonForm(*args, case=seen.case, **kwargs)

    return make


def _arguments(request: SignedInRequest, seen: Seen, form: VersionedForm) -> dict[str, Any]:
    """Return what either service is called with besides the key of what it is done to."""
    given: dict[str, Any] = form.service_arguments()  # type: ignore[attr-defined]
    return {"actor": request.user, "case_id": seen.case.pk, "version": form.cleaned_data["version"], **given}
