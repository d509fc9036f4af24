"""Forms of panels: an organiser's, each with the version of the panel it was made from; and a member's own."""

from datetime import date, timedelta
from typing import Any

from django import forms

from accounts.models import Unit, User
from cases.models.base import LINE, SHORT, TEXT
from cases.outcome_codes import OUTCOMES
from core import clock
from core.formfields import GovDateField
from core.forms import GovForm, VersionedForm
from prosecution.models import Conclusion, Heading, Panel, PanelMember
from prosecution.panels.frame import NFA_CODES, Rule
from prosecution.panels.packing import Text
from prosecution.panels.redaction import Known, pieces
from prosecution.panels.services.choosing import MOST
from prosecution.panels.services.redacting import LONGEST, SUMMARY, SUMMARY_HEADING

CHOOSE = [("", "Select")]


def area(label: str, *, required: bool = True, length: int = TEXT, **more: Any) -> forms.CharField:
    """Return a field of several lines."""
    return forms.CharField(label=label, max_length=length, required=required, widget=forms.Textarea, **more)


def email_field(label: str) -> forms.CharField:
    """Return a field for the address somebody signs in with."""
    return forms.EmailField(label=label, max_length=254, help_text="The address she or he signs in with.")


class MeetingForm(GovForm):
    """A new meeting."""

    title = forms.CharField(label="Title", max_length=SHORT, help_text="Members read it. Name no case and nobody in one.")
    held_on = GovDateField(label="Day of the meeting")


