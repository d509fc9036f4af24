"""When things happen between police and CPS in the demonstration, and to which row. Numbers are days before now."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import wraps
from typing import Any

from cases.demonstration import Step, Told, at_time
from core import clock
from core.scope import scope, system

PROSECUTOR, OTHER, MANAGER, SERGEANT, INSPECTOR = "prosecutor", "prosecutor2", "cps-manager", "sergeant", "supervisor"


def at(days: float, what: Callable[[Told], object]) -> Step:
    """Return a step that happens, and is written down, so many days ago."""

    @wraps(what)
    def step(told: Told) -> None:
        with at_time(told, days):
            what(told)

    return step


def latest(told: Told, model: type[Any], **which: Any) -> Any:
    """Return the latest row of a table of the case."""
    with scope(system(told.case.force_id)):
        return model.objects.filter(case=told.case, **which).latest("created_at")


def happens(days: float, step: Step) -> Step:
    """Let another step happen, and be written down, so many days ago."""
    return at(days, step)


def day(days: int) -> date:
    return clock.today() + timedelta(days=days)


def signer(told: Told) -> str:
    """Return who signs off what the officer drafted: the sergeant of the own unit, or the inspector."""
    return SERGEANT if told.lead == "investigator" else INSPECTOR
