"""Who took part in what is reviewed, and so does not review it. Pure; who did what is read by prosecution/selectors_part.py."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final


class Part(StrEnum):
    """What somebody did in a case. Each one of them keeps her or him from reviewing a decision in it."""

    ROLE = "has or had a role on the case"
    DECIDED = "recorded or published the decision"
    PROPOSED = "proposed the decision"
    CHECKED = "made the second check"
    SUPERVISED = "supervised or directed the investigation"
    SPOKE = "spoke with the victim about ending support"
    ADVISED = "triaged, advised or asked for more evidence"


BARS: Final = frozenset(Part)
"""Every part bars: the reviewer took none."""


def took_part(parts: Iterable[Part]) -> bool:
    """Say whether anything that somebody did keeps her or him from reviewing."""
    return not BARS.isdisjoint(parts)


def may_review(person_unit_reviews: bool, same_agency: bool, parts: Iterable[Part]) -> bool:
    """Say whether somebody may review: of the review unit of the side that decided, and took no part."""
    return person_unit_reviews and same_agency and not took_part(parts)
