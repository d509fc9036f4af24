"""What people are told of a victim's request for a review: that something waits, never what she or he said."""

from typing import Final

from accounts.roles import WORKS_CASES_POLICE
from prosecution.permissions import REVIEW as WORK
from prosecution.subject_words import PROSECUTORS, about_case

REVIEW: Final = (
    about_case(
        "review_asked",
        "A victim asks for a review of a decision",
        "A request for a review waits for your unit",
        "Acknowledge it within 10 working days, and give it to somebody who took no part. Your list of reviews has it.",
        roles=WORK.roles,
    ),
    about_case(
        "review_allocated",
        "A request for a review is given to you",
        "A review was given to you",
        "Your list of reviews has it, with the day by which it is decided.",
        roles=WORK.roles,
    ),
    about_case(
        "review_out_proposed",
        "A colleague proposes that a request for a review is out of scope",
        "A second person is needed on a request for a review",
        "Confirm that the scheme does not cover it, or send it back.",
        roles=WORK.roles,
    ),
    about_case(
        "review_sent_back",
        "A colleague sent “out of scope” back",
        "A request for a review stands where it stood",
        "Your list of reviews says why.",
        roles=WORK.roles,
    ),
    about_case(
        "review_completed",
        "The review of a decision is completed",
        "The review of a decision was completed",
        "The case says how it ended. Overturned, the investigation is open again.",
        roles=WORKS_CASES_POLICE | PROSECUTORS,
    ),
)
