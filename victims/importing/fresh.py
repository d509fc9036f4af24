"""What the clocks of this app know of a case that is new here, from the rows about to be written: what would be read back, unread.

A test holds the two against each other over whole extracts.
"""

from typing import Any, TypeVar
from uuid import UUID

from cases import models as m
from cases.importing.taking import Taking
from victims.derive.contact_facts import VictimContact
from victims.derive.loading import contact_of
from victims.derive.needs_loading import birthdays_of
from victims.derive.needs_rules import NeedsFacts
from victims.derive.support_facts import ReferralFact, SupportFacts
from victims.models import Contact, ContactAgreement, SupportReferral, Victim

Row = TypeVar("Row", bound=m.CaseRow)


def contact(taking: Taking) -> dict[UUID, VictimContact]:
    """What was agreed, and who was reached."""
    return contact_of(agreements=_rows(taking, ContactAgreement), contacts=_rows(taking, Contact))


def needs(taking: Taking) -> dict[UUID, NeedsFacts]:
    """When contact was agreed, and the day of the 18th birthday. An extract assesses nobody."""
    agreed = {row.complainant_id: (row.agreed_on,) for row in _rows(taking, ContactAgreement)}
    birthdays = birthdays_of(_rows(taking, Victim)) if agreed else {}
    return {key: NeedsFacts(eighteen_on=birthdays.get(key), agreed_on=agreed.get(key, ())) for key in {*agreed, *birthdays}}


def support(taking: Taking) -> SupportFacts:
    """The referrals; nobody at a service has asked or said anything yet."""
    rows = sorted(_rows(taking, SupportReferral), key=lambda row: (row.offered_at, row.created_at))
    facts = tuple(ReferralFact(row.pk, row.complainant_id, row.offered_at) for row in rows)
    return SupportFacts(referrals=facts, reached={}) if facts else SupportFacts()


def _rows(taking: Taking, model: type[Row]) -> list[Row]:
    rows: list[Any] = taking.added.get(model, [])
    return rows
