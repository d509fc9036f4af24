"""`/victims/<complainant>/contact/`: the safe-contact card and the short form; and the correction of a contact."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html

from accounts.access import SignedInRequest, page
from cases import policies
from cases.back import came_from
from cases.sight import see_or_404
from core.exceptions import Change, Conflict, NotPossible
from victims import permissions
from victims.contact_page import card_of
from victims.forms.contact import ContactForm, CorrectContactForm, SafeContactForm, card_values, told_in
from victims.models import Contact
from victims.selectors_contact import contact_of_case, latest_card, summary_of
from victims.services.consulting import Reason, consulting
from victims.services.contacts import correct_contact, log_contact, may_be_corrected
from victims.services.safe_contact import keep_safe_contact
from victims.sight import Seen, see_complainant_or_404
from victims.views.sealed_forms import SealedForm, answer, shown_or_404

SAVED: Final = '{} <a class="govuk-notification-banner__link" href="{}">Copy it for the occurrence log</a>'


@dataclass(frozen=True, slots=True)
class Asked:
    """One form about a contact: its title, how it is made, what fills it (read inside the look), the service, its words."""

    seen: Seen
    title: str
    make: Callable[..., ContactForm]
    fill: Callable[[], dict[str, Any]]
    do: Callable[[ContactForm], Contact]
    done: str


@page(*permissions.CONTACT.roles, methods=("GET", "POST"))
def contact(request: SignedInRequest, complainant_id: UUID) -> HttpResponse:
    """Show the card and the form, or log what was sent. Opening it is a look at who she or he is, and is logged as one."""
    seen = shown_or_404(request, complainant_id)
    asked = Asked(
        seen=seen,
        title=f"Contact Victim {seen.complainant.label}",
        make=lambda *sent, **more: ContactForm(*sent, case=seen.case, target=seen.complainant, user=request.user, **more),
        fill=dict,
        do=lambda form: log_contact(
            actor=request.user,
            case_id=seen.case.pk,
            complainant_id=complainant_id,
            version=form.cleaned_data["version"],
            **form.service_arguments(),
        ),
        done="Contact saved.",
    )
    return _answer(request, asked)


@page(*permissions.CONTACT.roles, methods=("GET", "POST"))
def correct(request: SignedInRequest, contact_id: UUID) -> HttpResponse:
    """Correct a contact by a row that supersedes it."""
    row = contact_of_case(contact_id)
    if row is None:
        raise Http404
    seen = shown_or_404(request, row.complainant_id)
    may_be_corrected(row)
    asked = Asked(
        seen=seen,
        title="Correct a contact",
        make=lambda *sent, **more: CorrectContactForm(*sent, case=seen.case, target=row, user=request.user, **more),
        fill=lambda: _values(row),
        do=lambda form: correct_contact(
            actor=request.user,
            case_id=seen.case.pk,
            contact_id=contact_id,
            version=form.cleaned_data["version"],
            **form.service_arguments(),
        ),
        done="Corrected. Both stay on record.",
    )
    return _answer(request, asked)


@page(*permissions.CONTACT.roles, methods=("GET", "POST"))
def safe_contact(request: SignedInRequest, complainant_id: UUID) -> HttpResponse:
    """Enter how she or he is reached safely, or change it."""
    seen = shown_or_404(request, complainant_id)
    asked = SealedForm(
        title="How the victim is reached safely",
        make=SafeContactForm,
        fill=lambda: card_values(latest_card(see_complainant_or_404(request.user, complainant_id).complainant)),
        do=lambda form: keep_safe_contact(
            actor=request.user,
            case_id=seen.case.pk,
            complainant_id=complainant_id,
            version=form.cleaned_data["version"],
            **form.service_arguments(),  # type: ignore[attr-defined]
        ),
        done="Safe contact saved.",
        what="form of safe contact",
    )
    return answer(request, seen, asked)


def _answer(request: SignedInRequest, asked: Asked) -> HttpResponse:
    policies.case_takes_changes(asked.seen.case)
    if request.method != "POST":
        with consulting(asked.seen.case, reason=Reason.CONTACT, what="contact page"):
            return _show(request, asked, asked.make(initial={**asked.fill(), "version": asked.seen.case.version}))
    form = asked.make(request.POST)
    change, status = None, 400
    if form.is_valid():
        try:
            row = asked.do(form)
        except NotPossible as refused:
            _refuse(form, refused)
        except Conflict as conflict:
            change, status = conflict.change, 409
            form = _again(request, asked)
        else:
            messages.success(request, format_html(SAVED, asked.done, f"{_log(asked.seen)}#c-{row.pk}"))
            return redirect(_back(request, asked.seen)[0])
    with consulting(asked.seen.case, reason=Reason.CONTACT, what="contact page, sent back"):
        return _show(request, asked, form, change, status)


def _refuse(form: ContactForm, refused: NotPossible) -> None:
    if refused.field == "another_contact":
        form.asks_about()
    form.add_error(refused.field if refused.field in form.fields else None, refused.reason)


def _again(request: SignedInRequest, asked: Asked) -> ContactForm:
    """Give back what was typed with the version that stands now: sending it again is a choice."""
    sent = request.POST.copy()
    sent["version"] = str(see_or_404(request.user, asked.seen.case.pk).version)
    return asked.make(sent)


def _back(request: SignedInRequest, seen: Seen) -> tuple[str, str]:
    place = came_from(request)
    return (place.address, place.words) if place else (_log(seen), "contacts")


def _log(seen: Seen) -> str:
    return reverse("victim_contacts", args=[seen.complainant.pk])


def _show(request: SignedInRequest, asked: Asked, form: ContactForm, change: Change | None = None, status: int = 200) -> HttpResponse:
    """Draw the page inside the look: the card is opened for it and for nothing else."""
    back, back_words = _back(request, asked.seen)
    context = {
        "title": asked.title,
        "form": form,
        "change": change,
        "seen": asked.seen,
        "case": asked.seen.case,
        "card": card_of(asked.seen),
        "back": back,
        "back_words": back_words,
    }
    return render(request, "victims/contact.html", context, status=status)


def _values(row: Contact) -> dict[str, Any]:
    """Return what a correction starts from: the contact as it stands, its summary opened."""
    summary = summary_of(row)
    values: dict[str, Any] = {name: getattr(row, name) for name in ("at", "channel", "to", "person_id", "next_agreed_on")}
    values |= {"reached": "yes" if row.reached else "no", "things": [f"{one.about}:{one.fact_id}" for one in told_in(row)]}
    if summary is not None:
        values |= {
            "summary": summary.text,
            "not_told_to": summary.not_told_to,
            "spoke_about_offence": summary.spoke_about_offence,
            "statement_reference": summary.statement_reference,
        }
    return values
