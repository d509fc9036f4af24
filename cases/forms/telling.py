"""Forms of telling: what a complainant was told or not, plans, the suspect, support for the prosecution, hearings."""

from typing import Any
from uuid import UUID

from django import forms

from accounts.models import User
from cases import models as m
from cases.derive.clocks import Owes
from cases.forms import fields as f
from cases.forms.base import ActForm
from cases.listing import is_cps
from cases.models.base import SHORT
from cases.models.telling import Channel, NotToldBecause, Pressure, Supports
from cases.selectors_to_tell import ToTell, open_to_tell
from cases.services.reopening import closed_unsupported
from core import clock
from core.components import day_text
from core.formfields import GovDateTimeField

HOW = [*f.CHOOSE, *Channel.choices]
OPENS = (
    "What ended because she or he did not support the prosecution is opened again, at the stage it was left and with time limits that "
    "begin today. It is counted apart, and is no review of a decision."
)
NO_IDENTITY = "Nothing that says who she or he is, or where."


def things_of(case: m.Case | None, complainant: m.Complainant, user: User | None) -> list[ToTell]:
    """Return what may be ticked: to the CPS what it owes, to the police everything that is still to be told."""
    if case is None:
        return []
    owes = str(Owes.CPS) if user is not None and is_cps(user) else ""
    return open_to_tell(case, complainant, owes=owes)


def thing(text: str) -> tuple[str, UUID]:
    """Read one tick: which clock, which fact. Raises ValueError for text that is none."""
    about, _, key = text.partition(":")
    return about, UUID(key)


class ThingsForm(ActForm):
    """Base of the forms that tick what they are about."""

    things = forms.TypedMultipleChoiceField(label="What?", coerce=thing, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.target, m.Complainant):
            open_things = things_of(self.case, self.target, self.user)
            ticks: Any = self.fields["things"]
            ticks.choices = [(one.key, _offered(one)) for one in open_things]
            ticks.initial = [one.key for one in open_things] if len(open_things) == 1 else []

    def _ask(self, label: str, message: str) -> None:
        field = self.fields["things"]
        field.label = label
        field.error_messages.update(dict.fromkeys(("required", "invalid_choice"), message))


def _offered(one: ToTell) -> str:
    return f"{one.words} (due {day_text(one.due.due_on)})" if one.due else one.words


class TellForm(ThingsForm):
    """What a complainant was told, when and how: one conversation may tell several things."""

    says = "Only what you tick counts as told. One conversation may tell several things."
    told_at = f.past_moment("When was she or he told?", initial=clock.now)
    how = f.radios("How?", Channel.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ask("What was she or he told?", "Select what she or he was told")


class NotToldForm(ThingsForm):
    """What a complainant was not told, and why."""

    asked_sometimes = frozenset({"how", "note"})
    says = (
        "A decision not to tell ends the duty. “Tried, not reached” and “No safe way” end nothing: it stays owed. "
        "Of a release or a change of bail the duty supervisor is told at once."
    )
    because = f.radios(
        "Why not?",
        NotToldBecause.choices,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Select why she or he was not told"),
    )
    how = forms.ChoiceField(label="If you tried: how?", choices=HOW, required=False)
    note = f.reason("The reason in words", help_text=f"Needed unless the answer says it all. {NO_IDENTITY}", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ask("What was she or he not told?", "Select what she or he was not told")


class SuspectToldForm(ActForm):
    """When a suspect was told her or his outcome."""

    asked_sometimes = frozenset({"before_her_because"})
    at = f.past_moment("When was the suspect told?", initial=clock.now)
    before_her_because = f.reason(
        "If the victim had not been told by then: why?", help_text="An inspector decides that, and says why.", required=False
    )


class SupportForm(ActForm):
    """What a complainant says about the prosecution."""

    asked_sometimes = frozenset({"safety_action"})
    says = "In her or his own words. Contact and every duty to tell go on, whatever she or he says."
    supports = f.radios("What does she or he say?", Supports.choices)
    words = f.text("Her or his own words", help_text=NO_IDENTITY)
    told_to = f.line("Told to whom?")
    how = f.radios("How?", Channel.choices)
    at = f.past_moment("When?", initial=clock.now)
    pressure = f.radios("Was she or he asked about pressure or fear?", Pressure.choices)
    safety_action = f.reason("If there is pressure or fear: what is done about her or his safety?", help_text=NO_IDENTITY, required=False)
    offered_support_again = forms.BooleanField(label="Support was offered again", required=False)


class SupportsAgainForm(ActForm):
    """A confirmation: the button says what happens."""

    says = "Her or his words can follow under “Record what she says about the prosecution”."

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.target, m.Complainant):
            outcomes, crimes = closed_unsupported(self.target)
            if outcomes or crimes:
                self.says = f"{OPENS} {self.says}"  # type: ignore[misc]


class HearingForm(ActForm):
    """A court hearing."""

    at = GovDateTimeField(label="When is the hearing?")
    court = f.line("Which court?", max_length=SHORT)
    received_at = f.past_moment(
        "When was the date received?", initial=clock.now, help_text="The victim is told within 1 working day of this."
    )
