"""Forms of the meeting before the CPS decides not to charge."""

from datetime import date
from typing import Any

from django.conf import settings

from cases.forms import fields as f
from cases.forms.base import ActForm
from cases.listing import is_cps
from cases.selectors import working_days_of
from core import calendar, clock
from core.calendar import Unit
from prosecution.forms.nfa import NO_IDENTITY
from prosecution.models import NfaMeeting


class OfferMeetingForm(ActForm):
    """By when the investigator answers."""

    says = "The officer in the case is told. A decision not to charge is published once it is answered, or this day has passed."
    answer_by = f.coming_day("To be answered by the end of")
    note = f.text("What you would like to speak about", required=False, help_text=f"Both agencies see it. {NO_IDENTITY}")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound and self.case is not None:
            self.fields["answer_by"].initial = answer_day(self.case.force_id)


def answer_day(force_id: int) -> date:
    """Return the day that the form begins with: some working days from today, by the setting."""
    return calendar.due(clock.now(), settings.NFA_MEETING_DAYS, Unit.WORKING_DAYS, working_days_of(force_id)).due_on


class AnswerMeetingForm(ActForm):
    """What came of the offer."""

    asked_sometimes = frozenset({"held_at"})
    only_if = {"held_at": ("answer", (NfaMeeting.Answer.HELD.value,))}  # noqa: RUF012 - read only
    answer = f.radios("What came of it?", [one for one in NfaMeeting.Answer.choices if one[0] != NfaMeeting.Answer.NO_ANSWER])
    held_at = f.past_moment("If it was held: when?", required=False)
    note = f.text("What was said and agreed; or why none is wanted", help_text=f"Both agencies see it. {NO_IDENTITY}")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.user is not None and is_cps(self.user):
            field: Any = self.fields["answer"]
            field.choices = [one for one in field.choices if one[0] == NfaMeeting.Answer.HELD]
