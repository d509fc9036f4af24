"""What an item that looks at the victim shows of the law: whether the conditions of its line of enquiry are met."""

from typing import Final

from core.words import inside
from prosecution.models import ActionItem

NO_ENQUIRY: Final = "No line of enquiry about the victim is linked yet, so the conditions of the law are not shown to be met."


def gate_of(item: ActionItem) -> str:
    """Return the state of the statutory gate of an item that looks at the victim (PCSC Act 2022 ss.37 to 44F)."""
    if not item.looks_at_victim:
        return ""
    if item.enquiry is None:
        return NO_ENQUIRY
    return f"{item.enquiry.what}: conditions of the law {inside(item.enquiry.get_gate_display())}"
