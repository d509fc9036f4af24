"""What this app knows that names a victim, somebody beside her or him, or where they are: asked before a text leaves for a scrutiny panel.

The room below that asks looks for these words in a text and shows none of them. Called in the system scope of the case's force.
"""

from collections.abc import Iterator
from typing import Final

from cases import identifying
from cases import models as cases
from core.sealedfield import opening
from victims.models import ContactPerson, SupportReferral, Victim

PURPOSE: Final = "look for names in a text for a scrutiny panel"


def names_of(case: cases.Case) -> list[str]:
    """Return names, telephones and addresses for e-mail of the victims of a case and of the people beside them, and their ISVAs."""
    found = [str(name) for name in SupportReferral.objects.filter(case=case, isva__isnull=False).values_list("isva__name", flat=True)]
    with opening(PURPOSE):
        for victim in Victim.objects.filter(case=case):
            found += [victim.surname, victim.forenames, victim.email, victim.home_telephone, victim.mobile_telephone]
        for person in ContactPerson.objects.filter(case=case):
            found += [person.name, person.telephone, person.email]
    return found


def places_of(case: cases.Case) -> list[str]:
    """Return where the victims of a case live."""
    with opening(PURPOSE):
        return [victim.address for victim in Victim.objects.filter(case=case)]


def people_of(case: cases.Case) -> Iterator[object]:
    """Give the ISVAs to whom a victim of the case is or was allocated."""
    yield from SupportReferral.objects.filter(case=case).values_list("isva", flat=True)


def register() -> None:
    """Called once from AppConfig.ready()."""
    identifying.register("victims", names=names_of, places=places_of, people=people_of)