class PanelForm(VersionedForm):
    """Base of an organiser's forms about a panel that exists."""

    says = ""

    def __init__(self, *args: Any, panel: Panel, user: User, **kwargs: Any) -> None:
        self.panel, self.user = panel, user
        super().__init__(*args, **kwargs)

    def service_arguments(self) -> dict[str, Any]:
        """Return what the service is called with beside actor, keys and version. The form must be valid."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class ChangeForm(PanelForm):
    """Title and day, as they stand."""

    title = forms.CharField(label="Title", max_length=SHORT)
    held_on = GovDateField(label="Day of the meeting")

    def __init__(self, *args: Any, panel: Panel, initial: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, panel=panel, initial={"title": panel.title, "held_on": panel.held_on, **(initial or {})}, **kwargs)


class MemberForm(PanelForm):
    """A member, by address."""

    says = "Whoever took part in a case of this panel gets no pack of it, whatever she or he declares."
    email = email_field("Member")
    capacity = forms.ChoiceField(label="As what?", choices=PanelMember.Capacity.choices, widget=forms.RadioSelect)


class SureForm(PanelForm):
    """Asks nothing: its button says what it does."""


class CallOffForm(SureForm):
    """Calling a panel off."""

    says = "The members see that it was called off. Nobody gets a pack."


class SendForm(SureForm):
    """Sending the packs."""

    says = "From now on the members read the packs and find on them. What was sent is not taken back."


class CloseForm(SureForm):
    """Closing."""

    says = "Findings and conclusions stay as they are. Learning stays open until it is done."


class PeriodForm(PanelForm):
    """A period of decisions."""

    decided_from = GovDateField(label="Decided from", latest=clock.today)
    decided_to = GovDateField(label="Decided to", latest=clock.today)


class DrawForm(PeriodForm):
    """A random sample."""

    says = (
        "From all decisions of your agency to take no further action in these days, restricted cases left out. Seed, number and a digest "
        "of what was drawn from are recorded, so that anybody can draw the same again. A sample is drawn once for a panel."
    )
    size = forms.IntegerField(label="How many?", min_value=1, max_value=MOST)
    seed = forms.CharField(label="Seed", max_length=64, required=False, help_text="Leave it empty and one is made that nobody chose.")


class RuleForm(PeriodForm):
    """A rule."""

    says = "Every decision of these days that is as all of this says."
    code = forms.TypedChoiceField(label="Outcome", required=False, coerce=int, empty_value=None)
    unit = forms.ChoiceField(label="Unit of the case", required=False)
    sent_back = forms.BooleanField(label="Sent back at the second check, whatever became of it", required=False)
    longer_than = forms.IntegerField(
        label="More days than this from crime recorded to decision", required=False, min_value=0, max_value=10_000
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code: Any = self.fields["code"]
        code.choices = [("", "Any"), *((one, f"{one} {OUTCOMES[one]}") for one in sorted(NFA_CODES))]
        unit: Any = self.fields["unit"]
        unit.choices = [("", "Any"), *((str(key), name) for key, name in Unit.objects.visible_to(self.user).values_list("pk", "name"))]

    def service_arguments(self) -> dict[str, Any]:
        """Return the period and the rule."""
        data = self.cleaned_data
        rule = Rule(code=data["code"], unit_id=data["unit"] or None, sent_back=data["sent_back"], longer_than=data["longer_than"])
        return {"decided_from": data["decided_from"], "decided_to": data["decided_to"], "rule": rule}


class HandForm(PanelForm):
    """One case by hand."""

    reference = forms.CharField(label="Crime reference", max_length=30)
    suspect_number = forms.IntegerField(
        label="Number of the suspect", required=False, min_value=1, max_value=999, help_text="Where several have such a decision."
    )
    because = forms.CharField(label="Why this case?", max_length=LINE)


class BecauseForm(PanelForm):
    """A reason."""

    says = "That it was chosen stays on record."
    because = forms.CharField(label="Why is it left out?", max_length=LINE)


class RedactForm(PanelForm):
    """The free texts of a case, each beside the original with what it says marked. What is emptied is left out of the pack."""

    def __init__(self, *args: Any, texts: list[Text], known: Known, initial: Any = None, **kwargs: Any) -> None:
        first = {one.name: one.text for one in texts}
        super().__init__(*args, initial={**first, **(initial or {})}, **kwargs)
        self.marked = {one.name: pieces(one.text, known) for one in texts}
        for one in texts:
            self._add(one.name, one.heading)
        self._add(SUMMARY, SUMMARY_HEADING, help_text="In your own words, if the members need it. No name, place, date or reference.")
        self.fields["sure"] = forms.BooleanField(
            label="I read every text: nothing in it says who, where or when",
            error_messages={"required": "Confirm that you read every text"},
        )
        self.prepare("sure")

    def _add(self, name: str, heading: str, **more: Any) -> None:
        self.fields[name] = area(heading, required=False, length=LONGEST, **more)
        self.prepare(name)

    def service_arguments(self) -> dict[str, Any]:
        """Return the texts by name."""
        return {"texts": {name: value for name, value in self.cleaned_data.items() if name not in {"version", "sure"}}}


class ConcludeForm(PanelForm):
    """What the panel concludes."""

    says = "To disagree refers the decision to somebody who took no part. It reverses nothing by itself."
    conclusion = forms.ChoiceField(label="The panel’s conclusion", choices=Conclusion.choices, widget=forms.RadioSelect)
    note = area("What the panel says", required=False)


class ReferForm(PanelForm):
    """Who reconsiders."""

    says = "Somebody of your agency who took part neither in the case nor in the panel."
    email = email_field("Who reconsiders?")


class ReconsiderForm(PanelForm):
    """What the reconsideration came to."""

    reconsideration = area("What did the reconsideration come to, and why?")
    reopens = forms.BooleanField(label="The investigation of this suspect is opened again", required=False)


class LearningForm(PanelForm):
    """Something learned."""

    text = area("What was learned, and what is to be done?", help_text="No name and no reference.")
    headings = forms.MultipleChoiceField(
        label="Under which headings?", required=False, choices=Heading.choices, widget=forms.CheckboxSelectMultiple
    )
    email = email_field("Who sees to it?")
    due_on = GovDateField(label="By when?", earliest=clock.today)
    pack_number = forms.IntegerField(label="Number of the pack", required=False, min_value=1, max_value=9_999)


class DoneForm(GovForm):
    """That something learned was done."""

    done_on = GovDateField(label="Done on", latest=clock.today)
    done_note = area("What was done?")


# a member's own


class DeclareForm(GovForm):
    """Conflicts, or none, before packs open."""

    none = forms.BooleanField(label="I know of no conflict", required=False)
    declared = forms.CharField(label="Or what the conflict is", max_length=LINE, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for the one or the other."""
        data: dict[str, Any] = super().clean() or {}
        if bool(data.get("none")) == bool(data.get("declared")) and not self.errors:
            self.add_error("declared", "Say what the conflict is, or select that you know of none")
        return data


class StepBackForm(GovForm):
    """A conflict with one pack."""

    because = forms.CharField(
        label="What is the conflict?", max_length=LINE, help_text="You read this pack no longer, and find nothing on it."
    )


class FindingForm(GovForm):
    """One's own finding: a text under each heading, and a view."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in Heading.choices:
            self.fields[name] = area(label, required=False)
            self.prepare(name)
        self.fields["view"] = forms.ChoiceField(label="Your view", required=False, choices=Conclusion.choices, widget=forms.RadioSelect)
        self.prepare("view")


class ChairForm(GovForm):
    """What the panel concludes, as its chair records it."""

    conclusion = forms.ChoiceField(label="The panel’s conclusion", choices=Conclusion.choices, widget=forms.RadioSelect)
    note = area("What the panel says", required=False)


def soon() -> date:
    """Return a day for a first answer: four weeks from now."""
    return clock.today() + timedelta(days=28)
