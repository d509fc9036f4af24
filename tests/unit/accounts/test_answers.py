"""Every exception that leaves a view has its page, or is a fault."""

from datetime import UTC, datetime

import psycopg
import pytest
from django.db import DataError, IntegrityError, OperationalError, ProgrammingError
from django.db import Error as DatabaseError
from redis.exceptions import ConnectionError as RedisConnectionError

from accounts.answers import answer_to
from core.exceptions import Change, Conflict, NotAllowed, NotPossible


def wrapped(error: DatabaseError, cause: Exception) -> DatabaseError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("exception", "status"),
    [
        (NotAllowed("no"), 403),
        (NotPossible("no"), 400),
        (Conflict(Change("DC X", "risk", datetime(2026, 11, 22, tzinfo=UTC))), 409),
        (wrapped(ProgrammingError("x"), psycopg.errors.InsufficientPrivilege("x")), 404),
        (wrapped(OperationalError("x"), psycopg.errors.QueryCanceled("x")), 503),
        (wrapped(OperationalError("x"), psycopg.errors.LockNotAvailable("x")), 503),
        (OperationalError("the connection is closed"), 503),
        (DataError("out of range"), 400),
        (RedisConnectionError("x"), 503),
    ],
)
def test_refusals_and_failures_have_a_page(exception: Exception, status: int) -> None:
    answer = answer_to(exception)
    assert answer is not None
    assert answer.status == status


@pytest.mark.parametrize(
    "exception", [ValueError("x"), IntegrityError("x"), wrapped(ProgrammingError("x"), psycopg.errors.UndefinedTable("x"))]
)
def test_anything_else_is_a_fault(exception: Exception) -> None:
    assert answer_to(exception) is None
