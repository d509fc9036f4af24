"""Forms of outcomes: of a suspect, of a recorded crime, and of opening either again."""

from typing import Any, ClassVar

from django import forms

from cases import models as m
from cases import twice
from cases.forms import fields as f
from cases.forms.base import ActForm
from cases.forms.leading import plan_leads
from cases.forms.leading_withdrawal import talk_leads
from cases.models.base import LINE
from cases.outcome_codes import OUTCOMES, OUTCOMES_OF_A_SUSPECT
from cases.services.outcomes import undecided_of
from core import clock

REASONS_HINT = (
    "Needed for every outcome but a charge. For outcome 16: what the victim said, when and to whom. Plain words that blame nobody."
)


def code_field(codes: dict[int, str], label: str = "Outcome", *, required: bool = True) -> forms.TypedChoiceField:
    """Return a field of Home Office outcomes, "1 Charged or summonsed"; cleans to the number, or None for none."""
    choices = [*f.CHOOSE, *((str(code), f"{code} {words}") for code, words in codes.items())]
    return forms.TypedChoiceField(label=label, choices=choices, coerce=int, empty_value=None, required=required)


def at_once(form: forms.Form, case: m.Case | None) -> None:
    """Offer only the outcomes that are recorded at once: what a second person looks at is proposed elsewhere."""
    if case is not None:
        kept_back = twice.codes_of(case.force_id)
        field: Any = form.fields["code"]
        field.choices = [(value, words) for value, words in field.choices if not value or int(value) not in kept_back]
        field.error_messages["invalid_choice"] = "Select an outcome from the list. No further action is proposed, and looked at twice"


def side_field() -> forms.ChoiceField:
    """Return a field for whose decision an outcome was; left out, it goes by the outcome."""
    hint = "Leave this as it is if the outcome itself says it: 1 and 9 are the CPS’s, 10 and 21 the police’s."
    return forms.ChoiceField(
        label="Whose decision was it?", choices=[("", "As the outcome says"), *m.Side.choices], help_text=hint, required=False
    )


class OutcomeForm(ActForm):
    """The outcome of a suspect."""

    asked_sometimes = frozenset({"reasons"})
    code = code_field(OUTCOMES_OF_A_SUSPECT)
    on = f.past_day("Day of the outcome", initial=clock.today)
    side = side_field()
    reasons = f.reason("Reasons", help_text=REASONS_HINT, required=False)
    also_crimes = forms.BooleanField(
        label="Give the same outcome to the recorded crimes alleged against this suspect alone",
        help_text="The case closes only when every suspect and every recorded crime has an outcome.",
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        at_once(self, self.case)
        if self.target is not None:
            plans = plan_leads(self.case, [self.target.pk], "record-outcome", self.target.pk)
            self.leads = [*twice.leads(self.case, self.target.pk), *plans, *talk_leads(self, suspect_id=self.target.pk)]


class CrimeOutcomeForm(ActForm):
    """The outcome of a recorded crime."""

    asked_sometimes = frozenset({"reasons"})
    code = code_field(OUTCOMES)
    on = f.past_day("Day of the outcome", initial=clock.today)
    reasons = f.reason("Reasons", help_text=REASONS_HINT, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        at_once(self, self.case)
        if self.case is not None and self.target is not None:
            plans = plan_leads(self.case, undecided_of(self.case, self.target), "record-crime-outcome", self.target.pk)
            self.leads = [*twice.leads(self.case, self.target.pk, crime=True), *plans, *talk_leads(self, crime=self.target)]


class ReopenForm(ActForm):
    """Opening the investigation of a suspect again."""

    basis = f.radios("On what basis?", m.ReopenBasis.choices, help_text="New evidence needs a supervisor.")
    reason = f.reason("Reason", help_text="Shown on the timeline. Outcomes of crimes that rested on this one are taken back.")


class ReasonForm(ActForm):
    """A reason and nothing else."""

    reason = f.reason("Reason", max_length=LINE, help_text="Shown on the timeline.")


class WithOutcome(ActForm):
    """Base of the forms whose act may record an outcome as well. The fields of an outcome stand last. `slug` is the act's address."""

    slug: ClassVar[str]
    long_since: ClassVar[bool] = False
    """It says how something ended before it came here: no outcome of then is looked at again."""
    code = code_field(OUTCOMES_OF_A_SUSPECT, "If an outcome follows: which?", required=False)
    side = side_field()
    reasons = f.reason("If an outcome follows: the reasons", help_text=REASONS_HINT, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = ("code", "side", "reasons")
        self.order_fields([*(name for name in self.fields if name not in last), *last])
        if not self.long_since:
            at_once(self, self.case)
        if self.target is not None:
            on_suspect = isinstance(self.target, m.Suspect)
            suspect_id = self.target.pk if on_suspect else self.target.suspect_id
            plans = plan_leads(self.case, [suspect_id], self.slug, self.target.pk)
            self.leads = [*twice.leads(self.case, suspect_id), *plans, *talk_leads(self, suspect_id=suspect_id)]
