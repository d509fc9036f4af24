"""Forms about contact: the short form beside the safe-contact card, its correction, the card, the agreement, the handover."""

from typing import Any, Final

from django import forms

from cases import models as m
from cases.forms import fields as f
from cases.forms.base import ActForm
from cases.forms.telling import thing, things_of
from cases.models.base import LINE
from cases.models.telling import Channel, ToldAbout
from core import clock
from core.components import day_text
from core.formfields import GovDateField
from victims.models import Contact, ContactPerson, SafeContact
from victims.models.contact import AgreedBy, To, Voicemail
from victims.selectors_contact import latest_agreement
from victims.services.agreements import FEWEST, MOST
from victims.services.contacts import Logged

PREFILLED_DAYS: Final = 28
"""What the form begins with: force practice, no rule (Victims' Code 2020 names no number of days)."""
NO_NAMES: Final = "No names and no places: others read this."


class ContactForm(ActForm):
    """One contact or attempt. Today and now stand there already, and how and with whom as agreed: one question is left to answer."""

    asked_sometimes = frozenset({"person_id", "statement_reference"})
    in_a_line = frozenset({"reached", "channel", "to"})
    """Questions whose answers stand side by side: the form is short to look at."""
    button = "Save the contact"

    reached = f.YesNoField(label="Did you reach her or him?", error_messages={"required": "Select yes if you reached her or him"})
    at = f.past_moment("When?", initial=clock.now)
    channel = f.radios("How?", Channel.choices, error_messages=dict.fromkeys(("required", "invalid_choice"), "Select how"))
    to = f.radios("With whom?", To.choices, initial=To.VICTIM)
    person_id = f.KeyField(label="Which contact person?", required=False)
    things = forms.TypedMultipleChoiceField(
        label="What did you tell?",
        coerce=thing,
        empty_value=[],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Only what you tick counts as told.",
        error_messages={"invalid_choice": "Select what you told from the list"},
    )
    spoke_about_offence = forms.BooleanField(
        label="She or he spoke about the offence",
        required=False,
        help_text="If so, write no summary: what was said belongs in a statement.",
    )
    statement_reference = forms.CharField(label="Reference of the statement or first account", max_length=60, required=False)
    summary = f.text("What was said", required=False, help_text="In a line or two. Nothing about the offence, support or therapy.")
    not_told_to = f.line("Who is not to hear of this contact?", required=False)
    next_agreed_on = f.coming_day("Next contact agreed for", required=False)
    another_contact = forms.BooleanField(label="This is another contact", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks_about_another = self.is_bound and "another_contact" in self.data
        complainant = self.complainant()
        if complainant is None:
            return
        self._offer_people(complainant)
        self._offer_things(complainant)
        agreed = latest_agreement(complainant)
        self.fields["channel"].initial = (agreed.channel if agreed else "") or Channel.TELEPHONE

    def complainant(self) -> m.Complainant | None:
        """Return whom the contact is with."""
        return self.target if isinstance(self.target, m.Complainant) else None

    def _offer_people(self, complainant: m.Complainant) -> None:
        """Contact persons by what they are to her or him; who they are stands in the card."""
        rows = ContactPerson.objects.filter(complainant=complainant, ended_at__isnull=True).order_by("created_at")
        field: Any = self.fields["person_id"]
        field.choices = [
            *f.CHOOSE,
            *((str(row.pk), f"{number}. {row.get_kind_display()}: {row.get_may_be_told_display()}") for number, row in enumerate(rows, 1)),
        ]
        if len(field.choices) == 1:
            self.fields.pop("person_id")
            to: Any = self.fields["to"]
            to.choices = [choice for choice in To.choices if choice[0] != To.PERSON]

    def _offer_things(self, complainant: m.Complainant) -> None:
        field: Any = self.fields["things"]
        field.choices = [
            (one.key, f"{one.words} (due {day_text(one.due.due_on)})" if one.due else one.words)
            for one in things_of(self.case, complainant, self.user)
        ]

    def said(self) -> Logged:
        """Return what the form says of the contact."""
        names = Logged.__dataclass_fields__
        given = {name: value for name, value in self.cleaned_data.items() if name in names}
        return Logged(**{**given, "things": tuple(given.get("things") or ())})

    def asks_about(self) -> None:
        """Show the tick that says that this is another contact than the one logged just before."""
        self.asks_about_another = True

    @property
    def shown(self) -> list[Any]:
        """The fields of the page: nothing to tick where nothing is to be told, and no question that nobody asked."""
        hidden = set() if self.asks_about_another else {"another_contact"}
        if not getattr(self.fields["things"], "choices", ()):
            hidden.add("things")
        return [bound for bound in self if bound.name not in hidden]

    def service_arguments(self) -> dict[str, Any]:
        """Return what `log_contact` is called with besides actor, case, target and version."""
        return {"said": self.said(), "another_contact": self.cleaned_data.get("another_contact", False)}


class CorrectContactForm(ContactForm):
    """What is right of a contact, and why it was not."""

    button = "Save the correction"
    because = f.reason("Why is it corrected?", help_text=NO_NAMES)
    another_contact = None  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["because"])

    def complainant(self) -> m.Complainant | None:
        """Return whom the contact was with."""
        return self.target.complainant if isinstance(self.target, Contact) else None

    def _offer_things(self, complainant: m.Complainant) -> None:
        """What is still to be told, and what this very contact told."""
        super()._offer_things(complainant)
        field: Any = self.fields["things"]
        told = [(f"{row.about}:{row.fact_id}", str(ToldAbout(row.about).label)) for row in told_in(self.target)]
        field.choices = [*told, *(choice for choice in field.choices if choice[0] not in dict(told))]

    def service_arguments(self) -> dict[str, Any]:
        """Return what `correct_contact` is called with besides actor, case, target and version."""
        return {"said": self.said(), "because": self.cleaned_data["because"]}


