"""Reading what the clocks of contact are derived from, in a fixed number of queries; or from rows about to be written."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.apps import apps

from cases import models as cases
from victims.derive.contact_facts import AgreementFact, CardFact, ContactFact, HandoverFact, VictimContact
from victims.models import Contact, ContactAgreement, ContactHandover, SafeChannelReview, SafeContact
from victims.models.contact import To
from victims.models.victim import MayBeTold, PersonKind

STANDS_IN: Final = frozenset({PersonKind.PARENT, PersonKind.GUARDIAN, PersonKind.NOMINATED, PersonKind.BEREAVED})
"""Who receives the rights of the Code for a victim: a parent or guardian of a child, a person named by somebody who cannot
speak for herself or himself, a bereaved relative (Victims' Code 2020, "Who is a victim"). A carer, a social worker or an
interpreter does not; and none of them where she or he may not be told everything."""


class Person(NamedTuple):
    """One version of a contact person: since when, who it is, what may be told, whether it ended."""

    since: datetime
    kind: str
    may_be_told: str
    ended_at: datetime | None


def load_contact(case: cases.Case) -> dict[UUID, VictimContact]:
    """Return what is known of contact, by complainant. Called in the system scope of the case's force; five queries, or six."""
    contacts = list(Contact.objects.filter(case=case))
    corrected = {row.supersedes_id for row in contacts}
    standing = [row for row in contacts if row.pk not in corrected]
    return contact_of(
        agreements=ContactAgreement.objects.filter(case=case).defer("own_reason"),
        contacts=standing,
        cards=SafeContact.objects.filter(case=case).values_list("complainant_id", "at", "no_safe_channel"),
        reviews=SafeChannelReview.objects.filter(case=case).values_list("complainant_id", "at"),
        handovers=ContactHandover.objects.filter(case=case).values_list("complainant_id", "at", "to"),
        persons=_persons(case) if any(row.to == To.PERSON for row in standing) else {},
    )


def contact_of(
    *,
    agreements: Iterable[ContactAgreement],
    contacts: Iterable[Contact],
    cards: Iterable[tuple[UUID, datetime, bool]] = (),
    reviews: Iterable[tuple[UUID, datetime]] = (),
    handovers: Iterable[tuple[UUID, datetime, str]] = (),
    persons: dict[UUID, list[Person]] | None = None,
) -> dict[UUID, VictimContact]:
    """Return the same from rows: what stands in the database, or what the importer of a new case is about to write."""
    found: defaultdict[UUID, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for agreed in agreements:
        found[agreed.complainant_id]["agreements"].append(_agreement(agreed))
    for row in contacts:
        found[row.complainant_id]["contacts"].append(_contact(row, persons or {}))
    for key, at, unsafe in cards:
        found[key]["cards"].append(CardFact(at, not unsafe))
    for key, at in reviews:
        found[key]["reviews"].append(at)
    for key, at, to in handovers:
        found[key]["handovers"].append(HandoverFact(at, to))
    return {key: VictimContact(**{name: tuple(rows) for name, rows in of.items()}) for key, of in found.items()}


def _agreement(row: ContactAgreement) -> AgreementFact:
    return AgreementFact(row.pk, row.created_at, row.starts_on, row.agreed_on, row.interval_days, row.channel, row.by)


def _contact(row: Contact, persons: dict[UUID, list[Person]]) -> ContactFact:
    stands_in = row.person_id is not None and stood_in(persons.get(row.person_id, []), row)
    return ContactFact(row.pk, row.at, row.channel, row.to, row.reached, row.side, row.imported, stands_in, row.next_agreed_on)


def stood_in(versions: list[Person], contact: Contact) -> bool:
    """Say whether a contact person stood in for the victim when the contact was entered: what changed later changes no clock."""
    then = [one for one in versions if one.since <= contact.created_at] or versions[:1]
    if not then:
        return False
    person = then[-1]
    live = person.ended_at is None or person.ended_at > contact.at
    return live and person.kind in STANDS_IN and person.may_be_told == MayBeTold.EVERYTHING


def _persons(case: cases.Case) -> dict[UUID, list[Person]]:
    """Return every version of the case's contact people, in order of time: nothing that is sealed."""
    versions: Any = (
        apps.get_model("victims", "ContactPersonVersion")._default_manager.filter(case=case).order_by("pgh_created_at", "pgh_id")
    )
    found: defaultdict[UUID, list[Person]] = defaultdict(list)
    for key, *row in versions.values_list("pgh_obj_id", "pgh_created_at", "kind", "may_be_told", "ended_at"):
        found[key].append(Person(*row))
    return found
