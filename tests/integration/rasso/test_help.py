"""The help pages: every clock, with the lengths in force today for the reader's own agency; reachable from every page."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from cases import models as m
from cases.derive.clocks import CLOCKS
from core import clock
from core.scope import scope, system
from rasso.help import clocks_for
from tests.factories import AVON, KENT, World, acting_as

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
CLOCKS_PAGE = "/help/clocks/"


def edition(agency_id: int | None, *, amount: int, days: int = -1, version: int = 2) -> None:
    """Set another length of the arrest clock at high risk, in force from so many days from today."""
    with scope(system(AVON)):
        m.ClockSetting.objects.create(
            kind="arrest", variant="high", agency_id=agency_id, version=version, amount=amount, unit="days",
            in_force_from=clock.today() + timedelta(days=days), source_note="Chief officers’ decision",
        )  # fmt: skip


def arrest_at_high_risk(user: User) -> tuple[str, bool]:
    with acting_as(user):
        row = next(one for one in clocks_for(user) if one.ident == "arrest")
    return dict(row.lengths)["High risk"], row.own


def test_every_clock_is_there_with_start_stop_length_debtor_and_source(world: World, sign_in: SignIn) -> None:
    html = unescape(sign_in(world.investigator).get(CLOCKS_PAGE).content.decode())
    for row in CLOCKS.values():
        for words in (row.kind.label, row.starts[1:], row.stops[1:].partition(";")[0], row.source, row.owes.label):
            assert words in html, (row.kind, words)
    for words in (
        "High risk: 1 day<",
        "Standard risk: 28 days",
        "First review: 72 hours",
        "2 working days",
        "Worked out from what was authorised",
    ):
        assert words in html
    assert "Set for your agency" not in html


def test_an_agencys_own_edition_counts_for_it_alone_and_only_once_in_force(world: World) -> None:
    assert arrest_at_high_risk(world.investigator) == ("1 day", False)
    edition(AVON, amount=3)
    edition(KENT, amount=9)
    edition(AVON, amount=5, days=1, version=3)
    assert arrest_at_high_risk(world.investigator) == ("3 days", True)
    assert arrest_at_high_risk(world.kent) == ("9 days", True)
    assert arrest_at_high_risk(world.prosecutor) == ("1 day", False)


@pytest.mark.parametrize("who", ["investigator", "supervisor", "analyst", "auditor", "administrator", "prosecutor", "isva"])
def test_everybody_reaches_help_from_the_foot_of_a_page(world: World, sign_in: SignIn, who: str) -> None:
    browser = sign_in(getattr(world, who))
    assert '<a class="govuk-footer__link" href="/help/">Help</a>' in browser.get("/", follow=True).content.decode()
    assert f'href="{CLOCKS_PAGE}"' in browser.get("/help/").content.decode()
    assert browser.get(CLOCKS_PAGE).status_code == 200


def test_a_fixed_number_of_queries(world: World, sign_in: SignIn) -> None:
    browser = sign_in(world.investigator)
    browser.get(CLOCKS_PAGE)
    with CaptureQueriesContext(connection) as few:
        browser.get(CLOCKS_PAGE)
    for version in range(2, 12):
        edition(AVON, amount=version, version=version)
    with CaptureQueriesContext(connection) as many:
        browser.get(CLOCKS_PAGE)
    assert len(many) == len(few)
