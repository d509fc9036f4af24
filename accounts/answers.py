"""What a refusal or a failure looks like on the screen: one place, so that the same thing always looks the same."""

from dataclasses import dataclass, field
from typing import Any

from django.db import DataError, Error, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from redis.exceptions import RedisError

from core.exceptions import Conflict, NotAllowed, NotPossible

INSUFFICIENT_PRIVILEGE = "42501"


@dataclass(frozen=True, slots=True)
class Answer:
    """A page that says why there is no other."""

    status: int
    template: str
    context: dict[str, Any] = field(default_factory=dict)

    def render(self, request: HttpRequest) -> HttpResponse:
        """Return the page."""
        return render(request, self.template, self.context, status=self.status)


NOT_FOUND = Answer(404, "404.html")
UNAVAILABLE = Answer(503, "503.html")
SIGN_IN_UNAVAILABLE = Answer(503, "account/unavailable.html")
UNREADABLE = Answer(400, "400.html")


def answer_to(exception: BaseException) -> Answer | None:
    """Return the page for an exception that left a view, or None when it is a fault."""
    match exception:
        case NotAllowed():
            return Answer(403, "403.html", {"exception": exception.reason})
        case Conflict():
            return Answer(409, "409.html", {"change": exception.change})
        case NotPossible():
            return Answer(400, "not_possible.html", {"reason": exception.reason})
        case RedisError():
            return SIGN_IN_UNAVAILABLE
        case Error():
            return answer_to_database_error(exception)
    return None


def answer_to_database_error(error: Error) -> Answer | None:
    """Return the page for what the database said: outside the scope, too slow or not there, or a value it cannot hold."""
    if sqlstate(error) == INSUFFICIENT_PRIVILEGE:
        return NOT_FOUND
    if isinstance(error, OperationalError):
        return UNAVAILABLE
    return UNREADABLE if isinstance(error, DataError) else None


def sqlstate(error: BaseException) -> str | None:
    """Return PostgreSQL's code for an error that Django has wrapped."""
    code = getattr(error.__cause__, "sqlstate", None)
    return code if isinstance(code, str) else None


def not_found(request: HttpRequest) -> HttpResponse:
    """Return the one 404 page there is."""
    return NOT_FOUND.render(request)
