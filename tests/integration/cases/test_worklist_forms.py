"""The short form in a row: opened, refused, lost to somebody else, done; and the way back to where one came from."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from cases import models as m
from cases.acts import ACTS
from cases.back import place_of
from cases.pages.needs import DEADLINE_ACTS
from cases.services.changing import changing
from cases.settling import SETTLED_BY
from cases.worklist.rows import EXTRAS
from core import clock
from tests.factories import AVON, World, acting_as
from tests.integration.cases.asking import live_since
from tests.integration.cases.making import arrest, fresh, make_case, suspect_of, timeline
from tests.integration.cases.test_worklist import group, opens, passed_bail, text_of

SignIn = Callable[[User], Client]


@pytest.fixture
def case(world: World) -> m.Case:
    """A case of the investigator's with one suspect, whose arrest is two days late."""
    live_since(AVON, days=30)
    return make_case(world.investigator, "Quillfeather")


def open_form(client: Client, slug: str, query: str = "") -> tuple[str, str]:
    """Open the first short form of an act from the list; return its address and the page."""
    address = opens(text_of(client, query), slug)
    answer = client.get(address)
    assert answer.status_code == 200
    return address, answer.content.decode()


def sent(text: str, **typed: str) -> dict[str, str]:
    """Return what a browser sends of the open form: what is filled in, and what is typed over it."""
    form = text.split("data-short-form", 1)[1].split("</form>", 1)[0]
    found = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*?value="([^"]*)"', form))
    found |= {name: value for value, name in re.findall(r'<input[^>]*value="([^"]*)"[^>]*?name="([^"]+)"', form)}
    assert "version" in found
    return {**found, **typed}


def test_an_act_opens_in_its_row_with_today_filled_in_and_no_other_form(world: World, sign_in: SignIn, case: m.Case) -> None:
    _, text = open_form(sign_in(world.investigator), "record-attempt")
    main = text.split("<main", 1)[1].split("</main", 1)[0]
    assert main.count("<form") == 1
    filled, today = sent(text), clock.today()
    assert (filled["at_day"], filled["at_month"], filled["at_year"]) == (str(today.day), str(today.month), str(today.year))
    assert "rasso-row--open" in main
    assert "Quillfeather" not in main, "a row calls a suspect by number"


def test_a_script_gets_the_form_alone(world: World, sign_in: SignIn, case: m.Case) -> None:
    client = sign_in(world.investigator)
    address, _ = open_form(client, "record-attempt")
    text = client.get(f"{address}&part=form").content.decode()
    assert "<form" in text
    assert "<html" not in text


def test_what_is_done_returns_to_the_same_place_and_is_said_there(world: World, sign_in: SignIn, case: m.Case) -> None:
    client = sign_in(world.supervisor)
    address, text = open_form(client, "record-attempt", "?view=all&changed=")
    answer = client.post(address, sent(text, what_happened="Not at home"))
    assert answer.status_code == 302, answer.content.decode()
    where = answer["Location"]
    assert where.startswith("/?view=all&row=deadline-")
    assert where.endswith("#said")
    assert "arrest_attempted" in timeline(case)
    after = client.get(where).content.decode()
    row = where.split("row=")[1].split("&")[0]
    assert re.search(rf'id="said">.*?Attempt recorded\..*?</li>\s*<li class="[^"]*" id="{row}"', after, re.DOTALL), "said at the row"
    assert "Attempt recorded." not in client.get("/?view=all").content.decode()


def test_what_takes_the_row_away_is_said_where_the_row_was(world: World, sign_in: SignIn, case: m.Case) -> None:
    client = sign_in(world.investigator)
    address, text = open_form(client, "record-arrest")
    answer = client.post(address, sent(text))
    assert answer.status_code == 302, answer.content.decode()
    after = client.get(answer["Location"]).content.decode()
    assert "Suspect 1: arrest" not in after
    assert "Arrest recorded." in after


def test_errors_stand_beside_the_field_in_the_row_with_what_was_typed(world: World, sign_in: SignIn, case: m.Case) -> None:
    client = sign_in(world.investigator)
    address, text = open_form(client, "record-attempt")
    answer = client.post(address, sent(text, what_happened="", at_year="2090"))
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "<title>Error: Worklist" in text
    row = group(text, "overdue")
    assert "There is a problem" in row
    assert "Enter an answer to “What happened?”" in row
    assert 'value="2090"' in row
    assert "arrest_attempted" not in timeline(case)


def test_a_conflict_is_told_in_the_row_and_sending_again_is_a_choice(world: World, sign_in: SignIn, case: m.Case) -> None:
    client = sign_in(world.investigator)
    address, text = open_form(client, "record-attempt")
    with acting_as(world.sergeant), changing(case.pk, actor=world.sergeant) as change:
        change.put_in_timeline("enquiry_opened")
    lost = client.post(address, sent(text, what_happened="Nobody there"))
    shown = lost.content.decode()
    assert lost.status_code == 409
    row = group(shown, "overdue")
    for words in (world.sergeant.name, "opened a line of enquiry", "Nobody there", "Save it after all"):
        assert words in row, words
    assert "arrest_attempted" not in timeline(case)
    again = client.post(address, sent(shown, what_happened="Nobody there"))
    assert again.status_code == 302
    assert "arrest_attempted" in timeline(case)


def test_a_row_that_has_gone_keeps_what_was_typed_at_the_top(world: World, sign_in: SignIn, case: m.Case) -> None:
    client = sign_in(world.investigator)
    address, text = open_form(client, "record-attempt")
    arrest(world.sergeant, case)
    lost = client.post(address, sent(text, what_happened="Nobody there"))
    shown = lost.content.decode()
    assert lost.status_code == 400
    assert "This suspect is in custody" in shown
    assert shown.index("This suspect is in custody") < shown.index('id="worklist"')


