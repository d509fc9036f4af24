"""What in a text says who, when or where: marked for the person who redacts it, and refused at confirmation. Pure.

Known to the case are names, places and references; dates, times, numbers and addresses are found by their shape. What no list
knows — a nickname, a village — only the person sees: words with a capital that the case does not know are marked, not refused.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Why(StrEnum):
    """Why something is marked."""

    NAME = "a name"
    PLACE = "a place"
    REFERENCE = "a reference"
    DATE = "a date or a time"
    LABEL = "a victim’s label"
    NUMBER = "a number, an address or a telephone"
    CAPITAL = "a word with a capital letter: look at it"


@dataclass(frozen=True, slots=True)
class Known:
    """What a case knows of itself."""

    names: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    wholes: tuple[str, ...] = ()
    """Names that say something only as a whole: of services, whose parts are words of every day."""


@dataclass(frozen=True, slots=True)
class Found:
    """A piece of a text that says something: from, to, why."""

    start: int
    end: int
    why: Why


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text as it is shown: marked, with the reason, or plain."""

    text: str
    why: str = ""


_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DAY: Final = r"\d{1,2}(?:st|nd|rd|th)?"
_DATES: Final = re.compile(
    rf"\b{_DAY}\s+(?:of\s+)?{_MONTH}\b(?:,?\s+\d{{2,4}})?|\b{_MONTH}\.?\s+(?:the\s+)?{_DAY}\b|\b{_MONTH}\.?,?\s+(?:19|20)\d\d\b"
    r"|\b\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}\b|\b(?:19|20)\d\d\b"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:christmas|new year’?'?s|easter|boxing day|valentine’?'?s)\b"
    r"|\b\d{1,2}[:.]\d{2}\s*(?:hrs|hours|[ap]\.?m\.?)?(?!\d)|\b\d{1,2}\s*[ap]\.?m\b|\b\d{4}\s*(?:hrs|hours)\b"
    r"|\b(?:january|february|april|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)
_SPRING: Final = re.compile(r"\b(?:[Ii]n|[Ss]ince|[Oo]f|[Bb]y|[Uu]ntil|[Ll]ast|[Ee]arly|[Ll]ate|[Mm]id)[\s-]+(?:March|May)\b")
"""Two months that are words of every day: read as months after these, with their capital letter."""
_PLACES: Final = re.compile(
    r"\b(?:[A-Z][\w’'-]+\s+)+(?:Street|Road|Lane|Avenue|Close|Drive|Court|Way|Terrace|Crescent|Square|Place|Park|Hill|Green|Gardens|House"
    r"|Hotel|Hospital|School|College|University|Station|Club|Bridge|Estate|Inn|Arms)\b"
    r"|\b(?!DG\d\b)[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b"
)
_NUMBERS: Final = re.compile(
    r"[\w.+-]+@[\w-]+\.[\w.-]+|(?:https?://|www\.)\S+|\+?\d[\d\s-]{8,}\d|\b\d{5,}\b|\b[A-Z]{0,3}\d*[A-Z]*/\S*\d\S*|\b\d+/\S+|\b\d{2}[A-Z]{1,2}\d{5,}\b|\b[A-Z]{1,3}\d{3,}\b"
)
_LABELS: Final = re.compile(r"\b(?:[Vv]ictim|[Cc]omplainant|[Ss]urvivor|IP|AP)\s+[A-Z]{1,3}\b(?!’|')|\b[Ss]uspect\s+\d+\b")
_CAPITALS: Final = re.compile(r"(?<=[a-z,;:]\s)[A-Z][\w’'-]+")
_EVERYDAY: Final = frozenset({"Code", "Crown", "Director", "Full", "Test", "Threshold", "Police", "Court", "English", "Home", "Office"})
_RANKS: Final = frozenset({
    "dc", "ds", "di", "dci", "dsu", "pc", "ps", "insp", "inspector", "sergeant", "mr", "mrs", "ms", "miss", "dr", "prof", "detective",
    "constable", "system", "isva", "the", "of",
})  # fmt: skip
"""What stands before a name and is none."""
_ORDINARY: Final = _RANKS | {
    "and", "area", "avenue", "body", "british", "central", "city", "close", "constabulary", "court", "cps", "crown", "direct",
    "east", "extract", "flat", "force", "house", "known", "lane", "non", "non-recent", "north", "not", "office", "police",
    "rasso", "recent", "review", "road", "scrutiny", "service", "services", "south", "street", "suspect", "team", "test",
    "transport", "unit", "valley", "victim", "west",
}  # fmt: skip
"""Parts of the names of places and units that say nothing alone."""


