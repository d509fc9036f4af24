"""The auditor's review of emergency access: by whom, once, and what it writes; and two people at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Agency, User
from accounts.roles import Role
from cases import models as m
from cases.services.emergency import SeesItAlready
from cases.services.errors import mark_recorded_in_error
from core import clock
from core.exceptions import Conflict, NotAllowed, NotPossible
from core.scope import Kind, Scope, scope, system
from tests.factories import AVON, KENT, SOUTH_WEST, World, make_user
from tests.integration.cases.emergencies import REASON, log, review, review_clock, take
from tests.integration.cases.making import do, make_case, sees, timeline

SignIn = Callable[[User], Client]


@pytest.fixture
def case(world: World) -> m.Case:
    """A case of the north unit, which the south unit does not see."""
    return make_case(world.investigator, "Marrowdale", unit_id=world.north.pk)


def test_a_review_meets_the_clock_and_shows_the_auditor_no_case(world: World, case: m.Case) -> None:
    access = take(world.other_unit)
    review(world.auditor, access)
    assert review_clock(case).met_at is not None
    assert timeline(case)[-1] == "emergency_access_reviewed"
    assert not sees(world.auditor, case)
    with pytest.raises(Conflict) as first:
        review(world.auditor, access, answer="not_justified")
    assert first.value.change.who == world.auditor.name


def test_who_may_not_review(world: World, case: m.Case) -> None:
    access = take(world.other_unit)
    with pytest.raises(NotAllowed):
        review(world.supervisor, access)
    with pytest.raises(Http404):
        review(make_user(KENT, Role.AUDITOR), access)
    with pytest.raises(NotPossible, match="Select what you found"):
        review(world.auditor, access, answer="fine")
    with scope(Scope(kind=Kind.SYSTEM, force_id=AVON, agency_id=AVON)):
        User.objects.filter(pk=world.other_unit.pk).update(role=Role.AUDITOR)
    with pytest.raises(NotPossible, match="your own"):
        review(User.objects.get(pk=world.other_unit.pk), access)


def test_a_review_is_possible_when_the_case_takes_no_more_changes(world: World, case: m.Case) -> None:
    access = take(world.other_unit)
    do(world.supervisor, mark_recorded_in_error, case, reason="Entered twice")
    review(world.auditor, access)
    with scope(system(AVON)):
        assert m.EmergencyReview.objects.get(access=access).answer == "justified"


def both(work: Callable[[int], Any]) -> list[Any]:
    """Do a thing twice at the same moment, each on a connection of its own."""
    together = Barrier(2)

    def one(number: int) -> Any:
        try:
            together.wait(10)
            return work(number)
        except (Conflict, NotPossible) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(one, range(2)))


def test_two_auditors_review_at_once_one_wins_and_the_other_is_told(committed: str) -> None:
    world = World.make()
    case = make_case(world.investigator, "Marrowdale", unit_id=world.north.pk)
    access = take(world.other_unit)
    auditors = [world.auditor, make_user(AVON, Role.AUDITOR)]
    results = both(lambda number: review(auditors[number], access))
    refused = [one for one in results if isinstance(one, Conflict)]
    assert len(refused) == 1
    winner = auditors[1 - results.index(refused[0])]
    assert refused[0].change.who == winner.name
    with scope(system(AVON)):
        assert m.EmergencyReview.objects.get(case=case).created_by_id == winner.pk


def test_one_form_sent_twice_at_once_is_one_use(committed: str) -> None:
    world = World.make()
    case = make_case(world.investigator, "Marrowdale", unit_id=world.north.pk)
    results = both(lambda _: take(world.other_unit))
    assert sum(isinstance(one, SeesItAlready) for one in results) == 1
    with scope(system(AVON)):
        assert m.EmergencyAccess.objects.filter(case=case).count() == 1


def test_on_screen_the_one_due_first_stands_at_the_top_and_a_second_review_is_told(
    world: World, case: m.Case, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_case(world.investigator, "Marrowdale", reference="52/TEST/2", unit_id=world.north.pk)
    with scope(Scope(kind=Kind.SYSTEM, force_id=AVON, agency_id=AVON)):
        Agency.objects.filter(pk=AVON).update(live_from=clock.today() - timedelta(days=100))
    with monkeypatch.context() as earlier:
        long_ago = clock.now() - timedelta(days=8)
        earlier.setattr("core.clock.now", lambda: long_ago)
        old = take(world.other_unit, "52/TEST/2", reason="Something else: an old one")
    take(world.other_unit)
    client = sign_in(world.auditor)
    text = client.get("/audit/emergency-access/").content.decode()
    assert text.index(other.crime_reference) < text.index(case.crime_reference)
    assert text.count("Overdue") == 1
    assert "Marrowdale" not in text
    assert "1 overdue" in client.get("/").content.decode()
    path = f"/audit/emergency-access/{old.pk}/"
    assert client.post(path, {"answer": "justified", "note": ""}).status_code == 400
    assert client.post(path, {"answer": "not_justified", "note": "No such call"}).status_code == 302
    reviewed = client.get("/audit/emergency-access/?show=reviewed").content.decode()
    assert "Not justified" in reviewed
    assert case.crime_reference not in reviewed
    second = client.post(path, {"answer": "justified", "note": "Seen later"})
    assert second.status_code == 409
    assert "Seen later" in second.content.decode()
    assert world.auditor.name in second.content.decode()


def test_the_way_to_what_was_looked_at(world: World, case: m.Case, sign_in: SignIn) -> None:
    access = take(world.other_unit)
    sign_in(world.other_unit).get(f"/cases/{case.pk}/")
    sign_in(world.investigator).get(f"/cases/{case.pk}/")
    client = sign_in(world.auditor)
    page = client.get(f"/audit/emergency-access/{access.pk}/").content.decode()
    looks = page.split("What was looked at", 1)[1].split('href="', 1)[1].split('"', 1)[0].replace("&amp;", "&")
    answer = client.get(looks)
    assert answer.status_code == 200
    found = answer.content.decode().split("<tbody", 1)[1]
    assert "Case page" in found
    assert REASON in found
    assert world.investigator.name not in found


def test_another_agencys_auditor_sees_none_of_it(world: World, case: m.Case, sign_in: SignIn) -> None:
    access = take(world.other_unit)
    for agency in (KENT, SOUTH_WEST):
        client = sign_in(make_user(agency, Role.AUDITOR))
        assert "No use of emergency access waits" in client.get("/audit/emergency-access/").content.decode()
        for method in (client.get, client.post):
            assert method(f"/audit/emergency-access/{access.pk}/", {"answer": "justified", "note": "x"}).status_code == 404


def test_the_list_takes_a_fixed_number_of_queries(world: World, sign_in: SignIn) -> None:
    client, counts = sign_in(world.auditor), []
    people = [make_user(AVON, Role.INVESTIGATOR, unit=world.south) for _ in range(4)]
    for number in range(3):
        make_case(world.investigator, reference=f"52/MANY/{number}", unit_id=world.north.pk)
    for takers in (people[:1], people[1:]):
        for person in takers:
            for number in range(3):
                take(person, f"52/MANY/{number}")
        client.get("/audit/emergency-access/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/audit/emergency-access/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_auditors_own_reading_is_recorded(world: World, case: m.Case, sign_in: SignIn) -> None:
    access = take(world.other_unit)
    sign_in(world.auditor).get(f"/audit/emergency-access/{access.pk}/")
    (row,) = [row for row in log() if row.what == "emergency access, one use"]
    assert (row.actor_id, row.case_ids) == (world.auditor.pk, [case.pk])


def test_the_auditors_clock_is_no_need_of_the_case(world: World, case: m.Case, sign_in: SignIn) -> None:
    take(world.other_unit)
    for person in (world.investigator, world.supervisor):
        page = sign_in(person).get(f"/cases/{case.pk}/").content.decode().split('class="rasso-about', 1)[0]
        assert "review of emergency access" not in page.split('id="suspects"')[0]
    answer = sign_in(world.investigator).post(
        f"/cases/{case.pk}/cannot-be-met/{review_clock(case).pk}/", {"version": "2", "because": "No auditor"}
    )
    assert answer.status_code == 400
