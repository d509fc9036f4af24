"""The report of returns: what was sent to the CPS, what triage made of it and why, and ages; every figure worked out by hand."""

from dataclasses import fields
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from audit.models import AccessLog
from cases import models as m
from cases.services.reconcile import keys_of
from core import clock
from core.scope import scope, system
from prosecution.models import EarlyAdvice, Referral, ReturnReason, Submission
from reports.abstraction import Span
from reports.returns import ADVICE, REFERRAL, returns_of
from reports.returns_figures import Returns, Tally, share
from reports.returns_small import column
from reports.turns import Figure
from tests.factories import AVON, SOUTH_WEST, World, acting_as
from tests.integration.reports.making import london, make_case

pytestmark = pytest.mark.django_db
NOW = london("2026-11-20 12:00")
YEAR = Span(date(2025, 12, 1), date(2026, 11, 1))
Asked = EarlyAdvice | Referral


def brought(world: World, unit: Any = None) -> m.Case:
    """Make a case that was brought to South West."""
    return make_case(unit=unit or world.north, recorded_at=london("2026-01-02 09:00"), cps_area_scope=SOUTH_WEST)


def asked(world: World, case: m.Case, kind: str, first: str, *, state: str = "sent", ended: str = "") -> Asked:
    """Make a request or a referral of a case."""
    model: Any = EarlyAdvice if kind == ADVICE else Referral
    more: dict[str, Any] = {"result": "advised"} if state == "advised" else {}
    with scope(system(AVON)):
        number = model.objects.filter(case=case).count() + 1
        row: Asked = model.objects.create(
            **keys_of(case), number=number, state=state, first_submitted_at=london(first), ended_at=london(ended) if ended else None,
            prosecutor=world.prosecutor, **more,
        )  # fmt: skip
    return row


def sent(what: Asked, at: str, triage: str = "", *reasons: str, again: tuple[str, ...] = (), late: bool = False, red: bool = False) -> None:
    """Add a sending, triaged an hour later; `again`: reasons that were there the first time."""
    of: dict[str, Any] = {"advice": what} if isinstance(what, EarlyAdvice) else {"referral": what}
    with scope(system(AVON)):
        moment, number = london(at), Submission.objects.filter(**of).count() + 1
        row = Submission.objects.create(
            **keys_of(what.case), **of, number=number, at=moment, by_name="A", triage=triage, late=late, red=red,
            triaged_at=moment + timedelta(hours=1) if triage else None, respond_by=clock.london_day(moment),
        )  # fmt: skip
        for code in (*reasons, *again):
            ReturnReason.objects.create(**keys_of(what.case), submission=row, code=code, present_before=code in again)


def seen(user: User, span: Span = YEAR, unit: Any = None) -> Returns:
    """Return the report as one reader sees it."""
    with acting_as(user):
        return returns_of(user, span, unit, NOW)


def month(found: Returns, words: str) -> Tally:
    """Return one month."""
    return dict(found.by_month)[words]


def four_referrals(world: World) -> None:
    """Referral 1: returned, returned again late for a reason there before, accepted. 2: accepted. 3: red, rejected. 4: waits."""
    one = asked(world, brought(world), REFERRAL, "2026-09-01 09:00", state="decided", ended="2026-11-10 09:00")
    sent(one, "2026-09-01 09:00", "returned", "mg3", "exhibits")
    sent(one, "2026-09-30 23:59", "returned", "mg3", again=("mg11",), late=True)
    sent(one, "2026-10-01 00:00", "accepted")
    two = asked(world, brought(world), REFERRAL, "2026-10-20 09:00", state="accepted")
    sent(two, "2026-10-20 09:00", "accepted")
    three = asked(world, brought(world, world.south), REFERRAL, "2026-11-01 09:00", state="returned")
    sent(three, "2026-11-01 09:00", "red_rejected", "custody", late=True, red=True)
    four = asked(world, brought(world, world.south), REFERRAL, "2026-11-18 09:00")
    sent(four, "2026-11-18 09:00")


def test_referrals_returned_and_what_counts_against_the_cps(world: World) -> None:
    four_referrals(world)
    found = seen(world.supervisor)
    assert found.by_kind[REFERRAL] == Tally(
        sent=6, waiting=1, accepted=2, at_first=1, firsts=3, returned=3, red_rejected=1, again=1, present_before=1, late=2, against=2
    )
    assert found.by_kind[ADVICE] == Tally()
    assert (found.cases, set(found.owners)) == (4, {AVON})
    reasons = {one.title: (one.of, one.reasons) for one in found.why}
    assert reasons["Why referrals were returned"] == (2, [("No MG3", 2), ("No or missing MG11s", 1), ("No or missing exhibits", 1)])
    assert reasons["Why red referrals were rejected"] == (1, [("Check custody status and resubmit", 1)])
    assert reasons["Why requests for early advice were returned"] == (0, [])


