"""The screens of logging and of every act on the case as a whole: drawn, refused and done through the browser's way in."""

from collections.abc import Callable

from django.test import Client

from accounts.models import User
from cases import models as m
from cases.acts import ACTS, On
from cases.acts.case import PEOPLE
from cases.acts.work import CORRECTIONS, WHOLE, WORK
from core import clock
from core.scope import scope, system
from tests.factories import AVON, World
from tests.integration.cases.making import fresh, make_case, suspect_of

MINE = {act.slug for act in (*PEOPLE, *WORK, *CORRECTIONS, *WHOLE)}


def test_every_act_on_the_case_has_a_page(world: World, sign_in: Callable[[User], Client]) -> None:
    case = make_case(world.investigator, "Invented")
    browser = sign_in(world.supervisor)
    answers = {
        act.slug: browser.get(f"/cases/{case.pk}/{act.slug}/").status_code
        for act in ACTS.values()
        if act.on is On.CASE and act.slug in MINE
    }
    refused_by_role = {slug for slug, status in answers.items() if status == 403}
    refused_by_facts = {slug for slug, status in answers.items() if status == 400}
    assert refused_by_role == {"name-cps-person", "add-cps-note"}
    assert refused_by_facts == {"take-back-from-cps", "lift-restriction", "answer-named"}, "somebody was named: there is a suspect"
    assert set(answers.values()) == {200, 400, 403}


def test_a_note_is_added_and_a_correction_made_by_their_pages(world: World, sign_in: Callable[[User], Client]) -> None:
    case = make_case(world.investigator, "Invented")
    browser = sign_in(world.investigator)
    answer = browser.post(f"/cases/{case.pk}/add-note/", {"version": "1", "text": "For both"})
    assert answer.status_code == 302
    suspect = suspect_of(case)
    address = f"/cases/{case.pk}/correct-suspect/{suspect.pk}/"
    form = browser.get(address).context["form"]
    data = {bound.html_name: bound.value() or "" for bound in form if "_at" not in bound.html_name and bound.html_name != "date_of_birth"}
    local = suspect.identified_at.astimezone(clock.LONDON)
    data |= {"identified_at_day": local.day, "identified_at_month": local.month, "identified_at_year": local.year}
    data |= {"identified_at_time": f"{local:%H:%M}", "surname": "Rightly", "reason": "Custody record", "date_of_birth_day": ""}
    lost = browser.post(address, {**data, "version": "1"})
    assert lost.status_code == 409
    assert b"Custody record" in lost.content
    answer = browser.post(address, {**data, "version": "2"})
    assert answer.status_code == 302, answer.content
    assert suspect_of(case).surname == "Rightly"
    assert fresh(case).version == 3


def test_a_case_is_logged_by_the_page_and_a_used_reference_is_refused_beside_its_field(
    world: World, sign_in: Callable[[User], Client]
) -> None:
    browser = sign_in(world.investigator)
    data = {
        "crime_reference": "52/PAGE/1", "risk": "high", "named": "no", "works_in_justice": "no", "complainant_0-code": "19C",
        "recorded_at_day": "1", "recorded_at_month": "11", "recorded_at_year": "2025", "recorded_at_time": "10:00",
    }  # fmt: skip
    grown = browser.post("/cases/new/", {**data, "add_suspect": "1"})
    assert grown.status_code == 200
    assert b"Suspect 2" in grown.content
    assert browser.post("/cases/new/", data).status_code == 302
    again = browser.post("/cases/new/", data)
    assert again.status_code == 400
    assert b"used by another case of this force" in again.content
    with scope(system(AVON)):
        assert m.Case.objects.filter(crime_reference="52/PAGE/1").count() == 1
