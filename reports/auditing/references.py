"""Crime references of the cases that an auditor's own agency answers for: the one thing an auditor learns of a case.

The oversight kind reads no case table, so each look-up runs in another scope of the same agency: the system scope of a
force, or the scope of a CPS Area. Support services hold no case. Nothing but the reference is read.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from uuid import UUID

from accounts.models import Agency, User
from accounts.roles import AgencyKind
from cases import models as m
from cases.derive.clocks import Kind as ClockKind
from core.scope import Kind, Scope, scope, system

CPS_KINDS = frozenset({AgencyKind.CPS_AREA, AgencyKind.CPS_DIRECT})


@contextmanager
def cases_of(agency: Agency) -> Iterator[bool]:
    """Run the block in the scope in which the agency's own cases are read. Gives False, and no scope, when it has none."""
    if agency.kind == AgencyKind.POLICE:
        with scope(system(agency.pk)):
            yield True
    elif agency.kind in CPS_KINDS:
        with scope(Scope(kind=Kind.CPS, cps_area_id=agency.pk, agency_id=agency.pk)):
            yield True
    else:
        yield False


def references(auditor: User, case_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the reference of each of these cases that is of the auditor's agency, in one query. Others are left out."""
    wanted = set(case_ids)
    with cases_of(auditor.agency) as has_cases:
        if not has_cases:
            return {}
        return dict(m.Case.objects.filter(pk__in=wanted).values_list("pk", "crime_reference"))


def find(auditor: User, crime_reference: str) -> list[UUID]:
    """Return the cases of the auditor's agency with this reference: none, one, or in a CPS Area one of each of several forces."""
    reference = "".join(crime_reference.upper().split())
    with cases_of(auditor.agency) as has_cases:
        if not has_cases:
            return []
        return list(m.Case.objects.filter(crime_reference=reference).order_by("pk").values_list("pk", flat=True)[:10])


def review_dates(auditor: User, access_ids: Iterable[UUID]) -> dict[UUID, tuple[date, datetime]]:
    """Return when the review of each use of emergency access is due: the London day, and the moment from which it is overdue.

    Clocks of a case recorded in error or merged are cancelled; this review is owed all the same, on its day.
    """
    with cases_of(auditor.agency) as has_cases:
        if not has_cases:
            return {}
        rows = m.Deadline.objects.filter(kind=ClockKind.BREAK_GLASS_REVIEW, subject_id__in=list(access_ids))
        return {subject: (due_on, due_at) for subject, due_on, due_at in rows.values_list("subject_id", "due_on", "due_at")}
