"""The page of a proposal of no further action, and the lines of it on the case page. The police's alone."""

from typing import Any, Final
from uuid import UUID

from django.http import Http404
from django.urls import reverse

from accounts.models import User
from cases import models as m
from cases.acts import On
from cases.fragments import Fragment
from cases.listing import is_cps
from cases.outcome_codes import words
from cases.pages.buttons import Button, Buttons
from cases.permissions import SUPERVISE
from cases.services.outcomes import undecided_of
from cases.services.telling_gate import who_hears
from core.components import SummaryRow, london_text
from prosecution.forms.nfa import leads_of
from prosecution.models.nfa import LIVE, NfaState, ProposedNfa
from prosecution.nfa_said import missing, said_by
from prosecution.nfa_setting import grade_of, may_check
from prosecution.nfa_words import Line, beside_lines
from prosecution.pages.nfa_others import others_of
from prosecution.pages.places import coming_back, place

COLOURS: Final[dict[str, str]] = {
    NfaState.DRAFT: "blue", NfaState.WAITS: "orange", NfaState.SENT_BACK: "red", NfaState.CONFIRMED: "green",
    NfaState.DISCARDED: "grey", NfaState.OVERTAKEN: "grey",
}  # fmt: skip
OWN: Final = ("change-nfa", "propose-nfa", "discard-nfa")


def about_words(row: ProposedNfa) -> str:
    """Return what a proposal is about: the suspect, or the recorded crime."""
    if row.suspect is not None:
        return f"Suspect {row.suspect.number}: {row.suspect.full_name}"
    return f"Crime {row.offence.code} {row.offence.description}".strip() if row.offence is not None else ""


def in_view(row: ProposedNfa) -> list[Line]:
    """Return everything that a proposal says: what stands above the form of whoever answers it."""
    found = [
        ("Outcome proposed", words(row.code)),
        ("Proposed by", row.by.name),
        ("Reasons", row.reasons),
        ("Reasons for the victim", row.reasons_for_victim),
        *beside_lines(row),
        ("Recorded crimes", "Those alleged against this suspect alone end alike" if row.also_crimes else ""),
    ]
    return [(label, value) for label, value in found if value]


def proposal_or_404(user: User, key: UUID) -> ProposedNfa:
    """Return a proposal on a case this person sees, in one query. The police's alone; raises Http404 for none."""
    rows = ProposedNfa.objects.filter(pk=key, case__in=m.Case.objects.visible_to(user))
    row: ProposedNfa | None = rows.select_related("suspect", "offence", "by", "checked_by").first()
    if row is None:
        raise Http404
    return row


def proposal_page(case: m.Case, user: User, row: ProposedNfa) -> dict[str, Any]:
    """Return the page of a proposal. A fixed number of queries."""
    live, of_crime = row.state in LIVE, row.offence_id is not None
    grade = grade_of(case.force_id)
    return {
        "row": row,
        "about": about_words(row),
        "title": words(row.code),
        "state": str(NfaState(row.state).label),
        "colour": COLOURS[row.state],
        "steps": steps_of(row),
        "texts": [SummaryRow(label, value) for label, value in in_view(row)],
        "missing": [reason for _, reason in missing(said_by(row), of_crime=of_crime)] if live else [],
        "rank": str(grade.label).lower() if grade is not None else "",
        "hears": _hears(case, row) if live else [],
        "leads": leads_of(case, row) if live else [],
        "others": others_of(case, row.suspect, user) if row.suspect is not None else None,
        "buttons": buttons_of(case, user, row),
        "waits_for_other": row.state == NfaState.WAITS and (row.by_id == user.pk or not may_check(user)),
    }


def steps_of(row: ProposedNfa) -> list[str]:
    """Return what has happened to a proposal, in order, with who and when."""
    found = [f"Drafted by {row.by.name}, {london_text(row.created_at)}"]
    if row.proposed_at is not None:
        found.append(f"Put forward {london_text(row.proposed_at)}")
    if row.checked_by is not None:
        what = "Sent back" if row.state == NfaState.SENT_BACK else "Confirmed"
        found.append(f"{what} by {row.checked_by.name}, {london_text(row.checked_at)}" + (f": {row.check_note}" if row.check_note else ""))
    return found


def buttons_of(case: m.Case, user: User, row: ProposedNfa) -> list[Button]:
    """Return what this person may do: one's own is changed and put forward, a colleague's is looked at by who has the rank."""
    among: list[str] = []
    if row.by_id == user.pk:
        among += OWN
    else:
        among += ["check-nfa"] if may_check(user) else []
        among += ["discard-nfa"] if SUPERVISE.holds(user) else []
    offered = Buttons(case, user).offered(On.PROPOSED_NFA, row, row.pk, among=among)
    return coming_back(offered, place("proposed_nfa", row.pk))


def _hears(case: m.Case, row: ProposedNfa) -> list[Line]:
    """Return who hears of it once it is confirmed, and what each plan lacks."""
    whose = undecided_of(case, row.offence) if row.offence is not None else [row.suspect_id]
    heard = [one for suspect_id in whose for one in who_hears(case, suspect_id, row.code)]
    if row.offence is not None:
        heard = [one for one in heard if one.complainant_id == row.offence.complainant_id]
    return [(f"Victim {one.label}", one.lacks) for one in heard]


def section(case: m.Case, user: User) -> Fragment | None:
    """Return the lines of the case page: proposals to the police alone. One query; nothing where there is none."""
    if is_cps(user):
        return None
    rows = ProposedNfa.objects.filter(case=case, state__in=(*LIVE, NfaState.CONFIRMED)).select_related("by", "suspect", "offence")
    lines = [
        {
            "words": f"{about_words(row)}: outcome {words(row.code)}",
            "address": reverse("proposed_nfa", args=[row.pk]),
            "state": str(NfaState(row.state).label),
            "colour": COLOURS[row.state],
            "said": f"Proposed by {row.by.name}",
        }
        for row in rows.order_by("-created_at")
    ]
    return Fragment("prosecution/nfa/of_case.html", {"lines": lines}) if lines else None
