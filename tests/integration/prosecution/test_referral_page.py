"""The page of a referral, its forms and its print: both sides see the same, bad input stands beside its field, queries stay few."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from audit.models import AccessLog
from cases import models as m
from cases.services.arrests import record_arrest
from cases.services.complainants import change_needs
from cases.services.detention import enter_detention
from core.scope import Kind, Scope, scope, system
from prosecution.models import Referral, Submission
from prosecution.services import referrals
from prosecution.services.submissions import Reason
from tests import pdfs
from tests.factories import AVON, World, ago
from tests.integration.cases.making import suspect_of
from tests.integration.prosecution import making
from tests.integration.prosecution.making import do
from tests.integration.prosecution.test_referral_triage import returned, sent_again
from tests.integration.prosecution.test_referrals import bailed

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def page_of(browser: Client, row: Referral) -> str:
    answer = browser.get(f"/prosecution/referrals/{row.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


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
    assert "nothing is said yet of its 13 items" in page
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
    assert "Detention clock of 24 hours runs out" in page
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
