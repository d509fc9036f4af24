"""The form about a meeting or call between police and CPS."""

from cases.forms import fields as f
from cases.forms.base import ActForm
from cases.models.base import LINE
from core import clock
from prosecution.models import Meeting


class MeetingForm(ActForm):
    """When, how, who, and what was agreed."""

    says = "Police and CPS both read it. What is agreed about an item or a date is recorded on the action plan as well."
    at = f.past_moment("When did you meet or speak?", initial=clock.now)
    how = f.radios("How?", Meeting.How.choices)
    who = f.line("Who took part?", max_length=LINE, help_text="By name or post. Never the victim’s name.")
    agreed = f.text("What was agreed?", help_text="Who does what, by when. No name or address of the victim.")
