"""What the police sent to the CPS and what triage made of it: returns and why, month by month, and how old requests and referrals are.

Counted is each sending of a request for early advice or of a referral by the London day on which it was sent, with what triage
has made of it by now. What was returned later than the triage target, or again for a reason that was there the first
time already, counts against the CPS (domain.md section 3). Ages are London days since the first sending, which no return stops.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from accounts.models import User
from accounts.roles import Role
from cases import models as m
from cases.derive.turn_spells import days_between
from cases.listing import is_cps
from core import clock
from prosecution.models import AdviceState, EarlyAdvice, Referral, ReferralState, ReturnReason, Submission, Triage
from prosecution.reasons import ADVICE_REASONS, RED_REASONS, REFERRAL_REASONS, REFUSAL_REASONS
from reports.abstraction import Span, month_after, month_of, month_words
from reports.arrests import Reach
from reports.returns_figures import Returns, Tally, Why
from reports.returns_small import for_who_counts
from reports.turns import NO_UNIT, figure

ADVICE, REFERRAL = "Early advice", "Referrals"
KINDS: Final = (ADVICE, REFERRAL)
RETURNED: Final = frozenset({Triage.RETURNED, Triage.RED_REJECTED})
WHY: Final[dict[tuple[str, str], tuple[str, dict[str, str]]]] = {
    (ADVICE, Triage.RETURNED): ("Why requests for early advice were returned", ADVICE_REASONS),
    (REFERRAL, Triage.RETURNED): ("Why referrals were returned", REFERRAL_REASONS),
    (REFERRAL, Triage.RED_REJECTED): ("Why red referrals were rejected", RED_REASONS),
    (ADVICE, Triage.REFUSED): ("Why early advice was refused", REFUSAL_REASONS),
}
"""What was sent and what triage made of it → the title of its reasons, and their words."""
ADVICE_ENDED: Final = (AdviceState.WITHDRAWN,)
REFERRAL_ENDED: Final = (ReferralState.WITHDRAWN, ReferralState.FINALISED)
"""Neither open nor settled: withdrawn, or finalised administratively, which is no decision."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One sending, as far as the report asks."""

    id: UUID
    case_id: UUID
    force_id: int
    kind: str
    number: int
    at: datetime
    triage: str
    late: bool
    place: str


