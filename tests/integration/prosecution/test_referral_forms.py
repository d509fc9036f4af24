"""The forms of a referral on screen: from draft to prosecutor, bad input beside its field, the chooser of a prosecutor."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from cases import models as m
from core import clock
from core.scope import scope, system
from prosecution.models import FileItem, FileItemCode, Referral
from tests.factories import AVON, SOUTH_WEST, World, make_user
from tests.integration.cases.making import suspect_of
from tests.integration.prosecution import making
from tests.integration.prosecution.making import fresh
from tests.integration.prosecution.test_referral_page import page_of
from tests.integration.prosecution.test_referral_triage import sent_again
from tests.integration.prosecution.test_referrals import again

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def post(browser: Client, case: m.Case, slug: str, row: Referral | None = None, **typed: Any) -> Any:
    address = f"/cases/{case.pk}/{slug}/" + (f"{row.pk}/" if row else "")
    return browser.post(address, {"version": str(fresh(case).version), **typed})


def day(name: str, ahead: int) -> dict[str, str]:
    on = clock.today() + timedelta(days=ahead)
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


def test_from_draft_to_prosecutor_on_screen(world: World, sign_in: SignIn) -> None:
    case = making.police_case(world)
    browser = sign_in(world.investigator)
    shown = browser.get(f"/cases/{case.pk}/draft-referral/").content.decode()
    assert "Suspect 1, Test Smith. Not on bail" in shown
    with scope(system(AVON)):
        crimes = [str(key) for key in making.case_crimes(case)]
    typed = {
        "suspects": [str(suspect_of(case).pk)],
        "crimes": crimes,
        "review_type": "five_days",
        **making.FILE_TEXTS,
        **day("file_sent_on", 0),
    }
    assert post(browser, case, "draft-referral", **typed).status_code == 302
    with scope(system(AVON)):
        row = Referral.objects.get(case=case)
    assert post(browser, case, "set-file-items", row, **{f"{code}_state": "sent" for code in FileItemCode.values}).status_code == 302
    assert post(browser, case, "ready-referral", row).status_code == 302
    empty = post(sign_in(world.sergeant), case, "send-referral", row)
    assert empty.status_code == 400
    assert b"Enter your comments as supervisor" in empty.content
    assert post(sign_in(world.sergeant), case, "send-referral", row, supervisor_comments="Read").status_code == 302
    manager = sign_in(world.cps_manager)
    assert "0 open" in manager.get(f"/cases/{case.pk}/accept-referral/{row.pk}/").content.decode()
    nobody = post(manager, case, "accept-referral", row)
    assert nobody.status_code == 400
    assert b"Select the prosecutor" in nobody.content
    assert post(manager, case, "accept-referral", row, prosecutor_id=str(world.prosecutor.pk)).status_code == 302
    assert again(row).state == "accepted"
    assert f"{world.prosecutor.name} decides" in page_of(sign_in(world.prosecutor), row)


def test_an_item_wrongly_filled_in_is_answered_beside_its_field(world: World, sign_in: SignIn) -> None:
    case = making.police_case(world)
    row = making.drafted_referral(world, case)
    browser = sign_in(world.investigator)
    answer = post(browser, case, "set-file-items", row, mg3_state="not_applicable", mg11_state="sent")
    assert answer.status_code == 400
    assert "MG3: enter why" in answer.content.decode()
    assert 'href="#id_mg3_because"' in answer.content.decode()
    answer = post(browser, case, "set-file-items", row, mg3_state="to_follow", mg3_because="Typed today", **day("mg3_follows_on", -1))
    assert answer.status_code == 400
    assert "must be on or after" in answer.content.decode()
    typed = {"mg3_state": "to_follow", "mg3_follows_on_day": "1", "mg3_follows_on_month": "2", "mg3_follows_on_year": "26"}
    answer = post(browser, case, "set-file-items", row, mg11_state="to_follow", mg11_because="Being typed", **typed)
    for words in ("MG3, day it follows: year must include 4 numbers", "MG3: enter why", "enter the day on which it follows"):
        assert words in answer.content.decode(), "everything at once, each with its item"
    assert post(browser, case, "set-file-items", row, mg3_state="elsewhere").status_code == 400
    with scope(system(AVON)):
        assert not FileItem.objects.filter(referral=row).exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Select at least one reason"),
        ({"reasons": ["mg3"]}, "By which day"),
        ({"reasons": ["mg3"], "mg11_detail": "Of the friend"}, "Select this reason too"),
        ({"reasons": ["mg3"], "mg3_detail": "x" * 251}, "250 characters or fewer"),
        ({"reasons": ["custody"]}, "Select at least one reason"),
    ],
)
def test_a_return_wrongly_filled_in(world: World, sign_in: SignIn, typed: dict[str, Any], words: str) -> None:
    case = making.police_case(world)
    row = making.sent_referral(world, case)
    more = {} if words == "By which day" else day("respond_by", 3)
    answer = post(sign_in(world.cps_manager), case, "return-referral", row, **typed, **more)
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert again(row).state == "sent"


def test_returned_twice_on_screen_the_second_asks_what_was_there_before(world: World, sign_in: SignIn) -> None:
    case = making.police_case(world)
    row = making.sent_referral(world, case)
    manager = sign_in(world.cps_manager)
    assert "the first time already" not in manager.get(f"/cases/{case.pk}/return-referral/{row.pk}/").content.decode()
    assert post(manager, case, "return-referral", row, reasons=["mg3"], mg3_detail="Empty", **day("respond_by", 2)).status_code == 302
    sent_again(world, case, row)
    manager = sign_in(world.cps_manager)
    assert "the first time already" in manager.get(f"/cases/{case.pk}/return-referral/{row.pk}/").content.decode()
    wrong = post(manager, case, "return-referral", row, reasons=["mg11"], present_before=["exhibits"], **day("respond_by", 2))
    assert "Select only reasons that you return it for" in wrong.content.decode()
    assert post(manager, case, "return-referral", row, reasons=["mg11"], present_before=["mg11"], **day("respond_by", 2)).status_code == 302


def test_after_passing_it_on_the_manager_is_not_sent_to_a_page_that_is_gone(world: World, sign_in: SignIn) -> None:
    case = making.police_case(world)
    row = making.sent_referral(world, case, review_type="red")
    browser = sign_in(world.cps_manager)
    assert f'href="/cases/{case.pk}/pass-to-direct/{row.pk}/"' in page_of(browser, row)
    answer = browser.post(
        f"/cases/{case.pk}/pass-to-direct/{row.pk}/", {"version": str(fresh(case).version), "reason": "It is night"}, follow=True
    )
    assert answer.status_code == 200
    assert case.crime_reference.encode() in browser.get("/prosecution/with-direct/").content


def test_the_chooser_takes_the_same_few_queries_whoever_there_is(world: World, sign_in: SignIn) -> None:
    case = making.police_case(world)
    row = making.sent_referral(world, case)
    browser, counts = sign_in(world.cps_manager), []
    for _ in range(3):
        browser.get(f"/cases/{case.pk}/accept-referral/{row.pk}/")
        with CaptureQueriesContext(connection) as caught:
            browser.get(f"/cases/{case.pk}/accept-referral/{row.pk}/")
        counts.append(len(caught))
        make_user(SOUTH_WEST, Role.PROSECUTOR)
    assert len(set(counts)) == 1, counts


def test_who_is_away_stands_last_and_says_until_when(world: World, sign_in: SignIn) -> None:
    case = making.police_case(world)
    row = making.sent_referral(world, case)
    away = make_user(SOUTH_WEST, Role.PROSECUTOR, name="Aaron Away")
    with scope(system(SOUTH_WEST)):
        User.objects.filter(pk=away.pk).update(away_from=clock.today(), away_to=clock.today() + timedelta(days=4))
    shown = sign_in(world.cps_manager).get(f"/cases/{case.pk}/accept-referral/{row.pk}/").content.decode()
    assert "Aaron Away: 0 open, away until" in shown
    assert shown.index("Aaron Away") > shown.index(world.prosecutor.name)


def test_what_was_triaged_already_is_refused_in_words(world: World, sign_in: SignIn) -> None:
    case = making.police_case(world)
    row = making.accepted_referral(world, case)
    answer = sign_in(world.cps_manager).get(f"/cases/{case.pk}/return-referral/{row.pk}/")
    assert answer.status_code == 400
    assert b"with a prosecutor already" in answer.content
