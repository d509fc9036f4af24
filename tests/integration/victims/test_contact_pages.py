"""The page "Contact Victim A", the log, the card and the correction: who gets them, what is logged, what bad input is answered with."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from cases import models as m
from cases.services.sharing import bring_to_area
from core import clock
from core.scope import scope, system
from tests.factories import AVON, World, ago
from tests.integration.cases.asking import live_since
from tests.integration.cases.making import arrest, do, fresh
from tests.integration.victims.contacting import agree, card, clocks, correct, log
from tests.integration.victims.knowing import CANARIES, WHO, complainant_of, known_case, person_of
from tests.integration.victims.test_identity_pages import looks
from victims.models import Contact

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db
NEVER = "That she has moved"


@pytest.fixture
def case(world: World) -> m.Case:
    """A case whose victim is entered, with a card and a parent who must never hear one thing."""
    live_since(AVON, days=100)
    made, _ = known_case(world)
    person_of(made, world.investigator, never_tell=NEVER)
    card(world.investigator, made)
    agree(world.investigator, made)
    return made


def address(case: m.Case, name: str = "victim_contact") -> str:
    return reverse(name, args=[complainant_of(case).pk])


def typed(case: m.Case, *, hours: float = 1, **more: Any) -> dict[str, Any]:
    """What a person sends who logs a telephone call."""
    at = ago(hours=hours).astimezone(clock.LONDON)
    return {
        "version": fresh(case).version,
        "at_day": at.day,
        "at_month": at.month,
        "at_year": at.year,
        "at_time": f"{at:%H:%M}",
        "channel": "telephone",
        "to": "victim",
        "reached": "yes",
        **more,
    }


def count(case: m.Case) -> int:
    with scope(system(AVON)):
        return Contact.objects.filter(case=case).count()


def test_the_card_comes_first_then_the_number_then_the_form(world: World, case: m.Case, sign_in: SignIn) -> None:
    page = sign_in(world.investigator).get(address(case)).content.decode()
    order = ["Never ring the landline", NEVER, "Weekdays 10 to 12", "Heron", "Her sister", WHO["mobile_telephone"], 'name="channel"']
    places = [page.index(one) for one in order]
    assert places == sorted(places)
    assert f'value="{clock.today().year}"' in page
    title = page[page.index("<title>") : page.index("</title>")]
    assert not [one for one in (*CANARIES, "Heron") if one in title]
    assert looks()[-1].purpose == "victim: contact"


def test_logging_it_takes_the_two_answers_that_cannot_be_known(world: World, case: m.Case, sign_in: SignIn) -> None:
    answer = sign_in(world.investigator).post(address(case), typed(case))
    assert (answer.status_code, answer["Location"]) == (302, address(case, "victim_contacts"))
    assert clocks(case)[0].met_at is not None


def test_it_returns_to_the_worklist_it_was_opened_from(world: World, case: m.Case, sign_in: SignIn) -> None:
    answer = sign_in(world.investigator).post(f"{address(case)}?back=/", typed(case))
    assert answer["Location"] == "/"
    said = sign_in(world.investigator).get("/").content.decode()
    assert "Contact saved." in said
    with scope(system(AVON)):
        key = Contact.objects.get(case=case).pk
    link = f"{address(case, 'victim_contacts')}#c-{key}"
    assert f'href="{link}">Copy it for the occurrence log</a>' in said
    assert f'id="c-{key}"' in sign_in(world.investigator).get(link).content.decode()
    assert sign_in(world.investigator).post(f"{address(case)}?back=//evil.example/", typed(case, hours=4))["Location"] != "//evil.example/"


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"at_year": "2099"}, "on or before"),
        ({"reached": ""}, "Select yes if you reached her or him"),
        ({"channel": "pigeon"}, "Select how"),
        ({"spoke_about_offence": "on", "summary": "words"}, "belongs in a statement"),
        ({"spoke_about_offence": "on"}, "Enter the reference"),
        ({"to": "person"}, "Select which contact person"),
        ({"things": "told_arrest:nonsense"}, "Select what you told from the list"),
        ({"at_time": "25:99"}, "time"),
        ({"next_agreed_on_day": "1", "next_agreed_on_month": "1", "next_agreed_on_year": "2020"}, "on or after"),
        ({"version": "x"}, "open it again"),
    ],
    ids=["future", "reached", "channel", "offence", "reference", "person", "thing", "time", "next", "version"],
)
def test_bad_input_is_answered_beside_the_field_and_nothing_typed_is_lost(
    world: World, case: m.Case, sign_in: SignIn, sent: dict[str, Any], words: str
) -> None:
    answer = sign_in(world.investigator).post(address(case), typed(case, not_told_to="Kept as typed", **sent))
    assert answer.status_code == 400
    page = answer.content.decode()
    assert words in page
    assert "Kept as typed" in page
    assert count(case) == 0


def test_a_contact_before_the_report_is_refused_beside_the_time(world: World, case: m.Case, sign_in: SignIn) -> None:
    answer = sign_in(world.investigator).post(address(case), typed(case, hours=24 * 20))
    assert answer.status_code == 400
    assert "after the crime was recorded" in answer.content.decode()


def test_the_second_of_two_is_told_who_logged_what_and_may_say_it_is_another(world: World, case: m.Case, sign_in: SignIn) -> None:
    log(world.investigator, case)
    browser = sign_in(world.supervisor)
    page = browser.get(address(case)).content.decode()
    assert "This is another contact" not in page
    answer = browser.post(address(case), typed(case))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert world.investigator.name in page
    assert 'name="another_contact"' in page
    assert browser.post(address(case), typed(case, another_contact="on")).status_code == 302
    assert count(case) == 2


def test_a_page_from_before_somebody_elses_change_says_who_and_keeps_what_was_typed(world: World, case: m.Case, sign_in: SignIn) -> None:
    sent = typed(case, summary="Wants a letter")
    log(world.supervisor, case, hours=5)
    answer = sign_in(world.investigator).post(address(case), sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert world.supervisor.name in page
    assert "Wants a letter" in page
    assert f'name="version" value="{fresh(case).version}"' in page


def test_without_a_safe_channel_no_number_is_shown_and_an_attempt_is_refused(world: World, case: m.Case, sign_in: SignIn) -> None:
    card(world.investigator, case, no_safe_channel=True, channels=[])
    browser = sign_in(world.investigator)
    page = browser.get(address(case)).content.decode()
    assert "No safe way to reach her or him" in page
    assert not [one for one in ("496 0321", "900321", "zephyrine@") if one in page]
    assert browser.post(address(case), typed(case, reached="no")).status_code == 400


def test_pages_are_for_those_who_are_shown_identity(world: World, case: m.Case, sign_in: SignIn) -> None:
    row = log(world.investigator, case, summary="Canary Row was mentioned")
    do(world.investigator, bring_to_area, case)
    mine = [address(case), address(case, "victim_safe_contact"), reverse("victim_contact_correct", args=[row.pk])]
    for somebody in (world.colleague, world.vlo, world.prosecutor, world.kent, world.isva, world.auditor, world.analyst):
        assert [sign_in(somebody).get(one).status_code for one in mine] == [404, 404, 404]
    assert [sign_in(world.supervisor).get(one).status_code for one in mine] == [200, 200, 200]
    seen = sign_in(world.colleague).get(address(case, "victim_contacts"))
    assert seen.status_code == 200
    assert "Canary Row" not in seen.content.decode()
    assert sign_in(world.kent).get(address(case, "victim_contacts")).status_code == 404


def test_the_log_shows_corrections_and_a_text_to_copy_without_a_name(world: World, case: m.Case, sign_in: SignIn) -> None:
    arrest(world.investigator, case, days=2)
    with scope(system(AVON)):
        suspect = m.Arrest.objects.get(case=case)
    row = log(world.investigator, case, hours=3, summary="Zéphyrine asked for a letter", things=[("told_arrest", suspect.pk)])
    correct(world.investigator, case, row, at=ago(hours=4), things=[("told_arrest", suspect.pk)])
    page = sign_in(world.investigator).get(address(case, "victim_contacts")).content.decode()
    assert "Corrected later" in page
    assert "Typed wrongly" in page
    assert "asked for a letter" in page
    texts = [part.split("</textarea>")[0] for part in page.split("<textarea")[1:]]
    assert len(texts) == 1
    assert case.crime_reference in texts[0]
    assert "Told: " in texts[0]
    assert not [one for one in (*CANARIES, "letter") if one in texts[0]]


def test_the_log_is_paged_and_a_place_that_is_none_is_refused(world: World, case: m.Case, sign_in: SignIn) -> None:
    for hours in range(21):
        log(world.investigator, case, hours=hours + 1)
    browser = sign_in(world.investigator)
    first = browser.get(address(case, "victim_contacts"))
    assert first.content.decode().count("<textarea") == 20
    after = first.context["log"].next_cursor
    assert browser.get(address(case, "victim_contacts"), {"after": after}).content.decode().count("<textarea") == 1
    assert browser.get(address(case, "victim_contacts"), {"after": "nonsense"}).status_code == 400


def test_a_correction_starts_from_what_stands(world: World, case: m.Case, sign_in: SignIn) -> None:
    row = log(world.investigator, case, channel="video", summary="Wants a letter")
    browser = sign_in(world.investigator)
    page = browser.get(reverse("victim_contact_correct", args=[row.pk])).content.decode()
    assert "Wants a letter" in page
    sent = typed(case, channel="video", reached="no", because="It was not her")
    assert browser.post(reverse("victim_contact_correct", args=[row.pk]), sent).status_code == 302
    assert browser.get(reverse("victim_contact_correct", args=[row.pk])).status_code == 400
    assert count(case) == 2


def test_the_card_is_entered_and_changed_on_its_page(world: World, case: m.Case, sign_in: SignIn) -> None:
    browser = sign_in(world.investigator)
    page = browser.get(address(case, "victim_safe_contact")).content.decode()
    assert "Never ring the landline" in page
    sent = {"version": fresh(case).version, "channels": ["text"], "voicemail": "no", "code_word": "Plover"}
    assert browser.post(address(case, "victim_safe_contact"), sent).status_code == 302
    shown = browser.get(address(case)).content.decode()
    assert "Plover" in shown
    assert "Never ring the landline" not in shown
    assert (
        browser.post(address(case, "victim_safe_contact"), {**sent, "no_safe_channel": "on", "version": fresh(case).version}).status_code
        == 400
    )


@pytest.mark.parametrize(("days", "status"), [("0", 400), ("400", 400), ("", 400), ("many", 400), ("1", 302), ("56", 302), ("57", 400)])
def test_an_agreement_says_beside_the_field_what_it_takes(world: World, case: m.Case, sign_in: SignIn, days: str, status: int) -> None:
    today = clock.today()
    place = reverse("case_act_on", kwargs={"case_id": case.pk, "slug": "agree-contact", "target_id": complainant_of(case).pk})
    parts = {f"{name}_{part}": getattr(today, part) for name in ("agreed_on", "starts_on") for part in ("day", "month", "year")}
    sent = {"version": fresh(case).version, "interval_days": days, "by": "officer", "channel": "", **parts}
    assert sign_in(world.investigator).post(place, sent).status_code == status


def test_the_act_leads_to_the_page(world: World, case: m.Case, sign_in: SignIn) -> None:
    place = reverse("case_act_on", kwargs={"case_id": case.pk, "slug": "contact-victim", "target_id": complainant_of(case).pk})
    answer = sign_in(world.investigator).get(place)
    assert (answer.status_code, answer["Location"]) == (302, address(case))


def test_case_page_and_worklist_carry_the_button(world: World, case: m.Case, sign_in: SignIn) -> None:
    browser = sign_in(world.investigator)
    page = browser.get(reverse("case_page", args=[case.pk])).content.decode()
    assert address(case) in page
    assert "Last reached" in page
    agree(world.investigator, case, 1)
    assert f"{address(case)}?back=" in browser.get("/").content.decode()


def test_the_victims_page_says_how_contact_stands(world: World, case: m.Case, sign_in: SignIn) -> None:
    page = sign_in(world.investigator).get(address(case, "victim_page")).content.decode()
    due = clock.london_day(ago(days=5)) + timedelta(days=28)
    assert "Every 28 days" in page
    assert "Who is her or his contact now" not in page, "nobody is charged"
    assert "Review: no safe channel" not in page
    assert f"{due.day} " in page
    assert "The police, until contact is handed over" in page


def test_queries_do_not_grow_with_contacts(world: World, case: m.Case, sign_in: SignIn) -> None:
    browser = sign_in(world.investigator)

    def queries(name: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            browser.get(address(case, name))
        return len(seen)

    names = ("victim_contact", "victim_contacts", "victim_page")
    log(world.investigator, case, hours=30, summary="One")
    browser.get(address(case))
    before = [queries(name) for name in names]
    for hours in range(6):
        log(world.investigator, case, hours=hours + 1, summary="More")
    assert [queries(name) for name in names] == before
