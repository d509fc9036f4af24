"""Nothing that identifies a victim lies in plain text in any store: PostgreSQL, Redis, the broker's messages, sessions, e-mail."""

import base64
import re
from typing import Any

import pytest
import redis
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.core.management import call_command

from accounts.models import Session
from cases.reminding import sweep
from core import clock
from core.scope import scope, system
from core.sealedfield import SealedField
from notifications import reminders, sending
from notifications.models import Notice
from tests.canary.conftest import LEAF_TABLES
from tests.canary.planted import Planted
from tests.canary.words import find, sealed, word
from victims.tasks import match_links

pytestmark = [pytest.mark.django_db(databases=["default", "owner"]), pytest.mark.slow]
BYTES = re.compile(r"\\x((?:[0-9a-f]{2})+)")
BASE64 = re.compile(r"[A-Za-z0-9+/]{16,}={0,2}")


def in_database(cursor: Any) -> tuple[set[tuple[str, str, str]], int]:
    """Return (table, column, canary) for every sealed canary in any column of any table, and how many rows were read."""
    found, rows = set(), 0
    cursor.execute(LEAF_TABLES)
    for (table,) in cursor.fetchall():
        cursor.execute(f"select to_jsonb(t)::text from {table} t")
        for (row,) in cursor.fetchall():
            rows += 1
            if sealed(find(readable(row))):
                found |= _columns(cursor, table, row)
    return found, rows


def readable(text: str) -> str:
    """Return a text with its bytes decoded beside it."""
    return text + " ".join(bytes.fromhex(one).decode("latin-1") for one in BYTES.findall(text))


def _columns(cursor: Any, table: str, row: str) -> set[tuple[str, str, str]]:
    cursor.execute("select key, value::text from jsonb_each(%s::jsonb)", [row])
    return {(table, key, one) for key, value in cursor.fetchall() for one in sealed(find(readable(value)))}


def test_no_column_of_any_table_holds_it_in_plain_text(planted: Planted, owner: Any) -> None:
    found, rows = in_database(owner)
    assert found == set()
    assert rows >= 500


def test_it_would_be_found_in_a_column(planted: Planted, owner: Any) -> None:
    """As text, inside JSON, and as bytes that were never sealed."""
    owner.execute("create table canary_kept (note text, said jsonb, raw bytea)")
    owner.execute("insert into canary_kept values (%s, '{}', '')", [f"Spoke to {word('surname', 'a')}"])
    owner.execute("insert into canary_kept values ('', jsonb_build_object('to', %s::text), '')", [word("email", "b")])
    owner.execute("insert into canary_kept values ('', '{}', %s)", [word("notes", "k").encode()])
    expected = {("note", "surname a"), ("said", "email b"), ("raw", "notes k")}
    assert in_database(owner)[0] == {("canary_kept", column, canary) for column, canary in expected}


def test_every_sealed_field_has_its_canary(planted: Planted, owner: Any) -> None:
    """A sealed field that nobody fills here could leak unseen."""
    empty = []
    for model in _models():
        for field in model._meta.concrete_fields:
            if isinstance(field, SealedField):
                owner.execute(f'select max(length("{field.column}")) from "{model._meta.db_table}"')
                if not owner.fetchone()[0]:
                    empty.append(f"{model.__name__}.{field.name}")
    assert empty == []


def _models() -> list[Any]:
    return [model for model in apps.get_app_config("victims").get_models() if not hasattr(model, "pgh_tracked_model")]


def test_redis_holds_nothing_of_it(planted: Planted) -> None:
    match_links.delay(52)
    store = redis.Redis.from_url(settings.REDIS_URL)
    found, keys = [], 0
    for key in store.scan_iter(count=1_000):
        keys += 1
        if canaries := find(decoded(f"{key!r} {_value(store, key)!r}")):
            found.append((key, canaries))
    assert found == []
    assert keys


def decoded(text: str) -> str:
    """Return a text with what is base64 in it decoded beside it: the broker's messages are."""
    return text + " ".join(base64.b64decode(one + "=" * (-len(one) % 4)).decode("latin-1") for one in BASE64.findall(text))


def _value(store: Any, key: bytes) -> object:
    read = {
        b"string": lambda: store.get(key),
        b"list": lambda: store.lrange(key, 0, -1),
        b"hash": lambda: store.hgetall(key),
        b"set": lambda: store.smembers(key),
        b"zset": lambda: store.zrange(key, 0, -1),
    }
    return read[store.type(key)]()


def test_messages_to_the_worker_hold_nothing_of_it(planted: Planted) -> None:
    """Everything that was rung for while the canaries were planted: name of the task, arguments, headers."""
    assert {text.split(" ")[0] for text in planted.published} >= {"victims.match_links"}
    assert [text for text in planted.published if find(text)] == []
    assert find(decoded(base64.b64encode(word("surname", "a").encode() * 3).decode())) == {"surname a"}


def test_sessions_and_their_messages_hold_nothing_of_it(planted: Planted) -> None:
    for who in ("investigator", "supervisor", "isva"):
        planted.house.browser(who).post("/victims/find/", {"surname": word("surname", "a"), "forenames": word("forenames", "a")})
    rows = [row.get_decoded() for row in Session.objects.all()]
    assert len(rows) >= 3
    assert find(str(rows)) == set()


def test_email_holds_nothing_of_it(planted: Planted, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every notice and every reminder that the planted cases make is sent as e-mail."""
    monkeypatch.setattr(sending, "is_quiet", lambda now: False)
    sweep.plan_reminders()
    reminders.hand_over_waiting()
    with scope(system(0)):
        kinds = set(Notice.objects.values_list("subject", flat=True))
        Notice.objects.update(channel="email", send_after=clock.now(), sent_at=None, read_at=None)
    assert sending.send_due() >= 3
    assert len(kinds) >= 4
    assert [one for message in mail.outbox if (one := find(message.message().as_string() + str(message.to)))] == []


def test_lists_on_the_command_line_hold_nothing_of_it(planted: Planted, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["overdue_contacts", "--csv"], ["overdue_contacts"], ["overdue_arrests", "--csv"], ["overdue_arrests"]):
        call_command(*arguments)
    printed = capsys.readouterr()
    assert "52/" in printed.out or "No contact" in printed.out
    assert sealed(find(printed.out + printed.err)) == set()
