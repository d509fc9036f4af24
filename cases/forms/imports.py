"""The forms of the import pages."""

from typing import Final

from django import forms
from django.core.files.uploadedfile import UploadedFile

from cases.models.base import LINE
from core.forms import GovForm

MOST_BYTES: Final = 10_000_000
TOO_LARGE: Final = f"The selected file must be smaller than {MOST_BYTES // 1_000_000} MB"


class UploadForm(GovForm):
    """An extract to check."""

    file = forms.FileField(
        label="Extract",
        help_text=f"A CSV file in UTF-8 from your records-management system, smaller than {MOST_BYTES // 1_000_000} MB",
        max_length=200,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_file(self) -> UploadedFile:
        """Refuse a file that is too large or plainly of another type; what it holds is the reader's business."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(TOO_LARGE, code="too_large")
        if not (file.name or "").lower().endswith(".csv"):
            raise forms.ValidationError("The selected file must be a CSV", code="type")
        return file


class AnswerForm(GovForm):
    """Keep what stands here, or take what the extract says."""

    answer = forms.ChoiceField(
        label="Which is right?",
        choices=[("keep", "Keep what stands here"), ("take", "Take what the extract says")],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label="Why", max_length=LINE, help_text="Shown on the case’s timeline. Leave out anything that says who a victim is"
    )
