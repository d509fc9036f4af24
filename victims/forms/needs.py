"""The form of the assessment of a victim's needs."""

from typing import Any

from django import forms

from cases import models as m
from cases.forms import fields as f
from cases.forms.base import ActForm
from cases.models.base import LINE, SHORT
from victims.measures import MEASURES
from victims.models import NeedsAssessment
from victims.models.victim import Gender


class NeedsForm(ActForm):
    """What a victim needs, filled with what stands. How she or he communicates is sealed, and is not shown here."""

    asked_sometimes = frozenset({"enhanced_because"})
    says = "Ask her or him, and ask again whenever something changes. What is needed goes to everybody who works on the case."

    entitlement = f.radios("What is she or he entitled to?", m.Entitlement.choices)
    enhanced_because = f.line(
        "If enhanced rights: why",
        required=False,
        help_text="For example: victim of a serious crime; under 18; vulnerable or intimidated. Nothing that says who she or he is.",
    )
    interpreter_language = forms.CharField(label="Language, if an interpreter is needed", max_length=SHORT, required=False)
    intermediary = forms.BooleanField(label="Needs an intermediary", required=False)
    special_measures = forms.MultipleChoiceField(
        label="Special measures asked for or agreed", choices=list(MEASURES.items()), required=False, widget=forms.CheckboxSelectMultiple
    )
    interviewer_gender = f.radios("Who should interview her or him?", Gender.choices, required=False)
    communication = forms.CharField(
        label="How to communicate with her or him",
        max_length=LINE,
        required=False,
        widget=forms.Textarea,
        help_text="Leave empty to keep what was recorded before.",
    )
    communication_ended = forms.BooleanField(label="What was recorded about communication holds no longer", required=False)
    told_therapy_need_not_wait = forms.BooleanField(
        label="She or he was told that therapy need not wait for the trial",
        required=False,
        help_text="Only that it was said. Nothing about any therapy belongs here.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        target = kwargs.get("target")
        if target is not None:
            kwargs["initial"] = {**_standing(target), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


def _standing(complainant: m.Complainant) -> dict[str, Any]:
    """Return what stands and is not sealed; before the first assessment, what the label says."""
    rows = NeedsAssessment.objects.filter(case=complainant.case_id, complainant=complainant)
    row = rows.order_by("-assessed_at", "-created_at").first()
    if row is None:
        return {"entitlement": complainant.entitlement, "intermediary": complainant.needs_intermediary, "interviewer_gender": ""}
    names = (
        "enhanced_because", "interpreter_language", "intermediary", "special_measures", "interviewer_gender", "told_therapy_need_not_wait",
    )  # fmt: skip
    return {"entitlement": complainant.entitlement, **{name: getattr(row, name) for name in names}}
