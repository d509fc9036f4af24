"""What stands in the way of closing a case, and of its leaving those who work on it: reasons that apps above know and this one cannot.

An app above registers a function in AppConfig.ready(). The importer asks none of them: it records what happened.
"""

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from cases import models as m
from cases.derive.states import SETTLED, Status
from core.exceptions import NotPossible

Reasons = Callable[[m.Case, Iterable[UUID]], Sequence[str]]
"""Case and the complainants whose crimes are closed → the reasons against it, in words for the person who closes."""
Asked = Callable[[m.Case], Sequence[str]]
"""Case → what is asked in it of somebody who would see it no longer, in words."""
_closing: dict[str, Reasons] = {}
_leaving: dict[str, Asked] = {}


def register(name: str, reasons: Reasons) -> None:
    """Add reasons against an outcome that takes no further action. The same name again replaces."""
    _closing[name] = reasons


def check(case: m.Case, code: int, complainants: Iterable[UUID]) -> None:
    """Raise NotPossible, beside the outcome, where a reason stands against taking no further action, whatever code says so."""
    if SETTLED.get(code) != Status.NO_FURTHER_ACTION:
        return
    for reasons in _closing.values():
        for reason in reasons(case, complainants):
            raise NotPossible(reason, field="code")


def register_leaving(name: str, asked: Asked) -> None:
    """Add reasons against taking a case away from whoever was asked for something. The same name again replaces."""
    _leaving[name] = asked


def check_leaving(case: m.Case) -> None:
    """Raise NotPossible while something is asked that nobody could answer once the case is taken back, handed over or put aside."""
    for asked in _leaving.values():
        for reason in asked(case):
            raise NotPossible(reason)
