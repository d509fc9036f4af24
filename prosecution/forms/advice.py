"""Forms of the police about early advice: a request with its parts, who signs it off, why it is not sought."""

from dataclasses import asdict
from typing import Any, Final

from django import forms

from accounts.models import Agency
from accounts.roles import AgencyKind
from cases import models as m
from cases.forms import fields as f
from cases.forms.base import ActForm
from cases.services.sharing import mapped_area_id
from prosecution import policies_advice as policies
from prosecution.drafting import texts_from
from prosecution.models import EarlyAdvice, Method, NotSought
from prosecution.services.advice import AdviceTexts, Asked, none_is_begun, questions_of, suspects_of

LONGEST_QUESTIONS: Final = 10_000
LEFT_OPEN: Final = f"Where it says “{policies.SAY_WHAT}” or “{policies.SAY_WHEN}”, write what it is expected to show and by when."


class AdviceForm(ActForm):
    """A request as far as it has come; a part that is empty is missing still. New, it says what the case gives."""

    says = "Kept as a draft, with any part missing. It goes to the sergeant, and to the CPS, only when none is."
    button = "Keep the draft"
    suspects = f.KeysField(label="About which suspects?", required=False)
    method = f.radios("How is advice asked for?", Method.choices, initial=Method.WRITTEN)
    summary = f.text("Summary of the case", required=False, help_text="The facts in short. No name and no address of the victim.")
    enquiries_done = f.text("Lines of enquiry done, and what came of each", required=False, help_text="“None.” if there is none.")
    enquiries_going_on = f.text("Lines of enquiry going on", required=False, help_text=LEFT_OPEN)
    enquiries_contemplated = f.text("Lines of enquiry contemplated", required=False, help_text=LEFT_OPEN)
    issues = f.text("The issues so far", required=False)
    explanation = f.text("The suspect’s explanation", required=False)
    key_evidence = f.text("Key evidence", required=False, help_text="Say what there is; the evidence itself is never put here.")
    may_need_disclosing = f.text("What may need disclosing", required=False, help_text="“Nothing known so far.” is an answer.")
    support_needs = f.text("The victim’s support needs", required=False, help_text="No name and no address.")
    questions = f.text(
        "The questions on which advice is wanted",
        required=False,
        max_length=LONGEST_QUESTIONS,
        help_text=f"One question a line, {policies.QUESTIONS_AT_MOST} at most. Each gets its own answer.",
    )
    asked_sometimes = frozenset({*policies.PARTS, "suspects", "questions"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["suspects"]
        field.choices = suspect_choices(self.case)
        if not self.is_bound:
            self.initial.update(self.begins_with())

    def begins_with(self) -> dict[str, Any]:
        """Return what stands in the form when it is opened. Raises NotPossible where one is begun: nothing is typed in vain."""
        if self.case is not None:
            none_is_begun(self.case)
        choices: Any = self.fields["suspects"]
        texts = asdict(texts_from(self.case)) if self.case else {}
        return {"suspects": [key for key, _ in choices.choices], **texts}

    def service_arguments(self) -> dict[str, Any]:
        """Return the request as typed."""
        given = self.cleaned_data
        texts = AdviceTexts(**{name: given[name] for name in policies.PARTS})
        return {"asked": Asked(given["suspects"], given["method"], texts, given["questions"].splitlines())}


class ChangeAdviceForm(AdviceForm):
    """A draft, or a request that was returned, to go on with."""

    says = "Kept as it is now. When no part is missing, mark it as ready for the sergeant."

    def begins_with(self) -> dict[str, Any]:
        """Return the request as it stands."""
        row = self.target
        if not isinstance(row, EarlyAdvice):
            return {}
        found: dict[str, Any] = {name: getattr(row, name) for name in (*policies.PARTS, "method")}
        found["suspects"] = [str(one.pk) for one in suspects_of(row)]
        found["questions"] = "\n".join(" ".join(one.text.splitlines()) for one in questions_of(row))
        return found


class ReadyAdviceForm(ActForm):
    """Nothing but yes; what is missing is said above."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.target
        lacks = policies.missing(row, questions_of(row), suspects_of(row)) if isinstance(row, EarlyAdvice) else []
        self.says: str = (  # type: ignore[misc]
            f"This cannot be sent yet. Missing: {'; '.join(lacks)}." if lacks else "No part is missing. The sergeant is told."
        )


class SendAdviceForm(ActForm):
    """The Area, where the force works with several and the case is not with one; otherwise it is known."""

    says = (
        "The first thing sent shares the case with the CPS Area: its people see everything but notes for the police alone. "
        "Nothing changes in that where the Area sees the case already."
    )
    button = "Send to the CPS"
    asked_sometimes = frozenset({"area_id"})
    area_id = forms.TypedChoiceField(label="CPS Area", coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.case is None or self.case.brought or mapped_area_id(self.case) is not None:
            del self.fields["area_id"]
        else:
            areas = Agency.objects.filter(kind=AgencyKind.CPS_AREA).order_by("name").values_list("pk", "name")
            self.fields["area_id"].choices = [*f.CHOOSE, *areas]  # type: ignore[attr-defined]


class SendBackForm(ActForm):
    """What the officer is to put right."""

    button = "Send back to the officer"
    reason = f.reason("What should the officer put right?")


class WithdrawAdviceForm(ActForm):
    """Why."""

    says = "Withdrawn before triage, and when nothing else is asked of the CPS, the Area no longer sees the case."
    button = "Withdraw the request"
    reason = f.reason("Why is it withdrawn?", help_text="The CPS reads this if the request was sent.")


class NotSoughtForm(ActForm):
    """The reason of the list, and words."""

    says = "Early advice is considered in every case once a suspect is identified. A request may follow all the same."
    reason = f.radios("Why is early advice not sought?", NotSought.choices)
    text = f.reason("In your own words")


class ChallengeForm(ActForm):
    """Why advice should be given after all."""

    button = "Challenge the refusal"
    because = f.text("Why should advice be given?", help_text="The Area’s legal manager reads this and answers.")


def suspect_choices(case: m.Case | None) -> list[tuple[str, str]]:
    """Return the suspects of a case as choices: number and name as the case gives it."""
    rows = m.Suspect.objects.filter(case=case, recorded_in_error_at__isnull=True).order_by("number") if case else []
    return [(str(one.pk), f"Suspect {one.number}: {one.full_name}") for one in rows]
