"""The list of cases: who sees what, filters, sorts, pages, search, what is refused, what is logged."""

from collections.abc import Callable
from urllib.parse import unquote

import pytest
from django.test import Client

from accounts.models import User
from cases import models as m
from cases.services.roles import end_role
from tests.factories import World, acting_as, ago
from tests.integration.cases.making import arrest, do, make_case

SignIn = Callable[[User], Client]


def page(client: Client, query: str = "") -> str:
    """Return the list as text."""
    answer = client.get(f"/cases/{query}")
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def test_nobody_without_cases_is_told_so(world: World, sign_in: SignIn) -> None:
    assert "You have no cases yet" in page(sign_in(world.investigator))
    assert "when the police bring it to your Area" in page(sign_in(world.prosecutor))


def test_people_see_their_own_cases_and_no_others(world: World, sign_in: SignIn) -> None:
    make_case(world.investigator, "Invented")
    assert "52/TEST/1" in page(sign_in(world.colleague))
    for other in (world.other_unit, world.kent, world.kent_supervisor, world.prosecutor):
        assert "52/TEST/1" not in page(sign_in(other))


@pytest.mark.parametrize("role", ["analyst", "auditor", "administrator", "isva"])
def test_who_works_no_cases_finds_no_page(world: World, sign_in: SignIn, role: str) -> None:
    assert sign_in(getattr(world, role)).get("/cases/").status_code == 404


@pytest.mark.parametrize(
    ("query", "first", "second"),
    [
        ("risk=high", True, False),
        ("risk=standard", False, True),
        ("risk=standard&risk=high", True, True),
        ("stage=investigating", True, True),
        ("stage=charged", False, False),
        ("turn=police", True, True),
        ("turn=cps", False, False),
        ("overdue=any", True, False),
        ("overdue=arrest", True, False),
        ("overdue=bail_expiry", False, False),
        ("only=no_decision", True, False),
        ("only=unallocated", False, True),
        ("only=unallocated&only=no_decision", False, False),
        ("unit=none", False, False),
        ("sort=reference&stage=&unit=&officer=&overdue=", True, True),
    ],
)
def test_each_filter_leaves_what_it_says(world: World, sign_in: SignIn, query: str, first: bool, second: bool) -> None:
    make_case(world.investigator, "Invented", reference="FIRST/1", risk="high")
    done = make_case(world.investigator, "Other", reference="SECOND/1", risk="standard")
    arrest(world.investigator, done)
    with acting_as(world.sergeant):
        role = m.CasePerson.objects.get(case=done, role="officer")
    do(world.sergeant, end_role, done, person_id=role.pk)
    text = page(sign_in(world.sergeant), f"?{query}")
    assert ("FIRST/1" in text, "SECOND/1" in text) == (first, second)


def test_the_filter_by_officer_and_unit(world: World, sign_in: SignIn) -> None:
    make_case(world.investigator, reference="MINE/1")
    make_case(world.colleague, reference="THEIRS/1")
    client = sign_in(world.supervisor)
    text = page(client, f"?officer={world.colleague.pk}&unit={world.north.pk}")
    assert "THEIRS/1" in text
    assert "MINE/1" not in text
    assert "No cases match" in page(client, f"?unit={world.south.pk}")


@pytest.mark.parametrize(
    "query",
    [
        "stage=nonsense", "turn=isva", "risk=extreme", "overdue=banana", "only=banana", "sort=victim_name", "sort=-force__users__password",
        "officer=not-a-uuid", "officer=00000000-0000-4000-8000-000000000000", "unit=%27", "after=banana", "before=====", "search=banana",
        "after=a&before=b", "after=a&after=b", "page=-1", "victim__name__startswith=a", "after=%F0%9F%92%A9", "stage=%22%3E%3Cscript%3E",
    ],
)  # fmt: skip
def test_what_the_list_does_not_offer_is_refused_in_words(world: World, sign_in: SignIn, query: str) -> None:
    make_case(world.investigator, reference="SECRET/1")
    answer = sign_in(world.investigator).get(f"/cases/?{query}")
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "There is a problem" in text
    assert "SECRET/1" not in text
    assert "<script>" not in text


