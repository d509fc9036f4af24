"""Forms of no further action proposed by the police, and the fields that the CPS fills in as well."""

from typing import Any, Final

from django import forms

from cases import models as m
from cases.derive.states import OUTCOMES_NOT_SUPPORTED, OUTCOMES_WITHOUT_SUSPECT
from cases.forms import fields as f
from cases.forms.base import ActForm
from cases.forms.leading import plan_leads
from cases.forms.leading_withdrawal import talk_leads
from cases.forms.outcome import code_field
from cases.outcome_codes import OUTCOMES
from cases.selectors_to_plan import NO_FURTHER_ACTION
from cases.services.outcomes import undecided_of
from prosecution.models.nfa import Alternative, ProposedNfa
from prosecution.nfa_said import said_by
from prosecution.nfa_setting import NFA_CODES

NO_IDENTITY: Final = "Nothing that says who she or he is, or where."
POLICE_ALONE: Final = "Only the police see it until it is confirmed."
OTHERS_WORDS: Final = "I have looked at the other cases of this suspect, and asked about those that I do not see"


def beside_fields(lead: str = "") -> dict[str, forms.Field]:
    """Return the fields that police and CPS both fill in, new each time. `lead` begins their labels."""
    found = _beside_fields()
    for one in found.values():
        words = str(one.label)
        one.label = f"{lead}{words[:1].lower()}{words[1:]}" if lead and not words.startswith("I ") else f"{lead}{words}"
    return found


def _beside_fields() -> dict[str, forms.Field]:
    return {
        "enquiries_not_done": f.text(
            "Enquiries not done, and why",
            required=False,
            help_text="If none is left, say so. About the suspect and the circumstances first.",
        ),
        "alternatives": forms.MultipleChoiceField(
            label="Alternatives considered",
            choices=Alternative.choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text="Orders and disruption, instead of a prosecution or beside its end.",
        ),
        "alternatives_note": f.text("What came of the alternatives, or why none fits", required=False),
        "others_considered": forms.BooleanField(
            label=OTHERS_WORDS, required=False, help_text="They stand at the foot of the page of what you prepare, once it is kept."
        ),
        "others_note": f.reason("What follows from the other cases, in a line", required=False, help_text=NO_IDENTITY),
    }


class NfaForm(ActForm):
    """A proposal as far as it has come: only the outcome is asked at once, the rest before it is put forward."""

    says = f"Kept as a draft: what is still missing is asked for when you put it forward. {POLICE_ALONE}"
    asked_sometimes = frozenset({
        "reasons", "reasons_for_victim", "enquiries_not_done", "alternatives", "alternatives_note", "others_considered",
    })  # fmt: skip
    code = code_field({code: OUTCOMES[code] for code in sorted(NFA_CODES - OUTCOMES_WITHOUT_SUSPECT)})
    reasons = f.text("Reasons", required=False, help_text="For 14 and 16 also what the victim said, when and to whom. Blames nobody.")
    reasons_for_victim = f.text(
        "The reasons for the victim, in plain words", required=False, help_text=f"For the letter and the conversation. {NO_IDENTITY}"
    )
    also_crimes = forms.BooleanField(
        label="Give the same outcome to the recorded crimes alleged against this suspect alone", required=False, initial=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, one in beside_fields().items():
            self.fields[name] = one
            self.prepare(name)
        if self.is_bound:
            self.data = self.normalised(self.data)
        elif isinstance(self.target, ProposedNfa):
            self.initial.update({name: value for name, value in said_by(self.target).columns.items() if name in self.fields})
        self.leads = self._talks()

    def _talks(self) -> list[tuple[str, str]]:
        """Return what is still to be done before outcome 14 or 16 can be confirmed: best begun while it is drafted."""
        row = self.target
        if isinstance(row, ProposedNfa):
            return talk_leads(self, suspect_id=row.suspect_id, crime=row.offence)
        if isinstance(row, m.Suspect):
            return talk_leads(self, suspect_id=row.pk)
        return talk_leads(self, crime=row) if isinstance(row, m.Offence) else []


class CrimeNfaForm(NfaForm):
    """The same on a recorded crime: codes that say nobody was identified, where nobody is named."""

    code = code_field({code: OUTCOMES[code] for code in sorted(NFA_CODES)})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["also_crimes"]


class ChangeNfaForm(NfaForm):
    """The same for a proposal that is there already, of a suspect or of a crime."""

    says = f"Changed while it waits, it goes back to a draft: put it forward again. {POLICE_ALONE}"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.target, ProposedNfa) and self.target.offence_id is not None:
            del self.fields["also_crimes"]
            field: Any = self.fields["code"]
            field.choices = [*f.CHOOSE, *((str(code), f"{code} {OUTCOMES[code]}") for code in sorted(NFA_CODES))]


class ProposeNfaForm(ActForm):
    """Nothing but yes."""

    says = "A second person reads it, then confirms it or sends it back. Confirmed, it is the outcome at once."


class DiscardNfaForm(ActForm):
    """Nothing but yes."""

    says = "It stays on its page as it is, for the police alone. Another one can be drafted."


class CheckNfaForm(ActForm):
    """The answer of the second person, to the very text that was read."""

    asked_sometimes = frozenset({"note"})
    says = "Read the proposal above. Confirmed, the outcome is recorded at once, with today as its day, and the victim is told as planned."
    confirm = f.YesNoField(label="Do you confirm that no further action is taken?", help_text="“No” sends it back to whoever proposed it.")
    note = f.reason("Note", required=False, help_text="Needed to send it back. For the police alone.")
    seen = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.target
        if not isinstance(row, ProposedNfa):
            return
        if row.proposed_at is not None:
            self.initial["seen"] = row.proposed_at.isoformat()
        self.leads = leads_of(self.case, row)
        if row.code in OUTCOMES_NOT_SUPPORTED:
            self.leads = [*self.leads, *talk_leads(self, suspect_id=row.suspect_id, crime=row.offence, code=row.code)]


def leads_of(case: m.Case | None, row: ProposedNfa) -> list[tuple[str, str]]:
    """Return the way to the plans of telling that are lacking before a proposal can be confirmed."""
    if case is None:
        return []
    whose = undecided_of(case, row.offence) if row.offence is not None else [row.suspect_id]
    return plan_leads(case, whose, "check-nfa", row.pk, {"no further action": NO_FURTHER_ACTION})
