"""Officers and units that an extract names: found or added once a run, before the case that needs them."""

from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar

from accounts.models import Agency, Unit, User
from accounts.roles import Grade, Role
from accounts.services.agencies import add_unit
from accounts.services.extract import grade_of, officer_from_extract
from cases import models as m
from cases.extract.fold import FoldedCase
from core.scope import scope, system

Found = TypeVar("Found")
INSPECTOR_AND_ABOVE: Final = frozenset({Grade.INSPECTOR, Grade.CHIEF_INSPECTOR, Grade.SUPERINTENDENT})


class Places:
    """The officers and units of one force, remembered for one run. Needs a system context: somebody is added for a reason."""

    def __init__(self, force: Agency) -> None:
        self._force = force
        self.live_from = Agency.objects.values_list("live_from", flat=True).get(pk=force.pk)
        self._people: dict[tuple[str, str], User] = {}
        self._units: dict[str, Unit] = {}
        self._kept: dict[tuple[str, str], Any] = {}

    def prepare(self, folded: FoldedCase) -> None:
        """Find or add everybody this case names, in a transaction of their own before the case's."""
        facts = folded.facts
        names = (_key(facts.oic_number, facts.oic_name), _key(facts.supervisor_number, facts.supervisor_name))
        if (facts.unit is None or facts.unit in self._units) and all(key is None or key in self._people for key in names):
            return
        with scope(system(self._force.pk)):
            self.unit(folded)
            self.officer(folded)
            self.supervisor(folded)

    def unit(self, folded: FoldedCase) -> Unit | None:
        """Return the unit by name, added when the force has none of this name; None when the file names none."""
        name = folded.facts.unit
        if name is None:
            return None
        if name not in self._units:
            self._units[name] = add_unit(actor=None, agency=self._force, name=name)
        return self._units[name]

    def officer(self, folded: FoldedCase) -> User | None:
        """Return the officer in the case."""
        return self._person(folded.facts.oic_number, folded.facts.oic_name, Role.INVESTIGATOR)

    def supervisor(self, folded: FoldedCase) -> tuple[User, m.CaseRole] | None:
        """Return the supervisor and her or his role in the case: inspector by rank in the name, else sergeant."""
        facts = folded.facts
        senior = grade_of(facts.supervisor_name or "") in INSPECTOR_AND_ABOVE
        person = self._person(facts.supervisor_number, facts.supervisor_name, Role.SUPERVISOR if senior else Role.SERGEANT)
        if person is None:
            return None
        return person, m.CaseRole.INSPECTOR if senior else m.CaseRole.SERGEANT

    def persons(self, nominals: Iterable[str]) -> dict[str, m.Person]:
        """Return the force's links for these nominals, added where missing."""
        wanted = [nominal for nominal in dict.fromkeys(nominals) if nominal]
        if wanted:
            m.Person.objects.bulk_create([m.Person(force=self._force, nominal=nominal) for nominal in wanted], ignore_conflicts=True)
        return {person.nominal: person for person in m.Person.objects.filter(force=self._force, nominal__in=wanted)} if wanted else {}

    def once(self, what: str, key: str, find: Callable[[], Found]) -> Found:
        """Return what `find` gives, asked once a run: for takers, of what does not change from case to case."""
        if (what, key) not in self._kept:
            self._kept[what, key] = find()
        found: Found = self._kept[what, key]
        return found

    def _person(self, number: str | None, name: str | None, role: Role) -> User | None:
        key = _key(number, name)
        if key is None:
            return None
        if key not in self._people:
            self._people[key] = officer_from_extract(
                agency_id=self._force.pk, collar_number=number or "", name=name or f"Officer {number}", role=role
            )
        return self._people[key]


def _key(number: str | None, name: str | None) -> tuple[str, str] | None:
    """What a person is known by in a file: the number, without one the name; None where the file names nobody."""
    return (number or "", "" if number else name or "") if number or name else None