@dataclass(slots=True)
class Seen:
    """What is gathered of the cases that the reader may count."""

    forces: set[int] = field(default_factory=set)
    cases: set[UUID] = field(default_factory=set)
    open: dict[str, list[int]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    settled: dict[str, list[int]] = field(default_factory=lambda: {kind: [] for kind in KINDS})


def returns_of(user: User, span: Span, unit: UUID | None, now: datetime) -> Returns:
    """Return the figures for one reader: four queries, whatever the number of cases."""
    cases = Reach.counted_by(user).cases.exclude(cps_area_scope=m.NOT_BROUGHT)
    cases = (cases.filter(unit=unit) if unit else cases).order_by()
    sendings = list(_sendings(cases, span, by_force=is_cps(user)))
    reasons = _reasons(cases, span)
    seen = Seen({one.force_id for one in sendings}, {one.case_id for one in sendings})
    for kind, rows in ((ADVICE, _advice(cases)), (REFERRAL, _referrals(cases))):
        _add_ages(seen, kind, rows, span, now)
    by_kind = {kind: Tally() for kind in KINDS}
    places, months = defaultdict[str, Tally](Tally), {day: Tally() for day in _months(span)}
    for one in sendings:
        before = any(again for _, again in reasons[one.id])
        for tally in (by_kind[one.kind], places[one.place], months[month_of(clock.london_day(one.at))]):
            _count(tally, one, present_before=before)
    found = Returns(
        by_kind=by_kind,
        why=_why(sendings, reasons),
        by_place=[(name, places[name]) for name in sorted(places, key=lambda name: (name == NO_UNIT, name))],
        by_month=[(month_words(day), tally) for day, tally in sorted(months.items(), reverse=True)],
        open_ages={kind: figure(days) for kind, days in seen.open.items()},
        settled_ages={kind: figure(days) for kind, days in seen.settled.items()},
        small=False,
        owners=frozenset(seen.forces),
        cases=len(seen.cases),
    )
    return for_who_counts(found) if user.role == Role.ANALYST else found


def _sendings(cases: QuerySet[m.Case], span: Span, *, by_force: bool) -> Iterator[Sent]:
    """Yield what was sent in the time. One query."""
    rows = Submission.objects.filter(case__in=cases, at__gte=span.starts_at, at__lt=span.ends_at).order_by()
    place = "case__force__name" if by_force else "case__unit__name"
    columns = ("id", "case_id", "force_id", "advice_id", "number", "at", "triage", "late", place)
    for key, case_id, force_id, advice, number, at, triage, late, name in rows.values_list(*columns):
        yield Sent(key, case_id, force_id, ADVICE if advice else REFERRAL, number, at, triage, late, name or NO_UNIT)


def _reasons(cases: QuerySet[m.Case], span: Span) -> defaultdict[UUID, list[tuple[str, bool]]]:
    """Return sending → its coded reasons, each with whether it was there the first time already. One query."""
    found: defaultdict[UUID, list[tuple[str, bool]]] = defaultdict(list)
    rows = ReturnReason.objects.filter(case__in=cases, submission__at__gte=span.starts_at, submission__at__lt=span.ends_at).order_by()
    for key, code, again in rows.values_list("submission_id", "code", "present_before"):
        found[key].append((code, again))
    return found


Age = tuple[UUID, int, datetime, datetime | None]
"""The case, its force, when it was first sent, and when it was settled (None: it is open)."""


def _advice(cases: QuerySet[m.Case]) -> Iterator[Age]:
    """Yield the requests that were sent. One refused is settled on that day, unless an inspector's challenge waits. One query."""
    refusal = Submission.objects.filter(advice=OuterRef("pk"), triage=Triage.REFUSED)
    rows = EarlyAdvice.objects.filter(case__in=cases, first_submitted_at__isnull=False).exclude(state__in=ADVICE_ENDED).order_by()
    rows = rows.annotate(refused_at=Subquery(refusal.values("triaged_at")[:1]))
    columns = ("case_id", "force_id", "first_submitted_at", "ended_at", "state", "refused_at")
    for case_id, force_id, first, ended, state, refused in rows.values_list(*columns):
        yield case_id, force_id, first, refused if state == AdviceState.REFUSED else ended


def _referrals(cases: QuerySet[m.Case]) -> Iterator[Age]:
    """Yield the referrals that were sent; one decided is settled. One query."""
    rows = Referral.objects.filter(case__in=cases, first_submitted_at__isnull=False).exclude(state__in=REFERRAL_ENDED).order_by()
    for case_id, force_id, first, ended in rows.values_list("case_id", "force_id", "first_submitted_at", "ended_at"):
        if first is not None:
            yield case_id, force_id, first, ended


def _add_ages(seen: Seen, kind: str, rows: Iterable[Age], span: Span, now: datetime) -> None:
    for case_id, force_id, first, settled in rows:
        if settled is None:
            seen.open[kind].append(days_between(first, now))
        elif span.starts_at <= settled < span.ends_at:
            seen.settled[kind].append(days_between(first, settled))
        else:
            continue
        seen.forces.add(force_id)
        seen.cases.add(case_id)


def _months(span: Span) -> Iterator[date]:
    day = span.first
    while day <= span.last:
        yield day
        day = month_after(day)


def _count(tally: Tally, one: Sent, *, present_before: bool) -> None:
    """Add one sending to a tally."""
    returned = one.triage in RETURNED
    again = returned and one.number > 1
    counted = {
        "sent": True,
        "waiting": not one.triage,
        "accepted": one.triage == Triage.ACCEPTED,
        "at_first": one.triage == Triage.ACCEPTED and one.number == 1,
        "firsts": one.number == 1 and one.triage not in {"", Triage.WITHDRAWN},
        "returned": returned,
        "red_rejected": one.triage == Triage.RED_REJECTED,
        "again": again,
        "present_before": again and present_before,
        "late": returned and one.late,
        "against": returned and (one.late or (again and present_before)),
        "refused": one.triage == Triage.REFUSED,
        "withdrawn": one.triage == Triage.WITHDRAWN,
    }
    for name, adds in counted.items():
        setattr(tally, name, getattr(tally, name) + adds)


def _why(sendings: list[Sent], reasons: dict[UUID, list[tuple[str, bool]]]) -> list[Why]:
    found = []
    for (kind, triage), (title, words) in WHY.items():
        given = [one for one in sendings if (one.kind, one.triage) == (kind, triage)]
        counted = dict.fromkeys(words, 0)
        for one in given:
            for code, _ in reasons.get(one.id, ()):
                counted[code] = counted.get(code, 0) + 1
        order = sorted((code for code in counted if counted[code]), key=lambda code: -counted[code])
        found.append(Why(title, len(given), [(words.get(code, code), counted[code]) for code in order]))
    return found
