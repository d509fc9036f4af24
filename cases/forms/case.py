"""Logging a case: one page, filled in under two minutes, that works without a script."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict

from accounts.models import User
from accounts.roles import Role
from cases import models as m
from cases.derive.states import Risk
from cases.extract.columns import OFFENCES
from cases.forms import fields as f
from cases.models.base import SHORT
from cases.services.logging import NewCrime, NewSuspect
from core.forms import GovForm

MOST_SHOWN = 10
OFFENCE_CHOICES = [("", "Choose one"), *((code, f"{code} {title}") for code, title in OFFENCES.items())]
AGES = [(value, label) for value, label in m.AgeGroup.choices if value != m.AgeGroup.NOT_KNOWN]
COMPLAINANT, SUSPECT = (
    ("age_group", "code", "from_on", "to_on"),
    ("surname", "forenames", "date_of_birth", "pnc_id", "relationship", "identified_at"),
)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: its heading, its fields, and the button that adds another such part."""

    title: str
    fields: list[BoundField] = field(default_factory=list)
    add: str = ""
    add_text: str = ""


class NewCase(GovForm):
    """The form of `log_case`. "Add another" sends the page, and it comes back with one part more and nothing lost."""

    marks_optional = True
    asked_sometimes = frozenset(
        f"{part}_{number}-{name}"
        for part, names in (("complainant", ("code",)), ("suspect", ("surname", "identified_at")))
        for number in range(MOST_SHOWN)
        for name in names
    )
    crime_reference = forms.CharField(
        label="Crime reference",
        max_length=30,
        help_text="As in the force’s own records, for example 52/12345/26.",
        error_messages={"required": "Enter the crime reference"},
    )
    urn = forms.CharField(label="URN, if there is one", max_length=11, required=False)
    recorded_at = f.past_moment("When was the crime recorded?", error_messages={"required": "Enter when the crime was recorded"})
    risk = f.radios(
        "Risk while a suspect is at large", Risk.choices, error_messages={"required": "Select the risk while a suspect is at large"}
    )
    named = f.radios("Has anyone been named?", m.Named.choices, error_messages={"required": "Select whether anyone has been named"})
    works_in_justice = f.YesNoField(
        label="Does anyone involved work in policing, the CPS or a support service?",
        help_text="If yes, only people with a role on the case will see it.",
        error_messages={"required": "Select yes if anyone involved works in policing, the CPS or a support service"},
    )
    inspector_id = f.KeyField(
        label="If yes: which inspector supervises the case?", required=False, help_text="Somebody who is not involved."
    )
    unit_id = f.KeyField(label="Unit", required=False)
    officer_id = f.KeyField(label="Officer in the case", required=False)
    complainants_shown = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=MOST_SHOWN)
    suspects_shown = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=MOST_SHOWN)

    def __init__(self, data: Mapping[str, Any] | None = None, *args: Any, user: User, **kwargs: Any) -> None:
        sent: Mapping[str, Any] = data if data is not None else {}
        self.adding = data is not None and ("add_complainant" in sent or "add_suspect" in sent)
        self.complainants = self._shown(sent, "complainant")
        self.suspects = self._shown(sent, "suspect")
        if data is not None:
            data = data.copy()  # type: ignore[attr-defined]
            data["complainants_shown"], data["suspects_shown"] = str(self.complainants), str(self.suspects)  # type: ignore[index]
        initial = {"unit_id": user.unit_id, "officer_id": user.pk if user.role == Role.INVESTIGATOR else None}
        shown = {"complainants_shown": self.complainants, "suspects_shown": self.suspects}
        super().__init__(data, *args, initial={**initial, **shown, **kwargs.pop("initial", {})}, **kwargs)
        self._choice("unit_id").choices = [("", "No unit"), *f.units(user)]
        self._choice("inspector_id").choices = [("", "Choose one"), *f.colleagues(user, [Role.SUPERVISOR])]
        self._choice("officer_id").choices = [("", "Not allocated yet"), *f.officers(user)]
        for number in range(self.complainants):
            self._add_complainant(number)
        for number in range(self.suspects):
            self._add_suspect(number)
        if self.adding:
            # Nothing is checked yet: the page only grows.
            self._errors = ErrorDict()
            self.cleaned_data = {}

    @staticmethod
    def _shown(sent: Mapping[str, Any], what: str) -> int:
        """Return how many parts the page has: as many as it had, and one more when that was asked for."""
        text = str(sent.get(f"{what}s_shown") or "1")
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 1
        return max(1, min(number + (f"add_{what}" in sent), MOST_SHOWN))

    def _choice(self, name: str) -> forms.ChoiceField:
        found = self.fields[name]
        assert isinstance(found, forms.ChoiceField)  # noqa: S101
        return found

    def _add_complainant(self, number: int) -> None:
        self._put(
            f"complainant_{number}",
            {
                "age_group": f.radios("Age when the crime was recorded", AGES, required=False),
                "code": forms.ChoiceField(label="Offence", choices=OFFENCE_CHOICES, required=number == 0),
                "from_on": f.past_day("First day of the offence, if known", required=False),
                "to_on": f.past_day("Last day of the offence, if it was more than one day", required=False),
            },
        )

    def _add_suspect(self, number: int) -> None:
        self._put(
            f"suspect_{number}",
            {
                "surname": forms.CharField(label="Surname", max_length=SHORT, required=False),
                "forenames": forms.CharField(label="Forenames", max_length=SHORT, required=False),
                "date_of_birth": f.past_day("Date of birth, if known", required=False),
                "pnc_id": forms.CharField(label="PNC ID, if known", max_length=20, required=False),
                "relationship": forms.ChoiceField(
                    label="Relationship to the complainant", choices=[("", "Choose one"), *m.Relationship.choices], required=False
                ),
                "identified_at": f.past_moment(
                    "When identified as a suspect", required=False, help_text="The time in which the arrest is due runs from here."
                ),
            },
        )

    def _put(self, prefix: str, found: Mapping[str, forms.Field]) -> None:
        for name, one in found.items():
            self.fields[f"{prefix}-{name}"] = one
            self.prepare(f"{prefix}-{name}")

    def is_valid(self) -> bool:
        """Say whether the case can be logged: not while the page is only asked to grow."""
        return not self.adding and super().is_valid()

    def clean(self) -> dict[str, Any]:
        """Ask for what a part that was begun still lacks."""
        cleaned = super().clean() or self.cleaned_data
        for number in range(self.complainants):
            self._check_complainant(number, cleaned)
        for number in range(self.suspects):
            if not self._begun("suspect", number, SUSPECT):
                continue
            if not cleaned.get(f"suspect_{number}-surname"):
                self._ask(f"suspect_{number}-surname", "Enter a surname")
            if not cleaned.get(f"suspect_{number}-identified_at"):
                self._ask(f"suspect_{number}-identified_at", "Enter when this person was identified as a suspect")
        return cleaned

    def _check_complainant(self, number: int, cleaned: Mapping[str, Any]) -> None:
        if self._begun("complainant", number, COMPLAINANT) and not cleaned.get(f"complainant_{number}-code"):
            self._ask(f"complainant_{number}-code", "Select an offence")
        first, last = (cleaned.get(f"complainant_{number}-{name}") for name in ("from_on", "to_on"))
        if first and last and last < first:
            self._ask(f"complainant_{number}-to_on", "The last day must be the same as or after the first")

    def _ask(self, name: str, words: str) -> None:
        if name not in self.errors:
            self.add_error(name, words)

    def _begun(self, what: str, number: int, names: tuple[str, ...]) -> bool:
        """Say whether anything was typed in a part, well or badly."""
        return any(self.cleaned_data.get(f"{what}_{number}-{name}") or f"{what}_{number}-{name}" in self.errors for name in names)

    def sections(self) -> Iterator[Section]:
        """Yield the parts of the page in order."""
        head = [bound for bound in self if not bound.is_hidden and "-" not in bound.name]
        yield Section("", head)
        for number in range(self.complainants):
            last = number + 1 == self.complainants < MOST_SHOWN
            yield self._section("complainant", number, COMPLAINANT, f"Complainant {chr(ord('A') + number)}", last=last)
        for number in range(self.suspects):
            last = number + 1 == self.suspects < MOST_SHOWN
            yield self._section("suspect", number, SUSPECT, f"Suspect {number + 1}, if anyone has been named", last=last)

    def _section(self, what: str, number: int, names: tuple[str, ...], title: str, *, last: bool) -> Section:
        bound = [self[f"{what}_{number}-{name}"] for name in names]
        return Section(title, bound, f"add_{what}", f"Add another {what}") if last else Section(title, bound)

    def service_arguments(self) -> dict[str, Any]:
        """Return what `log_case` is called with besides the actor."""
        cleaned = self.cleaned_data
        used = [number for number in range(self.complainants) if number == 0 or self._begun("complainant", number, COMPLAINANT)]
        names = ("crime_reference", "urn", "recorded_at", "risk", "named", "works_in_justice", "inspector_id", "unit_id", "officer_id")
        return {
            **{name: cleaned[name] for name in names},
            "complainants": len(used),
            "age_groups": [cleaned[f"complainant_{number}-age_group"] or m.AgeGroup.NOT_KNOWN for number in used],
            "crimes": [self._crime(number, place) for place, number in enumerate(used)],
            "suspects": [self._suspect(number) for number in range(self.suspects) if cleaned[f"suspect_{number}-surname"]],
        }

    def _crime(self, number: int, place: int) -> NewCrime:
        code, from_on, to_on = (self.cleaned_data[f"complainant_{number}-{name}"] for name in COMPLAINANT[1:])
        return NewCrime(code=code, from_on=from_on, to_on=to_on, complainant=place)

    def _suspect(self, number: int) -> NewSuspect:
        return NewSuspect(**{name: self.cleaned_data[f"suspect_{number}-{name}"] for name in SUSPECT})
