"""The short form of a decision that CPS Direct made."""

from typing import Any

from django import forms

from accounts.models import Agency
from accounts.roles import AgencyKind
from cases import models as m
from cases.forms import fields as f
from cases.forms.leading import plan_leads
from cases.forms.leading_withdrawal import talk_leads
from cases.forms.outcome import code_field
from cases.models.telling import Channel
from cases.outcome_codes import OUTCOMES
from cases.services.sharing import mapped_area_id
from core import clock
from prosecution.decision_said import EVIDENTIAL
from prosecution.forms.decision import OffencesForm, disposals
from prosecution.models import DecisionType, ReasonCode, Test


class DirectDecisionForm(OffencesForm):
    """What CPS Direct decided on one suspect: when, who, what. One form, in under a minute."""

    says = "The suspect gets the outcome as of that time, as if it had been entered then. Detention without charge ends with it."
    asked_sometimes = frozenset({"charges", "review_on", "disposal", "code", "reasons", "told_at", "how", "area_id"})
    only_if = {  # noqa: RUF012 - read only
        "charges": ("decision", (DecisionType.CHARGE.value,)),
        "review_on": ("test", (Test.THRESHOLD.value,)),
        "code": ("decision", (DecisionType.NFA_EVIDENTIAL.value,)),
        "disposal": ("decision", (DecisionType.NON_CONVICTION.value,)),
    }
    field_order = (
        "version", "decided_at", "decided_by", "decision", "test", "charges", "review_on", "code", "disposal", "reasons", "reason_code",
        "cps_reference", "also_crimes", "told_at", "how", "area_id",
    )  # fmt: skip
    decided_at = f.past_moment("When did CPS Direct decide?", initial=clock.now)
    decided_by = f.line("Who decided?", max_length=100, help_text="The prosecutor of CPS Direct.")
    decision = f.radios("What was decided?", DecisionType.choices)
    test = f.radios("On which test?", Test.choices, initial=Test.FULL_CODE)
    review_on = f.coming_day("If it is a charge on the Threshold Test: the Full Code Test is applied by", required=False)
    code = code_field(
        {one: OUTCOMES[one] for one in EVIDENTIAL}, "If it is no further action on the evidence: which outcome?", required=False
    )
    disposal = code_field(disposals(), "If it is a non-conviction disposal: which?", required=False)
    reasons = f.reason(
        "The reasons in a line",
        required=False,
        help_text="Needed unless it is a charge. For outcome 16: what the victim said, when and to whom.",
    )
    reason_code = forms.ChoiceField(label="Reason code", choices=[("", "As the decision says"), *ReasonCode.choices], required=False)
    cps_reference = f.line("CPS reference", max_length=30, required=False)
    also_crimes = forms.BooleanField(
        label="Give the same outcome to the recorded crimes alleged against this suspect alone", required=False, initial=True
    )
    told_at = f.past_moment(
        "If every victim it concerns was told already: when?", required=False, help_text="Otherwise plan first how each of them is told."
    )
    how = forms.ChoiceField(label="If told already: how?", choices=[*f.CHOOSE, *Channel.choices], required=False)
    area_id = forms.TypedChoiceField(label="CPS Area", coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.case is None or self.case.brought or mapped_area_id(self.case) is not None:
            del self.fields["area_id"]
        else:
            areas = Agency.objects.filter(kind=AgencyKind.CPS_AREA).order_by("name").values_list("pk", "name")
            self.fields["area_id"].choices = [*f.CHOOSE, *areas]  # type: ignore[attr-defined]
        if isinstance(self.target, m.Suspect):
            plans = plan_leads(self.case, [self.target.pk], "enter-direct-decision", self.target.pk)
            self.leads = [*plans, *talk_leads(self, suspect_id=self.target.pk)]
