"""The project's own Valkey: behind a password, on a port that was free."""

import socket
from pathlib import Path

import pytest
import redis

from rasso.launcher import valkey
from rasso.launcher.process import Children
from rasso.launcher.valkey import Valkey

PASSWORD = "made-up-for-this-test"


def test_answers_only_with_the_password(room: Path, children: Children) -> None:
    """The address works; without the password nothing does; the password is on no command line."""
    url = Valkey(room / "valkey", room / "logs", PASSWORD).start(children)
    with redis.Redis.from_url(url) as client:
        client.set("word", "kept")
        assert client.get("word") == b"kept"
        assert client.config_get("save") == {"save": ""}
        assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
    with redis.Redis.from_url(url.replace(f":{PASSWORD}@", "")) as stranger, pytest.raises(redis.AuthenticationError):
        stranger.get("word")
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            assert PASSWORD.encode() not in line.read_bytes()
        except OSError:
            continue


def test_port_taken_meanwhile(room: Path, children: Children, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody takes the port between the look and the start: the next one is used."""
    with socket.socket() as somebody:
        somebody.bind(("127.0.0.1", 0))
        somebody.listen()
        taken = somebody.getsockname()[1]
        ports = iter([taken, valkey.free_port()])
        monkeypatch.setattr(valkey, "free_port", lambda: next(ports))
        url = Valkey(room / "valkey", room / "logs", PASSWORD).start(children)
    assert f":{taken}/" not in url
    with redis.Redis.from_url(url) as client:
        assert client.ping()
