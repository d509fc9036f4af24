"""What a sealed attribute holds before anybody opens it, and the gate that must stand open to do so."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

_reason: ContextVar[str] = ContextVar("rasso_opening", default="")


class NotOpened(RuntimeError):
    """Sealed values are read inside `opening(reason)` only, by a service that has logged the consultation."""


@contextmanager
def opening(reason: str) -> Iterator[None]:
    """Let the block read sealed values. An inner block's reason holds until its end, then the outer one's again.

    The gate is this thread's (or task's) alone and is shut on every way out. What was opened stays readable on its
    instance. Raises ValueError without a reason.
    """
    if not reason.strip():
        raise ValueError("opening needs a reason")
    token = _reason.set(reason)
    try:
        yield
    finally:
        _reason.reset(token)


def opening_reason() -> str:
    """Return the reason that the running code reads sealed values for, "" when the gate is shut."""
    return _reason.get()


class _Closed:
    """The type of CLOSED."""


CLOSED: Final = _Closed()
"""Stands where a value would, of a sealed value that was not opened yet."""


class Sealed:
    """One value that shows nothing: sealed bytes, the row they are bound to, and the value once it was opened or assigned.

    Without bytes the value was assigned and is not sealed yet. Copied, it is itself; pickled, it keeps its bytes alone,
    and one that has none yet is refused, so that no cache or message ever carries what is inside.
    """

    __slots__ = ("bound", "raw", "value")

    def __init__(self, raw: bytes | None, *, bound: object = None, value: Any = CLOSED) -> None:
        self.raw = raw
        self.bound = bound
        self.value = value

    def __repr__(self) -> str:
        return "<sealed>"

    def __str__(self) -> str:
        return "sealed"

    def __copy__(self) -> "Sealed":
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> "Sealed":
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        if self.raw is None:
            raise TypeError("a value that is not sealed yet cannot be pickled")
        return _restored, (self.raw, self.bound)


def _restored(raw: bytes, bound: object) -> Sealed:
    return Sealed(raw, bound=bound)
