"""The acts of the meeting before the CPS decides not to charge."""

from cases.acts import Act, On, add
from prosecution import policies_nfa as policies
from prosecution.forms import nfa_meeting as forms
from prosecution.permissions import DECIDE, MEET
from prosecution.policies_decision import may_be_decided
from prosecution.services import nfa_meetings

add(
    Act(
        "offer-nfa-meeting",
        On.SUSPECT,
        "Offer a meeting before no further action",
        "Offer the investigator a meeting before a decision not to charge",
        forms.OfferMeetingForm,
        nfa_meetings.offer_nfa_meeting,
        DECIDE,
        may_be_decided,
        "Offered. The officer in the case is told.",
    ),
    Act(
        "answer-nfa-meeting",
        On.NFA_MEETING,
        "Say what came of it",
        "Record what came of the offer of a meeting",
        forms.AnswerMeetingForm,
        nfa_meetings.answer_nfa_meeting,
        MEET,
        policies.waits_for_answer,
        "Recorded.",
        keeps_typed=True,
    ),
)