def told_in(contact: Contact) -> list[m.Told]:
    """Return what a contact told that stands."""
    rows = m.Told.objects.filter(case_id=contact.case_id, contact_id=contact.pk, withdrawn_at__isnull=True)
    return list(rows.order_by("created_at", "id"))


class SafeContactForm(ActForm):
    """The safe-contact card: how she or he is reached without danger, in words that whoever telephones reads first."""

    no_safe_channel = forms.BooleanField(
        label="No safe way to reach her or him at present",
        required=False,
        help_text="With this ticked nobody tries, and an inspector reviews it every 7 days.",
    )
    never = forms.CharField(
        label="What must nobody ever do?",
        help_text="Goes on from the word “Never”. For example: ring the landline",
        max_length=LINE,
        required=False,
        widget=forms.Textarea,
    )
    channels = forms.MultipleChoiceField(
        label="Which channels are safe?", choices=Channel.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    times = f.line("When is it safe?", required=False)
    code_word = forms.CharField(label="Code word", max_length=60, required=False)
    voicemail = f.radios("If voicemail answers", Voicemail.choices, initial=Voicemail.NO)
    who_may_pick_up = f.line("Who may pick up?", required=False)
    safe_route_for_letters = f.line("Safe route for letters", required=False)


def card_values(card: SafeContact | None) -> dict[str, Any]:
    """Return what the form of the card is filled with. Read inside `consulting`."""
    if card is None:
        return {}
    return {name: getattr(card, name) for name in SafeContactForm.base_fields if name != "version"}


class AgreeForm(ActForm):
    """What was agreed with her or him about contact. The first begins with 28 days, a later one with what stands."""

    asked_sometimes = frozenset({"interval_days", "own_reason"})
    says = (
        "What she or he agreed to, not what suits us. A changed agreement never moves a contact that is due soon or overdue. "
        "More than 56 days, and opting out, are asked about again after 90 days."
    )
    interval_days = forms.IntegerField(
        label="Contact every how many days?", min_value=FEWEST, max_value=MOST, initial=PREFILLED_DAYS, required=False
    )
    opted_out = forms.BooleanField(label="She or he does not want to be contacted", required=False)
    own_reason = f.reason("Her or his own reason", required=False, help_text="For more than 56 days, or for opting out. Kept sealed.")
    channel = forms.ChoiceField(label="How?", choices=[("", "No preference"), *Channel.choices], required=False)
    by = f.radios("By whom?", AgreedBy.choices, initial=AgreedBy.OFFICER)
    agreed_on = f.past_day("Agreed on", initial=clock.today)
    starts_on = GovDateField(label="From", initial=clock.today)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Begin with what stands: only what she or he asks to change is typed."""
        super().__init__(*args, **kwargs)
        agreed = latest_agreement(self.target) if isinstance(self.target, m.Complainant) else None
        if agreed is not None:
            self.fields["interval_days"].initial = agreed.interval_days or PREFILLED_DAYS
            self.fields["channel"].initial, self.fields["by"].initial = agreed.channel, agreed.by

    def clean(self) -> dict[str, Any]:
        """Ask for the number of days unless she or he opted out."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("opted_out") and cleaned.get("interval_days") is None and "interval_days" not in self.errors:
            self.add_error("interval_days", f"Enter a number of days from {FEWEST} to {MOST}")
        return cleaned


class ReviewSafeChannelForm(ActForm):
    """An inspector's review while there is no safe channel."""

    isva_route_tried = f.YesNoField(label="Was the way through the ISVA tried?")
    decision = f.reason("What was decided?", help_text="Kept sealed. The next review is in 7 days, unless there is a safe channel before.")


class HandOverContactForm(ActForm):
    """Who is her or his contact after charge."""

    says = "Police owe contact until it is handed to the victim liaison officer of the CPS. Agree contact afresh afterwards."
    to = f.radios("Who is her or his contact now?", [choice for choice in AgreedBy.choices if choice[0] != AgreedBy.ISVA])
    agreed_on = f.past_day("Agreed on", initial=clock.today)
    agreed_with_victim = forms.BooleanField(label="She or he agreed to it", required=False)
