"""Notes private to one agency: the box says that relevant material is revealed all the same, and the other side cannot learn of any."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from cases import models as m
from cases.services.notes import add_cps_note, add_note, add_police_note
from core.scope import scope, system
from tests.factories import AVON, World
from tests.integration.prosecution.making import brought_case, do, fresh

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
PAGES = ("", "notes/", "notes/?kind=own", "notes/?kind=shared", "notes/print/", "timeline/")
SIDES = [("investigator", "prosecutor", add_cps_note, "cases_cpsnote"), ("prosecutor", "investigator", add_police_note, "cases_policenote")]


@pytest.mark.parametrize(("who", "slug"), [("investigator", "add-police-note"), ("prosecutor", "add-cps-note")])
def test_the_box_says_that_relevant_material_is_still_revealed(world: World, sign_in: SignIn, who: str, slug: str) -> None:
    case = brought_case(world)
    html = sign_in(getattr(world, who)).get(f"/cases/{case.pk}/{slug}/").content.decode()
    assert "Relevant material must still be revealed, whoever may read the note." in html


@pytest.mark.parametrize(("reader", "writer", "write", "table"), SIDES)
@pytest.mark.parametrize("page", PAGES)
def test_nobody_learns_that_the_other_side_has_any(
    world: World, sign_in: SignIn, reader: str, writer: str, write: Callable[..., object], table: str, page: str
) -> None:
    case = brought_case(world)
    for number in range(3):
        do(world.sergeant, add_note, case, text=f"Shared {number}")
    browser, address = sign_in(getattr(world, reader)), f"/cases/{case.pk}/{page}"
    browser.get(address)
    before = _seen(browser, address, table)
    for number in range(25):
        do(getattr(world, writer), write, case, text=f"Private {number}")
    assert _seen(browser, address, table) == before


def _seen(browser: Client, address: str, table: str) -> tuple[str, int]:
    """Return what a page shows, and in how many queries; none may ask the other side's table."""
    with CaptureQueriesContext(connection) as queries:
        answered = browser.get(address)
    assert answered.status_code == 200
    assert not any(f'"{table}"' in query["sql"] for query in queries)
    html = answered.content.decode()
    assert "Private" not in html
    return re.sub(r"value=\"[A-Za-z0-9_-]{40,}\"|Printed by.*?</p>|\?after=[^\"]+", "", html, flags=re.DOTALL), len(queries)


@pytest.mark.parametrize(("reader", "writer", "write", "table"), SIDES)
def test_neither_version_nor_the_mark_of_change_gives_it_away(
    world: World, sign_in: SignIn, reader: str, writer: str, write: Callable[..., object], table: str
) -> None:
    case = brought_case(world)
    browser = sign_in(getattr(world, reader))
    browser.get(f"/cases/{case.pk}/")
    version = fresh(case).version
    do(getattr(world, writer), write, case, text="Private")
    browser = sign_in(getattr(world, reader))
    assert fresh(case).version == version
    for address in ("/cases/", "/"):
        assert not re.search(r"govuk-tag[^>]*>\s*Changed since you looked", browser.get(address).content.decode())
    with scope(system(AVON)):
        assert not m.TimelineEvent.objects.filter(case=case, kind="note_added").exists()
