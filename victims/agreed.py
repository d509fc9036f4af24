"""What was agreed about contact, in words: for the ISVA's page, and said to the client on the paper that she or he takes home.

The words name no kind of case, because the paper is read wherever it lies.
"""

from typing import Final

from cases.models import Channel
from victims.models import ContactAgreement
from victims.models.contact import AgreedBy

HOW: Final[dict[str, str]] = {
    Channel.IN_PERSON: "in person",
    Channel.TELEPHONE: "by telephone",
    Channel.TEXT: "by text message",
    Channel.EMAIL: "by email",
    Channel.LETTER: "by letter",
    Channel.VIDEO: "by video call",
    Channel.VIA_ISVA: "through the adviser",
}
WHO: Final[dict[str, str]] = {
    AgreedBy.OFFICER: "the officer in the case",
    AgreedBy.LIAISON: "the liaison officer",
    AgreedBy.WITNESS_CARE: "the Witness Care officer",
    AgreedBy.VICTIM_LIAISON: "the victim liaison officer",
    AgreedBy.ISVA: "the adviser",
}


def agreed_in_words(row: ContactAgreement | None) -> str:
    """Return what was agreed, said of the client."""
    if row is None:
        return "Nothing is agreed yet"
    if row.opted_out:
        return "She or he asked not to be contacted"
    return f"Every {_terms(row)}"


def agreed_with_you(row: ContactAgreement | None) -> str:
    """Return what was agreed about contact, said to the client herself or himself."""
    if row is None:
        return "Nothing has been agreed yet about how often you hear."
    if row.opted_out:
        return "You asked not to be contacted. You can change this at any time."
    return f"It was agreed that you hear every {_terms(row)}."


def _terms(row: ContactAgreement) -> str:
    days = "day" if row.interval_days == 1 else f"{row.interval_days} days"
    how = f" {HOW[row.channel]}" if row.channel else ""
    return f"{days}{how} from {WHO[row.by]}"
