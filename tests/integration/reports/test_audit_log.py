"""The access log on screen: whose rows, narrowed how, paged; one row; the file; and that the auditor is audited too."""

import csv
import io
import re
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
from cases.services.sharing import bring_to_area
from core import clock
from core.scope import Kind, Scope, scope
from reports.auditing import log as log_module
from tests.factories import AVON, KENT, SERVICE, SOUTH_WEST, World, ago, make_user
from tests.integration.accounts.administering import browser_of
from tests.integration.accounts.conftest import PASSWORD
from tests.integration.cases.making import do, make_case
from tests.integration.reports.auditing import look

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
SUSPECT = "Quillfeather"


def recorded(agency_id: int, auditor: User) -> list[AccessLog]:
    """Return what an auditor's own looking left behind, newest first."""
    with scope(Scope(kind=Kind.OVERSIGHT, agency_id=agency_id)):
        return list(AccessLog.objects.of_agency(agency_id).filter(actor_id=auditor.pk))


def page_text(client: Client, path: str, status: int = 200) -> str:
    """Return the words of the main part of a page."""
    answer = client.get(path)
    assert answer.status_code == status
    main = answer.content.decode().split("<main", 1)[1].split("</main", 1)[0]
    without_filter = re.sub(r"<details.*?</details>", " ", main, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", without_filter).split())


@pytest.fixture
def auditors(world: World) -> dict[int, User]:
    """An auditor in every agency of the world."""
    return {AVON: world.auditor, **{agency: make_user(agency, Role.AUDITOR) for agency in (KENT, SOUTH_WEST, SERVICE)}}


def test_each_auditor_sees_the_own_agencys_rows_only(world: World, auditors: dict[int, User], sign_in: SignIn) -> None:
    case = make_case(world.investigator, SUSPECT, reference="52/SEEN/1")
    do(world.investigator, bring_to_area, case)
    sign_in(world.colleague).get(f"/cases/{case.pk}/")
    sign_in(world.prosecutor).get(f"/cases/{case.pk}/")
    sign_in(world.kent).get(f"/cases/{case.pk}/")
    seen = {agency: page_text(sign_in(auditor), "/audit/") for agency, auditor in auditors.items()}
    everywhere = (world.colleague.name, world.prosecutor.name, world.kent.name)
    expected = {AVON: (True, True, False), SOUTH_WEST: (False, True, False), KENT: (False, False, True), SERVICE: (False, False, False)}
    assert {agency: tuple(name in text for name in everywhere) for agency, text in seen.items()} == expected
    assert [agency for agency, text in seen.items() if "52/SEEN/1" in text] == [AVON, SOUTH_WEST]
    assert "not of your agency" in seen[KENT]
    assert not any(SUSPECT in text for text in seen.values())


def test_it_is_narrowed_by_person_act_page_and_day(world: World, sign_in: SignIn) -> None:
    look(world.investigator, ago(hours=1), what="first look")
    look(world.colleague, ago(hours=1), act="denial", what="page refused", route="case_act")
    look(world.investigator, ago(days=20), what="old look")
    client = sign_in(world.auditor)

    def shown(query: str) -> list[str]:
        text = page_text(client, f"/audit/?{query}")
        return [words for words in ("First look", "Page refused", "Old look") if words in text]

    assert shown("") == ["First look", "Page refused"]
    assert shown(f"person={world.investigator.pk}") == ["First look"]
    assert shown("act=denial") == ["Page refused"]
    assert shown("route=case_act") == ["Page refused"]
    old = clock.london_day(ago(days=20))
    for offset, found in ((0, ["Old look"]), (1, []), (-1, [])):
        day = old + timedelta(days=offset)
        parts = "&".join(f"{name}_day={day.day}&{name}_month={day.month}&{name}_year={day.year}" for name in ("since", "until"))
        assert shown(parts) == found


def test_days_are_london_days(world: World, sign_in: SignIn) -> None:
    """The first moment of a day belongs to it and the first of the next does not, when the clocks are an hour off."""
    from datetime import date

    day = date(clock.today().year - (1 if clock.today().month < 8 else 0), 7, 10)
    look(world.investigator, clock.day_start(day), what="at the start")
    look(world.investigator, clock.day_start(day + timedelta(days=1)) - timedelta(milliseconds=1), what="at the end")
    look(world.investigator, clock.day_start(day + timedelta(days=1)), what="day after")
    parts = "&".join(f"{name}_day={day.day}&{name}_month={day.month}&{name}_year={day.year}" for name in ("since", "until"))
    text = page_text(sign_in(world.auditor), f"/audit/?{parts}")
    assert [words in text for words in ("At the start", "At the end", "Day after")] == [True, True, False]


def test_a_case_is_found_by_its_reference_which_stands_in_no_address(world: World, auditors: dict[int, User], sign_in: SignIn) -> None:
    case = make_case(world.investigator, SUSPECT, reference="52/FIND/1")
    other = make_case(world.investigator, SUSPECT, reference="52/OTHER/1")
    look(world.colleague, ago(hours=1), case.pk, what="the one")
    look(world.colleague, ago(hours=1), other.pk, what="the other")
    client = sign_in(world.auditor)
    answer = client.post("/audit/", {"crime_reference": " 52/find/1"})
    assert answer.status_code == 302
    assert "FIND" not in answer["Location"].upper()
    text = page_text(client, answer["Location"])
    assert "The one" in text
    assert "The other" not in text
    assert recorded(AVON, world.auditor)[0].case_ids == [case.pk]
    # what was sealed for one auditor opens for no other
    stranger = sign_in(make_user(AVON, Role.AUDITOR))
    assert stranger.get(answer["Location"]).status_code == 400
    # another agency's case, before it is brought to the Area, is no case
    for agency in (KENT, SOUTH_WEST, SERVICE):
        assert sign_in(auditors[agency]).post("/audit/", {"crime_reference": "52/FIND/1"}).status_code == 400
    do(world.investigator, bring_to_area, case)
    assert sign_in(auditors[SOUTH_WEST]).post("/audit/", {"crime_reference": "52/FIND/1"}).status_code == 302


def test_pages_go_on_where_the_last_ended_also_within_one_moment(world: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_module, "PAGE_SIZE", 3)
    moment = ago(hours=2)
    for number in range(8):
        look(world.investigator, moment + timedelta(seconds=number // 4), what=f"look {number}")
    client = sign_in(world.auditor)
    query, pages = f"/audit/?person={world.investigator.pk}", []
    while True:
        html = client.get(query).content.decode()
        pages.append([int(number) for number in re.findall(r"Look (\d)", html)])
        following = re.search(r'href="([^"]+)" rel="next"', html)
        if following is None:
            break
        query = "/audit/" + following[1].replace("&amp;", "&")
    assert pages == [[7, 6, 5], [4, 3, 2], [1, 0]]
    back = re.search(r'href="([^"]+)" rel="prev"', html)
    assert back is not None
    html = client.get("/audit/" + back[1].replace("&amp;", "&")).content.decode()
    assert [int(number) for number in re.findall(r"Look (\d)", html)] == [4, 3, 2]


def test_what_the_address_may_not_ask(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.auditor)
    for query in (
        "person=x", "act=erase", "route=nowhere", "since_day=1", "since_day=2&since_month=1&since_year=2020",
        "until_day=31&until_month=12&until_year=2099", "after=x", "before=AAAA", "case=x", "case=" + "A" * 3000,
    ):  # fmt: skip
        assert client.get(f"/audit/?{query}").status_code == 400, query
    assert client.get(f"/audit/?person={uuid4()}").status_code == 200
    for path in (
        "/audit/rows/0/",
        "/audit/rows/99999999999999999999999/",
        f"/audit/patterns/{uuid4()}/",
        f"/audit/emergency-access/{uuid4()}/",
    ):
        assert client.get(path).status_code == 404, path


def test_one_row_with_its_request_and_its_session(world: World, auditors: dict[int, User], sign_in: SignIn) -> None:
    request, moment = uuid4(), ago(hours=3)
    look(world.investigator, moment, what="the row", request=request, session="s1", agencies=[AVON, KENT])
    look(world.investigator, moment, what="same request", request=request, session="s1")
    look(world.investigator, moment + timedelta(minutes=9), what="same session", session="s1")
    look(world.investigator, moment, what="another session", session="s2")
    look(world.colleague, moment, what="somebody else", session="s1")
    with scope(Scope(kind=Kind.OVERSIGHT, agency_id=AVON)):
        row = AccessLog.objects.of_agency(AVON).get(what="the row")
    text = page_text(sign_in(world.auditor), f"/audit/rows/{row.pk}/")
    assert [words in text for words in ("The row", "Same request", "Same session", "Another session", "Somebody else")] == [True] * 3 + [
        False
    ] * 2
    assert text.count("Same request") == 1
    # the same act has a row of its own for the other agency; this one is nothing to it
    assert sign_in(auditors[KENT]).get(f"/audit/rows/{row.pk}/").status_code == 404
    assert recorded(AVON, world.auditor)[0].act == "combination"


def test_the_auditor_is_audited(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.auditor)
    client.get("/audit/")
    client.get("/audit/emergency-access/")
    client.get("/audit/patterns/")
    what = {row.what for row in recorded(AVON, world.auditor)}
    assert what == {"access log", "emergency access, list", "patterns of looking, list"}
    assert world.auditor.name in page_text(client, "/audit/")


def test_a_fixed_number_of_queries(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.auditor)
    counts = []
    for size in (1, 30):
        for number in range(size):
            look(world.colleague, ago(minutes=5), make_case(world.investigator, reference=f"52/Q{size}/{number}").pk, session="s")
        client.get("/audit/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/audit/")
        with scope(Scope(kind=Kind.OVERSIGHT, agency_id=AVON)):
            row = AccessLog.objects.of_agency(AVON).filter(what="case page").first()
        assert row is not None
        with CaptureQueriesContext(connection) as of_a_row:
            client.get(f"/audit/rows/{row.pk}/")
        counts.append((len(queries), len(of_a_row)))
    assert counts[0] == counts[1]
    assert counts[1][0] <= 22


def reauthenticated(client: Client, user: User) -> None:
    """Leave in the session what django-allauth leaves there when somebody has just confirmed who she or he is."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": clock.now().timestamp(), "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


def give_password(user: User) -> User:
    """Give the person a password, so that there is something to confirm with, and return the person with it."""
    from django.contrib.auth.hashers import make_password
    from django.db import connections

    with connections["default"].cursor() as cursor:
        cursor.execute("update accounts_user set password = %s where id = %s", [make_password("demonstration-only"), user.pk])
    return User.objects.get(pk=user.pk)


def test_a_file_is_a_disclosure_with_its_purpose_and_asks_who_is_there(world: World, sign_in: SignIn) -> None:
    case = make_case(world.investigator, SUSPECT, reference="52/FILE/1")
    look(world.colleague, ago(hours=1), case.pk, purpose="=cmd|' /C calc'!A0")
    client = sign_in(give_password(world.auditor))
    assert "up to 10,000" in client.get("/audit/export/").content.decode()
    assert client.post("/audit/export/", {}).status_code == 400
    asked = client.post("/audit/export/", {"purpose": "Enquiry 7"})
    assert (asked.status_code, "/accounts/" in asked["Location"]) == (302, True)
    assert "access log, file" not in {row.what for row in recorded(AVON, world.auditor)}
    reauthenticated(client, world.auditor)
    answer: Any = client.post(f"/audit/export/?person={world.colleague.pk}", {"purpose": "Enquiry 7"})
    assert answer.status_code == 200
    assert re.fullmatch(r'attachment; filename="access-log-[\d-]+\.csv"', answer["Content-Disposition"])
    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (row["person"], row["case_references"], row["marking"]) == (world.colleague.name, "52/FILE/1", "OFFICIAL-SENSITIVE")
    assert row["purpose"].startswith("'=")
    assert SUSPECT not in answer.content.decode()
    disclosed = recorded(AVON, world.auditor)[0]
    assert (disclosed.act, disclosed.recipients, disclosed.row_count) == ("disclosure", world.auditor.name, 1)
    assert re.fullmatch(rf"Enquiry 7 \([\d-]+ to [\d-]+; Person: {re.escape(world.colleague.name)}\)", disclosed.purpose)


def test_whoever_had_to_confirm_comes_back_to_the_page_with_what_was_typed(world: World) -> None:
    look(world.colleague, ago(hours=1))
    client = browser_of(world.auditor, confirmed=False)
    asked = client.post(f"/audit/export/?person={world.colleague.pk}", {"purpose": "Enquiry 7"})
    came: Any = client.post(asked["Location"], {"password": PASSWORD})
    assert (came.status_code, came["Location"].partition("?")[0]) == (302, "/audit/export/")
    assert "Enquiry" not in came["Location"]
    assert not [row for row in recorded(AVON, world.auditor) if row.act == "disclosure"]
    page: Any = client.get(came["Location"])
    assert "You have confirmed who you are" in page.content.decode()
    assert page.context["form"]["purpose"].value() == "Enquiry 7"
    assert page.context["narrowed"] == [("Person", world.colleague.name)]
    assert client.get("/audit/export/?confirmed=x").context["confirmed"] is False
    file = client.post(came["Location"], {"purpose": "Enquiry 7"})
    assert file["Content-Type"].startswith("text/csv")
    assert [row.purpose.partition(" (")[0] for row in recorded(AVON, world.auditor) if row.act == "disclosure"] == ["Enquiry 7"]


def test_no_file_is_cut_short_unseen(world: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (log_module, __import__("reports.auditing.views_log", fromlist=["x"])):
        monkeypatch.setattr(module, "MOST_EXPORTED", 3)
    client = sign_in(give_password(world.auditor))
    reauthenticated(client, world.auditor)
    path = f"/audit/export/?person={world.colleague.pk}"
    for number, status in ((3, 200), (1, 400)):
        for _ in range(number):
            look(world.colleague, ago(hours=1))
        assert client.post(path, {"purpose": "Enquiry 7"}).status_code == status
    assert [row.row_count for row in recorded(AVON, world.auditor) if row.act == "disclosure"] == [3]


def test_the_first_page_says_what_waits(world: World, auditors: dict[int, User], sign_in: SignIn) -> None:
    text = page_text(sign_in(world.auditor), "/")
    assert "Emergency access" in text
    assert "Patterns" in text
    assert "Emergency access to review" not in page_text(sign_in(auditors[SOUTH_WEST]), "/")
