"""The canaries: invented words, numbers and days, one for each sealed value of each victim, and the finder that knows them all."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

VICTIMS: Final = "abki"
"""A and B of one case of force 52, K of Kent's, I of an extract."""
GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "identity": ("surname", "forenames", "born", "address", "home", "mobile", "email", "notes"),
    "card": ("never", "times", "code", "pickup", "route"),
    "review": ("decided",),
    "agreement": ("ownreason",),
    "person": ("personname", "persontel", "personemail", "near"),
    "person never": ("persontold",),
    "needs": ("communication",),
    "consent": ("witness",),
    "link": ("clientname",),
    "telling": ("companion", "planroute"),
    "tell": ("tellwords", "maybesaid", "safewhen"),
    "tell note": ("tellnote",),
    "message": ("message", "answer"),
    "summary": ("summary", "nottoldto"),
    "place": ("place",),
    "letter": ("letterroute",),
    "request": (
        "holder", "wanted", "reasonable", "hasit", "needed", "proportion", "means", "handled", "withheld", "probative", "approval",
    ),
    "device": ("device", "scope", "reason", "deviceneed", "devicemeans", "devicehandled", "freely"),
    "suspect": ("suspect",),
    "support": ("herwords", "toldto", "safetyaction"),
}  # fmt: skip
"""Group of a canary, by which the written list allows it → the values of the group."""
SHARED: Final = frozenset({"suspect", "support"})
"""Groups of the record that police and CPS share: read by who works the case, canaries for everybody else, and for mail and logs."""
SEALED: Final = frozenset(GROUPS) - SHARED
"""Groups that stand in the database sealed."""
GROUP_OF: Final = {name: group for group, names in GROUPS.items() for name in names}
TELEPHONES: Final = {"home": ("0117", "496", "0{}1"), "mobile": ("07700", "900{}1"), "persontel": ("07700", "900{}2")}
"""Numbers that Ofcom keeps for drama, as they are entered; they are looked for with spaces and without."""
WORD: Final = re.compile(r"zq([a-z]+?)qz")


def word(name: str, victim: str) -> str:
    """Return the word that stands for one value of one victim, as it would be typed."""
    return f"Zq{name}{victim}qz"


def email(victim: str, name: str = "email") -> str:
    """Return an e-mail address with the word in it."""
    return f"{word(name, victim)}@demo.example".lower()


def telephone(name: str, victim: str) -> str:
    """Return a telephone number of a victim."""
    return " ".join(TELEPHONES[name]).format(31 + VICTIMS.index(victim))


def born(victim: str) -> date:
    """Return a victim's date of birth: a year that nothing else of the tests is in."""
    return date(1943 + VICTIMS.index(victim), 5, 17)


def _patterns() -> dict[str, str]:
    """Return what is looked for besides words: telephones and days however they are written, the year alone as a form fills it in."""
    found = {}
    for victim in VICTIMS:
        day = born(victim)
        found[f"born {victim}"] = rf"{day:%Y-%m-%d}|17/0?5/{day.year}|17 may {day.year}|value=.{day.year}"
        for name in TELEPHONES:
            digits = telephone(name, victim).replace(" ", "")
            found[f"{name} {victim}"] = r"[ -]?".join(digits) + "|" + r"[ -]?".join(f"+44{digits[1:]}").replace("+", r"\+")
    return found


PATTERNS: Final = {key: re.compile(pattern) for key, pattern in _patterns().items()}
OTHERS: Final = re.compile("|".join(_patterns().values()))
KNOWN: Final = {f"{name}{victim}": f"{name} {victim}" for name in GROUP_OF for victim in VICTIMS}


def find(text: str) -> set[str]:
    """Return which canaries a text holds, as "value victim", whatever the case of its letters."""
    lowered = text.lower()
    found = {KNOWN[one] for one in WORD.findall(lowered) if one in KNOWN}
    if OTHERS.search(lowered):
        found |= {key for key, pattern in PATTERNS.items() if pattern.search(lowered)}
    return found


def grouped(found: Iterable[str]) -> set[tuple[str, str]]:
    """Return canaries as (group, victim)."""
    return {(GROUP_OF[name], victim) for name, victim in (one.split(" ") for one in found)}


def sealed(found: Iterable[str]) -> set[str]:
    """Return those of the canaries that stand for a sealed value."""
    return {one for one in found if GROUP_OF[one.split(" ")[0]] in SEALED}
