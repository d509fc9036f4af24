"""What complainants were told, or were not and why; and when a suspect was told a decision.

`tell_in`, `not_tell_in` and `withdraw_in` write inside a change that somebody else began: victims' contact, a release.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from accounts.models import User
from cases import models as m
from cases import permissions
from cases.derive.clocks import Owes
from cases.derive.facts import CaseFacts, ComplainantFacts
from cases.derive.told_rules import Duty, duties, stopped
from cases.listing import is_cps
from cases.models.base import LINE
from cases.models.telling import Channel, NotToldBecause, ToldAbout
from cases.selectors_telling import telling_facts
from cases.selectors_to_tell import ToTell as ToTell
from cases.selectors_to_tell import complainant_in
from cases.selectors_to_tell import open_to_tell as open_to_tell
from cases.services.changing import Changing, changing
from cases.services.duty import tell_duty_supervisors
from core.exceptions import NotAllowed, NotPossible

Thing = tuple[str, UUID]
"""What is told: the kind of clock it meets (told_…) and the key of the row it is about."""
AT_ONCE: Final[frozenset[str]] = frozenset({ToldAbout.RELEASE.value, ToldAbout.BAIL.value, ToldAbout.BAIL_ENDED.value})
"""Not told of these, she or he may be in danger: the duty supervisor hears at once."""
SPOKEN: Final = frozenset({Channel.TELEPHONE, Channel.VIDEO, Channel.VIA_ISVA})
IN_WRITING: Final = "That the crime was recorded is confirmed in writing: by letter, email or text, or handed over"
"""Victims’ Code 2020, Right 3."""
WITH_WORDS: Final = frozenset({NotToldBecause.OTHER, NotToldBecause.HARM, NotToldBecause.INVESTIGATION})
"""Reasons that say little without the words beside them."""


def tell(
    *,
    actor: User,
    case_id: UUID,
    complainant_id: UUID,
    things: Sequence[Thing],
    told_at: datetime,
    how: str,
    before_release: bool = False,
    contact_id: UUID | None = None,
    version: int | None = None,
) -> list[m.Told]:
    """Record that a complainant was told one or several things at once, which meets their clocks.

    The CPS records what the CPS owes. Raises NotAllowed, Conflict, NotPossible (nothing chosen, nothing that she or he is
    to be told, told already, in the future or before it happened, no way named).
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.TELL)
        complainant = change.get(m.Complainant, complainant_id)
        return tell_in(
            change, complainant=complainant, things=things, at=told_at, how=how, before_release=before_release, contact_id=contact_id
        )


def tell_in(
    change: Changing,
    *,
    complainant: m.Complainant,
    things: Sequence[Thing],
    at: datetime,
    how: str,
    before_release: bool = False,
    contact_id: UUID | None = None,
) -> list[m.Told]:
    """Write the same inside a change. The caller has asked the permission. Raises NotPossible and NotAllowed as `tell`."""
    if how not in Channel.values:
        raise NotPossible("Select how she or he was told", field="how")
    change.not_in_future(at, field="told_at")
    facts = telling_facts(change.case)
    found = _duties(change, facts, complainant, things)
    for duty in found:
        _check_moment(duty, at, before_release)
    if not all(may_be_told_by(str(duty.about), how) for duty in found):
        raise NotPossible(IN_WRITING, field="things")
    rows = [
        change.add(
            m.Told,
            **_about(change, complainant, duty),
            told_at=at,
            at=at,
            how=how,
            before_release=before_release,
            contact_id=contact_id,
        )
        for duty in found
    ]
    change.put_in_timeline("told", at=at, complainant=complainant, text=f"{_in_words(found)}. {Channel(how).label}")
    return rows


def may_be_told_by(about: str, how: str) -> bool:
    """Say whether a thing may be told by a channel: that the crime was recorded is confirmed in writing or handed over."""
    return about != ToldAbout.CRIME_RECORDED or how not in SPOKEN


def _about(change: Changing, complainant: m.Complainant, duty: Duty) -> dict[str, object]:
    """Return the columns that say of whom and of what a row is."""
    side = m.Side.CPS if change.user is not None and is_cps(change.user) else m.Side.POLICE
    return {
        "complainant": complainant,
        "about": str(duty.about),
        "fact_id": duty.fact_id,
        "suspect_id": duty.suspect_id,
        "side": side,
    }


def _check_moment(duty: Duty, at: datetime, before_release: bool) -> None:
    """A telling follows what it is about; only a release or a change of bail may be told before."""
    if at < duty.at and not (before_release and str(duty.about) in AT_ONCE):
        raise NotPossible("Enter a time after what she or he was told of had happened", field="told_at")


