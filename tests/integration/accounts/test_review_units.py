"""The tick by which an administrator says that a unit is the review unit of the agency."""

import pytest
from django.test import Client

from accounts.models import Unit
from accounts.roles import Role
from tests.factories import AVON, SERVICE, World, make_unit, make_user
from tests.integration.accounts.administering import browser_of

pytestmark = pytest.mark.django_db
UNITS = "/administration/units/"


def reviews(name: str) -> bool:
    """Say whether the unit of this name of the own force is a review unit."""
    return Unit.objects.get(agency_id=AVON, name=name).reviews


def test_it_is_set_kept_and_taken_back(world: World) -> None:
    browser: Client = browser_of(world.administrator)
    assert browser.post(f"{UNITS}new/", {"name": "Reviews", "reviews": "on"}).status_code == 302
    assert reviews("Reviews")
    assert b"Review unit" in browser.get(UNITS).content
    unit = Unit.objects.get(agency_id=AVON, name="Reviews")
    form = browser.get(f"{UNITS}{unit.pk}/").context["form"]
    assert form.initial["reviews"] is True
    seen = form.initial["seen"]
    assert browser.post(f"{UNITS}{unit.pk}/", {"name": "Reviews", "seen": seen}).status_code == 302
    assert not reviews("Reviews")
    assert browser.post(f"{UNITS}{unit.pk}/", {"name": "Reviews", "reviews": "on", "seen": seen}).status_code == 409, "the page was older"


def test_a_support_service_reviews_nothing(world: World) -> None:
    unit = make_unit(SERVICE, "Helpers")
    theirs = browser_of(make_user(SERVICE, Role.ADMINISTRATOR))
    assert "reviews" not in theirs.get(f"{UNITS}{unit.pk}/").context["form"].fields
    assert theirs.post(f"{UNITS}{unit.pk}/", {"name": "Helpers", "reviews": "on"}).status_code == 302
    assert not Unit.objects.get(pk=unit.pk).reviews
