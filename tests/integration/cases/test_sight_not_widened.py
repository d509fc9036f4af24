"""Sight taken or lent for a while stays that: emergency access is not made lasting, and nobody covers by her or his own hand."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from accounts.services.absence import set_away, set_cover
from cases import models as m
from cases.services.access import exclude, grant_access, lift_restriction, restrict
from cases.services.handover import hand_over
from cases.services.offers import offer_to_force
from cases.services.roles import assign_person, move_to_unit, take_over
from core import clock
from core.exceptions import NotAllowed
from core.scope import scope, system
from notifications.models import Notice
from notifications.services import tell
from tests.factories import AVON, KENT, World, acting_as, make_user
from tests.integration.cases.asking import refused
from tests.integration.cases.emergencies import take, told
from tests.integration.cases.making import do, make_case, sees

SignIn = Callable[[User], Client]
PAGE = "/cases/"


@pytest.fixture
def case(world: World) -> m.Case:
    """A restricted case of the north unit."""
    case = make_case(world.investigator, "Marrowdale", unit_id=world.north.pk)
    do(world.supervisor, restrict, case, because="Close to somebody here")
    return case


@pytest.fixture
def other(world: World) -> User:
    """A supervisor who sees the case by nothing but emergency access."""
    take(world.supervisor2)
    return world.supervisor2


def widening(world: World, other: User) -> list[tuple[Callable[..., Any], dict[str, Any]]]:
    """Return every act that would let the person, or somebody else, see the case for longer."""
    return [
        (lift_restriction, {"reason": "No longer"}),
        (grant_access, {"purpose": "To go on", "until": clock.today() + timedelta(days=9), "user_id": other.pk}),
        (assign_person, {"user_id": other.pk, "role": m.CaseRole.SERGEANT}),
        (take_over, {"role": m.CaseRole.OFFICER}),
        (move_to_unit, {"unit_id": world.south.pk}),
        (hand_over, {"from_id": world.investigator.pk, "to_id": other.pk, "roles": [m.CaseRole.OFFICER]}),
        (offer_to_force, {"force_id": KENT, "reason": "Happened there"}),
        (exclude, {"user_id": world.investigator.pk, "reason": "Knows somebody"}),
    ]


def test_emergency_access_is_not_made_lasting(world: World, case: m.Case, other: User) -> None:
    for service, said in widening(world, other):
        with pytest.raises(NotAllowed, match="Under emergency access"):
            do(other, service, case, **said)
    assert sees(world.investigator, case)


def test_whoever_also_sees_it_otherwise_goes_on_as_before(world: World, case: m.Case, other: User) -> None:
    do(world.supervisor, grant_access, case, purpose="To go on", until=clock.today(), user_id=other.pk)
    do(other, move_to_unit, case, unit_id=world.south.pk)


def test_the_page_offers_none_of_it_and_its_address_says_why(world: World, case: m.Case, other: User, sign_in: SignIn) -> None:
    browser = sign_in(other)
    html = browser.get(f"{PAGE}{case.pk}/").content.decode()
    assert "add-note" in html
    assert "grant-access" not in html
    answer = browser.get(f"{PAGE}{case.pk}/grant-access/")
    assert answer.status_code == 403
    assert "Under emergency access" in answer.content.decode()
    assert "grant-access" in sign_in(world.supervisor).get(f"{PAGE}{case.pk}/").content.decode()


def test_nobody_makes_herself_the_cover_of_somebody_else(world: World, case: m.Case) -> None:
    today = clock.today()
    with acting_as(world.sergeant):
        with refused("yourself", "covered_by"):
            set_away(actor=world.sergeant, person=world.supervisor, away_from=today, away_to=None, covered_by=world.sergeant)
        with refused("yourself", "covered_by"):
            set_cover(actor=world.sergeant, person=world.supervisor, covered_by=world.sergeant)
    assert not sees(world.sergeant, case)
    with acting_as(world.supervisor):
        set_away(actor=world.supervisor, person=world.supervisor, away_from=today, away_to=None, covered_by=world.sergeant)
    assert sees(world.sergeant, case)
    with acting_as(world.supervisor):  # who leads changes the days of an absence whose cover is settled already
        set_away(actor=world.supervisor, person=world.investigator, away_from=today, away_to=today, covered_by=world.colleague)
        set_away(actor=world.colleague, person=world.colleague, away_from=today, away_to=today, covered_by=world.investigator)


def cover(person: User, by: User) -> None:
    """Let somebody be away with cover."""
    with scope(system(AVON)):
        User.objects.filter(pk=person.pk).update(away_from=clock.today(), away_to=None, covered_by=by)
        person.refresh_from_db()


def test_whoever_took_emergency_access_is_not_told_of_it_as_cover(world: World, case: m.Case) -> None:
    near = make_user(AVON, Role.SUPERVISOR, unit=world.north)
    cover(near, world.supervisor2)
    take(world.supervisor2)
    assert told() == {world.supervisor.pk, near.pk}
    with scope(system(AVON)):
        assert Notice.objects.get(user=near, subject="emergency_access").channel == "email"


def test_an_excluded_cover_is_told_nothing_of_the_case(world: World) -> None:
    case = make_case(world.investigator, "Marrowdale", unit_id=world.north.pk)
    do(world.supervisor, exclude, case, user_id=world.other_unit.pk, reason="Knows the suspect")
    cover(world.investigator, world.other_unit)
    do(world.supervisor, assign_person, case, user_id=world.investigator.pk, role=m.CaseRole.DISCLOSURE)
    with scope(system(AVON)):
        assert not Notice.objects.filter(user=world.other_unit).exists()
        assert Notice.objects.get(user=world.investigator, subject="case_handed_over").channel == "email"


def test_nobody_is_told_of_a_case_that_she_or_he_is_excluded_from(world: World) -> None:
    case = make_case(world.investigator, "Marrowdale", unit_id=world.north.pk)
    do(world.supervisor, exclude, case, user_id=world.other_unit.pk, reason="Knows the suspect")
    with acting_as(world.supervisor):
        assert not tell(user=world.other_unit, subject="case_handed_over", key="one", case_id=case.pk)
