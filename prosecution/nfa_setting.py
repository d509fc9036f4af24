"""Who looks at no further action a second time: the setting of each force (RASSO_NFA_CHECK). Pure.

`[GK]`: many forces ask an inspector for rape, no national rule was found (docs: domain facts, section 4). An entry without a number is
everybody's; "52=sergeant" is that of agency 52; "none" records no further action at once, as before.
"""

from functools import lru_cache
from typing import Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from accounts.models import User
from accounts.roles import Grade, at_least

NFA_CODES: Final = frozenset({10, 13, 14, 15, 16, 17, 18, 21})
"""Home Office outcomes by which the police take no further action. 9 is the CPS's; 20 goes to another body."""
AT_ONCE: Final = "none"
RANKS: Final = (
    Grade.SERGEANT,
    Grade.INSPECTOR,
    Grade.CHIEF_INSPECTOR,
    Grade.SUPERINTENDENT,
    Grade.ASSISTANT_CHIEF_CONSTABLE,
)


def grade_of(force_id: int) -> Grade | None:
    """Return the lowest rank that confirms no further action in a force; None where no second person is asked."""
    ranks = _parsed(tuple(settings.NFA_CHECK))
    return ranks.get(force_id, ranks[None])


def codes_of(force_id: int) -> frozenset[int]:
    """Return the outcomes that a second person looks at first in a force."""
    return NFA_CODES if grade_of(force_id) is not None else frozenset()


def may_check(person: User) -> bool:
    """Say whether somebody's rank is enough for her or his own force."""
    wanted = grade_of(person.agency_id)
    return wanted is not None and at_least(person.grade, wanted)


def check_setting() -> None:
    """Raise ImproperlyConfigured for a setting that says nothing. Called once when the service starts."""
    _parsed(tuple(settings.NFA_CHECK))


@lru_cache(maxsize=8)
def _parsed(entries: tuple[str, ...]) -> dict[int | None, Grade | None]:
    ranks: dict[int | None, Grade | None] = {None: Grade.INSPECTOR}
    for entry in entries:
        number, _, rank = entry.rpartition("=")
        if rank != AT_ONCE and rank not in RANKS:
            raise ImproperlyConfigured(f"RASSO_NFA_CHECK: {rank!r} is no rank. Write {AT_ONCE} or one of {', '.join(RANKS)}.")
        if number and not number.isdecimal():
            raise ImproperlyConfigured(f"RASSO_NFA_CHECK: {number!r} is not the number of an agency.")
        ranks[int(number) if number else None] = None if rank == AT_ONCE else Grade(rank)
    return ranks
