"""Two people log the same contact at one moment: one entry stands; the other is told who logged it and when, and keeps the text."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import models as m
from core.components import london_text
from core.exceptions import NotPossible
from core.scope import scope, system
from tests.factories import AVON, World, ago
from tests.integration.victims.contacting import log
from tests.integration.victims.knowing import complainant_of, known_case
from tests.integration.victims.test_contact_pages import typed
from victims.models import Contact


def contacts(case: m.Case) -> list[Contact]:
    """Every contact of the case."""
    with scope(system(AVON)):
        return list(Contact.objects.filter(case=case).select_related("created_by").order_by("created_at"))


def both(act: Any, people: list[User]) -> list[Any]:
    """Let both do it at the same moment, each on a connection of her or his own, and return what each was answered."""
    together = Barrier(len(people))

    def one(user: User) -> Any:
        try:
            return act(user, together)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(one, people))


def kept(answer: Any, text: str) -> str:
    """Return the page, once it still holds what was typed."""
    page: str = answer.content.decode()
    assert text in page
    return page


def test_two_who_send_the_same_page_at_once(committed: str) -> None:
    world = World.make()
    case, complainant = known_case(world)
    address = reverse("victim_contact", args=[complainant.pk])
    sent = typed(case)
    people = [world.investigator, world.supervisor]

    def send(user: User, together: Barrier) -> Any:
        browser = Client()
        browser.force_login(user)
        browser.get(address)
        together.wait(30)
        return browser.post(address, {**sent, "summary": f"Told by {user.pk}"})

    answers = both(send, people)
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    (row,) = contacts(case)
    loser, answer = next((user, answer) for user, answer in zip(people, answers, strict=True) if answer.status_code == 409)
    assert row.created_by_id != loser.pk
    page = kept(answer, f"Told by {loser.pk}")
    assert row.created_by is not None
    assert row.created_by.name in page
    assert london_text(row.created_at) in page

    # Sent again as it is, it is still the same contact; said to be another, it is logged as well.
    browser = Client()
    browser.force_login(loser)
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version is not None
    again = {**sent, "version": version[1], "summary": f"Told by {loser.pk}"}
    answered = browser.post(address, again)
    assert answered.status_code == 400
    words = kept(answered, f"Told by {loser.pk}")
    assert f"{row.created_by.name} logged a contact already: telephone, reached, {london_text(row.at)}" in words
    assert len(contacts(case)) == 1
    assert browser.post(address, {**again, "another_contact": "on"}).status_code == 302
    assert len(contacts(case)) == 2


@pytest.mark.parametrize("apart", [0, 9])
def test_two_without_a_page_between_them_are_one_contact_too(committed: str, apart: int) -> None:
    """What comes without a version, as from another system: the case is locked, and the second sees the first."""
    world = World.make()
    case, _ = known_case(world)
    people = [world.investigator, world.supervisor]
    at = ago(hours=2)

    def send(user: User, together: Barrier) -> Any:
        minutes = apart if user is people[1] else 0
        together.wait(30)
        try:
            return log(user, case, at=at + timedelta(minutes=minutes))
        except NotPossible as told:
            return told

    answers = both(send, people)
    (told,) = [answer for answer in answers if isinstance(answer, NotPossible)]
    (row,) = contacts(case)
    assert told.field == "another_contact"
    assert row.created_by is not None
    assert row.created_by.name in told.reason
    assert complainant_of(case).pk == row.complainant_id
