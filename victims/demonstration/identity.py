"""Who the demonstration's complainants are: plainly invented names, and numbers that Ofcom keeps for drama.

Ofcom, "Telephone numbers for use in TV and radio drama programmes": 07700 900000 to 900999, and 0117 496 0000 to 0999.
Made by the services that the screens use, so every name is sealed as a real one would be. Safe to run again.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.http import Http404

from accounts.demonstration import FORCE, OTHER_FORCE
from audit import context as audit_context
from cases import models as cases
from cases.demonstration import People, acting
from core import clock
from core.exceptions import NotAllowed, NotPossible
from core.scope import scope, system
from victims.models import Victim
from victims.services.identity import keep_identity
from victims.services.needs import assess_needs
from victims.services.people import add_contact_person

WRITERS: Final = {FORCE: ("supervisor", "reviewer", "investigator", "investigator2"), OTHER_FORCE: ("other-supervisor", "other-force")}
SURNAMES: Final = (
    "Inventham", "Samplecombe", "Fictionby", "Exampleford", "Madeupwell", "Testerby-Vale", "Nonesuch", "Pretendle", "Storyford",
    "Imaginwick", "Placeholm",
)  # fmt: skip
FORENAMES: Final = (
    "Aldara",
    "Brisen",
    "Corimel",
    "Deverra",
    "Elowenna",
    "Fenrisa",
    "Galiope",
    "Hespera",
    "Ivorette",
    "Jorunda",
    "Kestrela",
)
NOT_ASSESSED_EVERY, PERSON_EVERY, NEAR_EVERY = 6, 4, 28
BECAUSE: Final = "Victim of a sexual offence"
MEASURES: Final[tuple[list[str], ...]] = (["screens"], ["live_link", "recorded_interview"], ["recorded_interview", "recorded_cross"], [])
PEOPLE: Final[tuple[dict[str, Any], ...]] = (
    {"kind": "parent", "name": "Perpetua Inventham", "may_be_told": "arrangements", "may_answer_telephone": True},
    {
        "kind": "nominated", "name": "Osgar Samplecombe", "may_be_told": "everything",
        "never_tell": "That she has moved. He shares a car with somebody who knows the suspect.",
    },
    {"kind": "social_worker", "name": "Quilla Fictionby", "may_be_told": "arrangements", "telephone": "0117 496 0998"},
)  # fmt: skip
NEAR: Final[dict[str, Any]] = {
    "kind": "carer", "name": "Thessaly Exampleford", "may_be_told": "nothing", "near_suspect": True,
    "decision": "Lives in the suspect’s street and brings the shopping. May be asked for times, told nothing.",
}  # fmt: skip


def make_identities() -> None:
    """Make them, once the demonstration's people and cases are there. Raises ImproperlyConfigured unless settings.DEMO is on."""
    if not settings.DEMO:
        raise ImproperlyConfigured("The demonstration's identities are made only where RASSO_DEMO is on.")
    people = People()
    with audit_context.acting_as_system(reason="demonstration"):
        for force_id in (FORCE, OTHER_FORCE):
            for number, row in enumerate(_without_identity(force_id), start=1):
                with transaction.atomic():
                    _make(people, force_id, row, number + (force_id == OTHER_FORCE) * 500)


def _without_identity(force_id: int) -> list[cases.Complainant]:
    """Return the complainants of the demonstration's cases of whom nothing is known yet."""
    with scope(system(force_id)):
        known = Victim.objects.filter(force_id=force_id).values("complainant")
        rows = cases.Complainant.objects.filter(force_id=force_id, case__crime_reference__contains="/DEMO/").exclude(pk__in=known)
        return list(rows.select_related("case").order_by("case__crime_reference", "label"))


def _make(people: People, force_id: int, row: cases.Complainant, number: int) -> None:
    about = {"complainant_id": row.pk}
    if not _as_somebody(people, force_id, row, keep_identity, **about, **who(number)):
        return
    if number % NOT_ASSESSED_EVERY:
        given = {"entitlement": row.entitlement, "enhanced_because": BECAUSE, "special_measures": MEASURES[number % len(MEASURES)]}
        language = "British Sign Language" if number % 9 == 0 else ""
        _as_somebody(people, force_id, row, assess_needs, **about, **given, interpreter_language=language, told_therapy_need_not_wait=True)
    if number % PERSON_EVERY == 0:
        person = NEAR if number % NEAR_EVERY == 0 else PEOPLE[number // PERSON_EVERY % len(PEOPLE)]
        _as_somebody(people, force_id, row, add_contact_person, **about, **{"near_suspect": False, **person})


def who(number: int) -> dict[str, Any]:
    """Return the invented person of a number, 1 to 999: every telephone number and e-mail address is hers or his alone."""
    forename, surname = FORENAMES[number % len(FORENAMES)], SURNAMES[number * 3 % len(SURNAMES)]
    return {
        "surname": surname,
        "forenames": forename,
        "date_of_birth": clock.today() - timedelta(days=365 * 19 + 211 * number % 14_000),
        "address": f"{number} Nowhere Row\nInventown",
        "home_telephone": f"0117 496 0{number:03}" if number % 3 == 0 else "",
        "mobile_telephone": f"07700 900{number:03}",
        "email": f"{forename}.{surname}.{number}@demo.example".lower(),
    }


def _as_somebody(people: People, force_id: int, row: cases.Complainant, service: Callable[..., Any], **arguments: Any) -> bool:
    """Call a service as the first of the force's people who may; say whether anybody could. A closed-off case takes no changes."""
    for key in WRITERS[force_id]:
        try:
            with acting(actor := people[key]):
                service(actor=actor, case_id=row.case_id, **arguments)
        except (Http404, NotAllowed):
            continue
        except NotPossible:
            return False
        return True
    return False
