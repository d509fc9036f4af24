"""Forms of what is done to a suspect: identified, planned, arrested, held, released, interviewed, decided on, looked for."""

from datetime import timedelta
from typing import Any

from django import forms

from cases import models as m
from cases.forms import fields as f
from cases.forms.bail import AUTHORITIES, OWN_END_HINT, VIEWS_NOTE, views_field
from cases.forms.base import ActForm
from cases.forms.outcome import WithOutcome
from cases.forms.telling_before import WithTelling
from cases.models.base import SHORT
from core import clock
from core.formfields import GovDateField, GovDateTimeField

PROTECTION_HINT = (
    "Without an arrest no bail conditions are possible: for example a protective order, an alarm, a place of safety. No address."
)
RECENT = timedelta(days=180)
"""How far back an event that took officers is offered as a reason for delay."""


class SuspectForm(ActForm):
    """A suspect to add to a case."""

    surname = f.line("Surname", max_length=SHORT)
    forenames = f.line("Forenames", max_length=SHORT, required=False)
    date_of_birth = f.past_day("Date of birth, if known", required=False)
    pnc_id = f.line("PNC id, if known", max_length=20, required=False)
    relationship = forms.ChoiceField(label="Relationship to the complainant", choices=[*f.CHOOSE, *m.Relationship.choices], required=False)
    identified_at = f.past_moment(
        "When was this person identified as a suspect?", help_text="The arrest clock runs from here.", initial=clock.now
    )
    offence_ids = f.KeysField(label="Which recorded crimes are alleged against this suspect?", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        crimes = m.Offence.objects.filter(case=self.case).select_related("complainant").order_by("created_at", "id")
        self.fields["offence_ids"].choices = [(str(one.pk), f"{one.code} {one.description}, {one.complainant}") for one in crimes]  # type: ignore[attr-defined]


class ArrestForm(ActForm):
    """An arrest."""

    at = f.past_moment("When was the suspect arrested?", initial=clock.now)
    new_evidence = forms.BooleanField(label="A further arrest, on new evidence", required=False)
    note = f.line("Note", required=False)


NOT_ASKED = frozenset({m.ReleasedTo.NOT_KNOWN, m.ReleasedTo.CHARGED})


class ReleaseForm(WithTelling, WithOutcome):
    """A release, which says to what, and records that in the same act."""

    slug = "record-release"
    at = f.past_moment("When was the suspect released?", initial=clock.now)
    to = f.radios("Released to what?", [choice for choice in m.ReleasedTo.choices if choice[0] not in NOT_ASKED])
    authority = forms.ChoiceField(label="If on bail: who authorised it?", choices=AUTHORITIES, initial=m.Authority.CUSTODY_OFFICER)
    conditions = f.text("If on bail: the conditions", help_text="Leave this empty if there are none.", required=False)
    victim_views_sought = views_field()
    views_note = f.line(VIEWS_NOTE, required=False)
    own_end_on = GovDateField(label="If on bail: the day it ends, if an earlier one was set", help_text=OWN_END_HINT, required=False)


class DetentionForm(ActForm):
    """When detention began."""

    began_at = f.past_moment(
        "Relevant time",
        help_text="The arrival at the police station, or 24 hours after the arrest if that is earlier. 24 hours run from here.",
    )


class LongerDetentionForm(ActForm):
    """Longer detention."""

    hours = forms.TypedChoiceField(
        label="How long in all?",
        choices=[("36", "36 hours (superintendent)"), ("72", "72 hours (magistrates)"), ("96", "96 hours (magistrates)")],
        coerce=int,
        widget=forms.RadioSelect,
    )
    authorised_by = f.line(
        "Who authorised it?", help_text="Name and rank, or the court. Leave this empty if you did yourself.", required=False
    )


class AttemptForm(ActForm):
    """Officers went to arrest and could not."""

    at = f.past_moment("When did officers go?", initial=clock.now)
    what_happened = f.reason("What happened?", help_text="An attempt stops no clock.")


class InterviewForm(ActForm):
    """An interview under caution."""

    at = f.past_moment("When was the suspect interviewed under caution?", initial=clock.now)
    manner = f.radios(
        "How did the suspect come to be interviewed?", [one for one in m.InterviewManner.choices if one[0] != m.InterviewManner.NOT_KNOWN]
    )
    protection = f.reason("If not arrested: what else protects the victim?", help_text=PROTECTION_HINT, required=False)
    note = f.line("Note", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.target, m.Suspect) and not m.Arrest.objects.filter(case=self.case, suspect=self.target).exists():
            offered: Any = self.fields["manner"]
            offered.choices = [one for one in offered.choices if one[0] != m.InterviewManner.AFTER_ARREST]
            offered.initial = m.InterviewManner.VOLUNTARY


class PlanForm(ActForm):
    """When an arrest is to be made and by whom."""

    planned_for = GovDateTimeField(label="When is the arrest to be made?", earliest=clock.today)
    officer_id = f.KeyField(label="By which officer?", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = self.target.officer if isinstance(self.target, m.PlannedArrest) else self.user
        self.fields["officer_id"].choices = f.officers(self.user)  # type: ignore[attr-defined]
        self.fields["officer_id"].initial = offered.pk if offered else None


class MovePlanForm(PlanForm):
    """Another time for a planned arrest."""

    because = f.reason("Why is it moved?")


class CancelPlanForm(ActForm):
    """A planned arrest that is not to be made."""

    because = f.reason("Why is it cancelled?")


class DelayForm(ActForm):
    """Why an arrest is late."""

    asked_sometimes = frozenset({"note"})
    reason = f.radios(
        "Why is the arrest late?", m.DelayReason.choices, help_text="A reason is shown in the report. It stops and moves nothing."
    )
    abstraction_id = f.KeyField(label="If officers were taken: for which event?", required=False)
    note = f.line("Note", help_text="Needed for “Other”, and where the event is not listed.", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        force = self.case.force_id if self.case else None
        events = (
            m.Abstraction.objects.standing().filter(force_id=force, ends_at__gte=clock.now() - RECENT).order_by("-starts_at", "id")[:100]
        )
        choices = [("", "None"), *((str(one.pk), f"{one.event}, {clock.london_day(one.starts_at):%d/%m/%Y}") for one in events)]
        self.fields["abstraction_id"].choices = choices  # type: ignore[attr-defined]


class NoArrestForm(ActForm):
    """A proposal not to arrest."""

    rationale = f.text("Why is the suspect not to be arrested?", help_text="The arrest clock runs on until a second person approves.")
    protection = f.reason("What else protects the victim?", help_text=PROTECTION_HINT)


class AnswerNoArrestForm(ActForm):
    """Approval or refusal of a decision not to arrest."""

    asked_sometimes = frozenset({"note"})
    approve = f.YesNoField(
        label="Do you approve the decision not to arrest?",
        help_text="Approved: the arrest clock stops, and an interview under caution is due within 28 days.",
    )
    note = f.reason("Your reasons", help_text="Needed to refuse.", required=False)


class SituationForm(ActForm):
    """Wanted, abroad, in prison elsewhere."""

    kind = f.radios("Why can the suspect not be arrested?", m.SituationKind.choices)
    since = f.past_moment("Since when?", initial=clock.now)
    note = f.reason("The reason, and what is being done", help_text="The arrest is listed apart and reviewed. Its due date does not move.")


class EndSituationForm(ActForm):
    """The suspect can be arrested again."""

    ended_at = f.past_moment("Since when can the suspect be arrested again?", initial=clock.now)
    note = f.reason("What has changed?")
