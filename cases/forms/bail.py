"""Forms of pre-charge bail."""

from typing import Any, ClassVar

from django import forms

from cases import models as m
from cases.derive import pace
from cases.derive.bail_facts import BailFact
from cases.forms import fields as f
from cases.forms.base import ActForm
from cases.forms.outcome import WithOutcome
from cases.forms.telling_before import WithTelling
from cases.selectors import facts_of
from cases.services.extensions import CONDITIONS, may_authorise
from cases.services.passed_bails import PassedAnswer
from core import clock
from core.formfields import GovDateField

AUTHORITIES = [(value, label) for value, label in m.Authority.choices if value != m.Authority.NOT_RECORDED]
VIEWS = "The victim’s views were sought on the conditions"
VIEWS_NOTE = "If they were not: why not?"
OWN_END_HINT = "Leave this empty and the end is worked out: 3 months from the day after the arrest for a custody officer."
ENDS = [(value, label) for value, label in m.EndedTo.choices if value in {m.EndedTo.UNDER_INVESTIGATION, m.EndedTo.OUTCOME}]


def views_field() -> forms.BooleanField:
    """Return the tick that the victim's views were sought (statutory guidance on pre-charge bail, 2023)."""
    return forms.BooleanField(label=VIEWS, required=False)


SAID, SILENT, NOT_HEARD = "said", "silent", "not_heard"
HEARD = [
    (SAID, "Yes, and they said something"),
    (SILENT, "Yes, and they said nothing"),
    (NOT_HEARD, "No"),
]


def condition_field(letter: str) -> forms.BooleanField:
    """Return the tick for one of conditions A to D (PACE s.47ZC). Without it bail is not extended."""
    missing = f"Bail is extended only when condition {letter} is met: confirm it, or do not extend"
    return forms.BooleanField(label=f"Condition {letter}: {CONDITIONS[letter]}", error_messages={"required": missing})


def fact_of(row: m.Bail) -> BailFact:
    """Return the facts of a bail that the person has been shown to see."""
    return next(bail for suspect in facts_of(row.case).suspects for bail in suspect.bails if bail.id == row.pk)


class GrantBailForm(WithTelling):
    """A grant of bail after the arrest and release were recorded."""

    asked_sometimes = frozenset({"views_note"})
    granted_at = f.past_moment("When was bail granted?")
    authority = f.radios("Who authorised it?", AUTHORITIES, initial=m.Authority.CUSTODY_OFFICER)
    conditions = f.text("Conditions", help_text="Leave this empty if there are none.", required=False)
    victim_views_sought = views_field()
    views_note = f.line(VIEWS_NOTE, required=False)
    own_end_on = GovDateField(label="Day bail ends, if an earlier one was set", help_text=OWN_END_HINT, required=False)


class VaryBailForm(WithTelling):
    """Conditions as they are from now on."""

    asked_sometimes = frozenset({"views_note"})
    at = f.past_moment("When were they varied?", initial=clock.now)
    conditions = f.text("Conditions now", help_text="Leave this empty if there are none any longer.", required=False)
    victim_views_sought = views_field()
    views_note = f.line(VIEWS_NOTE, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.target, m.Bail):
            self.fields["conditions"].initial = self.target.conditions


