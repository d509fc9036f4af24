"""Forms of the triage of a referral, and of giving it to another prosecutor."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from cases.forms import fields as f
from cases.forms.base import ActForm
from cases.models.base import LINE
from prosecution.choosing import prosecutors
from prosecution.models import Referral, Submission
from prosecution.reasons import RED_REASONS, REFERRAL_REASONS
from prosecution.services.submissions import Reason

LOAD_HINT = "Beside each name: requests and referrals held now, leave, and specialism. Those there with the least stand first."
SELECT = {"required": "Select the prosecutor", "invalid_choice": "Select the prosecutor"}


class AcceptReferralForm(ActForm):
    """Who reviews it."""

    button = "Accept and assign"
    prosecutor_id = f.KeyField(label="Prosecutor", help_text=LOAD_HINT, error_messages=SELECT)
    note = f.reason("Note for the police", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = prosecutors(self.case, self.user)
        self.fields["prosecutor_id"].choices = [*f.CHOOSE, *offered]  # type: ignore[attr-defined]


class ReallocateReferralForm(ActForm):
    """Who reviews it from now on, and why."""

    prosecutor_id = f.KeyField(label="Prosecutor from now on", help_text=LOAD_HINT, error_messages=SELECT)
    reason = f.reason("Why", help_text="It stands on the timeline, which both agencies read.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        has_it = self.target.prosecutor_id if isinstance(self.target, Referral) else None
        offered = prosecutors(self.case, self.user, without=has_it)
        self.fields["prosecutor_id"].choices = [*f.CHOOSE, *offered]  # type: ignore[attr-defined]


class ReturnReferralForm(ActForm):
    """Coded reasons, each with its detail, and a day to come. After a first return: which of them were there then already."""

    codes: ClassVar[Mapping[str, str]] = REFERRAL_REASONS
    asks_before: ClassVar[bool] = True
    says = "The police have it again: the suspects stand with the CPS no longer, and bail runs until it is sent once more."

    reasons = forms.MultipleChoiceField(
        label="What is missing or not as it should be?",
        widget=forms.CheckboxSelectMultiple,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Select at least one reason"),
    )
    respond_by = f.coming_day(
        "By which day should the police answer?", error_messages={"required": "Enter the day by which the police should answer"}
    )
    note = f.reason("Anything else the police should know", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reasons"].choices = list(self.codes.items())  # type: ignore[attr-defined]
        self.only_if = {f"{code}_detail": ("reasons", (code,)) for code in self.codes}
        for code, label in self.codes.items():
            self._add(f"{code}_detail", f.line(f"Detail: {label}", required=False, max_length=LINE))
        if self.asks_before and _sent_before(self.target):
            self._add(
                "present_before",
                forms.MultipleChoiceField(
                    label="Which of these were there the first time already?",
                    help_text="Nobody named them then: they count against the CPS, not against the police.",
                    widget=forms.CheckboxSelectMultiple,
                    choices=list(self.codes.items()),
                    required=False,
                ),
            )
        self.order_fields(["version", "reasons", *(f"{code}_detail" for code in self.codes), "present_before", "respond_by", "note"])

    def _add(self, name: str, field: forms.Field) -> None:
        self.fields[name] = field
        self.prepare(name)

    def clean(self) -> dict[str, Any]:
        """Refuse a detail of a reason that is not selected, and one present before that is not among the reasons."""
        given: dict[str, Any] = super().clean() or {}
        chosen = set(given.get("reasons", []))
        for code in self.codes:
            if given.get(f"{code}_detail") and code not in chosen:
                self.add_error(f"{code}_detail", "Select this reason too, or leave its detail empty")
        if set(given.get("present_before", [])) - chosen:
            self.add_error("present_before", "Select only reasons that you return it for")
        return given

    def service_arguments(self) -> dict[str, Any]:
        """Return the reasons with their details, the day and the note."""
        given, before = self.cleaned_data, set(self.cleaned_data.get("present_before", []))
        reasons = [Reason(code, given[f"{code}_detail"].strip(), code in before) for code in given["reasons"]]
        return {"reasons": reasons, "respond_by": given["respond_by"], "note": given["note"]}


class RejectRedForm(ReturnReferralForm):
    """The two reasons for which a red referral is rejected."""

    codes = RED_REASONS
    asks_before = False


def _sent_before(row: Any) -> bool:
    return isinstance(row, Referral) and Submission.objects.filter(referral=row, number__gt=1).exists()
