"""The one taker of this app: every column about a victim but the key and the support for the prosecution."""

from collections.abc import Callable, Sequence
from typing import Final

from cases import models as m
from cases.importing.takers import TAKERS, Heard, Taker
from cases.importing.taking import Taking
from cases.services.changing import Changing
from victims.derive import contact_facts, needs_rules, support_facts
from victims.importing import contact, fresh, identity, support_service
from victims.models import Contact, ContactAgreement, SupportReferral, Victim

NAME: Final = "victims"
TABLES: Final = (Victim, ContactAgreement, Contact, SupportReferral)
COLUMNS: Final = {**identity.COLUMNS, **contact.COLUMNS, **support_service.COLUMNS}
AGREEMENT: Final = frozenset({contact.INTERVAL, contact.METHOD})

FRESH: Final = {contact_facts.NAME: fresh.contact, support_facts.NAME: fresh.support, needs_rules.NAME: fresh.needs}
"""Name of a clock rule → what it knows of a case that is new here."""

ANSWERS: Final[dict[str, Callable[[Changing, m.Disagreement, bool], None]]] = {
    **dict.fromkeys(identity.COLUMNS, identity.answer_identity),
    **dict.fromkeys(AGREEMENT, contact.answer_agreement),
    support_service.SERVICE: support_service.answer_service,
}
"""What a difference is answered by. The last contact never differs: the later one wins by itself."""


def take(taking: Taking, heard: Sequence[Heard]) -> None:
    """Take what changed of each complainant. What stands is read once a case, and only where something of it changed."""
    changed = frozenset[str]().union(*(one.changed for one in heard))
    known = not taking.fresh
    victims = {row.complainant_id: row for row in Victim.objects.filter(case=taking.case)} if known else {}
    agreements = contact.standing_agreements(taking) if known and changed & AGREEMENT else {}
    contacts = contact.standing_contacts(taking) if known and contact.LAST in changed else {}
    referrals = support_service.standing_referrals(taking) if known and support_service.SERVICE in changed else {}
    for one in heard:
        key = one.complainant.pk
        identity.take_identity(taking, one, victims.get(key))
        if one.changed & AGREEMENT:
            contact.take_agreement(taking, one, agreements.get(key))
        if contact.LAST in one.changed:
            contact.take_contact(taking, one, contacts.get(key, ()))
        if support_service.SERVICE in one.changed:
            support_service.take_service(taking, one, referrals.get(key, ()))


def answer(change: Changing, row: m.Disagreement, take: bool) -> None:
    """Carry out what somebody answered to a difference in one of this app's columns."""
    ANSWERS[row.column](change, row, take)


def register() -> None:
    """Take the columns of this app. Called from AppConfig.ready()."""
    TAKERS.register(Taker(name=NAME, columns=COLUMNS, tables=TABLES, take=take, answer=answer, fresh_facts=FRESH))
