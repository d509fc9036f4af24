"""The one sealer (AES-256-GCM) and the keyed hashes (HMAC-SHA-256), under the keys of settings.FIELD_KEYS.

Bytes at rest: `seal` and `unseal`. One value of one row: `seal_field` and `unseal_field`, which core.sealedfield calls and
nobody else needs. Short words that travel in an address without being readable there (what was searched
for, where a page of a list begins): `seal_word` and `unseal_word`; browsers, proxies and printers keep addresses, so
nothing that identifies a person or a case may stand in one.

The first key writes, all of them read: a key is changed by putting a new one in front. What a sealed text is `about`, or
a word's `purpose`, is bound to it, so that one row's bytes cannot be put into another and a word opens for nobody else.
Everything fails closed: a wrong key, a changed byte or another `about` raises SealBroken, and a key that is not 32 bytes
stops the program.
"""

import base64
import binascii
import hmac
import json
import secrets
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_MARK: Final = b"RS1"
_NONCE_BYTES: Final = 12
_KEY_BYTES: Final = 32
_LONGEST_KEY_ID: Final = 32
_LONGEST_WORD: Final = 2_000


class SealBroken(ValueError):
    """This is not what was sealed here about this or for this purpose, or the key it was sealed under is gone."""


def seal(data: bytes, *, about: str) -> bytes:
    """Return the bytes encrypted and authenticated together with what they are about."""
    return _sealed(data, about, "seal")


def unseal(sealed: bytes, *, about: str) -> bytes:
    """Return what was sealed about this. Raises SealBroken when a byte, the key or the subject is another."""
    return _opened(bytes(sealed), about, "seal")


def seal_field(data: bytes, *, about: str) -> bytes:
    """Return one value of one row, sealed with the place it belongs to. No other use of the keys opens it, nor it theirs."""
    return _sealed(data, about, "field")


def unseal_field(sealed: bytes, *, about: str) -> bytes:
    """Return the value sealed for this place. Raises SealBroken when a byte, the key or the place is another."""
    return _opened(sealed, about, "field")


def writing_head() -> bytes:
    """Return what everything sealed under the key that writes begins with: sealed bytes that begin otherwise are under another."""
    return _head(next(iter(_keys())))


def seal_word(value: Any, *, purpose: str) -> str:
    """Return a value of JSON as letters for an address. `purpose` names what for and for whom: it opens for no other."""
    text = json.dumps(value, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_sealed(text, purpose, "word")).decode().rstrip("=")


def unseal_word(letters: str, *, purpose: str) -> Any:
    """Return the value. Raises SealBroken for what was not sealed for this purpose, whatever it is."""
    if not letters.isascii() or len(letters) > _LONGEST_WORD:
        raise SealBroken("no word of ours looks like this")
    try:
        raw = base64.urlsafe_b64decode(letters + "=" * (-len(letters) % 4))
    except binascii.Error:
        raise SealBroken("no word of ours looks like this") from None
    return json.loads(_opened(raw, purpose, "word"))


def _sealed(data: bytes, about: str, use: str) -> bytes:
    key_id, key = next(iter(_keys().items()))
    head = _head(key_id)
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return head + nonce + _cipher(key, use).encrypt(nonce, data, head + about.encode())


def _head(key_id: str) -> bytes:
    return _MARK + bytes([len(key_id)]) + key_id.encode()


def _opened(sealed: bytes, about: str, use: str) -> bytes:
    if sealed[: len(_MARK)] != _MARK or len(sealed) <= len(_MARK):
        raise SealBroken("these bytes were not sealed here")
    end = len(_MARK) + 1 + sealed[len(_MARK)]
    head, nonce, secret = sealed[:end], sealed[end : end + _NONCE_BYTES], sealed[end + _NONCE_BYTES :]
    key = _keys().get(head[len(_MARK) + 1 :].decode("ascii", "replace"))
    if key is None:
        raise SealBroken("the key these bytes were sealed under is not configured")
    try:
        return _cipher(key, use).decrypt(nonce, secret, head + about.encode())
    except (InvalidTag, ValueError):
        raise SealBroken("these bytes were changed, or sealed about something else") from None


def keyed_hash(text: str, *, about: str) -> str:
    """Return the hash of a text under the key that writes, 64 hexadecimal digits; nobody without the key can guess at it."""
    return keyed_hashes(text, about=about)[0]


def keyed_hashes(text: str, *, about: str) -> tuple[str, ...]:
    """Return the hash under every key, the one that writes first: a stored hash is compared with all of them."""
    message = about.encode() + b"\x00" + text.encode("utf-8", "surrogatepass")
    return tuple(hmac.new(_subkey(key, "hash"), message, sha256).hexdigest() for key in _keys().values())


def _keys() -> dict[str, bytes]:
    return _parsed(tuple(settings.FIELD_KEYS))


@lru_cache(maxsize=8)
def _parsed(listing: tuple[str, ...]) -> dict[str, bytes]:
    keys: dict[str, bytes] = {}
    for entry in listing:
        key_id, _, text = entry.partition(":")
        try:
            key = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            key = b""
        if not key_id.isascii() or not 0 < len(key_id) <= _LONGEST_KEY_ID or key_id in keys or len(key) != _KEY_BYTES:
            raise ImproperlyConfigured("FIELD_KEYS: every key is 'id:base64 of 32 bytes', each id once and at most 32 characters")
        keys[key_id] = key
    if not keys:
        raise ImproperlyConfigured("FIELD_KEYS names no key")
    return keys


@lru_cache(maxsize=16)
def _cipher(key: bytes, use: str) -> AESGCM:
    return AESGCM(_subkey(key, use))


@lru_cache(maxsize=16)
def _subkey(key: bytes, purpose: str) -> bytes:
    """A key of its own for each purpose, so that neither use says anything about the other."""
    return hmac.new(key, b"rasso " + purpose.encode(), sha256).digest()
