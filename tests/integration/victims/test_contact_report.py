"""The report of contact with victims and the command beside it: counts against facts made by hand, the file, who reads what."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Agency, User
from audit.models import AccessLog
from cases import models as m
from core import clock
from core.scope import Kind, Scope, scope, system
from tests.factories import AVON, World, ago
from tests.integration.cases.asking import live_since
from tests.integration.cases.making import make_case
from tests.integration.victims.contacting import agree, card, log
from tests.integration.victims.knowing import CANARIES, known_case
from victims.report_figures import Figures, figures_of
from victims.reports import Reach

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def case(world: World) -> m.Case:
    """Recorded ten days ago, contact agreed every two days since; reached in time after one day, then four days late."""
    live_since(AVON, days=100)
    made, _ = known_case(world)
    since = clock.london_day(ago(days=10))
    agree(world.investigator, made, 2, starts_on=since, agreed_on=since)
    log(world.investigator, made, hours=24 * 9)
    log(world.investigator, made, hours=24 * 3)
    return made


def figures(force_id: int = AVON) -> Figures:
    with scope(system(force_id)):
        return figures_of(Reach.of_force(force_id), clock.now())


def printed(*arguments: str) -> str:
    out = io.StringIO()
    call_command("overdue_contacts", *arguments, stdout=out)
    return out.getvalue()


def records(*arguments: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(printed("--csv", *arguments))))


def close(case: m.Case) -> None:
    """Give the case's crime and suspect an outcome of today."""
    with scope(system(AVON)):
        m.Offence.objects.filter(case=case).update(outcome_code=14, outcome_on=clock.today())
        m.Case.objects.filter(pk=case.pk).update(stage="no_further_action")


# --- the command -------------------------------------------------------------------------------------------------------


def test_the_list_names_the_case_by_reference_and_letter_alone(world: World, case: m.Case) -> None:
    (row,) = records("--force", "52")
    assert list(row) == [
        "marking", "force", "crime_reference", "victim", "unit", "officer", "agreed_days", "last_contact", "due", "days_late",
    ]  # fmt: skip
    last = clock.london_day(ago(days=3))
    assert (row["crime_reference"], row["victim"], row["agreed_days"], row["days_late"]) == (case.crime_reference, "A", "2", "1")
    assert (row["last_contact"], row["due"]) == (last.isoformat(), (last + timedelta(days=2)).isoformat())
    assert row["officer"] == world.investigator.name
    assert not [one for one in CANARIES if one in printed("--force", "52")]


def test_as_of_a_day_the_facts_of_that_day_have_not_happened(case: m.Case) -> None:
    reached = clock.london_day(ago(days=3))
    late = records("--force", "52", "--as-of", reached.isoformat())
    assert [(row["due"], row["days_late"]) for row in late] == [(clock.london_day(ago(days=7)).isoformat(), "4")]
    assert records("--force", "52", "--as-of", (reached + timedelta(days=1)).isoformat()) == []
    assert records("--force", "52", "--as-of", clock.london_day(ago(days=30)).isoformat()) == []


def test_closed_cases_are_a_separate_total_and_listed_when_asked_for(case: m.Case) -> None:
    close(case)
    assert records("--force", "52") == []
    assert [row["crime_reference"] for row in records("--force", "52", "--closed")] == [case.crime_reference]
    text = printed("--force", "52")
    assert "0 overdue in open cases" in text
    assert "1 overdue in closed cases, listed with --closed" in text
    assert "1 overdue in closed cases" in printed("--closed")
    assert [row["victim"] for row in records("--force", "52", "--as-of", clock.today().isoformat())] == ["A"]


def test_without_a_safe_channel_it_is_not_listed_but_was_before(world: World, case: m.Case) -> None:
    card(world.investigator, case, no_safe_channel=True, channels=[])
    assert records("--force", "52") == []
    assert len(records("--force", "52", "--as-of", clock.today().isoformat())) == 1


