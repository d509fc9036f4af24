"""Blind indexes: finding a sealed value by equality, inside one force, without the database knowing what it is.

An index is a keyed hash (core.vault) of the text brought to one form, bound to its column and to its force: equal names in
two forces or two columns do not look equal, and nobody without the key can try names. Only the whole value is found; parts
and sounds of names would tell more, and are not offered. Equal values of one column and force do look equal: that is the price.
"""

import re
import unicodedata
from typing import Final

from core.vault import keyed_hashes

LENGTH: Final = 32
"""Hexadecimal digits of an index: 128 bits."""

_APOSTROPHES: Final = re.compile("['`´‘’‛ʹʻʼʽˈ′＇]")
_PARTING: Final = re.compile(r"[\s\-‐‑‒–—―−]+")
_UNSEEN: Final = frozenset({"Cf", "Cc"})
"""Categories of Unicode that show nothing and are left out of a name, as accents are."""


def blind_index(text: str, *, column: str, force_id: int) -> str:
    """Return what a text is found by, under the key that writes; "" for a text that normalises to nothing.

    The text goes through `normal_name`; put a telephone or an e-mail address through its own normaliser first.
    """
    return next(iter(blind_indexes(text, column=column, force_id=force_id)), "")


def blind_indexes(text: str, *, column: str, force_id: int) -> tuple[str, ...]:
    """Return the index under every key, the one that writes first, to search by while keys are changed; () for nothing."""
    name = normal_name(text)
    if not name:
        return ()
    return tuple(digest[:LENGTH] for digest in keyed_hashes(name, about=f"blind index of {column} in force {force_id}"))


def normal_name(text: str) -> str:
    """Return a name in small letters without accents and apostrophes, its words parted by single spaces.

    A hyphen parts words as a space does, because people are asked for "Smith-Jones" and told "Smith Jones".
    """
    # Twice: some apostrophes become one, others a space with an accent, in the compatible form.
    plain = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", _APOSTROPHES.sub("", text)))
    letters = unicodedata.normalize("NFKD", _PARTING.sub(" ", plain).casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter) and unicodedata.category(letter) not in _UNSEEN)
    return " ".join(unicodedata.normalize("NFKC", bare).casefold().split())


def normal_telephone(text: str) -> str:
    """Return the digits of a telephone number, a British one beginning with 0: "+44 (0)7700 900123" is "07700900123"."""
    digits = "".join(str(unicodedata.decimal(letter)) for letter in text if letter.isdecimal())
    if digits.startswith("00"):
        digits = digits[2:]
    if digits.startswith("44"):  # no British number begins so without its 0
        rest = digits[2:].lstrip("0")
        digits = f"0{rest}" if rest else ""
    return digits


def normal_email(text: str) -> str:
    """Return an e-mail address in small letters without spaces. Case counts in no mailbox that people have."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
