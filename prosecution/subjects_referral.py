"""What people are told of referrals, CPS Direct and cases between Areas: that something waits, never what was said or about whom."""

from typing import Final

from accounts.roles import WORKS_CASES_POLICE, Role
from notifications.subjects import Channel, Subject
from prosecution.subject_words import MANAGERS, PROSECUTORS, about_case

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
        "prosecutor_handed_on",
        "A prosecutor hands a case to a colleague",
        "A case was handed to another prosecutor",
        "The case names the prosecutor, and its timeline says where it stands.",
        roles=MANAGERS,
        channel=Channel.DIGEST,
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
