"""Patterns of looking: found each night by the system, read and reviewed by the agency's auditors.

Each is found once (agency, day, kind, person), whoever runs this and however often. The last seven days are looked at
every night, so that a night without a worker loses nothing.
"""

import logging
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404

import audit.services
from accounts.models import Agency, User
from accounts.roles import Role
from audit.acts import Act
from audit.models import AccessLog
from core import clock
from core.exceptions import Change, Conflict, NotAllowed
from core.keyset import Order, Page, page_of
from core.scope import Kind, Scope, scope, system
from reports.auditing.finding import RULES, Found, opened
from reports.auditing.own_names import own_names
from reports.models import Pattern, PatternKind

log = logging.getLogger("rasso.reports")
CATCH_UP_DAYS = 7
PAGE_SIZE = 50


def find_patterns(*, until: date | None = None) -> int:
    """Look at the last seven whole London days of every agency and keep what was not found before. Returns how many are new.

    The caller acts as the system. Each agency is a transaction of its own. A day that is not over is not looked at.
    """
    last = until or clock.today() - timedelta(days=1)
    days = [last - timedelta(days=back) for back in reversed(range(CATCH_UP_DAYS))]
    new = sum(_of_agency(agency, days) for agency in Agency.objects.order_by("pk"))
    log.info("patterns of looking sought")
    return new


def _of_agency(agency: Agency, days: list[date]) -> int:
    """Seek an agency's patterns of some days and keep them. An agency whose log is empty on those days costs one query."""
    oversight = Scope(kind=Kind.OVERSIGHT, agency_id=agency.pk)
    with transaction.atomic():
        with scope(oversight):
            since, until = clock.day_start(days[0]), clock.day_start(days[-1] + timedelta(days=1))
            if not AccessLog.objects.of_agency(agency.pk).filter(at__gte=since, at__lt=until).exists():
                return 0
        new = 0
        for day in days:
            with scope(oversight):
                found = [one for rule in RULES for one in rule(agency.pk, day)]
                people = opened(agency.pk, day)
            with scope(system(agency.pk)):
                known = _asked_before(agency, day)
            found += own_names(agency, people, known)
            new += _keep(agency, day, found)
        with scope(system(agency.pk)):
            audit.services.record(act=Act.COMBINATION, what="patterns of looking", owners=[agency.pk], row_count=new)
    return new


def _asked_before(agency: Agency, day: date) -> dict[UUID, frozenset[UUID]]:
    """Return the cases about whose names each person's auditors were told on an earlier day: an officer of a common name is asked once."""
    known: dict[UUID, frozenset[UUID]] = {}
    rows = Pattern.objects.filter(agency=agency, kind=PatternKind.OWN_NAME, day__lt=day)
    for actor_id, case_ids in rows.values_list("actor_id", "case_ids"):
        known[actor_id] = known.get(actor_id, frozenset()) | frozenset(case_ids)
    return known


def _keep(agency: Agency, day: date, found: list[Found]) -> int:
    """Write what was not written before, and return how many those were."""
    with scope(system(agency.pk)):
        standing = set(Pattern.objects.filter(agency=agency, day=day).values_list("kind", "actor_id"))
        new = [one for one in found if (one.kind, one.actor_id) not in standing]
        Pattern.objects.bulk_create([_row(agency, day, one) for one in new], ignore_conflicts=True)
        return len(new)


def _row(agency: Agency, day: date, one: Found) -> Pattern:
    return Pattern(
        agency=agency,
        day=day,
        kind=one.kind,
        actor_id=one.actor_id,
        actor_name=one.actor_name,
        case_ids=list(one.case_ids),
        counts=one.counts,
    )


def patterns_of(auditor: User) -> QuerySet[Pattern]:
    """Return the patterns found in the log of the auditor's agency."""
    return Pattern.objects.filter(agency_id=auditor.agency_id)


def page_of_patterns(auditor: User, *, reviewed: bool, kind: str, after: str, before: str) -> Page[Any]:
    """Return one page: those nobody has looked at, oldest first, or those looked at, newest first. One query. Raises BadCursor."""
    rows: QuerySet[Any] = patterns_of(auditor).filter(reviewed_at__isnull=not reviewed)
    if kind:
        rows = rows.filter(kind=kind)
    order = Order("found_at", f"patterns {reviewed}", auditor.pk, descending=reviewed)
    return page_of(rows, order, PAGE_SIZE, after=after, before=before)


def one_pattern(auditor: User, pattern_id: UUID) -> Any:
    """Return one pattern, with the name of who reviewed it as `reviewer`. Raises Http404 for none of this agency's."""
    from django.db.models import F

    row = patterns_of(auditor).annotate(reviewer=F("reviewed_by__name")).filter(pk=pattern_id).first()
    if row is None:
        raise Http404
    return row


def review_pattern(*, actor: User, pattern_id: UUID, note: str) -> None:
    """Write down what an auditor found; it is not shown as open any more. Called in the auditor's own scope.

    Raises NotAllowed for anybody but an auditor and for a pattern of the actor's own looking, Http404 for none of the own
    agency's, and Conflict with who reviewed it first.
    """
    if actor.role != Role.AUDITOR:
        raise NotAllowed("Only an auditor can review a pattern.")
    with transaction.atomic():
        row = one_pattern(actor, pattern_id)
        if row.actor_id == actor.pk:
            raise NotAllowed("This is about what you looked at yourself. Ask another auditor to review it.")
        won = patterns_of(actor).filter(pk=pattern_id, reviewed_at__isnull=True)
        if not won.update(reviewed_at=clock.now(), reviewed_by=actor, review_note=note):
            first = one_pattern(actor, pattern_id)
            raise Conflict(Change(who=first.reviewer, what="reviewed it", at=first.reviewed_at))
        audit.services.record(act=Act.ALTERATION, what="pattern of looking reviewed", case_ids=row.case_ids)
