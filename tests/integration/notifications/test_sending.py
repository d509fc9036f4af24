"""The sweep: one message a person, when it may go, nothing lost when the server is down, nothing said to a bystander."""

import smtplib
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from accounts.models import User
from core import clock
from core.scope import scope, system
from notifications import sending
from notifications.models import Notice
from notifications.services import mark_read, tell
from notifications.subjects import SUBJECTS
from tests.factories import World, acting_as
from tests.integration.cases.making import make_case
from tests.integration.notifications.making import MONDAY_NOON, notices, stand_at, told

pytestmark = pytest.mark.django_db
CANARIES = ("Quillfeather", "52/CANARY/1", "Test North")


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], object]:
    """Let it be noon on a Monday, and return how to move on."""
    stand_at(monkeypatch, MONDAY_NOON)
    return lambda text: stand_at(monkeypatch, text)


def break_server(monkeypatch: pytest.MonkeyPatch, fault: Exception, only_to: str = "") -> list[str]:
    """Let the mail server fail, for one address or all, and return who was tried."""
    tried: list[str] = []
    whole = EmailMessage.send

    def send(message: EmailMessage, fail_silently: bool = False) -> int:
        tried.extend(message.to)
        if not only_to or message.to == [only_to]:
            raise fault
        return whole(message, fail_silently)

    monkeypatch.setattr(EmailMessage, "send", send)
    return tried


def test_one_message_a_person_and_each_row_once(world: World) -> None:
    for key in ("one", "two", "three"):
        told(world.investigator, key)
    told(world.colleague)
    assert sending.send_due() == 2
    assert sending.send_due() == 0
    bodies = {message.to[0]: message.body for message in mail.outbox}
    assert len(mail.outbox) == 2
    assert "3 things wait for you" in bodies[str(world.investigator.email)]
    assert "One thing waits for you" in bodies[str(world.colleague.email)]
    assert all(notice.sent_at for notice in notices())


def test_an_email_tells_a_bystander_nothing(world: World) -> None:
    """Whatever is told, about whatever case, the message differs in a number and its own id alone."""
    case = make_case(world.investigator, "Quillfeather", reference="52/CANARY/1", unit_id=world.north.pk)
    told_of = []
    for number, subject in enumerate(SUBJECTS.values(), start=1):
        tell(user=world.supervisor, subject=subject.key, key=f"{number}", case_id=case.pk, counts={"overdue": 7_777})
        with scope(system(0)):
            Notice.objects.filter(sent_at=None).update(channel="email", send_after=clock.now())
        assert sending.send_due() == 1
        told_of.append(mail.outbox[-1])
    assert len({(message.subject, message.body, message.from_email) for message in told_of}) == 1
    assert told_of[0].subject == "You have something to look at"
    for message in told_of:
        raw = message.message().as_string()
        words = [
            *CANARIES,
            "7777",
            "7,777",
            str(case.pk),
            case.pk.hex,
            world.supervisor.name,
            "RASSO",
            "victim",
            "police",
            "arrest",
            "case",
        ]
        found = [word for word in words if word.lower() in raw.replace(str(message.from_email), "").lower()]
        assert found == []
        assert "/inbox/" in message.body


def test_quiet_hours_hold_back_all_but_the_urgent(world: World, noon: Callable[[str], object]) -> None:
    """Also what became due by day and was not sent then: the worker stood still."""
    told(world.investigator)
    told(world.supervisor, subject="emergency_access")
    noon("2026-11-23 19:00")
    assert sending.send_due() == 1
    assert mail.outbox[0].to == [world.supervisor.email]
    noon("2026-11-24 06:59:59")
    assert sending.send_due() == 0
    noon("2026-11-24 07:00")
    assert sending.send_due() == 1


def test_the_digest_and_a_weekend_are_one_message(world: World, noon: Callable[[str], object]) -> None:
    for day in ("2026-11-27 20:00", "2026-11-28 06:00", "2026-11-29 06:00", "2026-11-30 06:00"):
        noon(day)
        told(world.supervisor, day[:10], "daily_report")
        assert sending.send_due() == 0
    noon("2026-11-30 07:00")
    assert sending.send_due() == 1
    assert "4 things wait" in mail.outbox[0].body