def test_who_may_not_is_refused_in_a_row_as_on_a_page(world: World, sign_in: SignIn, case: m.Case) -> None:
    where = f"/worklist/{case.pk}/review-case/"
    assert sign_in(world.investigator).get(where).status_code == 403
    assert sign_in(world.investigator).post(where, {"direction": "x", "version": "1"}).status_code == 403
    for who in ("other_unit", "kent", "prosecutor"):
        assert sign_in(getattr(world, who)).get(where).status_code == 404
        assert sign_in(getattr(world, who)).get(f"/worklist/{case.pk}/record-attempt/{suspect_of(case).pk}/").status_code == 404


def test_every_act_a_row_may_carry_stands_in_the_table() -> None:
    assert {slug for slugs in (*SETTLED_BY.values(), EXTRAS, DEADLINE_ACTS) for slug in slugs} <= set(ACTS)


def test_a_passed_bail_answered_from_its_list_returns_to_the_list(world: World, sign_in: SignIn, case: m.Case) -> None:
    arrest(world.investigator, case)
    bail = passed_bail(world, case)
    client = sign_in(world.supervisor)
    page = client.get("/imports/passed-bail/").content.decode()
    found = re.search(r'href="(/cases/[^"]*/answer-passed-bail/[^"]*)"', page)
    assert found
    address = found[1].replace("&amp;", "&")
    assert str(bail.pk) in address
    text = client.get(address).content.decode()
    assert "Back to bail whose date passed" in text
    day = clock.today().replace(year=clock.today().year + 1)
    answer = client.post(
        address,
        {
            "answer": "still_on_bail", "until_day": str(day.day), "until_month": str(day.month), "until_year": str(day.year),
            "authority": "not_recorded", "version": str(fresh(case).version),
        },
    )  # fmt: skip
    if answer.status_code == 400:  # the longest that bail may last is over: it has ended
        assert "not after" in answer.content.decode()
        yesterday = {"at_day": "1", "at_month": "6", "at_year": str(clock.today().year), "at_time": "10:00"}
        answer = client.post(
            address,
            {"answer": "ended", "to": "under_investigation", "authority": "not_recorded", "version": str(fresh(case).version), **yesterday},
        )
    assert answer.status_code == 302, answer.content.decode()
    assert answer["Location"].startswith("/imports/passed-bail/")


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ("/", "/"),
        ("/?view=unit#deadline-0123456789ab", "/?view=unit#deadline-0123456789ab"),
        ("/cases/?risk=high&after=abc", "/cases/?risk=high&after=abc"),
        ("/imports/passed-bail/?after=x", "/imports/passed-bail/?after=x"),
        ("/?back=//evil.example", "/"),
        ("/?view=unit#<script>", "/?view=unit"),
        ("/?next=https://evil.example", "/?next=https%3A%2F%2Fevil.example"),
    ],
)
def test_back_leads_to_a_list_put_together_anew(asked: str, place: str) -> None:
    found = place_of(asked)
    assert found
    assert found.address == place


@pytest.mark.parametrize(
    "asked",
    [
        "", "//evil.example/", "https://evil.example/", "javascript:alert(1)", "\\\\evil.example",
        "/\\evil.example", "https:/cases/", "///evil.example/",
        "/cases/new/", "/accounts/logout/", "/cases/00000000-0000-0000-0000-000000000000/timeline/", "/nowhere/",
        "/cases/\r\nX: y", "/cases/?" + "a" * 3000,
        "cases/", "/cases", "/%2F/evil.example", "/cases/..//evil.example", "http://[", "/cases/\t",
    ],
)  # fmt: skip
def test_back_leads_nowhere_else(asked: str) -> None:
    assert place_of(asked) is None


def test_an_act_with_a_foreign_way_back_returns_to_the_case(world: World, sign_in: SignIn, case: m.Case) -> None:
    address = f"/cases/{case.pk}/add-note/?back=//evil.example/"
    client = sign_in(world.investigator)
    assert "evil.example" not in client.get(address).content.decode().split("<main", 1)[1]
    answer = client.post(address, {"text": "A note", "version": str(case.version)})
    assert answer["Location"] == f"/cases/{case.pk}/#notes"


def test_an_interview_after_arrest_is_not_offered_before_any_arrest(world: World, sign_in: SignIn, case: m.Case) -> None:
    client, where = sign_in(world.investigator), f"/cases/{case.pk}/record-interview/{suspect_of(case).pk}/"
    assert 'value="after_arrest"' not in client.get(where).content.decode()
    assert 'value="voluntary" checked' in client.get(where).content.decode()
    arrest(world.investigator, case)
    assert 'value="after_arrest"' in client.get(where).content.decode()


def test_bail_is_not_said_to_stand_still_with_the_cps_before_the_case_is_brought(world: World, sign_in: SignIn, case: m.Case) -> None:
    from tests.integration.cases.test_suspect_acts import on_bail

    bail = on_bail(world, case)
    client = sign_in(world.investigator)
    where = f"/cases/{case.pk}/suspend-bail/{bail.pk}/"
    assert where not in client.get(f"/cases/{case.pk}/").content.decode()
    assert "/suspend-bail/" not in text_of(client)
    assert client.get(where).status_code == 400
    assert client.post(f"/cases/{case.pk}/bring-to-cps/", {"version": str(fresh(case).version)}).status_code == 302
    assert where in client.get(f"/cases/{case.pk}/").content.decode()
    assert client.get(where).status_code == 200
