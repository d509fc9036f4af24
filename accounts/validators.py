"""What a password may not be, beside Django's own checks."""

import re

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError

from accounts.agencies import TERRITORIAL_FORCES

LONGEST = 128
SERVICE_WORDS = frozenset({"rasso", "cps", "police", "tracker", "constabulary", "crown", "prosecution"})
FORCE_NAME_ENDINGS = re.compile(r"\s+(police( service)?|constabulary)$", re.IGNORECASE)
NOT_LETTERS = re.compile(r"[^a-z]+")
LEAST_LEFT = 10


def squeezed(text: str) -> str:
    """Return the letters a to z of a text, in small letters and nothing between them."""
    return NOT_LETTERS.sub("", text.casefold())


def context_words() -> frozenset[str]:
    """Return the words that somebody who knows this service would try first, squeezed: the service's, and each force's name."""
    forces = {squeezed(FORCE_NAME_ENDINGS.sub("", name)) for name, _ in TERRITORIAL_FORCES.values()}
    return SERVICE_WORDS | forces


class ContextWordValidator:
    """Refuse a password that is little more than words of this service: without them, fewer than 10 characters are left."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raise ValidationError, code `context_word`, when the password leans on such words."""
        letters = squeezed(password)
        found = [word for word in sorted(context_words(), key=len, reverse=True) if word in letters]
        left = letters
        for word in found:
            left = left.replace(word, "")
        if found and len(left) < LEAST_LEFT:
            raise ValidationError("Password must not be made of words of this service, such as the name of a force", code="context_word")

    def get_help_text(self) -> str:
        """Say it beforehand."""
        return "Do not use the name of a force, or words such as police, CPS, RASSO or tracker."


class MaximumLengthValidator:
    """Refuse a password longer than 128 characters, before anything is hashed."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raise ValidationError, code `password_too_long`."""
        if len(password) > LONGEST:
            raise ValidationError(f"Password must be {LONGEST} characters or fewer", code="password_too_long")

    def get_help_text(self) -> str:
        """Say it beforehand."""
        return f"It can be up to {LONGEST} characters."
