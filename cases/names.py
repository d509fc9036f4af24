"""Search keys of a suspect's name, made in Python and compared for equality only; and ranking what they find.

Three sorts of key for each word of a name: `n` as written without accents and signs, `s` by its sound, `d` with one
letter left out. Two words that differ by one letter, or by two letters changing places, share a `d` key. Words are not
told apart by place, so a swapped order finds too; words beside each other are also taken as one (O Brien, Mc Donald,
Smith-Jones). Pure: no database. Pattern matching in the database is what this replaces (cases/models/people.py).
"""

import re
import unicodedata
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

from rapidfuzz import fuzz

Key = TypeVar("Key", bound=Hashable)

LONGEST = 38
"""Letters of a word that count: a key is 40 characters with its sort."""

SHORTEST_TO_SHORTEN = 3
"""A word of two letters with one left out would find everything."""

WORDS_JOINED = 3
WORDS_OF_A_QUERY = 6
"""More words than this are not a name; the first ones count, so that a long text stays cheap."""

FLOOR = 55.0
"""The likeness, out of 100, below which a candidate is left out."""

APOSTROPHES = re.compile("['`´‘’‛ʹʻʼʽˈ′＇]")
NOT_A_LETTER = re.compile(r"[\W\d_]+")
LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ŋ": "n"})
"""Letters that are not a plain letter with a sign on it, as they are written in English."""

_SOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^mac(?=[a-z]{3})", "mc"), (r"^(kn|gn|pn)", "n"), (r"^wr", "r"), (r"^x", "s"), (r"^ps", "s"), (r"x", "ks"),
        (r"tch|sch|sh|cz", "X"), (r"ch(?=[rl])", "k"), (r"ch", "X"), (r"ph", "f"), (r"kh", "k"), (r"ough", "o"),
        (r"gh(?=[^aeiou]|$)", ""), (r"gh", "g"), (r"ck", "k"), (r"c(?=[eiy])", "s"), (r"[cq]", "k"),
        (r"dg(?=[eiy])", "j"), (r"th", "t"), (r"z", "s"), (r"v", "f"), (r"y", "i"), (r"w", "u"), (r"h", ""),
    )
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"[aeiou]")


def normalised(text: str) -> str:
    """Return the text in small letters without accents and apostrophes, its words parted by single spaces."""
    plain = unicodedata.normalize("NFKD", APOSTROPHES.sub("", text)).casefold().translate(LETTERS)
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(letter))
    return NOT_A_LETTER.sub(" ", bare).strip()


def by_sound(word: str) -> str:
    """Return how a normalised word sounds: consonants by their sound, the vowel it begins with, nothing doubled.

    Our own short rules for names as they are heard and misspelt in England and Wales (Smyth, Katherine, Mohamed,
    Stephen); letters outside a to z stay as they are.
    """
    sounds = word
    for pattern, sound in _SOUNDS:
        sounds = pattern.sub(sound, sounds)
    sounds = _DOUBLED.sub(r"\1", sounds)
    first = "a" if sounds[:1] in "aeiou" and sounds else ""
    return first + _VOWELS.sub("", sounds)


def keys_for(surname: str, forenames: str = "") -> frozenset[str]:
    """Return every key that a suspect of this name is found by."""
    keys: set[str] = set()
    for part in (normalised(surname).split(), normalised(forenames).split()):
        # A joined word is found as it is; the letter left out is the query's part, so that a name keeps few keys.
        for word in _joined(part):
            keys.update(_keys(word, shortened=word in part))
    return frozenset(keys)


def keys_of_query(text: str) -> frozenset[str]:
    """Return the keys to look for when this was typed, whatever the order of the names; empty for no letters at all."""
    words = _joined(normalised(text).split()[:WORDS_OF_A_QUERY])
    return frozenset(key for word in words for key in _keys(word, shortened=True))


def _joined(words: Sequence[str]) -> Iterator[str]:
    """Yield each word, and two or three beside each other as one."""
    for length in range(1, WORDS_JOINED + 1):
        for start in range(len(words) - length + 1):
            yield "".join(words[start : start + length])


def _keys(word: str, *, shortened: bool) -> Iterator[str]:
    short = word[:LONGEST]
    yield f"n:{short}"
    sound = by_sound(short)[:LONGEST]
    if len(sound) > 1:
        yield f"s:{sound}"
    yield f"d:{short}"
    if shortened and len(short) >= SHORTEST_TO_SHORTEN:
        yield from (f"d:{short[:place]}{short[place + 1 :]}" for place in range(len(short)))


def likeness(text: str, name: str) -> float:
    """Return how like a name is to what was typed, 0 to 100. Order does not count; a name left out counts little."""
    typed, here = normalised(text), normalised(name)
    if not typed or not here:
        return 0.0
    if typed.replace(" ", "") == here.replace(" ", ""):
        return 100.0
    whole = fuzz.token_sort_ratio(typed, here)
    return max(0.35 * whole + 0.6 * _word_by_word(typed.split(), here.split()), 0.95 * whole)


def _word_by_word(typed: Sequence[str], here: Sequence[str]) -> float:
    """Return the mean likeness of each word typed to the word most like it: by its letters, or nearly as good by its sound."""
    words = list(_joined(here))
    return sum(max(_nearness(word, other) for other in words) for word in typed) / len(typed)


def _nearness(word: str, other: str) -> float:
    letters = fuzz.ratio(word, other)
    return max(letters, 90.0) if by_sound(word) == by_sound(other) else letters


def rank(text: str, candidates: Iterable[tuple[Key, str]]) -> list[tuple[Key, str]]:
    """Return the candidates (key, name) most like what was typed first, without those that are not like it."""
    scored = [(likeness(text, name), key, name) for key, name in candidates]
    kept = [row for row in scored if row[0] >= FLOOR]
    kept.sort(key=lambda row: (-row[0], row[2]))
    return [(key, name) for _, key, name in kept]
