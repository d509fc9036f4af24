"""Passwords that lean on words of this service, and passwords too long."""

import pytest
from django.core.exceptions import ValidationError

from accounts.validators import ContextWordValidator, MaximumLengthValidator


@pytest.mark.parametrize(
    "password",
    [
        "avonandsomerset52",
        "Avon-and-Somerset-2026",
        "rasso-case-tracker",
        "CPSpolice12345678",
        "Metropolitan Police 1",
        "K e n t P o l i c e 2026",
        "CrownProsecution!!",
    ],
)
def test_words_of_the_service_alone_are_refused(password: str) -> None:
    with pytest.raises(ValidationError) as refused:
        ContextWordValidator().validate(password)
    assert refused.value.code == "context_word"


@pytest.mark.parametrize(
    "password", ["demonstration-only", "lantern gravel teaspoon", "police-lantern-gravel-teaspoon", "Überlänge mit Umlaut"]
)
def test_other_passwords_pass_even_with_such_a_word_beside_enough_else(password: str) -> None:
    ContextWordValidator().validate(password)


def test_128_characters_pass_and_129_do_not() -> None:
    MaximumLengthValidator().validate("x" * 128)
    with pytest.raises(ValidationError):
        MaximumLengthValidator().validate("x" * 129)


@pytest.mark.parametrize("validator", [ContextWordValidator(), MaximumLengthValidator()])
def test_validators_say_beforehand_what_they_want(validator: ContextWordValidator | MaximumLengthValidator) -> None:
    assert validator.get_help_text().endswith(".")
