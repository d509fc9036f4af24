"""The inbox in a browser: pages, marks, where a notice leads, the figure in the bar, and the choices."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from audit.models import AccessLog
from cases.services.access import exclude
from core import clock
from core.scope import scope, system
from notifications.models import Notice, Subscription
from notifications.selectors import PAGE_SIZE, unread_of
from notifications.services import tell
from tests.factories import World, acting_as
from tests.integration.cases.making import make_case
from tests.integration.notifications.making import notices, told

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def text_of(answer: Any) -> str:
    """Return the page as text."""
    return str(answer.content.decode())


def many(person: User, count: int, *, same_moment: bool = False) -> None:
    """Tell a person many things, one a minute, or all at one moment."""
    now = clock.now()
    for number in range(count):
        told(person, f"{number}")
    with scope(system(0)):
        for number, notice in enumerate(Notice.objects.order_by("key")):
            at = now if same_moment else now - timedelta(minutes=number)
            Notice.objects.filter(pk=notice.pk).update(created_at=at)


def test_nothing_yet(world: World, sign_in: SignIn) -> None:
    page = text_of(sign_in(world.isva).get("/inbox/"))
    assert "Nothing waits for you" in page
    assert "Mark all as read" not in page
    assert "moj-notification-badge" not in page


@pytest.mark.parametrize("same_moment", [False, True])
def test_pages_there_and_back_lose_and_double_nothing(world: World, sign_in: SignIn, same_moment: bool) -> None:
    many(world.investigator, 2 * PAGE_SIZE + 3, same_moment=same_moment)
    browser = sign_in(world.investigator)
    first = browser.get("/inbox/").context["page"]
    second = browser.get("/inbox/", {"after": first.next_cursor}).context["page"]
    third = browser.get("/inbox/", {"after": second.next_cursor}).context["page"]
    ids = [row.id for page in (first, second, third) for row in page.rows]
    assert [len(page.rows) for page in (first, second, third)] == [PAGE_SIZE, PAGE_SIZE, 3]
    assert len(set(ids)) == 2 * PAGE_SIZE + 3
    assert (first.has_previous, third.has_next) == (False, False)
    back = browser.get("/inbox/", {"before": third.previous_cursor}).context["page"]
    assert [row.id for row in back.rows] == [row.id for row in second.rows]
    top = browser.get("/inbox/", {"before": second.previous_cursor}).context["page"]
    assert [row.id for row in top.rows] == [row.id for row in first.rows]
    assert top.has_previous is False
    assert [row.created_at for row in first.rows] == sorted((row.created_at for row in first.rows), reverse=True)


def test_a_place_of_somebody_elses_inbox_is_none(world: World, sign_in: SignIn) -> None:
    many(world.investigator, PAGE_SIZE + 1)
    cursor = sign_in(world.investigator).get("/inbox/").context["page"].next_cursor
    assert sign_in(world.colleague).get("/inbox/", {"after": cursor}).status_code == 404
    assert sign_in(world.colleague).get("/inbox/", {"before": "x"}).status_code == 404


def test_the_figure_in_the_bar_of_every_page(world: World, sign_in: SignIn) -> None:
    browser = sign_in(world.supervisor)
    assert "moj-notification-badge" not in text_of(browser.get("/cases/"))
    told(world.supervisor)
    told(world.supervisor, "two")
    told(world.supervisor2)
    for address in ("/cases/", "/reports/overdue-arrests/", "/inbox/settings/"):
        assert '<span class="moj-notification-badge">2<span class="govuk-visually-hidden"> unread</span></span>' in text_of(
            browser.get(address)
        )
    many(world.supervisor, 105)
    assert '<span class="moj-notification-badge">99+<' in text_of(browser.get("/cases/"))


def test_the_figure_costs_one_question(world: World, sign_in: SignIn) -> None:
    told(world.supervisor)
    with CaptureQueriesContext(connection) as queries:
        sign_in(world.supervisor).get("/cases/")
    assert len([query for query in queries if "notifications_notice" in query["sql"]]) == 1


@pytest.mark.urls("tests.integration.accounts.pages")
def test_pages_for_failures_are_drawn_without_asking(world: World, client: Client) -> None:
    """After a refusal and after a failed statement the database is not asked, and the page comes all the same."""
    told(world.supervisor)
    client.raise_request_exception = False
    client.force_login(world.supervisor)
    for address, status in (("/t/hashes/", 404), ("/t/slow/", 503), ("/t/writing/conflict/", 409), ("/t/fault/", 500), ("/nowhere/", 404)):
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        assert answer.status_code == status, address
        assert not [query for query in queries if "notifications_notice" in query["sql"]], address


def test_nothing_is_asked_of_a_transaction_that_is_broken_or_not_the_persons(world: World) -> None:
    told(world.supervisor)
    assert unread_of(world.supervisor) is None
    with acting_as(world.supervisor2):
        assert unread_of(world.supervisor) is None
    before_and_after: list[int | None] = []

    def fail() -> None:
        with acting_as(world.supervisor), connection.cursor() as cursor:
            before_and_after.append(unread_of(world.supervisor))
            try:
                cursor.execute("select 1 / 0")
            finally:
                before_and_after.append(unread_of(world.supervisor))

    with pytest.raises(DatabaseError):
        fail()
    assert before_and_after == [1, None]


def test_open_leads_to_the_case_and_marks_it_read(world: World, sign_in: SignIn) -> None:
    case = make_case(world.investigator, "Invented", unit_id=world.north.pk)
    tell(user=world.investigator, subject="case_handed_over", key="x", case_id=case.pk)
    browser = sign_in(world.investigator)
    assert case.crime_reference in text_of(browser.get("/inbox/"))
    answer = browser.post(reverse("open_notice", args=[notices()[0].pk]))
    assert (answer.status_code, answer["Location"]) == (302, reverse("case_page", args=[case.pk]))
    assert notices()[0].read_at is not None
    assert "Unread" not in text_of(browser.get("/inbox/"))


def test_a_case_that_is_closed_to_the_reader_is_neither_named_nor_led_to(world: World, sign_in: SignIn) -> None:
    case = make_case(world.investigator, "Invented", unit_id=world.north.pk, reference="52/CANARY/7")
    tell(user=world.colleague, subject="case_handed_over", key="x", case_id=case.pk)
    with acting_as(world.supervisor):
        exclude(actor=world.supervisor, case_id=case.pk, user_id=world.colleague.pk, reason="Knows the suspect")
    browser = sign_in(world.colleague)
    page = text_of(browser.get("/inbox/"))
    assert "The case is not open to you at present." in page
    assert "CANARY" not in page
    assert str(case.pk) not in page
    assert browser.post(reverse("open_notice", args=[notices()[0].pk]))["Location"] == "/cases/"


def test_naming_a_case_is_written_down_and_naming_none_is_not(world: World, sign_in: SignIn) -> None:
    case = make_case(world.investigator, "Invented", unit_id=world.north.pk)
    tell(user=world.investigator, subject="case_handed_over", key="x", case_id=case.pk)
    told(world.colleague)
    sign_in(world.investigator).get("/inbox/")
    sign_in(world.colleague).get("/inbox/")
    with acting_as(world.auditor):
        rows = list(AccessLog.objects.filter(what="inbox"))
    assert [(row.actor_id, row.case_ids, row.row_count) for row in rows] == [(world.investigator.pk, [case.pk], 1)]


def test_a_fixed_number_of_questions_whatever_waits(world: World, sign_in: SignIn) -> None:
    counts = []
    browser = sign_in(world.supervisor)
    for number in range(4):
        case = make_case(world.investigator, "Invented", reference=f"52/Q/{number}", unit_id=world.north.pk)
        tell(user=world.supervisor, subject="emergency_access", key=f"{number}", case_id=case.pk)
        with CaptureQueriesContext(connection) as queries:
            browser.get("/inbox/")
        counts.append(len(queries))
    assert len(set(counts[1:])) == 1


def test_mark_one_and_mark_all_that_was_shown(world: World, sign_in: SignIn) -> None:
    many(world.investigator, 3)
    browser = sign_in(world.investigator)
    rows = browser.get("/inbox/").context["page"].rows
    assert browser.post(reverse("read_notice", args=[rows[1].id]))["Location"] == "/inbox/"
    assert [row.unread for row in browser.get("/inbox/").context["page"].rows] == [True, False, True]
    told(world.investigator, "came meanwhile")
    answer = browser.post("/inbox/read/", {"newest": str(rows[0].id)}, follow=True)
    assert "2 marked as read." in text_of(answer)
    assert [notice.read_at is None for notice in notices(world.investigator)].count(True) == 1


def test_anothers_notice_and_bad_input(world: World, sign_in: SignIn) -> None:
    told(world.colleague)
    browser, other = sign_in(world.investigator), notices()[0]
    for name in ("open_notice", "read_notice"):
        assert browser.post(reverse(name, args=[other.pk])).status_code == 404
        assert browser.post(reverse(name, args=[uuid4()])).status_code == 404
        assert browser.get(reverse(name, args=[other.pk])).status_code == 405
    for newest in (str(other.pk), str(uuid4()), "", "x", "\x00"):
        assert browser.post("/inbox/read/", {"newest": newest}).status_code in {400, 404}
    assert notices()[0].read_at is None


def test_a_subject_that_is_gone_and_counts_that_are_missing_break_nothing(world: World, sign_in: SignIn) -> None:
    tell(user=world.supervisor, subject="daily_report", key="x", counts={})
    told(world.supervisor)
    with scope(system(0)):
        Notice.objects.filter(subject="case_handed_over").update(subject="was_once")
    page = text_of(sign_in(world.supervisor).get("/inbox/"))
    assert "Overdue arrests: not known" in page
    assert "Something that is no longer told" in page


def test_choices_are_of_ones_role_and_hold(world: World, sign_in: SignIn) -> None:
    browser = sign_in(world.supervisor)
    page = text_of(browser.get("/inbox/settings/"))
    assert "Always sent by email at once" in page
    assert 'name="emergency_access"' not in page
    form = browser.get("/inbox/settings/").context["form"]
    data = dict.fromkeys(form.fields, "inbox")
    assert {"daily_report", "case_offered"} <= set(data)
    assert browser.post("/inbox/settings/", data)["Location"] == "/inbox/"
    assert browser.post("/inbox/settings/", {**data, "daily_report": "digest"}).status_code == 302
    with acting_as(world.supervisor):
        assert Subscription.objects.get(subject="daily_report").channel == "digest"
        assert Subscription.objects.count() == len(data)
    checked = browser.get("/inbox/settings/").context["form"]["daily_report"].initial
    assert checked == "digest"
    assert 'name="daily_report"' not in text_of(sign_in(world.investigator).get("/inbox/settings/"))
    assert "nothing that your role is told about" in text_of(sign_in(world.analyst).get("/inbox/settings/"))


def test_a_choice_that_is_none_is_refused_beside_its_field(world: World, sign_in: SignIn) -> None:
    browser = sign_in(world.investigator)
    for data in ({}, {"case_handed_over": "pigeon", "cover_begins": "inbox"}):
        answer = browser.post("/inbox/settings/", data)
        assert answer.status_code == (400 if data else 200)
    with acting_as(world.investigator):
        assert not Subscription.objects.exists()
