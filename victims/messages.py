"""The fixed choices of what an ISVA says to the police, and what stands above every box she or he types in."""

from typing import Final

from cases.models import Channel
from core.words import inside
from victims.models.isva import MessageKind

DISCLOSED: Final = "This may be disclosed. Write nothing about support or therapy."
"""Stands above every text that an ISVA types: what is written to the police is material of the case."""

SUBJECTS: Final[dict[str, str]] = {
    "next_contact": "When the next contact is",
    "what_happens_next": "What happens next in the case",
    "appointment": "An appointment",
    "safety": "My client’s safety",
    "property": "A device or belongings",
    "court": "Court or special measures",
    "support_at_interview": "Being with my client at an interview",
    "other": "Something else",
}
"""The subject of a question to the officer."""

INTERVAL, CHANNEL, PAUSE, SAFE, NEEDS = "interval", "channel", "pause", "safe_contact", "needs"
CHOICES: Final[dict[str, str]] = {
    INTERVAL: "How often to be contacted",
    CHANNEL: "How to be contacted",
    PAUSE: "No contact for a while",
    SAFE: "How to be reached safely has changed",
    NEEDS: "What she or he needs has changed, such as an interpreter or special measures",
}
"""What a client chooses or changes that her or his ISVA passes on. The officer records it, so that there is one record."""
IN_WORDS: Final = frozenset({SAFE, NEEDS})
"""The choices that need words of their own."""
MOST_DAYS: Final = 365


def choice_words(kind: str, choice: str, number: int | None) -> str:
    """Return the fixed part of a message in words; nothing for the kinds that have none."""
    if kind == MessageKind.QUESTION:
        return SUBJECTS.get(choice, "")
    if kind != MessageKind.CHOICE:
        return ""
    which, _, channel = choice.partition(":")
    if which == INTERVAL:
        return f"Contact every {number} {'day' if number == 1 else 'days'}"
    if which == CHANNEL:
        return f"Contact by: {inside(Channel(channel).label)}" if channel in Channel.values else CHOICES[CHANNEL]
    if which == PAUSE and number:
        return f"No contact for {number} {'day' if number == 1 else 'days'}"
    return CHOICES.get(which, "")
