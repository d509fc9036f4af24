"""What stands around the list of overdue arrests: how many, by what, who is held up, what stopped clocks lately."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from cases.derive.states import Risk
from cases.models import DelayReason, SituationKind
from reports.arrests import (
    ARRESTED,
    DECIDED,
    INTERVIEWED,
    NO_REASON,
    Filter,
    Reach,
    closed_lately,
    held_up,
    late,
    named_without_suspect,
    stopped_lately,
)
from reports.seen import Seen

NO_REASON_GIVEN = "No reason given"
NOT_NAMED = "Event not named"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a total: what is counted, the filter's value for it, how many; beneath it, the parts it is made of."""

    words: str
    value: str
    count: int
    parts: tuple["Line", ...] = ()


@dataclass(frozen=True, slots=True)
class HeldUp:
    """Suspects held up by one situation: how many there are, and for how many the first due date has passed."""

    kind: str
    words: str
    count: int
    past: int


@dataclass(frozen=True, slots=True)
class Totals:
    """What stands around the list, all of it after the reader's filter; `units` and `officers` are what can be chosen."""

    overdue: int
    by_reason: tuple[Line, ...]
    by_unit: tuple[Line, ...]
    by_risk: tuple[Line, ...]
    held_up: tuple[HeldUp, ...]
    arrested: int
    interviewed: int
    decided: int
    closed: int
    named_without_suspect: int
    units: tuple[tuple[str, str], ...]
    officers: tuple[tuple[str, str], ...]


GROUP = ("unit_id", "unit", "risk", "officer_id", "officer", "reason", "event")


@dataclass(frozen=True, slots=True)
class Group:
    """How many clocks share all that the totals and the choices of the filter are made of."""

    unit_id: str
    unit: str
    risk: str
    officer_id: str
    officer: str
    reason: str
    event: str
    count: int

    def within(self, chosen: Filter) -> bool:
        """Say whether the reader's filter lets it through."""
        wanted = (chosen.unit, chosen.officer, chosen.risk, chosen.reason)
        found = (self.unit_id, self.officer_id, self.risk, self.reason or NO_REASON)
        return all(want in {"", value} for want, value in zip(wanted, found, strict=True))


def _groups(clocks: QuerySet[Any]) -> list[Group]:
    counted = clocks.order_by().values(*GROUP).annotate(count=Count("pk"))
    return [Group(count=found["count"], **{name: "" if found[name] is None else str(found[name]) for name in GROUP}) for found in counted]


def totals_of(reach: Reach, seen: Seen, chosen: Filter) -> Totals:
    """Return the totals: five queries, whatever the number of clocks."""
    everything = _groups(late(reach, seen))
    groups = [group for group in everything if group.within(chosen)]
    stopped = _stopped(reach, seen, chosen)
    return Totals(
        overdue=sum(group.count for group in groups),
        by_reason=_by_reason(groups),
        by_unit=_lines((group.unit or "No unit", group.unit_id, group.count) for group in groups),
        by_risk=_by_risk(groups),
        held_up=_held_up(reach, seen, chosen),
        arrested=stopped.get(ARRESTED, 0),
        interviewed=stopped.get(INTERVIEWED, 0),
        decided=stopped.get(DECIDED, 0),
        closed=chosen.on(closed_lately(reach, seen), with_reason=False).count(),
        named_without_suspect=named_without_suspect(reach).count(),
        units=_choices((group.unit_id, group.unit) for group in everything),
        officers=_officers(everything),
    )


def _stopped(reach: Reach, seen: Seen, chosen: Filter) -> dict[str, int]:
    """How many clocks stopped lately, by what stopped them. A reason for delay says nothing of a clock that has stopped."""
    stopped = chosen.on(stopped_lately(reach, seen), with_reason=False)
    return dict(stopped.order_by().values_list("how").annotate(count=Count("pk")))


def _lines(counted: Iterable[tuple[str, str, int]]) -> tuple[Line, ...]:
    """Add up by words and value, the most first."""
    sums: Counter[tuple[str, str]] = Counter()
    for words, value, count in counted:
        sums[words, value] += count
    return tuple(Line(words, value, count) for (words, value), count in sorted(sums.items(), key=lambda item: (-item[1], item[0])))


def _by_reason(groups: list[Group]) -> tuple[Line, ...]:
    """Reasons, the most first, abstraction divided by the event that took the officers."""
    found = []
    for line in _lines((_reason_in_words(group.reason), group.reason or NO_REASON, group.count) for group in groups):
        events: tuple[Line, ...] = ()
        if line.value == DelayReason.ABSTRACTION:
            events = _lines((group.event or NOT_NAMED, "", group.count) for group in groups if group.reason == DelayReason.ABSTRACTION)
        found.append(Line(line.words, line.value, line.count, events))
    return tuple(found)


def _reason_in_words(reason: str) -> str:
    return str(DelayReason(reason).label) if reason else NO_REASON_GIVEN


def _by_risk(groups: list[Group]) -> tuple[Line, ...]:
    """All risks, the highest first, also those that count nothing."""
    sums: Counter[str] = Counter()
    for group in groups:
        sums[group.risk] += group.count
    return tuple(Line(str(risk.label), risk.value, sums[risk.value]) for risk in (Risk.HIGH, Risk.MEDIUM, Risk.STANDARD))


def _held_up(reach: Reach, seen: Seen, chosen: Filter) -> tuple[HeldUp, ...]:
    """The situations, each with how many it holds up and for how many of them the first due date has passed."""
    past = Count("pk", filter=Q(first_due_at__lte=seen.at))
    counted = chosen.on(held_up(reach, seen)).order_by().values_list("situation").annotate(count=Count("pk"), past=past)
    found = {kind: (count, past) for kind, count, past in counted}
    return tuple(HeldUp(kind.value, str(kind.label), *found.get(kind.value, (0, 0))) for kind in SituationKind)


def _choices(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return distinct values and words in the order of the words, what has no value left out."""
    return tuple(sorted({pair for pair in pairs if pair[0]}, key=lambda pair: (pair[1].casefold(), pair[0])))


def _officers(groups: Iterable[Group]) -> tuple[tuple[str, str], ...]:
    """Return the officers as choices. Those of one name are told apart by the units of their cases."""
    groups = list(groups)
    keys: dict[str, set[str]] = {}
    for group in groups:
        keys.setdefault(group.officer, set()).add(group.officer_id)
    units: dict[str, set[str]] = {}
    for group in groups:
        units.setdefault(group.officer_id, set()).add(group.unit or "No unit")
    return _choices(
        (
            group.officer_id,
            group.officer if len(keys[group.officer]) == 1 else f"{group.officer} ({', '.join(sorted(units[group.officer_id]))})",
        )
        for group in groups
    )