class ExtendBailForm(WithTelling):
    """An extension: only the steps that the law allows now are offered, each with the day it ends; A to D one by one."""

    asked_sometimes = frozenset({"authoriser_id", "representations"})
    arguments: ClassVar[tuple[str, ...]] = (
        "authority", "months", "at", "own_end_on", "authoriser_id", "authorised_by", "conditions_met", "representations", "telling",
    )  # fmt: skip
    step = forms.ChoiceField(label="To how long in all, and by whom?", widget=forms.RadioSelect)
    at = f.past_moment("When was it decided?", initial=clock.now, help_text="Before the bail ended.")
    own_end_on = GovDateField(label="Day bail ends, if an earlier one was set", required=False)
    authoriser_id = f.KeyField(label="Who authorised it?", required=False, choices=[("", "Somebody else, named below")])
    authorised_by = f.line("If somebody else: name and rank, or the court", required=False)
    condition_a = condition_field("A")
    condition_b = condition_field("B")
    condition_c = condition_field("C")
    condition_d = condition_field("D")
    heard = f.radios("Was the suspect or solicitor told, and invited to say something first?", HEARD)
    representations = f.reason("What did they say?", help_text="Never details of the victim.", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.target, m.Bail):
            self._fill(fact_of(self.target))

    def _fill(self, fact: BailFact) -> None:
        """Offer the steps open now, and the people of the force who hold the rank for them."""
        steps, field = pace.steps_open(fact), self.fields["step"]
        field.help_text = f"Bail ends on {pace.in_words(fact.ends_on())}."
        field.choices = [(f"{step.authority}-{step.months}", _offer(fact, step)) for step in steps]  # type: ignore[attr-defined]
        people = may_authorise(self.user, steps[0]) if steps and self.user else []
        if not people:
            del self.fields["authoriser_id"]
            self.fields["authorised_by"].label = "Which court authorised it?" if steps and not steps[0].rank else "Who authorised it?"
            return
        chosen = self.fields["authoriser_id"]
        named = [(str(person.pk), f"{person.name}, {person.get_grade_display().lower()}") for person in people]
        chosen.choices = [("", "Somebody else, named below"), *named]  # type: ignore[attr-defined]
        chosen.initial = next((str(person.pk) for person in people if person == self.user), "")

    def clean(self) -> dict[str, Any]:
        """Ask for what was said where something was, and that nobody is extended unheard."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("heard") == NOT_HEARD:
            self.add_error("heard", "Bail is extended only after they were told and invited to say something (PACE ss.47ZD to 47ZF)")
        if data.get("heard") == SAID and not str(data.get("representations", "")).strip():
            self.add_error("representations", "Enter what the suspect or solicitor said")
        return data

    def service_arguments(self) -> dict[str, Any]:
        """Return the cleaned data with the step as authority and months, and the four conditions as one."""
        given = super().service_arguments()
        authority, months = str(given.pop("step")).rsplit("-", 1)
        conditions = (given.pop("condition_a"), given.pop("condition_b"), given.pop("condition_c"), given.pop("condition_d"))
        if given.pop("heard") == SILENT and not given["representations"]:
            given["representations"] = "Told and invited; said nothing"
        return {**given, "authority": authority, "months": int(months), "conditions_met": all(conditions)}


def _offer(fact: BailFact, step: pace.Step) -> str:
    return f"{step.words[:1].upper()}{step.words[1:]}: until {pace.in_words(pace.end_of(fact, step.months))}"


class SuspendBailForm(ActForm):
    """Bail stands still, or runs again."""

    at = f.past_moment("From when?", initial=clock.now)
    note = f.line("Note", required=False)


class BreachForm(ActForm):
    """A breach of conditions."""

    at = f.past_moment("When was the breach?")
    note = f.reason("What happened, and what was done?", help_text="Without anything that says where the victim is.")


class FailureToAnswerForm(ActForm):
    """A failure to answer bail."""

    at = f.past_moment("When was the suspect due to answer?", initial=clock.now)
    note = f.line("What is being done?", required=False)


class EndBailForm(WithTelling, WithOutcome):
    """The end of bail and what follows."""

    slug = "end-bail"
    at = f.past_moment("When did bail end?", initial=clock.now)
    to = f.radios("What follows?", ENDS, help_text="An arrest or a new grant of bail ends bail by itself: record that instead.")
    note = f.line("Note", required=False)


class PassedBailForm(WithOutcome):
    """Bail date passed: what happened?"""

    slug = "answer-passed-bail"
    long_since = True
    answer = f.radios("What happened when the date passed?", PassedAnswer.choices)
    at = f.past_moment("If it ended or was extended: when?", required=False)
    until = GovDateField(label="If it was extended, or bail still runs: until when?", required=False)
    authority = forms.ChoiceField(
        label="If it was extended: who authorised it?", choices=m.Authority.choices, initial=m.Authority.NOT_RECORDED
    )
    to = forms.ChoiceField(label="If it ended: what followed?", choices=[*f.CHOOSE, *ENDS], required=False)
