"""The five conditions of the Threshold Test: asked one by one, kept as one text in which each stands under its heading. Pure.

Code for Crown Prosecutors, 8th edition (October 2018), section 5: all five must be met before a charge on this test.
"""

from typing import Final

CONDITIONS: Final[tuple[str, ...]] = (
    "There are reasonable grounds to suspect that the person to be charged committed the offence",
    "Further evidence can be obtained to provide a realistic prospect of conviction",
    "The seriousness or the circumstances of the case justify an immediate charging decision",
    "There are continuing substantial grounds to object to bail",
    "It is in the public interest to charge the suspect",
)
LONGEST: Final = 680
"""Characters for each: five of them with their headings fit the text they are kept in."""
_BETWEEN: Final = "\n\n"


def joined(texts: tuple[str, ...]) -> str:
    """Return the texts under their headings; what is empty is left out."""
    return _BETWEEN.join(f"{heading}:\n{text}" for heading, text in zip(CONDITIONS, texts, strict=False) if text)


def parted(kept: str) -> tuple[str, ...]:
    """Return the texts in their order, "" for what is not there; nothing at all for an empty text."""
    if not kept:
        return ()
    found = [""] * len(CONDITIONS)
    begins = [(kept.find(f"{heading}:\n"), number) for number, heading in enumerate(CONDITIONS)]
    places = sorted(place for place in begins if place[0] >= 0)
    for (start, number), (end, _) in zip(places, [*places[1:], (len(kept) + len(_BETWEEN), 0)], strict=True):
        found[number] = kept[start + len(CONDITIONS[number]) + 2 : end - len(_BETWEEN)]
    return tuple(found)
