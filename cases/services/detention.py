"""The detention clock of an arrest: entered once, made longer on authority (PACE ss.41 to 44)."""

from datetime import datetime, timedelta
from uuid import UUID

from accounts.models import User
from accounts.roles import Grade, at_least
from cases import models as m
from cases import permissions, policies
from cases.derive.facts import ArrestFact, SuspectFacts
from cases.services.changing import Changing, changing
from core.exceptions import NotPossible

FIRST_HOURS = 24
LATEST_START = timedelta(hours=24)
"""The relevant time is the arrival at the station, or 24 hours after the arrest if that is earlier (s.41(2))."""

SUPERINTENDENTS_HOURS = 36


def enter_detention(*, actor: User, case_id: UUID, suspect_id: UUID, began_at: datetime, version: int | None = None) -> m.Detention:
    """Enter when detention began, once an arrest: 24 hours run from the relevant time.

    Raises NotAllowed, NotPossible (not in custody, entered already, a time that cannot be), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.INVESTIGATE)
        suspect, facts = change.suspect(suspect_id)
        detention_may_be_entered(facts)
        arrest = _held(facts)
        change.not_in_future(began_at, field="began_at")
        if not arrest.at <= began_at <= arrest.at + LATEST_START:
            raise NotPossible("Enter a time from the arrest to 24 hours after it", field="began_at")
        change.put_in_timeline("detention_entered", at=began_at, suspect=suspect, text=f"{FIRST_HOURS} hours")
        return change.add(m.Detention, arrest_id=arrest.id, began_at=began_at, hours=FIRST_HOURS)


def extend_detention(
    *, actor: User, case_id: UUID, suspect_id: UUID, hours: int, authorised_by: str = "", version: int | None = None
) -> m.Detention:
    """Record longer detention, before the time runs out: 36 hours by a superintendent, 72 and 96 by magistrates.

    Raises NotAllowed, NotPossible (not entered, not longer, run out already, nobody named who authorised it), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.INVESTIGATE)
        suspect, facts = change.suspect(suspect_id)
        detention_may_be_extended(facts)
        arrest = _held(facts)
        detention = m.Detention.objects.get(case=change.case, arrest_id=arrest.id)
        _check_longer(change, detention, hours)
        own = hours == SUPERINTENDENTS_HOURS and at_least(actor.grade, Grade.SUPERINTENDENT)
        if not own and not authorised_by.strip():
            raise NotPossible("Enter who authorised it: name and rank, or the court", field="authorised_by")
        detention.hours = hours
        detention.save(update_fields=["hours"])
        change.put_in_timeline(
            "detention_extended", suspect=suspect, text=f"{hours} hours, authorised by {authorised_by.strip() or actor.name}"
        )
        return detention


def _check_longer(change: Changing, detention: m.Detention, hours: int) -> None:
    allowed = {24: {36}, 36: {72, 96}, 72: {96}}.get(detention.hours, set())
    if hours not in allowed:
        raise NotPossible("Select the next length that the law allows", field="hours")
    if change.now >= detention.began_at + timedelta(hours=detention.hours):
        raise NotPossible("The time authorised has run out: release or charge is owed now.", field="hours")


def _held(facts: SuspectFacts) -> ArrestFact:
    arrest = facts.latest_arrest()
    assert arrest is not None  # noqa: S101  the policies have said so
    return arrest


def detention_may_be_entered(facts: SuspectFacts) -> None:
    """A policy: in custody, and no clock yet. Raises NotPossible."""
    policies.in_custody(facts)
    if _held(facts).began_at is not None:
        raise NotPossible("The detention clock of this arrest is entered already.")


def detention_may_be_extended(facts: SuspectFacts) -> None:
    """A policy: in custody, with a clock short of 96 hours. Raises NotPossible."""
    policies.in_custody(facts)
    hours = _held(facts).hours
    if hours is None:
        raise NotPossible("Enter when detention began first.")
    if hours >= 96:
        raise NotPossible("The law knows no longer detention than 96 hours.")
