"""Telling somebody something: once, the way she or he chose, to the cover too, and nothing that names anybody."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import User
from accounts.roles import Role
from accounts.scopes import scope_of
from core import clock
from core.exceptions import NotPossible
from core.scope import scope, system
from notifications.models import Notice, Subscription
from notifications.services import choose, tell
from tests.factories import World, acting_as, make_user
from tests.integration.notifications.making import MONDAY_NOON, away, london, notices, stand_at, told

pytestmark = pytest.mark.django_db


def test_the_same_thing_is_told_once_to_each(world: World) -> None:
    assert told(world.investigator) is True
    assert told(world.investigator) is False
    assert told(world.colleague) is True
    assert told(world.investigator, "two") is True
    assert told(world.investigator, "one", "cover_begins") is True
    assert len(notices(world.investigator)) == 3
    assert len(notices(world.colleague)) == 1


def test_from_inside_a_persons_own_scope(world: World) -> None:
    """A service tells in the middle of its own transaction; only the system inserts."""
    with acting_as(world.supervisor):
        assert told(world.kent_supervisor, "offer", "case_offered") is True
    assert notices()[0].agency_id == world.kent_supervisor.agency_id
    with pytest.raises(DatabaseError), acting_as(world.supervisor), transaction.atomic():
        Notice.objects.create(key="x", agency_id=52, user=world.supervisor, subject="case_offered")


def test_what_could_hold_a_name_is_refused(world: World) -> None:
    for value in ("Quillfeather", 1.5, clock.now(), None, ["x"]):
        with pytest.raises(TypeError):
            tell(user=world.investigator, subject="case_handed_over", key="one", counts={"who": value})  # type: ignore[dict-item]
    for key in ("", "x" * 111):
        with pytest.raises(ValueError, match="1 to 110"):
            told(world.investigator, key)
    with pytest.raises(KeyError):
        told(world.investigator, subject="nothing")
    assert told(world.investigator, "x" * 110, cases=3, day=date(2026, 11, 22))
    assert notices()[0].counts == {"cases": 3, "day": "2026-11-22"}


def test_who_has_left_is_told_nothing_and_who_has_no_address_gets_no_email(world: World) -> None:
    world.investigator.is_active = False
    assert told(world.investigator) is False
    with scope(system(52)):
        world.colleague.email = None
        world.colleague.save(update_fields=["email"])
    assert told(world.colleague) is True
    assert [notice.channel for notice in notices()] == ["inbox"]


def test_the_subjects_way_until_somebody_chooses(world: World) -> None:
    told(world.investigator)
    with acting_as(world.investigator):
        choose(actor=world.investigator, channels={"case_handed_over": "digest"})
        choose(actor=world.investigator, channels={"case_handed_over": "inbox"})
    told(world.investigator, "two")
    told(world.colleague)
    assert [notice.channel for notice in notices(world.investigator)] == ["email", "inbox"]
    assert notices(world.colleague)[0].channel == "email"


def test_what_must_be_emailed_is_whatever_was_chosen(world: World) -> None:
    with acting_as(world.supervisor), pytest.raises(NotPossible):
        choose(actor=world.supervisor, channels={"emergency_access": "inbox"})
    with scope(scope_of(world.supervisor)):
        Subscription.objects.create(user=world.supervisor, subject="emergency_access", channel="inbox")
    told(world.supervisor, subject="emergency_access")
    assert notices()[0].channel == "email"


def test_nobody_chooses_for_a_role_that_is_not_told_nor_a_way_there_is_not(world: World) -> None:
    for channels in ({"daily_report": "inbox"}, {"nothing": "inbox"}, {"case_handed_over": "pigeon"}):
        with acting_as(world.investigator), pytest.raises(NotPossible):
            choose(actor=world.investigator, channels=channels)


def test_when_an_email_may_go_out(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """At once by day, at seven after a night or a weekend, urgent at any hour, the digest at half past seven."""
    with acting_as(world.colleague):
        choose(actor=world.colleague, channels={"case_handed_over": "digest"})
    for number, (now, email, urgent, digest) in enumerate(
        (
            (MONDAY_NOON, MONDAY_NOON, MONDAY_NOON, "2026-11-24 07:30"),
            ("2026-11-23 18:59:59", "2026-11-23 18:59:59", "2026-11-23 18:59:59", "2026-11-24 07:30"),
            ("2026-11-23 19:00", "2026-11-24 07:00", "2026-11-23 19:00", "2026-11-24 07:30"),
            ("2026-10-24 10:00", "2026-10-26 07:00", "2026-10-24 10:00", "2026-10-26 07:30"),
        )
    ):
        stand_at(monkeypatch, now)
        told(world.investigator, f"{number}")
        told(world.supervisor, f"{number}", "emergency_access")
        told(world.colleague, f"{number}")
        found = {notice.user_id: notice.send_after for notice in notices() if notice.key.split(":")[1] == str(number)}
        assert found == {world.investigator.pk: london(email), world.supervisor.pk: london(urgent), world.colleague.pk: london(digest)}


def test_while_away_the_cover_is_told_too_and_gets_the_email(world: World) -> None:
    today = clock.today()
    away(world.investigator, world.colleague, today, None)
    assert told(world.investigator) is True
    assert [(notice.channel, notice.counts) for notice in notices(world.investigator)] == [("inbox", {})]
    assert [(notice.channel, notice.counts) for notice in notices(world.colleague)] == [("email", {"as_cover": 1})]
    assert told(world.investigator) is False
    assert len(notices()) == 2


def test_told_in_ones_own_right_and_as_cover_is_told_once(world: World) -> None:
    away(world.supervisor, world.supervisor2, clock.today(), None)
    for person in (world.supervisor, world.supervisor2):
        told(person, "day", "daily_report")
    assert len(notices(world.supervisor2)) == 1
    assert len(notices(world.supervisor)) == 1


@pytest.mark.parametrize(
    "case", ["back", "not yet", "nobody", "cover away", "cover left", "cover may not be told", "cover of another agency"]
)
def test_without_a_cover_who_is_there_everything_stays_with_the_person(world: World, case: str) -> None:
    today, day = clock.today(), timedelta(days=1)
    person, cover = world.supervisor, world.supervisor2
    away(person, cover, today - day, today + day)
    if case == "back":
        away(person, cover, today - 2 * day, today - day)
    elif case == "not yet":
        away(person, cover, today + day, None)
    elif case == "nobody":
        away(person, None, today, None)
    elif case == "cover away":
        away(cover, None, today, today)
    elif case == "cover left":
        with scope(system(52)):
            User.objects.filter(pk=cover.pk).update(is_active=False)
    elif case == "cover may not be told":
        away(person, world.sergeant, today, today)
    else:
        away(person, make_user(46, Role.SUPERVISOR), today, today)
    told(person, "day", "case_offered")
    assert [(notice.user_id, notice.channel) for notice in notices()] == [(person.pk, "email")]


def test_a_person_reads_and_marks_only_her_own(world: World) -> None:
    """The second belt: whatever a query asks for, the database gives the own rows."""
    for person in (world.investigator, world.colleague, world.prosecutor, world.isva, world.auditor):
        told(person)
    for person in (world.investigator, world.prosecutor, world.isva, world.auditor):
        with acting_as(person):
            assert [notice.user_id for notice in Notice.objects.all()] == [person.pk]
            assert Notice.objects.update(read_at=clock.now()) == 1
            with pytest.raises(DatabaseError), transaction.atomic():
                Notice.objects.all().delete()
    assert [notice.user_id for notice in notices() if notice.read_at is None] == [world.colleague.pk]
    with acting_as(world.colleague), pytest.raises(DatabaseError), transaction.atomic():
        Subscription.objects.create(user=world.investigator, subject="cover_begins", channel="inbox")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select 1 from notifications_notice")


def test_a_thing_about_a_case_names_it_by_key(world: World) -> None:
    case_id = uuid4()
    tell(user=world.investigator, subject="case_handed_over", key="x", case_id=case_id)
    assert notices()[0].case_id == case_id
