"""Forms of saved filters."""

from django import forms

from core.forms import GovForm

NOT_COMPLETE = {"required": "This page was not complete: open the list again and start afresh"}
HINT = "Do not put anybody’s name in it."


class SaveFilterForm(GovForm):
    """A name for the filter that the list has at present. `list` and `query` say which; both are checked again."""

    name = forms.CharField(label="Name of this filter", max_length=60, help_text=HINT)
    list = forms.CharField(max_length=40, widget=forms.HiddenInput, error_messages=NOT_COMPLETE)
    query = forms.CharField(max_length=2_000, widget=forms.HiddenInput, error_messages=NOT_COMPLETE)
    replace = forms.BooleanField(label="Replace the filter that has this name", required=False)


class RenameFilterForm(GovForm):
    """Another name."""

    name = forms.CharField(label="New name", max_length=60, help_text=HINT)
