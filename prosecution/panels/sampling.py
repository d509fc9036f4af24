"""A random sample that anybody can draw again: by the SHA-256 of a recorded seed and each key, the smallest first. Pure.

No generator of a programming language is promised to give the same numbers for ever; a hash is.
"""

import hashlib
import secrets
from collections.abc import Iterable

SEED_LENGTH = 64


def new_seed() -> str:
    """Return a seed that nobody chose."""
    return secrets.token_hex(8)


def rank(seed: str, key: str) -> str:
    """Return by what a key is put in order under a seed. Between seed and key stands a byte that neither has."""
    return hashlib.sha256(seed.encode() + b"\x00" + key.encode()).hexdigest()


def draw(seed: str, frame: Iterable[str], size: int) -> list[str]:
    """Return `size` keys of a frame, in the order drawn; the whole frame where it has no more. The frame's own order is nothing to it."""
    return sorted(set(frame), key=lambda key: (rank(seed, key), key))[: max(size, 0)]


def digest(frame: Iterable[str]) -> str:
    """Return the SHA-256 of a frame in the order of its keys, by which two frames are known to be the same."""
    return hashlib.sha256("\n".join(sorted(set(frame))).encode()).hexdigest()
