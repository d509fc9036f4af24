"""Emergency access: who gets what for how long, who is told, what is recorded; and that exclusion cannot be seen from outside."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from cases import models as m
from cases.services.access import exclude, restrict
from cases.services.emergency import LASTS, USES_A_DAY, SeesItAlready, supervisors_to_tell
from cases.services.errors import mark_recorded_in_error
from cases.services.notes import add_note
from cases.services.roles import assign_person
from core import clock
from core.exceptions import NotAllowed, NotPossible
from core.scope import scope, system
from tests.factories import AVON, World
from tests.integration.cases.emergencies import REASON, log, review_clock, take, told
from tests.integration.cases.making import do, fresh, make_case, sees, timeline

SignIn = Callable[[User], Client]


@pytest.fixture
def case(world: World) -> m.Case:
    """A case of the north unit, which the south unit does not see."""
    return make_case(world.investigator, "Marrowdale", unit_id=world.north.pk)


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr("core.clock.now", lambda: moment)


def test_it_gives_sight_for_four_hours_to_the_second(world: World, case: m.Case, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not sees(world.other_unit, case)
    access = take(world.other_unit)
    assert access.until - access.created_at < LASTS + timedelta(seconds=1)
    for offset, seen in ((timedelta(microseconds=-1), True), (timedelta(0), False), (timedelta(seconds=1), False)):
        at(monkeypatch, access.until + offset)
        assert sees(world.other_unit, case) is seen


def test_a_second_use_needs_a_reason_of_its_own_after_the_first_ended(world: World, case: m.Case, monkeypatch: pytest.MonkeyPatch) -> None:
    first = take(world.other_unit)
    with pytest.raises(SeesItAlready) as told_so:
        take(world.other_unit)
    assert told_so.value.case_id == case.pk
    at(monkeypatch, first.until)
    second = take(world.other_unit, reason="Something else: the suspect was stopped")
    assert second.until == first.until + LASTS
    with scope(system(AVON)):
        assert m.Deadline.objects.filter(case=case, kind="break_glass_review", met_at__isnull=True).count() == 2


def test_what_it_writes(world: World, case: m.Case) -> None:
    version = fresh(case).version
    access = take(world.other_unit)
    assert timeline(case)[-1] == "emergency_access_taken"
    with scope(system(AVON)):
        said = m.TimelineEvent.objects.get(case=case, kind="emergency_access_taken")
    assert REASON not in said.text  # the CPS reads the timeline
    assert fresh(case).version == version + 1
    clock_row = review_clock(case)
    assert (clock_row.subject_id, clock_row.met_at) == (access.pk, None)
    assert clock_row.due_on > clock.today()
    (row,) = [row for row in log() if row.what == "emergency access taken"]
    assert (row.act, row.case_ids, row.purpose, row.actor_id) == ("consultation", [case.pk], f"emergency: {REASON}", world.other_unit.pk)


def test_everything_done_under_it_bears_the_purpose(world: World, case: m.Case, sign_in: SignIn) -> None:
    take(world.other_unit)
    client = sign_in(world.other_unit)
    assert "You see this case under emergency access until" in client.get(f"/cases/{case.pk}/").content.decode()
    client.get(f"/cases/{case.pk}/timeline/")
    client.get(f"/cases/{case.pk}/add-note/")
    do(world.other_unit, add_note, case, text="Officers sent")
    ours = [row for row in log() if row.actor_id == world.other_unit.pk and row.case_ids]
    what = {row.what for row in ours}
    assert {"case page", "case timeline", "form of an act", "note_added"} <= what
    assert {row.purpose for row in ours if row.what != "emergency_access_taken"} == {f"emergency: {REASON}"}
    # nobody else's looking is marked
    sign_in(world.investigator).get(f"/cases/{case.pk}/")
    assert [row.purpose for row in log() if row.actor_id == world.investigator.pk and row.what == "case page"] == [""]


def test_a_restricted_case_can_be_opened(world: World, case: m.Case) -> None:
    do(world.supervisor, restrict, case, because="Somebody known here")
    take(world.supervisor2)
    assert sees(world.supervisor2, case)


def test_who_is_told(world: World, case: m.Case) -> None:
    take(world.other_unit)
    assert told() == {world.supervisor.pk}  # of the case's unit


def test_the_inspector_is_told_too_and_nobody_who_is_excluded_or_took_it(world: World, case: m.Case) -> None:
    do(world.supervisor, assign_person, case, user_id=world.supervisor2.pk, role="inspector")
    with scope(system(AVON)):
        assert set(supervisors_to_tell(fresh(case), world.other_unit)) == {world.supervisor, world.supervisor2}
        assert supervisors_to_tell(fresh(case), world.supervisor2) == [world.supervisor]
    do(world.supervisor, exclude, case, user_id=world.supervisor2.pk, reason="Knows the suspect")
    with scope(system(AVON)):
        assert supervisors_to_tell(fresh(case), world.other_unit) == [world.supervisor]
        # the only one near the case is excluded: the force's others are told
        assert supervisors_to_tell(fresh(case), world.supervisor) == []


def test_without_anybody_near_the_case_the_forces_supervisors_are_told(world: World) -> None:
    case = make_case(world.sergeant, "Marrowdale", reference="52/NOUNIT/1")
    with scope(system(AVON)):
        m.Case.objects.filter(pk=case.pk).update(unit=None)
        assert set(supervisors_to_tell(fresh(case), world.other_unit)) >= {world.supervisor, world.supervisor2}


@pytest.mark.parametrize("who", ["kent", "prosecutor", "auditor", "analyst", "isva"])
def test_nobody_else_may(world: World, case: m.Case, who: str, sign_in: SignIn) -> None:
    actor = getattr(world, who)
    with pytest.raises((NotAllowed, NotPossible)):
        take(actor)
    assert not sees(actor, case)
    if who != "kent":
        assert sign_in(actor).get("/emergency-access/").status_code == 404


def test_closed_off_cases_are_not_there(world: World, case: m.Case) -> None:
    do(world.supervisor, mark_recorded_in_error, case, reason="Entered twice")
    with pytest.raises(NotPossible, match="There is no case of your force"):
        take(world.other_unit)


def sent(client: Client, reference: str) -> Any:
    return client.post(
        "/emergency-access/", {"crime_reference": reference, "why": "danger", "words": "Threats heard"}, headers={"X-Request-Id": "1"}
    )


def test_exclusion_cannot_be_told_from_nothing(world: World, case: m.Case, sign_in: SignIn) -> None:
    """The same bytes, headers and number of queries; and nothing is opened."""
    do(world.supervisor, exclude, case, user_id=world.other_unit.pk, reason="Knows the suspect")
    client = sign_in(world.other_unit)
    sent(client, "52/NONE/0")  # what is cached once a process or session is cached now
    answers = []
    for reference in ("52/TEST/1", "52/NONE/1"):
        with CaptureQueriesContext(connection) as queries:
            answers.append((sent(client, reference), len(queries)))
    (there, queries_there), (nothing, queries_nothing) = answers
    assert there.status_code == nothing.status_code == 400
    assert mask(there, "52/TEST/1") == mask(nothing, "52/NONE/1")
    assert dict(there.headers) == dict(nothing.headers)
    assert queries_there == queries_nothing
    assert not sees(world.other_unit, case)
    with scope(system(AVON)):
        assert not m.EmergencyAccess.objects.exists()


def mask(answer: Any, reference: str) -> str:
    """Return the page without the reference typed and without what is new in every form."""
    text = answer.content.decode().replace(reference, "REFERENCE")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)


def test_asking_in_vain_is_recorded_without_the_words(world: World, case: m.Case, sign_in: SignIn) -> None:
    do(world.supervisor, exclude, case, user_id=world.other_unit.pk, reason="Knows the suspect")
    client = sign_in(world.other_unit)
    for reference in ("52/TEST/1", "52/NONE/1"):
        sent(client, reference)
    rows = [row for row in log() if row.what == "emergency access, no case found"]
    assert [row.case_ids for row in rows] == [[], []]
    assert len({row.search_hash for row in rows} - {""}) == 2


def test_an_exclusion_ends_sight_taken_before(world: World, case: m.Case) -> None:
    take(world.other_unit)
    do(world.supervisor, exclude, case, user_id=world.other_unit.pk, reason="Knows the suspect")
    assert not sees(world.other_unit, case)


def test_the_days_limit(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    noon = clock.day_start(clock.today()) + timedelta(hours=12)
    at(monkeypatch, noon)
    for number in range(USES_A_DAY + 1):
        make_case(world.investigator, reference=f"52/LIMIT/{number}", recorded_at=noon - timedelta(days=10))
    for number in range(USES_A_DAY):
        take(world.other_unit, f"52/LIMIT/{number}")
    for reference in (f"52/LIMIT/{USES_A_DAY}", "52/NONE/1"):  # the same answer whether there is one or not
        with pytest.raises(NotPossible, match="3 times today"):
            take(world.other_unit, reference)
    at(monkeypatch, clock.day_start(clock.today() + timedelta(days=1)))
    take(world.other_unit, f"52/LIMIT/{USES_A_DAY}")


def test_the_page(world: World, case: m.Case, sign_in: SignIn) -> None:
    client = sign_in(world.other_unit)
    assert "an auditor will ask" in client.get("/emergency-access/").content.decode()
    answer = client.post("/emergency-access/", {"crime_reference": "52/TEST/1"})
    assert answer.status_code == 400
    assert "Select an option for “Why" in answer.content.decode() or "Select why you need" in answer.content.decode()
    answer = sent(client, " 52/test/1 ")
    assert (answer.status_code, answer["Location"]) == (302, f"/cases/{case.pk}/")
    assert client.get(answer["Location"]).status_code == 200
    again = sent(client, "52/TEST/1")
    assert again["Location"] == f"/cases/{case.pk}/"
    assert "You see this case already" in client.get(again["Location"]).content.decode()
    with scope(system(AVON)):
        assert m.EmergencyAccess.objects.get().reason == "Somebody is in danger now: Threats heard"
