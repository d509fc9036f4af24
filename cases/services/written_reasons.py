"""That the reasons for ending without a charge reached a complainant in writing: her or his time to ask for a review counts from then.

`reach_in` writes inside a change that somebody else began: a letter of the register that was received, an ISVA who says so.
"""

from collections.abc import Collection
from datetime import date
from typing import Final
from uuid import UUID

from accounts.models import User
from cases import models as m
from cases import permissions
from cases.derive.told_rules import Duty
from cases.derive.written_rules import written_duties
from cases.listing import is_cps
from cases.models.telling import Channel
from cases.selectors_telling import telling_facts
from cases.services.changing import Changing, changing
from core import clock
from core.components import day_text
from core.exceptions import NotAllowed, NotPossible

IN_WRITING: Final = frozenset({Channel.IN_PERSON, Channel.TEXT, Channel.EMAIL, Channel.LETTER, Channel.VIA_ISVA})
"""A letter may be handed over, or given by the ISVA; nobody reads it out over the telephone and calls it in writing."""


def reasons_reached(
    *,
    actor: User,
    case_id: UUID,
    complainant_id: UUID,
    facts: Collection[UUID],
    reached_on: date,
    how: str,
    known_by: str,
    version: int | None = None,
) -> list[m.WrittenReasons]:
    """Record that the written reasons for some outcomes reached a complainant. `facts` are keys of outcomes or of recorded crimes.

    The CPS records its own. Raises NotAllowed, Conflict, NotPossible (nothing chosen, not owed, there already, a day that cannot be,
    not in writing, nothing said of how it is known).
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.TELL)
        complainant = change.get(m.Complainant, complainant_id)
        return reach_in(change, complainant=complainant, facts=facts, reached_on=reached_on, how=how, known_by=known_by)


def reach_in(
    change: Changing,
    *,
    complainant: m.Complainant,
    facts: Collection[UUID],
    reached_on: date,
    how: str,
    known_by: str,
    letter_id: UUID | None = None,
) -> list[m.WrittenReasons]:
    """Write the same inside a change. The caller has asked the permission. Raises NotPossible and NotAllowed as `reasons_reached`."""
    if how not in IN_WRITING:
        raise NotPossible("Select how they reached her or him in writing", field="how")
    if not known_by.strip():
        raise NotPossible("Enter how it is known that they reached her or him", field="known_by")
    if reached_on > clock.today(change.now):
        raise NotPossible("The day must be today or in the past", field="reached_on")
    chosen = _chosen(change, complainant, facts)
    rows = []
    for duty in chosen:
        if reached_on < clock.london_day(duty.at):
            raise NotPossible("Enter a day on or after the decision", field="reached_on")
        _withdraw_earlier(change, complainant, duty)
        rows.append(
            change.add(
                m.WrittenReasons, complainant=complainant, fact_id=duty.fact_id, reached_on=reached_on, how=how,
                side=str(duty.owes), letter_id=letter_id, known_by=known_by.strip(),
            )
        )  # fmt: skip
    change.put_in_timeline(
        "written_reasons", at=clock.day_start(reached_on), complainant=complainant, text=f"{Channel(how).label}. {known_by.strip()}"
    )
    return rows


def _chosen(change: Changing, complainant: m.Complainant, keys: Collection[UUID]) -> list[Duty]:
    if not keys:
        raise NotPossible("Select which decision they are about", field="facts")
    facts = telling_facts(change.case)
    own = next((one for one in facts.complainants if one.id == complainant.pk), None)
    found = {duty.fact_id: duty for duty in written_duties(facts, own)} if own is not None else {}
    if any(key not in found for key in keys):
        raise NotPossible("Select which decision they are about", field="facts")
    chosen = [found[key] for key in dict.fromkeys(keys)]
    if change.user is not None and is_cps(change.user) and any(str(duty.owes) != m.Side.CPS for duty in chosen):
        raise NotAllowed("The police decided this, so they record that their reasons reached her or him.")
    return chosen


def _withdraw_earlier(change: Changing, complainant: m.Complainant, duty: Duty) -> None:
    """Refuse a second time; what was written of the same crime before it was reopened counts no longer."""
    row = m.WrittenReasons.objects.filter(
        case=change.case, complainant=complainant, fact_id=duty.fact_id, withdrawn_at__isnull=True
    ).first()
    if row is None:
        return
    if row.reached_on >= clock.london_day(duty.at):
        raise NotPossible(f"It is recorded already that they reached her or him on {day_text(row.reached_on)}.", field="facts")
    row.withdrawn_at, row.withdrawn_because = change.now, "The crime was reopened, and ended anew"
    row.save(update_fields=["withdrawn_at", "withdrawn_because"])


def take_back_reasons(
    *, actor: User, case_id: UUID, complainant_id: UUID, fact: UUID, reason: str, version: int | None = None
) -> m.WrittenReasons:
    """Take back that written reasons reached a complainant: the letter came back, or it was another's. Raises NotAllowed, NotPossible."""
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.TELL)
        complainant = change.get(m.Complainant, complainant_id)
        row = m.WrittenReasons.objects.filter(case=change.case, complainant=complainant, fact_id=fact, withdrawn_at__isnull=True).first()
        if row is None:
            raise NotPossible("Select which", field="fact")
        if change.user is not None and is_cps(change.user) and row.side != m.Side.CPS:
            raise NotAllowed("The police recorded this: they take it back.")
        if not reason.strip():
            raise NotPossible("Enter why", field="reason")
        row.withdrawn_at, row.withdrawn_because = change.now, reason.strip()
        row.save(update_fields=["withdrawn_at", "withdrawn_because"])
        change.put_in_timeline("written_reasons_taken_back", complainant=complainant, text=reason.strip())
        return row
