"""The act of recording a meeting: a row of the one table in cases/acts/."""

from cases.acts import Act, On, add
from cases.acts.when import brought
from prosecution.forms.meeting import MeetingForm
from prosecution.permissions import MEET
from prosecution.services.meetings import record_meeting

add(
    Act(
        "record-meeting",
        On.CASE,
        "Record a meeting or call",
        "Record a meeting or call between police and CPS",
        MeetingForm,
        record_meeting,
        MEET,
        brought,
        "Meeting recorded. Both agencies read it.",
    )
)
