"""django-allauth's second factors, as this service wants them: secrets encrypted, a QR code that a strict page may show."""

import os
from base64 import b64decode, b64encode

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, SuspiciousOperation

VERSION = "v1"
BOUND_TO = b"mfa_authenticator.data"
NONCE_BYTES = 12


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc, unused-ignore]
    """Authenticator apps, passkeys, recovery codes."""

    error_messages = {  # noqa: RUF012 - as the class above has it
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "The code is not correct. Check the time on your phone and enter the newest code",
        "rate_limited": "Too many attempts. Wait a few minutes, then try again",
    }

    def encrypt(self, text: str) -> str:
        """Return the text as "v1|key id|nonce and ciphertext", encrypted with the first of settings.FIELD_KEYS."""
        key_id, key = field_keys()[0]
        nonce = os.urandom(NONCE_BYTES)
        sealed = AESGCM(key).encrypt(nonce, text.encode(), BOUND_TO)
        return "|".join([VERSION, key_id, b64encode(nonce + sealed).decode()])

    def decrypt(self, encrypted_text: str) -> str:
        """Return the text. Raises SuspiciousOperation for what was not written by `encrypt` or has been changed since."""
        version, key_id, sealed = [*encrypted_text.split("|"), "", ""][:3]
        key = dict(field_keys()).get(key_id)
        if version != VERSION or key is None:
            raise SuspiciousOperation("a second factor's secret is not readable")
        raw = b64decode(sealed)
        try:
            return AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], BOUND_TO).decode()
        except InvalidTag as error:
            raise SuspiciousOperation("a second factor's secret has been changed") from error

    def build_totp_svg(self, url: str) -> str:
        """Return the QR code as an element to stand in the page: an image from a data address is not allowed there."""
        drawing: str = super().build_totp_svg(url)
        return drawing[drawing.index("<svg") :].replace("<svg ", '<svg role="img" aria-label="QR code for your authenticator app" ', 1)


def field_keys() -> list[tuple[str, bytes]]:
    """Return the keys by id, the one that writes first. Raises ImproperlyConfigured without any."""
    pairs = [entry.partition(":") for entry in settings.FIELD_KEYS]
    if not pairs:
        raise ImproperlyConfigured("FIELD_KEYS is empty")
    return [(key_id, b64decode(key)) for key_id, _, key in pairs]
