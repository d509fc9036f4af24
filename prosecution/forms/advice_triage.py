"""Forms of the CPS about early advice: triage, reallocation, answers."""

from typing import Any, Final

from django import forms

from cases.forms import fields as f
from cases.forms.base import ActForm
from cases.models.base import LINE
from prosecution.choosing import prosecutors
from prosecution.models import AdviceQuestion, AdviceResult, EarlyAdvice, Submission
from prosecution.reasons import ADVICE_REASONS, REFUSAL_REASONS
from prosecution.services.advice import questions_of
from prosecution.services.advice_answers import KEPT_MEANWHILE, kept_of, stamp_of
from prosecution.services.submissions import Reason

CHOOSING: Final = "Beside each name: what she or he holds now, when away, and whether a specialist. None of it is enforced."
DETAIL, ANSWER = "detail_", "answer_"


class WithProsecutor(ActForm):
    """A form that names a prosecutor of the Area."""

    prosecutor_id = f.KeyField(label="Which prosecutor advises?", help_text=CHOOSING)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["prosecutor_id"]
        field.choices = [*f.CHOOSE, *prosecutors(self.case, self.user, without=self.has_it_now())]

    def has_it_now(self) -> Any:
        """Return the key of who is not offered: nobody, unless a form says so."""
        return None


class AcceptAdviceForm(WithProsecutor):
    """Who advises."""

    button = "Accept and assign"


class ReallocateAdviceForm(WithProsecutor):
    """Who advises instead."""

    button = "Give to another prosecutor"

    def has_it_now(self) -> Any:
        """Return the key of the prosecutor who has the request."""
        return self.target.prosecutor_id if isinstance(self.target, EarlyAdvice) else None


