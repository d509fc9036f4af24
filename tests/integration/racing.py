"""Several people at one moment, each on a connection of her or his own: what came of it, and that exactly one was told."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection
from django.http import Http404

from core.exceptions import Conflict, NotPossible

ROUNDS = int(os.environ.get("RASSO_RACE_ROUNDS", "3"))
"""How often each race of a critical act is run: three times every day, 200 times before a release."""

Act = Callable[[], Any]


def at_once(*acts: Act) -> list[Any]:
    """Do all at one moment; return what each gave, or the refusal it was answered with. A fault of any other sort is raised."""
    together = Barrier(len(acts))

    def run(act: Act) -> Any:
        try:
            together.wait(30)
            return act()
        except (Conflict, NotPossible, Http404) as told:
            return told
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def refusals(results: list[Any]) -> list[Exception]:
    """Return what was refused."""
    return [one for one in results if isinstance(one, Exception)]


def one_was_told(results: list[Any]) -> Exception:
    """Return the refusal: there is exactly one."""
    told = refusals(results)
    assert len(told) == 1, results
    return told[0]
