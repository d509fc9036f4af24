"""Fields that the forms of this app share."""

import re
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import Agency
from accounts.roles import AgencyKind
from cases.forms.fields import CHOOSE
from core.blindindex import normal_telephone

TELEPHONE: Final = re.compile(r"[0-9+()./\- ]+(?:\s*(?:x|ext\.?|extension)\s*[0-9]{1,6})?", re.ASCII | re.IGNORECASE)
FEWEST_DIGITS, MOST_DIGITS = 7, 20
"""A British number has 10 or 11 digits; numbers abroad have up to 15 (ITU-T E.164), an extension some more."""
NO_TELEPHONE: Final = "Enter a telephone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192"


def check_telephone(text: str) -> None:
    """Raise ValidationError for what is no telephone number. The message never repeats what was typed."""
    if not TELEPHONE.fullmatch(text) or not FEWEST_DIGITS <= len(normal_telephone(text)) <= MOST_DIGITS:
        raise ValidationError(NO_TELEPHONE, code="telephone")


class TelephoneField(forms.CharField):
    """A telephone number as people write it; kept as typed, compared by its digits."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 50, **kwargs})
        self.validators = [*self.validators, check_telephone]


class ServiceField(forms.TypedChoiceField):
    """One of the support services known here; cleans to its number, or None for none."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, empty_value=None, **{"label": "Support service", **kwargs})

    def offer(self) -> None:
        """Fill in the services."""
        rows = Agency.objects.filter(kind=AgencyKind.SUPPORT).order_by("name").values_list("pk", "name")
        self.choices = [*CHOOSE, *((str(key), name) for key, name in rows)]
