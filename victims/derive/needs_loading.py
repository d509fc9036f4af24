"""Reading what the clocks of needs are derived from: four queries, in the system scope of the case's force."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, Final
from uuid import UUID

from cases import models as cases
from core.sealedfield import opening
from victims.derive.needs_rules import NeedsFacts, eighteenth_birthday
from victims.models import ContactAgreement, NeedsAssessment, Victim

REASON: Final = "clock"


def load_needs(case: cases.Case) -> dict[UUID, NeedsFacts]:
    """Return what is known of needs, by complainant. A date of birth is opened, and leaves as the day of the 18th birthday."""
    assessed = _by_complainant(
        NeedsAssessment.objects.filter(case=case).order_by("assessed_at").values_list("complainant_id", "assessed_at")
    )
    events = cases.TimelineEvent.objects.filter(case=case, kind="needs_changed", complainant__isnull=False)
    changed = _by_complainant(events.order_by("created_at").values_list("complainant_id", "created_at"))
    agreed = _by_complainant(ContactAgreement.objects.filter(case=case).order_by("agreed_on").values_list("complainant_id", "agreed_on"))
    birthdays = birthdays_of(Victim.objects.filter(case=case).only("id", "complainant_id", "date_of_birth")) if agreed else {}
    return {
        key: NeedsFacts(tuple(assessed[key]), tuple(changed[key]), birthdays.get(key), tuple(agreed[key]))
        for key in {*assessed, *changed, *agreed, *birthdays}
    }


def birthdays_of(victims: Iterable[Victim]) -> dict[UUID, date]:
    """Return the 18th birthdays, by complainant."""
    with opening(REASON):
        return {row.complainant_id: eighteenth_birthday(row.date_of_birth) for row in victims if row.date_of_birth is not None}


def _by_complainant(rows: Iterable[tuple[Any, ...]]) -> defaultdict[UUID, list[Any]]:
    found: defaultdict[UUID, list[Any]] = defaultdict(list)
    for key, value in rows:
        found[key].append(value)
    return found
