"""The form of a supervisor's talk with a victim who does not support the prosecution."""

from typing import Any

from django import forms

from cases.forms import fields as f
from cases.forms.base import ActForm
from cases.forms.telling import HOW, NO_IDENTITY
from cases.models.telling import Supports
from cases.models.withdrawal import WithdrawalReason, WithdrawalTalk
from core import clock

With = WithdrawalTalk.With
SPOKEN = (With.HER.value, With.ISVA.value)
NEW = (Supports.SUPPORTS.value, Supports.UNDECIDED.value)


class WithdrawalTalkForm(ActForm):
    """Whom a supervisor spoke with, what she or he says now, and why."""

    says = (
        "Nothing is asked of her or him but whether this is still what she or he wants, and what would help. Contact and every duty "
        "to tell go on. If she or he supports the prosecution again, what had ended goes on where it was left."
    )
    asked_sometimes = frozenset({"not_because", "how", "supports", "words", "reasons", "note", "statement_on"})
    only_if = {  # noqa: RUF012 - read only
        "not_because": ("spoke_with", (With.NOBODY.value,)),
        "how": ("spoke_with", SPOKEN),
        "supports": ("spoke_with", SPOKEN),
        "words": ("supports", NEW),
        "statement_on": ("statement", ("yes",)),
    }
    spoke_with = f.radios("Whom did you speak with?", With.choices)
    not_because = f.reason("If nobody: why not?", required=False, help_text=f"What was tried, and when. {NO_IDENTITY}")
    at = f.past_moment("When?", initial=clock.now, help_text="After she or he last said not to support the prosecution.")
    how = forms.ChoiceField(label="If you spoke: how?", choices=HOW, required=False)
    supports = f.radios("If you spoke: what does she or he say now?", Supports.choices, required=False)
    words = f.text("If it is something new: her or his own words", required=False, help_text=NO_IDENTITY)
    reasons = forms.MultipleChoiceField(
        label="What are her or his reasons?",
        choices=WithdrawalReason.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Select all that she or he gave. They are counted; they are no judgement.",
    )
    note = f.text("Note", required=False, help_text=f"Needed for fear or pressure: what is done about her or his safety. {NO_IDENTITY}")
    statement = f.YesNoField(label="Was a statement taken?")
    statement_on = f.past_day("If a statement was taken: on which day?", required=False)

    def service_arguments(self) -> dict[str, Any]:
        """Hand nothing out that belongs to another answer: with a script it is not even asked."""
        given = super().service_arguments()
        if given.get("spoke_with") == With.NOBODY:
            given.update(how="", supports="", words="")
        if given.get("spoke_with") != With.NOBODY:
            given["not_because"] = ""
        if given.get("supports") not in NEW:
            given["words"] = ""
        return given
