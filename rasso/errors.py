"""The pages for what went wrong: plain words, nothing of the request in them."""

import sys

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from redis.exceptions import RedisError

from accounts import answers


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the page was out of date and nothing was saved. The reason is for the log, not for the screen."""
    return render(request, "403_csrf.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the request could not be read."""
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that this may not be done. What the exception says is not shown: only a service's reason is written to be read."""
    return render(request, "403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Show the one 404 page there is."""
    return answers.not_found(request)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours; with 503 when the database or Redis cannot be reached."""
    if isinstance(sys.exc_info()[1], OperationalError | RedisError):
        return render(request, "503.html", status=503)
    return render(request, "500.html", status=500)
