"""What somebody lacks to investigate rape and serious sexual offences: said beside the name before and after allocation.

It stops nothing (domain.md section 9): forces short of specialists allocate all the same, and the record shows it.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from uuid import UUID

from accounts.models import Accreditation
from cases.models import CaseRole

INVESTIGATIVE_ROLES = frozenset({CaseRole.OFFICER, CaseRole.SECOND_OFFICER})
"""The roles that ask for it."""
SPECIALISTS = (Accreditation.Kind.RISDP, Accreditation.Kind.SSAIDP, Accreditation.Kind.RASSO)


class Lack(StrEnum):
    """What is missing, in words beside a name."""

    TRAINING = "still in training for rape investigation"
    RUN_OUT = "accreditation for rape investigation has run out"
    NONE = "no accreditation for rape investigation on record"


SENTENCES: dict[Lack, str] = {
    Lack.TRAINING: "{} is still in training for rape investigation.",
    Lack.RUN_OUT: "The accreditation of {} for rape investigation has run out.",
    Lack.NONE: "{} has no accreditation for rape investigation on record.",
}


def lacking(keys: Iterable[UUID], today: date) -> dict[UUID, Lack]:
    """Return what each of these people lacks on a London day; whoever lacks nothing is left out. One query."""
    wanted = list(keys)
    held: dict[UUID, list[Accreditation]] = {}
    for row in Accreditation.objects.filter(user__in=wanted, kind__in=SPECIALISTS):
        held.setdefault(row.user_id, []).append(row)
    found = {key: _lack(held.get(key, []), today) for key in wanted}
    return {key: lack for key, lack in found.items() if lack is not None}


def _lack(rows: list[Accreditation], today: date) -> Lack | None:
    if any(not row.in_training and (row.expires_on is None or row.expires_on >= today) for row in rows):
        return None
    if any(row.in_training for row in rows):
        return Lack.TRAINING
    return Lack.RUN_OUT if rows else Lack.NONE
