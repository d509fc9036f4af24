"""Health: whether the process lives, and whether it may be sent work. Outsiders learn yes or no; the log says why."""

import logging
from collections.abc import Callable

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, HttpResponse
from redis.exceptions import RedisError

from accounts.access import open_page
from audit import services as audit
from core.calendar import england_and_wales
from core.clock import today
from core.roles import unsafe_rights
from notifications.pulse import reminders_are_alive, scheduler_is_alive

log = logging.getLogger("rasso.health")


def database_login_is_safe() -> bool:
    """Say whether the application's login is bound by row-level security, as bootstrap_roles leaves it."""
    return not unsafe_rights(connection)


def migrations_are_applied() -> bool:
    """Say whether the database has every migration that this code has."""
    loader = MigrationLoader(connection)
    return all(node in loader.applied_migrations for node in loader.graph.nodes)


def redis_answers() -> bool:
    """Say whether Redis (broker, rate limits of sign-in) can be reached."""
    try:
        cache.get("rasso.ready")
    except RedisError:
        return False
    return True


NEEDED: dict[str, Callable[[], bool]] = {
    "the database login is bound by row-level security": database_login_is_safe,
    "every migration is applied": migrations_are_applied,
    "Redis can be reached": redis_answers,
}
WISHED: dict[str, Callable[[], bool]] = {
    "the access log's default partition is empty": audit.default_partition_is_empty,
    "the scheduler and a worker have shown a sign of life in the last 5 minutes": scheduler_is_alive,
    "reminders were planned and handed over to the end in the last 5 minutes": reminders_are_alive,
    "bank holidays are known for the next 120 days": lambda: not england_and_wales().warning_due(today()),
}


def failing(checks: dict[str, Callable[[], bool]]) -> list[str]:
    """Return the checks that do not hold. A database that does not answer fails the check that asked it."""
    found = []
    for words, check in checks.items():
        try:
            holds = check()
        except DatabaseError:
            holds = False
        if not holds:
            found.append(words)
    return found


@open_page()
def live(request: HttpRequest) -> HttpResponse:
    """Say that this process answers."""
    return HttpResponse("live\n", content_type="text/plain")


@open_page()
def ready(request: HttpRequest) -> HttpResponse:
    """Say whether work may be sent here. A warning alone does not say no."""
    missing = failing(NEEDED)
    for words in missing:
        log.error("not ready: it does not hold that %s", words)
    for words in failing(WISHED):
        log.warning("attention: it does not hold that %s", words)
    return HttpResponse("not ready\n" if missing else "ready\n", status=503 if missing else 200, content_type="text/plain")