def test_by_unit_and_by_the_london_month_in_which_it_was_sent(world: World) -> None:
    four_referrals(world)
    found = seen(world.supervisor)
    assert {name: (one.sent, one.returned, one.again, one.against) for name, one in found.by_place} == {
        world.north.name: (4, 2, 1, 1), world.south.name: (2, 1, 0, 1),
    }  # fmt: skip
    assert (month(found, "September 2026").sent, month(found, "September 2026").returned) == (2, 2)
    assert (month(found, "October 2026").sent, month(found, "October 2026").returned) == (2, 0)
    assert month(found, "August 2026") == Tally()
    assert len(found.by_month) == 12


def test_the_time_and_the_unit_narrow_it(world: World) -> None:
    four_referrals(world)
    october = Span(date(2026, 10, 1), date(2026, 10, 1))
    assert seen(world.supervisor, october).by_kind[REFERRAL] == Tally(sent=2, accepted=2, at_first=1, firsts=1)
    assert seen(world.supervisor, unit=world.south.pk).by_kind[REFERRAL].sent == 2


def test_early_advice_refused_and_withdrawn(world: World) -> None:
    refused = asked(world, brought(world), ADVICE, "2026-10-01 09:00", state="refused")
    sent(refused, "2026-10-01 09:00", "refused", "too_early")
    withdrawn = asked(world, brought(world), ADVICE, "2026-10-02 09:00", state="withdrawn", ended="2026-10-03 09:00")
    sent(withdrawn, "2026-10-02 09:00", "withdrawn")
    returned = asked(world, brought(world), ADVICE, "2026-10-03 09:00", state="returned")
    sent(returned, "2026-10-03 09:00", "returned", "too_early")
    found = seen(world.supervisor)
    assert found.by_kind[ADVICE] == Tally(sent=3, firsts=2, returned=1, refused=1, withdrawn=1)
    reasons = {one.title: one.reasons for one in found.why}
    assert reasons["Why early advice was refused"] == [("Too early to advise", 1)]
    assert reasons["Why requests for early advice were returned"] == [("Too early: enquiries that come first are not begun", 1)]


def test_a_reason_there_before_counts_only_at_a_second_return_and_once_with_lateness(world: World) -> None:
    one = asked(world, brought(world), ADVICE, "2026-10-01 09:00", state="returned")
    sent(one, "2026-10-01 09:00", "returned", again=("issues",))
    sent(one, "2026-10-05 09:00", "returned", again=("issues",))
    sent(one, "2026-10-07 09:00", "returned", "issues", late=True)
    assert seen(world.supervisor).by_kind[ADVICE] == Tally(sent=3, firsts=1, returned=3, again=2, present_before=1, late=1, against=2)


def test_ages_of_what_is_open_and_of_what_was_settled_in_the_time(world: World) -> None:
    four_referrals(world)
    asked(world, brought(world), REFERRAL, "2025-01-01 09:00", state="decided", ended="2025-11-30 23:59")
    asked(world, brought(world), REFERRAL, "2026-01-05 09:00", state="finalised", ended="2026-06-01 09:00")
    asked(world, brought(world), REFERRAL, "2026-01-05 09:00", state="withdrawn", ended="2026-01-06 09:00")
    advised = asked(world, brought(world), ADVICE, "2026-09-30 23:59", state="advised", ended="2026-10-11 00:01")
    sent(advised, "2026-09-30 23:59", "accepted")
    refused = asked(world, brought(world), ADVICE, "2026-10-01 09:00", state="refused")
    sent(refused, "2026-10-01 09:00", "refused", "too_late")
    challenged = asked(world, brought(world), ADVICE, "2026-11-10 09:00", state="challenged")
    sent(challenged, "2026-11-10 09:00", "refused", "too_late")
    found = seen(world.supervisor)
    assert found.open_ages == {ADVICE: Figure(1, 10, 10), REFERRAL: Figure(3, 19, 31)}
    assert found.settled_ages == {ADVICE: Figure(2, 0, 11), REFERRAL: Figure(1, 70, 70)}


def test_the_area_counts_its_own_by_force_and_another_area_nothing(world: World) -> None:
    four_referrals(world)
    assert [one.sent for _, one in seen(world.cps_manager).by_place] == [6]
    other = seen(world.other_area)
    assert (other.cases, other.owners, other.by_place) == (0, frozenset(), [])


