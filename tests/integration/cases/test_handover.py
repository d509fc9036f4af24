"""Handing cases over: many at once, each by itself; who may, what is said of those that were not, and races."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Accreditation, User
from cases import models as m
from cases.accredited import Lack, lacking
from cases.load import loads_seen_by, points_of
from cases.services.access import exclude, restrict
from cases.services.handover import Handed, Move, hand_over, hand_over_all
from cases.services.notes import add_note
from cases.services.roles import assign_person, somebody_for
from cases.services.sharing import bring_to_area
from core import clock
from core.exceptions import Conflict, NotAllowed
from core.scope import scope, system
from tests.factories import AVON, SOUTH_WEST, World, acting_as
from tests.integration.cases.asking import refused, texts
from tests.integration.cases.making import do, fresh, make_case, sees

SignIn = Callable[[User], Client]
PAGE = "/hand-over/"
OFFICER = [m.CaseRole.OFFICER]


def cases_of(world: World, number: int) -> list[m.Case]:
    return [make_case(world.investigator, reference=f"52/HAND/{one}", unit_id=world.north.pk) for one in range(1, number + 1)]


def officer(case: m.Case, role: str = m.CaseRole.OFFICER) -> Any:
    with scope(system(case.force_id)):
        return m.CasePerson.objects.filter(case=case, role=role, until__isnull=True).values_list("user_id", flat=True).first()


def all_to(actor: User, world: World, cases: Iterable[m.Case], to: User, **more: Any) -> list[Handed]:
    with acting_as(actor):
        moves = [Move(one.pk, to.pk, version=fresh_version(one), **more) for one in cases]
        return hand_over_all(actor=actor, from_id=world.investigator.pk, roles=OFFICER, moves=moves)


def fresh_version(case: m.Case) -> int:
    return fresh(case).version


def test_the_role_moves_with_its_note_and_nobody_has_it_twice(world: World) -> None:
    (case,) = cases_of(world, 1)
    done = all_to(world.sergeant, world, [case], world.colleague, note="Forensics are due on Friday.")

    assert [one.reason for one in done] == [""]
    assert officer(case) == world.colleague.pk
    said = f"Officer in the case: from {world.investigator.name} to {world.colleague.name}. Forensics are due on Friday."
    assert texts(case, "handed_over") == [said]
    with scope(system(AVON)):
        before = m.CasePerson.objects.get(case=case, user=world.investigator)
        after = m.CasePerson.objects.get(case=case, user=world.colleague)
    assert before.until == after.since


def test_those_that_cannot_be_handed_over_stay_and_say_why(world: World) -> None:
    changed, kept_out, gone, fine = cases_of(world, 4)
    do(world.supervisor, exclude, kept_out, user_id=world.colleague.pk, reason="Knows the suspect")
    versions = {one.pk: fresh(one).version for one in (changed, kept_out, gone, fine)}
    do(world.supervisor, add_note, changed, text="x")
    do(world.supervisor, restrict, gone, because="Somebody known here")
    with acting_as(world.sergeant):
        moves = [Move(key, world.colleague.pk, version=version) for key, version in versions.items()]
        done = hand_over_all(actor=world.sergeant, from_id=world.investigator.pk, roles=OFFICER, moves=moves)
    said = {one.move.case_id: one.reason for one in done}
    assert said[fine.pk] == ""
    assert said[changed.pk].startswith(f"{world.supervisor.name} added a note meanwhile")
    assert said[kept_out.pk] == "This person cannot have a role on this case"
    assert said[gone.pk] == "This case is no longer among those you see."
    assert [officer(one) for one in (changed, kept_out, gone, fine)] == [world.investigator.pk] * 3 + [world.colleague.pk]


def test_what_is_refused(world: World) -> None:
    (case,) = cases_of(world, 1)
    arguments = {"from_id": world.investigator.pk, "roles": OFFICER}
    with refused("Choose somebody else", "to_id"):
        do(world.sergeant, hand_over, case, to_id=world.investigator.pk, **arguments)
    with refused("1,000 characters", "note"):
        do(world.sergeant, hand_over, case, to_id=world.colleague.pk, note="x" * 1_001, **arguments)
    for stranger in (world.kent, world.prosecutor, world.analyst):
        with refused("works cases for this agency", "user_id"):
            do(world.sergeant, hand_over, case, to_id=stranger.pk, **arguments)
    with refused("no longer has this role"):
        do(world.sergeant, hand_over, case, to_id=world.colleague.pk, from_id=world.other_unit.pk, roles=OFFICER)
    with pytest.raises(NotAllowed):
        do(world.investigator, hand_over, case, to_id=world.colleague.pk, **arguments)


def test_the_cps_manager_hands_over_prosecutor_and_liaison_officer_and_no_police_role(world: World) -> None:
    (case,) = cases_of(world, 1)
    do(world.investigator, bring_to_area, case, area_id=SOUTH_WEST)
    do(world.cps_manager, assign_person, case, user_id=world.prosecutor.pk, role=m.CaseRole.PROSECUTOR)
    do(world.cps_manager, hand_over, case, from_id=world.prosecutor.pk, to_id=world.cps_manager.pk, roles=[m.CaseRole.PROSECUTOR])
    assert officer(case, m.CaseRole.PROSECUTOR) == world.cps_manager.pk
    with pytest.raises(NotAllowed):
        do(world.cps_manager, hand_over, case, from_id=world.investigator.pk, to_id=world.colleague.pk, roles=OFFICER)
    with pytest.raises(NotAllowed):
        do(world.supervisor, hand_over, case, from_id=world.cps_manager.pk, to_id=world.prosecutor.pk, roles=[m.CaseRole.PROSECUTOR])


@pytest.mark.parametrize("with_version", [True, False], ids=["from one page", "without a version"])
def test_of_two_supervisors_one_wins_and_the_other_is_told(committed: str, with_version: bool) -> None:
    world = World.make()
    cases = cases_of(world, 3)
    versions = {one.pk: fresh(one).version if with_version else None for one in cases}
    together = Barrier(2)

    def send(pair: tuple[User, User]) -> list[Handed]:
        actor, to = pair
        # The two name the cases in opposite orders: they must not wait for each other for ever.
        keys = sorted(versions, reverse=actor == world.supervisor2, key=str)
        try:
            together.wait(10)
            with acting_as(actor):
                moves = [Move(key, to.pk, version=versions[key]) for key in keys]
                return hand_over_all(actor=actor, from_id=world.investigator.pk, roles=OFFICER, moves=moves)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(send, ((world.supervisor, world.colleague), (world.supervisor2, world.other_unit))))
    reasons = [[one.reason for one in done] for done in results]
    assert [all(one == "" for one in done) for done in reasons].count(True) == 1
    loser = next(done for done in reasons if any(done))
    assert all("handed the case over meanwhile" in one if with_version else "no longer has this role" in one for one in loser)
    assert len({officer(one) for one in cases}) == 1


# load and accreditation


def test_the_load_weighs_stage_and_risk_of_what_the_reader_sees(world: World) -> None:
    make_case(world.investigator, "Invented", reference="52/LOAD/1", risk="high", unit_id=world.north.pk)
    hidden = make_case(world.investigator, reference="52/LOAD/2", risk="standard", unit_id=world.north.pk)
    second = make_case(world.colleague, reference="52/LOAD/3", unit_id=world.north.pk)
    do(world.sergeant, assign_person, second, user_id=world.investigator.pk, role=m.CaseRole.SECOND_OFFICER)
    with acting_as(world.supervisor2):
        load = loads_seen_by(world.supervisor2)[world.investigator.pk]
    police = m.Side.POLICE
    points = points_of(police, "investigating", "high") + points_of(police, "recorded", "standard")
    assert (load.cases, load.points, load.others) == (2, points, 1)
    do(world.supervisor, restrict, hidden, because="Somebody known here")
    with acting_as(world.supervisor2):
        assert loads_seen_by(world.supervisor2)[world.investigator.pk].cases == 1, "a case one may not see is not counted"
    with acting_as(world.kent_supervisor):
        assert loads_seen_by(world.kent_supervisor) == {}


def test_what_each_person_lacks(world: World) -> None:
    today = clock.today()
    people = (world.investigator, world.colleague, world.other_unit, world.sergeant)
    awarded = today - timedelta(days=900)
    with scope(system(AVON)):
        Accreditation.objects.create(user=world.investigator, kind="risdp", awarded_on=awarded)
        Accreditation.objects.create(user=world.colleague, kind="rasso", in_training=True)
        Accreditation.objects.create(user=world.other_unit, kind="ssaidp", awarded_on=awarded, expires_on=today - timedelta(days=1))
        Accreditation.objects.create(user=world.sergeant, kind="pip2", awarded_on=awarded)
        found = lacking([one.pk for one in people], today)
    assert found == {world.colleague.pk: Lack.TRAINING, world.other_unit.pk: Lack.RUN_OUT, world.sergeant.pk: Lack.NONE}


def test_load_and_lack_stand_beside_the_name_before_assigning(world: World, sign_in: SignIn) -> None:
    (case,) = cases_of(world, 1)
    text = sign_in(world.sergeant).get(reverse("case_act", args=[case.pk, "assign-person"])).content.decode()
    assert f"{world.investigator.name} (1 live case, 3 points; no accreditation for rape investigation on record)" in text
    assert f"{world.colleague.name} (0 live cases, 0 points; no accreditation" in text


# pages


def steps(world: World, cases: list[m.Case], *to: User) -> dict[str, Any]:
    return {"which": "some", "case_ids": [str(one.pk) for one in cases], "roles": ["officer"], "to_ids": [str(one.pk) for one in to]}


def test_nothing_is_done_before_it_is_confirmed(world: World, sign_in: SignIn) -> None:
    cases = cases_of(world, 2)
    browser = sign_in(world.sergeant)
    path = f"{PAGE}from/{world.investigator.pk}/"
    assert "52/HAND/2" in browser.get(f"{PAGE}?person={world.investigator.pk}").content.decode()
    chosen = steps(world, cases, world.colleague, world.sergeant)
    html = browser.post(path, chosen).content.decode()
    assert f"{world.colleague.name} has no accreditation for rape investigation on record." in html
    assert [officer(one) for one in cases] == [world.investigator.pk] * 2
    sure = chosen | {"sure": "1"}
    for case, person in zip(cases, (world.colleague, world.sergeant), strict=True):
        sure |= {f"{case.pk}-to_id": str(person.pk), f"{case.pk}-note": "Call first", f"{case.pk}-version": str(fresh(case).version)}
    answer = browser.post(path, sure, follow=True)
    assert "2 cases handed over." in answer.content.decode()
    assert [officer(one) for one in cases] == [world.colleague.pk, world.sergeant.pk]
    again = browser.post(path, sure)
    assert again.status_code == 400, "the person has none of these cases any longer"


def test_the_loser_of_a_race_is_told_on_the_page(world: World, sign_in: SignIn) -> None:
    first, second = cases_of(world, 2)
    sent = steps(world, [first, second], world.colleague) | {"sure": "1"}
    for case in (first, second):
        sent |= {f"{case.pk}-to_id": str(world.colleague.pk), f"{case.pk}-version": str(fresh(case).version)}
    do(world.supervisor, hand_over, first, from_id=world.investigator.pk, to_id=world.sergeant.pk, roles=OFFICER)
    do(world.supervisor, add_note, second, text="x")
    text = sign_in(world.sergeant).post(f"{PAGE}from/{world.investigator.pk}/", sent, follow=True).content.decode()
    assert f"52/HAND/2 was not handed over. {world.supervisor.name} added a note meanwhile" in text
    assert "1 case was not handed over: the person has no such role there any longer." in text
    assert officer(first) == world.sergeant.pk
    assert officer(second) == world.investigator.pk


def test_only_cases_that_the_actor_sees_are_offered(world: World, sign_in: SignIn) -> None:
    secret, excluded = cases_of(world, 2)
    do(world.supervisor, restrict, secret, because="Somebody known here")
    do(world.supervisor, exclude, excluded, user_id=world.sergeant.pk, reason="Knows the suspect")
    html = sign_in(world.sergeant).get(f"{PAGE}?person={world.investigator.pk}").content.decode()
    assert "52/HAND" not in html
    assert not sees(world.sergeant, secret)
    assert sign_in(world.kent_supervisor).get(f"{PAGE}?person={world.investigator.pk}").status_code == 400
    answer = sign_in(world.kent_supervisor).post(f"{PAGE}from/{world.investigator.pk}/", steps(world, [secret], world.kent))
    assert answer.status_code == 404


def queries(browser: Client, path: str, data: dict[str, Any] | None = None) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = browser.post(path, data) if data is not None else browser.get(path)
    assert answer.status_code == 200
    return len(captured)


def test_the_number_of_queries_does_not_grow(world: World, sign_in: SignIn) -> None:
    cases = cases_of(world, 1)
    browser = sign_in(world.sergeant)
    pages: list[tuple[str, bool]] = [
        (f"{PAGE}?person={world.investigator.pk}", False), (f"{PAGE}from/{world.investigator.pk}/", True), (PAGE, False),
        ("/reports/load/", False),
    ]  # fmt: skip

    def counted(chosen: list[m.Case]) -> list[int]:
        return [queries(browser, path, steps(world, chosen, world.colleague) if posts else None) for path, posts in pages]

    counted(cases)
    before = counted(cases)
    cases += [make_case(world.investigator, reference=f"52/MORE/{number}", unit_id=world.north.pk) for number in range(4)]
    assert counted(cases) == before


def test_conflict_names_who(world: World) -> None:
    (case,) = cases_of(world, 1)
    version = fresh(case).version
    do(world.supervisor, add_note, case, text="x")
    with pytest.raises(Conflict) as told:
        do(world.sergeant, hand_over, case, from_id=world.investigator.pk, to_id=world.colleague.pk, roles=OFFICER, version=version)
    assert told.value.change.who == world.supervisor.name


def test_nobody_who_leaves_at_that_moment_is_handed_a_case(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    (case,) = cases_of(world, 1)

    def chosen(*choice: Any) -> User:
        person = somebody_for(*choice)
        with scope(system(AVON)):
            User.objects.filter(pk=person.pk).update(is_active=False)
        return person

    monkeypatch.setattr("cases.services.handover.somebody_for", chosen)
    with refused("has left", "to_id"):
        do(world.supervisor, hand_over, case, from_id=world.investigator.pk, to_id=world.colleague.pk, roles=[m.CaseRole.OFFICER])
    assert officer(case) == world.investigator.pk