def test_pages_go_there_and_back_again_in_every_order(world: World, sign_in: SignIn) -> None:
    references = [f"PAGE/{number:02}" for number in range(28)]
    for number, reference in enumerate(references):
        make_case(
            world.investigator, reference=reference, risk=("high", "medium", "standard")[number % 3], recorded_at=ago(days=number + 1)
        )
    client = sign_in(world.investigator)
    for sort in ("next_due", "-next_due", "recorded", "-recorded", "risk", "-risk", "reference", "-reference", "stage", "-stage"):
        first = client.get(f"/cases/?sort={sort}&risk=high&risk=medium&risk=standard").context
        after = client.get(f"/cases/?sort={sort}&after={first['page'].next_cursor}").context
        again = client.get(f"/cases/?sort={sort}&before={after['page'].previous_cursor}").context
        shown = [case.crime_reference for context in (first, after) for case in context["page"].rows]
        assert sorted(shown) == references, sort
        assert [case.pk for case in again["page"].rows] == [case.pk for case in first["page"].rows]
        assert (first["page"].has_previous, after["page"].has_next, again["page"].has_next) == (False, False, True)
        if sort == "-reference":
            assert shown == references[::-1]


def test_a_cursor_is_opaque_and_somebody_elses_is_refused(world: World, sign_in: SignIn) -> None:
    for number in range(26):
        make_case(world.investigator, reference=f"PAGE/{number:02}")
    cursor = sign_in(world.investigator).get("/cases/?sort=reference").context["page"].next_cursor
    assert "PAGE" not in unquote(cursor)
    assert sign_in(world.colleague).get(f"/cases/?sort=reference&after={cursor}").status_code == 400
    assert sign_in(world.investigator).get(f"/cases/?sort=recorded&after={cursor}").status_code == 400


@pytest.mark.parametrize(
    ("terms", "found"),
    [("52/test/1", True), (" 52/TEST/1 ", True), ("52SW0000126", True), ("52 SW 00001/26", True), ("52/TEST", False),
     ("Quillfeather", True),
     ("quilfether", True), ("Test Quillfeather", True), ("Smith", False), ("%", False), ("_", False), ("'", False)],
)  # fmt: skip
def test_search_finds_a_reference_exactly_and_a_name_nearly(world: World, sign_in: SignIn, terms: str, found: bool) -> None:
    make_case(world.investigator, "Quillfeather", urn="52SW0000126")
    client = sign_in(world.investigator)
    sent = client.post("/cases/?risk=medium", {"terms": terms})
    assert sent.status_code == 302
    assert terms.strip() not in unquote(sent["Location"]) or terms in "%_'"
    assert "risk=medium" in sent["Location"]
    answer = client.get(sent["Location"])
    assert (len(answer.context["lines"]) == 1) is found
    assert ("No cases match" in answer.content.decode()) is not found


def test_search_stays_within_sight_and_filter(world: World, sign_in: SignIn) -> None:
    make_case(world.investigator, "Quillfeather")
    kent = sign_in(world.kent)
    assert kent.get(kent.post("/cases/", {"terms": "Quillfeather"})["Location"]).context["lines"] == []
    north = sign_in(world.investigator)
    sealed = north.post("/cases/?stage=charged", {"terms": "Quillfeather"})["Location"]
    assert north.get(sealed).context["lines"] == []
    assert sign_in(world.colleague).get(sealed).status_code == 400


def test_an_empty_search_is_asked_for_and_says_nothing_of_cases(world: World, sign_in: SignIn) -> None:
    make_case(world.investigator)
    answer = sign_in(world.investigator).post("/cases/", {"terms": " "})
    assert answer.status_code == 400
    assert "Enter a crime reference" in answer.content.decode()


def test_what_narrows_the_list_can_be_taken_away_one_by_one(world: World, sign_in: SignIn) -> None:
    text = page(sign_in(world.investigator), "?risk=high&stage=investigating&only=unallocated")
    assert "Risk: High" in text
    assert 'href="?risk=high&amp;only=unallocated"' in text.replace("stage=&amp;", "")