def test_a_listing_is_a_disclosure_and_words_that_are_none_are_refused(case: m.Case) -> None:
    records("--force", "52")
    with scope(Scope(kind=Kind.OVERSIGHT, agency_id=AVON)):
        rows = [row for row in AccessLog.objects.of_agency(AVON) if row.what == "overdue contacts, command"]
    assert [(row.act, row.row_count) for row in rows] == [("disclosure", 1)]
    for arguments in (("--force", "nonsense"), ("--as-of", "2026-13-01")):
        with pytest.raises(CommandError) as caught:
            printed(*arguments)
        assert caught.value.returncode == 2
    assert printed("--as-of", "2020-01-01") == "No contact is overdue in any force.\n"


# --- the report --------------------------------------------------------------------------------------------------------


def test_turns_are_counted_by_when_they_were_due(case: m.Case) -> None:
    found = figures()
    assert (found.contact.in_time, found.contact.late) == (1, 2)
    assert (found.contact.median, found.contact.ninetieth) == (1, 4)
    assert [[(one.in_time, one.late) for one in rows] for rows in (found.by_force, found.by_unit, found.by_officer or [])] == [[(1, 2)]] * 3
    assert sum(one.total for one in found.by_month) == 3
    assert (found.agreed, found.opted_out, found.not_agreed) == (1, 0, 0)
    assert found.overdue == len(records("--force", "52")) == 1, "what the command lists"


def test_agreements_attempts_and_telling_are_counted(world: World, case: m.Case) -> None:
    second, _ = known_case(world, reference="52/KNOWN/2")
    make_case(world.investigator, "Oddname", reference="52/KNOWN/3")
    agree(world.investigator, second, opted_out=True, own_reason="Enough")
    log(world.investigator, second, reached=False)
    found = figures()
    assert (found.agreed, found.opted_out, found.not_agreed) == (1, 1, 1)
    assert found.attempts == 1
    told = {one.name: one for one in found.told}
    assert sum(one.late or 0 for one in told.values()) == 3, "the crime was to be confirmed in writing in five working days"


def test_what_was_due_before_the_force_went_live_is_left_out_and_said(case: m.Case) -> None:
    with scope(system(AVON)):
        Agency.objects.filter(pk=AVON).update(live_from=clock.london_day(ago(days=6)))
    found = figures()
    assert (found.contact.total, found.left_out, found.left_out_cases) == (1, 2, 1)


def test_no_safe_channel_is_counted_apart(world: World, case: m.Case) -> None:
    card(world.investigator, case, no_safe_channel=True, channels=[])
    found = figures()
    assert (found.unsafe, found.contact.late) == (1, 1)


def test_the_page_counts_what_its_reader_sees(world: World, case: m.Case, sign_in: SignIn) -> None:
    address = reverse("victim_contact_report")
    for reader, late in ((world.investigator, 2), (world.supervisor, 2), (world.analyst, None), (world.kent, 0), (world.prosecutor, 0)):
        page = sign_in(reader).get(address)
        assert (reader.role, page.status_code) == (reader.role, 200)
        assert page.context["figures"].contact.late == late
    for nobody in (world.isva, world.auditor, world.administrator):
        assert sign_in(nobody).get(address).status_code == 404


def test_the_page_is_narrowed_and_words_that_are_none_are_refused(world: World, case: m.Case, sign_in: SignIn) -> None:
    browser, address = sign_in(world.supervisor), reverse("victim_contact_report")
    for query, late in (
        ({"unit": str(world.north.pk)}, 2),
        ({"unit": str(world.south.pk)}, 0),
        ({"officer": str(world.investigator.pk)}, 2),
    ):
        assert browser.get(address, query).context["figures"].contact.late == late
    assert browser.get(address, {"unit": "nonsense"}).status_code == 400
    assert browser.get(reverse("export_victim_contact_report"), {"officer": "x"}).status_code == 400