def words_of(names: Iterable[str], nothing: frozenset[str] = _RANKS) -> set[str]:
    """Return what is looked for: each whole name, and each of its parts that says something alone."""
    found: set[str] = set()
    for name in names:
        whole = " ".join(name.split())
        parts = [part.strip(".,;:()’'\"") for part in re.split(r"[\s/,]+", whole)]
        parts += [piece for part in parts if "-" in part for piece in part.split("-")]
        found |= {one for one in (whole, *parts) if len(one) > 1 and not one.isdigit() and one.casefold() not in nothing}
    return found


def look(text: str, known: Known, *, capitals: bool = False) -> list[Found]:
    """Return everything in a text that says who, when or where, in order, none inside another. `capitals`: also what only may."""
    found = [*_listed(text, words_of(known.names), Why.NAME), *_listed(text, words_of(known.places, _ORDINARY), Why.PLACE)]
    found += _listed(text, {one for one in known.references if len(one) > 2}, Why.REFERENCE)
    found += _listed(text, known.wholes, Why.PLACE)
    shapes = [(_DATES, Why.DATE), (_SPRING, Why.DATE), (_PLACES, Why.PLACE), (_NUMBERS, Why.NUMBER), (_LABELS, Why.LABEL)]
    found += [Found(*match.span(), why) for shape, why in shapes for match in shape.finditer(text)]
    if capitals:
        found += [Found(*match.span(), Why.CAPITAL) for match in _CAPITALS.finditer(text) if match[0] not in _EVERYDAY]
    return _apart(found)


def says(text: str, known: Known) -> list[tuple[str, Why]]:
    """Return what a text must not say and says, each once: what refuses its confirmation."""
    return list(dict.fromkeys((text[one.start : one.end], one.why) for one in look(text, known)))


def pieces(text: str, known: Known) -> list[Piece]:
    """Return a text in pieces, marked where it says something."""
    out, at = [], 0
    for one in look(text, known, capitals=True):
        if one.start > at:
            out.append(Piece(text[at : one.start]))
        out.append(Piece(text[one.start : one.end], one.why))
        at = one.end
    return [*out, Piece(text[at:])] if at < len(text) else out


def _listed(text: str, words: Iterable[str], why: Why) -> list[Found]:
    """Return where any of these words stands, whatever its letters' case, its spaces and its hyphens; possessives too."""
    shapes = [
        r"[\s’'-]*".join(re.escape(part) for part in re.split(r"[\s’'-]+", word) if part) for word in sorted(words, key=len, reverse=True)
    ]
    shapes = [shape for shape in shapes if shape]
    if not shapes:
        return []
    return [Found(*match.span(), why) for match in re.finditer(rf"(?<!\w)(?:{'|'.join(shapes)})(?!\w)", text, re.IGNORECASE)]


def _apart(found: Sequence[Found]) -> list[Found]:
    """Return pieces that do not overlap: the first, and of those that begin together the longest; a mere capital gives way."""
    out: list[Found] = []
    for one in sorted(found, key=lambda one: (one.why is Why.CAPITAL, one.why is Why.NUMBER, one.start, -one.end)):
        if all(one.end <= other.start or one.start >= other.end for other in out):
            out.append(one)
    return sorted(out, key=lambda one: one.start)