def test_who_counts_alone_is_not_shown_small_numbers(world: World) -> None:
    for number in range(6):
        row = asked(world, brought(world, world.south if number < 2 else None), ADVICE, "2026-10-01 09:00", state="accepted")
        sent(row, "2026-10-01 09:00", "accepted")
    one = asked(world, brought(world), REFERRAL, "2026-10-01 09:00", state="returned")
    sent(one, "2026-10-01 09:00", "returned", "mg3")
    assert not seen(world.supervisor).small
    found = seen(world.analyst)
    assert found.small
    advice, referral = found.by_kind[ADVICE], found.by_kind[REFERRAL]
    assert (advice.accepted, advice.at_first, referral.returned) == (6, 6, None)
    assert (advice.sent, referral.sent) == (None, None), "units and months give their sum"
    assert (advice.returned, advice.refused) == (0, 0)
    assert [one.sent for _, one in found.by_place] == [None, None]
    assert month(found, "October 2026").sent == 7
    assert all(getattr(tally, one.name) is None for _, tally in found.by_month for one in fields(Tally) if one.name == "accepted")
    assert [(one.of, one.reasons) for one in found.why if one.reasons] == [(None, [("No MG3", None)])]
    assert found.open_ages == {ADVICE: Figure(None), REFERRAL: Figure(None)}


def test_shares_and_columns() -> None:
    assert [share(1, 3), share(1, 8), share(0, 5), share(3, 3)] == [33, 13, 0, 100]
    assert [share(1, 0), share(None, 9), share(5, None)] == [None, None, None]
    assert column([3, 9, 7, 0]) == [None, 9, None, 0]


def test_a_share_that_would_give_away_how_few_were_not_accepted_is_not_shown(world: World) -> None:
    for state, triage in (*[("accepted", "accepted")] * 5, ("refused", "refused")):
        row = asked(world, brought(world), ADVICE, "2026-10-01 09:00", state=state)
        sent(row, "2026-10-01 09:00", triage, *(["too_late"] if triage == "refused" else []))
    assert (seen(world.supervisor).by_kind[ADVICE].firsts, seen(world.supervisor).by_kind[ADVICE].at_first) == (6, 5)
    advice = seen(world.analyst).by_kind[ADVICE]
    assert (advice.firsts, advice.at_first, advice.accepted, advice.refused) == (None, None, None, None)


def test_the_page_and_its_file(world: World, client: Client) -> None:
    four_referrals(world)
    client.force_login(world.supervisor)
    page = " ".join(client.get("/reports/returns/?first=2026-09&last=2026-11").content.decode().split())
    for words in ("No MG3", "2 (100%)", "3 (50%)", "1 (33%)", "September 2026 to November 2026"):
        assert words in page
    assert "Returns and why" in client.get("/reports/").content.decode()
    file = client.get("/reports/returns.csv?first=2026-09&last=2026-11").content.decode("utf-8-sig").splitlines()
    assert file[0] == "marking,table,line,of,number,per_cent,median_days,longest_days"
    assert "OFFICIAL-SENSITIVE,sent,Returned,Referrals,3,50,," in file
    assert any(line.startswith("OFFICIAL-SENSITIVE,age since first sent,settled in the time,Referrals,1,,70,70") for line in file)
    with acting_as(world.auditor):
        acts = list(AccessLog.objects.filter(what__startswith="report of returns").order_by("at").values_list("what", "row_count"))
    assert acts == [("report of returns", 4), ("report of returns, file", 4)]


def test_nothing_sent_says_so(world: World, client: Client) -> None:
    client.force_login(world.cps_manager)
    assert "Nothing was sent to the CPS in this time" in client.get("/reports/returns/").content.decode()


@pytest.mark.parametrize("who", ["investigator", "sergeant", "prosecutor", "isva", "auditor"])
def test_nobody_else_opens_it(world: World, client: Client, who: str) -> None:
    client.force_login(getattr(world, who))
    assert client.get("/reports/returns/").status_code in {403, 404}


@pytest.mark.parametrize("query", ["unit=nothing", "first=never", "first=2026-11&last=2026-01"])
def test_bad_input_is_answered_beside_the_field(world: World, client: Client, query: str) -> None:
    client.force_login(world.supervisor)
    for address in ("/reports/returns/", "/reports/returns.csv"):
        answer = client.get(f"{address}?{query}")
        assert answer.status_code == 400
        assert "There is a problem" in answer.content.decode()


def test_four_queries_whatever_the_number_of_cases(world: World, django_assert_num_queries: Any) -> None:
    for number in (1, 2):
        for _ in range(number):
            four_referrals(world)
        with acting_as(world.supervisor), django_assert_num_queries(4):
            returns_of(world.supervisor, YEAR, None, NOW)
