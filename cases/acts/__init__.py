"""The one table of acts on a case: what each is called, on what, its form, its service, who may, and when the facts allow it.

The case page draws its buttons from here, one view serves every act, and docs/permissions.md and the authorisation
tests are generated from here. An act that is not in the table does not exist on screen.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from accounts.models import User
from cases.derive.facts import BailFact, SuspectFacts
from cases.permissions import Permission
from core.exceptions import NotPossible
from core.forms import VersionedForm


class On(StrEnum):
    """What an act is done to, which is also the name of the service's parameter for its key (`suspect_id`)."""

    CASE = "case"
    SUSPECT = "suspect"
    BAIL = "bail"
    COMPLAINANT = "complainant"
    OFFENCE = "offence"
    ENQUIRY = "enquiry"
    DECISION = "decision"
    CORRECTION = "correction"
    PLAN = "plan"
    DEADLINE = "deadline"
    PERSON = "person"
    ACCESS = "access"
    EXCLUSION = "exclusion"
    OFFER = "offer"
    # rows of apps above, which say where they lie (targets.register)
    CONTACT_PERSON = "contact_person"
    CONTACT = "contact"
    APPOINTMENT = "appointment"
    LETTER = "letter"
    REFERRAL = "referral"
    TELL_REQUEST = "tell_request"
    MESSAGE = "message"
    LINK = "link"
    INFORMATION_REQUEST = "information_request"
    DEVICE_REQUEST = "device_request"
    EARLY_ADVICE = "early_advice"
    ADVICE_QUESTION = "advice_question"
    CHARGING_REFERRAL = "charging_referral"
    AREA_TRANSFER = "area_transfer"
    ACTION_PLAN = "action_plan"
    ACTION_ITEM = "action_item"
    PROPOSED_DECISION = "proposed_decision"
    CHARGING_DECISION = "charging_decision"
    FINALISATION = "finalisation"
    PROPOSED_NFA = "proposed_nfa"
    NFA_MEETING = "nfa_meeting"
    REVIEW_REQUEST = "review_request"


When = Callable[[Any], None]
"""A policy on the facts of what the act is done to: raises NotPossible with the reason."""


def always(facts: Any) -> None:
    """The facts never stand in the way."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act. `slug` is its address, `button` its short name, `title` the heading of its page.

    `when` is asked of the facts of what the act is done to; `of_case` of the case's own row, for an act on a part of it.
    """

    slug: str
    on: On
    button: str
    title: str
    form: type[VersionedForm]
    service: Callable[..., Any]
    permission: Permission
    when: When = always
    done: str | Callable[[Any], str] = "Saved."
    warns: Callable[[Any], str] | None = None
    """What the person is warned of when it is done, from what the service returned; "" for nothing."""
    of_case: When = always
    named: Callable[[Any], str] | None = None
    """The words of the button for one target, where they name it."""
    page: str = ""
    """The address, by the key of its target, of a page of its own that shows more than a form; every button leads there."""
    elsewhere: bool = False
    """It stands on a page of the app above alone, which knows when it is of use: the case page leaves it out of its cards."""
    keeps_typed: bool = False
    """Sent too late, what was typed is given back with the reason: the service is asked, which says who was first. Its form takes long."""
    made: Callable[[Any], str] | None = None
    """The page of what it made, from what the service returned: the person is taken there, unless she or he came from a list."""
    shown: bool = False
    """Only for those who are shown who the victims are (identity.py): nobody else gets a button for it."""

    def said(self, result: Any) -> str:
        """Return what the person is told when it is done; some acts say it after what the service returned."""
        return self.done if isinstance(self.done, str) else self.done(result)

    def warned(self, result: Any) -> str:
        """Return what the person is warned of; a service that returns words warns of something, such as a missing accreditation."""
        if self.warns is not None:
            return self.warns(result)
        return result if isinstance(result, str) else ""

    def offered(self, user: User, facts: SuspectFacts | BailFact | Any) -> bool:
        """Say whether a button for it is shown: the role may, and the facts allow it."""
        if not self.permission.holds(user):
            return False
        try:
            self.when(facts)
        except NotPossible:
            return False
        return True


ACTS: dict[str, Act] = {}


def add(*acts: Act) -> None:
    """Add acts to the table. Raises ValueError for an address that is taken."""
    for act in acts:
        if act.slug in ACTS:
            raise ValueError(f"two acts are called {act.slug}")
        ACTS[act.slug] = act