class AnswerChallengeForm(WithProsecutor):
    """Accepted after all, with the prosecutor; or upheld, with a note."""

    asked_sometimes = frozenset({"prosecutor_id", "note"})
    field_order = ("accept", "prosecutor_id", "note")
    only_if = {"prosecutor_id": ("accept", ("yes",)), "note": ("accept", ("no",))}  # noqa: RUF012 - read only
    accept = f.radios("What do you answer?", [("yes", "Accept the request after all"), ("no", "The refusal stands")])
    note = f.reason("If it stands: why?", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["prosecutor_id"]
        field.required, field.label = False, "If accepted: which prosecutor advises?"

    def service_arguments(self) -> dict[str, Any]:
        """Say yes or no as the service asks it."""
        given = super().service_arguments()
        return {**given, "accept": given["accept"] == "yes"}


class ReturnAdviceForm(ActForm):
    """Reasons of the list, a detail to each, and the day by which the police answer."""

    button = "Return to the police"
    only_if = {f"{DETAIL}{code}": ("reasons", (code,)) for code in ADVICE_REASONS}  # noqa: RUF012 - read only
    asked_sometimes = frozenset({f"{DETAIL}{code}" for code in ADVICE_REASONS})
    reasons = forms.MultipleChoiceField(
        label="What is missing or wrong?", choices=list(ADVICE_REASONS.items()), widget=forms.CheckboxSelectMultiple
    )
    present_before = forms.MultipleChoiceField(
        label="Which of these were there the first time already?",
        choices=list(ADVICE_REASONS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="A reason for a second return that was there the first time counts against the CPS.",
    )
    respond_by = f.coming_day(
        "By which day should the police answer?", error_messages={"required": "Enter the day by which the police should answer"}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not isinstance(self.target, EarlyAdvice) or not Submission.objects.filter(advice=self.target, number__gt=1).exists():
            del self.fields["present_before"]
        for code, words in ADVICE_REASONS.items():
            name = f"{DETAIL}{code}"
            self.fields[name] = f.line(f"Detail: {words}", required=False, max_length=LINE)
            self.prepare(name)
        self.order_fields(["reasons", *(f"{DETAIL}{code}" for code in ADVICE_REASONS), "present_before", "respond_by"])

    def clean(self) -> dict[str, Any]:
        """Refuse a detail or a mark of what was not selected: it would be lost unseen."""
        given = super().clean() or self.cleaned_data
        chosen = set(given.get("reasons", []))
        for code in ADVICE_REASONS:
            if given.get(f"{DETAIL}{code}") and code not in chosen:
                self.add_error(f"{DETAIL}{code}", "Select this reason too, or leave its detail empty")
        if "present_before" in self.fields and not set(given.get("present_before", [])) <= chosen:
            self.add_error("present_before", "Mark only reasons that you selected above")
        return given

    def service_arguments(self) -> dict[str, Any]:
        """Return the reasons as triage writes them."""
        given = self.cleaned_data
        before = set(given.get("present_before", []))
        reasons = [Reason(code, given[f"{DETAIL}{code}"], code in before) for code in given["reasons"]]
        return {"reasons": reasons, "respond_by": given["respond_by"]}


class RefuseAdviceForm(ActForm):
    """Why advice is not given."""

    says = "The police are told. An inspector may challenge the refusal."
    button = "Refuse the request"
    asked_sometimes = frozenset({"note"})
    reason = f.radios("Why is it refused?", list(REFUSAL_REASONS.items()))
    note = f.reason("Note to the police", required=False, help_text="Needed for another reason.")


class AnswersForm(ActForm):
    """An answer to each question, with what is kept of them; the stamp tells whether a colleague kept others meanwhile."""

    kept = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.target
        self.asked: list[AdviceQuestion] = questions_of(row) if isinstance(row, EarlyAdvice) else []
        self.there = kept_of(row) if isinstance(row, EarlyAdvice) else {}
        self.initial["kept"] = stamp_of(self.there)
        for one in self.asked:
            name = f"{ANSWER}{one.number}"
            self.fields[name] = f.text(f"Answer to question {one.number}", required=False, help_text=one.text)
            self.prepare(name)
            if one.pk in self.there:
                self.initial[name] = self.there[one.pk].text
        self.order_fields([f"{ANSWER}{one.number}" for one in self.asked])

    @property
    def asked_sometimes(self) -> frozenset[str]:  # type: ignore[override]
        """An answer that is still to come is not called optional."""
        return frozenset({f"{ANSWER}{number}" for number in range(1, len(self.asked) + 1)} | {"kept"})

    def clean(self) -> dict[str, Any]:
        """Say that others were kept since the form was made; what was typed stays, and sent again it is taken."""
        given = super().clean() or self.cleaned_data
        now = stamp_of(self.there)
        if given.get("kept", "") != now:
            self.data = self.data.copy()  # type: ignore[attr-defined]
            self.data["kept"] = now  # type: ignore[index]
            self.add_error(None, KEPT_MEANWHILE)
        return given

    def answers(self) -> dict[int, str]:
        """Return what was typed, by the numbers of the questions."""
        return {one.number: self.cleaned_data[f"{ANSWER}{one.number}"] for one in self.asked}


class KeepAnswersForm(AnswersForm):
    """Answers half done."""

    says = "Kept for the CPS alone. The police learn nothing until the advice is given, all of it at once."
    button = "Keep the answers"

    def service_arguments(self) -> dict[str, Any]:
        """Return the answers, and what the form was made from."""
        return {"answers": self.answers(), "kept": self.cleaned_data["kept"]}


class GiveAdviceForm(AnswersForm):
    """Every answer, and what the advice comes to."""

    says = "The police read the answers at once. What is given is not changed afterwards."
    button = "Give the advice"
    result = f.radios("What does the advice come to?", AdviceResult.choices)
    advice = f.text("Advice beside the answers", required=False, help_text="Needed if there is no realistic prospect of conviction.")

    def service_arguments(self) -> dict[str, Any]:
        """Return the answers and the result."""
        return {"answers": self.answers(), "result": self.cleaned_data["result"], "advice": self.cleaned_data["advice"]}
