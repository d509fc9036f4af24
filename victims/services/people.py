"""Contact persons: who may be told how much beside the victim, and what nobody may ever let slip to them.

Somebody who is a suspect, or lives with one, is a contact person only by an inspector's recorded decision.
"""

from typing import Any, Final
from uuid import UUID

from accounts.models import User
from cases import models as m
from cases.services.changing import Changing, changing
from core.exceptions import NotPossible
from core.sealedfield import opening
from victims import permissions
from victims.models import ContactPerson
from victims.models.victim import MayBeTold, PersonKind
from victims.near_suspect import SuspectNames
from victims.services.identity import check_shown

REASON: Final = "contact person changed"
NEAR_ASKS_AN_INSPECTOR: Final = (
    "Somebody who is a suspect, or lives with one, can be a contact person only if an inspector decides so. "
    "Ask an inspector to record this decision"
)
SAME_NAME: Final = "A suspect of this case has this name. Say below whether it is the same person"
ENDED_BECAUSE: Final = {
    "asked": "The victim asked for it",
    "other": "Somebody else took this part over",
    "grown": "The victim reached 18",
    "unsafe": "It is no longer safe",
    "error": "Recorded in error",
}
"""Why somebody stops being a contact person: a list, because words typed here could name her or him."""


def add_contact_person(
    *,
    actor: User,
    case_id: UUID,
    complainant_id: UUID,
    kind: str,
    name: str,
    near_suspect: bool,
    telephone: str = "",
    email: str = "",
    may_be_told: str = MayBeTold.NOTHING,
    never_tell: str = "",
    parental_responsibility: bool = False,
    may_answer_telephone: bool = False,
    decision: str = "",
    another_person: bool = False,
    version: int | None = None,
) -> ContactPerson:
    """Add a contact person. `another_person`: bears a suspect's name and is somebody else.

    Raises NotAllowed for who is not shown identity, NotPossible (no name, not one of the lists, a suspect's name, near a
    suspect without an inspector's decision), Conflict, Http404 for a complainant of another case.
    """
    facts: dict[str, Any] = {
        "kind": kind,
        "name": name.strip(),
        "telephone": telephone,
        "email": email,
        "may_be_told": may_be_told,
        "never_tell": never_tell,
        "parental_responsibility": parental_responsibility,
        "may_answer_telephone": may_answer_telephone,
    }
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.KEEP_IDENTITY)
        complainant = change.get(m.Complainant, complainant_id)
        check_shown(change)
        _check(change, facts, near_suspect=near_suspect, another_person=another_person)
        facts |= _near(change, near_suspect, decision, None)
        person = change.add(ContactPerson, complainant=complainant, **facts)
        change.put_in_timeline("contact_person_added", complainant=complainant, text=PersonKind(kind).label)
        return person


def change_contact_person(
    *,
    actor: User,
    case_id: UUID,
    contact_person_id: UUID,
    kind: str,
    name: str,
    near_suspect: bool,
    telephone: str = "",
    email: str = "",
    may_be_told: str = MayBeTold.NOTHING,
    never_tell: str = "",
    parental_responsibility: bool = False,
    may_answer_telephone: bool = False,
    decision: str = "",
    another_person: bool = False,
    version: int | None = None,
) -> ContactPerson:
    """Change what is known of a contact person: every field as it is to stand. Raises as `add_contact_person`."""
    facts: dict[str, Any] = {
        "kind": kind,
        "name": name.strip(),
        "telephone": telephone,
        "email": email,
        "may_be_told": may_be_told,
        "never_tell": never_tell,
        "parental_responsibility": parental_responsibility,
        "may_answer_telephone": may_answer_telephone,
    }
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.KEEP_IDENTITY)
        person = change.get(ContactPerson, contact_person_id)
        check_shown(change)
        still_there(person)
        _check(change, facts, near_suspect=near_suspect, another_person=another_person)
        facts |= _near(change, near_suspect, decision, person)
        with opening(REASON):
            changed = [column for column, value in facts.items() if getattr(person, column) != value]
            if not changed:
                raise NotPossible("Nothing was changed")
            for column in changed:
                setattr(person, column, facts[column])
            person.save(update_fields=changed)
        change.put_in_timeline("contact_person_changed", complainant=person.complainant, text=PersonKind(kind).label)
        return person


def end_contact_person(*, actor: User, case_id: UUID, contact_person_id: UUID, because: str, version: int | None = None) -> ContactPerson:
    """Record that somebody is no longer a contact person, for a reason of the list ENDED_BECAUSE. The row stays.

    Raises NotAllowed for who is not shown identity, NotPossible (ended already, no reason), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.KEEP_IDENTITY)
        person = change.get(ContactPerson, contact_person_id)
        check_shown(change)
        still_there(person)
        if because not in ENDED_BECAUSE:
            raise NotPossible("Select why", field="because")
        person.ended_at, person.ended_because = change.now, ENDED_BECAUSE[because]
        person.save(update_fields=["ended_at", "ended_because"])
        text = f"{person.get_kind_display()}: {ENDED_BECAUSE[because]}"
        change.put_in_timeline("contact_person_ended", complainant=person.complainant, text=text)
        return person


def still_there(person: ContactPerson) -> None:
    """A policy: only who is a contact person can be changed or ended. Raises NotPossible."""
    if person.ended_at is not None:
        raise NotPossible("This is no longer a contact person.")


def _check(change: Changing, facts: dict[str, Any], *, near_suspect: bool, another_person: bool) -> None:
    """Check the facts, and keep with them whether somebody bears a suspect's name and is somebody else."""
    if not facts["name"]:
        raise NotPossible("Enter a name", field="name")
    if facts["kind"] not in PersonKind.values:
        raise NotPossible("Select who it is to the victim", field="kind")
    if facts["may_be_told"] not in MayBeTold.values:
        raise NotPossible("Select what this person may be told", field="may_be_told")
    same_name = not near_suspect and SuspectNames.of(change.case).has(facts["name"])
    if same_name and not another_person:
        raise NotPossible(SAME_NAME, field="name")
    facts["another_person"] = same_name


def _near(change: Changing, near: bool, decision: str, before: ContactPerson | None) -> dict[str, Any]:
    """Return the columns that say whether somebody is near a suspect, and who decided that she or he may be told all the same."""
    was = before is not None and before.near_suspect
    if near == was and not (near and decision.strip()):
        return {}
    if change.user is None or not permissions.DECIDE_SAFETY.holds(change.user):
        raise NotPossible(NEAR_ASKS_AN_INSPECTOR, field="near_suspect")
    if not near:
        return {"near_suspect": False, "near_suspect_decision": "", "near_suspect_decided_by": None, "near_suspect_decided_at": None}
    if not decision.strip():
        raise NotPossible("Enter why it is safe that this person is told", field="decision")
    return {
        "near_suspect": True,
        "near_suspect_decision": decision,
        "near_suspect_decided_by": change.user,
        "near_suspect_decided_at": change.now,
    }
