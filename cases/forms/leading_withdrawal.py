"""Where a form that may record outcome 14 or 16 leads first: what she or he says, and a supervisor's talk since."""

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse

from accounts.models import User
from cases import models as m
from cases.derive.states import OUTCOMES_NOT_SUPPORTED
from cases.forms.base import ActForm
from cases.forms.leading import Lead
from cases.permissions import WITHDRAWAL_TALK
from cases.services.alleged import crimes_of
from cases.services.withdrawal_gate import SAID, concerned, lacking


def talk_leads(form: ActForm, *, suspect_id: UUID | None = None, crime: m.Offence | None = None, code: int | None = None) -> list[Lead]:
    """Return what is still to be done before an outcome says that somebody does not support the prosecution, each with its way.

    A talk that is still to come is named as soon as she or he said so; that nobody recorded such words, only to whoever chose that
    outcome (`code`, or what the form was sent with). Whoever may not hold the talk reads who does, without a link.
    """
    if form.case is None:
        return []
    if crime is not None:
        people: Iterable[m.Complainant] = [crime.complainant]
    elif suspect_id is not None:
        people = concerned(form.case, crimes_of(form.case, suspect_id))
    else:
        return []
    chosen = str(code or form.data.get("code", "")) in {str(one) for one in OUTCOMES_NOT_SUPPORTED}
    return [_lead(form.case, one, lacks, form.user) for one, lacks in lacking(form.case, people) if lacks != SAID or chosen]


def _lead(case: m.Case, one: m.Complainant, lacks: str, user: User | None) -> Lead:
    who = f"Victim {one.label}"
    if lacks == SAID:
        return f"For outcome 14 or 16: record what {who} says about the prosecution", _address(case, "record-support", one)
    may = user is not None and WITHDRAWAL_TALK.holds(user)
    words = f"For outcome 14 or 16: a supervisor who is not the officer in the case speaks with {who}, or with her or his ISVA"
    return words, _address(case, "record-withdrawal-talk", one) if may else ""


def _address(case: m.Case, slug: str, one: m.Complainant) -> str:
    return reverse("case_act_on", kwargs={"case_id": case.pk, "slug": slug, "target_id": one.pk})
