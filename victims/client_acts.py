"""The one table of acts of a support service's people on a client: what each is called, its form, its service, who may.

An act that is not in the table does not exist on screen. Sight of the client comes first, always by the same one query.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cases.permissions import Permission
from victims.forms import clients as forms
from victims.permissions import ALLOCATE_CLIENTS, SEE_CLIENTS
from victims.services import allocating, messages, tell_requests


@dataclass(frozen=True, slots=True)
class ClientAct:
    """One act. `on_row`: it is done to a row of the client's, whose key stands in the address. `leaves`: the client is seen no longer."""

    slug: str
    button: str
    title: str
    form: type[forms.ClientForm]
    service: Callable[..., Any]
    done: str
    permission: Permission = SEE_CLIENTS
    on_row: str = ""
    leaves: bool = False


TABLE: tuple[ClientAct, ...] = (
    ClientAct(
        "question", "Ask the officer", "Ask the officer a question", forms.QuestionForm, messages.ask_officer, "Sent to the officer."
    ),
    ClientAct(
        "heard-nothing",
        "My client has heard nothing",
        "My client has heard nothing",
        forms.HeardNothingForm,
        messages.say_heard_nothing,
        "The officer and the inspector are told. It stays open until a contact reaches your client.",
    ),
    ClientAct(
        "disputes",
        "My client disputes the withdrawal",
        "My client disputes the withdrawal",
        forms.DisputesForm,
        messages.dispute_withdrawal,
        "The officer and the inspector are told. The case cannot be closed on it while this stands.",
    ),
    ClientAct(
        "choice",
        "Pass on a choice",
        "Pass on your client’s choice",
        forms.ChoiceForm,
        messages.pass_on_choice,
        "Passed on. The officer applies or answers it.",
    ),
    ClientAct(
        "contact",
        "Record a contact of yours",
        "Record a contact of yours",
        forms.OwnContactForm,
        messages.record_own_contact,
        "Recorded.",
    ),
    ClientAct(
        "allocate",
        "Allocate",
        "Allocate this client",
        forms.AllocateForm,
        allocating.allocate_client,
        "Allocated.",
        permission=ALLOCATE_CLIENTS,
    ),
    ClientAct(
        "consent-withdrawn",
        "Consent withdrawn",
        "Your client withdrew consent",
        forms.ConsentEndedForm,
        messages.withdraw_consent_as_isva,
        "Recorded. You no longer see this client.",
        leaves=True,
    ),
    ClientAct("close", "Close it", "Close what you raised", forms.CloseForm, messages.close_message, "Closed.", on_row="message_id"),
    ClientAct(
        "open",
        "Open",
        "Open a request to tell",
        forms.ClientForm,
        tell_requests.read_tell_request,
        "Opened. Say what happened once you have told your client.",
        on_row="target_id",
    ),
    ClientAct(
        "told",
        "Say what happened",
        "Did you tell your client?",
        forms.ToldForm,
        tell_requests.answer_tell_request,
        "Recorded. The officer is told.",
        on_row="target_id",
    ),
)
ACTS: dict[str, ClientAct] = {act.slug: act for act in TABLE}
ON_CLIENT: tuple[ClientAct, ...] = tuple(act for act in TABLE if not act.on_row)
