"""What this app knows that names a victim, somebody beside her or him, or where they are: asked before a text leaves for a scrutiny panel.

The room below that asks looks for these words in a text and shows none of them. Called in the system scope of the case's force.
"""

from collections.abc import Iterator

from cases import identifying
from cases import models as cases
from victims.models import ContactPerson, SupportReferral, Victim


def names_of(case: cases.Case) -> Iterator[str]:
    """Give names, telephones and addresses for e-mail of the victims of a case and of the people beside them, and their ISVAs."""
    for victim in Victim.objects.filter(case=case):
        yield from (victim.surname, victim.forenames, victim.email, victim.home_telephone, victim.mobile_telephone)
    for person in ContactPerson.objects.filter(case=case):
        yield from (person.name, person.telephone, person.email)
    for name in SupportReferral.objects.filter(case=case, isva__isnull=False).values_list("isva__name", flat=True):
        yield str(name)


def places_of(case: cases.Case) -> Iterator[str]:
    """Give where the victims of a case live."""
    for victim in Victim.objects.filter(case=case):
        yield victim.address


def people_of(case: cases.Case) -> Iterator[object]:
    """Give the ISVAs to whom a victim of the case is or was allocated."""
    yield from SupportReferral.objects.filter(case=case).values_list("isva", flat=True)


def register() -> None:
    """Called once from AppConfig.ready()."""
    identifying.register("victims", names=names_of, places=places_of, people=people_of)
