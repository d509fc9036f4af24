"""Whether a notice's case still concerns its reader, asked of the floor above: cases register their answer in AppConfig.ready()."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from accounts.models import User


@dataclass(frozen=True, slots=True)
class CaseSeen:
    """A case that the reader sees: how it is called, and which force it belongs to."""

    reference: str
    force_id: int


Look = Callable[[User, Collection[UUID]], Mapping[UUID, CaseSeen]]
Bar = Callable[[User, UUID], bool]
_looks: list[Look] = []
_bars: list[Bar] = []


def register(look: Look) -> None:
    """Set who answers: one query, whatever the number of cases. Again replaces."""
    _looks[:] = [look]


def cases_seen(user: User, case_ids: Collection[UUID]) -> Mapping[UUID, CaseSeen]:
    """Return those of the cases that the person sees now; nothing without asking where there are none to look for."""
    return _looks[0](user, case_ids) if _looks and case_ids else {}


def register_bar(bar: Bar) -> None:
    """Set who says whether somebody may never hear of a case. Again replaces."""
    _bars[:] = [bar]


def barred(user: User, case_id: UUID | None) -> bool:
    """Say whether a person may never hear of a case, not even that there is something to tell."""
    return case_id is not None and bool(_bars) and _bars[0](user, case_id)
