"""The report of attrition: who does not support the prosecution, when, why, with what talk; those who support it again apart."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from audit.models import AccessLog
from cases import models as m
from cases.services.reconcile import keys_of
from core.scope import scope, system
from reports.abstraction import Span
from reports.attrition import LATER, NO_TALK, Attrition, Row, Withdrawal, _kept, attrition_of, time_since
from reports.attrition_chart import chart_of
from tests.factories import AVON, SOUTH_WEST, World, acting_as
from tests.integration.reports.making import london, make_case

pytestmark = pytest.mark.django_db
YEAR = Span(london("2025-12-01 00:00").date(), london("2026-11-01 00:00").date())


def victim(
    world: World, *said: tuple[str, str], unit: Any = None, recorded: str = "2026-03-02 09:00", brought: bool = True
) -> m.Complainant:
    """Make a case with a complainant who said these things."""
    case = make_case(unit=unit or world.north, recorded_at=london(recorded), cps_area_scope=SOUTH_WEST if brought else 0)
    with scope(system(AVON)):
        her = m.Complainant.objects.create(**keys_of(case), label="Z")
        for supports, at in said:
            m.SupportChange.objects.create(**keys_of(case), complainant=her, supports=supports, at=london(at))
    return her


def talked(world: World, her: m.Complainant, at: str, **more: Any) -> None:
    """Let a supervisor have spoken with her."""
    given: dict[str, Any] = {
        "spoke_with": "her", "how": "telephone", "still_ends": True, "statement": False, "stage": "investigating", "reasons": ["time"],
    }  # fmt: skip
    with scope(system(AVON)):
        change = m.SupportChange.objects.filter(complainant=her, supports="does_not").order_by("at")[0]
        m.WithdrawalTalk.objects.create(
            **keys_of(her.case), complainant=her, support_change=change, by=world.supervisor, at=london(at), **{**given, **more}
        )


def seen(user: User, unit: Any = None, span: Span = YEAR) -> Attrition:
    """Return the report as one reader sees it."""
    with acting_as(user):
        return attrition_of(user, span, unit)


def table(found: Attrition, name: str) -> dict[str, tuple[int | None, int | None]]:
    """Return a table by its lines, those with nothing left out."""
    rows = next(one.rows for one in found.tables if one.name == name)
    return {row.words: (row.ended, row.again) for row in rows if row.ended != 0 or row.again != 0}


def test_one_withdrawal_is_until_she_supports_again(world: World) -> None:
    victim(world, ("supports", "2026-03-03 09:00"))
    victim(world, ("does_not", "2026-04-03 09:00"), ("undecided", "2026-04-09 09:00"), ("does_not", "2026-05-03 09:00"))
    victim(world, ("does_not", "2026-04-03 09:00"), ("supports", "2026-06-03 09:00"))
    victim(world, ("does_not", "2026-04-03 09:00"), ("supports", "2026-06-03 09:00"), ("does_not", "2026-07-03 09:00"))
    found = seen(world.supervisor)
    assert (found.all, found.people, found.opened, set(found.owners)) == (Row("All", 2, 2), 3, 0, {AVON})
    assert table(found, "month") == {"April 2026": (1, 2), "July 2026": (1, 0)}
    assert len(next(one.rows for one in found.tables if one.name == "month")) == 12


def test_by_stage_reason_statement_and_talk(world: World) -> None:
    talked(world, victim(world, ("does_not", "2026-04-03 09:00")), "2026-04-04 09:00", reasons=["fear", "court"], statement=True,
           statement_on=london("2026-04-05 09:00").date())  # fmt: skip
    talked(world, victim(world, ("does_not", "2026-04-03 09:00")), "2026-04-04 09:00", spoke_with="isva", stage="with_cps")
    talked(world, victim(world, ("does_not", "2026-04-03 09:00")), "2026-04-04 09:00", spoke_with="nobody", not_because="Tried", reasons=[])
    again = victim(world, ("does_not", "2026-04-03 09:00"), ("supports", "2026-04-05 09:00"))
    talked(world, again, "2026-04-05 09:00", still_ends=False, reasons=[])
    victim(world, ("does_not", "2026-04-03 09:00"))
    found = seen(world.supervisor)
    assert table(found, "stage") == {"Investigating": (2, 1), "With the CPS": (1, 0), NO_TALK: (1, 0)}
    assert table(found, "reason") == {
        "Fear of the suspect or of others": (1, 0),
        "Does not want to go to court": (1, 0),
        "How long it takes": (1, 0),
        "No reason recorded": (1, 1),
        NO_TALK: (1, 0),
    }
    assert table(found, "statement") == {"Taken": (1, 0), "Not taken": (2, 1), NO_TALK: (1, 0)}
    assert table(found, "talk") == {
        "The victim": (1, 1),
        "Her or his ISVA": (1, 0),
        "Nobody: it was not possible": (1, 0),
        NO_TALK: (1, 0),
    }


def test_a_talk_before_she_said_so_is_about_something_else(world: World) -> None:
    her = victim(world, ("does_not", "2026-04-03 09:00"), ("supports", "2026-05-03 09:00"), ("does_not", "2026-06-03 09:00"))
    talked(world, her, "2026-04-04 09:00", stage="investigating")
    assert table(seen(world.supervisor), "stage") == {"Investigating": (0, 1), NO_TALK: (1, 0)}
    talked(world, her, "2026-06-03 09:00", stage="with_cps")
    assert table(seen(world.supervisor), "stage") == {"Investigating": (0, 1), "With the CPS": (1, 0)}


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "Within 7 days"), (7, "Within 7 days"), (8, "8 to 28 days"), (28, "8 to 28 days"), (29, "29 to 90 days"), (90, "29 to 90 days"),
     (91, "91 to 180 days"), (180, "91 to 180 days"), (181, LATER)],
)  # fmt: skip
def test_time_since_the_report_at_its_boundaries(world: World, days: int, words: str) -> None:
    recorded = london("2026-01-05 23:59")
    said = london("2026-01-05 00:00") + timedelta(days=days)
    assert time_since(Withdrawal(world.supervisor.pk, said, recorded, "x", AVON)) == words


@pytest.mark.parametrize(
    ("at", "counted"),
    [("2025-11-30 23:59", False), ("2025-12-01 00:00", True), ("2026-11-30 23:59", True), ("2026-12-01 00:00", False)],
)
def test_months_are_london_months(world: World, at: str, counted: bool) -> None:
    victim(world, ("does_not", at), recorded="2025-10-01 09:00")
    assert seen(world.supervisor).all.ended == int(counted)


def test_said_before_the_months_and_again_within_is_the_same_withdrawal(world: World) -> None:
    victim(world, ("does_not", "2026-04-03 09:00"), ("does_not", "2026-06-03 09:00"))
    june = Span(london("2026-06-01 00:00").date(), london("2026-06-01 00:00").date())
    assert seen(world.supervisor, span=june).all == Row("All", 0, 0)


def test_opened_again_is_counted_apart(world: World) -> None:
    her = victim(world, ("does_not", "2026-04-03 09:00"), ("supports", "2026-05-03 09:00"))
    with scope(system(AVON)):
        person = m.Suspect.objects.create(**keys_of(her.case), number=1, surname="Invented", identified_at=london("2026-03-02 09:00"))
        for basis in ("supports_again", "review"):
            m.SuspectOutcome.objects.create(
                **keys_of(her.case), suspect=person, code=16, on=london("2026-04-09 09:00").date(), side="police",
                reopened_at=london("2026-05-03 09:00"), reopened_basis=basis, reopened_reason="x",
            )  # fmt: skip
    assert seen(world.supervisor).opened == 1
    assert seen(world.analyst).opened is None


def test_units_the_filter_and_the_area(world: World) -> None:
    victim(world, ("does_not", "2026-04-03 09:00"), unit=world.north)
    victim(world, ("does_not", "2026-04-03 09:00"), unit=world.south, brought=False)
    assert table(seen(world.supervisor), "unit") == {world.north.name: (1, 0), world.south.name: (1, 0)}
    assert table(seen(world.supervisor, world.north.pk), "unit") == {world.north.name: (1, 0)}
    assert [one.words for one in next(one.rows for one in seen(world.cps_manager).tables if one.name == "force")] != []
    assert seen(world.cps_manager).people == 1
    assert seen(world.other_area).people == 0
    assert seen(world.kent_supervisor).people == 0


@pytest.mark.parametrize(("number", "shown"), [(4, None), (5, 5)])
def test_under_five_is_hidden_from_all_but_supervisors_of_the_force(world: World, number: int, shown: int | None) -> None:
    for _ in range(number):
        victim(world, ("does_not", "2026-04-03 09:00"))
    for who in (world.analyst, world.cps_manager):
        found = seen(who)
        assert found.small
        assert found.all == Row("All", shown, 0)
        assert table(found, "month") == {"April 2026": (shown, 0)}
    assert seen(world.supervisor).all == Row("All", number, 0)


def test_one_number_kept_back_takes_the_next_smallest_with_it() -> None:
    assert _kept([3, 9, 7, 0]) == [None, 9, None, 0]
    assert _kept([3, 4, 9]) == [None, None, 9]
    assert _kept([3]) == [None]
    assert _kept([5, 0]) == [5, 0]


def test_the_chart_draws_nothing_that_is_kept_back(world: World) -> None:
    for _ in range(3):
        victim(world, ("does_not", "2026-04-03 09:00"))
    full, hidden = chart_of(seen(world.supervisor)), chart_of(seen(world.analyst))
    assert "The most in one month were 3, in April 2026." in full.words
    assert "3" not in hidden.words.replace("1 to 4", "")
    assert hidden.words.endswith("Numbers from 1 to 4 are not drawn.")
    assert 'class="rasso-chart__part-1" d=' in full.wide
    assert 'class="rasso-chart__part-1" d=' not in hidden.wide


def test_the_page_and_its_file(world: World, client: Client) -> None:
    talked(world, victim(world, ("does_not", "2026-11-03 09:00")), "2026-11-04 09:00")
    client.force_login(world.supervisor)
    page = client.get("/reports/attrition/?first=2026-01&last=2026-11").content.decode()
    assert "January 2026 to November 2026. Do not support it: 1." in page
    assert "Victims who do not support the prosecution" in client.get("/reports/").content.decode()
    file = client.get("/reports/attrition.csv?first=2026-01&last=2026-11").content.decode("utf-8-sig").splitlines()
    assert file[0] == "marking,table,line,do_not_support,support_again"
    assert file[1].split(",")[1:] == ["all", "All", "1", "0"]
    assert any(line.split(",")[1:] == ["reason", "How long it takes", "1", "0"] for line in file)
    with acting_as(world.auditor):
        acts = list(AccessLog.objects.filter(what__startswith="report of attrition").order_by("at").values_list("what", "row_count"))
    assert acts == [("report of attrition", 1), ("report of attrition, file", 1)]


def test_with_nothing_to_count_it_says_so(world: World, client: Client) -> None:
    client.force_login(world.cps_manager)
    page = client.get("/reports/attrition/").content.decode()
    assert "Do not support it: 0." in page
    assert "None" in page


@pytest.mark.parametrize("who", ["investigator", "sergeant", "prosecutor", "isva", "auditor"])
def test_nobody_else_opens_it(world: World, client: Client, who: str) -> None:
    client.force_login(getattr(world, who))
    assert client.get("/reports/attrition/").status_code in {403, 404}
    assert client.get("/reports/attrition.csv").status_code in {403, 404}


@pytest.mark.parametrize("query", ["unit=nothing", "first=never", "first=2026-11&last=2026-01"])
def test_bad_input_is_answered_beside_the_field(world: World, client: Client, query: str) -> None:
    client.force_login(world.supervisor)
    for address in ("/reports/attrition/", "/reports/attrition.csv"):
        answer = client.get(f"{address}?{query}")
        assert answer.status_code == 400
        assert "There is a problem" in answer.content.decode()


def test_three_queries_whatever_the_number_of_cases(world: World, django_assert_num_queries: Any) -> None:
    for number in (1, 5):
        for _ in range(number):
            talked(world, victim(world, ("does_not", "2026-04-03 09:00")), "2026-04-04 09:00")
        with acting_as(world.supervisor), django_assert_num_queries(3):
            attrition_of(world.supervisor, YEAR, None)
