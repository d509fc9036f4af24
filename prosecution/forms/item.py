"""Forms about items of an action plan: drafted and changed, answered by the police, replied to by the CPS, moved."""

from typing import Any, Final

from cases import models as m
from cases.forms import fields as f
from cases.forms.base import ActForm
from cases.selectors import facts_of
from cases.services.enquiries import ENDS
from core.components import day_text
from core.formfields import GovDateField
from prosecution.models import ActionItem, ActionPlan, EarlyAdvice, Referral, Weight
from prosecution.selectors_plan import source_of, suspects_about, undecided
from prosecution.services.item_answers import MOVES_OF_THE_TWO, Agreed
from prosecution.services.item_moves import check_answers, check_asks
from prosecution.services.item_replies import Amended
from prosecution.services.items import NewItem

SHOWN: Final = (
    "action", "justification", "reasonable_because", "proportionate_because", "weight", "agreed_on", "effect_on_victim",
)  # fmt: skip


class ItemForm(ActForm):
    """An item as typed."""

    asked_sometimes = frozenset({"effect_on_victim", "enquiry_id"})
    only_if = dict.fromkeys(("effect_on_victim", "enquiry_id"), ("looks_at_victim", ("yes",)))
    action = f.text("What is to be done?", help_text="One thing to one item. No names, and no evidence.")
    justification = f.reason("Why is it needed before a decision?", help_text="Director’s Guidance on Charging, 6th edition.")
    reasonable_because = f.reason("Why is it a reasonable line of enquiry?")
    proportionate_because = f.reason("Why is it proportionate?")
    weight = f.radios("Can a decision be made without it?", [(Weight.ESSENTIAL, "No: essential"), (Weight.DESIRABLE, "Yes: desirable")])
    suspect_id = f.KeyField(label="About which suspect?", required=False)
    looks_at_victim = f.YesNoField(
        label="Does it look at the victim?", help_text="Her or his devices, records held by others, past or account."
    )
    effect_on_victim = f.reason("If it does: what does it mean for the victim?", required=False)
    enquiry_id = f.KeyField(
        label="If it does: which line of enquiry about the victim?",
        required=False,
        help_text="Whether the conditions of the law are met stands beside each. If there is none yet, the police open one.",
    )
    agreed_on = f.coming_day("By when, as agreed with the police?", help_text="Lateness counts from this date, whatever is agreed later.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["suspect_id"].choices = [("", "Every suspect"), *_suspects(self.case, self.target)]
        fields["enquiry_id"].choices = [("", "None yet"), *_enquiries(self.case)]
        if isinstance(self.target, ActionItem) and not self.is_bound:
            self.initial.update({name: getattr(self.target, name) for name in SHOWN})
            self.initial.update(suspect_id=self.target.suspect_id, enquiry_id=self.target.enquiry_id)
            self.initial["looks_at_victim"] = "yes" if self.target.looks_at_victim else "no"

    def service_arguments(self) -> dict[str, Any]:
        """Give the service the item as one."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return {"item": NewItem(**given)}


def _suspects(case: m.Case | None, target: Any) -> list[tuple[str, str]]:
    """Return the suspects an item may be about, as choices: those of the plan, the referral or the request without an outcome."""
    source = target if isinstance(target, Referral | EarlyAdvice) else None
    plan = target.plan if isinstance(target, ActionItem) else target if isinstance(target, ActionPlan) else None
    source = source_of(plan) if plan is not None else source
    if case is None or source is None:
        return []
    people = undecided(suspects_about(source), facts_of(case).suspects)
    return [(str(one.pk), f"Suspect {one.number}: {one.full_name}") for one, _ in people]


def _enquiries(case: m.Case | None) -> list[tuple[str, str]]:
    """Return the lines of enquiry about the victim that go on, as choices, each with the state of its gate."""
    if case is None:
        return []
    rows = m.LineOfEnquiry.objects.filter(case=case, focus=m.Focus.VICTIM).exclude(state__in=ENDS).order_by("opened_at", "id")
    return [(str(one.pk), f"{one.what} (conditions of the law: {one.get_gate_display().lower()})") for one in rows]


class BecauseForm(ActForm):
    """A reason and nothing else."""

    because = f.reason("Why?")


class ChallengeForm(BecauseForm):
    """Why an item is challenged."""

    says = "The CPS agrees, amends or insists within 5 working days."
    because = f.text("Why do you challenge it?", help_text="For example: done already, not reasonable, or not proportionate.")


class DoneForm(ActForm):
    """What was done, and where it is to be found."""

    says = "It counts as done when the CPS accepts it, or when 3 working days pass without an answer."
    what = f.text("What was done?", help_text="In a line or two. No evidence.")
    reference = f.line("Where is it to be found?", help_text="A reference in your own system, or how it was sent.")


class PartDoneForm(DoneForm):
    """What was done, and what is still to be done."""

    says = "The rest becomes an item of its own, with the date first agreed: its clock goes on."
    rest = f.text("What is still to be done?")


class CannotForm(ActForm):
    """Why it cannot be done."""

    says = "The CPS lets it go or insists."
    why = f.text("Why can it not be done?")


class EscalateForm(ActForm):
    """Why an item goes to the District Crown Prosecutor."""

    says = "The District Crown Prosecutor is told. Speak, then record what you agreed."
    because = f.text("Why should it not be done, or not so?")


class ResolveForm(ActForm):
    """What inspector and District Crown Prosecutor agreed."""

    asked_sometimes = frozenset({"by"})
    only_if = {"by": ("outcome", ("do",))}  # noqa: RUF012 - read only
    outcome = f.radios("What was agreed?", [("drop", "It is not to be done"), ("do", "It is to be done by a date")])
    by = f.coming_day("If it is to be done: by when?", required=False)
    words = f.text("What was said, with whom and when?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.target, ActionItem):
            self.fields["by"].help_text = f"Agreed so far: {day_text(self.target.agreed_on)}."

    def clean(self) -> dict[str, Any]:
        """Ask for the date where there must be one."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("outcome") == "do" and not given.get("by") and "by" not in self.errors:
            self.add_error("by", "Enter the date by which it is done")
        if given.get("outcome") == "drop" and given.get("by"):
            self.add_error("by", "Leave this empty if it is not to be done")
        return given

    def service_arguments(self) -> dict[str, Any]:
        """Give the service what was agreed as one."""
        return {"agreed": Agreed(self.cleaned_data["words"], self.cleaned_data["by"])}


class NoteForm(ActForm):
    """A note that may stay empty."""

    note = f.reason("What would you like to say to it?", required=False)


class AmendForm(ActForm):
    """An item as it is amended."""

    action = f.text("What is to be done?")
    agreed_on = GovDateField(label="By when?")
    because = f.reason("What did you amend, and why?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.target, ActionItem) and not self.is_bound:
            self.initial.update(action=self.target.action, agreed_on=self.target.agreed_on)

    def service_arguments(self) -> dict[str, Any]:
        """Give the service the item as one."""
        given = self.cleaned_data
        return {"amended": Amended(given["action"], given["agreed_on"], given["because"])}


class InsistForm(BecauseForm):
    """Why the CPS insists."""

    because = f.text("Why do you insist?", help_text="The police may take it to their inspector and the District Crown Prosecutor.")


class NotTakenForm(BecauseForm):
    """What is missing."""

    says = "The police have it again. Its date has not moved."
    because = f.text("What is missing?")


class ConfirmForm(ActForm):
    """Nothing but yes."""


class LinkEnquiryForm(ActForm):
    """Which line of enquiry about the victim an item is."""

    says = "Both sides then see here whether the conditions of the law for looking at the victim are met."
    enquiry_id = f.KeyField(
        label="Which line of enquiry about the victim is it?",
        help_text="Whether the conditions of the law are met stands beside each. If it is not here, open it on the case first.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["enquiry_id"].choices = [*f.CHOOSE, *_enquiries(self.case)]


class MoveForm(ActForm):
    """A later date, and why."""

    to = f.coming_day("To when?")
    because = f.reason("Why?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.target, ActionItem):
            if self.user is not None:
                check_asks(self.user, self.target)
            self.says = f"First agreed: {day_text(self.target.first_agreed_on)}. Lateness counts from that date. {_how(self.target)}"  # type: ignore[misc]


def _how(item: ActionItem) -> str:
    if item.moves == 0:
        return "The first move takes effect at once."
    if item.moves < MOVES_OF_THE_TWO:
        return "This is the second move: the other side has to agree."
    return "This is a further move: inspector and District Crown Prosecutor have to agree."


class AnswerMoveForm(ActForm):
    """Yes or no to a later date that the other side asks for."""

    asked_sometimes = frozenset({"note"})
    agree = f.YesNoField(label="Do you agree to the later date?")
    note = f.reason("Why not?", required=False, help_text="Needed to refuse.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.target
        if isinstance(row, ActionItem) and row.asked_on is not None:
            if self.user is not None:
                check_answers(self.user, row)
            self.says = f"Asked for: {day_text(row.asked_on)}, in place of {day_text(row.agreed_on)}. {row.asked_because}"  # type: ignore[misc]
