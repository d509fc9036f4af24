"""What waits for an auditor, for her or his first page."""

from dataclasses import dataclass

from accounts.models import User
from accounts.roles import AgencyKind
from core.components import Link
from reports.auditing.emergencies import to_review
from reports.auditing.patterns import patterns_of


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: how many, in words, and the address that settles it. `late` says how many of them are overdue."""

    number: int
    words: str
    link: Link
    late: str = ""


def waiting_for(auditor: User) -> list[Waiting]:
    """Return what waits for an auditor, in a fixed number of queries. Emergency access is the police's: others have none."""
    from django.urls import reverse

    found = []
    if auditor.agency.kind == AgencyKind.POLICE:
        uses, overdue = to_review(auditor)
        late = f"{overdue} overdue" if overdue else ""
        found.append(Waiting(uses, "to review", Link("Emergency access", reverse("audit_emergencies")), late))
    unseen = patterns_of(auditor).filter(reviewed_at__isnull=True).count()
    return [*found, Waiting(unseen, "not looked at", Link("Patterns", reverse("audit_patterns")))]
