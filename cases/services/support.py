"""What a complainant says about supporting the prosecution: her or his words, told to whom, how. The latest stands.

Withdrawing ends no contact and no duty by itself: nothing here closes anything. Supporting again opens what ended because she or
he did not, at the stage it was left (reopening.py).
"""

from datetime import datetime
from uuid import UUID

from accounts.models import User
from cases import models as m
from cases import permissions
from cases.models.telling import Channel, Pressure, Supports
from cases.services.changing import Changing, changing
from cases.services.reopening import open_what_was_unsupported
from core.exceptions import NotPossible


def record_support(
    *,
    actor: User,
    case_id: UUID,
    complainant_id: UUID,
    supports: str,
    words: str,
    told_to: str,
    how: str,
    at: datetime,
    pressure: str = Pressure.NOT_ASKED,
    safety_action: str = "",
    offered_support_again: bool = False,
    version: int | None = None,
) -> m.SupportChange:
    """Record what a complainant says about the prosecution. Pressure or fear asks for what is done about her or his safety.

    Raises NotAllowed, Conflict, NotPossible (no answer, no words, nobody told, no way, in the future, no safety action).
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.SUPPORT)
        return record_in(
            change,
            complainant=change.get(m.Complainant, complainant_id),
            supports=supports,
            words=words,
            told_to=told_to,
            how=how,
            at=at,
            pressure=pressure,
            safety_action=safety_action,
            offered_support_again=offered_support_again,
        )


def record_in(
    change: Changing,
    *,
    complainant: m.Complainant,
    supports: str,
    words: str,
    told_to: str,
    how: str,
    at: datetime,
    pressure: str = Pressure.NOT_ASKED,
    safety_action: str = "",
    offered_support_again: bool = False,
) -> m.SupportChange:
    """Write the same inside a change. The caller has asked the permission. Raises NotPossible as `record_support`."""
    if supports not in Supports.values:
        raise NotPossible("Select what she or he says", field="supports")
    if not words.strip():
        raise NotPossible("Enter her or his own words", field="words")
    if not told_to.strip():
        raise NotPossible("Enter whom she or he told", field="told_to")
    if how not in Channel.values:
        raise NotPossible("Select how she or he said it", field="how")
    change.not_in_future(at)
    _check_pressure(pressure, safety_action)
    return _write(
        change,
        complainant,
        supports,
        at,
        words=words,
        told_to=told_to,
        how=how,
        pressure=pressure,
        safety_action=safety_action if pressure == Pressure.YES else "",
        offered_support_again=offered_support_again,
    )


def _check_pressure(pressure: str, safety_action: str) -> None:
    if pressure not in Pressure.values:
        raise NotPossible("Select whether she or he was asked about pressure or fear", field="pressure")
    if pressure == Pressure.YES and not safety_action.strip():
        raise NotPossible("Enter what is done about her or his safety", field="safety_action")


def _write(change: Changing, complainant: m.Complainant, supports: str, at: datetime, **said: object) -> m.SupportChange:
    row = change.add(m.SupportChange, complainant=complainant, supports=supports, at=at, **said)
    change.put_in_timeline("support_recorded", at=at, complainant=complainant, text=Supports(supports).label)
    if supports == Supports.SUPPORTS and last_said(complainant) == Supports.SUPPORTS:
        row.opened = open_what_was_unsupported(change, complainant)  # type: ignore[attr-defined]
    return row


def opened_in_words(row: m.SupportChange) -> str:
    """Return what is said when it is done: that what ended without her or his support is open again, where it is."""
    if getattr(row, "opened", 0):
        return "Recorded. What ended because she or he did not support the prosecution is open again, at the stage it was left."
    return "Recorded. Contact and every duty to tell go on."


def supports_again(*, actor: User, case_id: UUID, complainant_id: UUID, version: int | None = None) -> m.SupportChange:
    """Record that a complainant supports the prosecution again. Her or his words may follow in a record of their own.

    Raises NotAllowed, Conflict, NotPossible when she or he never said otherwise, or said so already.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.SUPPORT)
        complainant = change.get(m.Complainant, complainant_id)
        said_otherwise(complainant)
        return _write(change, complainant, Supports.SUPPORTS, change.now)


def said_otherwise(complainant: m.Complainant) -> None:
    """A policy: only who last said not to support the prosecution, or to be undecided, supports it again. Raises NotPossible."""
    if latest(complainant) in {None, Supports.SUPPORTS}:
        raise NotPossible("It is not on record that she or he does not support the prosecution.")


def latest(complainant: m.Complainant) -> str | None:
    """Return what a complainant last said, or None for nothing on record. Lists have read it already, as `supports`."""
    known = getattr(complainant, "supports", None)
    if known is not None:
        return known or None
    return last_said(complainant)


def last_said(complainant: m.Complainant) -> str | None:
    """Return the same as it stands in the database now."""
    rows = m.SupportChange.objects.filter(case=complainant.case_id, complainant=complainant)
    return rows.order_by("-at", "-created_at").values_list("supports", flat=True).first()
