"""Web and worker look before they serve, in production: the process ends, naming the thing."""

import pytest
from django.core.checks import Error
from django.db import OperationalError

from rasso import startup


@pytest.fixture
def production(settings: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings that refuse, and no patience."""
    settings.REFUSE_IF_UNSAFE = True  # type: ignore[attr-defined]
    settings.DEBUG = False  # type: ignore[attr-defined]
    monkeypatch.setattr(startup, "PATIENCE", 0)
    monkeypatch.setattr(startup, "PAUSE", 0)


def test_safe(production: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing found: it serves."""
    monkeypatch.setattr(startup, "database_is_safe", lambda alias: [])
    startup.refuse_if_unsafe()


def test_unsafe(production: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Something found: it ends with SystemExit, which no receiver of a signal can swallow, and says what."""
    monkeypatch.setattr(startup, "database_is_safe", lambda alias: [Error("The database login rasso_app is a superuser.", id="rasso.E001")])
    with pytest.raises(SystemExit) as ended:
        startup.refuse_if_unsafe()
    assert ended.value.code == 78
    assert "is a superuser" in capsys.readouterr().err


def test_no_database(production: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be looked at is not taken to be safe; the address is not shown."""

    def unreachable(alias: str) -> list[Error]:
        raise OperationalError("connection to db.example failed")

    monkeypatch.setattr(startup, "database_is_safe", unreachable)
    with pytest.raises(SystemExit):
        startup.refuse_if_unsafe()
    said = capsys.readouterr().err
    assert "cannot be reached" in said
    assert "db.example" not in said


def test_not_in_production(settings: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a local machine nothing is looked at."""
    monkeypatch.setattr(startup, "database_is_safe", lambda alias: pytest.fail("looked"))
    startup.refuse_if_unsafe()
