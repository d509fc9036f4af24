"""Entering and correcting who a victim is. The case's timeline says that it was done and never what was written."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from accounts.models import User
from cases import models as m
from cases.services.changing import Changing, changing
from core import clock
from core.exceptions import NotAllowed, NotPossible
from core.sealedfield import opening
from victims import permissions
from victims.indexes import indexes_of
from victims.models import Victim
from victims.sight import identity_shown

FIELDS: Final = ("surname", "forenames", "date_of_birth", "address", "home_telephone", "mobile_telephone", "email", "notes")
REASON: Final = "identity entered or corrected"
ADULT_FROM, TEENAGER_FROM = 18, 13


def keep_identity(
    *,
    actor: User,
    case_id: UUID,
    complainant_id: UUID,
    surname: str = "",
    forenames: str = "",
    date_of_birth: date | None = None,
    address: str = "",
    home_telephone: str = "",
    mobile_telephone: str = "",
    email: str = "",
    notes: str = "",
    version: int | None = None,
) -> Victim:
    """Enter who a complainant is, or correct it: every field as it is to stand, the old values stay in the kept versions.

    Raises NotAllowed for who is not shown identity on this case, NotPossible (nothing given, nothing changed, born after
    the crime was recorded), Conflict, Http404 for a complainant of another case.
    """
    given: dict[str, Any] = {
        "surname": surname,
        "forenames": forenames,
        "date_of_birth": date_of_birth,
        "address": address,
        "home_telephone": home_telephone,
        "mobile_telephone": mobile_telephone,
        "email": email,
        "notes": notes,
    }
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.KEEP_IDENTITY)
        complainant = change.get(m.Complainant, complainant_id)
        check_shown(change)
        _check(change, given)
        victim = Victim.objects.filter(case=change.case, complainant=complainant).first()
        victim = _correct(change, complainant, victim, given) if victim else _enter(change, complainant, given)
        if date_of_birth is not None:
            _fill_age_group(change, complainant, date_of_birth)
        return victim


def check_shown(change: Changing) -> None:
    """Raise NotAllowed unless the person acting is shown who the victims of this case are."""
    if change.user is None or not identity_shown(change.user, change.case):
        raise NotAllowed("Only people with a role on the case, and supervisors, enter or correct who a victim is.")


def _check(change: Changing, given: dict[str, Any]) -> None:
    if not any(given.values()):
        raise NotPossible("Enter what is known of her or him", field="surname")
    born = given["date_of_birth"]
    if born is not None and born > clock.london_day(change.case.recorded_at):
        raise NotPossible("The date of birth must be before the crime was recorded", field="date_of_birth")


def _enter(change: Changing, complainant: m.Complainant, given: dict[str, Any]) -> Victim:
    victim = Victim(**change.keys(), complainant=complainant, **given)
    with opening(REASON):
        for column, key in indexes_of(victim).items():
            setattr(victim, column, key)
    victim.save(force_insert=True)
    change.put_in_timeline("identity_entered", complainant=complainant)
    return victim


def _correct(change: Changing, complainant: m.Complainant, victim: Victim, given: dict[str, Any]) -> Victim:
    with opening(REASON):
        changed = [name for name in FIELDS if getattr(victim, name) != given[name]]
        if not changed:
            raise NotPossible("Nothing was changed")
        for name in changed:
            setattr(victim, name, given[name])
        indexes = indexes_of(victim)
        for column, key in indexes.items():
            setattr(victim, column, key)
        victim.save(update_fields=[*changed, *indexes])
    change.put_in_timeline("identity_corrected", complainant=complainant)
    return victim


def _fill_age_group(change: Changing, complainant: m.Complainant, born: date) -> None:
    """Say how old she or he was when the crime was recorded, where that was not known. What was recorded stands."""
    if complainant.age_group != m.AgeGroup.NOT_KNOWN:
        return
    group = age_group(born, clock.london_day(change.case.recorded_at))
    words = {"table": "complainant", "row_id": complainant.pk, "field": "age_group", "old": complainant.age_group, "new": group}
    change.add(m.FactCorrection, **words, reason="As recorded with the identity", answer=m.FactCorrection.Answer.MADE, made_at=change.now)
    complainant.age_group = group
    complainant.save(update_fields=["age_group"])
    change.put_in_timeline("fact_corrected", complainant=complainant, text=f"Age when the crime was recorded: {group.label}")


def age_group(born: date, on: date) -> m.AgeGroup:
    """Return the age group of somebody born then on a day; who was born on 29 February is a year older on 1 March."""
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    if years < TEENAGER_FROM:
        return m.AgeGroup.UNDER_13
    return m.AgeGroup.THIRTEEN_TO_17 if years < ADULT_FROM else m.AgeGroup.ADULT
