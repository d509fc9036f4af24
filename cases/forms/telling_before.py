"""The questions of a release or a change of bail: was each complainant told before? One set of fields for each of them."""

from typing import Any

from django import forms

from cases import models as m
from cases.forms import fields as f
from cases.forms.base import ActForm
from cases.models.base import LINE
from cases.models.telling import Channel, NotToldBecause
from cases.services.telling_before import NOT_TOLD, TOLD, TRIED, Before, concerned
from core.formfields import GovDateTimeField

NONE = ("required", "invalid_choice")
SAID = [(TOLD, "Yes, told before"), (TRIED, "Tried, not reached"), (NOT_TOLD, "No")]
BECAUSE = [one for one in NotToldBecause.choices if one[0] != NotToldBecause.TRIED]
FIRST = ("version", "at", "granted_at", "to")
"""What stands before the questions about telling."""
HINT = "Not told, she or he is still to be told, and the duty supervisor hears at once."


class WithTelling(ActForm):
    """Base of the forms that ask, for each complainant whose recorded crime names the suspect, whether she or he was told before."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.concerns = concerned(self.case, self._suspect_id()) if self.case is not None and self.target is not None else []
        names: set[str] = set()
        for _, label in self.concerns:
            for part, field in _fields(label).items():
                name = f"telling_{label}_{part}"
                self.fields[name] = field
                self.prepare(name)
                names |= {name} - {f"telling_{label}_said"}
        # Each answer asks for some of them: none is called optional.
        self.asked_sometimes = frozenset({*self.asked_sometimes, *names})  # type: ignore[misc]
        self.order_fields(self._in_order())
        if self.is_bound and self.concerns:
            self.data = self.normalised(self.data)

    def _in_order(self) -> list[str]:
        """Return the names of the fields: when and to what it was, then what each was told before, then the rest."""
        first = [name for name in self.fields if name in FIRST]
        asked = [name for name in self.fields if name.startswith("telling_")]
        return [*first, *asked, *(name for name in self.fields if name not in {*first, *asked})]

    def _suspect_id(self) -> Any:
        return self.target.pk if isinstance(self.target, m.Suspect) else self.target.suspect_id

    def clean(self) -> dict[str, Any]:
        """Ask for what each answer makes necessary, beside its field."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for _, label in self.concerns:
            self._check(f"telling_{label}_", data)
        return data

    def _check(self, prefix: str, data: dict[str, Any]) -> None:
        said = data.get(f"{prefix}said")
        if said == TOLD and data.get(f"{prefix}at") is None and f"{prefix}at" not in self.errors:
            self.add_error(f"{prefix}at", "Enter when she or he was told")
        if said in {TOLD, TRIED} and not data.get(f"{prefix}how"):
            self.add_error(f"{prefix}how", "Select how")
        if said == NOT_TOLD and not data.get(f"{prefix}because"):
            self.add_error(f"{prefix}because", "Select why not")

    def service_arguments(self) -> dict[str, Any]:
        """Return the cleaned data with the answers about telling as one list."""
        given = super().service_arguments()
        own = {name: given.pop(name) for name in list(given) if name.startswith("telling_")}
        telling = [
            Before(key, **{part: own[f"telling_{label}_{part}"] for part in ("said", "at", "how", "because", "note")})
            for key, label in self.concerns
        ]
        return {**given, "telling": telling}


def _fields(label: str) -> dict[str, forms.Field]:
    who = f"Victim {label}"
    return {
        "said": f.radios(
            f"Was {who} told before?", SAID, help_text=HINT, error_messages=dict.fromkeys(NONE, f"Select whether {who} was told before")
        ),
        "at": GovDateTimeField(label=f"If {who} was told: when?", required=False),
        "how": forms.ChoiceField(label=f"How was {who} told, or how was it tried?", choices=[*f.CHOOSE, *Channel.choices], required=False),
        "because": forms.ChoiceField(label=f"If {who} was not told: why?", choices=[*f.CHOOSE, *BECAUSE], required=False),
        "note": forms.CharField(
            label=f"{who}: the reason in words", max_length=LINE, required=False, help_text="Nothing that says who she or he is, or where."
        ),
    }
