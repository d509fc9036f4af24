"""The demonstration's people around cases in every relation to them, made through the services; and a browser for each person."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID, uuid4

from django.test import Client

from accounts.demonstration import CPS_RASSO, DOMAIN, NORTH, PEOPLE, SOUTH, make_sign_ins
from accounts.models import Unit, User
from cases import models as m
from cases.services.access import exclude, restrict
from cases.services.logging import NewCrime, NewSuspect, log_case
from cases.services.sharing import bring_to_area
from core import clock
from core.scope import scope, system
from tests.factories import AVON, KENT, acting_as

CANARY = "Quillfeather"
"""The surname of every suspect of force 46: it may reach nobody of force 52."""
OURS = "Marrowdale"


@dataclass(slots=True)
class House:
    """Everybody by the key of her or his sign-in, and one case for each relation."""

    people: dict[str, User] = field(default_factory=dict)
    cases: dict[str, UUID] = field(default_factory=dict)
    suspects: dict[str, UUID] = field(default_factory=dict)
    browsers: dict[str, Client] = field(default_factory=dict)

    def browser(self, key: str) -> Client:
        """Return the browser of a person, signed in; "anonymous" has signed in nowhere."""
        if key not in self.browsers:
            self.browsers[key] = Client(raise_request_exception=False)
            if key != "anonymous":
                self.browsers[key].force_login(self.people[key])
        return self.browsers[key]


def build() -> House:
    """Make the people, then the cases as a force would: logged, brought, restricted, somebody excluded."""
    make_sign_ins()
    house = House()
    house.people = {person.key: User.objects.get(email=f"{person.key}@{DOMAIN}") for person in PEOPLE}
    units = dict(Unit.objects.filter(name__in=[NORTH, SOUTH, CPS_RASSO]).values_list("name", "pk"))
    who = house.people
    _log(house, "own", who["investigator"], "52/OWN/1", OURS, units[NORTH])
    _log(house, "other_unit", who["investigator2"], "52/UNIT/1", OURS, units[SOUTH])
    _log(house, "restricted", who["investigator"], "52/SECRET/1", OURS, units[NORTH])
    _log(house, "excluded", who["supervisor"], "52/EXCLUDED/1", OURS, units[NORTH])
    _log(house, "other_force", who["other-force"], "46/OTHER/1", CANARY, None)
    house.cases["nonexistent"] = uuid4()
    with acting_as(who["investigator"]):
        bring_to_area(actor=who["investigator"], case_id=house.cases["own"])
    with acting_as(who["other-force"]):
        bring_to_area(actor=who["other-force"], case_id=house.cases["other_force"])
    with acting_as(who["supervisor"]):
        restrict(actor=who["supervisor"], case_id=house.cases["restricted"], because="Somebody known here")
        for key in ("investigator", "reviewer"):
            exclude(actor=who["supervisor"], case_id=house.cases["excluded"], user_id=who[key].pk, reason="Knows the suspect")
    return house


def _log(house: House, relation: str, actor: User, reference: str, surname: str, unit_id: UUID | None) -> None:
    ago = clock.now() - timedelta(days=50)
    suspect = NewSuspect(surname=surname, forenames="Otto", identified_at=ago + timedelta(days=1))
    with acting_as(actor):
        case = log_case(
            actor=actor,
            crime_reference=reference,
            recorded_at=ago,
            risk="medium",
            unit_id=unit_id,
            crimes=[NewCrime(code="19C")],
            suspects=[suspect],
        )
    house.cases[relation] = case.pk
    with scope(system(KENT if relation == "other_force" else AVON)):
        house.suspects[relation] = m.Suspect.objects.get(case=case).pk
