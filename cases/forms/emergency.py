"""The form by which emergency access is taken: which case, why, and that the person knows what follows."""

from django import forms

from cases.forms.fields import line, radios, text
from cases.models.base import SHORT
from core.forms import GovForm

WHY = (
    ("danger", "Somebody is in danger now"),
    ("suspect", "A suspect has been found or stopped"),
    ("victim", "The victim is here or on the phone"),
    ("safeguarding", "A safeguarding decision cannot wait"),
    ("other", "Something else that cannot wait"),
)


class EmergencyForm(GovForm):
    """Crime reference and reason. The reference is typed in full: there is no search here."""

    crime_reference = line("Crime reference", max_length=SHORT, help_text="In full, of your own force")
    why = radios("Why you need this case now", WHY)
    words = text("What has happened", max_length=1_000, help_text="For the auditor who will review this. Do not name the victim.")

    def reason(self) -> str:
        """Return the reason as it is kept: the choice, then what was typed. The form must be valid."""
        return f"{dict(WHY)[self.cleaned_data['why']]}: {self.cleaned_data['words']}"


class ReviewForm(GovForm):
    """An auditor's answer to one use of emergency access."""

    answer = forms.ChoiceField(label="What did you find?", widget=forms.RadioSelect)
    note = text("How you came to this", max_length=250, help_text="Do not name a victim or a suspect.")

    def __init__(self, *args: object, **kwargs: object) -> None:
        from cases.models import EmergencyReview

        super().__init__(*args, **kwargs)
        field = self.fields["answer"]
        if isinstance(field, forms.ChoiceField):
            field.choices = EmergencyReview.Answer.choices