def not_told(
    *,
    actor: User,
    case_id: UUID,
    complainant_id: UUID,
    things: Sequence[Thing],
    because: str,
    note: str = "",
    how: str = "",
    version: int | None = None,
) -> list[m.Told]:
    """Record that a complainant was not told, and why. A decision not to tell ends the clocks; trying in vain does not.

    Of a release or a change of bail the duty supervisor is told at once. Raises NotAllowed, Conflict, NotPossible.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.TELL)
        complainant = change.get(m.Complainant, complainant_id)
        return not_tell_in(change, complainant=complainant, things=things, because=because, note=note, how=how)


def not_tell_in(
    change: Changing,
    *,
    complainant: m.Complainant,
    things: Sequence[Thing],
    because: str,
    note: str = "",
    how: str = "",
    at: datetime | None = None,
    before_release: bool = False,
) -> list[m.Told]:
    """Write the same inside a change; `before_release` says that she or he was not told before, and is still to be told."""
    _check_reason(because, note, how)
    found = _duties(change, telling_facts(change.case), complainant, things)
    rows = [
        change.add(
            m.Told,
            **_about(change, complainant, duty),
            not_told_because=because,
            note=note,
            how=how,
            at=at or change.now,
            before_release=before_release,
        )
        for duty in found
    ]
    words = f"{_in_words(found)}. {NotToldBecause(because).label}"
    change.put_in_timeline("not_told", at=at, complainant=complainant, text=words)
    urgent = [row for row in rows if row.about in AT_ONCE]
    if urgent:
        tell_duty_supervisors(change, "not_told", urgent[0].pk)
    return rows


def _check_reason(because: str, note: str, how: str) -> None:
    if because not in NotToldBecause.values:
        raise NotPossible("Select why she or he was not told", field="because")
    if because in WITH_WORDS and not note.strip():
        raise NotPossible("Enter the reason in words", field="note")
    if how and how not in Channel.values:
        raise NotPossible("Select how it was tried", field="how")
    if because == NotToldBecause.TRIED and not how:
        raise NotPossible("Select how it was tried", field="how")


def withdraw_told(*, actor: User, case_id: UUID, contact_id: UUID, version: int | None = None) -> int:
    """Take back what a contact told, because the contact was corrected: its clocks run again. Returns how many rows.

    Raises NotAllowed, NotPossible when the contact told nothing that stands, Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.TELL)
        number = withdraw_in(change, contact_id)
        if not number:
            raise NotPossible("Nothing that this contact told stands")
        return number


def withdraw_in(change: Changing, contact_id: UUID) -> int:
    """Take back inside a change what a contact told, and return how many rows; none is no error."""
    rows = list(m.Told.objects.filter(case=change.case, contact_id=contact_id, withdrawn_at__isnull=True).select_related("complainant"))
    for row in rows:
        row.withdrawn_at = change.now
        row.save(update_fields=["withdrawn_at"])
    if rows:
        words = "; ".join(dict.fromkeys(str(row.get_about_display()) for row in rows))
        change.put_in_timeline("told_taken_back", complainant=rows[0].complainant, text=words[:LINE])
    return len(rows)


def _duties(change: Changing, facts: CaseFacts, complainant: m.Complainant, things: Sequence[Thing]) -> list[Duty]:
    """Return what is told, in the order asked for. Raises NotPossible for nothing, a thing that is none, one told already."""
    if not things:
        raise NotPossible("Select what she or he was told", field="things")
    theirs = complainant_in(facts, complainant.pk)
    known = {(str(duty.about), duty.fact_id): duty for duty in duties(facts, theirs)} if theirs else {}
    found = []
    for about, fact_id in dict.fromkeys((str(about), fact_id) for about, fact_id in things):
        duty = known.get((about, fact_id))
        if theirs is None or duty is None:
            raise NotPossible("Select what she or he was told", field="things")
        _check_open(change, theirs, duty)
        found.append(duty)
    return found


def _check_open(change: Changing, theirs: ComplainantFacts, duty: Duty) -> None:
    if stopped(theirs, duty)[0] is not None:
        raise NotPossible("This is on record as told already", field="things")
    if change.user is not None and is_cps(change.user) and duty.owes != Owes.CPS:
        raise NotAllowed("Only the police can record what the police owe a complainant.")


def _in_words(found: list[Duty]) -> str:
    return "; ".join(dict.fromkeys(str(ToldAbout(str(duty.about)).label) for duty in found))
