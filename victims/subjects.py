"""What people are told about support services: that something waits, never what was said or about whom."""

from typing import Final

from accounts.roles import WORKS_CASES_POLICE, WORKS_WITH_CLIENTS, Role
from notifications import subjects
from notifications.subjects import Channel, Subject

MANAGERS: Final = frozenset({Role.ISVA_MANAGER})


def _officers(key: str, label: str, heading: str, text: str, channel: Channel = Channel.DIGEST) -> Subject:
    return Subject(
        key=key, label=label, heading=heading, text=text, url_name="case_page", roles=WORKS_CASES_POLICE, channel=channel, otherwise="home"
    )


SUBJECTS: Final = (
    _officers(
        "isva_question",
        "An ISVA asks you something or passes on a choice",
        "An ISVA waits for your answer",
        "Answer within 2 working days. The case shows what was asked.",
        Channel.EMAIL,
    ),
    _officers(
        "isva_heard_nothing",
        "An ISVA says that a victim has heard nothing",
        "A victim has heard nothing, her or his ISVA says",
        "Contact her or him within 1 working day. Only a contact that reaches her or him settles this, or the ISVA closing it.",
        Channel.EMAIL,
    ),
    _officers(
        "isva_disputes",
        "An ISVA says that a victim disputes the withdrawal",
        "A victim disputes that support was withdrawn, her or his ISVA says",
        "Until her or his own words are recorded anew, or the ISVA closes it, no outcome can say that the victim does not support.",
        Channel.EMAIL,
    ),
    _officers(
        "isva_link",
        "A support service asks to be linked to a victim",
        "A support service asks to be linked to a victim",
        "Ask the victim, then confirm or decline within 2 working days.",
        Channel.EMAIL,
    ),
    _officers(
        "tell_request_answered",
        "An ISVA answered your request to tell",
        "An ISVA answered your request to tell",
        "The case says whether she or he was told, or is still to be told by you.",
    ),
    _officers(
        "tell_request_returned",
        "A request to tell came back unread",
        "A request to tell came back unread",
        "Nobody at the support service read it in 4 working hours. Telling the victim is yours again.",
        Channel.EMAIL,
    ),
    _officers(
        "isva_consent_withdrawn",
        "A victim withdrew consent to a support service",
        "Consent to a support service was withdrawn",
        "The service sees nothing of this case any longer.",
    ),
    Subject(
        key="client_new",
        label="A client waits to be allocated",
        heading="A client waits to be allocated",
        text="The client agreed that your service sees what she or he was told. Allocate an ISVA.",
        url_name="client_list",
        roles=MANAGERS,
        channel=Channel.EMAIL,
        otherwise="home",
    ),
    Subject(
        key="client_allocated",
        label="A client is allocated to you",
        heading="A client was allocated to you",
        text="You find her or him among your clients.",
        url_name="client_list",
        roles=WORKS_WITH_CLIENTS,
        channel=Channel.EMAIL,
        otherwise="home",
    ),
    Subject(
        key="client_answered",
        label="The officer answered you",
        heading="The officer answered you",
        text="You find the answer among your clients.",
        url_name="client_list",
        roles=WORKS_WITH_CLIENTS,
        channel=Channel.DIGEST,
        otherwise="home",
    ),
    Subject(
        key="client_tell_request",
        label="You are asked to tell a client something",
        heading="You are asked to tell a client something",
        text="Open it within 4 working hours, or it goes back to the officer.",
        url_name="client_list",
        roles=WORKS_WITH_CLIENTS,
        channel=Channel.EMAIL,
        otherwise="home",
    ),
    Subject(
        key="client_consent_ended",
        label="A client withdrew consent",
        heading="A client withdrew consent",
        text="You no longer see this client. The service’s own record is yours to keep as its rules say.",
        url_name="client_list",
        roles=WORKS_WITH_CLIENTS,
        channel=Channel.DIGEST,
        otherwise="home",
    ),
)


def register() -> None:
    """Add the subjects."""
    subjects.add(*SUBJECTS)
