"""What people are told of the passage between police and CPS: that something waits, never what was said or about whom."""

from typing import Final

from accounts.roles import WORKS_CASES_POLICE, Role
from notifications import subjects
from notifications.subjects import Channel, Subject

MANAGERS: Final = frozenset({Role.CPS_MANAGER, Role.CPS_DIRECT})
PROSECUTORS: Final = frozenset({Role.PROSECUTOR, Role.CPS_MANAGER, Role.CPS_DIRECT})


def about_case(key: str, label: str, heading: str, text: str, *, roles: frozenset[Role], channel: Channel = Channel.EMAIL) -> Subject:
    """Return a subject whose notice leads to the case."""
    return Subject(key=key, label=label, heading=heading, text=text, url_name="case_page", roles=roles, channel=channel, otherwise="home")


ADVICE: Final = (
    about_case(
        "advice_ready",
        "A request for early advice waits for your signature",
        "A request for early advice is ready for you",
        "Send it to the CPS, or send it back to the officer with the reason.",
        roles=WORKS_CASES_POLICE,
    ),
    about_case(
        "advice_sent_back",
        "A sergeant sent your request for early advice back to you",
        "A request for early advice came back from the sergeant",
        "The request says why. Put it right and mark it as ready again.",
        roles=WORKS_CASES_POLICE,
    ),
    about_case(
        "advice_sent",
        "A request for early advice waits for triage",
        "A request for early advice waits for triage",
        "Accept it and name a prosecutor, return it with reasons and a day, or refuse it.",
        roles=MANAGERS,
    ),
    about_case(
        "advice_accepted",
        "The CPS accepted a request for early advice",
        "A request for early advice was accepted",
        "The request names the prosecutor who advises.",
        roles=WORKS_CASES_POLICE,
        channel=Channel.DIGEST,
    ),
    about_case(
        "advice_assigned",
        "You are named to give early advice",
        "You are named to give early advice",
        "The request has the questions. Every one has to be answered.",
        roles=PROSECUTORS,
    ),
    about_case(
        "advice_returned",
        "The CPS returned a request for early advice",
        "A request for early advice was returned",
        "The request says what is missing, and by which day the CPS asks for it.",
        roles=WORKS_CASES_POLICE,
    ),
    about_case(
        "advice_refused",
        "The CPS refused a request for early advice",
        "A request for early advice was refused",
        "The request says why. An inspector may challenge the refusal.",
        roles=WORKS_CASES_POLICE,
    ),
    about_case(
        "advice_challenged",
        "An inspector challenges a refusal of early advice",
        "A refusal of early advice is challenged",
        "Accept the request after all and name a prosecutor, or uphold the refusal with a note.",
        roles=MANAGERS,
    ),
    about_case(
        "advice_challenge_answered",
        "The CPS answered your challenge of a refusal",
        "Your challenge of a refusal was answered",
        "The request says whether it was accepted after all, and why if not.",
        roles=WORKS_CASES_POLICE,
    ),
    about_case(
        "advice_given",
        "Early advice was given",
        "Early advice was given",
        "The request has an answer to each question, and what it comes to.",
        roles=WORKS_CASES_POLICE,
    ),
    about_case(
        "advice_withdrawn",
        "The police withdrew a request for early advice",
        "A request for early advice was withdrawn",
        "Nothing more is asked of you about it.",
        roles=PROSECUTORS,
        channel=Channel.DIGEST,
    ),
)  # fmt: skip


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


def register() -> None:
    """Add the subjects of every room."""
    subjects.add(*ADVICE, *REFERRAL, *DECISION)
