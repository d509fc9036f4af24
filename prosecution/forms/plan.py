"""Forms about action plans as a whole, and about administrative finalisation."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms

from cases import models as m
from cases.forms import fields as f
from cases.forms.base import ActForm
from cases.selectors import facts_of
from cases.services.roles import current
from core import clock
from core.components import day_text
from core.words import inside
from prosecution.models import ActionPlan
from prosecution.referral_words import bail_words as bail_words_of
from prosecution.selectors_plan import bail_again, suspects_of

NO_BAIL = "Nobody’s bail stands still, so none runs again."


class SendPlanForm(ActForm):
    """What follows from sending, before it is sent: whose bail runs again, and to which day."""

    after: ClassVar[str] = "The police have it at once, item by item."
    shown = forms.CharField(max_length=2_000, required=False, widget=forms.HiddenInput)
    """The days that were shown. Where others follow by now, the form is shown once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._again = _again(self.case, self.target)
        self.says = f"{self.after} {bail_words(self._again)}"  # type: ignore[misc]
        self.initial["shown"] = _key(self._again)

    def asks_again(self) -> bool:
        """Show the days once more where they are not those that were shown."""
        key = _key(self._again)
        if self.cleaned_data["shown"] == key:
            return False
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["shown"] = key  # type: ignore[index]
        return True

    def service_arguments(self) -> dict[str, Any]:
        """Leave out what was only shown."""
        given = super().service_arguments()
        given.pop("shown")
        return given


def _again(case: m.Case | None, plan: Any) -> Sequence[tuple[m.Suspect, date]]:
    return bail_again(case, plan, clock.now()) if case is not None and isinstance(plan, ActionPlan) else []


def _key(again: Sequence[tuple[m.Suspect, date]]) -> str:
    return ",".join(f"{suspect.number}:{day.isoformat()}" for suspect, day in again)


def bail_words(again: Sequence[tuple[m.Suspect, date]]) -> str:
    """Return whose bail runs again and to which day, in words."""
    if not again:
        return NO_BAIL
    each = "; ".join(f"suspect {suspect.number} to {day_text(day)}" for suspect, day in again)
    return f"Bail runs again, and its new end is: {each}."


class ApprovePlanForm(SendPlanForm):
    """The District Crown Prosecutor allows a second plan: the police have it at once."""

    note = f.reason("What would you like to say to it?", required=False)


class PlanBackForm(ActForm):
    """Why a second plan goes back to the prosecutor."""

    note = f.reason("Why do you send it back?")


class PlanConfirmForm(ActForm):
    """Nothing but yes."""


class DiscardPlanForm(ActForm):
    """Nothing but yes."""

    says = "The draft and its items are put aside. Nobody but the CPS ever saw them."


class FinaliseForm(ActForm):
    """Why, what the review of bail came to, and who owns it at the police."""

    says = "This is no decision, and is counted apart. The police reopen it or confirm it within 28 days. The victim is told."
    button = "Finalise"
    because = f.reason("Why is it finalised?")
    bail_reviewed = f.reason("What did the review of bail come to?", help_text="Or that nobody is on bail.")
    police_owner_id = f.KeyField(label="Who owns it at the police from now on?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["police_owner_id"]
        field.choices = [*f.CHOOSE, *_owners(self.case)]
        if self.case is not None and isinstance(self.target, ActionPlan):
            self.fields["bail_reviewed"].help_text = f"Or that nobody is on bail. {_bail_now(self.case, self.target)}".rstrip()


def _bail_now(case: m.Case, plan: ActionPlan) -> str:
    """Return how custody and bail of each suspect of a plan stand now, whom the review is about."""
    now, facts = clock.now(), {one.id: one for one in facts_of(case).suspects}
    return " ".join(f"{one}: {inside(bail_words_of(facts.get(one.pk), now))}." for one in suspects_of(plan))


def _owners(case: m.Case | None) -> list[tuple[str, str]]:
    """Return the police officers with a role on the case, as choices."""
    if case is None:
        return []
    rows = current(case).exclude(role__in=m.CPS_CASE_ROLES).filter(user__is_active=True).select_related("user").order_by("since", "id")
    roles: dict[str, list[str]] = {}
    names = {str(row.user_id): row.user.name for row in rows}
    for row in rows:
        roles.setdefault(str(row.user_id), []).append(row.get_role_display().lower())
    return [(key, f"{name}, {' and '.join(roles[key])}") for key, name in names.items()]


class KeepOpenForm(ActForm):
    """Why a plan stays open."""

    because = f.reason("Why does it stay open?", help_text="For example: rung the inspector, who answers by a day.")


class ReopenForm(ActForm):
    """Why what was finalised is reopened."""

    says = "The plan goes on where it stood, with the dates first agreed."
    note = f.reason("Why is it reopened?")


class ConfirmFinalisedForm(ActForm):
    """Why what was finalised stays so."""

    note = f.reason("Why does it stay finalised?")
