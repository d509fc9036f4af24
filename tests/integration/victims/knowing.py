"""Victims to test on: invented people behind the labels of test cases, entered by the services that the screens use."""

from datetime import date
from typing import Any, Final

from accounts.models import User
from cases import models as m
from core.scope import scope, system
from tests.factories import World
from tests.integration.cases.making import do, make_case
from victims.models import ContactPerson, Victim
from victims.services.identity import keep_identity
from victims.services.people import add_contact_person

WHO: Final[dict[str, Any]] = {
    "surname": "Quillfeather-Test",
    "forenames": "Zéphyrine",
    "date_of_birth": date(1991, 5, 17),
    "address": "7 Canary Row, Nowhereton",
    "home_telephone": "0117 496 0321",
    "mobile_telephone": "07700 900321",
    "email": "zephyrine@demo.example",
    "notes": "Goes by Zeph",
}
"""Everything that identifies: none of it may stand where it is not shown."""
CANARIES: Final = (
    "Quillfeather", "Zéphyrine", "1991", "Canary Row", "496 0321", "900321", "07700900321", "zephyrine@", "Goes by Zeph",
)  # fmt: skip


def complainant_of(case: m.Case, label: str = "A") -> m.Complainant:
    """Return a complainant of the case."""
    with scope(system(case.force_id)):
        return m.Complainant.objects.get(case=case, label=label)


def known_case(world: World, actor: User | None = None, *, reference: str = "52/KNOWN/1", **who: Any) -> tuple[m.Case, m.Complainant]:
    """Log a case whose victim is entered, and return it with the complainant."""
    actor = actor or world.investigator
    case = make_case(actor, "Marrowdale", reference=reference)
    complainant = complainant_of(case)
    do(actor, keep_identity, case, complainant_id=complainant.pk, **{**WHO, **who})
    return case, complainant


def person_of(case: m.Case, actor: User, **facts: Any) -> ContactPerson:
    """Add a contact person of complainant A."""
    given = {"kind": "parent", "name": "Wilfred Quillfeather-Test", "near_suspect": False, **facts}
    return do(actor, add_contact_person, case, complainant_id=complainant_of(case).pk, **given)


def sealed(case: m.Case) -> Victim:
    """Return the row of complainant A, as the database has it now."""
    with scope(system(case.force_id)):
        return Victim.objects.get(case=case, complainant__label="A")
