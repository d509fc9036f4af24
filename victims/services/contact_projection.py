"""What stands beside a victim of her or his contact: when the next is due, when she or he was last reached. Derived, never entered."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from cases import models as cases
from cases.derive.clocks import Kind, Wanted
from cases.derive.facts import CaseFacts
from cases.services.projections import Key
from cases.services.projections import register as register_projection
from victims.derive.contact_facts import NAME
from victims.derive.contact_rules import contact_facts
from victims.models import Victim

WRITTEN = ("next_contact_due_at", "last_reached_at")


def project_contact(case: cases.Case, facts: CaseFacts, found: Mapping[Key, Wanted]) -> None:
    """Write both for every victim of the case where they changed, in one query and one more where any did."""
    due = next_due(found)
    known = contact_facts(facts)
    changed = []
    for row in Victim.objects.filter(case=case).only("complainant_id", *WRITTEN):
        contact = known.get(row.complainant_id)
        values = (due.get(row.complainant_id), contact.last_reached_at() if contact else None)
        if (row.next_contact_due_at, row.last_reached_at) != values:
            row.next_contact_due_at, row.last_reached_at = values
            changed.append(row)
    if changed:
        Victim.objects.bulk_update(changed, WRITTEN)


def next_due(found: Mapping[Key, Wanted]) -> dict[UUID, datetime]:
    """Return when the running contact of each complainant is due; none while there is no safe channel."""
    running = (one for one in found.values() if one.kind == Kind.VICTIM_CONTACT and one.met_at is None and one.ended_at is None)
    return {one.subject_id: one.due.due_at for one in running if one.paused_since is None}


def register() -> None:
    """Write them at the end of every reconcile."""
    register_projection(NAME, project_contact)
