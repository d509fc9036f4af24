"""Forms of acts on the work: notes, lines of enquiry, reviews, due dates, complainants, crimes, an event that took officers."""

from typing import Any

from django import forms

from cases import models as m
from cases.forms import fields as f
from cases.forms.base import ActForm
from cases.forms.case import OFFENCE_CHOICES
from cases.services.abstraction import events_taking
from core.formfields import GovDateTimeField

REVEALED = "Relevant material must still be revealed, whoever may read the note."
STATES = [(value, label) for value, label in m.LineOfEnquiry.State.choices if value in {"contemplated", "going_on"}]
ENDS = [(value, label) for value, label in m.LineOfEnquiry.State.choices if value in {"done", "not_pursued"}]


class NoteForm(ActForm):
    """A note both agencies read."""

    text = f.text("Note", help_text="Police and CPS both read it.")


class PoliceNoteForm(ActForm):
    """A note the police alone read."""

    text = f.text("Note", help_text=f"Not shown to the CPS. {REVEALED}")


class CpsNoteForm(ActForm):
    """A note the CPS alone reads."""

    text = f.text("Note", help_text=f"Not shown to the police. {REVEALED}")


class NamedForm(ActForm):
    """Has anyone been named?"""

    named = f.radios("Has anyone been named?", m.Named.choices)


def suspects_of(case: m.Case | None) -> list[tuple[str, str]]:
    """Return the suspects of the case as choices."""
    found = m.Suspect.objects.filter(case=case, recorded_in_error_at__isnull=True).order_by("number") if case else []
    return [(str(one.pk), f"{one}: {one.full_name}") for one in found]


class OpenEnquiryForm(ActForm):
    """A new line of enquiry."""

    asked_sometimes = frozenset({"necessity"})
    focus = f.radios("What does it look at?", m.Focus.choices)
    what = f.line("What is the line of enquiry?")
    necessity = f.reason(
        "Why it is reasonable",
        required=False,
        help_text="If it looks at the victim: why it is necessary and proportionate. The statutory conditions come first.",
    )
    suspect_id = f.KeyField(label="Which suspect, if one", required=False)
    state = f.radios("Is it going on?", STATES, initial="going_on")
    expected_on = f.coming_day("When is a result expected?", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["suspect_id"].choices = [("", "No one suspect"), *suspects_of(self.case)]  # type: ignore[attr-defined]


class ChangeEnquiryForm(ActForm):
    """What stands, to change."""

    asked_sometimes = frozenset({"necessity"})
    what = f.line("What is the line of enquiry?")
    necessity = f.reason("Why it is reasonable", required=False)
    state = f.radios("Is it going on?", STATES)
    expected_on = f.coming_day("When is a result expected?", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        row = kwargs.get("target")
        if row is not None:
            names = ("what", "necessity", "state", "expected_on")
            kwargs["initial"] = {**{name: getattr(row, name) for name in names}, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class EndEnquiryForm(ActForm):
    """How it ended."""

    state = f.radios("How did it end?", ENDS)
    result = f.reason("What came of it, or why is it not pursued?")


class ReviewForm(ActForm):
    """A supervisor's review."""

    asked_sometimes = frozenset({"direction_to", "direction_by"})
    direction = f.text("What did you find, and what is to be done?")
    direction_to = f.KeyField(label="Who is to do it", required=False)
    direction_by = f.coming_day("By when", required=False)
    next_review_on = f.coming_day("Next review, if sooner than the rule asks", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["direction_to"].choices = [*f.NOBODY, *f.officers(self.user)]  # type: ignore[attr-defined]


class MoveDeadlineForm(ActForm):
    """A later day, and why."""

    moved_to = f.coming_day("New due date", help_text="The first date stays beside it, and lateness counts from that.")
    reason = f.reason()


class CannotBeMetForm(ActForm):
    """Why."""

    because = f.reason("Why can it not be met?", help_text="This moves and stops nothing.")


class AddComplainantForm(ActForm):
    """What this record knows of a complainant: no name."""

    age_group = f.radios("Age when the crime was recorded", m.AgeGroup.choices)
    entitlement = f.radios("Level of service under the Victims’ Code", m.Entitlement.choices, initial=m.Entitlement.ENHANCED)
    needs_interpreter = forms.BooleanField(label="Needs an interpreter", required=False)
    needs_intermediary = forms.BooleanField(label="Needs an intermediary", required=False)
    needs_special_measures = forms.BooleanField(label="Needs special measures", required=False)


class ChangeNeedsForm(ActForm):
    """A complainant's needs and entitlement, as they stand."""

    entitlement = f.radios("Level of service under the Victims’ Code", m.Entitlement.choices)
    needs_interpreter = forms.BooleanField(label="Needs an interpreter", required=False)
    needs_intermediary = forms.BooleanField(label="Needs an intermediary", required=False)
    needs_special_measures = forms.BooleanField(label="Needs special measures", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        row = kwargs.get("target")
        if row is not None:
            names = ("entitlement", "needs_interpreter", "needs_intermediary", "needs_special_measures")
            kwargs["initial"] = {**{name: getattr(row, name) for name in names}, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class AddCrimeForm(ActForm):
    """One recorded crime of one complainant."""

    complainant_id = f.KeyField(label="Complainant")
    code = forms.ChoiceField(label="Offence", choices=OFFENCE_CHOICES)
    from_on = f.past_day("First day of the offence, if known", required=False)
    to_on = f.past_day("Last day of the offence, if it was more than one day", required=False)
    suspect_ids = f.KeysField(label="Alleged against", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = m.Complainant.objects.filter(case=self.case).order_by("label") if self.case else []
        self.fields["complainant_id"].choices = [*f.CHOOSE, *((str(one.pk), str(one)) for one in people)]  # type: ignore[attr-defined]
        self.fields["suspect_ids"].choices = suspects_of(self.case)  # type: ignore[attr-defined]
        if not self.fields["suspect_ids"].choices:  # type: ignore[attr-defined]
            del self.fields["suspect_ids"]


class ConfirmAllegationForm(ActForm):
    """The suspect that the crime is alleged against."""

    suspect_id = f.KeyField(label="Which suspect is this crime alleged against?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["suspect_id"].choices = [*f.CHOOSE, *suspects_of(self.case)]  # type: ignore[attr-defined]


class WithdrawAllegationForm(ConfirmAllegationForm):
    """The suspect that the crime is not alleged against, and why."""

    reason = f.reason("Why is this crime not alleged against that suspect?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["suspect_id"].label = "Which suspect is this crime not alleged against?"


class AnswerPlanForm(ActForm):
    """What becomes of a planned arrest in the hours of an event."""

    abstraction_id = f.KeyField(label="Event")
    answer = f.radios("What becomes of the planned arrest?", m.AbstractionAnswer.Answer.choices)
    moved_to = GovDateTimeField(label="If it is moved: to when", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["abstraction_id"].choices = [*f.CHOOSE, *events_touching(self.target)]  # type: ignore[attr-defined]


def events_touching(plan: m.PlannedArrest | None) -> list[tuple[str, str]]:
    """Return the events in whose hours the arrest is planned and that take its officer, not answered yet, as choices."""
    if plan is None:
        return []
    found = events_taking(plan.officer_id, plan.force_id, plan.planned_for).order_by("starts_at", "id")
    answered = m.AbstractionAnswer.objects.filter(plan=plan).values_list("abstraction_id", "abstraction__first_id")
    entries = {first or key for key, first in answered}
    return [(str(one.pk), one.event) for one in found if one.entry_id not in entries]
