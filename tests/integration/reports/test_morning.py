"""The supervisor's morning: what stands in it, for whom, with which button; its paper; its queries."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from cases import models as m
from core import clock
from core.scope import scope, system
from reports.morning.look import Look
from reports.morning.page import Shown, list_of, morning_of
from reports.morning.sections import SECTIONS
from tests.factories import AVON, KENT, World, acting_as, ago
from tests.integration.reports.making import add, add_suspect, make_case, overdue_suspect

pytestmark = pytest.mark.django_db
TODAY, PRINT = "/today/", "/today/print/"
SignIn = Callable[[User], Client]


def parts(user: User, unit: str = "") -> dict[str, Shown]:
    """Return the morning of a person by part."""
    with acting_as(user):
        return {part.section.slug: part for part in morning_of(Look.of(user, unit), back="/today/")}


def counts(user: User, unit: str = "") -> dict[str, int]:
    """Return the parts that hold something, with how many."""
    return {slug: part.count for slug, part in parts(user, unit).items() if part.count}


def held(case: m.Case, *, hours: int | None = 24, began: float = 5, number: int = 1) -> m.Arrest:
    """Put a suspect into custody, with a detention clock where hours are given."""
    suspect = add_suspect(case, "2026-01-01 12:00", number=number, surname="Quill")
    arrest: m.Arrest = add(case, m.Arrest, suspect=suspect, at=ago(hours=began + 1))
    if hours:
        add(case, m.Detention, arrest=arrest, began_at=ago(hours=began), hours=hours)
    return arrest


def quiet(**facts: Any) -> m.Case:
    """Make a case of which nothing is due: recorded today."""
    return make_case(**{"recorded_at": ago(hours=1), **facts})


def test_custody_says_the_hours_left_and_puts_a_missing_clock_first(world: World) -> None:
    running, over, missing = (
        held(quiet(officer=world.investigator), hours=hours, began=began) for hours, began in ((24, 5), (24, 25), (None, 1))
    )
    released = held(quiet(officer=world.investigator))
    with scope(system(AVON)):
        m.Arrest.objects.filter(pk=released.pk).update(released_at=clock.now(), released_to="under_investigation")
    part = parts(world.supervisor)["custody"]

    assert [entry.key for entry in part.entries] == [missing.pk, over.pk, running.pk]
    assert [entry.said.days for entry in part.entries] == ["no clock", "1 hour over", "19 hours left"]
    assert [link.text for link in part.entries[0].links] == ["Record the release", "Enter the detention clock"]
    assert [link.text for link in part.entries[2].links] == ["Record the release", "Record longer detention"]


def test_approvals_wait_for_somebody_other_than_who_asked(world: World) -> None:
    case = quiet(unit=world.north, officer=world.investigator)
    suspect = add_suspect(case, "2026-11-22 12:00", surname="Quill")
    decision = add(case, m.ArrestDecision, suspect=suspect, rationale="r", proposed_at=ago(days=2), created_by=world.sergeant)
    add(
        case,
        m.FactCorrection,
        table="case",
        row_id=case.pk,
        field="risk",
        old="high",
        new="standard",
        reason="r",
        answer="waiting",
        created_by=world.investigator,
    )
    answered = add_suspect(case, "2026-11-22 12:00", number=2)
    add(
        case,
        m.ArrestDecision,
        suspect=answered,
        rationale="r",
        proposed_at=ago(days=2),
        answer="refused",
        answered_at=ago(days=1),
        answered_by=world.supervisor,
    )
    mine, hers = parts(world.supervisor), parts(world.sergeant)

    assert (mine["no-arrest"].count, mine["corrections"].count) == (1, 1)
    (link,) = mine["no-arrest"].entries[0].links
    assert link.href == f"/cases/{case.pk}/answer-no-arrest/{decision.pk}/?back=%2Ftoday%2F%23no-arrest"
    assert hers["no-arrest"].entries[0].links == (), "who proposed it does not approve it"
    assert hers["corrections"].entries[0].links == (), "a sergeant does not answer a correction"
    assert mine["corrections"].entries[0].said.text.startswith(f"Risk lowered, asked by {world.investigator.name}")


def test_reviews_are_there_from_the_day_they_are_due(world: World) -> None:
    tomorrow, today_, late = (
        make_case(unit=world.north, officer=world.investigator, recorded_at=ago(**back))
        for back in ({"hours": 40}, {"hours": 72}, {"hours": 90})
    )
    found = {entry.case_id: entry.said.late for entry in parts(world.supervisor)["reviews"].entries}
    assert found == {today_.pk: True, late.pk: True}
    assert tomorrow.pk not in found
    assert [link.text for link in parts(world.supervisor)["reviews"].entries[0].links] == ["Review the case"]
    assert parts(world.sergeant)["reviews"].entries[0].links == ()


def test_named_without_suspect_and_unallocated_are_listed_until_settled(world: World) -> None:
    case = quiet(unit=world.north, named="yes")
    assert counts(world.supervisor) == {"named": 1, "unallocated": 1}
    add_suspect(case, "2026-11-22 12:00")
    add(case, m.CasePerson, user=world.investigator, role="officer", since=ago(hours=1))
    assert not {"named", "unallocated"} & set(counts(world.supervisor))
    quiet(unit=world.north, stage="charged")
    assert "unallocated" not in counts(world.supervisor)


@pytest.mark.parametrize(
    ("first", "last", "cover", "there"),
    [(0, 0, "", True), (-9, None, "", True), (7, 9, "", True), (8, 9, "", False), (-9, -1, "", False), (0, 3, "colleague", False),
     (0, 3, "gone", True), (0, 3, "away", True)],
)  # fmt: skip
def test_people_away_this_week_without_cover_are_listed_when_something_of_theirs_is_due(
    world: World, first: int, last: int | None, cover: str, there: bool
) -> None:
    overdue_suspect("2026-01-01 12:00", unit=world.north, officer=world.investigator)
    day = clock.today()
    with scope(system(AVON)):
        if cover == "gone":
            User.objects.filter(pk=world.colleague.pk).update(is_active=False)
        if cover == "away":
            User.objects.filter(pk=world.colleague.pk).update(away_from=day)
        User.objects.filter(pk__in=[world.investigator.pk, world.other_unit.pk]).update(
            away_from=day + timedelta(days=first),
            away_to=None if last is None else day + timedelta(days=last),
            covered_by=world.colleague.pk if cover else None,
        )
    found = parts(world.supervisor)["away"]
    assert [entry.reference for entry in found.entries] == ([world.investigator.name] if there else [])
    if there:
        assert found.entries[0].links[0].href == f"/away/{world.investigator.pk}/"
        assert "due this week" in found.entries[0].said.text


def test_emergency_access_is_there_for_24_hours_without_naming_a_case_out_of_sight(world: World) -> None:
    def take(case: m.Case, hours: float) -> None:
        with scope(system(case.force_id)):
            m.EmergencyAccess(
                case=case,
                force_id=case.force_id,
                user=world.other_unit,
                reason="r",
                created_at=ago(hours=hours),
                until=ago(hours=hours - 4),
            ).save(force_insert=True)

    take(quiet(unit=world.north, officer=world.investigator, crime_reference="52/SEEN"), 23.9)
    take(quiet(unit=world.north, officer=world.investigator, crime_reference="52/OLD"), 24.1)
    take(quiet(restricted=True, officer=world.investigator, crime_reference="52/SECRET"), 2)
    excluded = quiet(unit=world.north, officer=world.investigator, crime_reference="52/NEVER")
    add(excluded, m.Exclusion, user=world.supervisor, reason="r")
    add(excluded, m.Exclusion, user=world.sergeant, reason="r")
    take(excluded, 1)
    take(quiet(force_id=KENT, crime_reference="46/KENT"), 1)
    found = parts(world.supervisor)["emergency"]

    assert [(entry.reference, entry.case_id is None) for entry in found.entries] == [("52/SEEN", False), ("A case you may not see", True)]
    assert [entry.reference for entry in parts(world.sergeant)["emergency"].entries] == ["52/SEEN"]
    assert [entry.reference for entry in parts(world.supervisor, str(world.north.pk))["emergency"].entries] == ["52/SEEN"]


def test_each_looks_over_what_she_sees_and_a_unit_narrows(world: World) -> None:
    for unit, mark in ((world.north, "52/NORTH"), (world.south, "52/SOUTH")):
        overdue_suspect(
            "2026-01-01 12:00", unit=unit, officer=world.investigator if unit == world.north else world.other_unit, crime_reference=mark
        )
    overdue_suspect("2026-01-01 12:00", unit=world.north, restricted=True, crime_reference="52/RESTR")
    hidden = overdue_suspect("2026-01-01 12:00", unit=world.north, crime_reference="52/EXCL")
    for person in (world.supervisor, world.sergeant):
        add(hidden.case, m.Exclusion, user=person, reason="r")
    overdue_suspect("2026-01-01 12:00", force_id=KENT, crime_reference="46/KENT")

    def seen(user: User, unit: str = "") -> set[str]:
        return {entry.reference for part in parts(user, unit).values() for entry in part.entries}

    assert seen(world.supervisor) == {"52/NORTH", "52/SOUTH"}
    assert seen(world.supervisor, str(world.south.pk)) == {"52/SOUTH"}
    assert seen(world.sergeant) == {"52/NORTH"}
    assert seen(world.kent_supervisor) == {"46/KENT"}


def test_a_sergeant_chooses_no_unit(world: World, sign_in: SignIn) -> None:
    overdue_suspect("2026-01-01 12:00", unit=world.north, officer=world.investigator, crime_reference="52/NORTH")
    html = sign_in(world.sergeant).get(f"{TODAY}?unit={world.south.pk}").content.decode()
    assert "52/NORTH" in html
    assert 'name="unit"' not in html
    assert "52/NORTH" not in sign_in(world.supervisor).get(f"{TODAY}?unit={world.south.pk}").content.decode()


@pytest.mark.parametrize("address", [TODAY, PRINT, "/today/reviews/"])
@pytest.mark.parametrize("who", ["investigator", "analyst", "auditor", "administrator", "prosecutor", "cps_manager", "isva"])
def test_nobody_else_has_a_morning(world: World, sign_in: SignIn, who: str, address: str) -> None:
    assert sign_in(getattr(world, who)).get(address).status_code == 404


@pytest.mark.parametrize("query", ["unit=1", "unit=%27", "unit=" + "a" * 40])
@pytest.mark.parametrize("address", [TODAY, PRINT, "/today/reviews/"])
def test_a_unit_that_is_none_is_explained(world: World, sign_in: SignIn, address: str, query: str) -> None:
    response = sign_in(world.supervisor).get(f"{address}?{query}")
    assert response.status_code == 400
    assert "There is a problem" in response.content.decode()


def test_a_part_or_place_that_is_none_leads_nowhere(world: World, sign_in: SignIn) -> None:
    browser = sign_in(world.supervisor)
    assert browser.get("/today/nothing/").status_code == 404
    assert browser.get("/today/reviews/?after=x").status_code == 404


def test_every_part_can_be_read_in_full_page_by_page(world: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.morning.page.ROWS_ON_A_PAGE", 2)
    for number in range(5):
        make_case(unit=world.north, officer=world.investigator, recorded_at=ago(days=20 + number))
    with acting_as(world.supervisor):
        look, section = Look.of(world.supervisor), SECTIONS["reviews"]
        pages = [list_of(section, look, back="")]
        while pages[-1].has_next:
            pages.append(list_of(section, look, back="", after=pages[-1].next_cursor or ""))
    keys = [entry.key for page in pages for entry in page.rows]
    assert (len(keys), len(set(keys)), len(pages)) == (5, 5, 3)
    browser = sign_in(world.supervisor)
    assert {browser.get(f"/today/{slug}/").status_code for slug in SECTIONS} == {200}
