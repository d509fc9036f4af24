"""“Contact Victim A” is one button: on the case page and in the worklist's row, for those who may press it and nobody else."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import Grade, Role
from cases import models as m
from cases.services.roles import assign_person
from cases.services.sharing import bring_to_area
from core import clock
from core.scope import scope, system
from tests.factories import AVON, SOUTH_WEST, World, ago, make_user
from tests.integration.cases.asking import live_since
from tests.integration.cases.making import arrest, do
from tests.integration.victims.contacting import agree, card
from tests.integration.victims.knowing import complainant_of, known_case
from tests.integration.victims.test_contact_pages import typed

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db
WORDS = "Contact Victim A"


@pytest.fixture
def case(world: World) -> m.Case:
    """Contact is overdue, an arrest is to be told, and everybody of the unit and the Area has the case in sight."""
    live_since(AVON, days=100)
    made, _ = known_case(world)
    card(world.investigator, made)
    since = clock.london_day(ago(days=9))
    agree(world.investigator, made, 3, starts_on=since, agreed_on=since)
    do(world.investigator, bring_to_area, made)
    for user, role in ((world.prosecutor, "prosecutor"), (world.vlo, "vlo")):
        do(world.cps_manager, assign_person, made, user_id=user.pk, role=role)
    return made


def named(world: World, case: m.Case, person: User, role: str) -> User:
    do(world.supervisor, assign_person, case, user_id=person.pk, role=role)
    return person


def covering(user: User) -> User:
    """Somebody who covers a person who is away today."""
    cover = make_user(AVON, Role.INVESTIGATOR, grade=Grade.CONSTABLE)
    today = clock.today()
    with scope(system(AVON)):
        User.objects.filter(pk=user.pk).update(covered_by=cover, away_from=today - timedelta(days=1), away_to=today)
    return cover


PEOPLE: dict[str, Callable[[World, m.Case], User]] = {
    "officer": lambda world, case: world.investigator,
    "liaison officer of the police": lambda world, case: named(world, case, world.colleague, "solo"),
    "sergeant of the case": lambda world, case: named(world, case, world.sergeant, "sergeant"),
    "cover of the officer": lambda world, case: covering(world.investigator),
    "cover of the liaison officer": lambda world, case: covering(named(world, case, world.colleague, "solo")),
    "supervisor": lambda world, case: world.supervisor,
    "victim liaison officer": lambda world, case: world.vlo,
    "allocated prosecutor": lambda world, case: world.prosecutor,
    "second officer": lambda world, case: named(world, case, world.colleague, "second_officer"),
    "somebody of the unit": lambda world, case: world.colleague,
    "sergeant of the unit": lambda world, case: world.sergeant,
    "legal manager": lambda world, case: world.cps_manager,
    "another prosecutor": lambda world, case: make_user(SOUTH_WEST, Role.PROSECUTOR),
}
NOT_SHOWN = ("second officer", "somebody of the unit", "sergeant of the unit", "legal manager", "another prosecutor")
SHOWN = [who for who in PEOPLE if who not in NOT_SHOWN]


def links(html: str, address: str) -> list[str]:
    """The words of the links that lead to the page of contact."""
    found = re.findall(r'<a\b[^>]*href="([^"]*)"[^>]*>(.*?)</a>', html, re.DOTALL)
    return [re.sub(r"<[^>]*>", " ", words).strip() for href, words in found if href.split("?")[0] == address]


@pytest.mark.parametrize("who", SHOWN)
def test_whoever_may_contact_her_has_the_button_at_both_places_and_it_opens(world: World, case: m.Case, sign_in: SignIn, who: str) -> None:
    browser, page = sign_in(PEOPLE[who](world, case)), reverse("victim_contact", args=[complainant_of(case).pk])
    on_case = links(browser.get(reverse("case_page", args=[case.pk])).content.decode(), page)
    assert on_case[0] == WORDS, "a button at the head of the page"
    assert all(words.startswith(WORDS) for words in on_case)
    in_rows = links(browser.get("/").content.decode(), page)
    assert [words.startswith(WORDS) for words in in_rows] == [True] * len(in_rows)
    assert len(in_rows) >= 1
    assert browser.get(page).status_code == 200


@pytest.mark.parametrize("who", NOT_SHOWN)
def test_nobody_else_has_a_button_that_would_lead_nowhere(world: World, case: m.Case, sign_in: SignIn, who: str) -> None:
    browser, key = sign_in(PEOPLE[who](world, case)), complainant_of(case).pk
    case_page = browser.get(reverse("case_page", args=[case.pk]))
    assert case_page.status_code == 200
    for html in (case_page.content.decode(), browser.get("/").content.decode()):
        assert links(html, reverse("victim_contact", args=[key])) == []
        assert f"/agree-contact/{key}/" not in html
        assert f"/hand-over-contact/{key}/" not in html
    assert browser.get(reverse("victim_contact", args=[key])).status_code == 404


def test_from_the_case_page_it_comes_back_to_the_case_page(world: World, case: m.Case, sign_in: SignIn) -> None:
    browser, here = sign_in(world.investigator), reverse("case_page", args=[case.pk])
    html = browser.get(here).content.decode()
    address = next(href for href in re.findall(r'href="([^"]*)"', html) if "/contact/?" in href)
    assert "Back to the case" in browser.get(address).content.decode()
    assert browser.post(address, typed(case)).headers["Location"] == here


def test_what_is_to_be_told_is_told_from_its_row_by_the_same_button(world: World, case: m.Case, sign_in: SignIn) -> None:
    """One conversation tells several things: the row of what is to be told leads to the card and the number as well."""
    with scope(system(AVON)):
        m.Deadline.objects.filter(case=case, kind="victim_contact").update(cancelled=True)
    arrest(world.investigator, case, days=2)
    with scope(system(AVON)):
        m.Deadline.objects.filter(case=case, kind="victim_contact").update(cancelled=True)
    html = sign_in(world.investigator).get("/").content.decode()
    assert "Tell Victim A" in html
    assert links(html, reverse("victim_contact", args=[complainant_of(case).pk]))


def test_the_page_of_a_case_without_anything_due_has_the_button_too(world: World, sign_in: SignIn) -> None:
    made, complainant = known_case(world)
    html = sign_in(world.investigator).get(reverse("case_page", args=[made.pk])).content.decode()
    assert links(html, reverse("victim_contact", args=[complainant.pk]))[0] == WORDS
