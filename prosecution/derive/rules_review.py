"""The clocks of a victim's request for a review: acknowledged, and completed. Owed by whoever decided. Pure."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from cases.derive.clocks import Editions, Kind, Wanted
from cases.derive.facts import CaseFacts
from core import calendar, clock
from prosecution.derive.facts import ProsecutionFacts, ReviewAskedFact
from prosecution.derive.wanting import earliest, wanted


def review_clocks(case: CaseFacts, facts: ProsecutionFacts, editions: Editions) -> Iterator[Wanted]:
    """Yield both clocks of every request, from the day on which it was received."""
    for one in facts.reviews:
        since = clock.day_start(one.received_on)
        yield _of(one, wanted(Kind.VRR_ACKNOWLEDGE, one.id, since, editions, met=earliest(one.acknowledged_at, one.completed_at)))
        yield _lengthened(one, _of(one, _complete(one, since, editions)))


def _complete(one: ReviewAskedFact, since: datetime, editions: Editions) -> Wanted:
    variant = "expedited" if one.expedited else ""
    return wanted(Kind.VRR_COMPLETE, one.id, since, editions, variant=variant, met=one.completed_at)


def _of(one: ReviewAskedFact, clock_wanted: Wanted) -> Wanted:
    """Say about whom it is and who owes it: the side that decided."""
    return replace(clock_wanted, owes=one.side, suspect_id=one.suspect_id, complainant_id=one.complainant_id)


def _lengthened(one: ReviewAskedFact, clock_wanted: Wanted) -> Wanted:
    """A complex case is due by the day she or he was told; the first day stands beside it."""
    if one.longer_until is None or one.longer_until <= clock_wanted.due.due_on:
        return clock_wanted
    return replace(clock_wanted, due=calendar.due_by_end_of(one.longer_until), first_due=clock_wanted.due)
