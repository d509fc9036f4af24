"""What web and worker look at before they serve, in production only: things that only a connection can tell."""

import sys
import time
from typing import Any

from django.conf import settings
from django.core.checks import Error
from django.db import OperationalError, connections

from rasso.checks import database_is_safe

PATIENCE = 60
PAUSE = 2


def refuse_if_unsafe(**_: Any) -> None:
    """End the process, naming the thing, when the database login or the sign-ins in it are unsafe.

    Does nothing unless the settings say REFUSE_IF_UNSAFE (production). Raises SystemExit and not an ordinary error,
    because Celery logs the errors of its signal's receivers and goes on.
    """
    if not getattr(settings, "REFUSE_IF_UNSAFE", False):
        return
    problems = [] if not settings.DEBUG else ["DEBUG is on."]
    problems += [str(problem.msg) for problem in _look()]
    if problems:
        sys.stderr.write("".join(f"refusing to start: {problem}\n" for problem in problems))
        raise SystemExit(78)


def _look() -> list[Error]:
    """Look at the database, waiting a while for one that is not there yet."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return database_is_safe("default")
        except OperationalError:
            if time.monotonic() > until:
                sys.stderr.write("refusing to start: the database of DATABASE_URL cannot be reached.\n")
                raise SystemExit(78) from None
            time.sleep(PAUSE)
        finally:
            connections["default"].close()
