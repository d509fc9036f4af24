"""A browser of an administrator who has confirmed who she or he is, and what to ask of it."""

from datetime import date as date_type
from datetime import timedelta
from typing import Any

from django.test import Client

from accounts.models import Accreditation, User
from audit.models import AccessLog
from core.scope import scope, system
from tests.factories import acting_as
from tests.integration.accounts.conftest import PASSWORD

PEOPLE = "/administration/people/"
ASKED = "/accounts/reauthenticate/"


def browser_of(user: User, *, confirmed: bool = True) -> Client:
    """Return a browser signed in with the password, as the sign-in page does it; confirmed: given once more."""
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    browser = Client()
    assert browser.post("/accounts/login/", {"login": user.email, "password": PASSWORD}).status_code == 302
    if confirmed:
        assert browser.post(ASKED, {"password": PASSWORD}).status_code == 302
    return browser


def act(browser: Client, person: User, which: str, /, **sent: Any) -> Any:
    """Open an act's form, then send it with the stamp the page showed. Returns the answer."""
    address = f"{PEOPLE}{person.pk}/{which}/"
    seen = browser.get(address).context["form"].initial["seen"]
    return browser.post(address, {"seen": seen, **sent})


def fresh(person: User) -> User:
    """Return the person as the database has her or him now."""
    return User.objects.get(pk=person.pk)


def logged(auditor: User, what: str) -> int:
    """Return how often the log of the auditor's agency says something."""
    with acting_as(auditor):
        return AccessLog.objects.filter(what=what).count()


def date(name: str, day: Any) -> dict[str, str]:
    """Return a day as its three boxes are sent."""
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def give_accreditation(person: User, expires: date_type) -> None:
    """Record an accreditation that ends on a day."""
    with scope(system(person.agency_id)):
        Accreditation.objects.create(user=person, kind="pip1", awarded_on=expires - timedelta(days=900), expires_on=expires)
