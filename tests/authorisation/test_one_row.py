"""A page or an act about one row of what goes between police and CPS: asked by everybody, of rows in every state."""

from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from cases.acts import ACTS
from tests.authorisation import table
from tests.authorisation.house import House, build
from tests.authorisation.passage import ROWS_OF, Passage, pass_between
from tests.authorisation.table_nfa import OF_ONE_CASE as OF_NFA
from tests.authorisation.table_prosecution import OF_ONE_CASE as OF_PASSAGE
from tests.authorisation.table_review import OF_ONE_CASE as OF_REVIEWS
from tests.authorisation.test_url_table import ask, asked_with_queries, path_of_act

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PAGE_OF = {
    "early_advice": "early_advice", "sent_advice": "early_advice", "draft_advice": "early_advice", "referral": "referral",
    "sent_referral": "referral", "draft_referral": "referral", "action_plan": "action_plan", "draft_plan": "action_plan",
    "proposed_decision": "proposed_decision", "waiting_decision": "proposed_decision", "charging_decision": "charging_decision",
    "draft_nfa": "proposed_nfa", "waiting_nfa": "proposed_nfa", "review": "review_request",
}  # fmt: skip
OF_ONE_CASE = OF_PASSAGE | OF_NFA | OF_REVIEWS
FEWEST_ACTS = 60


@pytest.fixture
def made() -> Passage:
    """The house with a row of each kind on its own case."""
    return pass_between(build())


def address(name: str, key: UUID) -> str:
    """Return the address of the page of one row."""
    return reverse(name, args=[key])


def test_who_opens_the_page_of_one_row(made: Passage) -> None:
    """Who sees the case, unless the row is not theirs to know of yet; the refusal is the answer that nothing gets."""
    wrong = []
    for row, page in PAGE_OF.items():
        may = table.SEES["own"] & OF_ONE_CASE[row]
        for who in sorted(table.EVERYBODY):
            status = ask(made.house, who, "GET", address(page, made.rows[row])).status_code
            if status != (200 if who in may else 404):
                wrong.append((row, who, status))
    for who in sorted(table.EVERYBODY):
        status = ask(made.house, who, "GET", address("transfer", made.rows["incoming"])).status_code
        if status != (200 if who in table.MANAGERS else 404):
            wrong.append(("incoming", who, status))
    assert wrong == []


def test_a_row_that_is_not_for_somebody_is_the_same_404_as_none(made: Passage) -> None:
    """The same bytes, headers and number of queries: nobody learns that it is there."""
    wrong = []
    for row, page in PAGE_OF.items():
        for who in sorted(table.ON_CASES - (table.SEES["own"] & OF_ONE_CASE[row])):
            there, nothing = both(made.house, who, page, made.rows[row])
            if there != nothing:
                wrong.append((row, who, there, nothing))
    for who in ("other-area", "prosecutor", "supervisor"):
        there, nothing = both(made.house, who, "transfer", made.rows["incoming"])
        if there != nothing:
            wrong.append(("incoming", who, there, nothing))
    assert wrong == []


def both(house: House, who: str, page: str, key: UUID) -> tuple[object, object]:
    """Return what somebody gets for a row, and for nothing; what is cached once a session is cached before."""
    ask(house, who, "GET", address(page, uuid4()))
    return asked_with_queries(house, who, "GET", address(page, key)), asked_with_queries(house, who, "GET", address(page, uuid4()))


def test_the_print_of_a_referral_is_for_whom_its_page_is(made: Passage) -> None:
    for who in ("investigator", "prosecutor", "other-area", "other-force", "cps-direct", "auditor"):
        answer = ask(made.house, who, "GET", address("print_referral", made.rows["referral"]))
        assert answer.status_code == (200 if who in table.SEES["own"] else 404)
    assert ask(made.house, "prosecutor", "GET", address("print_referral", made.rows["draft_referral"])).status_code == 404


def test_acts_on_one_row_by_everybody_who_sees_its_case(made: Passage) -> None:
    wrong, asked = [], set()
    for slug, act in ACTS.items():
        for row in ROWS_OF.get(act.on, ())[:1]:
            asked.add(slug)
            for who in sorted(table.SEES["own"] | {"other-area", "other-supervisor", "investigator2"}):
                path = path_of_act(act.on, made.house.cases["own"], slug, made.rows[row])
                status = ask(made.house, who, "GET", path).status_code
                if status not in answers(slug, row, who):
                    wrong.append((slug, row, who, status))
    assert wrong == []
    assert len(asked) >= FEWEST_ACTS


def answers(slug: str, row: str, who: str) -> set[int]:
    """Return what somebody may get for an act on a row: nothing for what is not for her or him, and no more than a reason for the rest."""
    if who not in table.SEES["own"]:
        return {404}
    if who not in table.ACTS[slug]:
        return {403}
    return {404} if who not in OF_REVIEWS.get(row, {who}) else {200, 400}


def test_a_row_under_the_address_of_another_case_is_nothing(made: Passage) -> None:
    """Kent's supervisor and manager see a case of their own: no row of the house's is to be had by way of it."""
    wrong = []
    for slug, act in ACTS.items():
        for row in ROWS_OF.get(act.on, ())[:1]:
            path = path_of_act(act.on, made.house.cases["other_force"], slug, made.rows[row])
            for who in ("other-supervisor", "other-area"):
                seen = [ask(made.house, who, "GET", path).status_code, posted(made.house, who, path)]
                if set(seen) != {404 if who in table.ACTS[slug] else 403}:
                    wrong.append((slug, row, who, seen))
    assert wrong == []


def posted(house: House, who: str, path: str) -> int:
    """Send a form with nothing in it but the version; return the status."""
    return house.browser(who).post(path, {"version": "1"}).status_code
