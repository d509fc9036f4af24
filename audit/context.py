"""Who is acting, and in which request: set once at the edge, read wherever something is recorded."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

SYSTEM_ROLE = "system"


@dataclass(frozen=True, slots=True)
class Context:
    """A person in a request, or the system with its reason (then there is no `actor_id` and no `actor_agency_id`)."""

    actor_id: UUID | None
    actor_name: str
    actor_agency_id: int | None
    actor_role: str
    route: str = ""
    request_id: UUID = field(default_factory=uuid4)
    session_hash: str = ""
    shown: list[tuple[list[int], list[Any]]] = field(default_factory=list, compare=False)
    """What the answer shows of cases so far: written again when the answer is a refusal and its transaction is undone."""

    @property
    def is_system(self) -> bool:
        """Whether no person is behind this."""
        return self.actor_id is None


class AnonymousAct(RuntimeError):
    """Something was to be recorded with neither a person nor a system reason behind it: a mistake in the caller."""


_current: ContextVar[Context | None] = ContextVar("rasso_audit_context", default=None)


def current() -> Context | None:
    """Return who is acting, or None outside any request, command or task."""
    return _current.get()


def required() -> Context:
    """Return who is acting. Raises AnonymousAct when nobody is."""
    context = _current.get()
    if context is None:
        raise AnonymousAct("neither a person nor a system reason is acting: see audit.context")
    return context


@contextmanager
def acting(context: Context | None) -> Iterator[None]:
    """Run the block with this person or system acting, then restore whoever acted before."""
    token = _current.set(context)
    try:
        yield
    finally:
        _current.reset(token)


@contextmanager
def acting_as_system(*, reason: str) -> Iterator[None]:
    """Run a command or task: the log will say "system" and why. Raises ValueError without a reason."""
    if not reason.strip():
        raise ValueError("the system acts for a reason")
    context = Context(actor_id=None, actor_name=f"System: {reason}"[:150], actor_agency_id=None, actor_role=SYSTEM_ROLE, route=reason[:200])
    with acting(context):
        yield
