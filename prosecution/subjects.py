"""What people are told of the passage between police and CPS: that something waits, never what was said or about whom."""

from typing import Final

from accounts.roles import WORKS_CASES_POLICE
from notifications import subjects
from notifications.subjects import Channel
from prosecution.subject_words import MANAGERS, PROSECUTORS, about_case
from prosecution.subjects_advice import ADVICE
from prosecution.subjects_referral import REFERRAL

DECISION: Final = (
    about_case(
        "decision_waits",
        "A decision waits for a second check",
        "A decision waits for a second check",
        "Another prosecutor of the Area reads it, then confirms it or sends it back.",
        roles=MANAGERS,
    ),
    about_case(
        "decision_checked",
        "A colleague checked your decision",
        "Your decision was checked",
        "Its page says whether it was confirmed or sent back, and why. Confirmed, it still waits to be published.",
        roles=PROSECUTORS,
    ),
    about_case(
        "decision_published",
        "The CPS decided on a suspect",
        "A charging decision was published",
        "The case says what was decided on which suspect, and who tells the victim when.",
        roles=WORKS_CASES_POLICE,
    ),
    about_case(
        "decision_overtaken",
        "Somebody decided on a suspect before you",
        "Another decision came before yours",
        "The page of what you prepared says who decided and when. Your text is kept there.",
        roles=PROSECUTORS,
    ),
    about_case(
        "threshold_reviewed",
        "The CPS applied the Full Code Test after a charge",
        "A charge on the Threshold Test was reviewed",
        "The case says whether the Full Code Test is met, or the charge was discontinued.",
        roles=WORKS_CASES_POLICE,
    ),
)  # fmt: skip


PLAN: Final = (
    about_case(
        "plan_waits_for_dcp",
        "A second action plan waits for the District Crown Prosecutor",
        "A second action plan waits for you",
        "Approve it, or send it back to the prosecutor with the reason. The police see it once it is approved.",
        roles=MANAGERS,
    ),
    about_case(
        "plan_sent_back",
        "The District Crown Prosecutor sent your second action plan back",
        "A second action plan came back to you",
        "The plan says why. Change it and send it again, or discard it.",
        roles=PROSECUTORS,
    ),
    about_case(
        "plan_set",
        "The CPS sets an action plan",
        "The CPS set an action plan",
        "Answer it item by item. Bail that stood still runs again: the case says to which day.",
        roles=WORKS_CASES_POLICE,
    ),
    about_case(
        "plan_answered",
        "Every item of an action plan is settled",
        "Every item of an action plan is settled",
        "The referral is with you again.",
        roles=PROSECUTORS,
    ),
    about_case(
        "item_waits_for_cps",
        "The police challenge an item, or say that it is done or cannot be",
        "An item of an action plan waits for you",
        "The plan says what the police said. What is said to be done counts as done after 3 working days without an answer.",
        roles=PROSECUTORS,
        channel=Channel.DIGEST,
    ),
    about_case(
        "item_answered",
        "The CPS answers what you said to an item of an action plan",
        "The CPS answered about an item of an action plan",
        "The plan says what it answered, and whose move it is.",
        roles=WORKS_CASES_POLICE,
        channel=Channel.DIGEST,
    ),
    about_case(
        "item_escalated",
        "An inspector takes an item of an action plan to you",
        "An item of an action plan waits for a District Crown Prosecutor",
        "Speak to the inspector, and record what you agreed.",
        roles=MANAGERS,
    ),
    about_case(
        "item_resolved",
        "Inspector and District Crown Prosecutor agreed about an item",
        "Inspector and District Crown Prosecutor agreed about an item",
        "The plan says what they agreed.",
        roles=WORKS_CASES_POLICE | PROSECUTORS,
        channel=Channel.DIGEST,
    ),
    about_case(
        "item_moved",
        "The other side moved the date of an item of an action plan",
        "The date of an item of an action plan was moved",
        "The plan says why. Lateness still counts from the date first agreed.",
        roles=WORKS_CASES_POLICE | PROSECUTORS,
        channel=Channel.DIGEST,
    ),
    about_case(
        "item_move_asked",
        "The other side asks for a later date of an item",
        "A later date of an item of an action plan waits for your answer",
        "Agree, or refuse with the reason.",
        roles=WORKS_CASES_POLICE | PROSECUTORS,
        channel=Channel.DIGEST,
    ),
    about_case(
        "item_move_answered",
        "The other side answers the later date you asked for",
        "A later date of an item was answered",
        "The plan says whether it was agreed.",
        roles=WORKS_CASES_POLICE | PROSECUTORS,
        channel=Channel.DIGEST,
    ),
    about_case(
        "referral_finalised",
        "The CPS finalised a referral administratively, and you own it",
        "A referral was finalised administratively",
        "You are named as its owner at the police. Your supervisor reopens it or confirms it within 28 days. The victim is to be told.",
        roles=WORKS_CASES_POLICE,
    ),
    about_case(
        "finalisation_reopened",
        "The police reopen what was finalised administratively",
        "What was finalised administratively was reopened",
        "The action plan goes on where it stood.",
        roles=PROSECUTORS,
    ),
)  # fmt: skip


def register() -> None:
    """Add the subjects of every room."""
    subjects.add(*ADVICE, *REFERRAL, *DECISION, *PLAN)