def test_what_was_read_meanwhile_is_not_sent(world: World) -> None:
    told(world.investigator)
    told(world.investigator, "two")
    told(world.colleague)
    for notice in (notices(world.investigator)[0], notices(world.colleague)[0]):
        with acting_as(notice.user):
            mark_read(actor=notice.user, notice_id=notice.pk)
    assert sending.send_due() == 1
    assert "One thing waits" in mail.outbox[0].body
    assert sorted(notice.channel for notice in notices()) == ["email", "inbox", "inbox"]


def test_who_left_meanwhile_gets_nothing(world: World) -> None:
    told(world.investigator)
    with scope(system(52)):
        User.objects.filter(pk=world.investigator.pk).update(is_active=False)
    assert sending.send_due() == 0
    assert mail.outbox == []
    assert notices()[0].channel == "inbox"


def test_server_down_then_up(world: World, monkeypatch: pytest.MonkeyPatch, noon: Callable[[str], object]) -> None:
    """One try a sweep, the others untouched, everything sent once when the server is back."""
    told(world.investigator)
    told(world.colleague)
    with monkeypatch.context() as broken:
        tried = break_server(broken, ConnectionRefusedError())
        for minute in range(4):
            noon(f"2026-11-23 12:0{minute}")
            assert sending.send_due() == 0
    assert len(tried) == 4
    assert sorted(notice.tries for notice in notices()) == [2, 2]
    noon("2026-11-23 12:20")
    assert sending.send_due() == 2
    assert sending.send_due() == 0
    assert sorted(message.to[0] for message in mail.outbox) == sorted([str(world.investigator.email), str(world.colleague.email)])


def test_an_address_that_is_refused_holds_up_nobody(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    told(world.investigator)
    told(world.colleague)
    bad = str(world.investigator.email)
    break_server(monkeypatch, smtplib.SMTPRecipientsRefused({bad: (550, b"no such box")}), only_to=bad)
    assert sending.send_due() == 1
    assert [message.to[0] for message in mail.outbox] == [world.colleague.email]
    assert [(notice.tries, notice.sent_at) for notice in notices(world.investigator)] == [(1, None)]


def test_tries_back_off_and_end_but_the_inbox_keeps_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    told(world.supervisor, subject="emergency_access")
    told(world.investigator)
    break_server(monkeypatch, smtplib.SMTPServerDisconnected("gone"))
    now = clock.now()
    waits = []
    while (row := notices(world.supervisor)[0]).failed_at is None:
        assert row.tries < sending.MOST_TRIES
        now = max(now, row.send_after)
        monkeypatch.setattr(clock, "now", lambda now=now: now)
        try_once(world.supervisor)
        waits.append(notices(world.supervisor)[0].send_after - now)
    minutes = [int(wait / timedelta(minutes=1)) for wait in waits]
    assert minutes[:8] == [1, 2, 4, 8, 16, 32, 60, 60]
    assert len(minutes) == sending.MOST_TRIES
    assert notices(world.supervisor)[0].read_at is None
    assert notices(world.investigator)[0].failed_at is None


def try_once(person: User) -> None:
    """Try one person, whatever the server says."""
    with pytest.raises(sending.ServerDown):
        sending._send_to(person.pk)


def test_a_retry_is_never_put_into_quiet_hours(world: World, monkeypatch: pytest.MonkeyPatch, noon: Callable[[str], object]) -> None:
    told(world.investigator)
    noon("2026-11-23 18:59:30")
    break_server(monkeypatch, ConnectionResetError())
    assert sending.send_due() == 0
    assert notices()[0].send_after.astimezone(clock.LONDON).isoformat() == "2026-11-24T07:00:00+00:00"


def test_a_second_sending_of_the_same_rows_has_the_same_id(world: World) -> None:
    """A worker died after the server took the message: mail programs show the two as one."""
    told(world.investigator)
    told(world.investigator, "two")
    rows = notices(world.investigator)
    ids = {sending.message("a@test.example", some).extra_headers["Message-ID"] for some in (rows, list(rows), rows[:1])}
    assert len(ids) == 2
