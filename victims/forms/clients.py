"""Forms of a support service's people: fixed choices and 200 characters."""

from typing import Any

from django import forms

from accounts.absence import away_words
from accounts.models import Agency, User
from accounts.roles import AgencyKind
from cases.forms import fields as f
from core import clock
from core.forms import GovForm
from core.words import inside
from victims.messages import CHOICES, DISCLOSED, MOST_DAYS, SUBJECTS
from victims.models.base import WORDS
from victims.models.isva import TellState
from victims.services.messages import OWN_CHANNELS

CHANNELS = [(one.value, one.label) for one in OWN_CHANNELS]
TOLD = [
    (TellState.TOLD.value, "I told my client"),
    (TellState.COULD_NOT.value, "I could not tell my client"),
    (TellState.ASKS_OFFICER.value, "My client asks for the officer"),
]


class ClientForm(GovForm):
    """A form about one client. `says` stands above the fields; `discloses`: something is typed that may be disclosed."""

    marks_optional = True
    says: str = ""
    discloses: bool = False

    def __init__(self, *args: Any, user: User | None = None, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)


class Disclosed(ClientForm):
    """A form whose text goes to the police."""

    says = DISCLOSED
    discloses = True


def words(label: str, **options: Any) -> forms.CharField:
    """Return a field of at most 200 characters."""
    return f.text(label, **{"max_length": WORDS, **options})


class QuestionForm(Disclosed):
    """A question to the officer."""

    subject = f.radios("What do you ask about?", SUBJECTS.items())
    text = words("Your question")


class HeardNothingForm(Disclosed):
    """My client has heard nothing."""

    text = words("What the officer should know", required=False)


class DisputesForm(Disclosed):
    """My client disputes the withdrawal."""

    text = words("What the officer should know", required=False)


class ChoiceForm(Disclosed):
    """A choice of the client that is passed on."""

    asked_sometimes = frozenset({"days", "channel"})
    choice = f.radios("What has your client chosen, or what has changed?", CHOICES.items())
    days = forms.IntegerField(
        label="Number of days",
        min_value=1,
        max_value=MOST_DAYS,
        required=False,
        help_text="For how often, or for how long no contact: 1 to 365",
    )
    channel = f.radios("By which channel", CHANNELS, required=False)
    text = words("In your client’s words", required=False)


class OwnContactForm(ClientForm):
    """A contact of the service's own: when and how, nothing else."""

    says = "Only when and how. Nothing of what was said is recorded here, and it stands for no contact by the police or the CPS."
    at = f.past_moment("When were you in contact?", initial=clock.now)
    channel = f.radios("How?", CHANNELS)


class ConsentEndedForm(ClientForm):
    """The client withdrew consent."""

    says = "You no longer see this client from your next page on, and nor does anybody else of your service. The officer is told."
    sure = forms.BooleanField(label="My client has withdrawn consent")


class CloseForm(ClientForm):
    """Closing what the service raised."""

    says = "Close it when your client no longer needs it answered."


class ToldForm(Disclosed):
    """What came of a request to tell."""

    asked_sometimes = frozenset({"told_at"})
    answer = f.radios("What happened?", TOLD)
    told_at = f.past_moment("When did you tell your client?", required=False, initial=clock.now, help_text="If you told her or him")
    note = words("What the officer should know", required=False)


class AllocateForm(ClientForm):
    """To whom a client is allocated."""

    isva_id = f.KeyField(label="Which ISVA?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["isva_id"]
        field.choices = isva_choices(self.user)


def isva_choices(user: User | None) -> list[tuple[str, str]]:
    """Return the ISVAs of a manager's service as choices, each with an absence now or to come."""
    from victims.clients import isvas_of

    today = clock.today()
    found = isvas_of(user) if user is not None else []
    return [(str(one.pk), f"{one.name} ({inside(away)})" if (away := away_words(one, today)) else one.name) for one in found]


class FindClientForm(GovForm):
    """Looking for an own client by name."""

    name = f.line("Your client’s name", max_length=150)


class LinkForm(GovForm):
    """A client who came to the service another way."""

    marks_optional = True
    force_id = forms.TypedChoiceField(label="Police force", coerce=int)
    crime_reference = f.line("Crime reference", max_length=30, help_text="As the police gave it to your client")
    client_name = f.line("Your client’s name", max_length=300)
    consent_scope = f.line(
        "What your client agreed to",
        max_length=WORDS,
        initial="That our service sees what she or he is told, contacts and appointments",
    )
    consent_given_on = f.past_day("Day of the consent", initial=clock.today)
    consent_signed = forms.BooleanField(label="I hold my client’s signed consent")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["force_id"]
        rows = Agency.objects.filter(kind=AgencyKind.POLICE).order_by("name").values_list("pk", "name")
        field.choices = [*f.CHOOSE, *((str(key), name) for key, name in rows)]
