"""The scope around every request: whose it is, what a refusal leaves behind, and what the log says of it."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Unit, User
from core.scope import Kind, Scope, scope
from tests.factories import World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.integration.accounts.pages")]
SignIn = Callable[[User], Client]


def log_of(agency_id: int) -> list[tuple[str, str, str, str]]:
    """The log of an agency as its auditor reads it: act, what, role, number of cases."""
    with scope(Scope(kind=Kind.OVERSIGHT, agency_id=agency_id)), connection.cursor() as cursor:
        cursor.execute("select act, what, actor_role, cardinality(case_ids)::text from audit_accesslog order by id")
        return [tuple(row) for row in cursor.fetchall()]


def test_each_person_works_under_her_or_his_kind(world: World, sign_in: SignIn) -> None:
    expected = {
        world.investigator: "rasso_police 52 52",
        world.analyst: "rasso_police 52 52",
        world.prosecutor: "rasso_cps 0 110",
        world.isva: "rasso_isva 0 1001",
        world.auditor: "rasso_oversight 0 52",
    }
    for person, words in expected.items():
        assert sign_in(person).get("/t/who/").content.decode() == words


def test_templates_are_drawn_inside_the_scope(world: World, sign_in: SignIn) -> None:
    assert b"Test North" in sign_in(world.investigator).get("/t/lazy/").content


def test_nobody_signed_in_is_sent_to_sign_in(world: World, client: Client) -> None:
    response = client.get("/t/who/")
    assert (response.status_code, response["Location"]) == (302, "/accounts/login/?next=/t/who/")


def test_a_role_not_named_gets_the_bytes_of_an_address_that_leads_nowhere(world: World, sign_in: SignIn) -> None:
    browser, case_id = sign_in(world.investigator), uuid4()
    browser.get("/t/who/")  # the session's first request writes to it
    nowhere = browser.get("/t/nowhere/")
    seen = []
    for address in (f"/t/supervisors/{case_id}/", f"/t/missing/{case_id}/"):
        with CaptureQueriesContext(connection) as queries:
            response = browser.get(address)
        assert (response.status_code, response.content) == (404, nowhere.content)
        assert dict(response.headers) == dict(nowhere.headers)
        seen.append(len(queries))
    assert seen[0] == seen[1]


def test_a_view_that_declares_nothing_is_refused(world: World, sign_in: SignIn, client: Client) -> None:
    response = sign_in(world.supervisor).get("/t/undeclared/")
    assert response.status_code == 404
    assert b"by mistake" not in response.content
    assert Client().get("/t/undeclared/").status_code == 302


def test_what_the_database_refuses_is_the_same_404(world: World, sign_in: SignIn) -> None:
    browser = sign_in(world.investigator)
    response = browser.get("/t/hashes/")
    assert (response.status_code, response.content) == (404, browser.get("/t/nowhere/").content)


def test_a_statement_that_takes_too_long_is_503(world: World, sign_in: SignIn) -> None:
    response = sign_in(world.investigator).get("/t/slow/")
    assert response.status_code == 503
    assert b"unavailable" in response.content


def test_streaming_is_refused(world: World, sign_in: SignIn) -> None:
    with pytest.raises(ImproperlyConfigured):
        sign_in(world.investigator).get("/t/streaming/")


def test_words_of_an_exception_are_not_shown(world: World, sign_in: SignIn) -> None:
    browser = sign_in(world.investigator)
    browser.raise_request_exception = False
    for address, status in (("/t/forbidden/", 403), ("/t/fault/", 500)):
        response = browser.get(address)
        assert response.status_code == status
        assert b"secret words" not in response.content


@pytest.mark.parametrize(
    ("ending", "status", "words"),
    [
        ("not-allowed", 403, b"Only an inspector may do this."),
        ("not-possible", 400, b"The case is closed."),
        ("conflict", 409, b"risk changed to high"),
        ("404", 404, b"Page not found"),
        ("400", 400, b"400"),
        ("422", 422, b"422"),
        ("500", 500, b"500"),
    ],
)
def test_an_answer_of_400_or_above_leaves_nothing_behind(world: World, sign_in: SignIn, ending: str, status: int, words: bytes) -> None:
    response = sign_in(world.investigator).post(f"/t/writing/{ending}/")
    assert response.status_code == status
    assert words in response.content
    assert not Unit.objects.filter(name__startswith="Written before").exists()
    assert ("alteration", f"written before {ending}", "investigator", "0") not in log_of(52)


def test_an_answer_below_400_stays(world: World, sign_in: SignIn) -> None:
    assert sign_in(world.investigator).post("/t/writing/200/").status_code == 200
    assert Unit.objects.filter(name="Written before 200").exists()
    assert ("alteration", "written before 200", "investigator", "0") in log_of(52)


def test_refusals_are_written_down_for_the_persons_own_agency_only(world: World, sign_in: SignIn) -> None:
    browser, case_id = sign_in(world.kent), uuid4()
    browser.get(f"/t/supervisors/{case_id}/")
    browser.post("/t/writing/not-allowed/")
    assert log_of(46) == [("denial", "page refused", "investigator", "1"), ("denial", "act refused", "investigator", "0")]
    assert log_of(52) == []


def test_addresses_that_lead_nowhere_and_strangers_are_not_written_down(world: World, sign_in: SignIn) -> None:
    sign_in(world.kent).get("/t/nowhere/")
    Client().get("/t/missing/")
    assert log_of(46) == []


def test_a_page_can_join_to_people_and_never_sees_a_hash(world: World, sign_in: SignIn, with_password: Callable[[User], User]) -> None:
    body = sign_in(with_password(world.investigator)).get("/t/colleagues/").content.decode()
    assert f"{world.supervisor.name} Avon and Somerset Police !" in body
    assert "md5" not in body
    assert "argon" not in body
    assert world.kent.name not in body


def test_methods_not_declared_are_405(world: World, sign_in: SignIn) -> None:
    browser = sign_in(world.investigator)
    assert browser.post("/t/who/").status_code == 405
    assert browser.head("/t/who/").status_code == 200
    assert browser.generic("TRACE", "/t/who/").status_code == 405
