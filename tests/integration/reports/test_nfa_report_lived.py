"""The report of no further action over decisions that the services made, from the first proposal to the outcome."""

import pytest

from core import clock
from prosecution.services.decision_checks import check_decision, propose_decision
from prosecution.services.nfa_checks import check_nfa, propose_nfa
from prosecution.services.publishing import publish_decision
from reports.abstraction import Span, month_of
from reports.turns import Figure
from tests.factories import World
from tests.integration.prosecution import deciding, proposing
from tests.integration.reports.test_nfa_report import block, seen, table

pytestmark = pytest.mark.django_db


def this_month() -> Span:
    """Return the month of today."""
    month = month_of(clock.today())
    return Span(month, month)


def test_police_sent_back_once_then_confirmed(world: World) -> None:
    case = proposing.open_case(world)
    row = proposing.proposed(world, case)
    proposing.act(world.supervisor, check_nfa, case, row, confirm=False, note="Ask the neighbour first")
    proposing.act(world.investigator, propose_nfa, case, row)
    waiting = seen(world.supervisor, span=this_month())
    assert table(waiting, "police", "checks") == {"Sent back": 1, "Waiting for the second person": 1}
    assert block(waiting, "police").total == Figure(0), "what is proposed is no outcome"
    proposing.act(world.supervisor, check_nfa, case, row, confirm=True)
    found = seen(world.supervisor, span=this_month())
    assert table(found, "police", "checks") == {"Sent back": 1, "Confirmed": 1}
    assert block(found, "police").total.number == 1
    assert block(found, "cps").total == Figure(0)


def test_cps_sent_back_once_then_confirmed_and_published(world: World) -> None:
    case = deciding.with_cps(world)
    row = deciding.proposed(world, case)
    deciding.act(world.cps_manager, check_decision, case, row, confirm=False, note="Read the third statement again")
    deciding.act(world.prosecutor, propose_decision, case, row)
    before = [block(seen(who, span=this_month()), "cps").total for who in (world.supervisor, world.cps_manager)]
    assert before == [Figure(0), Figure(0)], "what is prepared is no decision"
    deciding.act(world.cps_manager, check_decision, case, row, confirm=True)
    deciding.act(world.prosecutor, publish_decision, case, row, code=15, also_crimes=True)
    found = seen(world.cps_manager, span=this_month())
    assert table(found, "cps", "checks") == {"Sent back": 1, "Confirmed": 1}
    assert [(words, one.number) for words, one in table(found, "cps", "cps reason").items()] == [("No further action: evidential (K)", 1)]
    assert [(words, one.number) for words, one in table(found, "cps", "stage").items()] == [("With the CPS", 1)]
    police = seen(world.supervisor, span=this_month())
    assert block(police, "police").total.number == 1
    assert block(police, "cps").total == Figure(None)
    assert table(police, "police", "checks") == {}
