"""Forms about requests for a victim's device."""

from django import forms

from cases.forms import fields as f
from cases.forms.base import ActForm
from cases.models.base import LINE
from core import clock
from victims.forms.requests import ShownForm, WithEnquiry


class AskForDeviceForm(WithEnquiry):
    """What the notice will say, and why."""

    says = "Nothing is taken by this. Written notice and freely given agreement come first."
    field_order = ("device", "scope", "reason", "enquiry_id", "necessary_because", "less_intrusive_means", "how_handled")
    device = f.line("Which device?", help_text="For example the make. No number. Kept sealed.")
    scope = f.text("What information is sought?", help_text="As little as answers the line of enquiry: which matters, from when to when.")
    reason = f.text("For what reason?", help_text="The notice tells her or him.")
    necessary_because = f.text("Why is it necessary and proportionate?")
    less_intrusive_means = f.text("Which less intrusive means did you consider, and why are they not enough?")
    how_handled = f.reason("How will the information be handled?", max_length=LINE, help_text="The notice tells her or him.")


class DeviceNoticeForm(ActForm):
    """When the notice was given."""

    says = (
        "The notice says what is sought, why, how it is handled, that she or he may refuse, and that the investigation does not end "
        "only because of a refusal."
    )
    given_at = f.past_moment("When was the written notice given?", initial=clock.now)


class DeviceAgreedForm(ShownForm):
    """When she or he agreed, and how it was made sure that nobody pressed."""

    agreed_at = f.past_moment("When did she or he agree?", initial=clock.now)
    agreed_freely_because = f.reason("How did you make sure that nobody pressed her or him?", max_length=LINE)


class DeviceRefusedForm(ActForm):
    """When she or he refused. No reason is asked."""

    says = "She or he owes nobody a reason. The investigation does not end only because of this."
    refused_at = f.past_moment("When did she or he refuse?", initial=clock.now)


class DeviceWithdrawnForm(ActForm):
    """When she or he withdrew the agreement. No reason is asked."""

    says = "She or he owes nobody a reason. A device that was taken is due back that day."
    withdrawn_at = f.past_moment("When did she or he withdraw the agreement?", initial=clock.now)


class TakeDeviceForm(ActForm):
    """When it was taken, and the day it is back."""

    taken_at = f.past_moment("When was the device taken?", initial=clock.now)
    due_back_on = f.coming_day("On which day is it back?", help_text="As told to her or him. A clock runs to the end of this day.")


class MoveReturnForm(ActForm):
    """Another day, why, and that she or he knows."""

    says = "The first day stays beside the new one, and lateness counts from it."
    moved_to = f.coming_day("New day on which it is back")
    reason = f.reason("Why is it later?", help_text="No names.")
    told = forms.BooleanField(label="She or he was told and agreed the new day", required=False)


class ReturnDeviceForm(ActForm):
    """When it was given back."""

    returned_at = f.past_moment("When did she or he have it back?", initial=clock.now)
