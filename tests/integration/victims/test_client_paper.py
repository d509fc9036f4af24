"""What a client takes home: plain words, nobody's name but the officer's, nothing that says what kind of case it is."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from audit.models import AccessLog
from cases import models as m
from cases.models.telling import ToldAbout
from core import clock
from core.components import day_text
from core.scope import scope, system
from tests import pdfs
from tests.factories import AVON, World, acting_as
from tests.integration.cases.asking import live_since
from tests.integration.cases.making import suspect_of
from tests.integration.victims.supporting import complainant_of, make_client, make_manager
from victims.agreed import HOW, WHO, agreed_in_words, agreed_with_you
from victims.client_asked import PLAIN
from victims.models import Appointment, ContactAgreement, Victim
from victims.models.appointment import AppointmentFor
from victims.models.contact import AgreedBy
from victims.paper import WHAT_FOR

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
NEVER: Final = ("sexual", "rape", "RASSO", "suspect", "Marrowdale", "Wexcombe", "offence", "crime", "isva", "19C", "SENSITIVE", "52/CLIENT")
"""What may stand on no paper that lies about at home: what sort of case, who else, who she or he is."""


@pytest.fixture
def case(world: World) -> m.Case:
    """A client with everything that can stand on the paper."""
    live_since(AVON, days=30)
    found = make_client(world, make_manager(), "Marrowdale")
    with scope(system(AVON)):
        keys = {"case": found, "force_id": AVON, "complainant": complainant_of(found), "created_by": world.investigator}
        for about in ToldAbout:
            m.Told(**keys, about=about, fact_id=uuid4(), suspect=suspect_of(found), told_at=clock.now(), how="in_person").save()
        for number, purpose in enumerate(AppointmentFor, start=1):
            starts = {"starts_at": clock.now() + timedelta(days=number), "with_user": world.investigator, "place": "Canary House"}
            Appointment(**keys, purpose=purpose, **starts).save(force_insert=True)
        today = clock.today()
        ContactAgreement(**keys, interval_days=14, channel="telephone", by=AgreedBy.LIAISON, starts_on=today, agreed_on=today).save()
    return found


def paper(case: m.Case, browser: Client, end: str = "/") -> Any:
    answer = browser.get(f"/clients/{complainant_of(case).pk}/where-things-stand{end}")
    assert answer.status_code == 200
    return answer


def test_the_pdf_says_it_in_plain_words_and_nothing_that_a_stranger_may_read(world: World, case: m.Case, sign_in: SignIn) -> None:
    answer = paper(case, sign_in(world.isva), ".pdf")
    assert answer["Content-Disposition"] == 'attachment; filename="where-things-stand.pdf"'
    text = pdfs.text_of(answer.content)
    assert pdfs.is_tagged(answer.content)
    assert pdfs.title_of(answer.content) == "Where things stand"
    for words in (
        f"{world.investigator.name} looks after this",
        "every 14 days by telephone from the liaison officer",
        "There was an arrest",
    ):
        assert words.replace(" ", "") in text
    assert "CanaryHouse" not in text
    assert [word for word in NEVER if word.replace(" ", "").lower() in text.lower()] == []


def test_on_screen_it_is_the_same_text_and_printing_leaves_the_services_name_out(world: World, case: m.Case, sign_in: SignIn) -> None:
    shown = paper(case, sign_in(world.isva)).content.decode()
    assert "<title>Where things stand</title>" in shown
    assert "css/client-paper.css" in shown
    main = re.sub(r"<[^>]*>", " ", shown.partition("<main")[2].partition("About this page")[0])
    assert "every 14 days by telephone from the liaison officer" in main
    assert [word for word in NEVER if word.lower() in main.lower()] == []


def test_that_it_was_handed_out_is_on_record_and_a_strangers_client_has_none(world: World, case: m.Case, sign_in: SignIn) -> None:
    paper(case, sign_in(world.isva), ".pdf")
    with acting_as(world.auditor):
        row = AccessLog.objects.get(act="disclosure")
    assert (row.what, row.case_ids, row.actor_id) == ("where things stand, on paper", [case.pk], world.isva.pk)
    assert sign_in(world.isva).get(f"/clients/{uuid4()}/where-things-stand.pdf").status_code == 404


@pytest.mark.parametrize(("days", "words"), [(3, "You will hear by"), (-3, "You should have heard by")])
def test_when_she_hears_next_is_no_promise_once_the_day_has_passed(
    world: World, case: m.Case, sign_in: SignIn, days: int, words: str
) -> None:
    day = clock.today() + timedelta(days=days)
    with scope(system(AVON)):
        Victim.objects.filter(case=case).update(next_contact_due_at=clock.day_start(day + timedelta(days=1)))
    shown = paper(case, sign_in(world.isva)).content.decode()
    assert f"{words} {day_text(day)}." in shown
    assert ("Your adviser can ask the officer for you" in shown) is (days < 0)


def test_every_choice_has_words_for_the_client() -> None:
    assert set(HOW) == set(m.Channel.values)
    assert set(WHO) == set(AgreedBy.values)
    assert set(WHAT_FOR) == set(AppointmentFor.values)
    assert set(PLAIN) == set(ToldAbout.values)


def test_what_was_agreed_is_said_to_the_client() -> None:
    assert agreed_with_you(None) == "Nothing has been agreed yet about how often you hear."
    assert agreed_with_you(ContactAgreement(interval_days=1)) == "It was agreed that you hear every day from the officer in the case."
    assert agreed_with_you(ContactAgreement(opted_out=True)) == "You asked not to be contacted. You can change this at any time."
    assert agreed_in_words(None) == "Nothing is agreed yet"
    assert agreed_in_words(ContactAgreement(opted_out=True)) == "She or he asked not to be contacted"
    assert (
        agreed_in_words(ContactAgreement(interval_days=28, channel="text")) == "Every 28 days by text message from the officer in the case"
    )
