"""What is counted of a request for early advice: how often asked and returned, how long each step took, how old it is. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from prosecution.models import EarlyAdvice, RefusalChallenge, Submission, Triage


class Step(StrEnum):
    """The steps of a request whose time is counted, each with the side it is with."""

    PREPARING = "Being prepared (police)"
    TRIAGE = "Waiting for triage (CPS)"
    RETURNED = "Returned (police)"
    REFUSED = "Refused (police may challenge)"
    CHALLENGED = "Challenge waiting for an answer (CPS)"
    ADVISING = "With a prosecutor (CPS)"


AFTER_TRIAGE = {Triage.ACCEPTED: Step.ADVISING, Triage.RETURNED: Step.RETURNED, Triage.REFUSED: Step.REFUSED}
Begun = tuple[datetime, Step]


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures kept of one request. `age` counts from the first time it was sent, and no return stops it."""

    asked: int
    returned: int
    compliant_at_first: bool | None
    refused_at_first: bool
    age: str
    steps: list[tuple[str, str]]


def figures(row: EarlyAdvice, submissions: list[Submission], challenges: Iterable[RefusalChallenge], now: datetime) -> Figures:
    """Return the figures of a request from its sendings (oldest first) and challenges, as they stand at a moment."""
    until = row.ended_at or now
    first = submissions[0] if submissions else None
    refused = first is not None and first.triage == Triage.REFUSED
    return Figures(
        asked=len(submissions),
        returned=sum(one.triage == Triage.RETURNED for one in submissions),
        compliant_at_first=first.triage == Triage.ACCEPTED if first and first.triage and not refused else None,
        refused_at_first=refused,
        age=in_days(until - row.first_submitted_at) if row.first_submitted_at else "",
        steps=[(str(step), in_days(spent)) for step, spent in _spent(row, submissions, challenges, until).items()],
    )


def in_days(spent: timedelta) -> str:
    """Return a length in whole days gone by, as people read it."""
    if spent < timedelta(days=1):
        return "under a day"
    return "1 day" if spent.days == 1 else f"{spent.days} days"


def _spent(
    row: EarlyAdvice, submissions: Iterable[Submission], challenges: Iterable[RefusalChallenge], until: datetime
) -> dict[Step, timedelta]:
    """Return how long the request stood at each step, all its times there together."""
    begun = sorted(_begun(row, submissions, challenges), key=lambda one: one[0])
    ends = [at for at, _ in begun[1:]] + [until]
    found: dict[Step, timedelta] = {}
    for (at, step), end in zip(begun, ends, strict=True):
        found[step] = found.get(step, timedelta()) + max(min(end, until) - at, timedelta())
    return found


def _begun(row: EarlyAdvice, submissions: Iterable[Submission], challenges: Iterable[RefusalChallenge]) -> list[Begun]:
    found: list[Begun] = [(row.created_at, Step.PREPARING)]
    for one in submissions:
        found.append((one.at, Step.TRIAGE))
        after = AFTER_TRIAGE.get(Triage(one.triage)) if one.triage else None
        if one.triaged_at is not None and after is not None:
            found.append((one.triaged_at, after))
    for challenge in challenges:
        found.append((challenge.at, Step.CHALLENGED))
        if challenge.answered_at is not None:
            found.append((challenge.answered_at, Step.ADVISING if challenge.accepted else Step.REFUSED))
    return found
