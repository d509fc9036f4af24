"""The form of the plan for telling: what both agencies may know, and what is kept sealed beside it."""

from typing import Any
from uuid import UUID

from django import forms

from cases import models as m
from cases.forms import fields as f
from cases.forms.base import ActForm
from cases.models.base import LINE
from cases.models.telling import Channel
from cases.selectors_to_plan import decisions_to_plan
from cases.services.telling_plans import latest_hour
from core.formfields import GovDateTimeField
from core.words import inside
from victims.selectors_contact import latest_card
from victims.selectors_telling import service_of
from victims.services.consulting import Reason, consulting
from victims.sight import identity_shown

SEALED = "Kept sealed, with who she or he is."


def decided(text: str) -> tuple[str, UUID | None]:
    """Read one choice: what is told, of which suspect. Raises ValueError for text that is none."""
    about, _, key = text.partition(":")
    return about, UUID(key) if key else None


class PlanTellingForm(ActForm):
    """Who tells the victim a charge or no further action, how and when, before it is published."""

    asked_sometimes = frozenset({"letter_route"})
    link_fills = ("decision",)
    button = "Save the plan"
    says = (
        "Nobody records a charge or no further action before this is planned for every victim it concerns. "
        "The conversation comes first, then the letter."
    )
    decision = forms.TypedChoiceField(
        label="What will she or he be told?",
        coerce=decided,
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Select what she or he will be told"),
    )
    teller_id = f.KeyField(
        label="Who tells her or him?",
        help_text="One person, with a role on this case.",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Select who tells her or him"),
    )
    how = f.radios("How?", Channel.choices, initial=Channel.IN_PERSON)
    planned_at = GovDateTimeField(label="When?", error_messages={"required": "Enter when she or he will be told"})
    her_choice = forms.BooleanField(label="She or he chose this time", required=False)
    companion = f.line(
        "Who will be with her or him?",
        help_text=f"If she or he wants nobody, say so. {SEALED}",
        error_messages={"required": "Enter who will be with her or him, or that she or he wants nobody"},
    )
    isva_warned = f.YesNoField(
        label="Has the ISVA been warned?",
        error_messages={"required": "Select yes if the ISVA has been warned, no if not or if there is none"},
    )
    letter_after = forms.BooleanField(label="A letter follows the conversation", required=False, initial=True)
    letter_route = f.line(
        "By which safe route does the letter go?", max_length=LINE, required=False, help_text=f"Check that it still holds. {SEALED}"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.case is None or self.user is None or not isinstance(self.target, m.Complainant):
            return
        late = f"Not after {latest_hour()} on a Friday or the day before a bank holiday: support is closed then."
        self.fields["planned_at"].help_text = late
        self._offer_decisions(self.case, self.target)
        self._offer_tellers(self.case, self.user)
        service = service_of(self.target)
        self.fields["isva_warned"].help_text = (
            f"{service} supports her or him." if service else "No service that supports her or him is known here."
        )
        if not self.is_bound and identity_shown(self.user, self.case):
            self.fields["letter_route"].initial = self._route(self.case, self.target)

    def _offer_decisions(self, case: m.Case, complainant: m.Complainant) -> None:
        field: Any = self.fields["decision"]
        field.choices = [
            (one.key, one.words if one.lacks else f"{one.words} (planned already)") for one in decisions_to_plan(case, complainant)
        ]

    def _offer_tellers(self, case: m.Case, user: Any) -> None:
        field: Any = self.fields["teller_id"]
        field.choices = [*f.CHOOSE, *tellers_on(case)]
        field.initial = next((key for key, _ in field.choices if key == str(user.pk)), None)

    @staticmethod
    def _route(case: m.Case, complainant: m.Complainant) -> str:
        """Return the route on the safe-contact card; the look is logged."""
        card = latest_card(complainant)
        if card is None:
            return ""
        with consulting(case, reason=Reason.LETTER, what="form of a plan for telling"):
            return card.safe_route_for_letters


def tellers_on(case: m.Case) -> list[tuple[str, str]]:
    """Return who has a role on the case, each once, with the first role, as choices."""
    rows = m.CasePerson.objects.filter(case=case, until__isnull=True, user__is_active=True).select_related("user").order_by("since")
    found: dict[str, str] = {}
    for row in rows:
        found.setdefault(str(row.user_id), f"{row.user.name}, {inside(row.get_role_display())}")
    return list(found.items())
