"""The page of a referral, its forms and its print: both sides see the same, bad input stands beside its field, queries stay few."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from audit.models import AccessLog
from cases import models as m
from cases.services.arrests import record_arrest
from cases.services.complainants import change_needs
from cases.services.detention import enter_detention
from core import clock
from core.scope import Kind, Scope, scope, system
from prosecution.models import FileItem, FileItemCode, Referral, Submission
from prosecution.services import referrals
from prosecution.services.submissions import Reason
from tests import pdfs
from tests.factories import AVON, SOUTH_WEST, World, ago, make_user
from tests.integration.cases.making import suspect_of
from tests.integration.prosecution import making
from tests.integration.prosecution.making import do, fresh
from tests.integration.prosecution.test_referral_triage import returned, sent_again
from tests.integration.prosecution.test_referrals import again, bailed

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def page_of(browser: Client, row: Referral) -> str:
    answer = browser.get(f"/prosecution/referrals/{row.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def post(browser: Client, case: m.Case, slug: str, row: Referral | None = None, **typed: Any) -> Any:
    address = f"/cases/{case.pk}/{slug}/" + (f"{row.pk}/" if row else "")
    return browser.post(address, {"version": str(fresh(case).version), **typed})


def day(name: str, ahead: int) -> dict[str, str]:
    on = clock.today() + timedelta(days=ahead)
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


def test_both_sides_see_the_same_and_each_its_own_buttons(world: World, sign_in: SignIn) -> None:
    case = making.police_case(world, suspects=2)
    bailed(world, case)
    row = making.sent_referral(world, case)
    police, cps = page_of(sign_in(world.investigator), row), page_of(sign_in(world.cps_manager), row)
    for page in (police, cps):
        for words in (
            "Waiting for triage",
            "She supports the prosecution",
            "followed the victim",
            "Screens, and an interpreter",
            "52/FILE/1",
        ):
            assert words in page
        assert "On bail, which stands still since" in page
        assert "Copy for MG3" in page
        assert "Read and agreed" in page
    assert "withdraw-referral" in police
    assert "accept-referral" not in police
    assert "accept-referral" in cps
    assert "return-referral" in cps
    assert "withdraw-referral" not in cps


def test_what_is_missing_stands_on_the_page_and_there_is_no_button_to_send(world: World, sign_in: SignIn) -> None:
    case = making.brought_case(world)
    row = making.drafted_referral(world, case, summary="")
    page = page_of(sign_in(world.investigator), row)
    assert "<li>the summary</li>" in page
    assert "whether this was sent: MG3" in page
    assert "ready-referral" not in page
    assert sign_in(world.cps_manager).get(f"/prosecution/referrals/{row.pk}/").status_code == 404, "never sent: the police’s own"


def test_outside_is_the_same_as_nothing(world: World, sign_in: SignIn) -> None:
    row = making.sent_referral(world, making.police_case(world))
    for person in (world.other_area, world.kent, world.cps_direct, world.analyst, world.isva):
        browser = sign_in(person)
        found, nothing = browser.get(f"/prosecution/referrals/{row.pk}/"), browser.get(f"/prosecution/referrals/{uuid4()}/")
        assert (found.status_code, found.content) == (404, nothing.content)
        assert browser.get(f"/prosecution/referrals/{row.pk}/referral.pdf").status_code == 404


def test_custody_and_its_clock_stand_beside_the_due_date(world: World, sign_in: SignIn) -> None:
    case = making.police_case(world)
    key = suspect_of(case).pk
    do(world.investigator, record_arrest, case, suspect_id=key, at=ago(hours=4))
    do(world.investigator, enter_detention, case, suspect_id=key, began_at=ago(hours=3.5))
    row = making.sent_referral(world, case, review_type="red")
    page = page_of(sign_in(world.cps_manager), row)
    assert "In custody" in page
    assert "Detention clock runs out" in page
    assert "(24 hours)" in page
    assert "Charging" in page


def test_needs_on_record_stand_beside_what_was_written(world: World, sign_in: SignIn) -> None:
    case = making.police_case(world)
    with scope(system(AVON)):
        victim = m.Complainant.objects.get(case=case)
    given = {"needs_interpreter": True, "needs_intermediary": False, "needs_special_measures": True}
    do(world.investigator, change_needs, case, complainant_id=victim.pk, **given)
    row = making.sent_referral(world, case)
    assert "Victim A: special measures, an interpreter" in page_of(sign_in(world.prosecutor), row)


def test_late_and_repeated_returns_count_against_the_cps(world: World, sign_in: SignIn) -> None:
    case = making.police_case(world)
    row = making.sent_referral(world, case)
    with scope(system(AVON)):
        Submission.objects.filter(referral=row).update(at=ago(days=9))
    returned(world, case, row)
    sent_again(world, case, row)
    returned(world, case, row, Reason("mg11", "Of the friend", present_before=True))
    page = page_of(sign_in(world.investigator), row)
    assert "Counts against the CPS: Returned later than the triage target." in page
    assert "Counts against the CPS: There the first time already: No or missing MG11s." in page
    assert "Of the friend" in page
    figures = page[page.index('id="figures"') :]
    for words, value in (("Times sent", 2), ("Times returned", 2), ("Returns that count against the CPS", 2)):
        assert f"<dt>{words}</dt><dd>{value}</dd>" in figures
    assert "<dt>Compliant at first</dt><dd>No</dd>" in figures


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
    assert post(manager, case, "accept-referral", row).status_code == 400
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


def test_the_print_is_tagged_and_marked_and_logged(world: World, sign_in: SignIn) -> None:
    case = making.police_case(world)
    row = making.sent_referral(world, case)
    returned(world, case, row)
    answer = sign_in(world.prosecutor).get(f"/prosecution/referrals/{row.pk}/referral.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    assert pdfs.is_tagged(answer.content)
    assert pdfs.title_of(answer.content) == "Referral 1 for a charging decision"
    text = pdfs.text_of(answer.content)
    for words in ("OFFICIAL-SENSITIVE", case.crime_reference, "followedthevictim", "Statements(MG11):sent", "NoMG3:Notattached"):
        assert words in text
    with scope(Scope(kind=Kind.OVERSIGHT, force_id=AVON, agency_id=AVON)):
        assert AccessLog.objects.filter(act="disclosure", what="referral, printed").exists()


def test_what_no_font_has_is_said_in_words(world: World, sign_in: SignIn) -> None:
    case = making.police_case(world)
    row = making.sent_referral(world, case, summary="She wrote \U0001f6cc")
    answer = sign_in(world.investigator).get(f"/prosecution/referrals/{row.pk}/referral.pdf")
    assert answer.status_code == 400
    assert b"cannot be printed" in answer.content


def test_the_page_takes_the_same_few_queries_whatever_it_holds(world: World, sign_in: SignIn) -> None:
    small, large = (making.police_case(world, suspects=number, reference=f"52/Q/{number}") for number in (1, 3))
    rows = [making.sent_referral(world, case) for case in (small, large)]
    for _ in range(2):
        returned(world, large, rows[1], Reason("mg3"), Reason("mg11"), Reason("exhibits"))
        sent_again(world, large, rows[1])
    browser, counts = sign_in(world.cps_manager), []
    for row in rows:
        page_of(browser, row)
        with CaptureQueriesContext(connection) as caught:
            page_of(browser, row)
        counts.append(len(caught))
    assert counts[0] == counts[1], counts


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


def test_other_rooms_acts_on_a_referral_appear_by_the_one_table(world: World, sign_in: SignIn) -> None:
    from cases import acts
    from cases.acts import ACTS, Act, On
    from cases.forms.people import ConfirmForm
    from prosecution import permissions as p

    row = making.accepted_referral(world, making.police_case(world))
    acts.add(Act("nod-at-referral", On.CHARGING_REFERRAL, "Nod", "Nod at it", ConfirmForm, referrals.ready_referral, p.PLAN))
    try:
        assert "nod-at-referral" in page_of(sign_in(world.prosecutor), row)
        assert "nod-at-referral" not in page_of(sign_in(world.investigator), row)
    finally:
        del ACTS["nod-at-referral"]


def test_what_was_triaged_already_is_refused_in_words(world: World, sign_in: SignIn) -> None:
    case = making.police_case(world)
    row = making.accepted_referral(world, case)
    answer = sign_in(world.cps_manager).get(f"/cases/{case.pk}/return-referral/{row.pk}/")
    assert answer.status_code == 400
    assert b"with a prosecutor already" in answer.content
