"""Forms of written reasons: that they reached a complainant, and that they did not after all."""

from typing import Any
from uuid import UUID

from django import forms

from cases import models as m
from cases.forms import fields as f
from cases.forms.base import ActForm
from cases.models.base import LINE
from cases.models.telling import Channel
from cases.selectors_written import Written, written_of
from cases.services.written_reasons import IN_WRITING
from core import clock
from core.components import day_text


class ReasonsReachedForm(ActForm):
    """Which reasons reached her or him, when, how, and how that is known."""

    says = "Only what you tick counts. From this day her or his time to ask for a review runs."
    facts = forms.TypedMultipleChoiceField(
        label="Which decision are they about?",
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Select which decision they are about"),
    )
    reached_on = f.past_day("On which day did they reach her or him?", initial=clock.today)
    how = f.radios("How?", [one for one in Channel.choices if one[0] in IN_WRITING])
    known_by = f.reason(
        "How is it known that they reached her or him?",
        max_length=LINE,
        help_text="For example: she said so on the telephone; signed for; the ISVA read it with her. Nothing that says who or where.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill(self, [one for one in owed_to(self) if one.reached_on is None])


def owed_to(form: ActForm) -> list[Written]:
    """Return what the complainant of a form, or of the letter it is about, gets the reasons of."""
    complainant = getattr(form.target, "complainant", form.target)
    if form.case is None or not isinstance(complainant, m.Complainant):
        return []
    return written_of(form.case, complainant, form.user)


def fill(form: ActForm, offered: list[Written]) -> None:
    """Offer these decisions to tick; the only one is ticked already."""
    ticks: Any = form.fields["facts"]
    ticks.choices = [(str(one.fact_id), one.words) for one in offered]
    ticks.initial = [str(one.fact_id) for one in offered] if len(offered) == 1 else []


class ReasonsBackForm(ActForm):
    """Which did not reach her or him after all, and why."""

    says = "Its clock runs again from the decision, as if they had never reached her or him."
    fact = forms.TypedChoiceField(label="Which?", coerce=UUID, widget=forms.RadioSelect)
    reason = f.reason("Why?", help_text="Shown on the timeline.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["fact"]
        reached = [(one, one.reached_on) for one in owed_to(self)]
        chosen.choices = [(str(one.fact_id), f"{one.words}: reached on {day_text(day)}") for one, day in reached if day is not None]
