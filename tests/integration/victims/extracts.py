"""Records that say everything of a victim, and what stands of her: shared by the tests of what an extract says of victims."""

from datetime import date
from typing import Any
from uuid import UUID

from cases import models as m
from cases.importing.answers import answer_disagreement, open_disagreements
from core.scope import scope, system
from core.sealedfield import opening
from tests.factories import AVON, World, acting_as
from tests.integration.importing.support import record
from victims.models import ContactAgreement, Victim

WHO = {
    "victim_surname": "Canarywharf",
    "victim_forenames": "Ottilie",
    "victim_dob": "1991-02-03",
    "victim_phone": "07700 900417",
    "victim_email": "ottilie.canarywharf@example.org",
}
AGREED = {
    "contact_method": "mobile",
    "contact_interval_days": "14",
    "last_contact_at": "2026-11-02T14:05",
    "isva_service": "Unmatched Centre",
}


def full(**cells: str) -> dict[str, str]:
    """A record that says everything of its victim."""
    return record(**{**WHO, **AGREED, **cells})


def who(**only: Any) -> dict[str, Any]:
    """What stands of the only victim, opened."""
    with scope(system(AVON)), opening("test"):
        row = Victim.objects.get()
        names = ("surname", "forenames", "date_of_birth", "home_telephone", "mobile_telephone", "email")
        return {name: getattr(row, name) for name in names}


def change_here(user: Any, **values: Any) -> None:
    """Correct who she is, on screen."""
    with acting_as(user), opening("test"):
        row = Victim.objects.get()
        for name, value in values.items():
            setattr(row, name, value)
        row.save()


def differences(world: World) -> dict[str, UUID]:
    """What the list "Extract disagrees" holds, by column."""
    with acting_as(world.supervisor):
        return dict(open_disagreements(world.supervisor).values_list("column", "pk"))


def answer(world: World, column: str, *, take: bool) -> None:
    """Answer one difference."""
    key = differences(world)[column]
    with acting_as(world.supervisor):
        answer_disagreement(actor=world.supervisor, disagreement_id=key, take=take, note="Asked her")


def agree_here(world: World, days: int | None, **facts: Any) -> None:
    """Agree contact on screen."""
    with acting_as(world.investigator):
        today = date(2026, 11, 20)
        keys = {**keys_of(), "created_by": world.investigator}
        ContactAgreement.objects.create(interval_days=days, starts_on=today, agreed_on=today, **keys, **facts)


def keys_of() -> dict[str, Any]:
    """The keys of a row about the only complainant."""
    case = m.Case.objects.get()
    return {"case": case, "force_id": case.force_id, "cps_area_scope": case.cps_area_scope, "complainant": m.Complainant.objects.get()}
