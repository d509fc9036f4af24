"""The demonstration's people: exactly these, only there, and the same after a second time."""

from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from accounts import demonstration
from accounts.models import Agency, Unit, User

pytestmark = pytest.mark.django_db
WANTED = {
    "investigator": ("investigator", 52, "RASSO North", "constable"),
    "investigator2": ("investigator", 52, "RASSO South", "constable"),
    "supervisor": ("supervisor", 52, "RASSO North", "inspector"),
    "analyst": ("analyst", 52, "", "police_staff"),
    "auditor": ("auditor", 52, "", "police_staff"),
    "administrator": ("administrator", 52, "", "police_staff"),
    "sergeant": ("sergeant", 52, "RASSO North", "sergeant"),
    "reviewer": ("supervisor", 52, "Review unit", "inspector"),
    "other-force": ("investigator", 46, "RASSO Kent", "constable"),
    "other-supervisor": ("supervisor", 46, "RASSO Kent", "inspector"),
    "prosecutor": ("prosecutor", 110, "RASSO unit South West", "senior_crown_prosecutor"),
    "prosecutor2": ("prosecutor", 110, "RASSO unit South West", "senior_crown_prosecutor"),
    "cps-manager": ("cps_manager", 110, "RASSO unit South West", "district_crown_prosecutor"),
    "vlo": ("liaison_officer", 110, "RASSO unit South West", "cps_staff"),
    "cps-reviewer": ("cps_manager", 110, "Review unit", "district_crown_prosecutor"),
    "other-area": ("prosecutor", 109, "RASSO unit South East", "senior_crown_prosecutor"),
    "cps-direct": ("cps_direct", 115, "CPS Direct", "senior_crown_prosecutor"),
    "isva": ("isva", "Harbour Women's Centre", "", ""),
    "isva-manager": ("isva_manager", "Harbour Women's Centre", "", ""),
    "isva2": ("isva", "The Lantern SARC", "", ""),
    "panel": ("panel_member", "Demonstration scrutiny body", "", ""),
}


def found() -> dict[str, tuple[str, int | str, str, str]]:
    people = User.objects.filter(email__endswith="@demo.example").select_related("agency", "unit")
    return {
        str(person.email).removesuffix("@demo.example"): (
            person.role,
            person.agency_id if person.agency_id < 1000 else person.agency.name,
            person.unit.name if person.unit else "",
            person.grade,
        )
        for person in people
    }


def test_exactly_these_people_also_after_a_second_time() -> None:
    demonstration.make_sign_ins()
    assert found() == WANTED
    before = set(User.objects.values_list("pk", "password")), Unit.objects.count(), Agency.objects.count()
    demonstration.make_sign_ins()
    assert (set(User.objects.values_list("pk", "password")), Unit.objects.count(), Agency.objects.count()) == before


def test_the_list_that_is_shown_has_each_of_them_in_words() -> None:
    assert [email for email, _ in demonstration.SIGN_INS] == [
        f"{key}@demo.example" for key in [person.key for person in demonstration.PEOPLE]
    ]
    assert {email.removesuffix("@demo.example") for email, _ in demonstration.SIGN_INS} == set(WANTED)
    assert dict(demonstration.SIGN_INS)["reviewer@demo.example"] == "Supervisor, Review unit, Avon and Somerset Police"


def test_every_one_of_them_can_sign_in() -> None:
    demonstration.make_sign_ins()
    for email, _ in demonstration.SIGN_INS:
        browser = Client()
        browser.post("/accounts/login/", {"login": email, "password": "demonstration-only"})
        assert "_auth_user_id" in browser.session, email


def test_a_password_that_somebody_changed_is_put_back() -> None:
    demonstration.make_sign_ins()
    person = User.objects.get(email="isva@demo.example")
    person.set_password("something-else-here")
    person.save(update_fields=["password"])
    demonstration.make_sign_ins()
    person.refresh_from_db()
    assert person.check_password("demonstration-only")


def test_nobody_is_made_outside_the_demonstration(settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(ImproperlyConfigured):
        demonstration.make_sign_ins()
    with pytest.raises(CommandError):
        call_command("demonstration")
    assert not User.objects.exists()


def test_the_command_says_whom_to_sign_in_as(settings: Settings) -> None:
    settings.DEMO_CASES = False
    out = StringIO()
    call_command("demonstration", stdout=out)
    assert "demonstration-only" in out.getvalue()
    assert out.getvalue().count("@demo.example") == len(WANTED)
