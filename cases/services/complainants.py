"""Complainants as this record knows them: a label, an entitlement, needs. Who they are is not known here."""

from uuid import UUID

from accounts.models import User
from cases import models as m
from cases import permissions
from cases.services.changing import Changing, changing
from core.exceptions import NotPossible

MOST_COMPLAINANTS = 26 * 27
NEEDS = {"needs_interpreter": "interpreter", "needs_intermediary": "intermediary", "needs_special_measures": "special measures"}


def label_of(number: int) -> str:
    """Return the label of the n-th complainant of a case, counted from 0: A … Z, AA, AB …"""
    first, last = divmod(number, 26)
    return (chr(ord("A") + first - 1) if first else "") + chr(ord("A") + last)


def add_complainant(
    *,
    actor: User,
    case_id: UUID,
    age_group: str = m.AgeGroup.NOT_KNOWN,
    entitlement: str = m.Entitlement.ENHANCED,
    needs_interpreter: bool = False,
    needs_intermediary: bool = False,
    needs_special_measures: bool = False,
    version: int | None = None,
) -> m.Complainant:
    """Add a complainant under the next label, which no other of this case has ever had.

    Raises NotAllowed, NotPossible, Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.INVESTIGATE)
        return write_complainant(
            change,
            age_group=age_group,
            entitlement=entitlement,
            needs_interpreter=needs_interpreter,
            needs_intermediary=needs_intermediary,
            needs_special_measures=needs_special_measures,
        )


def write_complainant(change: Changing, **facts: object) -> m.Complainant:
    """Write the fact. Labels go by how many there ever were: a complainant is never deleted, so none is used twice."""
    number = m.Complainant.objects.filter(case=change.case).count()
    if number >= MOST_COMPLAINANTS:
        raise NotPossible("This case has as many complainants as it can hold.")
    row = change.add(m.Complainant, label=label_of(number), **facts)
    change.put_in_timeline("complainant_added", complainant=row)
    return row


def change_needs(
    *,
    actor: User,
    case_id: UUID,
    complainant_id: UUID,
    needs_interpreter: bool,
    needs_intermediary: bool,
    needs_special_measures: bool,
    entitlement: str = "",
    version: int | None = None,
) -> m.Complainant:
    """Record what a complainant needs and, where given, the level of service (Victims' Code) she or he is entitled to.

    Raises NotAllowed, NotPossible when nothing would change, Conflict.
    """
    wanted: dict[str, object] = {
        "needs_interpreter": needs_interpreter,
        "needs_intermediary": needs_intermediary,
        "needs_special_measures": needs_special_measures,
    }
    if entitlement:
        wanted["entitlement"] = entitlement
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.INVESTIGATE)
        if entitlement and entitlement not in m.Entitlement.values:
            raise NotPossible("Select a level of service", field="entitlement")
        row = change.get(m.Complainant, complainant_id)
        words = write_needs(change, row, wanted)
        if not words:
            raise NotPossible("Nothing was changed")
        change.put_in_timeline("needs_changed", complainant=row, text=words)
        return row


def write_needs(change: Changing, row: m.Complainant, wanted: dict[str, object]) -> str:
    """Write what differs of a complainant's needs and entitlement, and return it in words, "" for nothing.

    Asks no permission and says nothing on the timeline: its callers do.
    """
    changed = {name: value for name, value in wanted.items() if getattr(row, name) != value}
    if not changed:
        return ""
    if "entitlement" in changed:
        _keep_entitlement(change, row, str(changed["entitlement"]))
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(update_fields=list(changed))
    return _in_words(changed)


def _keep_entitlement(change: Changing, row: m.Complainant, new: str) -> None:
    """Keep what the level of service was and since when it is another: the clocks of telling count anew from there."""
    change.add(
        m.FactCorrection,
        table="complainant",
        row_id=row.pk,
        field="entitlement",
        old=row.entitlement,
        new=new,
        reason="Needs assessed again",
        answer=m.FactCorrection.Answer.MADE,
        made_at=change.now,
    )


def _in_words(changed: dict[str, object]) -> str:
    words = [f"{'needs' if changed[name] else 'no longer needs'} {need}" for name, need in NEEDS.items() if name in changed]
    if "entitlement" in changed:
        words.append(str(m.Entitlement(str(changed["entitlement"])).label).lower())
    return ", ".join(words)
