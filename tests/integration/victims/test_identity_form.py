"""The form of who a victim is: filled with what stands, kept as typed when it is refused, and one winner of two."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from tests.factories import World
from tests.integration.cases.making import fresh, timeline
from tests.integration.victims.knowing import WHO, known_case

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db


def test_the_form_is_filled_with_what_stands_and_saves(world: World, sign_in: SignIn) -> None:
    case, complainant = known_case(world)
    browser, address = sign_in(world.investigator), f"/victims/{complainant.pk}/identity/"
    text = browser.get(address).content.decode()
    assert all(str(WHO[name]) in text for name in ("surname", "address", "mobile_telephone", "email", "notes"))
    sent = {"surname": "Otherwise", "forenames": "Zéphyrine", "version": str(fresh(case).version)}
    assert browser.post(address, sent)["Location"] == f"/victims/{complainant.pk}/"
    assert "identity_corrected" in timeline(case)


BAD = (
    ({"email": "none"}, "Enter an email address in the correct format"),
    ({"mobile_telephone": "call me"}, "Enter a telephone number"),
    ({"home_telephone": "12"}, "Enter a telephone number"),
    ({"date_of_birth_day": "1", "date_of_birth_month": "1", "date_of_birth_year": "2099"}, "must be on or before"),
    ({"date_of_birth_day": "1", "date_of_birth_month": "1", "date_of_birth_year": "1899"}, "must be on or after 1 January 1900"),
    ({"date_of_birth_day": "31", "date_of_birth_month": "2", "date_of_birth_year": "1990"}, "must be a real date"),
    ({"surname": "a" * 151}, "must be 150 characters or fewer"),
    ({"surname": "a\x00b"}, "contains a character that cannot be stored"),
    ({"notes": "a" * 4_001}, "must be 4000 characters or fewer"),
    ({"version": "x"}, "This page was not complete"),
)


@pytest.mark.parametrize(("sent", "words"), BAD, ids=[f"{next(iter(sent))} {number}" for number, (sent, _) in enumerate(BAD)])
def test_what_cannot_be_is_answered_beside_the_field_and_nothing_is_lost(
    world: World, sign_in: SignIn, sent: dict[str, str], words: str
) -> None:
    case, complainant = known_case(world)
    given = {"surname": "Typed-Once", "address": "Kept Lane", "version": str(fresh(case).version), **sent}
    answer = sign_in(world.investigator).post(f"/victims/{complainant.pk}/identity/", given)
    text = answer.content.decode()
    assert answer.status_code == 400
    assert words in text
    assert "Kept Lane" in text
    assert text.count("<title>Error: ") == 1
    assert "identity_corrected" not in timeline(case)


def test_two_people_with_one_form_and_the_second_is_told_who_and_keeps_what_was_typed(world: World, sign_in: SignIn) -> None:
    case, complainant = known_case(world)
    version = str(fresh(case).version)
    address = f"/victims/{complainant.pk}/identity/"
    assert sign_in(world.supervisor).post(address, {"surname": "First", "version": version}).status_code == 302
    answer = sign_in(world.investigator).post(address, {"surname": "Second", "version": version})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert world.supervisor.name in text
    assert "corrected who a complainant is" in text
    assert 'value="Second"' in text
    assert sign_in(world.investigator).post(address, {"surname": "Second", "version": str(fresh(case).version)}).status_code == 302
