"""Special measures for giving evidence, as a victim asked for them or they were agreed. A fixed list; pure.

Youth Justice and Criminal Evidence Act 1999, sections 23 to 30.
"""

from collections.abc import Iterable
from typing import Final

INTERMEDIARY: Final = "intermediary"

MEASURES: Final = {
    "screens": "Screens in court",
    "live_link": "Live link",
    "private": "Evidence in private",
    "no_wigs": "Wigs and gowns taken off",
    "recorded_interview": "Video-recorded interview as evidence in chief",
    "recorded_cross": "Cross-examination recorded before the trial (section 28)",
    INTERMEDIARY: "An intermediary",
    "aids": "Aids to communication",
}
"""Key → words, in the order of the Act."""


def in_words(keys: Iterable[str]) -> str:
    """Return the measures in the order of the list; a key that is none is left out."""
    known = set(keys)
    return ", ".join(words for key, words in MEASURES.items() if key in known)
