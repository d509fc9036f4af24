"""What people are told of the passage between police and CPS: that something waits, never what was said or about whom."""

from typing import Final

from accounts.roles import WORKS_CASES_POLICE, Role
from notifications import subjects
from notifications.subjects import Channel, Subject
from prosecution.subject_words import MANAGERS, PROSECUTORS, about_case
from prosecution.subjects_advice import ADVICE

REFERRAL: Final = (
    about_case(
        "referral_ready",
        "A referral waits for your signature",
        "A referral for a charging decision is ready for you",
        "Send it to the CPS with your comments, or send it back to the officer with the reason.",
        roles=WORKS_CASES_POLICE,
    ),
    about_case(
        "referral_sent_back",
        "A supervisor sent your draft of a referral back to you",
        "A referral came back from the supervisor",
        "The referral says why. Put it right and mark it as ready again.",
        roles=WORKS_CASES_POLICE,
    ),
    about_case(
        "referral_sent",
        "A referral waits for triage",
        "A referral for a charging decision waits for triage",
        "Accept it and name a prosecutor, or return it with reasons and a day.",
        roles=MANAGERS,
    ),
    about_case(
        "referral_accepted",
        "The CPS accepted a referral",
        "A referral was accepted",
        "The referral names the prosecutor who reviews it.",
        roles=WORKS_CASES_POLICE,
        channel=Channel.DIGEST,
    ),
    about_case(
        "referral_assigned",
        "You are named to review a referral",
        "You are named to review a referral",
        "The referral says when your decision is due, with bail and detention beside it.",
        roles=PROSECUTORS,
    ),
    about_case(
        "referral_returned",
        "The CPS returned a referral",
        "A referral was returned",
        "The referral says what is missing, and by which day the CPS asks for it. Bail runs again.",
        roles=WORKS_CASES_POLICE,
    ),
    about_case(
        "referral_withdrawn",
        "The police withdrew a referral",
        "A referral was withdrawn",
        "Nothing more is asked of you about it.",
        roles=MANAGERS,
        channel=Channel.DIGEST,
    ),
    about_case(
        "referral_from_direct",
        "A referral comes back from CPS Direct",
        "A referral came back from CPS Direct",
        "The case is your Area’s again. Name a prosecutor where it is not decided.",
        roles=MANAGERS,
    ),
    Subject(
        key="area_offered",
        label="Another CPS Area offers your Area a case",
        heading="Another CPS Area offers you a case",
        text="Accept it or decline it. Until you accept, the other Area owes everything in it.",
        url_name="transfer_list",
        roles=frozenset({Role.CPS_MANAGER}),
        channel=Channel.EMAIL,
        otherwise="home",
    ),
    Subject(
        key="area_offer_answered",
        label="Another CPS Area answers your offer of a case",
        heading="Your offer of a case was answered",
        text="“Cases between Areas” says whether the other Area took it. If it did not, your Area goes on with it.",
        url_name="transfer_list",
        roles=frozenset({Role.CPS_MANAGER}),
        channel=Channel.DIGEST,
        otherwise="home",
    ),
    about_case(
        "area_changed",
        "A case of yours goes on in another CPS Area",
        "A case goes on in another CPS Area",
        "The case names the prosecutor there.",
        roles=WORKS_CASES_POLICE,
        channel=Channel.DIGEST,
    ),
)  # fmt: skip


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