def test_an_analyst_counts_and_is_given_no_small_number_and_no_officer(world: World, case: m.Case, sign_in: SignIn) -> None:
    """A number from 1 to 4 could be about somebody who can be guessed: neither page nor file has it, nor the chart's words."""
    browser = sign_in(world.analyst)
    page = browser.get(reverse("victim_contact_report"))
    html = page.content.decode()
    figures = page.context["figures"]
    assert (figures.contact.in_time, figures.contact.late, figures.contact.median, figures.agreed, figures.by_officer) == (None,) * 5
    assert figures.opted_out == 0
    assert "Not shown" in html
    assert "Numbers from 1 to 4 are not shown" in html
    assert world.investigator.name not in html
    assert 'name="officer"' not in html
    assert page.context["chart"].words == "In time: Not shown. Late: Not shown. Numbers that are not shown are not drawn."
    rows = list(csv.DictReader(io.StringIO(browser.get(reverse("export_victim_contact_report")).content.decode())))
    assert {row["late"] for row in rows if row["figure"].startswith("contact")} <= {"not shown", "0", ""}
    assert not [row for row in rows if row["figure"] == "contact by officer"]
    assert browser.get(reverse("victim_contact_report"), {"officer": str(world.investigator.pk)}).context["figures"].agreed is None


def test_the_page_of_somebody_without_victims_says_so_and_counts_nothing(world: World, sign_in: SignIn) -> None:
    html = sign_in(world.investigator).get(reverse("victim_contact_report")).content.decode()
    assert "There is nothing to count yet" in html
    assert "<table" not in html
    assert "Download" not in html
    narrowed = sign_in(world.supervisor).get(reverse("victim_contact_report"), {"unit": str(world.north.pk)}).content.decode()
    assert "Nothing was due." in narrowed


def test_officers_of_one_name_are_counted_apart(world: World, case: m.Case) -> None:
    with scope(system(AVON)):
        User.objects.filter(pk__in=[world.investigator.pk, world.colleague.pk]).update(name="DC Same Name")
    second, _ = known_case(world, world.colleague, reference="52/KNOWN/9")
    agree(world.colleague, second, 2)
    names = sorted(one.name for one in figures().by_officer or [])
    assert names == sorted(f"DC Same Name ({one.collar_number})" for one in (world.investigator, world.colleague))


def test_a_turn_met_before_its_day_counts_once_its_day_is_over(world: World) -> None:
    live_since(AVON, days=100)
    made, _ = known_case(world)
    agree(world.investigator, made, 28)
    log(world.investigator, made, hours=3)
    assert figures().contact.total == 0
    with scope(system(AVON)):
        later = figures_of(Reach.of_force(AVON), clock.now() + timedelta(days=60))
    assert (later.contact.in_time, later.contact.late) == (1, 1)


def test_the_file_holds_the_figures_and_is_a_disclosure(world: World, case: m.Case, sign_in: SignIn) -> None:
    answer = sign_in(world.supervisor).get(reverse("export_victim_contact_report"))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert {row["marking"] for row in rows} == {"OFFICIAL-SENSITIVE"}
    first = rows[0]
    assert (first["figure"], first["in_time"], first["late"], first["median_days_late"]) == ("contact", "1", "2", "1")
    with scope(Scope(kind=Kind.OVERSIGHT, agency_id=AVON)):
        acts = [row.act for row in AccessLog.objects.of_agency(AVON) if row.what == "victim contact report, file"]
    assert acts == ["disclosure"]


def test_the_queries_do_not_grow_with_the_cases(world: World, case: m.Case, sign_in: SignIn) -> None:
    browser = sign_in(world.supervisor)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            browser.get(reverse("victim_contact_report"))
        return len(seen)

    queries()
    before = queries()
    for number in range(3):
        made = make_case(world.investigator, "Oddname", reference=f"52/MORE/{number}")
        agree(world.investigator, made, 1)
    assert queries() == before
