"""What people are told of early advice: that something waits, never what was said or about whom."""

from typing import Final

from accounts.roles import WORKS_CASES_POLICE
from notifications.subjects import Channel
from prosecution.subject_words import MANAGERS, PROSECUTORS, about_case

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
