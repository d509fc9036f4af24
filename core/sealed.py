"""Short texts that travel in an address without being readable there: what was searched for, where a page of a list begins.

Addresses are kept by browsers, proxies and printers, so nothing that identifies a person or a case may stand in one.
"""

import json
import os
from base64 import b64decode, urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE_BYTES = 12
LONGEST = 2_000


class Unreadable(ValueError):
    """This was not sealed here, for this purpose, or has been changed since."""


def seal(value: Any, *, purpose: str) -> str:
    """Return a value of JSON as letters for an address. `purpose` names what for and for whom: it opens for no other."""
    nonce = os.urandom(NONCE_BYTES)
    text = json.dumps(value, separators=(",", ":")).encode()
    sealed = AESGCM(_keys()[0]).encrypt(nonce, text, purpose.encode())
    return urlsafe_b64encode(nonce + sealed).decode().rstrip("=")


def unseal(letters: str, *, purpose: str) -> Any:
    """Return the value. Raises Unreadable for what was not sealed for this purpose, whatever it is."""
    if not letters.isascii() or len(letters) > LONGEST:
        raise Unreadable
    try:
        raw = urlsafe_b64decode(letters + "=" * (-len(letters) % 4))
    except Base64Error as error:
        raise Unreadable from error
    for key in _keys():
        try:
            return json.loads(AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], purpose.encode()))
        except (InvalidTag, ValueError):
            continue
    raise Unreadable


def _keys() -> list[bytes]:
    """Return the keys, the one that writes first."""
    return [b64decode(entry.partition(":")[2]) for entry in settings.FIELD_KEYS]
