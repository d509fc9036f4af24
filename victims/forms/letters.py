"""Forms about letters to a victim."""

from typing import Any

from cases.forms import fields as f
from cases.forms.base import ActForm
from cases.forms.written import ReasonsReachedForm
from cases.models import Case
from cases.models.base import LINE, SHORT
from core import clock
from core.exceptions import NotAllowed
from victims.models import Letter, SafeContact
from victims.models.appointment import LetterKind
from victims.services.consulting import Reason, consulting
from victims.services.letters import NOT_SHOWN
from victims.sight import identity_shown


class EnterLetterForm(ActForm):
    """A letter that was written."""

    says = "The letter itself is kept in your own system. It goes when a second person has read it and the route is checked."
    kind = f.radios("What does the letter say?", LetterKind.choices)
    written_at = f.past_moment("When was it written?", initial=clock.now)
    reference = f.line("Reference in your own system", max_length=SHORT, required=False, help_text="Where the letter is found. No name.")


class SecondReadForm(ActForm):
    """Nothing but yes."""

    says = (
        "You have read the letter, and somebody else wrote it: it says what was decided, in plain words, and nothing that blames "
        "her or him."
    )


class CheckRouteForm(ActForm):
    """By which route the letter goes safely; the victim's own words where they are known."""

    route = f.reason(
        "By which route does the letter go safely?",
        max_length=LINE,
        help_text="Filled in from the safe contact card. Check that it still holds. Kept sealed.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.user is None or self.case is None or not isinstance(self.target, Letter):
            return
        if not identity_shown(self.user, self.case):
            raise NotAllowed(NOT_SHOWN)
        if not self.is_bound:
            self.fields["route"].initial = safe_route(self.case, self.target)


def safe_route(case: Case, letter: Letter) -> str:
    """Return the route of a letter, or the one on the latest safe contact card; the look is logged. The caller has proved identity."""
    card = SafeContact.objects.filter(case=case, complainant=letter.complainant_id).order_by("-at", "-created_at").first()
    with consulting(case, reason=Reason.LETTER, what="route of a letter"):
        return letter.route or (card.safe_route_for_letters if card else "")


class SendLetterForm(ActForm):
    """When it went."""

    sent_on = f.past_day("On which day was it sent?", initial=clock.today)


class LetterReachedForm(ReasonsReachedForm):
    """That it reached her or him: of which decision, when, how that is known. It was a letter."""

    how = None  # type: ignore[assignment]
